"""The draft that one table of a file gives: its rows as projects, indicators, goals or items."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import mapping
from laoxiao_desktop.exchange.amounts import decimal_text, is_nothing
from laoxiao_desktop.exchange.cells import Cell
from laoxiao_desktop.exchange.columns import MONEY_ROLES, Column
from laoxiao_desktop.exchange.indicator_table import indicators_of
from laoxiao_desktop.exchange.item_list import items_of, kind_of
from laoxiao_desktop.exchange.plan_text import Part, part_of
from laoxiao_desktop.exchange.project_list import projects_of
from laoxiao_desktop.exchange.reading_values import SourceRow
from laoxiao_desktop.exchange.sectors import sector_of
from laoxiao_desktop.exchange.sheet_totals import totals_of
from laoxiao_desktop.exchange.table import Row, Table, amount, section_title
from laoxiao_desktop.exchange.text_lines import tidy
from laoxiao_desktop.exchange.understood import Understood, factor_of
from laoxiao_desktop.models.capacity import Capacity, plain
from laoxiao_desktop.models.money import Money
from laoxiao_desktop.models.plain_text import half_width
from laoxiao_desktop.models.plan_draft import Amount, GoalDraft, ItemKind, Lines, PlanFacts, Problem, ProjectDraft
from laoxiao_desktop.models.region import find_county, name_of
from laoxiao_desktop.models.target import Target

_SPACED: Final = re.compile(r"[\s\u3000\u00a0]")
_ISO_DAY: Final = re.compile(r"((?:19|20)\d\d-\d\d)-\d\d(?: \d\d:\d\d)?")
_POINTS: Final = frozenset({"period", "start", "end"})
_FIGURES: Final = frozenset({"seq", *MONEY_ROLES, *_POINTS})
_EPOCH: Final = dt.date(1899, 12, 30)
_FURTHER_WORDS: Final = {
    "owner": "owner",
    "lead": "lead_units",
    "support": "support_units",
    "remark": "remark",
}
_COUNT_WITH_UNIT: Final = re.compile(r"[（(/](?P<unit>[^（）()/\d]{1,5})[）)]?$")
_MOST_PROBLEMS: Final = 200  # of one kind in one table


def drafted(table: Understood, plan: PlanFacts) -> Part:
    """The part of the draft that a table gives, with problems named by place."""
    if table.original is not None:
        return part_of(table.original, plan)
    subject = table.source.subject
    if subject is None:
        where = table.source.rows[0].where if table.source.rows else table.source.sheet
        title = table.source.title or "、".join(c.header for c in table.source.columns[:6])
        return Part(
            problems=(
                Problem("warning", "table_unknown", where, f"表“{title}”看不出列的是什么，没有读入。请指定各列。"),
            )
        )
    built, problems = _table(table)
    if subject == "project":
        listed = projects_of(replace(built, rows=tuple(_without_totals(built.rows))))
        projects = _with_further(table, listed.projects)
        totals = totals_of(built, projects)
        problems += [_placed(table, problem) for problem in listed.problems]
        return Part(tuple(projects), totals, problems=tuple(problems))
    if subject == "indicator":
        return Part(indicators=indicators_of(built, plan), problems=tuple(problems))
    if subject == "goal":
        return Part(goals=tuple(_goals(built)), problems=tuple(problems))
    kind: ItemKind | None = kind_of(built) or ("task" if subject == "task" else None)
    if kind is None:
        return Part(problems=tuple(problems))
    return Part(items=items_of(built, kind), problems=tuple(problems))


def _table(table: Understood) -> tuple[Table, list[Problem]]:
    """The table as the draft readers take it: only columns with a meaning, money in 万元, dates as year and month."""
    problems: list[Problem] = []
    columns = [_ten_thousand(mapped.column) for mapped in table.columns]
    read = [
        (number, column.role)
        for number, column in enumerate(columns)
        if column.role != "other" and table.columns[number].further is None
    ]
    reader = _CellReader(table, problems)
    rows = [row for source in table.source.rows if (row := reader.row(source, read)) is not None]
    title = Cell(*table.title) if table.title else None
    first = table.source.rows[0].no + table.offset if table.source.rows else 1
    header = Cell("".join(column.label for column in columns), (first, first))
    return Table(title, tuple(columns), tuple(rows), header, Decimal(1)), problems


def _ten_thousand(column: Column) -> Column:
    return replace(column, factor=Decimal(1)) if column.role in MONEY_ROLES else column


class _CellReader:
    """Turns the rows of one table into rows for the draft readers and notes what could not be read."""

    def __init__(self, table: Understood, problems: list[Problem]) -> None:
        self._table = table
        self._problems = problems
        self._factors = {
            number: factor_of(table, number)
            for number, mapped in enumerate(table.columns)
            if mapped.role in MONEY_ROLES
        }
        self._names = [number for number, mapped in enumerate(table.columns) if mapped.role == "name"]

    def row(self, source: SourceRow, read: Sequence[tuple[int, str]]) -> Row | None:
        """The row; None for what is no row of the list."""
        line = source.no + self._table.offset
        where: Lines = (line, line)
        match source.kind:
            case "row":
                cells = {
                    number: Cell(self._text(source, number, role, text), where)
                    for number, role in read
                    if (text := source.cells[number])
                }
                if self._names and self._names[0] not in cells and len(cells) >= 3:
                    self._note("warning", "row_unnamed", source, None, "这一行没有名称，没有读入。")
                return Row("row", cells)
            case "total":
                words = [tidy(cell) for cell in source.cells if cell.strip()]
                label = next((text for text in words if "计" in text), None) or "".join(words[:2])[:40]
                amounts = {
                    number: Cell(self._text(source, number, "total_investment", text), where)
                    for number in self._factors
                    if (text := source.cells[number])
                }
                return Row("total", amounts, Cell(label, where))
            case "section":
                words = [tidy(cell) for cell in source.cells if cell.strip()]
                text = words[-1] if words else ""
                return Row("section", {}, Cell(section_title(text) or text, where))
        return None

    def _text(self, source: SourceRow, number: int, role: str, text: str) -> str:
        text = tidy(text) if _SPACED.search(text) else text
        if role not in _FIGURES:
            return text
        if role in MONEY_ROLES:
            return self._money(source, number, text)
        figures = half_width(text)
        return _point(figures) if role in _POINTS else figures.removesuffix(".0")

    def _money(self, source: SourceRow, number: int, text: str) -> str:
        figures = half_width(text).strip("¥￥")
        if is_nothing(text) or is_nothing(figures):
            return ""
        printed = amount(figures)
        factor = self._factors[number]
        if printed is not None and printed[1] is None:
            value = Decimal(printed[0])
            if value < 0:
                self._note("warning", "money_negative", source, number, f"金额“{text}”小于零。")
            return printed[0] if factor is None or factor == 1 else decimal_text(value * factor)
        try:
            return str(Money.parse(figures))
        except UserError:
            if source.kind == "row":
                self._note("warning", "money_unread", source, number, f"“{text[:40]}”不是金额，按空白读。")
            return ""

    def _note(self, severity: str, code: str, source: SourceRow, number: int | None, message: str) -> None:
        if sum(problem.code == code for problem in self._problems) >= _MOST_PROBLEMS:
            return
        where = _cell_place(self._table, source, number)
        self._problems.append(Problem("error" if severity == "error" else "warning", code, where, message))


def _cell_place(table: Understood, source: SourceRow, number: int | None) -> str:
    """Sheet1!C12, or the line of a text."""
    if number is None or "!" not in source.where:
        return source.where
    return f"{table.source.sheet}!{table.source.columns[number].ref}{source.no}"


def _point(text: str) -> str:
    """A day as workbooks store or show it as the year and month of a span; other words as they are."""
    day = _ISO_DAY.fullmatch(text)
    if day:
        return day[1]
    if text.isdigit() and 36_526 <= int(text) <= 73_050:  # a serial of the years 2000 to 2099, stored without a format
        return (_EPOCH + dt.timedelta(days=int(text))).isoformat()[:7]
    return text


def _without_totals(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows with totals taken out; one that heads the rows of a sector stays as their section."""
    kinds = [row.kind for row in rows]
    for at, row in enumerate(rows):
        if row.kind != "total":
            yield row
            continue
        heads = at + 1 < len(rows) and kinds[at + 1] == "row" and (at == 0 or kinds[at - 1] != "row")
        if row.label is not None and heads and sector_of(row.label.text):
            yield Row("section", {}, row.label)


