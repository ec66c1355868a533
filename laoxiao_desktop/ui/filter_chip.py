"""Chips and quiet buttons of the filter bar, painted: label, value, ▾ or ×."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

HEIGHT = 26
_VALUE_WIDTH = 150


def shortened(values: Sequence[str]) -> str:
    """What a chip says of the values it accepts: the first two, and of how many."""
    return "、".join(values[:2]) + (f" 等 {len(values)}" if len(values) > 2 else "")


class Chip(QAbstractButton):
    """One condition or menu. `is_quiet` has no border; `icon_name` stands in front; × (or Delete) clears a set one."""

    cleared = Signal()

    def __init__(
        self, theme: Theme, label: str, *, icon_name: str = "", is_quiet: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.label = label
        self.value = ""
        self._icon = icon_name
        self._is_quiet = is_quiet
        self.is_compact = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(label)
        theme.changed.connect(self.updateGeometry)

    def set_value(self, value: str, tooltip: str = "") -> None:
        """What the condition accepts; "" for no condition."""
        if value != self.value:
            self.value = value
            self.setAccessibleName(f"{self.label} {value}".strip())
            self.updateGeometry()
            self.update()
        self.setToolTip(tooltip)

    @property
    def is_set(self) -> bool:
        """Whether the chip narrows the rows."""
        return bool(self.value) and not self._is_quiet

    def stand(self, left: int, height: int) -> int:
        """Stand at a place in a bar of a height, as wide as need be; gives where the chip ends."""
        size = self.sizeHint()
        self.setGeometry(left, (height - size.height()) // 2, size.width(), size.height())
        return left + size.width()

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        side = theme.px(8 if self._is_quiet else 9)
        width = float(2 * side)
        if self._icon:
            width += theme.px(16) + (0 if self.is_compact else theme.px(6))
        if not self.is_compact:
            width += paint.text_width(theme, self.label)
            if self.value:
                width += theme.px(5) + self._value_width()
        if self._icon != "add":
            width += theme.px(4) + theme.px(16 if not self.is_compact else 12)
        return QSize(round(width), theme.px(HEIGHT))

    def _value_width(self) -> float:
        return min(paint.text_width(self._theme, self.value, medium=True), self._theme.px(_VALUE_WIDTH)) + 1

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        rect = QRectF(self.rect())
        is_lit = self.underMouse() or self.isDown()
        if self.is_set:
            paint.box(painter, theme, rect, "select", radius=4)
        elif self._is_quiet:
            if is_lit:
                paint.box(painter, theme, rect, "select", radius=4)
        else:
            border = "text3" if is_lit else "line2"
            paint.box(painter, theme, rect, "surface", border=border, radius=4)
        self._paint_inside(painter, rect)
        if self.hasFocus():
            paint.focus(painter, theme, rect)
        painter.end()

    def _paint_inside(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        left = rect.left() + theme.px(8 if self._is_quiet else 9)
        middle = rect.center().y()
        if self._icon:
            at = QPointF(left, round(middle - theme.px(16) / 2))
            paint.icon(painter, theme, at, self._icon, "text2", 16)
            left += theme.px(16) + (0 if self.is_compact else theme.px(6))
        if not self.is_compact:
            room = QRectF(left, rect.top(), rect.width(), rect.height())
            left += paint.text(painter, theme, room, self.label, "text2")
            if self.value:
                left += theme.px(5)
                room = QRectF(left, rect.top(), self._value_width(), rect.height())
                token = "accent2" if self.is_set else "text"
                left += paint.text(painter, theme, room, self.value, token, medium=True)
        if self._icon == "add":
            return
        name, size = ("dismiss", 16) if self.is_set else ("chevron_down", 12)
        area = self._mark_rect()
        half = theme.px(size) / 2
        at = QPointF(round(area.center().x() - half), round(middle - half))
        paint.icon(painter, theme, at, name, "accent2" if self.is_set else "text3", size)

    def _mark_rect(self) -> QRectF:
        width = self._theme.px(16)
        return QRectF(self.width() - width - self._theme.px(6), 0, width, self.height())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.is_set and self._mark_rect().contains(event.position()):
            self.setDown(False)
            self.cleared.emit()
            return
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.is_set:
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)
