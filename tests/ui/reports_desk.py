"""The place 报告 on a real ledger, for its tests."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.report_making import Made
from laoxiao_desktop.ui.reports import ReportsPlace
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import add_project, new_ledger


class ReportsDesk:
    """A ledger with three projects in two counties, shown in a place of 1234 × 696."""

    def __init__(self, qtbot: QtBot, folder: Path, make: Callable[[Path], Ledger] = new_ledger) -> None:
        self._qtbot = qtbot
        self.session = Session()
        self.ledger = make(folder)
        self.uids = (
            []
            if make is not new_ledger
            else [
                add_project(self.ledger, "景洪市江北街道综合养老服务中心项目", list_no=1),
                add_project(self.ledger, "景洪市嘎洒街道综合养老服务中心项目", list_no=2),
                add_project(self.ledger, "勐海县打洛镇农村区域性养老服务中心项目", list_no=3, county="532822"),
            ]
        )
        self.place = ReportsPlace(self.session, Theme())
        qtbot.addWidget(self.place)
        self.place.resize(1234, 696)
        self.session.take(self.ledger)
        self.place.show()
        qtbot.waitExposed(self.place)
        self.place.activateWindow()
        self.made = self.until_made(self.place.activate)

    def until_made(self, act: object) -> Made:
        """Does something and waits for the pages that follow from it, drawn."""
        assert callable(act)
        with self._qtbot.waitSignal(self.place.made, timeout=10_000) as shown:
            act()
        self._qtbot.waitUntil(lambda: self.place.pages.is_drawn, timeout=10_000)
        made = shown.args[0] if shown.args else None
        assert isinstance(made, Made)
        return made

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Waits for something to be so."""
        self._qtbot.waitUntil(holds, timeout=10_000)

    def close(self) -> None:
        """Stops the drawing thread and closes the ledger."""
        self.place.pages.close_document()
        self.place.preview.side.thumbs.close_document()
        self.session.close()
