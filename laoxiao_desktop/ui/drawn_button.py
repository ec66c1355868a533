"""The drawing of a button, at the size of the large-font setting."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton

from laoxiao_desktop.ui.theme import Theme


def set_drawing(button: QAbstractButton, theme: Theme, drawing: str, token: str = "text2", size: int = 16) -> None:
    """Gives a button its drawing; `size` is at 100 %."""
    button.setIcon(theme.icon(drawing, token, size))
    button.setIconSize(QSize(theme.px(size), theme.px(size)))
