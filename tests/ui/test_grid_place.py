"""项目 on screen: what a person sees and does, with real keys and clicks on a real ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.filter_popup import FilterPopup
from laoxiao_desktop.ui.grid_bulk import BulkDialog
from laoxiao_desktop.ui.grid_columns import INDEX
from laoxiao_desktop.ui.grid_paste import PasteDialog
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import milestones, projects
from tests import builders
from tests.ui.grid_desk import Desk, open_desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BOTH = CTRL | SHIFT
K = Qt.Key


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    with open_desk(tmp_path, qtbot) as opened:
        yield opened


def test_projects_stand_under_their_counties_with_subtotals(desk: Desk) -> None:
    assert desk.names()[0] == "景洪市 3 项"
    assert desk.text(0, "total_investment") == "1090.00"
    assert desk.text(0, "central_request") == "748.00"
    assert desk.text(desk.row_of("勐腊县农村"), "total_investment") == "65.67"


def test_the_status_line_sums_what_is_shown_and_what_is_selected(desk: Desk) -> None:
    desk.click("景洪市江北", "name")
    desk.click("景洪市嘎洒", "name", SHIFT)
    desk.qtbot.waitUntil(lambda: desk.place.figures.last[-1] == ("选中 2 项", "810.00"))
    assert desk.place.figures.last[:2] == (("", "6 项"), ("总投资", "3425.67"))


def test_search_shows_matches_from_the_first_character_and_keeps_the_project_in_hand(desk: Desk) -> None:
    desk.take("勐海县打洛")
    desk.place.set_search("腊")
    assert desk.names() == ["勐腊县 1 项", "勐腊县农村敬老院提质改造项目"]
    desk.place.set_search("m")
    assert len(desk.table.rows.ids) == 6, "民政局 begins with m"
    desk.take("勐海县打洛")
    desk.place.set_search("mhx 打洛")
    assert desk.names() == ["勐海县 1 项", "勐海县打洛镇农村区域性养老服务中心项目"]
    assert desk.view.currentIndex().row() == 1
    desk.place.set_search("")
    assert desk.view.currentIndex().row() == desk.row_of("勐海县打洛")


def test_nothing_found_says_so_and_one_button_brings_all_back(desk: Desk) -> None:
    desk.place.set_search("没有这样的")
    assert desk.place.empty.isVisible()
    assert "没有这样的" in desk.place.empty.sentence.text()
    with desk.qtbot.waitSignal(desk.place.search_cleared):
        desk.place.empty.button.click()
    assert desk.table.rows.ids.__len__() == 6


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_chip_narrows_the_rows_shows_its_value_and_its_cross_clears(desk: Desk) -> None:
    chip = desk.place.bar.chips["sector"]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, FilterPopup)
    QTest.keyClicks(popup.field, "ty")
    QTest.keyClick(popup.field, K.Key_Return)
    popup.close()
    assert desk.names() == ["景洪市 1 项", "景洪东风金苹果音乐托幼中心"]
    assert chip.value == "托育"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip._mark_rect().center().toPoint())
    assert len(desk.table.rows.ids) == 6


def test_conditions_combine_and_escape_in_the_grid_clears_them(desk: Desk) -> None:
    desk.place.bar.changed.emit("sector", ("养老",))
    desk.place.bar.changed.emit("county", ("532822", "532823"))
    assert len(desk.table.rows.ids) == 3
    assert desk.place.bar.chips["county"].value == "勐海县、勐腊县"
    desk.key(K.Key_Escape)
    assert len(desk.table.rows.ids) == 6


def test_the_scope_of_the_window_narrows_the_grid(desk: Desk) -> None:
    desk.session.narrow(Scope(county="532823"))
    assert len(desk.table.rows.ids) == 1


def test_a_title_sorts_up_down_and_not_at_all_and_shift_adds(desk: Desk) -> None:
    desk.place._group_by(None)
    desk.click_title("total_investment")
    assert desk.names()[0].startswith("勐腊县农村")
    desk.click_title("total_investment")
    assert desk.names()[0].startswith("勐海县城乡")
    desk.click_title("kind", SHIFT)
    assert desk.place.state.order == (("total_investment", True), ("kind", False))
    desk.click_title("total_investment")
    assert not desk.place.state.order


def test_enter_edits_a_cell_and_saves_at_once(desk: Desk) -> None:
    desk.take("景洪市江北", "total_investment")
    desk.key(K.Key_Return)
    desk.type("3700000元")
    desk.key(K.Key_Return)
    assert desk.stored("景洪市江北", "total_investment") == 370_000_000
    assert desk.text(desk.row_of("景洪市江北"), "total_investment") == "370.00"
    assert desk.view.currentIndex().row() == desk.row_of("景洪市嘎洒")


def test_typing_replaces_tab_moves_on_and_escape_restores(desk: Desk) -> None:
    desk.take("景洪市江北", "total_investment")
    QTest.keyClicks(desk.view, "5")
    desk.key(K.Key_Tab)
    assert desk.view.currentIndex().column() == INDEX["central_request"]
    assert desk.stored("景洪市江北", "total_investment") == 360_000_000, "5 is less than what is asked for"
    desk.take("景洪市江北", "list_no")
    QTest.keyClicks(desk.view, "7")
    QTest.keyClicks(desk.heart(), "7")
    desk.key(K.Key_Tab)
    assert desk.stored("景洪市江北", "list_no") == 77
    assert desk.row_of("景洪市江北") == 1, "it stays where it is until it is sorted again"
    desk.take("景洪市嘎洒", "total_investment")
    desk.key(K.Key_F2)
    desk.type("1")
    desk.key(K.Key_Escape)
    assert desk.stored("景洪市嘎洒", "total_investment") == 450_000_000
    assert desk.view.delegate.editor is None


def test_a_wrong_value_stays_in_its_cell_with_the_reason(desk: Desk) -> None:
    desk.take("景洪市江北", "total_investment")
    desk.key(K.Key_Return)
    desk.type("很多")
    desk.key(K.Key_Return)
    editor = desk.view.delegate.editor
    assert editor is not None
    assert editor.is_wrong
    assert editor.note.text()
    desk.key(K.Key_Tab)
    uid = desk.table.uid_at(desk.row_of("景洪市江北"))
    assert uid is not None
    draft = desk.table.draft(uid, "total_investment")
    assert draft is not None
    assert draft[0] == "很多"
    assert desk.stored("景洪市江北", "total_investment") == 360_000_000
    desk.take("景洪市江北", "total_investment")
    desk.key(K.Key_Escape)
    assert desk.table.draft(uid, "total_investment") is None


def test_a_request_above_the_total_is_refused_in_the_cell(desk: Desk) -> None:
    desk.take("景洪市江北", "central_request")
    desk.key(K.Key_F2)
    desk.type("999")
    desk.key(K.Key_Return)
    editor = desk.view.delegate.editor
    assert editor is not None
    assert editor.is_wrong
    assert desk.stored("景洪市江北", "central_request") == 288_000_000
    desk.key(K.Key_Escape)


def test_a_choice_is_picked_from_its_list(desk: Desk) -> None:
    desk.take("景洪市江北", "kind")
    desk.key(K.Key_F2)
    desk.type("gkj")
    desk.key(K.Key_Return)
    assert desk.stored("景洪市江北", "build_kind") == "改扩建"


def test_a_range_is_copied_with_titles(desk: Desk) -> None:
    desk.click("景洪市江北", "total_investment")
    desk.click("景洪市嘎洒", "central_request", SHIFT)
    desk.key(K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "360.00\t288.00\n450.00\t360.00"
    desk.key(K.Key_C, BOTH)
    assert QGuiApplication.clipboard().text().startswith("总投资（万元）\t申请中央（万元）\n")


def test_a_pasted_block_is_shown_first_and_is_one_change(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("361\t281\n451\t361\n")
    desk.take("景洪市江北", "total_investment")
    desk.key(K.Key_V, CTRL)
    dialog = desk.place.window().findChild(PasteDialog)
    assert dialog is not None
    assert dialog.sentence() == "改 4 格"
    assert desk.stored("景洪市嘎洒", "total_investment") == 450_000_000
    dialog.accept()
    assert desk.stored("景洪市嘎洒", "total_investment") == 451_000_000
    desk.session.undo()
    assert desk.stored("景洪市江北", "central_request") == 288_000_000


def test_rows_below_the_last_one_are_added(desk: Desk) -> None:
    desk.place._group_by(None)
    last = desk.names()[-1]
    QGuiApplication.clipboard().setText(f"{last}\n新建的一个项目\n新建的又一个\n")
    desk.take(last)
    desk.key(K.Key_V, CTRL)
    dialog = desk.place.window().findChild(PasteDialog)
    assert dialog is not None
    dialog.accept()
    assert len(desk.table.rows.ids) == 8


def test_fill_down_repeats_the_first_row(desk: Desk) -> None:
    desk.click("景洪市江北", "span")
    desk.click("景洪市嘎洒", "total_investment", SHIFT)
    desk.key(K.Key_D, CTRL)
    assert desk.stored("景洪市嘎洒", "total_investment") == 360_000_000


def test_many_projects_are_changed_at_once_after_a_count(desk: Desk) -> None:
    desk.key(K.Key_A, CTRL)
    desk.key(K.Key_H, CTRL)
    dialog = desk.place.window().findChild(BulkDialog)
    assert dialog is not None
    dialog.which.setCurrentIndex(dialog.which.findData("status"))
    dialog.value.setEditText("不是状态")
    assert not dialog.accept_button.isEnabled()
    dialog.value.setEditText("在建")
    assert dialog.accept_button.text() == "修改 6 项"
    dialog.accept_button.click()
    assert desk.stored("勐腊县农村", "status") == "在建"


def test_delete_empties_cells_and_deletes_whole_rows(desk: Desk) -> None:
    desk.take("景洪市江北", "span")
    desk.key(K.Key_Delete)
    assert desk.stored("景洪市江北", "span") is None
    desk.take("景洪市江北")
    with desk.qtbot.waitSignal(desk.session.refused):
        desk.key(K.Key_Delete)
    desk.click("景洪市江北", "list_no")
    desk.key(K.Key_Delete)
    assert len(desk.table.rows.ids) == 5
    assert desk.view.currentIndex().row() == desk.row_of("景洪市嘎洒")
    desk.session.undo()
    assert len(desk.table.rows.ids) == 6


def test_a_new_project_is_named_at_once_even_when_conditions_hide_it(desk: Desk) -> None:
    desk.place.set_search("打洛")
    desk.take("勐海县打洛")
    desk.key(K.Key_N, CTRL)
    desk.type("勐海县新托育园")
    desk.key(K.Key_Return)
    assert desk.stored("勐海县新托育园", "county") == "532822"
    assert desk.names()[-1] == "勐海县新托育园"


def test_groups_close_by_click_and_by_key_and_the_project_in_hand_stays(desk: Desk) -> None:
    desk.take("勐腊县农村")
    desk.click("景洪市 3 项", "name")
    assert len(desk.names()) == 6
    desk.key(K.Key_Right)
    assert len(desk.names()) == 9
    desk.key(K.Key_Left)
    assert len(desk.names()) == 6


def test_the_selection_stays_on_its_project_when_rows_above_go(desk: Desk) -> None:
    desk.take("勐海县打洛", "place")
    uid = desk.table.uid_at(desk.view.currentIndex().row())
    other = desk.table.uid_at(desk.row_of("景洪市江北"))
    assert other is not None
    desk.session.run(projects.delete, [other])
    index = desk.view.currentIndex()
    assert desk.table.uid_at(index.row()) == uid


def test_columns_are_chosen_and_remembered_and_reset(desk: Desk) -> None:
    desk.place.columns.hide("span")
    assert "span" not in desk.view.header.names()
    desk.place.columns.chosen.emit((*desk.view.header.names(), "owner"))
    assert desk.view.header.names()[-1] == "owner"
    assert desk.session.settings.get("projects.state") is not None
    desk.place._reset_columns()
    assert "span" in desk.view.header.names()


def test_a_view_is_saved_chosen_and_deleted(desk: Desk) -> None:
    desk.place.bar.changed.emit("county", ("532822",))
    desk.place.views.save("勐海的项目", desk.place.state)
    assert desk.place.bar.menus["view"].value == "勐海的项目"
    desk.place.views.chosen.emit(*desk.place.views.known()[0][:2])
    assert len(desk.table.rows.ids) == 6
    name, state, uid = desk.place.views.known()[-1]
    assert (name, uid is not None) == ("勐海的项目", True)
    desk.place.views.chosen.emit(name, state)
    assert len(desk.table.rows.ids) == 2


def test_frozen_columns_stay_when_scrolled_sideways(desk: Desk) -> None:
    desk.place.columns.chosen.emit(
        ("list_no", "name", "total_investment", "content", "owner", "leader", "contact", "phone", "remark")
    )
    bar = desk.view.horizontalScrollBar()
    desk.qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    desk.click("勐海县打洛", "name")
    assert desk.view.currentIndex().data().startswith("勐海县打洛")
    assert bar.value() == bar.maximum()


def test_the_context_menu_offers_everything_with_its_key(desk: Desk) -> None:
    menu = desk.place.actions_of_grid.menu([])
    words = [action.text() for action in menu.actions() if action.text()]
    assert "批量修改…" in words
    assert all(action.shortcut().toString() or "\t" in action.text() for action in menu.actions() if action.text())
    menu.deleteLater()
    assert isinstance(menu, QMenu)


def test_the_record_pane_follows_the_row_and_hides(desk: Desk) -> None:
    desk.take("勐腊县农村")
    desk.qtbot.waitUntil(lambda: desk.place.pane.uid == desk.table.uid_at(desk.row_of("勐腊县农村")))
    desk.place.pane.step.emit(-1)
    assert desk.view.currentIndex().row() == desk.row_of("勐海县城乡")
    desk.key(K.Key_F4)
    assert desk.place.pane.isHidden()
    desk.key(K.Key_F4)
    assert desk.place.pane.isVisible()


def test_a_drag_from_the_number_selects_whole_rows(desk: Desk) -> None:
    desk.drag(("景洪市江北", "list_no"), ("景洪东风", "name"))
    assert desk.view.has_whole_rows()
    assert len(desk.place.actions_of_grid.selected_ids()) == 3


def test_a_dragged_title_changes_places_and_the_frozen_two_stay(desk: Desk) -> None:
    header = desk.view.header
    desk.drag_title("central_request", "span")
    names = header.names()
    assert names.index("central_request") < names.index("total_investment")
    assert desk.place.state.columns == names
    desk.drag_title("total_investment", "name")
    assert header.names()[:2] == ("list_no", "name")


def test_a_double_click_on_a_border_fits_the_column(desk: Desk) -> None:
    header = desk.view.header
    section = INDEX["place"]
    desk.place.columns.chosen.emit(("list_no", "name", "place"))
    at = QPoint(header.sectionViewportPosition(section) + header.sectionSize(section) - 1, 10)
    before = header.sectionSize(section)
    QTest.mouseMove(header.viewport(), at)
    QTest.mouseDClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert header.sectionSize(section) < before
    assert not desk.place.state.order
    assert desk.session.settings.get("projects.widths") == {"place": header.sectionSize(section)}


def test_deleting_everything_asks_first(desk: Desk) -> None:
    for number in range(8):
        builders.add_project(desk.session.ledger, f"又一个项目{number}")
    desk.place.ask()
    desk.key(K.Key_A, CTRL)
    desk.key(K.Key_Minus, CTRL)
    asked = desk.place.window().findChild(QMessageBox)
    assert asked is not None
    assert len(desk.table.rows.ids) == 14
    next(button for button in asked.buttons() if button.text() == "删除 14 个项目").click()
    assert not len(desk.table.rows.ids)
    desk.session.undo()
    assert len(desk.table.rows.ids) == 14


def test_lights_and_milestones_appear_with_the_first_milestone(desk: Desk) -> None:
    assert "light" not in desk.view.header.names()
    uid = desk.table.uid_at(desk.row_of("景洪市江北"))
    assert uid is not None
    desk.session.run(milestones.start_from_template, uid)
    assert "light" in desk.view.header.names()
    assert desk.text(desk.row_of("景洪市江北"), "light") == "红"
    assert desk.text(desk.row_of("景洪市嘎洒"), "light") == ""


def test_a_computed_cell_says_that_it_is_computed(desk: Desk) -> None:
    desk.take("景洪市江北", "ratio")
    with desk.qtbot.waitSignal(desk.session.hinted) as said:
        desk.key(K.Key_Return)
    assert said.args == ["占比由程序算出，不能直接填写"]


def test_a_search_in_letters_marks_the_characters_they_stand_for(desk: Desk) -> None:
    cells = desk.view.painter_of_cells
    desk.place.set_search("jbjd")
    desk.qtbot.waitUntil(lambda: cells.initials is not None)
    assert cells.sought("景洪市江北街道") == [(3, 7)]
    assert cells.sought("JBJD 路") == [(0, 4)]
    assert cells.sought("勐海县") == []


def test_what_a_search_hid_is_in_hand_again_when_it_is_shown_again(desk: Desk) -> None:
    desk.take("勐海县打洛")
    desk.place.set_search("综合养老")
    assert not desk.view.currentIndex().isValid()
    desk.place.set_search("")
    assert desk.view.currentIndex().row() == desk.row_of("勐海县打洛")


def test_down_from_the_search_takes_the_first_match(desk: Desk) -> None:
    desk.place.bar.more.setFocus()
    desk.take("勐海县打洛")
    desk.place.set_search("综合养老")
    desk.view.setFocus(Qt.FocusReason.OtherFocusReason)
    assert desk.view.currentIndex().row() == 1


def test_what_is_being_typed_is_saved_when_the_ledger_closes(desk: Desk) -> None:
    path = desk.session.ledger.path
    desk.take("景洪市江北", "total_investment")
    desk.key(K.Key_Return)
    desk.type("365")
    desk.session.close()
    assert desk.table.rowCount() == 0
    desk.session.take(ledgers.open(path, builders.CLERK))
    assert desk.stored("景洪市江北", "total_investment") == 365_000_000


def test_a_read_only_ledger_is_shown_and_says_why_it_cannot_be_changed(desk: Desk) -> None:
    path = desk.session.ledger.path
    desk.session.close()
    desk.session.take(ledgers.open(path, builders.CLERK, read_only=True))
    desk.take("景洪市江北", "total_investment")
    with desk.qtbot.waitSignal(desk.session.hinted) as said:
        desk.key(K.Key_Return)
    assert "只读" in said.args[0]
    assert desk.view.delegate.editor is None
    desk.click("景洪市江北", "list_no")
    with desk.qtbot.waitSignal(desk.session.refused):
        desk.key(K.Key_Delete)
    assert len(desk.table.rows.ids) == 6


def test_the_heading_of_the_rows_at_the_top_stays_and_can_be_clicked(desk: Desk) -> None:
    desk.place.resize(900, 260)
    QTest.qWait(20)
    view, bar = desk.view, desk.view.verticalScrollBar()
    bar.setValue(70)
    standing = view.standing_heading()
    assert standing is not None
    row, area = standing
    assert (row, area.top()) == (0, 0)
    desk.take("景洪东风")
    desk.key(Qt.Key.Key_Up)
    desk.key(Qt.Key.Key_Up)
    covered = view.standing_heading()
    bottom = covered[1].bottom() if covered else -1
    assert view.visualRect(view.currentIndex()).top() > bottom, "what the hand comes to is not under the heading"
    bar.setValue(70)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    assert "532801" in desk.table.rows.closed


def test_space_opens_the_record_and_escape_leads_back(desk: Desk) -> None:
    desk.place.side.show(False)
    desk.take("勐海县打洛")
    desk.key(Qt.Key.Key_Space)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert desk.place.pane.isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert desk.view.hasFocus()


def test_a_refused_value_stays_in_its_cell_when_another_cell_is_taken(desk: Desk) -> None:
    desk.take("景洪市江北", "total_investment")
    desk.key(Qt.Key.Key_F2)
    desk.type("1")
    desk.key(Qt.Key.Key_Return)
    editor = desk.view.delegate.editor
    assert editor is not None
    assert editor.is_wrong
    desk.take("景洪市嘎洒", "total_investment")
    assert desk.view.delegate.editor is None
    uid = desk.table.uid_at(desk.row_of("景洪市江北"))
    assert desk.table.draft(str(uid), "total_investment") is not None
    assert desk.stored("景洪市江北", "total_investment") == 360 * 1_000_000


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_keys_lead_to_the_conditions_and_back(desk: Desk) -> None:
    desk.take("勐海县打洛")
    desk.key(Qt.Key.Key_L, CTRL)
    chip = desk.place.bar.chips["sector"]
    assert chip.hasFocus()
    QTest.keyClick(chip, Qt.Key.Key_Escape)
    assert desk.view.hasFocus()
    desk.key(Qt.Key.Key_G, CTRL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()][:2] == ["不分组", "县市"]
    menu.close()
