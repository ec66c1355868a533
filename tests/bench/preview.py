"""From a key in the options of a report to the sharp page on the screen, beside making the same pages alone."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laoxiao_desktop import paths
from laoxiao_desktop.exchange import bundled
from laoxiao_desktop.ui import fonts
from laoxiao_desktop.ui.background import Progress
from laoxiao_desktop.ui.report_making import make
from laoxiao_desktop.ui.reports import ReportsPlace
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import plans
from tests.bench.pairs import Line, milliseconds, paired, shown
from tests.builders import CLERK

ROUNDS = 9
KIND = "indicators"  # 12 pages of the five plans


def measure(folder: Path) -> list[Line]:
    """The preview that follows typing, and the longest time in which the window did not answer meanwhile."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    fonts.load(paths.resources() / "fonts")
    session = Session()
    ledger = ledgers.create(folder / "预览.laoxiao", "预览", CLERK)
    for plan in bundled.plans():
        plans.take_in(ledger, plan)
    place = ReportsPlace(session, Theme())
    place.resize(1234, 696)
    session.take(ledger)
    place.show()
    made: list[object] = []
    place.made.connect(made.append)
    _until(application, made, place.activate, place)
    _until(application, made, lambda: place.panel.kinds.pick(KIND), place)
    gaps: list[float] = []

    def typed() -> float:
        gap = _Gap()
        took = milliseconds(lambda: _until(application, made, lambda: QTest.keyClicks(place.panel.office, "a"), place))
        gaps.append(gap.longest)
        return took

    alone = paired(
        typed,
        lambda: milliseconds(lambda: make(ledger, place.panel.wish(), Progress(lambda *_: None, _Never()))),
        ROUNDS,
    )
    pages = place.pages.page_count
    place.pages.close_document()
    place.preview.side.thumbs.close_document()
    place.deleteLater()
    session.close()
    still = sorted(gaps)[len(gaps) // 2]
    return [
        Line.of(f"key to the sharp page, report of {pages} pages", "the same pages made alone", *alone, "–"),
        Line("longest time without an answer meanwhile", "–", shown(still, "ms"), "–", None, "–"),
    ]


class _Gap:
    """Counts how long the event loop stands still."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, 1000 * (now - self._last)), now


class _Never:
    def is_set(self) -> bool:
        return False


def _until(
    application: QApplication, made: list[object], act: Callable[[], object], place: ReportsPlace, most: float = 20.0
) -> None:
    """Does something and lives on until its pages stand there sharply."""
    before, end = len(made), time.perf_counter() + most
    act()
    while (len(made) == before or not place.pages.is_drawn) and time.perf_counter() < end:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
