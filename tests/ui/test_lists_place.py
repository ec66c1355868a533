"""指标与清单: seen, searched, filtered by unit and edited where they stand, by real keys on a real ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.lists_delegate import MOST_LINES
from laoxiao_desktop.ui.lists_kinds import KINDS, fitting
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.workspace import history, lists
from tests.ui.lists_desk import LONG, ListsDesk, press, typed

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[ListsDesk]:
    made = ListsDesk(qtbot, tmp_path)
    yield made
    made.session.close()


def test_every_kind_has_its_tab_and_count(desk: ListsDesk) -> None:
    names = [desk.place.tabs.tab(kind.key).accessibleName() for kind in KINDS]
    assert names[:5] == ["指标 5 项", "年度目标 1 项", "任务 1 项", "政策 1 项", "要素 0 项"]
    told = [("指标", "4 项"), ("约束性", "1"), ("正文另复述", "1"), ("出自指标表", "3"), ("出自正文", "1")]
    assert desk.figures[-1] == told


def test_rows_stand_under_their_plan_and_table_with_a_column_for_each_year(desk: ListsDesk) -> None:
    assert desk.headings() == [
        "文山州 指标体系表 1", "文山州 正文 2", "西双版纳州 养老指标表 1", "西双版纳州 托育指标表 1",
    ]  # fmt: skip
    assert desk.texts("target:2025") == ["97以上", "17850", "97%以上", "≥60", ">95"]
    assert desk.texts("target:2023") == ["", "", "", "", ">90"]


def test_a_prose_indicator_shows_the_sentence_it_was_read_from(desk: ListsDesk) -> None:
    line = desk.place.table.line_of(str(desk.row("养老机构床位数")["uid"]))
    assert line is not None
    assert desk.place.table.quote(line, desk.column("name")) == "养老机构床位数增至17850张"


def test_prose_that_repeats_a_row_of_the_table_says_which(desk: ListsDesk) -> None:
    quotes = [desk.place.table.quote(line, desk.column("name")) for line in range(desk.place.table.rowCount())]
    assert "同表中第 1 项：参保率稳定在97%以上" in quotes


def test_the_scope_of_the_window_narrows_all_kinds_and_names_the_missing_annex(desk: ListsDesk) -> None:
    desk.session.narrow(Scope(desk.plans["文山州"]))
    assert desk.headings() == ["指标体系表  1", "正文  2"]
    desk.place.tabs.choose("policy")
    assert desk.place.empty.isVisible()
    assert desk.place.empty.words == "文山州的“重大政策清单”在方案中列了名，但没有随文公布。"
    desk.place.tabs.choose("task")
    assert desk.place.empty.words == "文山州的公布文本里没有任务。"


def test_the_unit_filter_answers_over_all_kinds_what_a_unit_bears(desk: ListsDesk) -> None:
    desk.place.bar.set_units(["州民政局"])
    assert desk.place.bar.told == "承担 3 项：指标 1，任务 1，政策 1"
    assert desk.texts("name") == ["失能特困人员集中供养率"]
    desk.place.tabs.choose("goal")
    assert desk.place.empty.words == "州民政局没有承担这里的年度目标。"
    desk.place.empty.acted.emit()
    assert desk.place.bar.told == ""
    assert desk.texts("name") == ["新增养老床位"]


def test_words_of_the_search_field_narrow_all_kinds(desk: ListsDesk) -> None:
    desk.place.set_search("访视")
    assert desk.texts("name") == ["新生儿访视率"]
    desk.place.set_search("sczhs")
    assert desk.texts("name") == []
    desk.place.set_search("xse wsjk")  # 新生儿, 卫生健康委
    assert desk.texts("name") == ["新生儿访视率"]
    desk.place.set_search("没有这样的词")
    assert desk.place.empty.words == "没有指标含有“没有这样的词”。"


def test_enter_edits_a_target_as_printed_and_saves_it_at_once(desk: ListsDesk) -> None:
    desk.stand_on("失能特困人员集中供养率", "target:2025")
    press(Qt.Key.Key_Return)
    typed("持续增加")
    press(Qt.Key.Key_Return)
    assert lists.indicators(desk.ledger, desk.plans["西双版纳州"])[0]["targets"] == {2025: "持续增加"}
    assert desk.place.view.hasFocus()
    assert desk.texts("target:2025")[3] == "持续增加"
    desk.session.undo()
    assert desk.texts("target:2025")[3] == "≥60"


def test_a_target_can_be_set_for_a_year_that_had_none(desk: ListsDesk) -> None:
    desk.stand_on("失能特困人员集中供养率", "target:2023")
    press(Qt.Key.Key_F2)
    typed("≥50")
    press(Qt.Key.Key_Return)
    assert desk.row("失能特困人员集中供养率")["targets"] == {2023: "≥50", 2025: "≥60"}


def test_tab_saves_and_goes_on_to_the_next_cell(desk: ListsDesk) -> None:
    desk.stand_on("新生儿访视率", "target:2023")
    press(Qt.Key.Key_F2)
    typed("≥91")
    press(Qt.Key.Key_Tab)
    edit = desk.place.view.edit_in_hand
    assert edit is not None
    assert edit.editor.value_text() == ">95"
    press(Qt.Key.Key_Escape)
    assert desk.row("新生儿访视率")["targets"] == {2023: "≥91", 2025: ">95"}


def test_a_wrong_value_keeps_its_text_and_says_why_and_escape_restores(desk: ListsDesk) -> None:
    desk.place.tabs.choose("goal")
    desk.stand_on("新增养老床位", "year")
    press(Qt.Key.Key_Return)
    typed("今年")
    press(Qt.Key.Key_Return)
    edit = desk.place.view.edit_in_hand
    assert edit is not None
    assert edit.editor.value_text() == "今年"
    assert "不是年份" in edit.message
    press(Qt.Key.Key_Escape)
    assert desk.row("新增养老床位")["year"] == 2022


def test_typing_starts_anew_and_delete_empties_a_cell(desk: ListsDesk) -> None:
    desk.stand_on("基本医疗保险参保率", "base")
    QTest.keyClick(desk.place.view, Qt.Key.Key_9)
    press(Qt.Key.Key_Return)
    assert desk.row("基本医疗保险参保率")["base"] == "9"
    press(Qt.Key.Key_Delete)
    assert desk.row("基本医疗保险参保率")["base"] is None


def test_a_name_cannot_be_emptied(desk: ListsDesk) -> None:
    desk.stand_on("新生儿访视率", "name")
    press(Qt.Key.Key_Delete)
    assert desk.row("新生儿访视率")["name"] == "新生儿访视率"
    press(Qt.Key.Key_Escape)


def test_a_new_row_begins_with_its_name_and_undo_takes_it_back(desk: ListsDesk) -> None:
    desk.stand_on("新生儿访视率", "name")
    press(Qt.Key.Key_N, CONTROL)
    assert desk.place.view.is_editing
    typed("托育机构备案率")
    press(Qt.Key.Key_Return)
    made = desk.row("托育机构备案率")
    assert (made["plan"], made["list_title"], made["sector"]) == (desk.plans["西双版纳州"], "托育指标表", "托育")
    desk.session.undo()
    desk.session.undo()
    assert len(desk.place.rows("indicator")) == 5


def test_whole_rows_are_deleted_and_come_back(desk: ListsDesk) -> None:
    desk.stand_on("失能特困人员集中供养率", "name")
    press(Qt.Key.Key_Space, SHIFT)
    press(Qt.Key.Key_Delete)
    assert "失能特困人员集中供养率" not in desk.texts("name")
    in_hand = desk.place.view.in_hand()
    assert in_hand is not None
    assert in_hand["name"] == "新生儿访视率"
    assert history.next_undo(desk.ledger) == "删除 1 条指标"
    desk.session.undo()
    assert "失能特困人员集中供养率" in desk.texts("name")


def test_cells_are_copied_as_a_spreadsheet_takes_them(desk: ListsDesk) -> None:
    desk.place.tabs.choose("policy")
    desk.stand_on("《关于促进养老托育服务健康发展的意见》", "name")
    press(Qt.Key.Key_Space, SHIFT)
    press(Qt.Key.Key_C, CONTROL | SHIFT)
    titles, cells = QGuiApplication.clipboard().text().split("\n")
    assert titles.split("\t")[:2] == ["序号", "政策"]
    assert LONG in cells.split("\t")
    press(Qt.Key.Key_C, CONTROL)
    assert "\n" not in QGuiApplication.clipboard().text()


def test_a_long_text_takes_three_lines_at_most_and_stands_in_full_beside(desk: ListsDesk) -> None:
    desk.place.tabs.choose("policy")
    view, at = desk.place.view, desk.column("measure")
    cell = view.delegate.cell(1, at, view.columnWidth(at))
    assert len(cell.lines) == MOST_LINES
    assert cell.is_cut
    assert cell.lines[-1].endswith("…")
    assert desk.place.detail.rows["measure"].value.shown.text == LONG


def test_the_detail_beside_edits_the_row_and_shows_what_was_published(desk: ListsDesk) -> None:
    desk.place.view.setFocus()
    desk.stand_on("失能特困人员集中供养率", "name")
    desk.place.detail.edit("target:2025")
    typed("≥65")
    press(Qt.Key.Key_Return)
    assert desk.row("失能特困人员集中供养率")["targets"] == {2025: "≥65"}
    notes = desk.place.detail.rows["target:2025"].notes.lines
    assert [line.note.text for line in notes] == ["公布 ≥60"]


def test_f4_puts_the_detail_away_and_the_grid_takes_its_room(desk: ListsDesk, qtbot: QtBot) -> None:
    desk.place.view.setFocus()
    before = desk.place.view.width()
    press(Qt.Key.Key_F4)
    assert not desk.place.detail.isVisible()
    qtbot.waitUntil(lambda: desk.place.view.width() > before, timeout=2_000)
    assert "source" in [column.name for column in desk.place.table.columns]


def test_a_heading_folds_by_keyboard(desk: ListsDesk) -> None:
    view = desk.place.view
    view.setFocus()
    view.setCurrentIndex(desk.place.table.index(0, 0))
    press(Qt.Key.Key_Left)
    assert desk.place.table.rowCount() == 8
    press(Qt.Key.Key_Right)
    assert desk.place.table.rowCount() == 9


def test_a_title_sorts_up_then_down_then_not(desk: ListsDesk) -> None:
    desk.place.group_by("none")
    header = desk.place.view.header
    at = header.sectionViewportPosition(desk.column("target:2025")) + 20
    spot = header.rect().center()
    spot.setX(at)
    as_published = ["97以上", "17850", "97%以上", "≥60", ">95"]
    for expected in (
        ["≥60", ">95", "97%以上", "97以上", "17850"], ["17850", "97以上", "97%以上", ">95", "≥60"], as_published,
    ):  # fmt: skip
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert desk.texts("target:2025") == expected


def test_columns_of_high_rank_give_way_first_and_names_never() -> None:
    kept, widths = fitting(KINDS[0].columns, 500)
    names = [column.name for column in kept]
    assert "name" in names
    assert "source" not in names
    assert sum(widths) <= 500


def test_the_table_keeps_the_promises_of_a_qt_model(desk: ListsDesk) -> None:
    tester = QAbstractItemModelTester(desk.place.table, QAbstractItemModelTester.FailureReportingMode.Warning)
    desk.place.tabs.choose("policy")
    desk.place.tabs.choose("indicator")
    desk.place.group_by("sector")
    del tester
