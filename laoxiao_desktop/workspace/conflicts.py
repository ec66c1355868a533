"""What two people changed without having seen each other's value, and choosing between them."""

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.conflict import Conflict
from laoxiao_desktop.models.dictionary import is_personal
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.store import conflicts as store
from laoxiao_desktop.workspace.ledger import Ledger


def of(ledger: Ledger) -> tuple[Conflict, ...]:
    """Every conflict that waits for a person, by table and row."""
    return store.of(ledger.connection)


def count(ledger: Ledger) -> int:
    """How many wait."""
    return len(of(ledger))


def cells(ledger: Ledger) -> frozenset[tuple[str, str, str]]:
    """(table, row, field) of every conflict: what a grid marks."""
    return frozenset((one.table, one.row, one.field) for one in of(ledger))


def resolve(ledger: Ledger, conflict_id: str, op: str) -> Change | None:
    """Chooses one side for good, in every copy; UserError when there is no such conflict or side any more."""
    conflict = next((one for one in of(ledger) if one.id == conflict_id), None)
    if conflict is None:
        raise UserError("没有这处冲突。", "它可能已经处理过了，请重新看冲突列表。")
    side = next((one for one in conflict.sides if one.op == op), None)
    if side is None:
        raise UserError("这处冲突没有这一方的值。", f"可选：{'、'.join(one.op for one in conflict.sides)}。")
    if conflict.kind == "locked":
        raise UserError(
            "这个月已经锁定，锁定后才到的修改没有生效。", "要采用它，请先在“月度调度”里写明理由解锁，解锁后它就生效。"
        )
    if store.is_closed(ledger.connection, conflict):
        raise UserError("这个月已经锁定，不能处理它的冲突。", "请先在“月度调度”里写明理由解锁。")
    words = f"采用“{shortened(side.shown)}”" if not is_personal(conflict.table, conflict.field) else "选定一方"
    with ledger.change(f"冲突：{shortened(conflict.subject)}{conflict.field_title}{words}") as writing:
        writing.followed.update(store.choose(ledger.connection, conflict, op))
    return writing.written
