"""What a report is made from: for each kind its value, read from the ledger as it stood."""

import dataclasses
from collections.abc import Callable, Iterable, Sequence

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import (
    table_annual,
    table_central,
    table_chase,
    table_findings,
    table_indicators,
    table_items,
    table_lights,
    table_projects,
)
from laoxiao_desktop.models.dates import show_date_in_words
from laoxiao_desktop.models.dictionary import SECTORS
from laoxiao_desktop.models.lights import COLOURS
from laoxiao_desktop.models.monthly import ProjectFacts, show_month
from laoxiao_desktop.models.overview import Figures, Line, total_of
from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.models.report_table import Document, ReportTable
from laoxiao_desktop.models.report_text import Text
from laoxiao_desktop.models.sites import total
from laoxiao_desktop.models.summary import UNFILLED
from laoxiao_desktop.models.table_annual import YearLine
from laoxiao_desktop.models.units import split_units
from laoxiao_desktop.store import rows
from laoxiao_desktop.workspace import (
    chase,
    findings,
    lists,
    opened_capacity,
    overview,
    past,
    report_projects,
    report_receipt,
)
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.month_facts import MonthFacts
from laoxiao_desktop.workspace.past import Stand

_PROJECTS = "“一老一小”项目"


def document(ledger: Ledger, request: Request) -> Document:
    """The table report that was asked for. UserError for a kind that is none, or when there is nothing to tell of."""
    if request.kind == "receipt":
        return report_receipt.document(ledger, request)
    build = _BUILDERS.get(request.kind)
    if build is None:
        raise UserError("这种报告没有表格。", "请导出 PDF。")
    with past.standing(ledger, request.as_of, request.month) as stand:
        return build(stand, request)


def _made(
    stand: Stand,
    request: Request,
    words: Sequence[str],
    tables: Sequence[ReportTable],
    *,
    lead: Sequence[Text] = (),
    is_wide: bool = True,
    is_long: bool = False,
) -> Document:
    name = past.scope_name(stand.ledger, report_projects.scope_of(request))
    return Document(
        kind=request.kind,
        title=tuple(word for word in (name, *words) if word),
        tables=tuple(tables),
        as_of=stand.day,
        scope_name=name,
        month=stand.month,
        lead=tuple(lead),
        office=request.office or stand.ledger.person.unit,
        stamp=stand.stamp,
        is_wide=is_wide,
        is_long=is_long,
    )


def _projects(stand: Stand, request: Request) -> Document:
    states = report_projects.states(stand, request)
    made = table_projects.table(states, request.group, request.columns, has_contacts=request.has_contacts)
    return _made(stand, request, (_PROJECTS, "进展情况表"), [made])


def _central(stand: Stand, request: Request) -> Document:
    facts, figures = _judged(stand, request)
    names = report_projects.county_names(stand.ledger)
    counties: list[tuple[Line, list[Line]]] = []
    for county in report_projects.county_order(one.county for one in facts.facts):
        there = [one for one in facts.facts if one.county == county]
        sectors = [
            Line(sector, sector or UNFILLED, _sum(figures, (one for one in there if one.sector == sector)))
            for sector in sorted({one.sector for one in there}, key=_sector_rank)
        ]
        counties.append((Line(county, names.get(county, county) or UNFILLED, _sum(figures, there)), sectors))
    made = table_central.table(_sum(figures, facts.facts), counties)
    return _made(stand, request, (_PROJECTS, "中央预算内投资汇总表"), [made])


