"""The figures by which the lights are judged are set in 设置, kept with the ledger, and taken back by 撤销."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.places import ENTRIES
from laoxiao_desktop.ui.settings_lights import LightsSection
from laoxiao_desktop.ui.settings_page import SettingsPlace
from laoxiao_desktop.workspace import lights
from tests.ui import shell_desk as desk
from tests.ui.shell_desk import CTRL, click, press


def section(window: MainWindow) -> LightsSection:
    """The section of the settings page, shown."""
    number = [entry.key for entry in ENTRIES].index("settings")
    window.go_to(ENTRIES[number].key)
    page = window.places.place
    assert isinstance(page, SettingsPlace)
    return page.lights


def type_in(field: QLineEdit, text: str) -> None:
    """A person selects what stands there, types and presses Enter."""
    field.setFocus()
    field.selectAll()
    field.insert(text)  # keyClicks knows no full-width figures
    press(field, Qt.Key.Key_Return)


def test_thresholds_are_set_refused_and_taken_back(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        part = section(window)
        day, behind = part.numbers["due_day"], part.numbers["behind_yellow"]
        type_in(day, "40")
        assert part.problem.isVisible()
        assert (day.text(), day.property("bad")) == ("40", True)
        type_in(day, "１０")
        assert not part.problem.isVisible()
        type_in(behind, "5o")
        assert "5o" in part.problem.text()
        type_in(behind, "20")
        held = window.session.read(lights.thresholds)
        assert (held.due_day, held.behind_yellow, held.preset) == (10, 20, "A")

        click(part.presets.buttons()[1])
        assert window.session.read(lights.thresholds).preset == "B"
        assert part.numbers["share_red"].isVisible()
        assert not behind.isVisible()
        press(window, Qt.Key.Key_Z, CTRL)
        assert behind.isVisible()
        assert behind.text() == "20"
        click(part.default)
        assert (day.text(), behind.text()) == ("5", "10")
