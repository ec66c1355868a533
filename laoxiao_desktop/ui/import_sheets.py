"""The sheets that are looked through before anything is written: rows of the file beside what becomes of each."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from laoxiao_desktop.exchange import correcting
from laoxiao_desktop.exchange.reading_values import ReadFile, RowKind, SourceTable
from laoxiao_desktop.models.dictionary import ITEM_KINDS
from laoxiao_desktop.models.imports import TARGET, ComparedRow, Comparison, is_written
from laoxiao_desktop.models.plan_draft import PlanDraft
from laoxiao_desktop.models.returned import ReturnedTable, field_behind
from laoxiao_desktop.ui.import_roles import fields_of, table_of

PROSE: Final = "prose"  # the sheet of what stands in running text
SUBJECTS: Final = {
    "project": "项目", "indicator": "指标", "goal": "年度目标", "task": "任务", "policy": "政策", "element": "要素",
    "platform": "平台", "industry": "产业", "reform": "改革", "pilot": "试点",
}  # fmt: skip
_SAY_WHY: Final[Mapping[RowKind, str]] = {
    "total": "合计行不读入，只用来核对",
    "section": "分段标题",
    "header": "表头",
    "note": "表下说明",
    "hidden": "文件里隐藏的行",
    "blank": "空行",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its header as printed, what it is read as, and the fields it speaks of."""

    header: str
    role: str | None = None
    factor: str | None = None
    fields: tuple[str, ...] = ()
    number: int = -1  # in the file; -1: the sheet is not one of the file's tables
    is_settled: bool = False  # what it is read as is not to be chosen: the ledger itself exported it


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file, its cells as printed, and its row of the comparison, if it has one."""

    no: str
    cells: tuple[str, ...]
    kind: RowKind = "row"
    key: str | None = None
    at: int = -1  # in the table of the file

    @property
    def why_unread(self) -> str:
        """Why a row is not read in; "" for one that is."""
        return _SAY_WHY.get(self.kind, "") or ("" if self.key else "没有名称，或这张表不读")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the file, or what its running text says."""

    key: str
    title: str
    subject: str | None
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    questions: tuple[str, ...] = ()
    shape: str = ""

    @property
    def table(self) -> str:
        """The table of the ledger its rows go to."""
        return table_of(self.subject)


@dataclass(frozen=True, slots=True)
class Sheets:
    """All sheets with the rows of the comparison by key."""

    sheets: tuple[Sheet, ...]
    rows: Mapping[str, ComparedRow] = field(default_factory=dict)

    def written_in(self, sheet: Sheet, left: frozenset[str]) -> int:
        """How many rows of a sheet would be written."""
        keys = (line.key for line in sheet.lines if line.key is not None and line.key not in left)
        return sum(is_written(self.rows[key]) for key in keys)


def sheets_of(file: ReadFile, comparison: Comparison | None, draft: PlanDraft) -> Sheets:
    """The tables of a file as sheets, what no table holds as one more, gone rows at the end of their own kind."""
    rows = {row.key: row for row in comparison.rows} if comparison is not None else {}
    places = correcting.places_of(file)
    at_line = _Places(file.tables, places)
    keys: dict[tuple[str, int], str] = {}
    loose: list[ComparedRow] = []
    for row in rows.values():
        spots = [at_line.find(row.lines)] if row.lines else []
        if row.table == "indicator" and row.state != "gone" and draft.returned is None:
            spots.append(at_line.find(draft.indicators[int(row.key.partition(":")[2])].unit_where))
        found = [spot for spot in spots if spot is not None]
        for spot in found:
            keys.setdefault(spot, row.key)
        if not found:
            loose.append(row)
    back = {table.key: table for table in draft.returned.tables} if draft.returned is not None else {}
    sheets = [_sheet(table, keys, back.get(table.key)) for table in file.tables]
    gone = [row for row in loose if row.state == "gone"]
    for number, sheet in enumerate(sheets):
        mine = [row for row in gone if _is_of(row, sheet, rows)]
        gone = [row for row in gone if row not in mine]
        if mine:
            sheets[number] = _with_gone(sheet, mine)
    rest = [row for row in loose if row.state != "gone"] + gone
    if rest:
        sheets.append(_prose(rest))
    return Sheets(tuple(sheets), rows)


