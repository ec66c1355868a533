"""The data check-up of the ledger: what the rules find, and what a person decides about it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models import check as rules
from laoxiao_desktop.models import fields, project
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.check_rows import PlanRows, ProjectRow, indicator_row, project_row
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger

ACCEPTED, CORRECTED = "已核实", "已更正"
BY_PROPOSAL = "按校核建议更正"  # the reason when a person takes a proposal without giving one
TOUCHING = frozenset(
    {"plan", "project", "plan_total", "annex", "indicator", "indicator_target", "goal", "list_item", "finding_decision"}
)
_CORRECTABLE = frozenset({"project", "indicator", "goal", "list_item"})


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a finding."""

    uid: str
    finding: str  # its key
    decision: str  # 已核实 or 已更正
    reason: str


def check(
    ledger: Ledger, plan: str | None = None, tell: Callable[[int, int, str], None] | None = None
) -> list[Finding]:
    """Every finding of the ledger or of one plan, decided ones too, by severity, plan and place.

    Costs are compared with the projects of all plans, so a finding of a plan is the same however it is asked for.
    `tell` hears how far it is (done, of how many, what) and may stop it by raising.
    """
    return rules.check_all(_plans(ledger, plan, tell), tell)


def decisions(ledger: Ledger) -> dict[str, Decision]:
    """The decisions that stand, by the key of their finding."""
    found = rows.select(ledger.connection, "finding_decision", "deleted = 0", (), "id")
    return {
        str(row["finding"]): Decision(
            str(row["uid"]), str(row["finding"]), str(row["decision"]), str(row["reason"] or "")
        )
        for row in found
    }


def decide(ledger: Ledger, finding: Finding, decision: str = ACCEPTED, reason: str = "") -> Change | None:
    """Accepts a finding with a reason: it stays accepted as long as its cause does. UserError without a reason."""
    if not reason.strip():
        raise UserError("还没有写依据。", "请写明为什么保留公布值，例如谁在哪天核实。")
    with ledger.change(f"已核实“{finding.title}”", reason.strip()) as writing:
        _write_decision(ledger, finding.key, decision, reason.strip())
    return writing.written


def decide_all(ledger: Ledger, alike: Sequence[Finding], reason: str) -> Change | None:
    """Accepts several findings with one reason, as one change. UserError without a reason."""
    if len(alike) == 1:
        return decide(ledger, alike[0], reason=reason)
    if not reason.strip():
        raise UserError("还没有写依据。", "请写明为什么保留公布值，例如谁在哪天核实。")
    with ledger.change(f"已核实“{alike[0].title}”等 {len(alike)} 条", reason.strip()) as writing:
        for finding in alike:
            _write_decision(ledger, finding.key, ACCEPTED, reason.strip())
    return writing.written


def correct(
    ledger: Ledger, finding: Finding, value: Stored, reason: str = "", *, field: str | None = None
) -> Change | None:
    """Puts another value in the field a finding is about, with the reason; the published value stays published.

    FieldError when the value breaks a rule that is never broken; UserError when the finding has no field or row.
    """
    table, uid = finding.subject.kind, finding.subject.uid
    name = field or finding.field_name
    if name is None or uid is None or table not in _CORRECTABLE:
        raise UserError("这一条不是某个字段的问题。", "请到有关的行里修改，或者写明依据后保留公布值。")
    now = ledger.row(table, uid)
    if table == "project":
        _refuse_new_errors(now, {**now, name: value})
    label = f"更正“{field_of(table, name).label}”为 {_shown(table, name, value)}"
    with ledger.change(label, reason.strip()) as writing:
        rows.update(ledger.connection, table, uid, {name: value})
        if now.get(name) != value:
            _write_decision(ledger, finding.key, CORRECTED, reason.strip())
    return writing.written


def reopen(ledger: Ledger, key: str) -> Change | None:
    """Takes the decision about a finding back, so that it is told again. None when there was none."""
    standing = decisions(ledger).get(key)
    if standing is None:
        return None
    with ledger.change("重新打开校核结果") as writing:
        rows.update(ledger.connection, "finding_decision", standing.uid, {"deleted": 1})
    return writing.written


