"""Projects and totals from a project list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange.amounts import in_ten_thousands, is_nothing, total_of
from laoxiao_desktop.exchange.cells import Cell
from laoxiao_desktop.exchange.columns import Role
from laoxiao_desktop.exchange.printed_total import printed_total, summed
from laoxiao_desktop.exchange.sectors import ELDERLY, sector_of
from laoxiao_desktop.exchange.table import Row, Table
from laoxiao_desktop.exchange.text_lines import span_of
from laoxiao_desktop.models.capacity import Capacity, plain, read_capacities
from laoxiao_desktop.models.plan_draft import Amount, Lines, Problem, ProjectDraft, TotalDraft
from laoxiao_desktop.models.span import Span
from laoxiao_desktop.models.units import split_units

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class ProjectList:
    """What one list holds."""

    projects: tuple[ProjectDraft, ...]
    totals: tuple[TotalDraft, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A 合计 row, and how many projects stand above it."""

    row: Row
    at: int


def projects_of(table: Table) -> ProjectList:
    """The projects of a list and its totals, each beside the sum of the rows it speaks for."""
    list_title = table.title.text if table.title else ""
    projects: list[ProjectDraft] = []
    printed: list[_Printed] = []
    sections: list[int] = []
    problems: list[Problem] = []
    category: Cell | None = None
    section: str | None = None
    for row in table.rows:
        if row.kind == "section":
            section = row.label.text if row.label else None
            sections.append(len(projects))
            category = None
            continue
        if row.kind == "total":
            printed.append(_Printed(row, len(projects)))
            if row.label and (named := sector_of(row.label.text)):
                section, category = named, None
            continue
        cells = _by_role(table, row)
        own = cells.get("category")
        if own is not None and not own.is_blank:
            category = own
        elif category is not None:
            cells["category"] = category
        project = _project(table, cells, list_title, section, problems)
        if project is not None:
            projects.append(project)
    stops = sorted({*sections, *(total.at for total in printed)})
    totals = tuple(_total(table, total, projects, stops) for total in printed)
    return ProjectList(tuple(projects), totals, tuple(problems))


def _by_role(table: Table, row: Row) -> dict[Role, Cell]:
    """The cells of a row by role; of two columns of one role the first that holds something."""
    cells: dict[Role, Cell] = {}
    for number, cell in sorted(row.cells.items()):
        role = table.columns[number].role
        if role != "other" and (role not in cells or cells[role].is_blank):
            cells[role] = cell
    return cells


def _project(
    table: Table, cells: Mapping[Role, Cell], list_title: str, section: str | None, problems: list[Problem]
) -> ProjectDraft | None:
    def text(role: Role) -> str | None:
        cell = cells.get(role)
        return cell.text if cell and cell.text and not (role != "name" and is_nothing(cell.text)) else None

    name = text("name")
    if name is None:
        return None
    where: dict[str, Lines] = {}

    def note(field: str, role: Role) -> None:
        if text(role) is not None:
            where[field] = cells[role].where

    start, end, period = _period(text("period"), text("start"), text("end"), cells, problems)
    unit_role: Role = next((role for role in _UNIT_ROLES if text(role)), "unit")
    content = text("content")
    capacities = {field: _amount(found) for field, (found, _) in read_capacities(content or "").items()}
    for field, role in _PLAIN_FIELDS:
        note(field, role)
    for field in ("start", "end"):
        if text("period"):
            where[field] = cells["period"].where
    note("unit_text", unit_role)
    note("responsible_units", unit_role)
    for field in capacities:
        where[field] = cells["content"].where
    category, project_type = text("category"), text("type")
    sector = (
        sector_of(category) or sector_of(section) or sector_of(list_title) or sector_of(project_type, name, content)
    )
    number = text("seq") or ""
    return ProjectDraft(
        sector=sector or ELDERLY,
        list_no=int(_NUMBER.findall(number)[0]) if _NUMBER.search(number) else None,
        name=name,
        list_title=list_title,
        project_code=text("code"),
        category=category,
        project_type=project_type,
        period=period,
        start=start,
        end=end,
        place=text("place"),
        content=content,
        total_investment=_money(table, "total_investment", text("total_investment")),
        central_request=_money(table, "central_request", text("central_request")),
        unit_text=text(unit_role),
        responsible_units=split_units(text(unit_role) or ""),
        beds=capacities.get("beds"),
        nursing_beds=capacities.get("nursing_beds"),
        places=capacities.get("places"),
        inclusive_places=capacities.get("inclusive_places"),
        floor_area_m2=capacities.get("floor_area_m2"),
        sites=capacities.get("sites"),
        households=capacities.get("households"),
        where=where,
    )


