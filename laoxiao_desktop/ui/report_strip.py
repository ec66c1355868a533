"""One line above the pages: what was done or what stands in the way, with one thing to do about it."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.labels import set_tone
from laoxiao_desktop.ui.style import set_kind
from laoxiao_desktop.ui.theme import Theme

Tone = Literal["green", "yellow"]


class ReportStrip(QWidget):
    """Hidden until something is said; stays until it is closed or something else is said."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: Tone = "green"
        self._act: Callable[[], object] = lambda: None
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._words.setMinimumWidth(1)
        self.button = QPushButton(self)
        set_kind(self.button, "link")
        self.button.clicked.connect(lambda: self._act())
        self._close = QToolButton(self)
        self._close.setAccessibleName("关闭提示")
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words)
        self._row.addWidget(self.button)
        self._row.addStretch(1)
        self._row.addWidget(self._close)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def _restyle(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.px(36))
        self._row.setContentsMargins(theme.px(40), 0, theme.px(8), 0)
        self._row.setSpacing(theme.px(12))
        set_drawing(self._close, theme, "dismiss", "text3", 16)

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def say(self, tone: Tone, words: str, button: str, act: Callable[[], object]) -> None:
        """Says something and offers one thing to do."""
        self._tone, self._act = tone, act
        self._words.setText(words)
        set_tone(self._words, tone)
        self._words.setToolTip(words)
        self.setAccessibleName(words)
        self.button.setText(button)
        self.show()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.fillRect(self.rect(), theme.color(f"{self._tone}bg"))
        name = "checkmark_circle_filled" if self._tone == "green" else "warning_filled"
        top = (self.height() - theme.px(16)) / 2
        paint.icon(painter, theme, QPointF(theme.px(16), top), name, self._tone, 16)
        paint.hairline(painter, theme, QPointF(0, self.height() - 1), self.width())
        painter.end()