def is_decided(finding: Finding, decided: dict[str, Decision]) -> bool:
    """Whether a finding was accepted. One that was corrected and is found again (after an undo) is open."""
    decision = decided.get(finding.key)
    return decision is not None and decision.decision == ACCEPTED


def _write_decision(ledger: Ledger, key: str, decision: str, reason: str) -> None:
    found = ledger.connection.execute(
        "SELECT uid FROM finding_decision WHERE finding = ? ORDER BY deleted, id LIMIT 1", (key,)
    ).fetchone()
    values: dict[str, Stored] = {"decision": decision, "reason": reason or None, "deleted": 0}
    if found:
        rows.update(ledger.connection, "finding_decision", str(found[0]), values)
    else:
        del values["deleted"]
        rows.insert(ledger.connection, "finding_decision", {"finding": key, **values})


def _refuse_new_errors(now: dict[str, Stored], then: dict[str, Stored]) -> None:
    before = {(problem.field, problem.message) for problem in project.check(now)}
    for problem in project.check(then):
        if problem.severity == "error" and (problem.field, problem.message) not in before:
            raise FieldError(problem.field, problem.message, "请核对后再填。")


def _shown(table: str, name: str, value: Stored) -> str:
    return shortened(fields.show(field_of(table, name), value))


_TOLD_EVERY = 2_000


def _read(
    found: Iterable[dict[str, Stored]], count: int, tell: Callable[[int, int, str], None] | None
) -> Iterator[ProjectRow]:
    for number, row in enumerate(found):
        if tell is not None and number % _TOLD_EVERY == 0:
            tell(number, count, "读取项目")
        yield project_row(row)


def _plans(ledger: Ledger, plan: str | None, tell: Callable[[int, int, str], None] | None = None) -> list[PlanRows]:
    connection = ledger.connection
    targets: dict[str, dict[int, str]] = defaultdict(dict)
    for row in rows.select(connection, "indicator_target", "deleted = 0", (), "year"):
        targets[str(row["indicator"])][int(row["year"] or 0)] = str(row["target"] or "")
    listed_projects = rows.select(connection, "project", "deleted = 0", (), "sector, list_no, id")
    all_projects = list(_read(listed_projects, ledger.summary().projects, tell))
    by_plan: dict[str, list[ProjectRow]] = defaultdict(list)
    for each in all_projects:
        by_plan[str(each.row["plan"])].append(each)
    others = {
        table: _by_plan(ledger, table, order)
        for table, order in (("plan_total", "ord"), ("goal", "ord"), ("list_item", "ord"), ("annex", "no, id"))
    }
    listed = _by_plan(ledger, "indicator", "ord")
    return [
        PlanRows(
            uid=str(head["uid"]),
            title=str(head["title"] or ""),
            region=str(head["region"] or ""),
            issued_on=str(head["issued_on"] or ""),
            start_year=_year(head["start_year"]),
            end_year=_year(head["end_year"]),
            projects=tuple(by_plan[str(head["uid"])]),
            totals=tuple(others["plan_total"][str(head["uid"])]),
            indicators=tuple(indicator_row(row, targets[str(row["uid"])]) for row in listed[str(head["uid"])]),
            goals=tuple(others["goal"][str(head["uid"])]),
            items=tuple(others["list_item"][str(head["uid"])]),
            annexes=tuple(others["annex"][str(head["uid"])]),
            peers=tuple(all_projects),
        )
        for head in rows.select(connection, "plan", "deleted = 0", (), "ord, id")
        if plan is None or head["uid"] == plan
    ]


def _by_plan(ledger: Ledger, table: str, order: str) -> dict[str, list[dict[str, Stored]]]:
    gathered: dict[str, list[dict[str, Stored]]] = defaultdict(list)
    for row in rows.select(ledger.connection, table, "deleted = 0", (), order):
        gathered[str(row["plan"])].append(row)
    return gathered


def _year(value: Stored) -> int | None:
    return value if isinstance(value, int) else None
