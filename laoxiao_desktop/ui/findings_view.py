"""The list of findings: moving by keys, folding, columns that give way, the whole text in a tooltip."""

from html import escape

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QToolTip, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import plain_table
from laoxiao_desktop.ui.findings_delegate import HEADING, ROW, FindingsDelegate
from laoxiao_desktop.ui.findings_rows import Row
from laoxiao_desktop.ui.findings_table import COLUMNS, FindingsTable, Index
from laoxiao_desktop.ui.theme import Theme

_LEAST_TITLE, _GOOD_TITLE = 190, 320
_SHARES = {"published": 0.36, "suggestion": 0.36}  # of the room that is left in a wide window


class FindingsView(QTableView):
    """`row_changed` carries the Row in hand or None; `entered` that Enter was pressed on it."""

    row_changed = Signal(object)
    entered = Signal()

    def __init__(self, theme: Theme, table: FindingsTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = table
        self._in_hand = ""
        self._place = 0
        self.setModel(table)
        self.delegate = FindingsDelegate(theme, table, self)
        self.setItemDelegate(self.delegate)
        self.setHorizontalHeader(plain_table.Heads(theme, 14, self))
        plain_table.dress(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("校核结果")
        table.modelReset.connect(self._lay_out)
        theme.changed.connect(self._lay_out)

    # --- the row in hand

    @property
    def row(self) -> Row | None:
        """The row in hand."""
        return self._table.row(self.currentIndex().row())

    def copy_text(self) -> str:
        """The finding in hand, or the heading, with tabs for a table."""
        row, heading = self.row, self._table.heading(self.currentIndex().row())
        if row is not None:
            return "\t".join((row.where, row.finding.title, row.published, row.suggestion, row.finding.message))
        return str(self.currentIndex().data() or "") if heading is not None else ""

    def take(self, key: str) -> bool:
        """Put the keyboard on a finding; False when it is not shown."""
        line = self._table.line_of(key)
        if line is not None:
            self._go(line)
        return line is not None

    def take_nearest(self) -> None:
        """After the rows changed: the same finding, else the one that took its place, else nothing."""
        if self.take(self._in_hand):
            return
        shown = self._table.shown()
        if shown:
            self.take(shown[min(self._place, len(shown) - 1)].key)
        else:
            self._in_hand = ""
            self.row_changed.emit(None)

    def step(self, way: int) -> None:
        """The finding before (-1) or after (1) the one in hand."""
        shown = self._table.shown()
        if shown:
            self.take(shown[max(0, min(self._place + way, len(shown) - 1))].key)

    @property
    def place(self) -> int:
        """Which of the shown findings is in hand, from 0."""
        return self._place

    def _go(self, line: int) -> None:
        index = self._table.index(line, 1)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        if line == 1:
            self.scrollToTop()
        self.scrollTo(index)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = self._table.row(current.row())
        if row is not None:
            self._in_hand = row.key
            self._place = self._table.shown().index(row)
            self.row_changed.emit(row)

    # --- layout

    def _lay_out(self) -> None:
        theme = self._theme
        room = self.viewport().width()
        self.clearSpans()
        for line in range(self._table.rowCount()):
            is_heading = self._table.heading(line) is not None
            self.setRowHeight(line, theme.px(HEADING if is_heading else ROW))
            if is_heading:
                self.setSpan(line, 0, 1, len(COLUMNS))
        shown = [column for column in COLUMNS if room >= theme.px(column.needs)]
        spare = max(0, room - theme.px(_GOOD_TITLE) - sum(theme.px(column.width) for column in shown))
        widths = {column.name: theme.px(column.width) + round(spare * _SHARES.get(column.name, 0)) for column in shown}
        widths["title"] = max(theme.px(_LEAST_TITLE), room - sum(widths.values()))
        for number, column in enumerate(COLUMNS):
            self.setColumnHidden(number, column not in shown)
            if column in shown:
                self.setColumnWidth(number, widths[column.name])
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    # --- keys and mouse

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        heading = self._table.heading(self.currentIndex().row())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if heading is not None:
                self.turn(self.currentIndex().row())
            elif self.row is not None:
                self.entered.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and heading is not None:
            if self._table.is_folded(heading.severity) == (key == Qt.Key.Key_Right):
                self.turn(self.currentIndex().row())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.accept()
        elif key == Qt.Key.Key_Home and plain and self._table.shown():
            self.take(self._table.shown()[0].key)
        elif key == Qt.Key.Key_End and plain and self._table.shown():
            self.take(self._table.shown()[-1].key)
        else:
            super().keyPressEvent(event)

    def turn(self, line: int) -> None:
        """Fold a heading or open it; the keyboard stays on it."""
        heading = self._table.heading(line)
        if heading is None:
            return
        self._table.fold(heading.severity)
        for each in range(self._table.rowCount()):
            found = self._table.heading(each)
            if found is not None and found.severity == heading.severity:
                self._go(each)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self.rowAt(event.position().toPoint().y())
        if event.button() == Qt.MouseButton.LeftButton and self._table.heading(line) is not None:
            self.turn(line)
            return
        super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._table.row(self.rowAt(event.position().toPoint().y())) is not None:
            self.entered.emit()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        if not event.buttons():
            super().mouseMoveEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._table.row(self.rowAt(event.pos().y()))
            words = f"<p>{escape(row.finding.message)}</p>" if row is not None else ""
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def _hover(self, line: int) -> None:
        if line != self.delegate.hovered:
            self.delegate.hovered = line
            self.viewport().update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.delegate.has_focus = True

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.delegate.has_focus = False
