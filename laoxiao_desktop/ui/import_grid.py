"""The grid of a sheet that is being read in: moving, putting cells right, taking and leaving, going to what is open."""

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import plain_table
from laoxiao_desktop.ui.import_delegate import PADDING, ROW, ImportDelegate
from laoxiao_desktop.ui.import_header import ImportHeader
from laoxiao_desktop.ui.import_table import FIXED, ImportTable, Index
from laoxiao_desktop.ui.theme import Theme

_SAMPLE: Final = 120  # rows that say how wide a column must be
_WIDEST: Final = {"name": 330, "content": 240, "quote": 360, "measure": 260, "expected": 200, "list_no": 76, "seq": 76}
_NARROWEST: Final = 76
_GIVING_WAY: Final = {  # what becomes narrower first when the window is narrow, and how far
    "content": 100, "quote": 200, "measure": 140, "expected": 120, "remark": 76, "place": 96, "name": 236,
    "responsible_unit": 110, "facility_type": 96, "sector": 72,
}  # fmt: skip


class ImportGrid(QTableView):
    """`row_changed`: the line in hand. `turned`: line and column where the space bar was pressed."""

    row_changed = Signal(int)
    turned = Signal(int, int)

    def __init__(self, theme: Theme, table: ImportTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = table
        self._at: tuple[str, int, str | None, int] = ("", -1, None, 0)  # sheet, line of the file, row, column
        self.delegate = ImportDelegate(theme, table, self)
        self.setModel(table)
        self.setItemDelegate(self.delegate)
        self.header = ImportHeader(theme, table, self)
        self.setHorizontalHeader(self.header)
        self.setAccessibleName("读入的清单")
        plain_table.dress(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.AnyKeyPressed)
        theme.changed.connect(self.lay_out)

    # --- what is shown -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """After the table took other rows: widths, boxes, and the cell in hand where it was."""
        self.header.fill()
        self.lay_out()
        sheet, line, key, section = self._at
        if sheet != self._table.sheet.key:
            self.take(self._first())
            return
        for at, each in enumerate(self._table.lines):
            if (line >= 0 and each.at == line) or (line < 0 and key is not None and each.key == key):
                self.take(at, section)
                return
        self.take(0)

    def _first(self) -> int:
        """The first row that something happens to, else the first that is read, else the first."""
        lines = self._table.lines
        news = (at for at, line in enumerate(lines) if self._table.is_checking and self._table.is_news(line))
        read = (at for at, line in enumerate(lines) if line.kind == "row")
        return next(news, next(read, 0))

    def take(self, at: int, section: int | None = None) -> None:
        """Takes a cell in hand; a line alone takes its name."""
        if not 0 <= at < self._table.rowCount():
            self.row_changed.emit(-1)
            return
        if section is None:
            section = next(
                (n for n in range(FIXED, self._table.columnCount()) if self._table.field_name(n) == "name"), 0
            )
        index = self._table.index(at, min(section, self._table.columnCount() - 1))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self.row_changed.emit(at)

    def go_to_open(self) -> bool:
        """To the next line in doubt or with a cell that cannot be read; False when this sheet has none."""
        count, start = self._table.rowCount(), self.currentIndex().row()
        for step in range(1, count + 1):
            at = (start + step) % count
            if self._table.is_open(at):
                bad = (n for n in range(FIXED, self._table.columnCount()) if self._table.cell(at, n).problem)
                self.take(at, next(bad, None))
                return True
        return False

    def lay_out(self) -> None:
        """Column widths from what stands in them; the name takes what is left."""
        px = self._theme.px
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        widths = [px(88), px(48), *(self._width(section) for section in range(FIXED, self._table.columnCount()))]
        names = [n for n in range(FIXED, len(widths)) if self._table.field_name(n) == "name"]
        spare = self.viewport().width() - sum(widths)
        if names and spare > 0:
            widths[names[0]] += spare
        for name, least in _GIVING_WAY.items():
            for section in range(FIXED, len(widths)):
                if spare < 0 and self._table.field_name(section) == name and widths[section] > px(least):
                    given = min(-spare, widths[section] - px(least))
                    widths[section] -= given
                    spare += given
        for section, width in enumerate(widths):
            self.setColumnWidth(section, width)
        self.header.place_boxes()
        self.viewport().update()

    def _width(self, section: int) -> int:
        px, metrics = self._theme.px, QFontMetrics(self._theme.font(13, medium=True))
        column = self._table.column(section)
        name = self._table.field_name(section)
        most = 0
        for at in range(min(_SAMPLE, self._table.rowCount())):
            view = self._table.cell(at, section)
            text = view.text
            if view.change is not None and view.change.is_chosen and self._table.is_right(section):
                text = f"{view.change.old_text} → {text}"
            most = max(most, metrics.horizontalAdvance(text[:60]))
        head = metrics.horizontalAdvance(column.header[:12]) if column is not None else 0
        box = self.header.boxes.get(section)
        if box is not None:
            head = max(min(head, px(120)), metrics.horizontalAdvance(box.currentText()) + px(30))
        wanted = max(most, head) + 2 * px(PADDING) + px(2)
        return max(px(72 if name in ("list_no", "seq", "no") else _NARROWEST), min(wanted, px(_WIDEST.get(name, 170))))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.lay_out()

    # --- moving --------------------------------------------------------------------------------------------------

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.delegate.in_hand = current.row()
        if current.isValid():
            line = self._table.lines[current.row()]
            self._at = (self._table.sheet.key, line.at, line.key, current.column())
            if current.row() != previous.row():
                self.row_changed.emit(current.row())
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and is_plain and index.isValid():
            # the Enter that closes an editor arrives here too
            is_open = self.state() == QAbstractItemView.State.EditingState
            if index.flags() & Qt.ItemFlag.ItemIsEditable and not is_open:
                self.edit(index)
        elif key == Qt.Key.Key_Space and is_plain and index.isValid():
            self.turned.emit(index.row(), index.column())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def copy(self) -> None:
        """The selected cells, as a spreadsheet takes them."""
        lines: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda each: (each.row(), each.column())):
            lines.setdefault(index.row(), []).append(str(index.data() or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in lines.values()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, line: int) -> None:
        if line != self.delegate.hovered:
            self.delegate.hovered = line
            self.viewport().update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.delegate.has_focus = True
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.delegate.has_focus = False
        self.viewport().update()
