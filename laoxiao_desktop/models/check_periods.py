"""Check-up: building periods against the day the plan was issued and the years it is for."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from laoxiao_desktop.models.check_rows import (
    PlanRows,
    ProjectRow,
    found,
    listed,
    numbers,
    row_subject,
    together,
)
from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.models.span import show_span
from laoxiao_desktop.models.stored import whole_in

_LATE_MONTH: Final = 10  # a goal for a year that has less than a quarter left comes too late


def check(plan: PlanRows) -> Iterator[Finding]:
    """All rules on the periods of a plan."""
    early: dict[str, list[ProjectRow]] = defaultdict(list)
    bare: dict[str, list[ProjectRow]] = defaultdict(list)
    issued = plan.issued_on[:4]
    for project in plan.projects:
        start, _, end = project.span.partition("/")
        if not project.span:
            bare[project.sector].append(project)
            continue
        if end and start[:4] > end[:4]:
            yield found(
                plan, "span_reversed", "error", project.subject, "建设期限起止颠倒",
                f"建设期限从 {start} 到 {end}，开始晚于结束。", figures={"建设期限": project.span},
                suggestion=f"{end}—{start}", field_name="span", suggested=f"{end}/{start}", row=project.row,
            )  # fmt: skip
            continue
        if issued and start[:4] < issued:
            early[project.sector].append(project)
        yield from _ends(plan, project, end)
    for sector, rows in early.items():
        yield _before_issue(plan, sector, rows)
    for rows in bare.values():
        yield found(
            plan, "span_missing", "note", rows[0].subject, "没有建设期限",
            f"{len(rows)} 项没有建设期限：{together(row.label for row in rows)}。", figures={"项数": str(len(rows))},
            cause=[row.uid for row in rows], field_name="span", others=[row.subject for row in rows[1:]],
            row=rows[0].row,
        )  # fmt: skip
    yield from _goals(plan)


def _ends(plan: PlanRows, project: ProjectRow, end: str) -> Iterator[Finding]:
    shown = show_span(project.span)
    if end and plan.issued_on and end < plan.issued_on[: max(4, len(end))]:
        yield found(
            plan, "span_over", "warning", project.subject, "方案印发前已经完工",
            f"建设期限 {shown}，方案 {plan.issued_on} 才印发，印发前就应已完工。",
            figures={"建设期限": shown, "印发": plan.issued_on}, field_name="span", row=project.row,
        )  # fmt: skip
    if end and plan.end_year is not None and int(end[:4]) > plan.end_year:
        yield found(
            plan, "span_after_plan", "warning", project.subject, "建设期限超出方案年限",
            f"建设期限 {shown}，方案只到 {plan.end_year} 年，晚 {int(end[:4]) - plan.end_year} 年完工。",
            figures={"建设期限": shown, "方案至": str(plan.end_year)}, field_name="span", row=project.row,
        )  # fmt: skip


def _before_issue(plan: PlanRows, sector: str, rows: list[ProjectRow]) -> Finding:
    by_start: dict[str, list[ProjectRow]] = defaultdict(list)
    for project in rows:
        by_start[project.span[:4]].append(project)
    said = "；".join(f"{year} 年起的 {len(part)} 项（{numbers(part)}）" for year, part in sorted(by_start.items()))
    return found(
        plan, "span_before_issue", "note", rows[0].subject, "建设期限早于方案印发",
        f"方案 {plan.issued_on} 印发，{sector}清单里 {len(rows)} 项更早开始：{said}。已开工的请补实际开工日期。",
        figures={"印发": plan.issued_on, "项数": str(len(rows))}, cause=sorted((row.uid, row.span) for row in rows),
        field_name="span", others=[row.subject for row in rows[1:]], row=rows[0].row,
    )  # fmt: skip


def _goals(plan: PlanRows) -> Iterator[Finding]:
    if not plan.issued_on:
        return
    last = int(plan.issued_on[:4]) - (0 if int(plan.issued_on[5:7] or 1) >= _LATE_MONTH else 1)
    late = [goal for goal in plan.goals if (whole_in(goal, "year") or 9999) <= last]
    if late:
        years = sorted({whole_in(goal, "year") or 0 for goal in late})
        subject = row_subject("goal", late[0], str(late[0].get("name") or ""))
        yield found(
            plan, "goal_before_issue", "note", subject, "年度目标早于方案印发",
            f"方案 {plan.issued_on} 印发，却有 {listed(years)} 年的目标 {len(late)} 个：印发时这一年已经过完或快要过完。",
            figures={"年度": listed(years), "印发": plan.issued_on}, row=late[0],
        )  # fmt: skip
