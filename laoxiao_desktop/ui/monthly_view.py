"""The month on screen: the sheet of cells, with the rows that tell mistakes and their ways out."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from laoxiao_desktop.ui.grid_parts import Index
from laoxiao_desktop.ui.grid_sheet import SheetView
from laoxiao_desktop.ui.monthly_columns import INDEX
from laoxiao_desktop.ui.monthly_paint import MonthPainter, MonthRowPainter, WayOut, ways_out
from laoxiao_desktop.ui.monthly_table import MonthTable, Said
from laoxiao_desktop.ui.record_editors import LongEditor
from laoxiao_desktop.ui.theme import Theme

_EXPLAIN_WIDTH = 420
_EXPLAIN_HINT = "更正说明：为什么比上次少，依据是什么；按 Enter 保存"


class MonthView(SheetView[MonthTable, MonthPainter]):
    """Shows a MonthTable. `way_chosen` gives the uid, the field in question and the way out that was taken."""

    way_chosen = Signal(str, str, str)

    def __init__(self, table: MonthTable, theme: Theme, parent: QWidget | None = None) -> None:
        cells = MonthPainter(theme)
        self.row_painter = MonthRowPainter(table, cells, theme)
        super().__init__(table, cells, self.row_painter, theme, parent)
        self.setAccessibleName("月度调度表")
        self.setObjectName("month_grid")

    @property
    def meaning_key(self) -> str:
        """The key under which the column in hand is explained."""
        return self.painter_of_cells.columns[max(0, self.currentIndex().column())].meaning_key

    @override
    def visualRect(self, index: Index) -> QRect:
        rect = super().visualRect(index)
        said = self.table.said(index.row()) if index.isValid() else None
        if said is None:
            return rect
        left = round(self.row_painter.said_left(self.spans()))
        width = min(self._theme.px(_EXPLAIN_WIDTH), self.viewport().width() - left)
        return QRect(left, rect.bottom() + 1, width, rect.height())  # under the words, so that they can be read

    def explain(self, uid: str) -> None:
        """Open the editor for the 更正说明 in the row under a project."""
        row = self.table.row_of_uid(uid)
        if row is not None and self.table.said(row + 1) is not None:
            index = self.table.index(row + 1, INDEX["name"])
            self.take(index)
            self.edit(index)
            editor = self.delegate.editor
            if editor is not None and isinstance(editor.text, LongEditor):
                editor.text.setPlaceholderText(_EXPLAIN_HINT)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        said = self.table.said(self.currentIndex().row())
        if said is not None and self._steer(event, said):
            event.accept()
            return
        super().keyPressEvent(event)

    def _steer(self, event: QKeyEvent, said: Said) -> bool:
        ways, painter = ways_out(said), self.row_painter
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and ways:
            painter.way = (painter.way + (1 if key == Qt.Key.Key_Right else -1)) % len(ways)
            self.viewport().update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2) and ways:
            self._choose(said, ways[min(painter.way, len(ways) - 1)])
        else:  # typing belongs to a cell; a mistake is answered by its links
            has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            return bool(event.text()) and event.text().isprintable() and not has_control
        return True

    def _choose(self, said: Said, way: WayOut) -> None:
        if self.table.is_editable:
            self.way_chosen.emit(said.line.uid, said.problem.field, way.key)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        if current.row() != previous.row():
            self.row_painter.way = 0
        super().currentChanged(current, previous)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._way_at(event.position().toPoint())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(*found)
            return
        super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.table.said(self.rowAt(event.position().toPoint().y())) is None:
            super().mouseDoubleClickEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        is_link = self._way_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)

    def _way_at(self, point: QPoint) -> tuple[Said, WayOut] | None:
        row = self.rowAt(point.y())
        said = self.table.said(row)
        if said is None or not self.table.is_editable:
            return None
        rect = QRectF(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
        left = self.row_painter.said_left(self.spans())
        for way, area in self.painter_of_cells.places(rect, said, left):
            if area.contains(point):
                return said, way
        return None
