"""The project grid on screen: the sheet of cells that shows a GridTable."""

from bisect import bisect_right

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from laoxiao_desktop.ui.grid_paint import GridPainter
from laoxiao_desktop.ui.grid_parts import Index
from laoxiao_desktop.ui.grid_scene import RowPainter
from laoxiao_desktop.ui.grid_sheet import SheetView
from laoxiao_desktop.ui.grid_table import GridTable
from laoxiao_desktop.ui.theme import Theme


class GridView(SheetView[GridTable, GridPainter]):
    """Shows a GridTable with its own strokes; the heading of the rows at the top stays in sight above them.

    `entered_empty`: the keyboard came, and nothing was in hand. `record_asked`: Space, to see the whole project.
    """

    entered_empty = Signal()
    record_asked = Signal()

    def __init__(self, table: GridTable, theme: Theme, parent: QWidget | None = None) -> None:
        cells = GridPainter(theme)
        self._row_painter = RowPainter(table, cells, theme)
        super().__init__(table, cells, self._row_painter, theme, parent)
        self.setAccessibleName("项目表")
        self.setObjectName("project_grid")

    @property
    def meaning_key(self) -> str:
        """The key under which the column in hand is explained."""
        return self.painter_of_cells.columns[max(0, self.currentIndex().column())].meaning_key

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        was_empty = not self.currentIndex().isValid()
        super().focusInEvent(event)  # takes the first cell, which may be a heading
        if was_empty and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.entered_empty.emit()

    # --- the heading that stays ----------------------------------------------------------------------------------

    def standing_heading(self) -> tuple[int, QRect] | None:
        """The row of the heading whose projects are at the top, and where it stands; None while it is in its own place."""
        headings = self.table.rows.headings if self.table.rows.groups else ()
        first = self.rowAt(0)
        number = bisect_right(headings, first) - 1
        if first < 0 or number < 0 or self.rowViewportPosition(headings[number]) >= 0:
            return None
        height = self.rowHeight(headings[number])
        top = 0
        if number + 1 < len(headings):  # the next heading pushes it away
            top = min(0, self.rowViewportPosition(headings[number + 1]) - height)
        return headings[number], QRect(0, top, self.viewport().width(), height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        standing = self.standing_heading()
        if standing is not None:
            row, area = standing
            painter = QPainter(self.viewport())
            self._row_painter.paint(painter, row, area.top(), area.height(), self._scene(), area)
            painter.end()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dy and self.table.rows.groups:
            self.viewport().update()

    @override
    def indexAt(self, pos: QPoint) -> QModelIndex:
        standing = self.standing_heading()
        if standing is not None and standing[1].contains(pos):
            return self.table.index(standing[0], 0)
        return super().indexAt(pos)

    @override
    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        standing = self.standing_heading()
        hidden = standing[1].bottom() + 1 - self.rowViewportPosition(index.row()) if standing and index.isValid() else 0
        if hidden > 0 and standing is not None and index.row() != standing[0]:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - hidden)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        is_plain = event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier
        if is_plain and row >= 0 and self.table.heading(row) is None:
            self.record_asked.emit()
        else:
            super().keyPressEvent(event)
