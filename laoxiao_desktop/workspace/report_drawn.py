"""What the drawn reports are made from: cards of projects, orders, the chart of plan against actual."""

import contextlib
from collections.abc import Mapping, Sequence

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.capacity import show_capacity
from laoxiao_desktop.models.dates import add_months, last_day, show_date
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.funding import total_of
from laoxiao_desktop.models.gantt import Bar, Calendar, Mark, Subject, bar_of
from laoxiao_desktop.models.issue import Issue
from laoxiao_desktop.models.lights import Light
from laoxiao_desktop.models.milestone import Milestone
from laoxiao_desktop.models.monthly import MonthReport, ProjectFacts, carried
from laoxiao_desktop.models.rates import elapsed
from laoxiao_desktop.models.report_card import Card, Cards, CurvePoint, Order, Orders, Photo
from laoxiao_desktop.models.report_gantt import Chart, ChartGroup
from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.models.summary import UNFILLED
from laoxiao_desktop.store import gantt as store
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace import attachments, funding, issues, milestones, months, past, report_projects
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.past import Stand

MOST_CARDS = 500
_CURVE_MONTHS = 24
_NARROW = (
    "project_code", "status", "build_kind", "facility_type", "span", "county", "total_investment", "central_request",
    "beds", "nursing_beds", "places", "inclusive_places", "floor_area_m2", "sites", "households", "leader",
)  # fmt: skip
_ALWAYS = frozenset({"status", "build_kind", "span", "county", "total_investment", "central_request"})
_WIDE = ("place", "responsible_unit", "owner", "content")
_PEOPLE = ("contact", "phone")


def cards(ledger: Ledger, request: Request) -> Cards:
    """A page for each project that was asked for."""
    with past.standing(ledger, request.as_of, request.month) as stand:
        scope = report_projects.scope_of(request)
        facts = stand.facts(scope)
        chosen = report_projects.wanted(request, facts.facts)
        if len(chosen) > MOST_CARDS:
            raise UserError(f"这个范围有 {len(chosen)} 个项目，一份文件最多放 {MOST_CARDS} 张卡片。", "请缩小范围。")
        return Cards(
            tuple(_card(ledger, stand, one, facts.light(one), request) for one in chosen),
            stand.day,
            past.scope_name(stand.ledger, scope),
            stand.month,
            request.office or ledger.person.unit,
            stand.stamp,
        )


def orders(ledger: Ledger, request: Request) -> Orders:
    """The orders that stand open, of one project those that were replied to as well."""
    with past.standing(ledger, request.as_of, request.month) as stand:
        scope = report_projects.scope_of(request)
        facts = stand.facts(scope)
        chosen = {one.uid: one for one in report_projects.wanted(request, facts.facts)}
        names = report_projects.county_names(stand.ledger)
        found = []
        for one in reversed(issues.supervisions(stand.ledger, request.project, only_open=request.project is None)):
            project = chosen.get(one.project)
            if project is None:
                continue
            light = facts.light(project)
            row = rows.one(stand.ledger.connection, "project", project.uid) or {}
            report = facts.reports.get(project.uid) or facts.before.get(project.uid)
            found.append(
                Order(
                    one.no,
                    one.unit,
                    project.name,
                    names.get(project.county, project.county),
                    one.text,
                    one.due_on,
                    f"{light.shape}{light.colour}灯" if light else "",
                    tuple(_situation(light.why if light else "", report)),
                    str(row.get("leader") or ""),
                    one.reply,
                    one.replied_on,
                )
            )
        return Orders(
            tuple(found),
            stand.day,
            past.scope_name(stand.ledger, scope),
            request.office or ledger.person.unit,
            stand.stamp,
            stand.month,
        )


def chart(ledger: Ledger, request: Request) -> Chart:
    """The bars of the projects that were asked for, county after county."""
    with past.standing(ledger, request.as_of, request.month) as stand:
        scope = report_projects.scope_of(request)
        facts = stand.facts(scope)
        names, steps, calendar = (
            report_projects.county_names(stand.ledger),
            store.steps(stand.ledger.connection),
            Calendar(),
        )
        groups: dict[str, list[Bar]] = {}
        for one in report_projects.wanted(request, facts.facts):
            marks = [_mark(step, calendar) for step in steps.get(one.uid, ())]
            subject = Subject(one.uid, one.name, one.county, one.list_no, one.status, one.span)
            bar = bar_of(subject, marks, stand.day, calendar)
            groups.setdefault(one.county, []).append(bar)
        order = report_projects.county_order(groups)
        return Chart(
            tuple(ChartGroup(names.get(code, code) or UNFILLED, tuple(groups[code])) for code in order),
            stand.day,
            past.scope_name(stand.ledger, scope),
            request.office or ledger.person.unit,
            stand.stamp,
            request.paper,
            stand.month,
        )


def _mark(step: store.Step, calendar: Calendar) -> Mark:
    uid, code, name, weight, planned, forecast, actual = step
    known = calendar.known
    return Mark(uid, code, name, weight, known(planned), known(forecast), known(actual))