def _with_further(table: Understood, projects: Sequence[ProjectDraft]) -> list[ProjectDraft]:
    """The projects with what columns beyond the published forms say: capacities, county, contact."""
    rows = {row.no + table.offset: row for row in table.source.rows if row.kind == "row"}
    further = [(number, m.further) for number, m in enumerate(table.columns) if m.further is not None]
    taken = "unit" if any(m.role == "unit" for m in table.columns) else "owner"
    further += [
        (number, _FURTHER_WORDS[m.role])
        for number, m in enumerate(table.columns)
        if m.role in _FURTHER_WORDS and m.role != taken
    ]
    sheet_county = find_county(table.source.sheet) if table.source.sheet else None
    further += [(number, m.role) for number, m in enumerate(table.columns) if m.role in MONEY_ROLES]
    return [_further_of(project, rows, further, sheet_county) for project in projects]


def _further_of(
    project: ProjectDraft,
    rows: Mapping[int, SourceRow],
    further: Sequence[tuple[int, str]],
    sheet_county: str | None,
) -> ProjectDraft:
    line = project.where["name"]
    more: dict[str, str] = {}
    capacities: dict[str, Amount] = {}
    where = dict(project.where)
    for number, name in further:
        if name in MONEY_ROLES and getattr(project, name) is not None:
            continue
        text = tidy(rows[line[0]].cells[number])
        if not text or is_nothing(text):
            continue
        more[name] = text  # an amount that cannot be read too: a person sees what is printed
        if name not in mapping.CAPACITIES:
            continue
        try:
            stated = Capacity.parse(half_width(text))
        except UserError:
            continue
        capacities[name] = Amount(plain(stated.minimum), None if stated.maximum is None else plain(stated.maximum))
        where[name] = line
    if sheet_county is not None and "county" not in more:
        more["county"] = name_of(sheet_county)
    if not more and not capacities:
        return project
    return replace(
        project,
        more=more,
        where=where,
        beds=capacities.get("beds", project.beds),
        nursing_beds=capacities.get("nursing_beds", project.nursing_beds),
        places=capacities.get("places", project.places),
        inclusive_places=capacities.get("inclusive_places", project.inclusive_places),
        floor_area_m2=capacities.get("floor_area_m2", project.floor_area_m2),
        sites=capacities.get("sites", project.sites),
        households=capacities.get("households", project.households),
    )


def _goals(table: Table) -> Iterator[GoalDraft]:
    """Goals from a table with a column for each year."""
    for row in table.rows:
        if row.kind != "row":
            continue
        cells = {table.columns[number].role: cell for number, cell in row.cells.items()}
        name_cell, unit_cell = cells.get("name"), cells.get("measure_unit")
        if name_cell is None or name_cell.is_blank:
            continue
        unit = _COUNT_WITH_UNIT.search(name_cell.text)
        for number, cell in row.cells.items():
            column = table.columns[number]
            target = Target.parse(cell.text)
            if column.role == "target" and column.year and target.value is not None:
                yield GoalDraft(
                    year=column.year,
                    name=name_cell.text[: unit.start()] if unit else name_cell.text,
                    op=target.op,
                    value=decimal_text(target.value),
                    unit=unit_cell.text if unit_cell else unit["unit"] if unit else None,
                    where=cell.where,
                )


def _placed(table: Understood, problem: Problem) -> Problem:
    """A problem of a draft reader with the place of its row in the sheet."""
    line = re.match(r"第 (\d+)", problem.where)
    if not line:
        return problem
    row = next((row for row in table.source.rows if row.no + table.offset == int(line[1])), None)
    return replace(problem, where=row.where) if row else problem
