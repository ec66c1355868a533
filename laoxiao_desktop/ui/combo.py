"""A box of choices that a passing wheel does not change."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox
from typing_extensions import override


class Combo(QComboBox):
    """The wheel goes on to what lies behind, so that scrolling a page never chooses."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
