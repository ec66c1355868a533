"""The window from its first start: who is there, the example, undo after a restart, a second process, the way out."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from laoxiao_desktop import app
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui.places import ENTRIES
from laoxiao_desktop.ui.settings_page import SettingsPlace
from laoxiao_desktop.ui.window_state import Settings
from laoxiao_desktop.workspace import projects, safety
from tests.ui import shell_desk as desk
from tests.ui.shell_desk import CTRL, click, press


def key_of(place: str) -> Qt.Key:
    """The digit that goes to a place with Ctrl."""
    return Qt.Key(Qt.Key.Key_1 + [entry.key for entry in ENTRIES].index(place))


def test_name_and_unit_are_asked_once_and_the_chosen_action_goes_on(qtbot: QtBot, home: Path) -> None:
    with desk.window(qtbot, person=None) as window:
        click(window.start.demo_card)
        panel = window.start.person_panel
        assert panel.isVisible()
        assert not window.session.has_ledger
        press(panel.name, Qt.Key.Key_Escape)
        assert not panel.isVisible(), "Esc goes back"
        click(window.start.demo_card)
        press(panel.name, Qt.Key.Key_Return)
        assert panel.isVisible(), "an empty name is not taken"
        panel.name.setText("李晓梅")
        press(panel.name, Qt.Key.Key_Return)
        panel.unit.setText("州发改委")
        press(panel.unit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.session.has_ledger, timeout=20_000)
        assert str(window.session.ledger.person) == "州发改委 李晓梅"
    with desk.window(qtbot, person=None) as window:
        desk.open_recent(window, qtbot)
        assert not window.start.person_panel.isVisible()
        assert str(window.session.ledger.person) == "州发改委 李晓梅"


def test_the_example_shows_84_projects_and_is_marked(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        assert "示例" in window.top.ledger.accessibleName()
        qtbot.waitUntil(lambda: "84" in window.status.accessibleDescription())
        assert window.places.key == "projects"


def test_a_change_is_taken_back_by_ctrl_z_after_a_restart(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        uid = desk.first_project(window)
        before = desk.value_of(window, uid, "place")
        assert not window.top.undo.isEnabled(), "the example starts with nothing to take back"
        window.session.run(projects.edit, uid, {"place": "另一个地方"})
        assert "另一个地方" in window.status.said
        assert window.status.undo_button.isVisible()
    with desk.window(qtbot) as window:
        desk.open_recent(window, qtbot)
        assert "建设地点" in window.top.undo.toolTip()
        press(window, Qt.Key.Key_Z, CTRL)
        assert desk.value_of(window, uid, "place") == before
        assert window.status.undo_button.text() == "重做"
        click(window.status.undo_button)
        assert desk.value_of(window, uid, "place") == "另一个地方"
        assert window.status.undo_button.text() == "撤销"


def test_closing_after_a_change_leaves_a_backup(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        path = window.session.ledger.path
        window.session.run(projects.edit, desk.first_project(window), {"place": "甲"})
    assert len(safety.kept(path)) == 1


def test_when_the_last_backup_fails_the_window_stays_once_and_says_so(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserError("磁盘已满。", "请清理磁盘。")

    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        window.session.run(projects.edit, desk.first_project(window), {"place": "甲"})
        monkeypatch.setattr(safety, "auto_backup", full)
        window.close()
        qtbot.waitUntil(lambda: len(window.messages.strips) == 2)
        assert window.isVisible()


def test_a_ledger_open_elsewhere_is_shown_read_only_with_the_reason(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        path = window.session.ledger.path
    code = desk.second_process_code(path)
    with (
        subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as other,
        desk.window(qtbot) as window,
    ):
        assert other.stdout is not None
        assert other.stdout.readline().split() == ["held", "False"]
        desk.open_recent(window, qtbot)
        banner = window.messages.strips[-1].words
        assert "只读" in banner
        assert "王芳" in banner
        assert "只读" in window.windowTitle()
        assert window.session.run(projects.edit, desk.first_project(window), {"place": "乙"}) is None
        assert "不能修改" in window.messages.strips[0].words
        again = next(
            button for button in window.messages.strips[-1].findChildren(QPushButton) if button.text() == "重新打开"
        )
        other.communicate("")
        click(again)
        assert not window.session.ledger.is_read_only, "free now, it is opened for writing"
        assert "只读" not in window.windowTitle()


def test_a_refusal_stays_until_it_is_closed_and_is_not_doubled(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        for _ in range(2):
            window.session.refused.emit(UserError("磁盘已满。", "请清理磁盘。"))
        (strip,) = window.messages.strips
        assert strip.words == "磁盘已满。请清理磁盘。"
        strip.dismissed.emit()
        assert not window.messages.strips


def test_a_file_that_is_no_ledger_is_refused_in_words(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "表.laoxiao"
    wrong.write_text("这不是台账", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(wrong), ""))
    with desk.window(qtbot) as window:
        click(window.start.open_card)
        assert not window.session.has_ledger
        assert len(window.messages.strips) == 1


def test_a_new_ledger_begins_with_the_plan_that_was_clicked(qtbot: QtBot, tmp_path: Path) -> None:
    with desk.window(qtbot) as window:
        panel = window.start.new_panel.form
        yuxi = next(plan for plan in window.start.plans if plan.title.startswith("玉溪"))
        window.start.begin(lambda: window.start.open_new(yuxi))
        panel.put_in(tmp_path)
        assert panel.name.text() == "玉溪市一老一小项目台账"
        press(panel.name, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.session.has_ledger, timeout=20_000)
        assert window.session.ledger.summary().projects == 50
        assert not window.session.ledger.is_demo
        assert (tmp_path / "玉溪市一老一小项目台账.laoxiao").is_file()


def test_every_place_is_reached_by_its_number_and_every_control_there_has_a_name(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        seen = []
        for entry in ENTRIES:
            press(window, key_of(entry.key), CTRL)
            seen.append(window.places.key)
            assert not desk.nameless(window)
        assert seen == [entry.key for entry in ENTRIES]


def test_the_search_field_narrows_the_place_and_esc_clears_it(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        press(window, Qt.Key.Key_F, CTRL)
        for key in (Qt.Key.Key_J, Qt.Key.Key_H, Qt.Key.Key_S):
            press(window.top.search, key)
        qtbot.waitUntil(lambda: "19" in window.status.accessibleDescription())
        press(window.top.search, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: "84" in window.status.accessibleDescription())


def test_the_scope_holds_for_all_places_and_a_new_plan_forgets_the_county(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        counties = {action.text(): action for action in window.top.county.menu().actions()}
        counties["景洪市  19 项"].trigger()
        qtbot.waitUntil(lambda: "19" in window.status.accessibleDescription())
        plans = [action for action in window.top.plan.menu().actions() if action.text().startswith("玉溪")]
        plans[0].trigger()
        assert window.session.scope.county is None
        qtbot.waitUntil(lambda: "50" in window.status.accessibleDescription())


def test_the_start_page_names_its_controls(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        assert not desk.nameless(window)


def test_f1_lists_the_keys_and_finds_one(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        press(window, Qt.Key.Key_F1)
        window.help.search.setText("撤销")
        assert [keys for _, keys, _ in window.help.shown] == ["Ctrl+Z"]
        press(window.help, Qt.Key.Key_Escape)
        assert not window.help.isVisible()


def test_a_backup_is_restored_in_three_clicks(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        uid = desk.first_project(window)
        before = desk.value_of(window, uid, "place")
        press(window, key_of("settings"), CTRL)
        page = window.places.place
        assert isinstance(page, SettingsPlace)
        click(page.backups.make)
        qtbot.waitUntil(lambda: page.backups.make.isEnabled(), timeout=10_000)
        window.session.run(projects.edit, uid, {"place": "改错了"})
        page.backups.list.setCurrentRow(0)
        click(page.backups.restore)
        click(page.backups.confirm)
        qtbot.waitUntil(lambda: window.session.has_ledger, timeout=20_000)
        assert window.status.said == "台账已恢复"
        assert desk.value_of(window, uid, "place") == before
        assert not window.session.ledger.is_read_only


def test_a_ledger_of_an_older_program_is_upgraded_beside_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    old = tmp_path / "旧台账.laoxiao"
    old.write_bytes(gzip.decompress((Path(__file__).parents[1] / "data" / "ledger-1.laoxiao.gz").read_bytes()))
    with desk.window(qtbot) as window:
        window.opening.open(old)
        assert not window.session.has_ledger, "the window stays alive meanwhile"
        qtbot.waitUntil(lambda: window.session.has_ledger, timeout=20_000)
        assert not window.session.ledger.is_read_only


def test_the_ledger_is_checked_from_the_settings(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        press(window, key_of("settings"), CTRL)
        page = window.places.place
        assert isinstance(page, SettingsPlace)
        click(page.ledger.check)
        qtbot.waitUntil(lambda: page.ledger.verdict.isVisible(), timeout=20_000)
        assert "台账完好" in page.ledger.verdict.text()


def test_size_theme_and_recent_ledgers_are_remembered(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        window.resize(790, 600)
        press(window, key_of("settings"), CTRL)
        page = window.places.place
        assert isinstance(page, SettingsPlace)
        click(page.modes.buttons()[1])
        page.factors.buttons()[0].setFocus()
        press(page.factors.buttons()[0], Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: window.places.place is not page)
        assert window.places.key == "settings", "the page is laid out again at the new size"
        qtbot.waitUntil(
            lambda: getattr(QApplication.focusWidget(), "text", str)() == "115 %"
        )  # where the arrow left it
    with desk.window(qtbot) as window:
        assert (window.theme.is_dark, window.theme.factor) == (True, 1.15)
        assert window.width() == 790
        (recent,) = window.start.shown_recents
        assert (recent.projects, recent.is_demo) == (84, True)


def test_settings_that_cannot_be_read_are_put_aside(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text("{ half a file", encoding="utf-8")
    settings = Settings(file)
    assert settings.person is None
    assert (tmp_path / "settings.unreadable.json").is_file()


def test_the_own_dialogs_of_qt_speak_chinese(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    app.speak_chinese(application)
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"
    for key in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+Backspace", "Delete", "Alt+Left"):
        assert QKeySequence(key) == QKeySequence(key, QKeySequence.SequenceFormat.PortableText), "read as ever"
    assert "Enter" in QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)


def test_enter_presses_the_button_in_hand(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        button = QPushButton("试", window.places)
        button.show()
        button.setFocus()
        with qtbot.waitSignal(button.clicked, timeout=1000):
            press(button, Qt.Key.Key_Return)
