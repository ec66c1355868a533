"""One sheet of cells as shown, wherever it came from: workbook, web page, document, tabs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from laoxiao_desktop.exchange.limits import LONGEST_CELL
from laoxiao_desktop.models.plain_text import many_lines
from laoxiao_desktop.models.plan_draft import Problem

_NEVER_SHOWN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of cells as texts; `no` is its number in the sheet or line in the document."""

    no: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells shown as one: rows by their number, columns counted from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: rows in order (empty ones may be left out) and what is hidden in it.

    `number` tells sheets of one file apart; `is_part` says that the sheet is a table within a text, whose rows are
    numbered as lines of the whole text.
    """

    name: str
    number: int
    rows: Sequence[SheetRow]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    is_part: bool = False
    above: tuple[SheetRow, ...] = ()  # lines of the text before a part
    problems: tuple[Problem, ...] = field(default=())

    def where(self, row: int) -> str:
        """The place of a row in words."""
        return f"第 {row} 行" if self.is_part or not self.name else f"{self.name}!{row}"


def clean(text: str) -> str:
    """Any text so that it can be shown and kept: no control characters, no lone surrogates, one kind of line end."""
    if text.isprintable():
        return text
    return many_lines(_NEVER_SHOWN.sub("", text.replace("_x000D_", "")))


def cut_long(sheet: Sheet) -> Sheet:
    """The sheet with cells longer than any workbook holds cut, each told as a problem."""
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        if sum(map(len, row.cells)) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in row.cells):
            for number, cell in enumerate(row.cells):
                if len(cell) > LONGEST_CELL:
                    problems.append(
                        Problem(
                            "warning",
                            "cell_long",
                            f"{sheet.where(row.no)}",
                            f"{column_letters(number)} 列的单元格有 {len(cell)} 个字，超过 {LONGEST_CELL} 个，只读了前面的部分。",
                        )
                    )
            row = SheetRow(row.no, tuple(cell[:LONGEST_CELL] for cell in row.cells))
        rows.append(row)
    return replace(sheet, rows=rows, problems=(*sheet.problems, *problems)) if problems else sheet


def column_letters(number: int) -> str:
    """The letters of a column counted from 0: 0 → A, 27 → AB."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column from its letters, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