def _lights(stand: Stand, request: Request) -> Document:
    facts, figures = _judged(stand, request)
    names = report_projects.county_names(stand.ledger)
    leaders = {str(row["uid"]): str(row["leader"] or "") for row in rows.select(stand.ledger.connection, "project")}
    owed = report_projects.owed(stand.ledger)
    lines = []
    for one in facts.facts:
        light = facts.light(one)
        if light is None or light.colour == "绿":
            continue
        due = owed.get(one.uid, report_projects.NOTHING_OWED)
        text, report = due.text, facts.reports.get(one.uid)
        if report is not None and not text:
            text = "；".join(part for part in (report.problem if report.has_problem else "", report.next_step) if part)
        lines.append(
            table_lights.LitLine(
                one.uid,
                one.name,
                names.get(one.county, one.county),
                one.unit,
                light,
                leaders.get(one.uid, ""),
                text,
                due.due_on,
                due.owner,
            )
        )
    lines.sort(key=lambda line: COLOURS.index(line.light.colour))
    counties = [
        Line(
            county, names.get(county, county) or UNFILLED, _sum(figures, (p for p in facts.facts if p.county == county))
        )
        for county in report_projects.county_order(one.county for one in facts.facts)
    ]
    before = overview.month_before(stand.ledger, stand.month)
    previous = None
    if before is not None:
        earlier = overview.compared(stand.ledger, report_projects.scope_of(request), facts, before)
        previous = _sum(earlier.parts, report_projects.wanted(request, earlier.facts.facts))
    when = show_month(stand.month) + "末" if stand.month else show_date_in_words(stand.day.isoformat())
    lead = table_lights.lead(_sum(figures, facts.facts), previous, counties, when)
    tables = [table_lights.table(lines)] if lines else []
    return _made(stand, request, (_PROJECTS, "红黄灯情况通报"), tables, lead=lead, is_long=True)


def _indicators(stand: Stand, request: Request) -> Document:
    values: dict[str, tuple[str, str]] = {}
    day = stand.day.isoformat()
    for row in rows.select(stand.ledger.connection, "indicator_value", "deleted = 0", (), "period, id"):
        if str(row["period"] or "") <= day and not row["county"] and row["value"]:
            values[str(row["indicator"])] = (str(row["period"] or ""), str(row["value"]))
    lines = []
    for one in lists.indicators(stand.ledger, request.plan, request.unit):
        if one["restates"]:
            continue
        targets = one["targets"]
        period, value = values.get(str(one["uid"]), ("", ""))
        base_year, seq = one["base_year"], one["seq"]
        lines.append(
            table_indicators.IndicatorLine(
                uid=str(one["uid"]),
                plan=str(one["plan_region"] or one["plan_title"]),
                sector=str(one["sector"] or ""),
                seq=seq if isinstance(seq, int) else None,
                name=str(one["name"] or ""),
                unit=str(one["unit"] or ""),
                nature=str(one["property"] or ""),
                base_year=base_year if isinstance(base_year, int) else None,
                base=str(one["base"] or ""),
                targets=targets if isinstance(targets, dict) else {},
                responsible_unit=str(one["responsible_unit"] or ""),
                period=period,
                value=value,
            )
        )
    made, lead = table_indicators.table(lines), table_indicators.lead(lines)
    return _made(stand, request, ("“一老一小”整体解决方案", "指标完成情况表"), [made], lead=lead)


def _items(stand: Stand, request: Request) -> Document:
    notes: dict[str, tuple[str, str]] = {}
    day = stand.day.isoformat()
    for row in rows.select(stand.ledger.connection, "progress_note", "deleted = 0", (), "noted_on, id"):
        if str(row["noted_on"] or "") <= day:
            notes[str(row["item"])] = (str(row["noted_on"] or ""), str(row["text"] or ""))
    lines = []
    for one in lists.items(stand.ledger, None, request.plan, request.unit):
        if one["kind"] == "member":
            continue
        number = one["no"]
        units = one["responsible_unit"] or "、".join(
            str(part) for part in (one["lead_units"], one["support_units"]) if part
        )
        lines.append(
            table_items.ItemLine(
                str(one["uid"]),
                str(one["plan_region"] or one["plan_title"]),
                str(one["kind"] or ""),
                number if isinstance(number, int) else None,
                str(one["group"] or ""),
                str(one["name"] or ""),
                str(one["measure"] or ""),
                str(one["expected"] or ""),
                str(units or ""),
                str(one["state"] or ""),
                *notes.get(str(one["uid"]), ("", "")),
            )
        )
    return _made(stand, request, ("“一老一小”整体解决方案", "任务与清单进展表"), table_items.tables(lines))