def _situation(why: str, report: MonthReport | None) -> list[str]:
    told = [f"亮灯原因：{why}"] if why else []
    if report is not None:
        progress = "，".join(part for part in (report.stage, report.image_progress) if part)
        told += [f"形象进度：{progress}"] if progress else []
        told += [f"存在问题：{report.problem}"] if report.has_problem else []
    return told


def _card(ledger: Ledger, stand: Stand, one: ProjectFacts, light: Light | None, request: Request) -> Card:
    past_ledger = stand.ledger
    row = rows.one(past_ledger.connection, "project", one.uid) or {}
    plan = rows.one(past_ledger.connection, "plan", one.plan) or {}
    number = f"　第{one.list_no}项" if one.list_no else ""
    lines = tuple(funding.of(past_ledger, one.uid))
    narrow = _NARROW + (_PEOPLE if request.has_contacts else ())
    steps = milestones.of(past_ledger, one.uid)
    return Card(
        uid=one.uid,
        name=one.name,
        subtitle=f"{plan.get('region') or plan.get('title') or ''}{one.sector}项目{number}",
        facts=tuple((label, words or "—") for name, label, words in _shown(row, narrow) if words or name in _ALWAYS),
        wide_facts=tuple((label, words) for _, label, words in _shown(row, _WIDE) if words),
        funding=lines,
        funding_total=total_of(lines) if lines else None,
        milestones=tuple(_as_known(step, stand) for step in steps),
        curve=tuple(_curve(past_ledger, one, stand)),
        total_investment=one.total_investment,
        light=light,
        photos=tuple(_photos(ledger, past_ledger, one.uid, stand)),
        problems=tuple(_problems(past_ledger, one.uid, stand)),
        approvals=tuple(
            f"{show_date(kept.taken_at)}　{kept.caption or kept.file_name}".strip("　")
            for kept in attachments.of(past_ledger, one.uid)
            if kept.kind == "批复"
        ),
    )


def _shown(row: Mapping[str, Stored], names: Sequence[str]) -> list[tuple[str, str, str]]:
    found = []
    for name in names:
        field = field_of("project", name)
        stored = row.get(name)
        if field.kind == "capacity" and isinstance(stored, str):
            words = show_capacity(stored, field.unit)
        else:
            words = fields.show(field, stored)
        if words and field.kind == "money":
            words = f"{words}{field.unit}"
        found.append((name, field.label, words))
    return found


def _as_known(step: Milestone, stand: Stand) -> Milestone:
    """A step that was reached after the day was not reached on it."""
    if step.actual is None or step.actual <= stand.day.isoformat():
        return step
    return Milestone(step.uid, step.code, step.name, step.planned, step.forecast, None, step.note, step.weight)


def _curve(ledger: Ledger, one: ProjectFacts, stand: Stand) -> list[CurvePoint]:
    """Cumulative figures month by month, from the first report on, at most two years."""
    reports = [
        report for report in reversed(months.reports_of(ledger, one.uid)) if report.month <= stand.day.isoformat()[:7]
    ]
    reports = [report for report in reports if report.has_figures]
    if not reports:
        return []
    first, last = reports[0].month, reports[-1].month
    every = [first]
    while every[-1] < last:
        every.append(add_months(every[-1], 1))
    points = []
    for month in every[-_CURVE_MONTHS:]:
        known = carried(report for report in reports if report.month <= month)
        part = elapsed(one.span, last_day(month))
        expected = None if part is None or one.total_investment is None else round(part * one.total_investment)
        points.append(
            CurvePoint(month, known.cum_completed if known else None, known.cum_paid if known else None, expected)
        )
    return points


def _photos(ledger: Ledger, past_ledger: Ledger, uid: str, stand: Stand) -> list[Photo]:
    """The pair of the month, else the newest two."""
    kept = [one for one in attachments.of(past_ledger, uid) if one.kind == "照片"]
    pair = [one for one in attachments.photo_pair(past_ledger, uid, stand.month) if one] if stand.month else []
    chosen = pair if len(pair) == 2 else list(reversed(kept[:2]))
    found = []
    for one in chosen:
        with contextlib.suppress(UserError):
            words = "　".join(part for part in (show_date(one.taken_at), one.caption) if part)
            found.append(Photo(attachments.content(ledger, one.uid), words or one.file_name))
    return found


def _problems(ledger: Ledger, uid: str, stand: Stand) -> list[str]:
    told = [_issue(one) for one in issues.of(ledger, uid, only_open=True)]
    latest = next((one for one in months.reports_of(ledger, uid) if one.month <= stand.day.isoformat()[:7]), None)
    if latest is not None and latest.has_problem and not any(latest.problem.rstrip("。") in one for one in told):
        told.append(f"{latest.problem}（{latest.month.replace('-', '.')} 月报）")
    if latest is not None and latest.next_step:
        told.append(f"下一步：{latest.next_step}")
    for one in issues.supervisions(ledger, uid, only_open=True):
        due = f"，{show_date(one.due_on)}前办结" if one.due_on else ""
        told.append(f"{one.no}：{one.text.strip().rstrip('。；;')}（{one.unit}{due}）")
    return told


def _issue(one: Issue) -> str:
    rest = "，".join(part for part in (one.owner, f"{show_date(one.due_on)}前" if one.due_on else "") if part)
    text = one.text.strip()
    return f"{text.rstrip('。；;')}（{rest}）" if rest else text
