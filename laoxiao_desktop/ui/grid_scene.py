"""How the rows in sight are painted: ground of the row, cells, what is selected, the frozen columns on top."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.grid_cells import Line
from laoxiao_desktop.ui.grid_columns import FROZEN
from laoxiao_desktop.ui.grid_paint import GridPainter
from laoxiao_desktop.ui.grid_parts import Scene, Span
from laoxiao_desktop.ui.grid_table import GridTable
from laoxiao_desktop.ui.theme import Theme


class RowPainter:
    """Paints one row of a GridTable at a time."""

    def __init__(self, table: GridTable, cells: GridPainter, theme: Theme) -> None:
        self._table = table
        self._cells = cells
        self._theme = theme

    def paint(self, painter: QPainter, row: int, top: int, height: int, scene: Scene, area: QRect) -> None:
        """The row with its ground, cells, hairline and accent."""
        cells = self._cells
        device = painter.device()
        thin = 1 / (device.devicePixelRatioF() if device is not None else 1.0)
        whole = QRectF(0, top, scene.width, height)
        is_current = row == scene.row
        ground = "selectrow" if is_current else "hover" if row == scene.hover else "surface"
        painter.fillRect(whole, cells.color(ground))
        group = self._table.heading(row)
        if group is not None:
            is_closed = group.value in self._table.rows.closed
            told = self._table.gathered(row)
            cells.heading(painter, whole, group, told, scene.spans, float(scene.frozen), is_closed)
        elif (line := self._table.line(row)) is not None:
            inner = QRectF(0, top, scene.width, height - thin)
            painter.save()
            painter.setClipRect(QRectF(scene.frozen, top, scene.width, height))
            self._paint_cells(painter, row, line, scene.spans[FROZEN:], inner, scene, area)
            painter.restore()
            self._paint_cells(painter, row, line, scene.spans[:FROZEN], inner, scene, area)
        painter.fillRect(QRectF(0, top + height - thin, scene.width, thin), cells.color("line"))
        painter.fillRect(QRectF(scene.frozen - thin, top, thin, height), cells.color("line"))
        if is_current:
            painter.fillRect(QRectF(0, top, self._theme.px(3), height - thin), cells.color("accent"))

    def _paint_cells(
        self,
        painter: QPainter,
        row: int,
        line: Line,
        spans: Sequence[Span],
        whole: QRectF,
        scene: Scene,
        area: QRect,
    ) -> None:
        cells = self._cells
        for span in spans:
            if span.left > area.right() + 1 or span.left + span.width < area.left():
                continue
            rect = QRectF(span.left, whole.top(), span.width, whole.height())
            if scene.chosen and scene.is_chosen(row, span.number):
                painter.fillRect(rect, cells.color("select"))
            draft = self._table.draft(line.uid, cells.columns[span.number].name)
            if draft is not None:
                cells.refused(painter, rect, draft[0], is_right=cells.columns[span.number].is_right)
            else:
                cells.cell(painter, rect, span.number, line)
            if scene.has_focus and scene.row == row and scene.column == span.number:
                paint.cell_focus(painter, rect, cells.color("accent"))