def _findings(stand: Stand, request: Request) -> Document:
    found = findings.check(stand.ledger, request.plan)
    decided = {
        key: f"{one.decision}：{one.reason}" if one.reason else one.decision
        for key, one in findings.decisions(stand.ledger).items()
    }
    made = table_findings.table(found, decided)
    lead = table_findings.lead(found, decided)
    return _made(stand, request, ("“一老一小”", "项目台账校核报告"), [made] if found else [], lead=lead)


def _chase(stand: Stand, request: Request) -> Document:
    if stand.month is None:
        raise UserError("还没有开启任何月份，没有可以催报的。", "请先在“月度调度”里开启一个月。")
    found = chase.chase(stand.ledger, stand.month, report_projects.scope_of(request))
    units = tuple(one for one in found.units if request.unit in (None, one.unit, *split_units(one.unit)))
    told = dataclasses.replace(found, today=stand.asked_on, units=units)
    made = table_chase.table(told, has_contacts=request.has_contacts)
    words = (show_month(stand.month), "项目调度", "催报名单")
    facts, figures = _judged(stand, request)
    of_all = _sum(figures, facts.facts)
    lead = table_chase.lead(told, has_projects=bool(units or of_all.reported or of_all.missing))
    asked = dataclasses.replace(stand, day=stand.asked_on)  # names are of the day on which is asked, not of the month
    return _made(asked, request, words, [made] if units else [], lead=lead, is_wide=False)


def _annual(stand: Stand, request: Request) -> Document:
    facts, figures = _judged(stand, request)
    names, year = report_projects.county_names(stand.ledger), stand.day.year
    stored = {str(row["uid"]): row for row in rows.select(stand.ledger.connection, "project")}

    def line(label: str, there: Sequence[ProjectFacts]) -> YearLine:
        opened = [one for one in there if _reached_in(facts, one, "M14", year)]
        return YearLine(
            label,
            _sum(figures, there),
            sum(_reached_in(facts, one, "M09", year) for one in there),
            sum(_reached_in(facts, one, "M13", year) for one in there),
            len(opened),
            total(str(stored[one.uid]["beds"] or "") for one in opened),
            total(str(stored[one.uid]["places"] or "") for one in opened),
        )

    counties = [
        line(names.get(county, county) or UNFILLED, [one for one in facts.facts if one.county == county])
        for county in report_projects.county_order(one.county for one in facts.facts)
    ]
    tables = [table_annual.table(year, line("合　计", facts.facts), counties)]
    goals = table_annual.targets(year, opened_capacity.lines(stand.ledger, report_projects.scope_of(request), facts))
    if goals.rows and request.county is None:  # the plans set them for the whole
        tables.append(goals)
    return _made(stand, request, (f"{year}年", _PROJECTS, "总结附表"), tables)


def _judged(stand: Stand, request: Request) -> tuple[MonthFacts, overview.Tallies]:
    """The month over the projects that were asked for, and each one's part of the figures."""
    scope = report_projects.scope_of(request)
    every = stand.facts(scope)
    facts = dataclasses.replace(every, facts=report_projects.wanted(request, every.facts), standings={})
    return facts, overview.tallies(stand.ledger, scope, facts)


def _sum(tallies: overview.Tallies, projects: Iterable[ProjectFacts]) -> Figures:
    return total_of(tallies[one.uid] for one in projects)


def _sector_rank(sector: str) -> tuple[bool, int, str]:
    return sector == "", SECTORS.index(sector) if sector in SECTORS else len(SECTORS), sector


def _reached_in(facts: MonthFacts, one: ProjectFacts, code: str, year: int) -> bool:
    today = facts.day.isoformat()
    return any(
        step.code == code and step.actual and step.actual[:4] == str(year) and step.actual <= today
        for step in facts.steps.get(one.uid, ())
    )


_BUILDERS: dict[str, Callable[[Stand, Request], Document]] = {
    "projects": _projects,
    "central": _central,
    "lights": _lights,
    "indicators": _indicators,
    "items": _items,
    "findings": _findings,
    "chase": _chase,
    "annual": _annual,
}
