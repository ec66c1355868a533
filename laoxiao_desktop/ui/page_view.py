"""A view of finished pages on a quiet ground: whole pages, page width or a zoom; only what is seen is drawn."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from laoxiao_desktop.ui.report_layout import LARGEST, PIXELS_PER_POINT, SMALLEST, Arrangement, Fit, Placed, arrange
from laoxiao_desktop.ui.report_pages import PageSource
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.tokens import LIGHT

ZOOM_STEP = 1.1
KEPT_ROWS = 2  # pictures of pages further away than this are let go


class PageView(QAbstractScrollArea):
    """Shows the pages of one PDF; a newer PDF takes its place without a flash."""

    shown_changed = Signal(int, int, int)  # first page, last page, page count; from 1
    fit_changed = Signal(object)  # Fit

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sizes: tuple[QSizeF, ...] = ()
        self._source = PageSource(self)
        self._source.drawn.connect(self._take)
        self._edition = 0
        self._pictures: dict[int, QPixmap] = {}
        self._fresh: dict[int, int] = {}  # page → width in pixels of its picture, of the present document only
        self._fit: Fit = "page"
        self._arrangement = Arrangement()
        self._shown = (0, 0, 0)
        self._grip: QPoint | None = None
        self._later = QTimer(self, singleShot=True, interval=30)
        self._later.timeout.connect(self._ask)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("报告预览")
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self.viewport().update)

    @property
    def fit(self) -> Fit:
        """How pages are fitted now."""
        return self._fit

    @property
    def page_count(self) -> int:
        """Pages of the document shown."""
        return len(self._sizes)

    @property
    def is_drawn(self) -> bool:
        """Whether every page in sight has a sharp picture of the present document."""
        return all(self._fresh.get(page.index) == self._pixel_width(page) for page in self._in_sight())

    @property
    def zoom(self) -> float:
        """The scale of the page in hand; 1.0 = its size on paper."""
        here = self._in_sight() or self._arrangement.pages[:1]
        if not here:
            return 1.0
        return here[0].rect.width() / (self._sizes[here[0].index].width() * PIXELS_PER_POINT)

    def show_document(self, content: bytes, sizes: Sequence[QSizeF]) -> None:
        """Takes a PDF and its page sizes (points); the place where one reads stays."""
        anchor = self._anchor()
        self._edition = self._source.open(content)
        self._sizes = tuple(sizes)
        self._fresh = {}
        self._pictures = {index: picture for index, picture in self._pictures.items() if index < len(self._sizes)}
        self._arrange_again(anchor)
        self._ask()

    def clear(self) -> None:
        """Shows the bare ground."""
        self._edition = self._source.open(b"")
        self._sizes, self._pictures, self._fresh = (), {}, {}
        self._arrange_again(None)

    def set_fit(self, fit: Fit) -> None:
        """整页, 适合宽度 or a zoom; the page in hand stays in sight."""
        if not isinstance(fit, str):
            fit = max(SMALLEST, min(LARGEST, fit))
        anchor = self._anchor()
        self._fit = fit
        self._arrange_again(anchor)
        self.fit_changed.emit(fit)

    def next_row(self) -> None:
        """Goes to the page or pair that follows."""
        self._go(1)

    def previous_row(self) -> None:
        """Goes to the page or pair before."""
        self._go(-1)

    def go_to_page(self, index: int) -> None:
        """Brings a page (from 0) to the top."""
        pages = self._arrangement.pages
        if pages:
            self._scroll_to_row(pages[max(0, min(index, len(pages) - 1))].row)

    def close_document(self) -> None:
        """Stops the drawing thread; for the end of the window."""
        self.clear()
        self._source.close()

    # ── arranging ────────────────────────────────────────────────────────────────────────────────────────────

    def _margin(self) -> float:
        return 32.0 if self._fit == "page" else 24.0

    def _arrange_again(self, anchor: tuple[int, float] | None) -> None:
        view = QSizeF(self.viewport().size())
        self._arrangement = arrange(self._sizes, view, self._fit, self._margin())
        self._set_ranges()
        if anchor is not None and self._arrangement.pages:
            page = self._arrangement.pages[min(anchor[0], len(self._arrangement.pages) - 1)]
            if self._fit == "page":
                self._scroll_to_row(page.row)
            else:
                self.verticalScrollBar().setValue(round(page.rect.top() + anchor[1] * page.rect.height()))
        self._scrolled()

    def _set_ranges(self) -> None:
        view = self.viewport().size()
        ground = self._arrangement
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setPageStep(view.height())
        vertical.setSingleStep(max(40, view.height() // 12))
        vertical.setRange(0, max(0, round(ground.height) - view.height()))
        was = horizontal.maximum()
        horizontal.setPageStep(view.width())
        horizontal.setSingleStep(40)
        horizontal.setRange(0, max(0, round(ground.width) - view.width()))
        if was != horizontal.maximum():
            horizontal.setValue(horizontal.maximum() // 2)

    def _anchor(self) -> tuple[int, float] | None:
        """The page at the upper edge, and how much of it is scrolled away (as a share of its height)."""
        sight = self._in_sight()
        if not sight:
            return None
        page = sight[0]
        return page.index, (self.verticalScrollBar().value() - page.rect.top()) / page.rect.height()

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _in_sight(self) -> list[Placed]:
        top = self.verticalScrollBar().value()
        return self._arrangement.in_band(top, top + self.viewport().height())

    def _row(self) -> int:
        """The row that has most of the view."""
        top, bottom = self.verticalScrollBar().value(), self.verticalScrollBar().value() + self.viewport().height()
        sight = self._in_sight()
        if not sight:
            return 0
        return max(sight, key=lambda page: min(page.rect.bottom(), bottom) - max(page.rect.top(), top)).row

    def _go(self, step: int) -> None:
        self._scroll_to_row(self._row() + step)

    def _scroll_to_row(self, row: int) -> None:
        pages = self._arrangement.pages
        if not pages:
            return
        row = max(0, min(row, pages[-1].row))
        tops = self._arrangement.row_tops()
        first = [page for page in pages if page.row == row]
        middle = max(page.rect.height() for page in first) / 2 + tops[row]
        at = middle - self.viewport().height() / 2 if self._fit == "page" else tops[row] - self._margin() / 2
        self.verticalScrollBar().setValue(round(at))

    # ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────

    def _pixel_width(self, page: Placed) -> int:
        return round(page.rect.width() * self.devicePixelRatioF())

    def _ask(self) -> None:
        """Wants the pages in sight and the row after them; lets go of those far away."""
        sight = self._in_sight()
        if not sight:
            return
        rows = {page.row for page in sight}
        near = [page for page in self._arrangement.pages if max(rows) < page.row <= max(rows) + 1]
        wanted: dict[int, tuple[int, float]] = {}
        for page in [*sight, *near]:
            width = self._pixel_width(page)
            if self._fresh.get(page.index) != width:
                wanted[page.index] = (width, width / self._sizes[page.index].width())
        self._source.want(wanted)
        kept = {
            page.index for page in self._arrangement.pages if min(rows) - KEPT_ROWS <= page.row <= max(rows) + KEPT_ROWS
        }
        self._pictures = {index: picture for index, picture in self._pictures.items() if index in kept}
        self._fresh = {index: width for index, width in self._fresh.items() if index in kept}

    def _take(self, edition: int, index: int, width: int, image: QImage) -> None:
        if edition != self._edition:
            return
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._pictures[index] = picture
        self._fresh[index] = width
        self.viewport().update()

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, shadow, page."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("paper"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_sight():
            rect = page.rect.translated(-self._offset())
            self._paint_shadow(painter, rect)
            picture = self._pictures.get(page.index)
            if picture is None:
                painter.fillRect(rect, QColor(LIGHT.surface))
            elif self._fresh.get(page.index) == self._pixel_width(page):
                painter.drawPixmap(rect.topLeft(), picture)
            else:
                painter.drawPixmap(rect, picture, QRectF(QPointF(0, 0), QSizeF(picture.size())))
        painter.end()

    def _paint_shadow(self, painter: QPainter, rect: QRectF) -> None:
        """A soft edge, deeper below: rings of the ground made a little darker outwards in."""
        ground = self._theme.color("paper")
        for spread, depth in ((5, 102), (4, 104), (3, 107), (2, 112), (1, 120)):
            ring = rect.adjusted(-spread, -spread + 2, spread, spread + 1)
            painter.fillRect(ring, ground.darker(depth))

    # ── hands ────────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the page in hand when the window changes."""
        anchor = self._anchor()
        super().resizeEvent(event)
        self._arrange_again(anchor)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """A screen of another density asks for other pictures."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._fresh = {}
            self._later.start()
        return super().viewportEvent(event)

    def _scrolled(self) -> None:
        self.viewport().update()
        self._later.start()
        sight = self._seen()
        shown = (sight[0] + 1, sight[-1] + 1, len(self._sizes)) if sight else (0, 0, len(self._sizes))
        if shown != self._shown:
            self._shown = shown
            self.setAccessibleDescription(f"第 {shown[0]} 至 {shown[1]} 页，共 {shown[2]} 页")
            self.shown_changed.emit(*shown)

    def _seen(self) -> list[int]:
        """Pages of which at least half is in sight, or that fill most of the view."""
        top, tall = self.verticalScrollBar().value(), self.viewport().height()
        seen = []
        for page in self._in_sight():
            part = min(page.rect.bottom(), top + tall) - max(page.rect.top(), top)
            if part >= min(page.rect.height(), tall) * 0.5:
                seen.append(page.index)
        return seen or [page.index for page in self._in_sight()[:1]]

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl + wheel zooms at the mouse; the wheel alone turns whole pages or scrolls."""
        turns = event.angleDelta().y() / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if turns:
                self._zoom_at(event.position(), self.zoom * ZOOM_STEP**turns)
            event.accept()
        elif self._fit == "page" and abs(turns) >= 1:
            self._go(-1 if turns > 0 else 1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _zoom_at(self, spot: QPointF, zoom: float) -> None:
        at = spot + self._offset()
        page = min(
            self._arrangement.pages,
            key=lambda each: abs(each.rect.center().y() - at.y()) + abs(each.rect.center().x() - at.x()),
            default=None,
        )
        if page is None:
            return
        share = QPointF(
            (at.x() - page.rect.left()) / page.rect.width(), (at.y() - page.rect.top()) / page.rect.height()
        )
        self.set_fit(zoom)
        now = self._arrangement.pages[page.index].rect
        self.horizontalScrollBar().setValue(round(now.left() + share.x() * now.width() - spot.x()))
        self.verticalScrollBar().setValue(round(now.top() + share.y() * now.height() - spot.y()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn turn pages, Home and End go to the ends, Ctrl with + - 0 zooms."""
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        middle = QPointF(self.viewport().rect().center())
        if control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom_at(middle, self.zoom * ZOOM_STEP)
        elif control and key == Qt.Key.Key_Minus:
            self._zoom_at(middle, self.zoom / ZOOM_STEP)
        elif control and key == Qt.Key.Key_0:
            self.set_fit("page")
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self._turn(1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_Backspace):
            self._turn(-1)
        elif key == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        elif key == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        elif self._fit == "page" and key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self._go(1)
        elif self._fit == "page" and key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
            self._go(-1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _turn(self, step: int) -> None:
        if self._fit == "page":
            self._go(step)
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + step * round(self.viewport().height() * 0.9))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the paper by the hand."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves the paper with the hand."""
        if self._grip is None:
            return
        here = event.position().toPoint()
        step, self._grip = here - self._grip, here
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - step.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - step.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets the paper go."""
        self._grip = None
        self.viewport().unsetCursor()
