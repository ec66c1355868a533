"""A spot of a painted page that can be clicked and reached by keys: it has a name, and draws nothing but its focus."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import meaning_tip, paint
from laoxiao_desktop.ui.theme import Theme

_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


class Spot(QAbstractButton):
    """Lies over what is painted below it. Enter and Space press it; an arrow asks for the next spot that way."""

    stepped = Signal(int, int)
    lit = Signal()

    def __init__(self, key: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, name: str, hint: str) -> None:
        """What a screen reader says, and what the mouse learns."""
        self.setAccessibleName(name)
        meaning_tip.explain(self, _meaning_of(self.key), hint)

    @property
    def is_lit(self) -> bool:
        """Whether the page below should draw it as touched."""
        return self.underMouse() or self.isDown()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(*step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.lit.emit()
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        # a spot that the mouse was led to needs no ring: Qt remembers at the window how the keyboard last moved
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            painter = QPainter(self)
            paint.focus(painter, self._theme, self.rect())
            painter.end()


def _meaning_of(key: str) -> str:
    """The key under which a spot is explained: figure:started, light:532801:red, bar:532801."""
    kind, _, rest = key.partition(":")
    if kind == "figure":
        return f"figure.{rest}"
    return f"figure.{rest.rpartition(':')[2]}" if kind == "light" else ""
