"""An empty ledger: every place says in one sentence what to do next, and its one button does it."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.projects_empty import READ
from laoxiao_desktop.workspace import ledger
from tests.ui import shell_desk as desk


def test_every_place_without_anything_leads_to_reading_a_plan(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "空.laoxiao"
    ledger.create(path, "空台账", desk.CLERK).close()
    with desk.window(qtbot) as window:
        window.opening.open(path)
        qtbot.waitUntil(lambda: window.session.has_ledger, timeout=10_000)
        for key in ("overview", "projects", "monthly", "gantt", "indicators", "findings"):
            window.go_to(key)
            qtbot.waitUntil(lambda: len(leading(window.places.place)) == 1, timeout=10_000)
            desk.click(leading(window.places.place)[0])
            assert window.places.key == "exchange", key


def leading(place: QWidget) -> list[QPushButton]:
    """The buttons in sight that lead to reading."""
    return [one for one in place.findChildren(QPushButton) if one.isVisible() and one.text() == READ]