_UNIT_ROLES: tuple[Role, ...] = ("unit", "owner", "lead")
_PLAIN_FIELDS: tuple[tuple[str, Role], ...] = (
    ("list_no", "seq"),
    ("project_code", "code"),
    ("category", "category"),
    ("name", "name"),
    ("project_type", "type"),
    ("period", "period"),
    ("start", "start"),
    ("end", "end"),
    ("place", "place"),
    ("content", "content"),
    ("total_investment", "total_investment"),
    ("central_request", "central_request"),
)


def _amount(capacity: Capacity) -> Amount:
    return Amount(plain(capacity.minimum), None if capacity.maximum is None else plain(capacity.maximum))


def _money(table: Table, role: Role, text: str | None) -> str | None:
    if text is None:
        return None
    number = table.column(role)
    factor = table.columns[number].factor if number is not None else None
    return in_ten_thousands(text, factor or table.factor)


def _period(
    period: str | None, start: str | None, end: str | None, cells: Mapping[Role, Cell], problems: list[Problem]
) -> tuple[str | None, str | None, str | None]:
    """Start, end and the printed period; from two columns when the list prints them apart."""
    printed = period or (f"{start}—{end}" if start and end else start or end)
    if printed is None:
        return None, None, None
    try:
        span = Span.parse(printed)
    except UserError as error:
        cell = cells.get("period") or cells.get("start") or cells.get("end")
        lines = f"第 {cell.where[0]} 行" if cell else ""
        problems.append(
            Problem("warning", "period_unread", lines, f"建设期限“{printed}”读不出起止年份。{error.remedy}")
        )
        return None, None, printed
    return span.start, span.end, printed


def _total(table: Table, printed: _Printed, projects: list[ProjectDraft], stops: list[int]) -> TotalDraft:
    label = printed.row.label
    words = label.text if label else ""
    amounts: dict[Role, str | None] = {}
    lines: list[Lines] = [label.where] if label else []
    for number, cell in printed.row.cells.items():
        column = table.columns[number]
        amounts[column.role] = in_ten_thousands(cell.text, column.factor or table.factor)
        lines.append(cell.where)
    draft = printed_total(words, amounts, span_of(lines))
    found = [_summed(draft, rows) for rows in _rows_of_total(words, printed.at, projects, stops)]
    return next((total for total in found if total.agrees), found[0])


def _summed(printed: TotalDraft, rows: list[ProjectDraft]) -> TotalDraft:
    """The printed total beside the sum of some rows."""
    sectors = {row.sector for row in rows}
    return summed(
        printed,
        sectors.pop() if len(sectors) == 1 else "全部",
        len(rows),
        total_of(row.total_investment for row in rows),
        total_of(row.central_request for row in rows),
    )


def _rows_of_total(words: str, at: int, projects: list[ProjectDraft], stops: list[int]) -> list[list[ProjectDraft]]:
    """The rows a total may speak for, the likeliest first.

    Those of the sector it names, else all for 合计; else those above it or below it, up to the next total or section.
    """
    above = projects[max((stop for stop in stops if stop < at), default=0) : at]
    below = projects[at : min((stop for stop in stops if stop > at), default=len(projects))]
    named = sector_of(words)
    if named:
        return [[project for project in projects if project.sector == named], above, below]
    if "小计" in words:
        return [above or below, below, projects]
    return [projects, above, below]
