"""Report table: columns and rows with their real values, the same for the page, the workbook and the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from laoxiao_desktop.models.dates import show_date
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.rates import Rate, show
from laoxiao_desktop.models.report_text import Edit, Text

CellKind = Literal["text", "whole", "money", "percent", "date"]
RowKind = Literal["plain", "group", "total"]
Value = str | int | Rate | None
_RIGHT: Final = frozenset({"whole", "money", "percent"})
_NUMERALS: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: key, head (its lines divided by a line break), share of the width, and what its cells are.

    An optional one stands only where it has something to say. `is_extra` ones stand only when they are asked for.
    """

    key: str
    head: str
    share: float
    kind: CellKind = "text"
    is_centred: bool = False
    is_optional: bool = False
    is_extra: bool = False

    @property
    def title(self) -> str:
        """The head on one line, without its unit."""
        return self.head.replace("\n", "").replace("（万元）", "").replace("（%）", "")

    @property
    def align(self) -> Literal["left", "center", "right"]:
        """How its cells stand."""
        return "center" if self.is_centred else "right" if self.kind in _RIGHT else "left"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. A group or total row writes its first cell over the first `span` columns; `uid` is the row it tells of."""

    cells: tuple[Value, ...]
    kind: RowKind = "plain"
    span: int = 1
    uid: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table with its title, the unit of its amounts and the notes under it."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()
    subject: str = "project"  # the table of the ledger that `uid` stands for
    is_form: bool = False  # its rows are high, to be written in by hand

    @property
    def plain_rows(self) -> list[TableRow]:
        """The rows that are neither heads of groups nor sums."""
        return [row for row in self.rows if row.kind == "plain"]


@dataclass(frozen=True, slots=True)
class Document:
    """A finished table report: its title, what is said before the tables, the tables, and who says it as of when."""

    kind: str
    title: tuple[str, ...]  # its words
    tables: tuple[ReportTable, ...]
    as_of: dt.date
    scope_name: str = ""
    month: str | None = None
    lead: tuple[Text, ...] = ()
    office: str = ""
    stamp: str = ""
    is_wide: bool = True
    is_long: bool = field(default=False)  # the text stands on pages of its own, with a signature
    edits: tuple[Edit, ...] = ()  # what a person wrote in the place of paragraphs

    @property
    def plain_title(self) -> str:
        """The title on one line."""
        return "".join(self.title)

    @property
    def count(self) -> int:
        """How many rows its first table tells of; facts about the document itself are none."""
        return next((len(table.plain_rows) for table in self.tables if table.subject != "fact"), 0)


def show_cell(kind: CellKind, value: Value) -> str:
    """A value as it is printed."""
    if value is None:
        return ""
    if isinstance(value, Rate):
        return show(value)
    if kind == "money" and isinstance(value, int):
        return show_money(value)
    if kind == "date" and isinstance(value, str):
        return show_date(value)
    return str(value)


def chosen(
    columns: Sequence[TableColumn], rows: Sequence[TableRow], wanted: Sequence[str] = ()
) -> tuple[tuple[TableColumn, ...], tuple[TableRow, ...]]:
    """The columns that are wanted in their order, else those that have something to say; and the rows cut to them."""
    keys = [column.key for column in columns]
    if wanted:
        kept = [keys.index(key) for key in wanted if key in keys]
    else:
        kept = [
            place
            for place, column in enumerate(columns)
            if not column.is_extra
            and (
                not column.is_optional or any(row.cells[place] not in (None, "") for row in rows if row.kind == "plain")
            )
        ]
    return tuple(columns[place] for place in kept), tuple(_cut(row, kept, columns) for row in rows)


def _cut(row: TableRow, kept: Sequence[int], columns: Sequence[TableColumn]) -> TableRow:
    if row.kind == "plain":
        return TableRow(tuple(row.cells[place] for place in kept), "plain", 1, row.uid)
    values = [row.cells[place] if place >= row.span else None for place in kept]
    span = next((number for number, value in enumerate(values) if value not in (None, "")), len(kept))
    if span == 0:  # a sum stands in the very first column: the label goes without
        return TableRow(tuple(values), row.kind, 1, row.uid)
    return TableRow((row.cells[0], *values[1:]), row.kind, span, row.uid)


def numeral(number: int) -> str:
    """一, 二 … 十, 十一 … 九十九."""
    if number <= 10:
        return _NUMERALS[number - 1]
    tens, ones = divmod(number, 10)
    return (_NUMERALS[tens - 1] if tens > 1 else "") + "十" + (_NUMERALS[ones - 1] if ones else "")
