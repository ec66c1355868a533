"""报告: finished pages in a live preview, saved and printed exactly as they are seen."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QTransform, QWheelEvent, qGray
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.errors import Cancelled, UserError
from laoxiao_desktop.models.report_request import KINDS
from laoxiao_desktop.ui import report_print
from laoxiao_desktop.ui.background import Progress
from laoxiao_desktop.ui.report_day import day_choices, read_day
from laoxiao_desktop.ui.report_keeping import ReportKeeper
from laoxiao_desktop.ui.report_layout import arrange
from laoxiao_desktop.ui.report_making import Made, save_each
from laoxiao_desktop.ui.report_pages import draw_page, opened, page_sizes
from laoxiao_desktop.ui.report_print_dialog import pages_of, tray_words
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.ui.way import Place
from laoxiao_desktop.workspace import kept_reports, lights, months, projects
from tests.reports.month_ledger import month_ledger, with_package
from tests.ui.reports_desk import ReportsDesk

UPRIGHT, ACROSS = QSizeF(595, 842), QSizeF(842, 595)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[ReportsDesk]:
    made = ReportsDesk(qtbot, tmp_path)
    yield made
    made.close()


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    words = "".join(document[index].get_textpage().get_text_bounded() for index in range(len(document)))
    document.close()
    return "".join(words.split())


def typed(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(line, commit)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_two_upright_pages_stand_side_by_side_and_a_page_across_stands_alone() -> None:
    ground = arrange([UPRIGHT, UPRIGHT, UPRIGHT, ACROSS, ACROSS], QSizeF(962, 656), "page")
    assert [page.row for page in ground.pages] == [0, 0, 1, 2, 3]
    assert all(page.rect.height() <= 656 and page.rect.width() <= 962 for page in ground.pages)


def test_a_narrow_view_and_page_width_show_one_page_a_row() -> None:
    assert [page.row for page in arrange([UPRIGHT] * 3, QSizeF(500, 656), "page").pages] == [0, 1, 2]
    wide = arrange([UPRIGHT, ACROSS], QSizeF(900, 656), "width")
    assert [round(page.rect.width()) for page in wide.pages] == [836, 836]


def test_the_preview_is_the_finished_report_of_the_ledger(desk: ReportsDesk) -> None:
    words = text_of(desk.made.content)
    assert "勐海县打洛镇农村区域性养老服务中心项目" in words
    assert "景洪市民政局" in words  # signed by the unit of the person at the desk
    assert desk.made.projects == 3
    assert desk.place._head.place == f"第 1—2 页，共 {len(desk.made.sizes)} 页"


def test_a_change_of_the_ledger_makes_the_pages_again_without_a_white_moment(desk: ReportsDesk) -> None:
    pages = desk.place.pages
    before = dict(pages._pictures)

    def rename() -> None:
        desk.session.run(projects.edit, desk.uids[2], {"name": "勐海县打洛镇改名项目"})

    made = desk.until_made(rename)
    assert "勐海县打洛镇改名项目" in text_of(made.content)
    assert set(before) <= set(pages._pictures)  # the old pictures stood until the new ones came


def test_the_scope_of_the_window_narrows_the_report(desk: ReportsDesk) -> None:
    made = desk.until_made(lambda: desk.session.narrow(Scope(None, "532822")))
    assert (made.region, made.projects) == ("勐海县", 1)
    assert desk.place.panel.county.currentText() == "勐海县 1 项"
    assert desk.place.suggested_name() == f"勐海县月度进展报告{clock.today().isoformat()}.pdf"


def test_choosing_in_the_panel_narrows_the_whole_window(desk: ReportsDesk) -> None:
    county = desk.place.panel.county
    county.setFocus()
    desk.until_made(lambda: (QTest.keyClick(county, Qt.Key.Key_Down), QTest.keyClick(county, Qt.Key.Key_Return)))
    assert desk.session.scope.county == "532801"


def test_a_past_day_is_recomputed_and_says_that_nothing_stood_there_yet(desk: ReportsDesk) -> None:
    made = desk.until_made(lambda: typed(desk.place.panel.day.line, "2024.6"))
    assert made.wish.as_of == dt.date(2024, 6, 30)
    assert made.projects == 0
    assert desk.place.panel.day_says == "按这一天的台账重算"
    assert "没有这个范围的项目" in desk.place.panel.notice


def test_a_wrong_day_stays_and_says_why_and_the_pages_stay_too(desk: ReportsDesk) -> None:
    day = desk.place.panel.day
    typed(day.line, "下周三")
    assert day.line.text() == "下周三"
    assert "不是日期" in desk.place.panel.day_says
    assert day.day == clock.today()
    QTest.keyClick(day.line, Qt.Key.Key_Escape)
    assert desk.place.panel.day_says == ""


@pytest.mark.parametrize(
    ("typed_text", "day"),
    [
        ("", "2026-08-15"),
        ("2026.6", "2026-06-30"),
        ("上月", "2026-07-31"),
        ("8月", "2026-08-15"),
        ("昨天", "2026-08-14"),
    ],
)
def test_days_are_read_as_clerks_type_them(typed_text: str, day: str) -> None:
    assert read_day(typed_text, dt.date(2026, 8, 15)).isoformat() == day


def test_the_usual_days_are_the_ends_of_what_is_over() -> None:
    days = {words: day.isoformat() for words, day in day_choices(dt.date(2026, 1, 15))}
    assert days == {"今天": "2026-01-15", "上月末": "2025-12-31", "上季末": "2025-12-31", "上年末": "2025-12-31"}


def test_the_office_is_printed_as_typed(desk: ReportsDesk) -> None:
    made = desk.until_made(lambda: typed(desk.place.panel.office, "州民政局<b>R&D"))
    assert "州民政局<b>R&D" in text_of(made.content)


def test_keys_and_ctrl_wheel_move_and_zoom(desk: ReportsDesk, qtbot: QtBot) -> None:
    pages = desk.place.pages
    pages.setFocus()
    QTest.keyClick(pages, Qt.Key.Key_PageDown)
    assert pages._shown[0] > 1
    QTest.keyClick(pages, Qt.Key.Key_PageUp)
    assert pages._shown[0] == 1
    before = pages.zoom
    spot = QPointF(pages.viewport().rect().center())
    wheel = QWheelEvent(
        spot, pages.viewport().mapToGlobal(spot), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(pages.viewport(), wheel)
    assert pages.zoom == pytest.approx(before * 1.1, rel=0.01)
    QTest.keyClick(pages, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert pages.fit == "page"
    qtbot.waitUntil(lambda: pages.is_drawn, timeout=5_000)


def test_what_is_saved_is_what_was_seen_and_the_folder_is_remembered(
    desk: ReportsDesk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "给州里的报告"
    folder.mkdir()
    asked: list[str] = []

    def choose(_parent: object, _title: str, suggested: str, _filter: str) -> tuple[str, str]:
        asked.append(suggested)
        return str(folder / "六月"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(desk.session.said, timeout=5_000) as said:
        QTest.mouseClick(desk.place.panel.save_button, Qt.MouseButton.LeftButton)
    assert said.args == ["已导出 六月.pdf", False]
    assert (folder / "六月.pdf").read_bytes() == desk.made.content
    assert [path.name for path in folder.iterdir()] == ["六月.pdf"]
    assert desk.place.strip.words == f"已导出到 {folder / '六月.pdf'}"
    desk.place.ask_and_save()
    assert Path(asked[1]).parent == folder


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(
    desk: ReportsDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(desk.session.refused, timeout=5_000) as refused:
        desk.place.save_to(tmp_path / "没有这个文件夹" / "a.pdf")
    assert "没有保存到" in str(refused.args[0])


def test_without_a_printer_saving_is_offered(desk: ReportsDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_print, "has_printer", lambda: False)
    QTest.mouseClick(desk.place.panel.print_button, Qt.MouseButton.LeftButton)
    assert desk.place.strip.isVisible()
    assert desk.place.strip.button.text() == "导出 PDF"
    assert "没有打印机" in desk.place.strip.words


def test_every_sheet_is_printed_upright_as_it_is_bound(desk: ReportsDesk, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setResolution(report_print.DPI)
    printer.setFullPage(True)
    sheets = report_print.Sheets(desk.made.content, desk.made.sizes, "月度进展报告")
    report_print.paint_pages(sheets, printer, range(len(sheets.sizes)), Progress(lambda *_: None, _Never()))
    on_paper = page_sizes((tmp_path / "paper.pdf").read_bytes())
    assert all(size.width() < size.height() for size in on_paper)
    across = next(index for index, size in enumerate(sheets.sizes) if size.width() > size.height())
    with opened((tmp_path / "paper.pdf").read_bytes()) as printed, opened(sheets.content) as seen:
        sheet, page = (draw_page(each, across, 0.5) for each in (printed, seen))
    left, right = (page.transformed(QTransform().rotate(turn)) for turn in (-90, 90))
    assert unlike(sheet, left) < 0.5 * unlike(sheet, right)  # the head lies at the left edge, where the sheet is bound


def unlike(one: QImage, other: QImage) -> int:
    """How much two pictures differ when they are made very small."""
    small = [picture.scaled(30, 42, mode=Qt.TransformationMode.SmoothTransformation) for picture in (one, other)]
    greys = [[qGray(picture.pixel(x, y)) for x in range(30) for y in range(42)] for picture in small]
    return sum(abs(first - second) for first, second in zip(*greys, strict=True))


def test_lp_gets_the_pages_the_tray_and_both_sides() -> None:
    order = report_print.Order("-odd printer", (1, 2, 4), 2, tray="Tray2")
    command = report_print.lp_command(order, 8, "报告", "A3")
    assert command[-1] == "--"
    assert command[1:5] == ["-d", "-odd printer", "-n", "2"]
    assert {"media=A3", "sides=two-sided-long-edge", "InputSlot=Tray2", "2-3,5"} <= set(command)


def test_pages_are_typed_as_clerks_type_them() -> None:
    assert pages_of("1—3，5", 8) == (0, 1, 2, 4)
    for wrong in ("", "3-2", "9", "甲"):
        with pytest.raises(UserError):
            pages_of(wrong, 8)
    assert [tray_words(tray) for tray in ("Tray2", "ManualFeed", "Odd")] == ["纸盒 2", "手动进纸", "Odd"]


def test_lp_is_handed_upright_sheets_and_its_refusal_is_told(
    desk: ReportsDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp = tmp_path / "lp"
    lp.write_text(f'#!/bin/sh\nfor file; do :; done\ncp "$file" "{tmp_path}/handed.pdf"\n')
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    sheets = report_print.Sheets(desk.made.content, desk.made.sizes, "月度进展报告")
    order = report_print.Order("打印机", tuple(range(len(sheets.sizes))))
    report_print.hand_over(sheets, order)
    handed = page_sizes((tmp_path / "handed.pdf").read_bytes())
    assert len(handed) == len(sheets.sizes)
    assert all(size.width() < size.height() for size in handed)
    lp.write_text("#!/bin/sh\necho 打印机已停用 >&2\nexit 1\n")
    with pytest.raises(UserError, match="打印机已停用"):
        report_print.hand_over(sheets, order)


class _Never:
    def is_set(self) -> bool:
        return False


# ── the other kinds ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def month_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[ReportsDesk]:
    made = ReportsDesk(qtbot, tmp_path, month_ledger)
    yield made
    made.close()


def pick(desk: ReportsDesk, kind: str) -> Made:
    row = next(row for row in desk.place.panel.kinds.rows if row.kind.kind == kind)
    return desk.until_made(lambda: QTest.mouseClick(row, Qt.MouseButton.LeftButton))


@pytest.fixture
def package_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[ReportsDesk]:
    made = ReportsDesk(qtbot, tmp_path, with_package)
    yield made
    made.close()


def test_every_kind_is_shown_by_a_click(package_desk: ReportsDesk) -> None:
    for kind in KINDS[1:]:
        made = pick(package_desk, kind.kind)
        assert made.wish.request.kind == kind.kind
        assert made.sizes
        assert package_desk.place.panel.workbook_button.isVisible() == kind.is_table
        assert package_desk.place.suggested_name().endswith(".pdf")


def test_a_receipt_is_led_to_and_asks_for_no_day(package_desk: ReportsDesk) -> None:
    uid = package_desk.ledger.connection.execute("SELECT uid FROM _receipt").fetchone()[0]
    made = package_desk.until_made(lambda: package_desk.place.follow(Place("reports", f"receipt:{uid}")))
    assert made.wish.request.receipt == uid
    assert not package_desk.place.panel.day.isVisible()


def test_without_a_receipt_the_place_says_where_it_would_come_from(month_desk: ReportsDesk) -> None:
    row = next(row for row in month_desk.place.panel.kinds.rows if row.kind.kind == "receipt")
    row.click()
    month_desk.wait_until(lambda: "还没有收回过数据包" in month_desk.place.panel.notice)


def test_arrow_keys_go_from_kind_to_kind(month_desk: ReportsDesk) -> None:
    rows = month_desk.place.panel.kinds.rows
    rows[0].setFocus()
    made = month_desk.until_made(lambda: QTest.keyClick(rows[0], Qt.Key.Key_Down))
    assert made.wish.request.kind == "projects"
    assert rows[1].hasFocus()


def test_only_what_a_kind_knows_can_be_chosen_and_it_is_remembered_for_it(month_desk: ReportsDesk) -> None:
    options = month_desk.place.panel.options
    pick(month_desk, "projects")
    assert options.group.isVisible()
    assert not options.paper.isVisible()
    month_desk.until_made(lambda: _choose(options.group, "county"))
    month_desk.until_made(lambda: options.contacts.click())
    pick(month_desk, "gantt")
    assert options.paper.isVisible()
    assert not options.contacts.isVisible()
    made = pick(month_desk, "projects")
    assert (made.wish.request.group, made.wish.request.has_contacts) == ("county", True)
    assert "13800000000" in text_of(made.content)


def test_a_locked_month_is_told_as_it_stood_and_hides_the_day(month_desk: ReportsDesk) -> None:
    options = month_desk.place.panel.options
    pick(month_desk, "central")
    assert options.day.isVisible()
    assert [options.month.itemText(n) for n in range(3)] == ["按截至日", "2026年10月", "2026年9月（已锁定）"]
    made = month_desk.until_made(lambda: _choose(options.month, "2026-09"))
    assert made.value.month == "2026-09"  # type: ignore[union-attr]
    assert not options.day.isVisible()


def test_columns_are_ticked_and_put_into_another_order(month_desk: ReportsDesk) -> None:
    pick(month_desk, "projects")
    options = month_desk.place.panel.options
    dialog = options.columns.open_list()
    for key in ("name", "content"):
        made = month_desk.until_made(lambda key=key: dialog.item_of(key).setCheckState(Qt.CheckState.Checked))
    assert [column.key for column in made.value.tables[0].columns] == ["name", "content"]  # type: ignore[union-attr]
    assert options.columns.text() == "已选 2 列"
    row, model = dialog.list.row(dialog.item_of("content")), dialog.list.model()
    made = month_desk.until_made(lambda: model.moveRow(QModelIndex(), row, QModelIndex(), 0))  # as a drop does
    assert [column.key for column in made.value.tables[0].columns] == ["content", "name"]  # type: ignore[union-attr]
    dialog.accept()
    pick(month_desk, "central")
    made = pick(month_desk, "projects")
    assert made.wish.request.columns == ("content", "name")  # remembered in that order


def test_the_tables_that_are_seen_are_saved_as_a_workbook(
    month_desk: ReportsDesk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(month_desk, "projects")
    target = tmp_path / "项目"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(month_desk.session.said, timeout=5_000):
        QTest.mouseClick(month_desk.place.panel.workbook_button, Qt.MouseButton.LeftButton)
    sheet = openpyxl.load_workbook(tmp_path / "项目.xlsx").worksheets[0]
    assert any("㑇𬜬䶮" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_one_file_for_each_county_goes_into_a_folder(month_desk: ReportsDesk, qtbot: QtBot, tmp_path: Path) -> None:
    pick(month_desk, "projects")
    folder = tmp_path / "各县"
    folder.mkdir()
    with qtbot.waitSignal(month_desk.session.said, timeout=10_000) as said:
        month_desk.place.saver.look_and_save_each("county", folder)
    assert said.args == ["已导出 2 份", False]
    today = clock.today().isoformat()
    names = [f"{county}项目进展情况表{today}" for county in ("勐腊县", "景洪市")]
    assert sorted(path.name for path in folder.iterdir()) == [f"{name}.pdf" for name in names]
    for words, extra in (("都保留，新的加序号", 2), ("替换", 0), ("取消", 0)):
        month_desk.place.saver.look_and_save_each("county", folder)
        qtbot.waitUntil(lambda: bool(month_desk.place.window().findChildren(QMessageBox)), timeout=5_000)
        asked = month_desk.place.window().findChildren(QMessageBox)[-1]
        assert asked.text() == "这个文件夹里已有 2 份同名文件。"
        count = len(list(folder.iterdir()))
        if words == "取消":
            QTest.mouseClick(button_of(asked, words), Qt.MouseButton.LeftButton)
        else:
            with qtbot.waitSignal(month_desk.session.said, timeout=10_000):
                QTest.mouseClick(button_of(asked, words), Qt.MouseButton.LeftButton)
        assert len(list(folder.iterdir())) == count + extra
        qtbot.waitUntil(lambda: not month_desk.place.window().findChildren(QMessageBox), timeout=5_000)
    assert (folder / f"{names[0]}（2）.pdf").exists()


def button_of(asked: QMessageBox, words: str) -> QAbstractButton:
    """A button by its words."""
    return next(button for button in asked.buttons() if button.text() == words)


def test_one_workbook_for_each_county_goes_into_a_folder(month_desk: ReportsDesk, qtbot: QtBot, tmp_path: Path) -> None:
    pick(month_desk, "projects")
    folder = tmp_path / "各县"
    folder.mkdir()
    with qtbot.waitSignal(month_desk.session.said, timeout=10_000):
        month_desk.place.save_each("county", folder, "xlsx")
    assert sorted(path.name[:3] for path in folder.glob("*.xlsx")) == ["勐腊县", "景洪市"]


def test_a_batch_stops_between_two_files(month_desk: ReportsDesk, tmp_path: Path) -> None:
    class Stopped(Progress):
        def step(self, done: int, total: int, words: str = "") -> None:
            if done == 1:
                raise Cancelled

    with pytest.raises(Cancelled):
        save_each(
            month_desk.ledger, month_desk.place.panel.wish(), "project", tmp_path, Stopped(lambda *_: None, _Never())
        )
    assert len(list(tmp_path.glob("*.pdf"))) == 1


def test_a_report_that_cannot_be_told_says_why_and_offers_nothing_to_print(desk: ReportsDesk, qtbot: QtBot) -> None:
    desk.place.panel.kinds.pick("chase")
    qtbot.waitUntil(lambda: "还没有开启任何月份" in desk.place.panel.notice, timeout=5_000)
    assert not desk.place.panel.print_button.isEnabled()
    assert desk.until_made(lambda: desk.place.panel.kinds.pick("monthly")).projects == 3


def test_locking_a_month_keeps_its_report_and_shows_the_very_same_file(month_desk: ReportsDesk, qtbot: QtBot) -> None:
    keeper = ReportKeeper(month_desk.session, month_desk.place)
    month_desk.session.run(months.lock, "2026-10")
    qtbot.waitUntil(lambda: month_desk.session.read(kept_reports.missing) == [], timeout=20_000)
    saver = month_desk.place.saver
    _choose(month_desk.place.panel.options.month, "2026-10")
    qtbot.waitUntil(lambda: saver.made is not None and saver.made.is_kept, timeout=10_000)
    assert saver.made is not None
    assert saver.made.content == month_desk.session.read(kept_reports.content, saver.made.wish.request)
    assert keeper is not None


def _choose(combo: QComboBox, value: str) -> None:
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def test_a_paragraph_is_put_into_other_words_kept_and_marked_when_the_data_change(
    month_desk: ReportsDesk, qtbot: QtBot
) -> None:
    pick(month_desk, "lights")
    editor = month_desk.place.edit_text()
    assert editor is not None
    editor.text.setPlainText("经州领导小组研究，现将红灯项目通报如下。")
    made = month_desk.until_made(editor.close)
    assert "经州领导小组研究，现将红灯项目通报如下。" in text_of(made.content)
    assert "数据已变" not in month_desk.place.panel.notice
    uid = month_desk.session.read(months.grid, "2026-10")[0].uid

    def clear_red() -> None:
        month_desk.session.run(lights.override, uid, "绿", "现场核实", "2099-12-31")

    month_desk.until_made(clear_red)
    assert "1 段改过的文字" in month_desk.place.panel.notice
    again = month_desk.place.edit_text()
    assert again is not None
    assert "【数据已变】" in again.list.item(0).text()
    made = month_desk.until_made(lambda: QTest.mouseClick(again.back, Qt.MouseButton.LeftButton))
    assert "经州领导小组研究" not in text_of(made.content)
    again.close()


def test_another_place_leads_to_the_card_of_a_project(month_desk: ReportsDesk) -> None:
    uid = month_desk.session.read(months.grid, "2026-10")[1].uid
    made = month_desk.until_made(lambda: month_desk.place.follow(Place("reports", f"card:{uid}")))
    assert (made.wish.request.kind, made.projects) == ("card", 1)


def test_words_are_found_in_the_pages_over_the_end_of_a_line_and_stepped_through(
    desk: ReportsDesk, qtbot: QtBot
) -> None:
    place = desk.place
    lines = [line for line in place.pages.words.of_page(0).split("\n") if len(line) > 20]
    place.set_search(f"{lines[0][-3:]} {lines[1][:3]}")
    qtbot.waitUntil(lambda: place._head.found.startswith("找到"), timeout=5_000)
    hits = place.pages.words.hits
    assert place._head.found == f"找到 1 / {len(hits)}"
    assert any(len(hit.boxes) > 1 for hit in hits)
    QTest.keyClick(place, Qt.Key.Key_F3)
    assert place._head.found == f"找到 {1 % len(hits) + 1} / {len(hits)}"
    place.set_search("没有这句话")
    qtbot.waitUntil(lambda: place._head.found == "没有“没有这句话”", timeout=5_000)
    assert not place._head.next_hit.isVisible()
    place.set_search("")
    qtbot.waitUntil(lambda: place._head.found == "", timeout=5_000)


def test_text_is_copied_by_the_mouse_or_a_whole_page(desk: ReportsDesk) -> None:
    pages = desk.place.pages
    desk.place.pages.set_fit("width")
    glyphs = pages.words.glyphs(0)
    text = "".join(glyph.char for glyph in glyphs)
    at = text.index("景洪市民政局") if "景洪市民政局" in text else 0
    shown = [glyph for glyph in glyphs if glyph.char]
    first, last = shown[at], shown[at + 2]
    paper = pages._arrangement.pages[0].rect.translated(-pages._offset())

    def spot(share: QPointF) -> QPoint:
        return QPointF(paper.left() + share.x() * paper.width(), paper.top() + share.y() * paper.height()).toPoint()

    QTest.mousePress(pages.viewport(), Qt.MouseButton.LeftButton, pos=spot(first.box.center()))
    QTest.mouseMove(pages.viewport(), spot(last.box.center()))
    QTest.mouseRelease(pages.viewport(), Qt.MouseButton.LeftButton, pos=spot(last.box.center()))
    QTest.keyClick(pages, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == text[at : at + 3]
    pages.words.select((0, len(pages.words.glyphs(0)) - 4), (1, 20))  # over the end of a page
    QTest.keyClick(pages, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().split("\n")[-1] in pages.words.of_page(1)
    assert [bool(pages.words.selection_on(page)) for page in (0, 1, 2)] == [True, True, False]
    QTest.mouseDClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=spot(first.box.center()))
    assert len(pages.words.selected) > 1
    QTest.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    QTest.keyClick(pages, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QApplication.clipboard().text()) > 100


def test_rare_characters_are_found_and_copied_whole(month_desk: ReportsDesk, qtbot: QtBot) -> None:
    pick(month_desk, "projects")
    month_desk.place.set_search("㑇𬜬䶮")
    qtbot.waitUntil(lambda: month_desk.place._head.found.startswith("找到"), timeout=5_000)
    page = month_desk.place.pages.words.hits[0].page
    assert "㑇𬜬䶮" in month_desk.place.pages.words.of_page(page).replace("\n", "")


def test_small_pictures_of_the_pages_lead_to_them_and_fold_away(desk: ReportsDesk, qtbot: QtBot) -> None:
    place = desk.place
    assert not place.preview.side.thumbs.isVisible()
    QTest.keyClick(place, Qt.Key.Key_F4)
    assert place.preview.side.thumbs.isVisible()
    qtbot.waitUntil(lambda: place.preview.side.thumbs.is_drawn, timeout=5_000)
    last = place.pages.page_count - 1
    rect = place.preview.side.thumbs._arrangement.pages[last].rect.translated(-place.preview.side.thumbs._offset())
    if not place.preview.side.thumbs.viewport().rect().contains(rect.center().toPoint()):
        place.preview.side.thumbs.go_to_page(last)
        rect = place.preview.side.thumbs._arrangement.pages[last].rect.translated(-place.preview.side.thumbs._offset())
    QTest.mouseClick(place.preview.side.thumbs.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert last in place.pages._seen()
    QTest.keyClick(place, Qt.Key.Key_F4)
    assert not place.preview.side.thumbs.isVisible()
