"""The project grid on screen: the sheet of cells that shows a GridTable."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from laoxiao_desktop.ui.grid_paint import GridPainter
from laoxiao_desktop.ui.grid_scene import RowPainter
from laoxiao_desktop.ui.grid_sheet import SheetView
from laoxiao_desktop.ui.grid_table import GridTable
from laoxiao_desktop.ui.theme import Theme


class GridView(SheetView[GridTable, GridPainter]):
    """Shows a GridTable with its own strokes. `entered_empty`: the keyboard came, and nothing was in hand."""

    entered_empty = Signal()

    def __init__(self, table: GridTable, theme: Theme, parent: QWidget | None = None) -> None:
        cells = GridPainter(theme)
        super().__init__(table, cells, RowPainter(table, cells, theme), theme, parent)
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
