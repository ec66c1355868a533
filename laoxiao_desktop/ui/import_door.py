"""Ways into 读入清单 from the whole window: a file dropped anywhere, Ctrl+I, a block with titles pasted into 项目."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from laoxiao_desktop.ui.drop_door import DropDoor
from laoxiao_desktop.ui.import_source import ASK, PASTE
from laoxiao_desktop.ui.place_stack import PlaceStack
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.way import Place
from laoxiao_desktop.ui.ways import Ways

KEY: Final = "exchange"


class ImportDoor(QObject):
    """Belongs to the window; without an open ledger it stays shut."""

    def __init__(self, session: Session, places: PlaceStack, ways: Ways, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._ways = ways
        self.drops = DropDoor(session, places, ways, window)
        QShortcut(QKeySequence("Ctrl+I"), window).activated.connect(lambda: self._go(ASK))
        places.built.connect(self._welcome)

    def _welcome(self, place: QWidget) -> None:
        actions = getattr(place, "actions_of_grid", None)
        if actions is not None:
            actions.list_pasted.connect(lambda: self._go(PASTE))

    def _go(self, what: str) -> None:
        if self._session.has_ledger:
            self._ways.go(Place(KEY, what))
