"""The strips under the top bar: refusals and warnings that stay until they are read."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.theme import Theme

Tone = Literal["red", "yellow", "green"]
DRAWINGS: dict[Tone, str] = {
    "red": "error_circle_filled",
    "yellow": "warning_filled",
    "green": "checkmark_circle_filled",
}
MOST = 3  # strips shown at once; an older one gives way


class Strip(QFrame):
    """One message: a mark, what happened, what to do, and buttons."""

    dismissed = Signal()
    pressed = Signal()

    def __init__(
        self, theme: Theme, tone: Tone, what: str, remedy: str = "", can_close: bool = True, verb: str = ""
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tone = tone
        self._what, self._remedy = what, remedy
        self.setAccessibleName(f"{what}{remedy}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(44), theme.px(5), theme.px(12), theme.px(5))
        row.setSpacing(theme.px(8))
        row.addWidget(self._words(), 1)
        copy = QPushButton("复制")
        copy.setAccessibleName("复制这条提示")
        copy.clicked.connect(self._copy)
        buttons = [copy]
        if verb:
            act = QPushButton(verb)
            act.clicked.connect(self.pressed)
            buttons.insert(0, act)
        if can_close:
            close = QPushButton("关闭")
            close.setAccessibleName("关闭这条提示")
            close.clicked.connect(self.dismissed)
            buttons.append(close)
        for button in buttons:
            style.set_kind(button, "quiet")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def words(self) -> str:
        """What is said, as it is copied."""
        return f"{self._what}{self._remedy}"

    def _words(self) -> QLabel:
        label = QLabel(self.words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setMinimumHeight(self._theme.px(28))
        label.setProperty("tone", self._tone)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return label

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), f"{self._tone}bg")
        bottom = QRectF(self.rect()).bottomLeft()
        bottom.setY(bottom.y() - 1)
        paint.hairline(painter, self._theme, bottom, self.width())
        mark = QRectF(self.rect()).topLeft()
        mark.setX(self._theme.px(18))
        mark.setY((self._theme.px(38) - self._theme.px(16)) / 2)
        paint.icon(painter, self._theme, mark, DRAWINGS[self._tone], self._tone, 16)


class Messages(QWidget):
    """The strips in force, the newest at the top; empty it takes no room. `banner_pressed`: the verb of the banner."""

    banner_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._banner: Strip | None = None

    @property
    def strips(self) -> tuple[Strip, ...]:
        """The messages shown now, the newest first, the banner last."""
        items = (self._column.itemAt(index) for index in range(self._column.count()))
        return tuple(strip for item in items if item is not None and isinstance(strip := item.widget(), Strip))

    def refuse(self, refusal: UserError) -> None:
        """Show a refusal until it is closed; the same one is not shown twice."""
        self.say("red", refusal.what, refusal.remedy)

    def say(self, tone: Tone, what: str, remedy: str = "") -> None:
        """Show a message until it is closed."""
        if any(strip.words == f"{what}{remedy}" for strip in self.strips):
            return
        strip = Strip(self._theme, tone, what, remedy)
        strip.dismissed.connect(lambda: self._remove(strip))
        self._column.insertWidget(0, strip)
        closable = [each for each in self.strips if each is not self._banner]
        for old in closable[MOST:]:
            self._remove(old)

    def banner(self, what: str | None, verb: str = "") -> None:
        """Show one lasting sentence that cannot be closed (the ledger is read-only), with a verb; None takes it away."""
        if self._banner is not None:
            self._remove(self._banner)
            self._banner = None
        if what is not None:
            self._banner = Strip(self._theme, "yellow", what, can_close=False, verb=verb)
            self._banner.pressed.connect(self.banner_pressed)
            self._column.addWidget(self._banner)

    def _remove(self, strip: Strip) -> None:
        self._column.removeWidget(strip)
        strip.hide()
        strip.deleteLater()
