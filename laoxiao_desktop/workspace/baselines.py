"""What a person does with baselines 计划版次: keep the planned dates with a reason, and see the slip against them."""

import json

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models import baseline
from laoxiao_desktop.models.baseline import Baseline, Slip
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace import milestones
from laoxiao_desktop.workspace.ledger import Ledger


def keep(ledger: Ledger, project: str | None, reason: str, doc_no: str = "") -> Change | None:
    """Keeps the planned dates of a project, or of every project that has some, as its next baseline."""
    if not reason.strip():
        raise FieldError("reason", "保存计划版次要写理由。", "例如“首次批准的计划”“因征地调整”。")
    planned = _planned(ledger, project)
    if not planned:
        raise UserError("还没有里程碑计划日期，没有什么可保存。", "请先按模板建立里程碑并填写计划日期。")
    numbers = _last_numbers(ledger)
    label = "保存计划版次" if project else f"保存 {len(planned)} 个项目的计划版次"
    with ledger.change(label, reason.strip()) as writing:
        for uid, dates in planned.items():
            values: dict[str, Stored] = {
                "project": uid,
                "no": numbers.get(uid, 0) + 1,
                "planned_dates": json.dumps(dates, ensure_ascii=False, sort_keys=True),
                "reason": reason.strip(),
                "doc_no": doc_no.strip() or None,
            }
            made = rows.insert(ledger.connection, "baseline", values)
            writing.created = writing.created or made
    return writing.written


def of(ledger: Ledger, project: str) -> list[Baseline]:
    """The baselines of a project, the newest first."""
    found = rows.select(ledger.connection, "baseline", "project = ? AND deleted = 0", (project,), "no DESC, id DESC")
    return [_baseline(row) for row in found]


def latest(ledger: Ledger) -> dict[str, Baseline]:
    """The newest baseline of each project that has one."""
    found = rows.select(ledger.connection, "baseline", "deleted = 0", (), "no, id")
    return {str(row["project"]): _baseline(row) for row in found}


def slips(ledger: Ledger, project: str) -> list[Slip]:
    """How far each milestone has slipped against the newest baseline; empty without one."""
    kept = of(ledger, project)
    return baseline.slips(kept[0], milestones.of(ledger, project), clock.today()) if kept else []


def _planned(ledger: Ledger, project: str | None) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for owner, uid, planned in ledger.connection.execute(
        "SELECT m.project, m.uid, m.planned FROM milestone m JOIN project p ON p.uid = m.project AND p.deleted = 0"
        " WHERE m.deleted = 0 AND m.planned IS NOT NULL AND (?1 IS NULL OR m.project = ?1) ORDER BY m.project, m.ord",
        (project,),
    ):
        found.setdefault(owner, {})[uid] = planned
    return found


def _last_numbers(ledger: Ledger) -> dict[str, int]:
    return dict(ledger.connection.execute("SELECT project, max(no) FROM baseline GROUP BY project").fetchall())


def _baseline(row: dict[str, Stored]) -> Baseline:
    number = row["no"]
    return Baseline(
        str(row["uid"]),
        str(row["project"]),
        number if isinstance(number, int) else 0,
        json.loads(str(row["planned_dates"] or "{}")),
        str(row["reason"] or ""),
        str(row["doc_no"] or ""),
    )
