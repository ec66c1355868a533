"""What a person does with the month: open and lock it, fill the grid, report, approve, send back."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models import monthly
from laoxiao_desktop.models.change import Change, HistoryLine
from laoxiao_desktop.models.dates import add_months
from laoxiao_desktop.models.monthly import (
    APPROVED,
    COUNTED,
    DRAFT,
    LOCKED,
    MONEY,
    RETURNED,
    SENT,
    MonthReport,
    MonthRow,
    ProjectFacts,
    show_month,
)
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.models.project import FieldProblem
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.store import cells, rows, timeline
from laoxiao_desktop.store import months as store
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace import month_facts
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.month_desk import Desk

Values = Mapping[str, Stored]
_ALL = Scope()
_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month that was opened: whether it is locked, when it is due, how many reports stand in which state."""

    month: str
    is_locked: bool
    due_on: str
    counts: Mapping[str, int]
    opened_by: str
    locked_by: str
    unlock_reason: str


def months(ledger: Ledger) -> list[MonthLine]:
    """The months that were opened, the newest first."""
    counts = store.counts_by_state(ledger.connection)
    return [
        MonthLine(
            month=str(row["month"]),
            is_locked=bool(row["is_locked"]),
            due_on=str(row["due_on"] or monthly.due_on(str(row["month"]))),
            counts=counts.get(str(row["month"]), {}),
            opened_by=str(row["opened_by"] or ""),
            locked_by=str(row["locked_by"] or ""),
            unlock_reason=str(row["unlock_reason"] or ""),
        )
        for row in reversed(store.all_months(ledger.connection))
    ]


def opened(ledger: Ledger, month: str) -> MonthLine:
    """One month; UserError when it was never opened."""
    _opened(ledger, month)
    return next(line for line in months(ledger) if line.month == month)


def next_month(ledger: Ledger) -> str:
    """The month that is opened next: the one after the newest, else the one that is due, else the running one."""
    latest, today = month_facts.latest_month(ledger), clock.today().isoformat()
    following = add_months(latest or today[:7], 1 if latest else -1)
    return following if latest or month_facts.due_day_of(ledger, following) >= today else today[:7]


def open_month(ledger: Ledger, month: str, due_on: str | None = None) -> Change | None:
    """Opens a month for reporting and locks every month before it."""
    _refuse_no_month(month)
    known = store.all_months(ledger.connection)
    if any(row["month"] == month for row in known):
        raise UserError(f"{show_month(month)}已经开启。", "可以直接填写。")
    if known and month < str(known[-1]["month"]):
        last = str(known[-1]["month"])
        raise UserError(f"{show_month(last)}已经开启，不能再开启更早的{show_month(month)}。", "月份要按先后开启。")
    if month > add_months(clock.today().isoformat()[:7], 1):
        raise UserError(f"{show_month(month)}还没有到。", f"现在是 {clock.today().isoformat()[:7]}。")
    before = [row for row in known if not row["is_locked"]]
    locked = "、".join(show_month(str(row["month"])) for row in before)
    with ledger.change(f"开启{show_month(month)}月度调度" + (f"，锁定{locked}" if locked else "")) as writing:
        for row in before:
            _lock(ledger, row)
        due = due_on or month_facts.due_day_of(ledger, month)
        values: dict[str, Stored] = {"month": month, "due_on": due, "opened_by": str(ledger.person)}
        writing.created = rows.insert(ledger.connection, "month", values)
    return writing.written


def lock(ledger: Ledger, month: str) -> Change | None:
    """Locks a month: its reports stay as they are, its lights are written down."""
    row = _opened(ledger, month)
    if row["is_locked"]:
        raise UserError(f"{show_month(month)}已经锁定。", "不必再锁定一次。")
    with ledger.change(f"锁定{show_month(month)}") as writing:
        _lock(ledger, row)
    return writing.written


