"""Small pictures of all pages beside the preview: the page in hand is ringed, a click goes to a page."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.page_view import PageView
from laoxiao_desktop.ui.theme import Theme

WIDTH = 168


class PageThumbs(PageView):
    """A view of the same pages, too small to read. `chosen` carries a page from 0."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._here = range(0)
        self.set_fit("width")
        self.setFixedWidth(theme.px(WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("页面缩略图")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(lambda: self.setFixedWidth(theme.px(WIDTH)))

    @override
    def _margin(self) -> float:
        return 16.0

    def show_here(self, first: int, last: int, _count: int) -> None:
        """Rings the pages (from 1) that are in sight beside, and keeps the first of them in sight here."""
        here = range(max(first - 1, 0), last)
        if here == self._here:
            return
        self._here = here
        pages = self._arrangement.pages
        if here and here.start < len(pages):
            rect, bar = pages[here.start].rect, self.verticalScrollBar()
            if rect.top() < bar.value() or rect.bottom() + 20 > bar.value() + self.viewport().height():
                bar.setValue(round(rect.center().y() - self.viewport().height() / 2))
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, theme = QPainter(self.viewport()), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for page in self._in_sight():
            rect = page.rect.translated(-self._offset())
            is_here = page.index in self._here
            if is_here:
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.drawRect(rect.adjusted(-2, -2, 2, 2))
            foot = QRectF(0, rect.bottom() + 4, self.viewport().width(), 16)
            token = "accent2" if is_here else "text3"
            paint.text(painter, theme, foot.toRect(), str(page.index + 1), token, px=11, align=paint.CENTER)
        painter.end()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        QAbstractScrollArea.wheelEvent(self, event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position() + self._offset()
        for page in self._arrangement.pages:
            if page.rect.adjusted(-8, -8, 8, 20).contains(at):
                self.chosen.emit(page.index)
                return

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.ignore()
