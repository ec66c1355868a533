"""What goes out of the month and comes back: fill-in forms for the units, and the list of who has not reported."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laoxiao_desktop.models.monthly import MonthRow
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme


class MonthExchange(QObject):
    """Gives out forms, takes them back with a preview, and shows who has not reported."""

    def __init__(self, session: Session, theme: Theme, owner: QWidget) -> None:
        super().__init__(owner)
        self._session, self._theme, self._owner = session, theme, owner

    def give_out(self, month: str, rows: Sequence[MonthRow]) -> None:
        pass

    def take_back(self, month: str) -> None:
        pass

    def chase(self, month: str) -> None:
        pass
