"""How a table view looks before its delegate paints: nothing of its own, and Tab leaves it."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

HEADER, PADDING = 32, 8  # height of the titles and room beside the words of a cell at 100 %


def dress(view: QTableView) -> None:
    """Take away frame, grid and row titles; rows scroll smoothly and tell when the mouse is over them."""
    view.verticalHeader().hide()
    view.verticalHeader().setMinimumSectionSize(20)
    view.setShowGrid(False)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


class Heads(QHeaderView):
    """Column titles, aligned as their cells; the first one stands `first` px from the edge."""

    def __init__(self, theme: Theme, first: int, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._theme = theme
        self._first = first
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setAccessibleName("列标题")

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(HEADER))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.color("head"))
        paint.hairline(painter, theme, QPointF(rect.left(), rect.bottom()), rect.width())
        left = theme.px(PADDING if logicalIndex else self._first)
        title = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        paint.text(painter, theme, rect.adjusted(left, 0, -theme.px(PADDING), 0), title, "text2", px=12, medium=True)
        painter.restore()
