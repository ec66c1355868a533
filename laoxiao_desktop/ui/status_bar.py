"""The line at the foot: figures of what is shown at the left, the last thing done with 撤销 at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.theme import Theme

FADE_MS = 8_000
UNDONE = "撤销："  # how the label of a change that took another back begins
Figures = Sequence[tuple[str, str]]


class StatusBar(QWidget):
    """Figures as (label, value); an empty label shows the value alone. A change stays, other successes fade."""

    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures: Figures = ()
        self._said, self._is_hint = "", False
        self._at = ""
        self._busy = ""
        self._undo = QPushButton()
        style.set_kind(self._undo, "link")
        self._undo.clicked.connect(self._take_back)
        self._undo.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(10), 0)
        row.addStretch(1)
        row.addWidget(self._undo)
        self._fade = QTimer(self, singleShot=True, interval=FADE_MS)
        self._fade.timeout.connect(self.fade)
        self.setAccessibleName("状态")
        self._measure()
        theme.changed.connect(self._measure)

    @property
    def said(self) -> str:
        """The last thing said."""
        return self._said

    def copy_text(self) -> str:
        """The figures and the last thing said."""
        return "\t".join(part for part in (self.accessibleDescription(), self._said) if part)

    @property
    def undo_button(self) -> QPushButton:
        """The link that takes the last change back, or makes it again when it was just taken back."""
        return self._undo

    def show_figures(self, figures: Figures) -> None:
        """Replace the figures at the left."""
        self._figures = tuple(figures)
        self.setAccessibleDescription("，".join(f"{label} {value}".strip() for label, value in self._figures))
        self.update()

    def say(self, words: str, is_undoable: bool) -> None:
        """Say what was just done; with `is_undoable` 撤销 stands beside it."""
        self._said, self._is_hint = words, False
        self.setToolTip(words)
        self._at = f"{clock.now():%H:%M}"
        self._offer("重做" if words.startswith(UNDONE) else "撤销")
        self._undo.setVisible(is_undoable)
        if is_undoable:
            self._fade.stop()
        else:
            self._fade.start()
        self.update()

    def hint(self, words: str) -> None:
        """Say why nothing was done; it fades like a success but bears no tick."""
        self.say(words, False)
        self._is_hint = True

    def _offer(self, verb: str) -> None:
        keys = "Ctrl+Y" if verb == "重做" else "Ctrl+Z"
        self._undo.setText(verb)
        self._undo.setAccessibleName(f"{verb}最后一次改动")
        self._undo.setToolTip(f"{verb}最后一次改动（{keys}）")

    def _take_back(self) -> None:
        (self.redo_asked if self._undo.text() == "重做" else self.undo_asked).emit()

    def fade(self) -> None:
        """Take the words away."""
        self._said = ""
        self.setToolTip("")
        self._undo.hide()
        self.update()

    def show_busy(self, words: str) -> None:
        """Say quietly what is being worked on; empty when it is over."""
        self._busy = words
        self.update()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.px(28))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        paint.box(painter, theme, self.rect(), "frame")
        paint.hairline(painter, theme, QPointF(0, 0), self.width())
        words_at = self._paint_said(painter)
        self._paint_figures(painter, words_at - theme.px(16))

    def _paint_figures(self, painter: QPainter, end: float) -> None:
        theme, left = self._theme, float(self._theme.px(16))
        for index, (label, value) in enumerate(self._figures):
            width = paint.text_width(theme, label, px=12) + paint.text_width(theme, value, px=12, medium=True)
            if left + width + theme.px(24) > end:
                break
            if index:
                rule = QPointF(left, (self.height() - theme.px(11)) / 2)
                paint.hairline(painter, theme, rule, theme.px(11), "line2", upright=True)
                left += theme.px(12)
            if label:
                left += paint.text(painter, theme, self._from(left), label, "text3", px=12) + theme.px(5)
            left += paint.text(painter, theme, self._from(left), value, "text", px=12, medium=True) + theme.px(12)

    def _paint_said(self, painter: QPainter) -> float:
        theme = self._theme
        words, drawing, token = self._busy, "clock", "text3"
        if not words and self._said:
            words = f"{self._said}  {self._at}"
            drawing, token = ("info", "text3") if self._is_hint else ("checkmark", "accent")
        right = self._undo.x() if self._undo.isVisible() else self.width() - theme.px(16)
        if not words:
            return right
        width = min(paint.text_width(theme, words, px=12), right - theme.px(360))
        left = right - width - theme.px(8)
        area = QRectF(left, 0, width + 1, self.height())
        paint.text(painter, theme, area, words, "text2", px=12, elide=Qt.TextElideMode.ElideMiddle)
        mark = QPointF(left - theme.px(22), (self.height() - theme.px(16)) / 2)
        paint.icon(painter, theme, mark, drawing, token, 16)
        return mark.x()

    def _from(self, left: float) -> QRectF:
        return QRectF(left, 0, self.width() - left, self.height())
