"""关于 shows the licence of everything that ships."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models.change import Person
from laoxiao_desktop.ui.licences_dialog import LicencesDialog
from laoxiao_desktop.ui.settings_page import SettingsPlace
from laoxiao_desktop.workspace import licences
from tests.ui import shell_desk as desk


def test_every_licence_is_read_in_the_window_and_escape_leads_back(qtbot: QtBot) -> None:
    with desk.window(qtbot, Person("刀玉香", "勐海县民政局")) as window:
        desk.open_demo(window, qtbot)
        window.go_to("settings")
        place = window.places.place
        assert isinstance(place, SettingsPlace)
        qtbot.mouseClick(place.about.licences, Qt.MouseButton.LeftButton)
        dialog = window.findChild(LicencesDialog)
        assert dialog is not None
        assert "Apache License" in dialog.words.toPlainText()
        rows = [dialog.names.item(row).text() for row in range(dialog.names.count())]
        dialog.names.setCurrentRow(next(number for number, name in enumerate(rows) if "Qt" in name))
        assert "LGPL-3.0" in dialog.about.text()
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in dialog.words.toPlainText()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: window.findChild(LicencesDialog) is None)


@pytest.mark.parametrize(
    "name", ["Pillow", "PDFium", "Noto Sans SC", "LXGW WenKai", "Fluent UI", "openpyxl", "sqlite-utils"]
)
def test_a_part_that_is_here_brings_its_text(name: str) -> None:
    part = next(part for part in licences.parts() if name in part.name)
    assert part.version
    assert len(part.read()) > 500
