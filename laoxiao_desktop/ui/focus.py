"""Where the keyboard goes when a place is entered."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget


def enter(place: QWidget | None) -> None:
    """Give the keyboard to the heart of a place if it names one, else to its rows, else to its first control."""
    if place is None:
        return
    able = [
        child
        for child in place.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(place) and child.isEnabled()
    ]
    rows = [child for child in able if isinstance(child, QAbstractItemView)]
    heart = getattr(place, "heart", None) or next(iter(rows + able), place)
    heart.setFocus(Qt.FocusReason.OtherFocusReason)
