"""Sheets in OpenDocument (.ods): one pass over their XML; repeated empty cells and rows cost nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from laoxiao_desktop.exchange.limits import LARGEST_UNPACKED, MOST_CELLS, Stopped, open_package, pieces, too_many_cells
from laoxiao_desktop.exchange.safe_xml import Attributes, walk
from laoxiao_desktop.exchange.sheet import Merge, Sheet, SheetRow, clean, column_letters, cut_long
from laoxiao_desktop.exchange.shown_values import number_text, percent_text
from laoxiao_desktop.exchange.workbook_scan import MOST_COLUMNS
from laoxiao_desktop.models.plan_draft import Problem

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_LAST_ROW = 1_048_576


@dataclass
class _Open:
    """The sheet being read."""

    name: str
    is_hidden: bool
    row: int = 0
    column: int = 0
    repeat: int = 1
    cells: list[str] = field(default_factory=list)
    rows: list[SheetRow] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    columns: int = 0
    problems: list[Problem] = field(default_factory=list)


def sheets_of(path: Path, checked: Stopped = lambda: None) -> tuple[Sheet, ...]:
    """The sheets of an OpenDocument, cells as shown; UserError when it is damaged or too large."""
    reading = _Reading(path.name)
    with open_package(path) as package:
        held = _checking(pieces(package, "content.xml", LARGEST_UNPACKED), checked)
        walk(path.name, held, reading.opened, reading.closed, reading.words)
    return tuple(map(cut_long, reading.sheets))


def _checking(parts: Iterator[bytes], checked: Callable[[], None]) -> Iterator[bytes]:
    for part in parts:
        checked()
        yield part


class _Reading:
    """What the XML says so far."""

    def __init__(self, name: str) -> None:
        self.sheets: list[Sheet] = []
        self._name = name
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: _Open | None = None
        self._cell: Attributes | None = None
        self._words: list[str] = []
        self._paragraphs = 0
        self._notes = 0
        self._count = 0

    def opened(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "style" and attributes.get("family") == "table":
            self._style = attributes.get("name", "")
        elif tag == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table" and self._sheet is None:
            is_hidden = attributes.get("style-name", "") in self._hidden_styles
            self._sheet = _Open(clean(attributes.get("name", "")), is_hidden)
        elif tag == "annotation":
            self._notes += 1
        if self._sheet is None:
            return
        if tag == "table-column":
            count = _number(attributes, "number-columns-repeated")
            if attributes.get("visibility", "visible") != "visible":
                last = min(self._sheet.columns + count, MOST_COLUMNS)
                self._sheet.hidden_columns.update(range(self._sheet.columns, last))
            self._sheet.columns += count
        elif tag == "table-row":
            self._sheet.repeat = _number(attributes, "number-rows-repeated")
            self._sheet.cells, self._sheet.column = [], 0
            if attributes.get("visibility", "visible") != "visible":
                last = min(self._sheet.row + self._sheet.repeat, self._sheet.row + 10_000)
                self._sheet.hidden_rows.update(range(self._sheet.row + 1, last + 1))
        elif tag in _CELLS:
            self._cell, self._words, self._paragraphs = attributes, [], 0
        elif self._cell is not None and not self._notes:
            self._inside(tag, attributes)

    def _inside(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "p":
                self._paragraphs += 1
                if self._paragraphs > 1:
                    self._words.append("\n")
            case "s":
                self._words.append(" " * min(_number(attributes, "c"), 100))
            case "line-break":
                self._words.append("\n")
            case "tab":
                self._words.append(" ")

    def closed(self, tag: str) -> None:
        """An element ends."""
        sheet = self._sheet
        if tag == "annotation":
            self._notes -= 1
        elif sheet is None:
            return
        elif tag in _CELLS and self._cell is not None:
            self._end_cell(sheet, self._cell, is_covered=tag != "table-cell")
            self._cell = None
        elif tag == "table-row":
            self._end_row(sheet)
        elif tag == "table":
            self._end_sheet(sheet)

    def words(self, text: str) -> None:
        """Text within an element."""
        if self._paragraphs and not self._notes:
            self._words.append(text)

    def _end_cell(self, sheet: _Open, cell: Attributes, *, is_covered: bool) -> None:
        count = _number(cell, "number-columns-repeated")
        text = "" if is_covered else self._text(sheet, cell)
        if text and sheet.column < MOST_COLUMNS:
            repeated = min(count, MOST_COLUMNS - sheet.column)
            self._count += repeated
            if self._count > MOST_CELLS:
                raise too_many_cells(self._name, sheet.name, self._count)
            sheet.cells += [""] * (sheet.column - len(sheet.cells)) + [text] * repeated
        wide, high = _number(cell, "number-columns-spanned"), _number(cell, "number-rows-spanned")
        if (wide > 1 or high > 1) and not is_covered:
            sheet.merges.append(Merge(sheet.row + 1, sheet.column, sheet.row + high, sheet.column + wide - 1))
        sheet.column += count

    def _text(self, sheet: _Open, cell: Attributes) -> str:
        """Figures from the stored value, since what is shown may be rounded; words as shown."""
        shown = clean("".join(self._words))
        kind = cell.get("value-type", "")
        if kind == "error" or ("formula" in cell and shown.startswith(("#", "Err:"))):
            ref = f"{column_letters(min(sheet.column, MOST_COLUMNS))}{sheet.row + 1}"
            if len(sheet.problems) < 50:
                sheet.problems.append(
                    Problem(
                        "warning",
                        "cell_error",
                        f"{sheet.name}!{ref}",
                        f"单元格 {ref} 是错误值 {shown[:20]}，按空白读。",
                    )
                )
            return ""
        try:
            if kind in ("float", "currency"):
                return number_text(float(cell.get("value", "")))
            if kind == "percentage":
                return percent_text(float(cell.get("value", "")))
        except ValueError:
            return shown
        if kind == "date":
            return clean(cell.get("date-value", shown))[:10]
        return shown

    def _end_row(self, sheet: _Open) -> None:
        if any(sheet.cells):
            self._count += (sheet.repeat - 1) * sum(map(bool, sheet.cells))
            if self._count > MOST_CELLS:
                raise too_many_cells(self._name, sheet.name, self._count)
            cells = tuple(sheet.cells)
            sheet.rows += [SheetRow(sheet.row + 1 + at, cells) for at in range(min(sheet.repeat, _LAST_ROW))]
        sheet.row += sheet.repeat

    def _end_sheet(self, sheet: _Open) -> None:
        self.sheets.append(
            Sheet(
                sheet.name,
                len(self.sheets),
                sheet.rows,
                tuple(sheet.merges),
                frozenset(sheet.hidden_rows),
                frozenset(sheet.hidden_columns),
                sheet.is_hidden,
                problems=tuple(sheet.problems),
            )
        )
        self._sheet = None


def _number(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text[:8])) if text.isascii() and text.isdigit() else 1
