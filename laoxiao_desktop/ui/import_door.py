"""Ways into 读入清单 from the whole window: a file dropped anywhere, Ctrl+I, a block with titles pasted into 项目."""

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from laoxiao_desktop.ui.import_source import ASK, FILE, PASTE, dropped_file
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
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        QShortcut(QKeySequence("Ctrl+I"), window).activated.connect(lambda: self._go(ASK))
        places.built.connect(self._welcome)

    def _welcome(self, place: QWidget) -> None:
        actions = getattr(place, "actions_of_grid", None)
        if actions is not None:
            actions.list_pasted.connect(lambda: self._go(PASTE))

    def _go(self, what: str) -> None:
        if self._session.has_ledger:
            self._ways.go(Place(KEY, what))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and self._session.has_ledger:
            if dropped_file(event.mimeData()) is not None:
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop and self._session.has_ledger:
            path = dropped_file(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                self._go(f"{FILE}{path}")
                return True
        return super().eventFilter(watched, event)
