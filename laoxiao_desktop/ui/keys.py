"""A key that works only where it belongs."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind(owner: QWidget, keys: str, do: Callable[[], object]) -> QShortcut:
    """Answer the keys while the widget itself has the keyboard, and nowhere else.

    The context is set afterwards: given to the constructor together with a callable, PySide6 6.9 ignores it.
    """
    shortcut = QShortcut(QKeySequence(keys), owner)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(do)
    return shortcut
