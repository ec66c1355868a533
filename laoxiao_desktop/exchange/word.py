"""Documents in .docx: paragraphs and tables in their order, as they stand after accepted changes."""

from dataclasses import dataclass, field
from pathlib import Path

from laoxiao_desktop.exchange.flow import Flow, FlowBuilder
from laoxiao_desktop.exchange.limits import MOST_CELLS, open_package, pieces, too_many_cells
from laoxiao_desktop.exchange.safe_xml import Attributes, walk

_PASSED_OVER = frozenset({"del", "moveFrom", "Fallback", "delText", "instrText", "pPrChange", "rPrChange"})
_WIDEST = 200


@dataclass
class _Cell:
    """A cell being read, and how it is merged."""

    words: list[str] = field(default_factory=list)
    wide: int = 1
    merge: str | None = None  # restart, continue


@dataclass
class _Table:
    """A table being read."""

    rows: list[list[str]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    tall: dict[int, tuple[int, int, int]] = field(default_factory=dict)  # column → first row, last row, last column
    cell: _Cell | None = None


def flow_of(path: Path) -> Flow:
    """What the document says; UserError when it is damaged or too large."""
    with open_package(path) as package:
        reading = _Reading(path.name)
        walk(path.name, pieces(package, "word/document.xml"), reading.opened, reading.closed, reading.words)
    return reading.flow.flow()


class _Reading:
    """What the XML says so far."""

    def __init__(self, name: str) -> None:
        self.flow = FlowBuilder(name)
        self._name = name
        self._tables: list[_Table] = []
        self._words: list[str] = []
        self._passed_over = 0
        self._is_text = False
        self._is_hidden = False
        self._cells = 0

    def opened(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag in _PASSED_OVER:
            self._passed_over += 1
        table = self._tables[-1] if self._tables else None
        cell = table.cell if table else None
        match tag:
            case "tbl":
                self._tables.append(_Table())
            case "tr" if table is not None:
                table.rows.append([])
            case "gridBefore" if table is not None and table.rows:
                table.rows[-1] += [""] * min(_value(attributes), _WIDEST)
            case "tc" if table is not None:
                table.cell = _Cell()
            case "gridSpan" if cell is not None:
                cell.wide = max(1, min(_value(attributes), _WIDEST))
            case "vMerge" if cell is not None:
                cell.merge = attributes.get("val", "continue")
            case "r":
                self._is_hidden = False
            case "vanish":
                self._is_hidden = attributes.get("val", "1") not in ("0", "false")
            case "t":
                self._is_text = True
            case "tab" if not self._passed_over and "val" not in attributes:
                self._say("\t")
            case "br" | "cr" if not self._passed_over:
                self._say("\n")
            case "noBreakHyphen" if not self._passed_over:
                self._say("-")

    def closed(self, tag: str) -> None:
        """An element ends."""
        if tag in _PASSED_OVER:
            self._passed_over -= 1
        table = self._tables[-1] if self._tables else None
        match tag:
            case "t":
                self._is_text = False
            case "p":
                if table is None:
                    self.flow.paragraph("".join(self._words))
                    self._words = []
                elif table.cell is not None:
                    table.cell.words.append("\n")
            case "tc" if table is not None and table.cell is not None:
                self._end_cell(table, table.cell)
            case "tbl" if table is not None:
                self._end_table(self._tables.pop())

    def words(self, text: str) -> None:
        """Text within an element."""
        if self._is_text and not self._passed_over and not self._is_hidden:
            self._say(text)

    def _say(self, text: str) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None:
            self._words.append(text)
        elif table.cell is not None:
            table.cell.words.append(text)

    def _end_cell(self, table: _Table, cell: _Cell) -> None:
        table.cell = None
        if not table.rows:
            table.rows.append([])
        self._cells += cell.wide
        if self._cells > MOST_CELLS:
            raise too_many_cells(self._name, "", self._cells)
        at, row = len(table.rows) - 1, table.rows[-1]
        column = len(row)
        is_continued = cell.merge == "continue" and column in table.tall
        row += ["" if is_continued else "".join(cell.words).strip("\n"), *[""] * (cell.wide - 1)]
        if is_continued:
            first, _, last_column = table.tall[column]
            table.tall[column] = (first, at, last_column)
            return
        self._end_tall(table, column)
        if cell.merge == "restart":
            table.tall[column] = (at, at, column + cell.wide - 1)
        elif cell.wide > 1:
            table.merges.append((at, column, at, column + cell.wide - 1))

    def _end_tall(self, table: _Table, column: int) -> None:
        if column in table.tall:
            first, last, last_column = table.tall.pop(column)
            if last > first or last_column > column:
                table.merges.append((first, column, last, last_column))

    def _end_table(self, table: _Table) -> None:
        for column in list(table.tall):
            self._end_tall(table, column)
        if self._tables:  # a table within a cell is layout: its words belong to the cell
            self._say("\n".join(" ".join(filter(None, row)) for row in table.rows))
        elif max(map(len, table.rows), default=0) <= 1:
            for row in table.rows:
                self.flow.paragraph("".join(row))
        else:
            self.flow.table(table.rows, table.merges)


def _value(attributes: Attributes) -> int:
    text = attributes.get("val", "1")
    return int(text[:6]) if text.isascii() and text.isdigit() else 1
