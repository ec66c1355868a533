"""A table as read, wherever its cells came from: title, columns and rows of cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from laoxiao_desktop.exchange.cells import Cell
from laoxiao_desktop.exchange.columns import Column, Role, Subject
from laoxiao_desktop.models.plain_text import half_width

RowKind = Literal["row", "total", "section"]

_TOTAL = re.compile(
    r"(?:.{0,14}?)(?:合\s*计|小\s*计|总\s*计|共\s*计)(?:[（(]?(?:共)?\d+[个项所家]?(?:项目)?[）)]?)?[：:]?"
)
_SECTION_MARK = re.compile(r"[一二三四五六七八九十]+|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+部分")
_SECTION_LINE = re.compile(r"(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[）)])(?P<title>.{2,40})")
_AMOUNT = re.compile(r"(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?P<unit>亿元|万元|千元|元|万)?")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: cells by the number of their column. A section row or a total has its printed words in `label`."""

    kind: RowKind
    cells: Mapping[int, Cell] = field(default_factory=dict)
    label: Cell | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `factor` is the 万元 of a money unit that stands above the table."""

    title: Cell | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: Cell
    factor: Decimal | None = None

    def column(self, *roles: Role) -> int | None:
        """The number of the first column with one of the roles, in the order asked for."""
        for role in roles:
            for number, column in enumerate(self.columns):
                if column.role == role:
                    return number
        return None

    def first_by_role(self, row: Row) -> dict[Role, Cell]:
        """The cells of a row by role; of two columns of one role the first."""
        cells: dict[Role, Cell] = {}
        for number, cell in sorted(row.cells.items()):
            cells.setdefault(self.columns[number].role, cell)
        return cells

    @property
    def subject(self) -> Subject | None:
        """What the table lists, as far as its headers say it."""
        for column in self.columns:
            if column.role == "name" and column.subject:
                return column.subject
        return "indicator" if self.column("target", "base") is not None else None


def text_of(cells: Mapping[Role, Cell], role: Role) -> str | None:
    """What stands in the cell of a role; None where nothing does."""
    cell = cells.get(role)
    return cell.text if cell and cell.text else None


def settle(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns whose ambiguous headers are decided by their neighbours.

    单位 is the unit of measure beside indicators and the responsible unit elsewhere; a second name-like header is not
    the name; 目标 beside years is text, alone beside an indicator it is the target.
    """
    subjects = {column.subject for column in columns if column.role in ("name", "target")}
    about_indicators = "indicator" in subjects and "project" not in subjects
    has_targets = any(column.role == "target" for column in columns)
    has_name = False
    settled: list[Column] = []
    for column in columns:
        role: Role = column.role
        if role == "measure_unit" and not about_indicators:
            role = "unit"
        elif role == "type" and about_indicators:
            role = "property"
        elif role == "expected" and about_indicators and not has_targets:
            role = "target"
        elif role == "name":
            role = "other" if has_name else "name"
            has_name = True
        settled.append(
            column if role == column.role else Column(role, column.label, column.subject, column.year, column.factor)
        )
    if not has_name:
        settled = _with_name(settled)
    return tuple(settled)


def _with_name(columns: list[Column]) -> list[Column]:
    """The first column of words stands in for a missing name column."""
    for wanted in ("measure", "content", "other"):
        for number, column in enumerate(columns):
            if column.role == wanted:
                columns[number] = Column("name", column.label, "task" if wanted == "measure" else None)
                return columns
    return columns


def is_total(text: str) -> bool:
    """The words of a 合计/小计 row."""
    return bool(_TOTAL.fullmatch(text)) and len(text) <= 30


def is_section_mark(text: str) -> bool:
    """A lone numeral that opens a section row: 一, （二）."""
    return bool(_SECTION_MARK.fullmatch(text))


def section_title(text: str) -> str | None:
    """The title of a section row printed in one cell: 一、养老项目 → 养老项目."""
    found = _SECTION_LINE.fullmatch(text)
    return found["title"] if found else None


def is_amount(text: str) -> bool:
    """A printed number, with or without thousands commas and a unit of money."""
    return bool(_AMOUNT.fullmatch(half_width(text)))


def amount(text: str) -> tuple[str, str | None] | None:
    """The digits of a printed amount and the unit of money behind them; None for no amount."""
    found = _AMOUNT.fullmatch(half_width(text))
    return (found["number"].replace(",", ""), found["unit"]) if found else None
