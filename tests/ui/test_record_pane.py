"""The pane around its pages: head and foot, keys, commands, and 变更."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.record_history import difference
from laoxiao_desktop.ui.record_pane import RecordPane
from laoxiao_desktop.ui.record_text import balanced, wrapped
from laoxiao_desktop.ui.way import Place
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import projects
from tests.builders import CLERK
from tests.ui.record_desk import Desk, press, typed


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(qtbot, tmp_path)


def test_the_head_names_the_project_and_its_place_in_the_plan(desk: Desk) -> None:
    assert desk.pane.header.title.accessibleName() == "景洪市江北街道综合养老服务中心项目"
    assert "西双版纳州养老清单第 1 项" in desk.pane.header.place.accessibleName()
    desk.pane.set_position(5, 48)
    assert desk.pane.footer.words == "第 5 项，共 48 项"


def test_a_long_name_stands_on_two_balanced_lines(desk: Desk) -> None:
    font = desk.theme.font(15, medium=True)
    name = "景洪市景讷乡农村区域性养老服务中心及日间照料中心建设项目"
    first, second = balanced(name, font, 300)
    assert abs(len(first) - len(second)) <= 2
    assert balanced(name * 3, font, 300)[1].endswith("…")
    assert wrapped("甲\n\n乙", font, 300) == ["甲", "", "乙"]


def test_alt_and_a_number_turns_the_page(desk: Desk) -> None:
    pages = []
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7):
        QTest.keyClick(desk.pane, key, Qt.KeyboardModifier.AltModifier)
        pages.append(desk.pane.page)
    desk.pane.history.setFocus()
    press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert pages == ["里程碑", "资金", "月报", "问题", "附件", "变更"]
    assert desk.pane.page == "基本"


def test_the_arrows_of_the_foot_and_the_keyboard_step_through_the_rows(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.pane.step) as asked:
        QTest.mouseClick(desk.pane.footer.down, Qt.MouseButton.LeftButton)
    assert asked.args == [1]
    desk.value("place").setFocus()
    with qtbot.waitSignal(desk.pane.step) as asked:
        press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [-1]


def test_f6_goes_into_the_pane_and_back(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.hide()
    place = QWidget()
    qtbot.addWidget(place)
    grid = QLineEdit(place)
    pane = RecordPane(desk.session, desk.theme, place)
    pane.move(0, 40)
    place.show()
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)
    pane.show_record(desk.uid)
    grid.setFocus()
    press(Qt.Key.Key_F6)
    assert pane.fields.rows[0].value.hasFocus()
    press(Qt.Key.Key_F6)
    assert grid.hasFocus()
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Escape)
    assert grid.hasFocus()


def test_the_record_is_copied_as_lines_of_label_and_value(desk: Desk) -> None:
    desk.pane.header.copied.emit()
    assert "总投资（万元）\t360\n" in QGuiApplication.clipboard().text()


def test_a_copy_is_made_and_wanted(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.pane.wanted) as made:
        desk.pane.header.duplicated.emit()
    assert made.args
    copy = projects.record(desk.ledger, str(made.args[0]))
    assert copy is not None
    assert str(copy.values["name"]).endswith("（副本）")


def test_deleting_asks_first_and_leaves_the_pane_empty(desk: Desk) -> None:
    desk.pane.header.deleted.emit()
    asked = desk.pane.findChild(QMessageBox)
    assert asked is not None
    delete = next(button for button in asked.buttons() if button.text() == "删除")
    delete.click()
    assert desk.pane.uid is None
    assert projects.record(desk.ledger, desk.uid) is None
    desk.session.undo()
    desk.pane.show_record(desk.uid)
    assert desk.pane.uid == desk.uid


def test_erasing_a_contact_asks_first_and_no_undo_brings_it_back(desk: Desk) -> None:
    desk.session.run(projects.edit, desk.uid, {"owner": "甲公司"})
    desk.session.run(projects.edit, desk.uid, {"contact": "张三", "phone": "13888880000"})
    desk.pane.header.erased.emit()
    asked = desk.pane.findChild(QMessageBox)
    assert asked is not None
    next(button for button in asked.buttons() if button.text() == "抹去").click()

    def values() -> tuple[object, ...]:
        record = projects.record(desk.ledger, desk.uid)
        assert record is not None
        return record.values["contact"], record.values["phone"], record.values["owner"]

    assert values() == (None, None, "甲公司")
    desk.session.undo()
    assert values() == (None, None, "甲公司"), "taking its edit back brings no name"
    desk.session.undo()
    assert values()[2] != "甲公司"
    assert "张三" not in desk.pane.history.toPlainText()


def test_changes_read_old_to_new_with_who_and_why(desk: Desk) -> None:
    desk.session.run(projects.edit, desk.uid, {"total_investment": 3_800_000_00}, "按初设批复")
    desk.pane.show_page("变更")
    text = desk.pane.history.toPlainText()
    assert "总投资  360 万元 → 380 万元" in text
    assert "景洪市民政局 王芳" in text
    assert "理由：按初设批复" in text
    assert text.index("380 万元") < text.index("填入")


def test_an_undone_change_is_marked(desk: Desk) -> None:
    desk.session.run(projects.edit, desk.uid, {"owner": "甲"})
    desk.pane.show_page("变更")
    desk.session.undo()
    assert "撤销  业主单位  甲 → （空）" in desk.pane.history.toPlainText()


def test_markup_in_a_value_is_text_in_the_history(desk: Desk) -> None:
    desk.session.run(projects.edit, desk.uid, {"owner": "<b>甲</b>"})
    desk.pane.show_page("变更")
    assert "<b>甲</b>" in desk.pane.history.toPlainText()


def test_a_long_text_is_told_by_the_part_that_differs() -> None:
    old = "建设1个农村区域性养老服务中心，" * 4 + "床位设置100张以上。"
    assert difference(old, old.replace("100", "120")) == (
        "…中心，床位设置100张以上。",
        "…中心，床位设置120张以上。",
    )


def test_what_is_being_typed_is_saved_when_the_ledger_closes(desk: Desk) -> None:
    path = desk.ledger.path
    desk.value("owner").edit()
    typed("甲")
    desk.session.close()
    assert desk.pane.uid is None
    with ledgers.open(path, CLERK) as again:
        record = projects.record(again, desk.uid)
    assert record is not None
    assert record.values["owner"] == "甲"


def test_the_menu_of_the_record_leads_to_its_card(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.pane.way_wanted, timeout=1_000) as wanted:
        next(action for action in desk.pane.header.menu.actions() if action.text() == "打印单项目卡片").trigger()
    assert wanted.args == [Place("reports", f"card:{desk.pane.uid}")]
