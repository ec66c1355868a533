"""The strip of list kinds with their counts, one chosen; arrows move along it."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.lists_kinds import KINDS, Kind
from laoxiao_desktop.ui.theme import Theme

HEIGHT = 40
SIDE = 6  # px each side of the words


class KindTabs(QWidget):
    """One tab a kind; `chosen` carries its key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tabs: dict[str, _Tab] = {}
        group = QButtonGroup(self)
        group.setExclusive(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        line.setSpacing(theme.px(6))
        for kind in KINDS:
            tab = _Tab(theme, kind, self)
            tab.toggled.connect(lambda is_on, key=kind.key: self._choose(key) if is_on else None)
            group.addButton(tab)
            line.addWidget(tab)
            self._tabs[kind.key] = tab
        line.addStretch(1)
        self.setFixedHeight(theme.px(HEIGHT))
        self._tabs[KINDS[0].key].setChecked(True)
        theme.changed.connect(lambda: self.setFixedHeight(theme.px(HEIGHT)))

    def _choose(self, key: str) -> None:
        if any(tab.hasFocus() for tab in self._tabs.values()):
            self._tabs[key].setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(key)

    @property
    def current(self) -> str:
        """The key of the chosen kind."""
        return next(key for key, tab in self._tabs.items() if tab.isChecked())

    def choose(self, key: str) -> None:
        """Chooses a kind."""
        self._tabs[key].setChecked(True)

    def step(self, by: int) -> None:
        """Goes to the tab beside, round the ends."""
        keys = list(self._tabs)
        self.choose(keys[(keys.index(self.current) + by) % len(keys)])

    def tab(self, key: str) -> QAbstractButton:
        """The button of a kind."""
        return self._tabs[key]

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Shows how many rows each kind has in scope."""
        for key, tab in self._tabs.items():
            tab.set_count(counts.get(key, 0))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        paint.hairline(painter, self._theme, QPointF(0, self.height() - 1), self.width())
        painter.end()


class _Tab(QAbstractButton):
    def __init__(self, theme: Theme, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self._count = 0
        self._is_hovered = False
        self.setCheckable(True)
        self.setText(kind.title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{self._kind.title} {count} {self._kind.measure_word}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = paint.text_width(self._theme, self._kind.title)
        figure = paint.text_width(self._theme, str(self._count), px=12)
        return QSize(round(words + figure) + self._theme.px(6 + 2 * SIDE), self._theme.px(HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        strip = self.parentWidget()
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and isinstance(strip, KindTabs):
            strip.step(1 if event.key() == Qt.Key.Key_Right else -1)
            return
        super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_hovered = True
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._is_hovered = False
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        room = QRectF(self.rect()).adjusted(theme.px(SIDE), 0, 0, 0)
        token = "accent2" if self.isChecked() else "text" if self._is_hovered else "text2" if self._count else "text3"
        width = paint.text(painter, theme, room, self._kind.title, token, elide=Qt.TextElideMode.ElideNone)
        room.setLeft(room.left() + width + theme.px(5))
        paint.text(painter, theme, room, str(self._count), "text3", px=12, elide=Qt.TextElideMode.ElideNone)
        if self.isChecked():
            side = theme.px(SIDE)
            painter.fillRect(QRectF(side, self.height() - 2, self.width() - 2 * side, 2), theme.color("accent"))
        if self.hasFocus():
            paint.focus(painter, theme, QRectF(self.rect()).adjusted(0, 6, 0, -6))
        painter.end()
