"""诊断 tells what a helper must know, and nothing of the person."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models.change import Person
from laoxiao_desktop.ui import crash
from laoxiao_desktop.ui.settings_page import SettingsPlace
from tests.ui import shell_desk as desk


def test_the_diagnostics_are_copied_without_personal_data(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.window(qtbot, Person("刀玉香", "勐海县民政局")) as window:
        desk.open_demo(window, qtbot)
        log = crash.log_file()
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("2026-11-24 09:00:00,1 ERROR laoxiao: 刀玉香 misplaced\n", encoding="utf-8")
        window.go_to("settings")
        place = window.places.place
        assert isinstance(place, SettingsPlace)
        section = place.diagnostics
        qtbot.waitUntil(lambda: not section.is_asking, timeout=20_000)
        desk.click(section.copy)
        told = QGuiApplication.clipboard().text()
        assert "台账：完好；示例，5 个方案，84 个项目" in told
        assert "1 条，最近 2026-11-24 09:00" in told
        assert all(word in told for word in ("PySide6", "SQLite", "屏幕字体", "打印字体", "备份："))
        assert not [word for word in ("刀玉香", "勐海", str(tmp_path), window.session.ledger.path.name) if word in told]
