"""The preview as something to read: words are found, selected and copied; beside words the hand moves the paper."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from laoxiao_desktop.ui.page_text import Hit, PageText, Spot
from laoxiao_desktop.ui.page_view import PageView
from laoxiao_desktop.ui.report_layout import Placed
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.tokens import LIGHT

EYE = 0.25  # of the height of the view
ABOVE = 24  # pixels over a place that was gone to
ROLL = 30  # pixels, the most in one step
LEAST_FOR_TEXT = 0.4  # below this zoom a press takes the paper, never a word


class ReadingView(PageView):
    """Pages whose words can be found, selected and copied."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.words = PageText()
        self._pressed: Spot | None = None  # where a selection began
        self._held_at = QPointF()
        self._roll = QTimer(self, interval=40)
        self._roll.timeout.connect(self._roll_on)
        self.viewport().setMouseTracking(True)

    @override
    def show_document(self, content: bytes, sizes: Sequence[QSizeF]) -> None:
        self.words.take(content)
        super().show_document(content, sizes)

    @override
    def clear(self) -> None:
        self.words.take(b"")
        super().clear()

    @property
    def page_in_hand(self) -> int:
        """The page (from 0) that is seen most."""
        return next(iter(self._seen()), 0)

    # ── places on pages ──────────────────────────────────────────────────────────────────────────────────────

    @property
    def _reading_line(self) -> float:
        """How far down the ground the eye is taken to be: a quarter of the view; at the very end its foot."""
        bar = self.verticalScrollBar()
        is_end = 0 < bar.maximum() == bar.value()
        return bar.value() + self.viewport().height() * (1 - EYE / 2 if is_end else EYE)

    def spot_in_hand(self) -> tuple[int, float]:
        """The page (from 0) that is being read, and how far down it."""
        line = self._reading_line
        for page in self._in_sight():
            if page.rect.bottom() > line:
                return page.index, max(0.0, (line - page.rect.top()) / page.rect.height())
        return self.page_in_hand, 1.0

    def go_to_spot(self, page: int, top: float) -> None:
        """Brings a place on a page under the upper edge; with whole pages the page."""
        pages = self._arrangement.pages
        if not 0 <= page < len(pages):
            return
        if self.fit == "page":
            self.go_to_page(page)
        else:
            rect = pages[page].rect
            self.verticalScrollBar().setValue(round(rect.top() + top * rect.height() - ABOVE))

    def is_in_sight(self, page: int, top: float) -> bool:
        """Whether a place on a page is in the view."""
        pages = self._arrangement.pages
        if not 0 <= page < len(pages):
            return False
        at = pages[page].rect.top() + top * pages[page].rect.height() - self.verticalScrollBar().value()
        return 0 <= at < self.viewport().height()

    # ── what was found ───────────────────────────────────────────────────────────────────────────────────────

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Marks every place where words were found."""
        self.words.hits, self.words.current = hits, -1
        self.viewport().update()

    def show_hit(self, number: int) -> None:
        """Brings one place into sight."""
        self.words.current = number
        hit = self.words.hits[number]
        page = self._arrangement.pages[hit.page]
        if self.fit == "page":
            if hit.page not in self._seen():
                self.go_to_page(hit.page)
        else:
            box, bar = _on(page.rect, hit.boxes[0]), self.verticalScrollBar()
            if box.top() < bar.value() or box.bottom() > bar.value() + self.viewport().height():
                bar.setValue(round(box.center().y() - self.viewport().height() / 3))
            across = self.horizontalScrollBar()
            if box.left() < across.value() or box.right() > across.value() + self.viewport().width():
                across.setValue(round(box.center().x() - self.viewport().width() / 2))
        self.viewport().update()

    # ── copying ──────────────────────────────────────────────────────────────────────────────────────────────

    def copy(self) -> None:
        """Copies what is selected; with nothing selected the page in hand."""
        self._put(self.words.selected or self._text_of(self.page_in_hand))

    def _text_of(self, page: int) -> str:
        return self.words.of_page(page) if self.page_count else ""

    def _put(self, text: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)

    def _select_page(self, page: int) -> None:
        if self.page_count:
            self.words.select_page(page)
            self.viewport().update()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """复制 what is selected, or a whole page."""
        if not self.page_count:
            return
        spot = self._spot(QPointF(event.pos()))
        page = spot[0] if spot is not None else self.page_in_hand
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selected = self.words.selected
        menu.addAction("复制所选文字\tCtrl+C", lambda: self._put(selected)).setEnabled(bool(selected))
        menu.addAction(f"复制第 {page + 1} 页全文", lambda: self._put(self._text_of(page)))
        menu.addAction("全选本页\tCtrl+A", lambda: self._select_page(page))
        menu.popup(event.globalPos())

    # ── hands ────────────────────────────────────────────────────────────────────────────────────────────────

    def _spot(self, at: QPointF) -> tuple[int, QPointF] | None:
        """The page under the mouse, and where on it (in shares)."""
        ground = at + self._offset()
        for page in self._in_sight():
            if page.rect.contains(ground):
                return page.index, _share(page.rect, ground)
        return None

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On a word begins a selection, elsewhere takes the paper by the hand."""
        self._pressed = None
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.words.forget_selection()
        self.viewport().update()
        spot = self._spot(event.position())
        if spot is not None and self.zoom >= LEAST_FOR_TEXT:
            char = self.words.at(*spot)
            if char is not None:
                self._pressed = spot[0], char
                self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
                return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draws the selection on, or moves the paper."""
        if self._pressed is None:
            super().mouseMoveEvent(event)
            if not event.buttons():
                self._point(event.position())
            return
        self._held_at = event.position()
        self._draw_on()
        is_outside = not 0 <= self._held_at.y() <= self.viewport().height()
        if is_outside != self._roll.isActive():
            (self._roll.start if is_outside else self._roll.stop)()

    def _draw_on(self) -> None:
        """The selection reaches to the character nearest to the mouse, on whichever page that is."""
        if self._pressed is None or not self._arrangement.pages:
            return
        ground = self._held_at + self._offset()
        near = min(self._arrangement.pages, key=lambda page: _apart(page.rect, ground))
        self.words.select(self._pressed, (near.index, self.words.nearest(near.index, _share(near.rect, ground))))
        self.viewport().update()

    def _roll_on(self) -> None:
        """Held beyond the edge, the mouse draws the paper along."""
        beyond = min(self._held_at.y(), 0) or max(self._held_at.y() - self.viewport().height(), 0)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(max(-ROLL, min(ROLL, beyond))))
        self._draw_on()

    def _point(self, at: QPointF) -> None:
        """Over words the mouse says that they can be selected."""
        spot = self._spot(at) if self.zoom >= LEAST_FOR_TEXT else None
        is_on_words = spot is not None and self.words.at(*spot) is not None
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor if is_on_words else Qt.CursorShape.ArrowCursor)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects the word under the mouse."""
        spot = self._spot(event.position())
        char = self.words.at(*spot) if spot is not None and self.zoom >= LEAST_FOR_TEXT else None
        if spot is not None and char is not None:
            self.words.select_word(spot[0], char)
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a selection or lets the paper go."""
        self._pressed = None
        self._roll.stop()
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, Ctrl+A selects the page in hand; the rest turns and zooms."""
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_C:
            self.copy()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_A:
            self._select_page(self.page_in_hand)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The pages, and over them what was found and what is selected."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for page in self._in_sight():
            self._mark(painter, page)
        painter.end()

    def _mark(self, painter: QPainter, page: Placed) -> None:
        paper = page.rect.translated(-self._offset())
        for box in self.words.selection_on(page.index):
            painter.fillRect(_on(paper, box), QColor(LIGHT.select))
        for number, hit in enumerate(self.words.hits):
            if hit.page != page.index:
                continue
            for box in hit.boxes:
                painter.fillRect(_on(paper, box), QColor(LIGHT.yellowbg))
                if number == self.words.current:
                    painter.setPen(QPen(QColor(LIGHT.accent), 2))
                    painter.drawRect(_on(paper, box).adjusted(-2, -2, 2, 2))


def _on(paper: QRectF, box: QRectF) -> QRectF:
    """A box in shares of a page, on the paper."""
    wide, tall = paper.width(), paper.height()
    return QRectF(
        paper.left() + box.left() * wide, paper.top() + box.top() * tall, box.width() * wide, box.height() * tall
    )


def _share(paper: QRectF, at: QPointF) -> QPointF:
    return QPointF((at.x() - paper.left()) / paper.width(), (at.y() - paper.top()) / paper.height())


def _apart(paper: QRectF, at: QPointF) -> tuple[float, float]:
    """How far a spot lies from a page: down first, then aside."""
    down = max(paper.top() - at.y(), at.y() - paper.bottom(), 0.0)
    return down, max(paper.left() - at.x(), at.x() - paper.right(), 0.0)
