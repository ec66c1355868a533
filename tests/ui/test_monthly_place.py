"""月度调度 on screen: a county's month from opening to lock, with real keys and clicks on a real ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from laoxiao_desktop.exchange.forms import HEAD_ROWS, PLACE, SHEET
from laoxiao_desktop.ui.grid_paste import PasteDialog
from laoxiao_desktop.ui.monthly_chase import ChaseDialog
from laoxiao_desktop.ui.monthly_columns import INDEX
from laoxiao_desktop.ui.monthly_filter import is_missing
from laoxiao_desktop.ui.monthly_forms import FormsDialog
from laoxiao_desktop.ui.projects_menus import NamePopup
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.workspace import months, overview
from tests.ui import shell_desk
from tests.ui.month_desk import WAN, Desk, open_desk

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
quiet = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with open_desk(tmp_path, qtbot, monkeypatch) as opened:
        yield opened


def dialog(kind: type[QDialog], desk: Desk) -> QDialog:
    desk.qtbot.waitUntil(lambda: any(one.isVisible() for one in desk.window.findChildren(kind)), timeout=10_000)
    return next(one for one in desk.window.findChildren(kind) if one.isVisible())


def press(asked: QMessageBox, words: str) -> None:
    shell_desk.click(next(button for button in asked.buttons() if button.text() == words))


def popup_reason(desk: Desk, words: str) -> None:
    popup = next(one for one in desk.view.findChildren(NamePopup) if one.isVisible())
    popup.field.setText(words)
    QTest.keyClick(popup.field, K.Key_Return)


def test_last_month_stands_beside_the_empty_new_one(desk: Desk) -> None:
    assert desk.names()[0] == "景洪市 已报 0 / 3"
    assert desk.shown("江北", "before_completed") == "300.00"
    assert desk.shown("江北", "cum_completed") == ""
    assert desk.text(0, "before_completed") == "605.00"
    assert desk.view.header.titles["cum_completed"] == "6月累计完成"
    assert desk.shown("江北", "state") == "未报"


def test_what_a_month_adds_shows_while_it_is_typed_and_escape_takes_it_back(desk: Desk) -> None:
    desk.take("江北")
    desk.type("320")
    assert desk.shown("江北", "month_completed") == "+20.00"
    desk.key(K.Key_Escape)
    assert desk.shown("江北", "month_completed") == ""
    assert desk.stored("江北").now is None
    desk.enter("江北", "cum_completed", "320.5")
    assert desk.shown("江北", "month_completed") == "+20.50"
    assert desk.shown("江北", "rate") == "89"
    assert desk.stored("江北").now.cum_completed == 320_500_000  # type: ignore[union-attr]
    assert desk.view.currentIndex().row() == desk.row_of("嘎洒"), "Enter goes one row down"


def test_tab_passes_over_what_is_computed_and_enter_comes_back_under_the_first_figure(desk: Desk) -> None:
    desk.take("江北")
    for figure, key in (("320", K.Key_Tab), ("300", K.Key_Tab), ("280", K.Key_Return)):
        desk.type(figure)
        desk.key(key)
    now = desk.stored("江北").now
    assert now is not None
    assert (now.cum_completed, now.cum_arrived, now.cum_paid) == (320 * WAN, 300 * WAN, 280 * WAN)
    here = desk.view.currentIndex()
    assert (here.row(), here.column()) == (desk.row_of("嘎洒"), INDEX["cum_completed"])
    desk.take("金苹果")
    desk.type("110")
    desk.key(K.Key_Return)
    assert desk.table.line(desk.view.currentIndex().row()) is not None, "a heading holds nothing to fill"


def test_a_heading_in_hand_tells_how_its_projects_stand(desk: Desk) -> None:
    desk.enter("江北", "cum_completed", "320")
    desk.take("景洪市")
    desk.qtbot.waitUntil(lambda: desk.place.help.words.startswith("景洪市 3 项：未报 2，草稿 1。"))


def test_a_falling_figure_stays_in_its_cell_and_says_the_ways_out(desk: Desk) -> None:
    desk.enter("嘎洒", "cum_completed", "105")
    row = desk.row_of("嘎洒")
    assert desk.text(row, "cum_completed") == "105.00"
    assert desk.text(row, "month_completed") == "−100.00"
    assert "205" in desk.text(row + 1, "name")
    assert "更正说明" in desk.text(row + 1, "name")
    assert desk.stored("嘎洒").now is None, "what a rule refuses is not in the ledger"
    assert desk.text(0, "month_completed") == "", "sums are of what the ledger holds"
    desk.click_way("嘎洒", 0)
    assert desk.shown("嘎洒", "cum_completed") == ""
    assert desk.table.said(row + 1) is None


def test_a_falling_figure_is_taken_with_its_explanation_by_keys_alone(desk: Desk) -> None:
    desk.enter("嘎洒", "cum_completed", "105")
    assert desk.table.said(desk.view.currentIndex().row()) is not None, "the keyboard stands on what is said"
    desk.key(K.Key_Right)
    desk.key(K.Key_Return)
    desk.type("上月多计监理费")
    desk.key(K.Key_Return)
    report = desk.stored("嘎洒").now
    assert report is not None
    assert (report.cum_completed, report.correction) == (105 * WAN, "上月多计监理费")
    assert desk.table.said(desk.row_of("嘎洒") + 1) is None
    assert desk.text(0, "month_completed") == "−100.00"


def test_a_text_that_is_no_figure_stays_and_says_why(desk: Desk) -> None:
    desk.take("江北")
    desk.type("差不多")
    desk.key(K.Key_Return)
    editor = desk.view.delegate.editor
    assert editor is not None
    assert "不是数字" in editor.note.text()
    desk.key(K.Key_Escape)
    assert desk.stored("江北").now is None


def test_the_help_strip_says_what_the_field_means_and_what_stood_before(desk: Desk) -> None:
    desk.take("江北", "cum_arrived")
    desk.qtbot.waitUntil(lambda: "报账制" in desk.place.help.words)
    assert "完成 300" in desk.place.help.before
    desk.enter("江北", "image_progress", "装修有序推进")
    desk.take("江北", "image_progress")
    desk.qtbot.waitUntil(lambda: "有序推进" in desk.place.help.warning)


@quiet
def test_a_block_from_a_spreadsheet_goes_to_the_open_columns_after_a_preview(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("310\t305\t40\n100\t210\t50")
    desk.take("江北")
    desk.key(K.Key_V, CTRL)
    asked = dialog(PasteDialog, desk)
    assert isinstance(asked, PasteDialog)
    assert asked.sentence() == "改 5 格，1 格不符合，不粘贴"
    asked.accept()
    first, second = desk.stored("江北").now, desk.stored("嘎洒").now
    assert first is not None
    assert second is not None
    assert (first.cum_completed, first.cum_arrived, first.cum_paid) == (310 * WAN, 305 * WAN, 40 * WAN)
    assert (second.cum_completed, second.cum_arrived) == (None, 210 * WAN), "the falling figure was left out"


@quiet
def test_a_block_with_names_finds_its_projects(desk: Desk) -> None:
    QGuiApplication.clipboard().setText(
        "项目名称\t累计完成投资（万元）\n城乡社区日间照料中心\t1000\n没有这个项目\t5\n江北街道综合养老服务中心\t301"
    )
    desk.take("江北")
    desk.key(K.Key_V, CTRL)
    asked = dialog(PasteDialog, desk)
    assert isinstance(asked, PasteDialog)
    assert asked.sentence() == "改 2 格，1 格不符合，不粘贴"
    asked.accept()
    assert desk.stored("城乡").now.cum_completed == 1000 * WAN  # type: ignore[union-attr]
    assert desk.stored("江北").now.cum_completed == 301 * WAN  # type: ignore[union-attr]


def test_fill_down_and_no_change_touch_all_selected_as_one_change(desk: Desk) -> None:
    desk.enter("江北", "stage", "主体封顶")
    desk.take("江北", "stage")
    desk.key(K.Key_Down, SHIFT)
    desk.key(K.Key_Down, SHIFT)
    desk.key(K.Key_D, CTRL)
    assert [desk.shown(name, "stage") for name in ("江北", "嘎洒", "金苹果")] == ["主体封顶"] * 3
    desk.select(("江北", "嘎洒"))
    desk.key(K.Key_E, CTRL)
    assert desk.shown("江北", "cum_completed") == "300.00"
    assert desk.shown("嘎洒", "month_completed") == "0.00"
    desk.session.undo()
    assert desk.shown("江北", "cum_completed") == ""


@quiet
def test_a_report_goes_from_draft_to_approved_and_back_with_a_reason(desk: Desk) -> None:
    desk.select(("江北", "嘎洒"))
    desk.key(K.Key_E, CTRL)
    assert desk.shown("江北", "state") == "草稿"
    desk.select(("江北", "嘎洒", "金苹果"))
    desk.key(K.Key_Return, CTRL)
    assert [desk.shown(name, "state") for name in ("江北", "嘎洒", "金苹果")] == ["已报", "已报", "未报"]
    assert "1 项还没有填" in desk.said()
    assert desk.names()[0] == "景洪市 已报 2 / 3"
    desk.select(("江北",))
    desk.key(K.Key_Return, CTRL | SHIFT)
    assert desk.shown("江北", "state") == "已审"
    desk.take("江北")
    desk.key(K.Key_F2)
    assert desk.view.delegate.editor is None
    assert "已审核" in desk.said()
    desk.key(K.Key_Backspace, CTRL)
    popup_reason(desk, "支付数与凭证不符")
    assert desk.shown("江北", "state") == "退回"
    desk.take("江北")
    desk.qtbot.waitUntil(lambda: "支付数与凭证不符" in desk.place.help.warning)
    assert "退回" in desk.view.painter_of_cells.who(desk.stored("江北").uid)


def test_counts_in_the_head_show_their_rows_and_escape_brings_all_back(desk: Desk) -> None:
    desk.select(("江北",))
    desk.key(K.Key_E, CTRL)
    desk.key(K.Key_Return, CTRL)
    shell_desk.click(desk.place.head.counts["waiting"])
    assert desk.names() == ["景洪市 已报 1 / 1", "江北街道综合养老服务中心"]
    desk.view.setFocus()
    desk.key(K.Key_Escape)
    assert len(desk.table.lines) == 6


def test_search_scope_and_groups_narrow_and_gather(desk: Desk) -> None:
    desk.place.set_search("gsjd")
    assert [line.row.name for line in desk.table.lines] == ["嘎洒街道综合养老服务中心"]
    desk.place.set_search("")
    desk.session.narrow(Scope(county="532822"))
    assert desk.names()[0] == "勐海县 已报 0 / 2"
    desk.session.narrow(Scope())
    desk.place.bar.grouped.emit("unit")
    assert desk.names()[0] == "勐海县民政局 已报 0 / 2"


@quiet
def test_a_lock_names_what_is_missing_and_nothing_can_be_typed_after_it(desk: Desk) -> None:
    desk.qtbot.wait(1)
    shell_desk.click(desk.place.head.primary)
    asked = dialog(QMessageBox, desk)
    assert isinstance(asked, QMessageBox)
    assert "6 项没有报" in asked.informativeText()
    press(asked, "锁定 6月")
    desk.take("江北")
    desk.key(K.Key_F2)
    assert desk.view.delegate.editor is None
    assert "已锁定" in desk.said()
    desk.place.lock.ask_to_unlock("2024-06")
    popup_reason(desk, "勐海县补报")
    desk.enter("江北", "cum_completed", "320")
    assert desk.stored("江北").now is not None


@quiet
def test_opening_the_next_month_says_that_it_locks_this_one(desk: Desk) -> None:
    desk.place.lock.ask_to_open("2024-07")
    asked = dialog(QMessageBox, desk)
    assert isinstance(asked, QMessageBox)
    assert "2024年6月随即锁定" in asked.informativeText()
    press(asked, "开启 7月")
    assert desk.place.month == "2024-07"
    assert [line.is_locked for line in desk.session.read(months.months)] == [False, True, True]
    desk.place.show_month("2024-06")
    assert not desk.table.is_editable
    desk.place.lock.ask_to_unlock("2024-06")
    popup_reason(desk, "勐海县补报")
    assert desk.place.head.primary.text() == "锁定 6月", "the way back is the button in the same place"
    desk.place.lock.ask_to_open("2024-08")
    asked = dialog(QMessageBox, desk)
    assert isinstance(asked, QMessageBox)
    assert "2024年6月、2024年7月随即锁定" in asked.informativeText()
    press(asked, "取消")


@quiet
def test_the_first_month_is_opened_from_the_empty_place(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk(tmp_path, qtbot, monkeypatch, has_months=False) as desk:
        assert desk.place.empty.isVisible()
        desk.place.lock.ask_to_open("2024-06")
        assert desk.place.view.isVisible()
        assert len(desk.table.lines) == 6


@quiet
def test_forms_go_out_to_the_units_and_come_back_as_one_change(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    desk.place.exchange.choose_folder = lambda: str(folder)
    monkey = pytest.MonkeyPatch()
    monkey.setattr("laoxiao_desktop.ui.monthly_exchange.QDesktopServices.openUrl", lambda url: True)
    shell_desk.click(desk.place.head.forms)
    asked = dialog(FormsDialog, desk)
    assert isinstance(asked, FormsDialog)
    assert len(asked.chosen()) == 4
    asked.accept()
    desk.qtbot.waitUntil(lambda: len(list(folder.glob("*.xlsx"))) == 4, timeout=20_000)
    desk.qtbot.waitUntil(lambda: "4 份" in desk.said(), timeout=10_000)
    monkey.undo()
    path = folder / "2024-06 景洪市民政局 填报表.xlsx"
    book = load_workbook(path)
    book[SHEET].cell(HEAD_ROWS + 1, PLACE["cum_completed"]).value = 333.33
    book[SHEET].cell(HEAD_ROWS + 2, PLACE["cum_completed"]).value = 1
    book.save(path)
    desk.place.exchange.choose_files = lambda: [str(path)]
    shell_desk.click(desk.place.head.intake)
    preview = dialog(PasteDialog, desk)
    assert isinstance(preview, PasteDialog)
    assert preview.sentence() == "改 1 格，1 格不符合，不读入"
    preview.accept()
    assert desk.stored("江北").now.cum_completed == 333_330_000  # type: ignore[union-attr]
    assert desk.stored("嘎洒").now is None


@quiet
def test_who_is_missing_is_copied_as_words_and_saved_as_a_list(desk: Desk, tmp_path: Path) -> None:
    desk.select(("江北",))
    desk.key(K.Key_E, CTRL)
    desk.key(K.Key_Return, CTRL)
    shell_desk.click(desk.place.head.chase)
    asked = dialog(ChaseDialog, desk)
    assert isinstance(asked, ChaseDialog)
    asked.choose_file = lambda name, kind: str(tmp_path / name)
    with desk.qtbot.waitSignal(asked.said, timeout=10_000):
        shell_desk.click(asked.save_button)
    sheet = load_workbook(tmp_path / "2024年6月催报名单.xlsx").worksheets[0]
    listed = {str(row[1]) for row in sheet.iter_rows(min_row=4, values_only=True) if row[-1] != "-"}
    assert listed == {line.row.name for line in desk.table.lines} - {"江北街道综合养老服务中心"}
    shell_desk.click(desk.place.head.chase)
    asked = dialog(ChaseDialog, desk)
    assert isinstance(asked, ChaseDialog)
    asked.choose_file = lambda name, kind: str(tmp_path / name)
    asked.unit.setCurrentIndex(asked.unit.findData("勐海县民政局"))
    with desk.qtbot.waitSignal(asked.said, timeout=10_000):
        shell_desk.click(asked.print_button)
    pages = "".join(page.extract_text() for page in PdfReader(tmp_path / "2024年6月催报名单.pdf").pages)
    assert asked.words.toPlainText().split("\n")[0] in pages.replace("\n", "")  # the message and the page begin alike
    assert "景洪市民政局" not in pages
    shell_desk.click(desk.place.head.chase)
    asked = dialog(ChaseDialog, desk)
    assert isinstance(asked, ChaseDialog)
    shell_desk.click(asked.copy_button)
    words = QGuiApplication.clipboard().text()
    assert "还有4个单位的5个项目未报" in words
    assert "勐海县民政局（2个）" in words
    assert "江北街道" not in words


def test_every_control_has_a_name_and_columns_are_chosen(desk: Desk) -> None:
    assert shell_desk.nameless(desk.window) == []
    desk.place.layout_of_columns.choose(("list_no", "name", "cum_completed", "central_completed", "state"))
    assert desk.view.header.names() == ("list_no", "name", "cum_completed", "central_completed", "state")
    desk.enter("江北", "central_completed", "500")
    desk.take("江北", "central_completed")
    assert desk.view.currentIndex().column() == INDEX["central_completed"]
    assert QApplication.focusWidget() is desk.view


def test_an_amount_with_finer_decimals_is_copied_in_full(desk: Desk) -> None:
    desk.enter("江北", "cum_completed", "1.234567")
    desk.take("江北", "cum_completed")
    desk.key(K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "1.234567"


def test_a_figure_that_a_rule_holds_back_stands_only_in_its_own_month(desk: Desk) -> None:
    before = desk.shown("江北", "before_completed")
    desk.enter("江北", "cum_completed", "1")
    assert desk.shown("江北", "cum_completed") == "1.00"
    desk.place.show_month("2024-05")
    assert desk.shown("江北", "cum_completed") == before
    desk.place.show_month("2024-06")
    assert desk.shown("江北", "cum_completed") == "1.00", "and is not lost"
    desk.session.run(months.lock, "2024-06")
    desk.place.ask()
    assert desk.shown("江北", "cum_completed") != "1.00", "a locked month shows what it holds"


def test_a_locked_month_counts_as_reported_only_what_was_reported(desk: Desk) -> None:
    desk.enter("江北", "cum_completed", "700")
    desk.session.run(months.lock, "2024-06")
    assert desk.stored("江北").state == "草稿", "never sent, and said so"
    missing = desk.session.read(overview.overview, month="2024-06").missing
    assert {report.project for report in missing} == {line.uid for line in desk.table.lines if is_missing(line.row)}
