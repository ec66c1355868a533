"""A line of words asked of the person beside the row in hand: a reason, a day."""

from PySide6.QtCore import QPoint

from laoxiao_desktop.ui.monthly_columns import INDEX
from laoxiao_desktop.ui.monthly_view import MonthView
from laoxiao_desktop.ui.projects_menus import NamePopup
from laoxiao_desktop.ui.theme import Theme


def ask(theme: Theme, view: MonthView, words: str, verb: str) -> NamePopup:
    """A popup that asks for a line; it is shown by `open_at_hand`."""
    popup = NamePopup(theme, words, verb, "", view)
    popup.field.setMaxLength(200)
    popup.field.setMinimumWidth(theme.px(340))
    return popup


def open_at_hand(view: MonthView, popup: NamePopup) -> None:
    """Show a popup under the row in hand, above it where there is no room."""
    rect = view.visualRect(view.table.index(max(0, view.currentIndex().row()), INDEX["name"]))
    popup.adjustSize()
    at = view.viewport().mapToGlobal(rect.bottomLeft() + QPoint(0, 2))
    if at.y() + popup.height() > view.mapToGlobal(QPoint(0, view.height())).y():
        at.setY(view.viewport().mapToGlobal(rect.topLeft()).y() - popup.height() - 2)
    popup.move(at)
    popup.show()
    popup.field.setFocus()
