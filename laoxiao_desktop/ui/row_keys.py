"""The keys of a painted row: Enter, F2, Space or a click press it, the arrows step away from it."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_WAYS: Mapping[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RowKeys(QObject):
    """Watches a row, which is painted again when the keyboard comes or goes. `kept`: more keys that no shortcut may have."""

    pressed = Signal()
    stepped = Signal(int)

    def __init__(self, row: QWidget, *kept: Qt.Key) -> None:
        super().__init__(row)
        self._row = row
        self._kept = (*_PRESSING, *kept)
        row.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.setCursor(Qt.CursorShape.PointingHandCursor)
        row.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._row.update()
        elif isinstance(event, QMouseEvent):
            return kind == QEvent.Type.MouseButtonRelease and self._click(event)
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.ShortcutOverride and event.key() in self._kept:
            event.accept()
            return True
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._key(event.key())
        return False

    def _click(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._row.setFocus(Qt.FocusReason.MouseFocusReason)
        self.pressed.emit()
        return True

    def _key(self, key: int) -> bool:
        way = _WAYS.get(key)
        if key in (*_PRESSING, Qt.Key.Key_Space):
            self.pressed.emit()
        elif way is not None:
            self.stepped.emit(way)
        else:
            return False
        return True
