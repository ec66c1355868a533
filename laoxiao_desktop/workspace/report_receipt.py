"""数据包合并回执 read from the ledger: one package that was taken, and what became of its conflicts since."""

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import table_receipt
from laoxiao_desktop.models.conflict import Conflict
from laoxiao_desktop.models.package import Taken
from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.models.report_table import Document
from laoxiao_desktop.models.table_receipt import Decision
from laoxiao_desktop.store import subjects, timeline
from laoxiao_desktop.workspace import conflicts, packages, past
from laoxiao_desktop.workspace.ledger import Ledger


def document(ledger: Ledger, request: Request) -> Document:
    """The receipt that was asked for, else the newest up to the day; UserError when nothing was taken by then."""
    taken = packages.receipt(ledger, request.receipt) if request.receipt else _newest(ledger, request)
    open_ids = {one.id for one in conflicts.of(ledger)}
    decisions = [_decision(ledger, one, is_open=one.id in open_ids) for one in taken.conflicts]
    tables = [
        table_receipt.changes(taken),
        table_receipt.conflicts(decisions),
        table_receipt.refused(taken, decisions),
    ]
    return Document(
        kind=request.kind,
        title=("数据包", "合并回执"),
        tables=(
            table_receipt.facts(taken, ledger.name),
            *(table for table in tables if table.rows),
            table_receipt.signatures(taken),
        ),
        as_of=clock.today(),
        lead=table_receipt.lead(taken, decisions),
        stamp=past.stamp_of(ledger, ledger.head()),
        is_wide=False,
    )


def _newest(ledger: Ledger, request: Request) -> Taken:
    day = request.as_of.isoformat()
    for line in packages.receipts(ledger):
        if line.taken_at[:10] <= day:
            return packages.receipt(ledger, line.uid)
    raise UserError("还没有收回过数据包，没有回执。", "在“数据交换”里收回一个数据包，它的回执就在这里。")


def _decision(ledger: Ledger, conflict: Conflict, *, is_open: bool) -> Decision:
    """What was chosen: the first word on the field after all of its sides."""
    if is_open:
        return Decision(conflict, is_open=True)
    key = (conflict.table, conflict.row, conflict.field)
    found = timeline.decision(ledger.connection, key, {side.op for side in conflict.sides})
    if found is None:
        return Decision(conflict, is_open=False, value=conflict.shown_now)
    stored, by, at = found
    if conflict.kind == "deleted":
        is_gone = bool(stored)
        value = next((one.shown for one in conflict.sides if (one.shown == "删除") is is_gone), "")
    else:
        value = subjects.shown(ledger.connection, conflict.table, conflict.field, stored)
    return Decision(conflict, is_open=False, value=value, by=by, at=at)
