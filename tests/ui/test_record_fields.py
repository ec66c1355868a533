"""基本: fields are edited where they stand, by real keys and clicks, on a real ledger."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import TABLES
from laoxiao_desktop.ui.record_editors import LineEditor
from laoxiao_desktop.ui.record_shown import ADOPT, RESTORE
from laoxiao_desktop.workspace import history, projects
from laoxiao_desktop.workspace import ledger as ledgers
from tests.builders import CLERK, add_project
from tests.ui.record_desk import Desk, press, typed


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(qtbot, tmp_path)


def test_every_field_with_a_section_stands_on_the_page(desk: Desk) -> None:
    named = {field.name for field in TABLES["project"] if field.section}
    assert {row.field.name for row in desk.pane.fields.rows} == named
    assert all(row.value.accessibleName() for row in desk.pane.fields.rows)


def test_a_click_edits_where_the_text_stands_and_enter_saves_at_once(desk: Desk) -> None:
    value = desk.value("owner")
    height = value.height()
    QTest.mouseClick(value, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert isinstance(value.editor, LineEditor)
    assert value.height() == height
    typed("景洪市民政局")
    press(Qt.Key.Key_Return)
    assert desk.stored("owner") == "景洪市民政局"
    assert value.editor is None
    assert value.has_tick
    assert value.hasFocus()


def test_money_is_read_as_clerks_write_it_and_says_what_was_understood(desk: Desk) -> None:
    desk.value("total_investment").edit()
    typed("４００万元")
    assert "读作 400 万元" in desk.notes("total_investment")
    press(Qt.Key.Key_Return)
    assert desk.stored("total_investment") == 4_000_000_00


def test_a_wrong_value_keeps_its_text_marks_the_field_and_says_why(desk: Desk) -> None:
    value = desk.value("total_investment")
    value.edit()
    typed("36o万")
    assert "36o万" in desk.notes("total_investment")
    press(Qt.Key.Key_Return)
    assert value.editor is not None
    press(Qt.Key.Key_Tab)
    assert value.editor is None
    assert value.is_wrong
    assert value.draft == "36o万"
    assert desk.stored("total_investment") == 3_600_000_00
    value.setFocus()
    press(Qt.Key.Key_Escape)
    assert not value.is_wrong
    assert desk.notes("total_investment") == ""


def test_a_wrong_text_waits_for_its_own_project(desk: Desk) -> None:
    other = add_project(desk.ledger, "勐海县打洛镇项目")
    desk.value("total_investment").edit()
    typed("十几万")
    desk.pane.show_record(other)
    assert not desk.value("total_investment").is_wrong
    desk.pane.show_record(desk.uid)
    assert desk.value("total_investment").draft == "十几万"


def test_a_request_above_the_total_is_refused_below_the_field(desk: Desk) -> None:
    desk.value("central_request").edit()
    typed("361")
    press(Qt.Key.Key_Return)
    assert "高于总投资" in desk.notes("central_request")
    assert desk.stored("central_request") == 2_880_000_00


def test_a_warning_does_not_keep_a_value_from_being_saved(desk: Desk) -> None:
    desk.value("central_request").edit()
    typed("350")
    press(Qt.Key.Key_Return)
    assert desk.stored("central_request") == 3_500_000_00
    severities = [line.note.severity for line in desk.pane.fields.row("central_request").notes.lines]
    assert severities == ["warning"]


def test_escape_restores(desk: Desk) -> None:
    desk.value("place").edit()
    typed("别处")
    press(Qt.Key.Key_Escape)
    assert desk.value("place").shown.text == "景洪市江北街道"
    assert desk.stored("place") == "景洪市江北街道"
    assert history.next_undo(desk.ledger) != "“建设地点”改为 别处"


def test_tab_saves_and_edits_the_next_field_and_back(desk: Desk) -> None:
    desk.value("leader").edit()
    typed("李副州长")
    press(Qt.Key.Key_Tab)
    assert desk.stored("leader") == "李副州长"
    assert desk.value("contact").editor is not None
    press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert desk.value("contact").editor is None
    assert desk.value("leader").editor is not None


def test_leaving_by_mouse_saves(desk: Desk) -> None:
    desk.value("leader").edit()
    typed("李副州长")
    QTest.mouseClick(desk.value("remark"), Qt.MouseButton.LeftButton)
    assert desk.stored("leader") == "李副州长"
    assert desk.value("remark").editor is not None


def test_a_click_beside_the_fields_saves(desk: Desk) -> None:
    desk.value("status").edit()
    press(Qt.Key.Key_Down)
    desk.value("owner").edit()
    typed("景讷乡人民政府")
    sheet = desk.pane.fields.widget()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert desk.stored("owner") == "景讷乡人民政府"
    assert desk.value("owner").editor is None


def test_a_county_is_found_by_its_pinyin_initials(desk: Desk) -> None:
    desk.value("county").edit()
    typed("mhx")
    assert desk.notes("county") == ""
    press(Qt.Key.Key_Return)
    assert desk.stored("county") == "532822"
    assert desk.value("county").shown.text == "勐海县"


def test_a_choice_is_taken_by_arrow_and_an_unknown_word_is_not(desk: Desk) -> None:
    desk.value("status").edit()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert desk.stored("status") == "前期"
    desk.value("status").edit()
    typed("快好了")
    press(Qt.Key.Key_Return)
    assert "可选" in desk.notes("status")


def test_an_open_choice_keeps_a_new_word(desk: Desk) -> None:
    desk.value("facility_type").edit()
    typed("养老")
    press(Qt.Key.Key_Return)
    assert desk.stored("facility_type") == "养老"


def test_units_complete_the_last_name_from_those_in_the_ledger(desk: Desk) -> None:
    add_project(desk.ledger, "勐海县打洛镇项目", responsible_unit="勐海县民政局")
    desk.value("responsible_unit").edit()
    typed("景洪市民政局、mh")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert desk.value("responsible_unit").editor is not None
    press(Qt.Key.Key_Return)
    assert desk.stored("responsible_unit") == "景洪市民政局、勐海县民政局"


def test_a_long_text_grows_and_shift_enter_breaks_the_line(desk: Desk, qtbot: QtBot) -> None:
    value = desk.value("remark")
    value.edit()
    typed("第一行")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    typed("第二行", replacing=False)
    qtbot.waitUntil(lambda: value.height() >= 48, timeout=1000)
    press(Qt.Key.Key_Return)
    assert desk.stored("remark") == "第一行\n第二行"


def test_a_corrected_value_stands_beside_the_published_one_with_its_reason(desk: Desk) -> None:
    row = desk.pane.fields.row("total_investment")
    row.value.edit()
    typed("380")
    press(Qt.Key.Key_Tab)
    assert row.reason is not None
    assert row.reason.editor.hasFocus()
    typed("按初设批复")
    press(Qt.Key.Key_Return)
    assert desk.stored("total_investment") == 3_800_000_00
    assert "公布 360，第 449 行" in desk.notes("total_investment")
    assert history.of_row(desk.ledger, "project", desk.uid)[0].reason == "按初设批复"
    assert row.reason is None
    row.notes.lines[0].link(RESTORE).click()
    assert desk.stored("total_investment") == 3_600_000_00
    assert desk.notes("total_investment") == ""


def test_a_published_value_printed_over_two_lines_is_not_a_correction(desk: Desk) -> None:
    assert desk.notes("span") == ""


def test_a_capacity_is_proposed_from_the_content_and_taken_by_its_link(desk: Desk) -> None:
    assert "由建设内容读出 100张以上" in desk.notes("beds")
    desk.pane.fields.row("beds").notes.lines[0].link(ADOPT).click()
    assert desk.stored("beds") == "100+"
    assert desk.notes("beds") == ""


def test_a_change_from_elsewhere_never_overwrites_a_field_being_edited(desk: Desk) -> None:
    value = desk.value("place")
    value.edit()
    typed("景洪市嘎洒街道")
    desk.session.run(projects.edit, desk.uid, {"place": "景洪市勐龙镇", "owner": "勐龙镇政府"})
    assert desk.value("owner").shown.text == "勐龙镇政府"
    assert value.editor is not None
    assert value.editor.value_text() == "景洪市嘎洒街道"
    press(Qt.Key.Key_Escape)
    assert value.shown.text == "景洪市勐龙镇"


def test_an_input_method_composes_undisturbed(desk: Desk) -> None:
    desk.value("owner").edit()
    editor = QApplication.focusWidget()
    assert isinstance(editor, LineEditor)
    QApplication.sendEvent(editor, QInputMethodEvent("jing hong", []))
    desk.session.run(projects.edit, desk.uid, {"leader": "李副州长"})
    assert QApplication.focusWidget() is editor
    typed("景洪", replacing=False)
    press(Qt.Key.Key_Return)
    assert desk.stored("owner") == "景洪"


def test_undo_brings_the_old_value_back_into_the_pane(desk: Desk) -> None:
    desk.value("leader").edit()
    typed("李副州长")
    press(Qt.Key.Key_Return)
    desk.session.undo()
    assert desk.value("leader").shown.text == ""


def test_a_value_is_copied_by_keyboard(desk: Desk) -> None:
    desk.value("place").setFocus()
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "景洪市江北街道"


def test_a_read_only_ledger_shows_fields_that_cannot_be_edited_and_says_so(desk: Desk, qtbot: QtBot) -> None:
    path = desk.ledger.path
    desk.session.take(ledgers.open(path, CLERK, read_only=True))
    desk.pane.show_record(desk.uid)
    desk.value("place").setFocus()
    press(Qt.Key.Key_F2)
    assert desk.value("place").editor is None
    assert "只读" in desk.pane.header.place.accessibleName()
    assert desk.notes("beds") == ""


def test_text_that_looks_like_markup_is_shown_as_it_is(desk: Desk) -> None:
    desk.session.run(projects.edit, desk.uid, {"owner": "<b>甲</b>"})
    assert desk.value("owner").shown.text == fields.show(desk.value("owner").field, "<b>甲</b>") == "<b>甲</b>"
