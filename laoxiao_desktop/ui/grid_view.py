"""The project grid on screen: the sheet of cells that shows a GridTable."""

from PySide6.QtWidgets import QWidget

from laoxiao_desktop.ui.grid_paint import GridPainter
from laoxiao_desktop.ui.grid_scene import RowPainter
from laoxiao_desktop.ui.grid_sheet import SheetView
from laoxiao_desktop.ui.grid_table import GridTable
from laoxiao_desktop.ui.theme import Theme


class GridView(SheetView[GridTable, GridPainter]):
    """Shows a GridTable with its own strokes."""

    def __init__(self, table: GridTable, theme: Theme, parent: QWidget | None = None) -> None:
        cells = GridPainter(theme)
        super().__init__(table, cells, RowPainter(table, cells, theme), theme, parent)
        self.setAccessibleName("项目表")
        self.setObjectName("project_grid")
