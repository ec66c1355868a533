"""What stands under a field: a mistake, a warning, the published value, a proposal, each with its links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.record_text import wrapped
from laoxiao_desktop.ui.theme import Theme

Severity = Literal["error", "warning", "hint"]
_BARS: dict[Severity, str] = {"error": "red", "warning": "yellow"}
_WORDS: dict[Severity, str] = {"error": "redt", "warning": "text2", "hint": "text3"}


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence about a field; `links` are (key, words) a person can choose."""

    severity: Severity
    text: str
    links: tuple[tuple[str, str], ...] = ()
    tooltip: str = ""


class Link(QAbstractButton):
    """Words that do something, painted as text in accent; reached by Tab and pressed by Enter or space."""

    def __init__(self, words: str, theme: Theme, parent: QWidget | None = None, *, px: float = 12) -> None:
        super().__init__(parent)
        self._theme, self._px = theme, px
        self.setText(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(self._px, medium=True))
        return QSize(metrics.horizontalAdvance(self.text()) + 2, self._theme.px(19))

    @override
    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.click()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        token = "accent2" if self.underMouse() or self.isDown() else "accent"
        paint.text(painter, self._theme, self.rect(), self.text(), token, px=self._px, medium=True)
        if self.underMouse() or self.hasFocus():
            line = QFontMetrics(self._theme.font(self._px, medium=True)).horizontalAdvance(self.text())
            base = self.height() - self._theme.px(2)
            painter.fillRect(0, base, line, 2 if self.hasFocus() else 1, self._theme.color(token))
        painter.end()


class NoteLine(QWidget):
    """One note: a coloured bar for what is wrong, the sentence, its links beside or below it."""

    chosen = Signal(str)

    def __init__(self, note: Note, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note, self._theme = note, theme
        self.setToolTip(note.tooltip)
        self.setAccessibleName(note.text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._links: list[Link] = []
        for key, words in note.links:
            link = Link(words, theme, self)
            link.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._links.append(link)

    @property
    def note(self) -> Note:
        """What it says."""
        return self._note

    def link(self, key: str) -> Link:
        """The link of a key; for tests and for the keyboard."""
        return self._links[[name for name, _ in self._note.links].index(key)]

    @property
    def _inset(self) -> int:
        return self._theme.px(10) if self._note.severity in _BARS else 0

    def _lines(self, width: int) -> list[str]:
        return wrapped(self._note.text, self._theme.font(12), width - self._inset)

    def _links_beside(self, width: int) -> int | None:
        """Where the links start on the only line, None when they go below."""
        lines = self._lines(width)
        start = self._inset + QFontMetrics(self._theme.font(12)).horizontalAdvance(lines[-1]) + self._theme.px(12)
        total = sum(link.sizeHint().width() + self._theme.px(12) for link in self._links)
        return start if len(lines) == 1 and start + total <= width + self._theme.px(12) else None

    @override
    def heightForWidth(self, width: int) -> int:
        rows = len(self._lines(width))
        if self._links and self._links_beside(width) is None:
            rows += 1
        return rows * self._theme.px(19) + self._theme.px(2)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(21))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        beside, row = self._links_beside(self.width()), self._theme.px(19)
        x = self._inset if beside is None else beside
        y = len(self._lines(self.width())) * row if beside is None else 0
        for link in self._links:
            link.setGeometry(QRect(x, y, link.sizeHint().width(), row))
            x += link.sizeHint().width() + self._theme.px(16)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, severity, row = self._theme, self._note.severity, self._theme.px(19)
        if severity in _BARS:
            painter.fillRect(0, 0, theme.px(2), self.height() - theme.px(2), theme.color(_BARS[severity]))
        for place, line in enumerate(self._lines(self.width())):
            area = QRect(self._inset, place * row, self.width() - self._inset, row)
            paint.text(painter, theme, area, line, _WORDS[severity], px=12, elide=Qt.TextElideMode.ElideNone)
        painter.end()


class NoteList(QWidget):
    """The notes of one field, top to bottom; `chosen` gives the key of a link."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[NoteLine] = []
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def lines(self) -> tuple[NoteLine, ...]:
        """The notes as widgets."""
        return tuple(self._lines)

    def show_notes(self, notes: Sequence[Note], *, afresh: bool = False) -> None:
        """Show exactly these; notes that stay keep their widget, so that a link in hand keeps the focus."""
        if not afresh and [line.note for line in self._lines] == list(notes):
            return
        for line in self._lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [NoteLine(note, self._theme, self) for note in notes]
        for line in self._lines:
            line.chosen.connect(self.chosen)
            self._layout.addWidget(line)
        self._layout.setContentsMargins(0, 0, 0, self._theme.px(4) if notes else 0)
        self.setVisible(bool(notes))