def unlock(ledger: Ledger, month: str, reason: str) -> Change | None:
    """Opens the last locked month again, with a reason."""
    row = _opened(ledger, month)
    if not row["is_locked"]:
        raise UserError(f"{show_month(month)}没有锁定。", "可以直接填写。")
    last = max(str(line["month"]) for line in store.all_months(ledger.connection) if line["is_locked"])
    if month != last:
        raise UserError(
            f"{show_month(month)}不是最近一次锁定的月份，不能解锁。",
            f"只能解锁{show_month(last)}；更早的差错，请在当月填报中更正并写更正说明。",
        )
    if not reason.strip():
        raise FieldError("reason", "解锁还没有写理由。", "请写明为什么要改已锁定的数据。")
    with ledger.change(f"解锁{show_month(month)}", reason.strip()) as writing:
        values: Values = {"is_locked": None, "unlock_reason": reason.strip(), "locked_by": None}
        rows.update(ledger.connection, "month", str(row["uid"]), values)
        for light in list(rows.select(ledger.connection, "month_light", "month = ? AND deleted = 0", (month,))):
            rows.update(ledger.connection, "month_light", str(light["uid"]), {"deleted": 1})
        # what came from another copy after the lock, and was held back, stands from now on
        writing.followed.update(cells.follow_locks(ledger.connection))
    return writing.written


def set_due_on(ledger: Ledger, month: str, due_on: str) -> Change | None:
    """Moves the day by which a month is to be reported."""
    row = _unlocked(ledger, month)
    with ledger.change(f"{show_month(month)}月报截止日改为 {due_on.replace('-', '.')}") as writing:
        rows.update(ledger.connection, "month", str(row["uid"]), {"due_on": due_on})
    return writing.written


def grid(ledger: Ledger, month: str, scope: Scope = _ALL, only: Collection[str] | None = None) -> list[MonthRow]:
    """Every project of a scope in the order of the lists, with its report of the month and what stood before.

    `only` names the projects whose rows are wanted, for reading again what was just written.
    """
    alone = next(iter(only)) if only is not None and len(only) == 1 else None
    facts = month_facts.read(ledger, scope, month, project=alone)
    bound = store.bound(scope.plan, scope.county, project=alone)
    year = int(month[:4])
    plans = store.year_plans(ledger.connection, year)
    starts = store.known(ledger.connection, {**bound, "month": f"{year - 1}-12"})
    after = store.reports(ledger.connection, add_months(month, 1), alone)
    wanted = facts.facts if only is None else [project for project in facts.facts if project.uid in only]
    return [_row(facts, month, project, plans, starts, after) for project in wanted]


def row_of(ledger: Ledger, month: str, project_uid: str) -> MonthRow | None:
    """One line of the grid; None when the project is gone."""
    return next(iter(grid(ledger, month, only=(project_uid,))), None)


def reports_of(ledger: Ledger, project_uid: str) -> list[MonthReport]:
    """All reports of a project, the newest first; those of locked months say so."""
    closed = {str(row["month"]) for row in store.all_months(ledger.connection) if row["is_locked"]}
    found = store.reports_of(ledger.connection, project_uid)
    return [replace(one, state=LOCKED) if one.month in closed else one for one in reversed(found)]


def trail(ledger: Ledger, project_uid: str, month: str, limit: int = 50) -> list[HistoryLine]:
    """Who filled, reported, approved or sent back a report, and when; the newest first."""
    found = store.report_uids(ledger.connection, month, [project_uid]).get(project_uid)
    return timeline.of_rows(ledger.connection, [("monthly_report", found[0])], limit) if found else []


def set_fields(ledger: Ledger, project_uid: str, month: str, values: Values) -> Change | None:
    """Fills fields of one report. FieldError when a cumulative amount falls without a 更正说明, or a part exceeds its whole."""
    return set_block(ledger, month, [(project_uid, values)])