class _Places:
    """Finds the row of a table that holds a line of the document."""

    def __init__(self, tables: Sequence[SourceTable], places: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        self._spots = sorted(
            (first, last, table.key, at)
            for table in tables
            for at, (first, last) in enumerate(places[table.key])
            if table.rows[at].kind in ("row", "hidden")
        )
        self._firsts = [spot[0] for spot in self._spots]

    def find(self, lines: tuple[int, int] | None) -> tuple[str, int] | None:
        """The table and the place of the row in it."""
        at = bisect_right(self._firsts, lines[0]) - 1 if lines else -1
        if lines is None or at < 0:
            return None
        first, last, key, row = self._spots[at]
        return (key, row) if first <= lines[0] <= last else None


def _sheet(table: SourceTable, keys: Mapping[tuple[str, int], str], back: ReturnedTable | None) -> Sheet:
    held = table_of(table.subject)
    columns = tuple(
        Column(column.header, column.role, column.factor, fields_of(held, column.role, column.header), number)
        if back is None
        else Column(column.header, column.role, column.factor, _fields_back(back, column.header), number, True)
        for number, column in enumerate(table.columns)
    )
    lines = tuple(
        Line(str(row.no), row.cells, row.kind, keys.get((table.key, at)), at)
        for at, row in enumerate(table.rows)
        if not (at == 0 and row.kind == "header")
    )
    title = table.title or table.sheet or SUBJECTS.get(table.subject or "", "表")
    if table.sheet and table.title and table.sheet != table.title:
        title = f"{table.sheet} · {table.title}"
    return Sheet(table.key, title, table.subject, columns, lines, table.questions, table.shape)


def _fields_back(back: ReturnedTable, header: str) -> tuple[str, ...]:
    """The field of a column that the ledger exported; for one that is not read its head, by which problems name it."""
    key = next((key for key, head in back.heads.items() if head == header), "")
    return (field_behind(back.subject, key) or header,)


def _is_of(row: ComparedRow, sheet: Sheet, rows: Mapping[str, ComparedRow]) -> bool:
    mine = (rows[line.key] for line in sheet.lines if line.key is not None)
    return row.table == sheet.table and any(each.group == row.group for each in mine)


def _with_gone(sheet: Sheet, gone: Sequence[ComparedRow]) -> Sheet:
    name = next((place for place, column in enumerate(sheet.columns) if column.role == "name"), 0)
    lines = [
        Line("", tuple(row.title if place == name else "" for place in range(len(sheet.columns))), "row", row.key)
        for row in gone
    ]
    return Sheet(
        sheet.key, sheet.title, sheet.subject, sheet.columns, (*sheet.lines, *lines), sheet.questions, sheet.shape
    )


def _prose(rows: Sequence[ComparedRow]) -> Sheet:
    years = sorted({change for row in rows for change in row.values if change.startswith(TARGET)})
    columns = (
        Column("种类"),
        Column("序号", fields=("seq", "no", "list_no")),
        Column("名称", "name", fields=("name",)),
        Column("目标", fields=("target",)),
        *(Column(f"{year.removeprefix(TARGET)} 年", fields=(year,)) for year in years),
        Column("计量单位", fields=("unit",)),
        Column("责任单位", fields=("responsible_unit",)),
        Column("原文", fields=("quote",)),
    )
    return Sheet(PROSE, "正文里的", None, columns, tuple(_prose_line(row, columns) for row in rows))


def _prose_line(row: ComparedRow, columns: Sequence[Column]) -> Line:
    kind = ITEM_KINDS.get(str(row.values.get("kind")), "清单") if row.table == "list_item" else SUBJECTS[row.table]
    cells = [kind]
    for column in columns[1:]:
        name = next((each for each in column.fields if row.values.get(each) is not None), None)
        value = str(row.values[name]) if name else ""
        cells.append(row.title if not value and column.role == "name" else value)
    return Line(str(row.lines[0]) if row.lines else "", tuple(cells), "row", row.key)
