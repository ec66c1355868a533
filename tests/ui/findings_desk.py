"""The place 校核 on a real ledger with one published plan, for its tests."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from laoxiao_desktop.exchange import bundled
from laoxiao_desktop.ui.findings import FindingsPlace
from laoxiao_desktop.ui.findings_rows import Row
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import plans
from tests.builders import CLERK


class FindingsDesk:
    """The plans of 文山州 and 西双版纳州, checked and shown in a place of 1234 × 696."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.session = Session()
        self.ledger = ledgers.create(folder / "校核.laoxiao", "校核", CLERK)
        for draft in bundled.plans():
            if draft.plan.region in ("文山州", "西双版纳州"):
                plans.take_in(self.ledger, draft)
        self.plans = {plan.region: plan.uid for plan in plans.all_of(self.ledger)}
        self.session.take(self.ledger)
        self.figures: list[list[tuple[str, str]]] = []
        self.place = FindingsPlace(self.session, Theme())
        self.place.figures_changed.connect(self.figures.append)
        self._qtbot = qtbot
        qtbot.addWidget(self.place)
        self.place.resize(1234, 696)
        self.place.show()
        qtbot.waitExposed(self.place)
        self.place.activateWindow()
        self.settle()
        self.place.activate()

    def settle(self) -> None:
        """Wait for the check-up that runs beside the window."""
        self._qtbot.waitUntil(lambda: not self.place.watch.is_busy, timeout=20_000)
        QTest.qWait(20)

    def take(self, code: str, no: int | None = None) -> Row:
        """Take the finding of a rule in hand."""
        row = next(
            row for row in self.place.table.shown()
            if row.finding.code == code and no in (None, row.finding.subject.no)
        )  # fmt: skip
        assert self.place.view.take(row.key)
        QTest.qWait(20)
        return row

    def shown(self) -> list[str]:
        """The rules of the findings shown, top down."""
        return [row.finding.code for row in self.place.table.shown()]


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key for the widget in hand."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)
    QTest.qWait(10)