def set_block(ledger: Ledger, month: str, block: Sequence[tuple[str, Values]]) -> Change | None:
    """Fills many reports as one change; all or nothing."""
    _unlocked(ledger, month)
    desk = Desk(ledger, month, block[0][0] if len(block) == 1 else None)
    for project, values in block:
        desk.accept(project, values)
    with ledger.change(desk.label(block)) as writing:
        for project, values in block:
            desk.write(project, values)
    return writing.written


def no_change(ledger: Ledger, month: str, uids: Sequence[str]) -> Change | None:
    """本月无变化: what is still empty takes the figures and words known before. Projects without any are left as they are."""
    _unlocked(ledger, month)
    desk = Desk(ledger, month, uids[0] if len(uids) == 1 else None)
    copied = ("stage", "image_progress", "problem", "problem_kind", "help_needed", "next_step")
    block: list[tuple[str, Values]] = []
    for uid in uids:
        before, now = desk.before.get(uid), desk.reports.get(uid)
        if before is None or (now is not None and now.state == APPROVED):
            continue
        filled: dict[str, Stored] = {
            name: getattr(before, name)
            for name in (*MONEY, *copied)
            if getattr(before, name) not in (None, "") and (now is None or getattr(now, name) in (None, ""))
        }
        if filled:
            block.append((uid, filled))
    if not block:
        raise UserError("选中的项目都没有可沿用的上月数据。", "请直接填写本月数。")
    with ledger.change(f"{show_month(month)} {len(block)} 个项目本月无变化") as writing:
        for uid, values in block:
            desk.write(uid, values)
    return writing.written


def submit(ledger: Ledger, month: str, uids: Sequence[str]) -> Change | None:
    """报送: drafts and returned reports become 已报. UserError that names what keeps a report back."""
    _unlocked(ledger, month)
    rows_by_uid = {row.uid: row for row in grid(ledger, month, only=set(uids))}
    for uid in uids:
        _refuse_unready(rows_by_uid.get(uid), month)
    with ledger.change(_state_label(ledger, "上报", month, uids)) as writing:
        for uid in uids:
            report = rows_by_uid[uid].now
            if report is not None and report.uid and report.state in (DRAFT, RETURNED):
                values: dict[str, Stored] = {"state": SENT, "return_reason": None}
                if not report.reporter:
                    values["reporter"] = ledger.person.name
                rows.update(ledger.connection, "monthly_report", report.uid, values)
    return writing.written


def approve(ledger: Ledger, month: str, uids: Sequence[str]) -> Change | None:
    """审核: reported ones become 已审."""
    _unlocked(ledger, month)
    found = _reports(ledger, month, uids, (SENT, APPROVED), "还没有上报，不能审核", "请先上报。")
    with ledger.change(_state_label(ledger, "审核通过", month, uids)) as writing:
        for report in found:
            rows.update(ledger.connection, "monthly_report", str(report.uid), {"state": APPROVED})
    return writing.written


def send_back(ledger: Ledger, month: str, uids: Sequence[str], reason: str) -> Change | None:
    """退回: reported or approved ones go back to the unit, with the reason."""
    _unlocked(ledger, month)
    if not reason.strip():
        raise FieldError("return_reason", "退回还没有写理由。", "请写明哪里要改，填报人才知道怎么改。")
    found = _reports(ledger, month, uids, (SENT, APPROVED), "还没有上报，不必退回", "可以直接修改。")
    with ledger.change(_state_label(ledger, "退回", month, uids), reason.strip()) as writing:
        for report in found:
            values: Values = {"state": RETURNED, "return_reason": reason.strip()}
            rows.update(ledger.connection, "monthly_report", str(report.uid), values)
    return writing.written


