"""The bar at the left: one item per place with drawing and word, or the drawing alone when it is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.places import PlaceEntry
from laoxiao_desktop.ui.theme import Theme

WIDE, NARROW = 132, 48


class PlaceItem(QAbstractButton):
    """One place in the bar; the chosen one stands on tint with a mark at its left."""

    def __init__(self, entry: PlaceEntry, number: int, theme: Theme) -> None:
        super().__init__()
        self._entry = entry
        self._theme = theme
        self._is_narrow = False
        self._count = 0
        self.setText(entry.title)
        self.setAccessibleName(entry.title)
        self.setToolTip(f"{entry.title}（Ctrl+{number}）")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def key(self) -> str:
        """The key of its place."""
        return self._entry.key

    def be_narrow(self, is_narrow: bool) -> None:
        """Show the drawing alone."""
        self._is_narrow = is_narrow
        self.updateGeometry()
        self.update()

    @property
    def count(self) -> int:
        """How much waits in the place."""
        return self._count

    def show_count(self, count: int) -> None:
        """Say beside the word how much waits in the place; 0 says nothing."""
        self._count = count
        self.setAccessibleName(f"{self._entry.title}，{count} 条未处理" if count else self._entry.title)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(NARROW if self._is_narrow else WIDE), self._theme.px(36))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        ground = QRectF(theme.px(8), theme.px(1), self.width() - theme.px(16), theme.px(34))
        if self.isChecked():
            paint.box(painter, theme, ground, "select", radius=4)
            paint.box(painter, theme, QRectF(theme.px(8), theme.px(10), 3, theme.px(16)), "accent", radius=1.5)
        elif self.underMouse():
            paint.box(painter, theme, ground, "select", radius=4)
        if self.hasFocus():
            paint.focus(painter, theme, ground)
        drawing = f"{self._entry.icon}_filled" if self.isChecked() else self._entry.icon
        left = (self.width() - theme.px(20)) / 2 if self._is_narrow else theme.px(20)
        token = "accent2" if self.isChecked() else "text2"
        paint.icon(painter, theme, QPointF(left, theme.px(8)), drawing, token, 20)
        if not self._is_narrow:
            words = QRectF(theme.px(48), 0, self.width() - theme.px(52), theme.px(36))
            word_token = "accent2" if self.isChecked() else "text"
            paint.text(painter, theme, words, self._entry.title, word_token, px=14, medium=self.isChecked())
            if self._count:
                is_long = len(self._entry.title) > 3 and self._count > 9  # the figure still stands free of the word
                count = QRectF(0, 0, self.width() - theme.px(11 if is_long else 14), theme.px(36))
                paint.text(painter, theme, count, str(self._count), token, px=11 if is_long else 13, align=paint.RIGHT)
        elif self._count:
            dot = QRectF(left + theme.px(16), theme.px(8), theme.px(6), theme.px(6))
            paint.box(painter, theme, dot, "accent", radius=3)


class PlacesBar(QWidget):
    """The items, the foot items below, and a button that makes the bar narrow; `chosen` carries a key."""

    chosen = Signal(str)
    narrowed = Signal(bool)  # the person asked for it

    def __init__(self, entries: Sequence[PlaceEntry], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_narrow = False
        self._group = QButtonGroup(self)
        self._items = [PlaceItem(entry, number, theme) for number, entry in enumerate(entries, start=1)]
        self._fold = self._fold_button()
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._fold)
        self._foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(7), 0, theme.px(7))
        column.setSpacing(0)
        for item in self._items:
            self._group.addButton(item)
            item.clicked.connect(lambda _checked, key=item.key: self.chosen.emit(key))
        for item, entry in zip(self._items, entries, strict=True):
            if not entry.at_foot:
                column.addWidget(item)
        column.addStretch(1)
        for item, entry in zip(self._items, entries, strict=True):
            if entry.at_foot:
                column.addWidget(item)
        column.addLayout(self._foot)
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def is_narrow(self) -> bool:
        """Whether only drawings show."""
        return self._is_narrow

    def choose(self, key: str) -> None:
        """Mark a place as the one shown."""
        for item in self._items:
            if item.key == key:
                item.setChecked(True)

    def item(self, key: str) -> PlaceItem:
        """The item of a place."""
        return next(item for item in self._items if item.key == key)

    def show_count(self, key: str, count: int) -> None:
        """Say at an item how much waits in its place."""
        for item in self._items:
            if item.key == key:
                item.show_count(count)

    def take_focus(self) -> None:
        """Give the keyboard to the chosen item."""
        chosen = self._group.checkedButton()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def be_narrow(self, is_narrow: bool) -> None:
        """Show drawings alone, or with words."""
        self._is_narrow = is_narrow
        for item in self._items:
            item.be_narrow(is_narrow)
        words = "展开侧栏（Ctrl+B）" if is_narrow else "收起侧栏（Ctrl+B）"
        self._fold.setToolTip(words)
        self._fold.setAccessibleName(words)
        self._measure()

    def _fold_button(self) -> QToolButton:
        button = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.narrowed.emit(not self._is_narrow))
        return button

    def _measure(self) -> None:
        theme = self._theme
        self.setFixedWidth(theme.px(NARROW if self._is_narrow else WIDE))
        self._fold.setIcon(theme.icon("panel_left", "text3", 20))
        self._fold.setIconSize(QSize(theme.px(20), theme.px(20)))
        self._fold.setFixedSize(theme.px(32), theme.px(32))
        self._foot.setContentsMargins(theme.px(8 if self._is_narrow else 14), theme.px(4), 0, 0)
        for item in self._items:
            item.updateGeometry()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "frame")
        paint.hairline(painter, self._theme, QPointF(self.width() - 1, 0), self.height(), upright=True)
