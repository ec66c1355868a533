"""Workbooks as one XML file (“XML 表格 2003”), which many systems give out under the name .xls."""

from pathlib import Path

from laoxiao_desktop.exchange.limits import MOST_CELLS, Stopped, too_many_cells
from laoxiao_desktop.exchange.safe_xml import Attributes, walk
from laoxiao_desktop.exchange.sheet import Merge, Sheet, SheetRow, clean, cut_long
from laoxiao_desktop.exchange.shown_values import number_text
from laoxiao_desktop.exchange.workbook_scan import MOST_COLUMNS


def sheets_of(path: Path, checked: Stopped = lambda: None) -> tuple[Sheet, ...]:
    """The sheets of an XML workbook; UserError when it is damaged or too large."""
    checked()
    reading = _Reading(path.name)
    walk(path.name, [path.read_bytes()], reading.opened, reading.closed, reading.words)
    return tuple(map(cut_long, reading.sheets))


class _Reading:
    """What the XML says so far."""

    def __init__(self, name: str) -> None:
        self.sheets: list[Sheet] = []
        self._file = name
        self._name = ""
        self._rows: list[SheetRow] = []
        self._merges: list[Merge] = []
        self._hidden_rows: set[int] = set()
        self._cells: list[str] = []
        self._row = 0
        self._kind: str | None = None
        self._words: list[str] = []
        self._is_hidden = False
        self._asks_visible = False
        self._count = 0

    def opened(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        match tag:
            case "Worksheet":
                self._name = clean(attributes.get("Name", ""))
                self._rows, self._merges, self._hidden_rows, self._row = [], [], set(), 0
                self._is_hidden = False
            case "Row":
                self._row = max(self._row + 1, _number(attributes, "Index", self._row + 1))
                self._cells = []
                if attributes.get("Hidden") == "1":
                    self._hidden_rows.add(self._row)
            case "Cell":
                at = min(_number(attributes, "Index", len(self._cells) + 1) - 1, MOST_COLUMNS)
                self._cells += [""] * (at - len(self._cells))
                across, down = _number(attributes, "MergeAcross", 0), _number(attributes, "MergeDown", 0)
                if across or down:
                    self._merges.append(Merge(self._row, len(self._cells), self._row + down, len(self._cells) + across))
                self._cells += [""] * (1 + min(across, MOST_COLUMNS))
                self._at = len(self._cells) - 1 - min(across, MOST_COLUMNS)
                self._count += 1 + min(across, MOST_COLUMNS)
                if self._count > MOST_CELLS:
                    raise too_many_cells(self._file, self._name, self._count)
            case "Data":
                self._kind, self._words = attributes.get("Type", "String"), []
            case "Visible":
                self._asks_visible, self._words = True, []

    def closed(self, tag: str) -> None:
        """An element ends."""
        match tag:
            case "Data" if self._cells:
                self._cells[self._at] = self._text()
                self._kind = None
            case "Row":
                if any(self._cells):
                    self._rows.append(SheetRow(self._row, tuple(self._cells[:MOST_COLUMNS])))
            case "Visible":
                self._is_hidden = "Hidden" in "".join(self._words)
                self._asks_visible = False
            case "Worksheet":
                self.sheets.append(
                    Sheet(
                        self._name,
                        len(self.sheets),
                        self._rows,
                        tuple(self._merges),
                        frozenset(self._hidden_rows),
                        is_hidden=self._is_hidden,
                    )
                )

    def words(self, text: str) -> None:
        """Text within an element."""
        if self._kind is not None or self._asks_visible:
            self._words.append(text)

    def _text(self) -> str:
        text = "".join(self._words)
        match self._kind:
            case "Number":
                try:
                    return number_text(float(text))
                except ValueError:
                    return clean(text)
            case "DateTime":
                return clean(text[:10])
            case "Boolean":
                return "是" if text == "1" else "否"
            case "Error":
                return ""
        return clean(text)


def _number(attributes: Attributes, name: str, otherwise: int) -> int:
    text = attributes.get(name, "")
    return int(text[:7]) if text.isascii() and text.isdigit() else otherwise