def _row(
    facts: month_facts.MonthFacts,
    month: str,
    project: ProjectFacts,
    plans: Mapping[str, int],
    starts: Mapping[str, tuple[int | None, ...]],
    after: Mapping[str, MonthReport],
) -> MonthRow:
    now, before = facts.reports.get(project.uid), facts.before.get(project.uid)
    year_start: MonthReport | None = None
    if (start := starts.get(project.uid)) is not None:
        year_start = MonthReport(None, project.uid, f"{int(month[:4]) - 1}-12").with_money(start)
    problems: Sequence[FieldProblem] = ()
    if now is not None:
        steps = facts.steps.get(project.uid, ())
        problems = monthly.check(now, before, project, steps, after.get(project.uid))
        if facts.is_locked:
            now = replace(now, state=LOCKED if now.state in COUNTED else now.state)
    return MonthRow(
        facts=project,
        month=month,
        now=now,
        before=before,
        year_start=year_start,
        year_plan=plans.get(project.uid),
        light=facts.light(project),
        problems=tuple(problems),
        is_exempt=project.status in monthly.EXEMPT,
    )


def _lock(ledger: Ledger, row: Mapping[str, Stored]) -> None:
    month = str(row["month"])
    facts = month_facts.read(ledger, _ALL, month)
    for project in facts.facts:
        light = facts.light(project)
        if light is not None:
            values: Values = {
                "project": project.uid,
                "month": month,
                "light": light.colour,
                "rule": light.rule,
                "why": month_facts.kept_why(light),
                "is_override": 1 if light.is_override else None,
            }
            rows.insert(ledger.connection, "month_light", values)
    locked: Values = {"is_locked": 1, "locked_by": str(ledger.person), "unlock_reason": None}
    rows.update(ledger.connection, "month", str(row["uid"]), locked)


def _reports(
    ledger: Ledger, month: str, uids: Sequence[str], states: Sequence[str], what: str, remedy: str
) -> list[MonthReport]:
    reports = store.reports(ledger.connection, month)
    for uid in uids:
        report = reports.get(uid)
        if report is None or report.state not in states:
            raise UserError(f"“{_name(ledger, uid)}”{show_month(month)}月报{what}。", remedy)
    return [reports[uid] for uid in uids]


def _refuse_unready(row: MonthRow | None, month: str) -> None:
    if row is None:
        raise UserError("这个项目已被删除。", "可以用“撤销”找回它。")
    name = shortened(row.name)
    if row.now is None or not row.now.has_figures:
        raise UserError(f"“{name}”{show_month(month)}还没有填累计数。", "请先填写；没有变化的，可用“本月无变化”。")
    errors = [problem for problem in row.problems if problem.severity == "error"]
    if errors:
        raise FieldError(errors[0].field, f"“{name}”还不能上报：{errors[0].message}")


def _refuse_no_month(month: str) -> None:
    if not _MONTH.fullmatch(month):
        raise UserError(f"“{month}”不是月份。", "请写成 2024-06。")


def _opened(ledger: Ledger, month: str) -> dict[str, Stored]:
    _refuse_no_month(month)
    for row in store.all_months(ledger.connection):
        if row["month"] == month:
            return row
    raise UserError(f"{show_month(month)}还没有开启。", "请先在“月度调度”里开启这个月。")


def _unlocked(ledger: Ledger, month: str) -> dict[str, Stored]:
    row = _opened(ledger, month)
    if row["is_locked"]:
        raise UserError(
            f"{show_month(month)}已经锁定，不能修改。",
            "差错请在当月填报中更正并写更正说明；最近一次锁定的月份，可写明理由后解锁。",
        )
    return row


def _state_label(ledger: Ledger, verb: str, month: str, uids: Sequence[str]) -> str:
    if len(uids) == 1:
        return f"{verb}“{_name(ledger, uids[0])}”{show_month(month)}月报"
    return f"{verb}{show_month(month)}月报 {len(uids)} 个项目"


def _name(ledger: Ledger, uid: str) -> str:
    found = ledger.connection.execute("SELECT name FROM project WHERE uid = ?", (uid,)).fetchone()
    return shortened(str(found[0])) if found else ""
