"""Over the window while files are dragged: a frame and a sentence that says what letting go would do."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme


class DropHint(QWidget):
    """Lets everything through to what lies below it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._words, self._is_taken = "", True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def words(self) -> str:
        """What is said; "" while nothing is dragged."""
        return self._words if self.isVisible() else ""

    def say(self, words: str, *, is_taken: bool) -> None:
        """Show a sentence; what cannot be taken is told apart by mark and colour."""
        if (words, is_taken, True) != (self._words, self._is_taken, self.isVisible()):
            self._words, self._is_taken = words, is_taken
            self.setAccessibleName(words)
            self.setGeometry(self._window.rect())
            self.raise_()
            self.show()
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        veil = QColor(theme.color("surface"))
        veil.setAlphaF(0.55)
        painter.fillRect(self.rect(), veil)
        tone = "accent" if self._is_taken else "yellow"
        paint.box(
            painter, theme, self.rect().adjusted(px(4), px(4), -px(4), -px(4)), None, border=tone, radius=6, width=2
        )
        width = min(paint.text_width(theme, self._words, px=15, medium=True) + px(68), self.width() - px(32))
        plate = QRectF((self.width() - width) / 2, self.height() / 2 - px(28), width, px(56))
        paint.box(painter, theme, plate, "surface", border=tone, radius=6, width=2)
        mark = QPointF(plate.left() + px(18), plate.center().y() - px(10))
        paint.icon(painter, theme, mark, "add" if self._is_taken else "warning", tone, 20)
        words = plate.adjusted(px(48), 0, -px(16), 0)
        paint.text(painter, theme, words, self._words, px=15, medium=True, elide=Qt.TextElideMode.ElideMiddle)
        painter.end()
