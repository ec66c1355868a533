"""读入清单 as a person meets it: pasted, mapped, put right, decided, written, taken back; by keys and clicks."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.exchange import workbook_out
from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.ui.exchange_place import ExchangePlace
from laoxiao_desktop.ui.import_steps import CHECK, CHOOSE, DONE, MAP
from laoxiao_desktop.ui.import_table import STATE
from laoxiao_desktop.ui.import_wizard import ImportWizard
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.places import ENTRIES
from laoxiao_desktop.workspace import history, report_desk
from tests.ui import shell_desk as desk

# lists open without a window manager here
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
FIRST = "景洪市江北街道综合养老服务中心项目"
BLOCK = (
    "序号\t项目名称\t建设地点\t总投资\t申请中央资金\n"
    f"1\t{FIRST}\t景洪市江北街道\t400\t288\n"
    "2\t景洪市嘎洒街道综合养老服务中心项目\t景洪市嘎洒街道\t4a50\t360\n"
    "90\t景洪市曼弄枫街道综合养老服务中心（一期）\t\t300\t240\n"
    "91\t勐海县勐混镇敬老院改造\t勐海县勐混镇\t120.5\t96\n"
    "合计\t\t\t820.5\t984\n"
)
TITLED = BLOCK.replace("总投资", "总投资（万元）").replace("申请中央资金", "申请中央资金（万元）")


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on the example, at 读入清单."""
    with desk.window(qtbot) as window:
        window.resize(1366, 768)
        desk.open_demo(window, qtbot)
        number = [entry.key for entry in ENTRIES].index("exchange") + 1
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), desk.CTRL)
        assert window.places.key == "exchange"
        yield window


def place_of(shown: MainWindow) -> ImportWizard:
    """The page in view."""
    place = shown.places.place
    assert isinstance(place, ExchangePlace)
    return place.reading


def paste(shown: MainWindow, qtbot: QtBot, text: str) -> ImportWizard:
    """Ctrl+V of a block, and the wait for it to be read."""
    place = place_of(shown)
    QApplication.clipboard().setText(text)
    QTest.keyClick(place.source.choose, Qt.Key.Key_V, desk.CTRL)
    qtbot.waitUntil(lambda: place.steps.at != CHOOSE, timeout=10_000)
    return place


def choose(box: QComboBox, words: str) -> None:
    """Opens a list with the arrow and picks a line with keys."""
    desk.press(box, Qt.Key.Key_Down)
    for _ in range(box.count()):
        if box.view().currentIndex().data() == words:
            break
        desk.press(box.view(), Qt.Key.Key_Down)
    desk.press(box.view(), Qt.Key.Key_Return)
    box.window().activateWindow()  # the screen without a window manager does not do it after a list


def states(place: ImportWizard) -> dict[str, str]:
    """Name → state of every row in view."""
    table = place.review.table
    name = next(n for n in range(table.columnCount()) if table.field_name(n) == "name")
    return {
        str(table.index(at, name).data()): str(table.index(at, STATE).data())
        for at in range(table.rowCount())
        if table.state_words(at) != "已无"
    }


def box_of(place: ImportWizard, header: str) -> QComboBox:
    """The list over a column."""
    header_view = place.review.grid.header
    return next(box for box in header_view.boxes.values() if box.accessibleName() == f"“{header}”读作")


def name_units(place: ImportWizard, qtbot: QtBot) -> None:
    """Says of both columns of money that they are in 万元."""
    choose(box_of(place, "总投资"), "总投资 万元")
    qtbot.waitUntil(lambda: len(place.state.asks) == 1)
    choose(box_of(place, "申请中央资金"), "申请中央 万元")
    qtbot.waitUntil(lambda: not place.state.asks)


def total_of(shown: MainWindow, name: str) -> object:
    """The investment of a project as stored."""
    found = shown.session.ledger.connection.execute(
        "SELECT total_investment FROM project WHERE name = ? AND deleted = 0", (name,)
    ).fetchone()
    return found[0] if found else None


def test_a_block_is_pasted_mapped_put_right_decided_written_and_taken_back(shown: MainWindow, qtbot: QtBot) -> None:
    place = paste(shown, qtbot, BLOCK)
    assert place.steps.at == MAP
    assert "没有写金额单位" in place.review.bar.figures.words
    name_units(place, qtbot)
    QTest.keyClick(place.review.grid, Qt.Key.Key_Return, desk.CTRL)
    assert place.steps.at == CHECK
    assert states(place) == {
        FIRST: "有变",
        "景洪市嘎洒街道综合养老服务中心项目": "相同",
        "景洪市曼弄枫街道综合养老服务中心（一期）": "待定",
        "勐海县勐混镇敬老院改造": "新增",
        "": "不读",
    }

    desk.press(place.review.grid, Qt.Key.Key_F8)  # the amount that is none
    assert "不是数字" in place.review.decision.words
    desk.press(place.review.grid, Qt.Key.Key_Return)
    editor = place.review.grid.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "4a50"
    editor.selectAll()
    QTest.keyClicks(editor, "450")
    desk.press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.state.open_questions == 1)

    desk.press(place.review.grid, Qt.Key.Key_F8)  # the row that may be another one
    assert "哪一行" in place.review.decision.words
    desk.click(place.review.decision.buttons[0])
    qtbot.waitUntil(lambda: place.state.open_questions == 0)
    assert place.on.text() == "写入 3 项变化"

    before = total_of(shown, FIRST)
    desk.click(place.on)
    qtbot.waitUntil(lambda: place.steps.at == DONE)
    assert "新增 1 项，更新 2 项" in place.result.words
    assert total_of(shown, FIRST) == 400_000_000
    assert total_of(shown, "勐海县勐混镇敬老院改造") == 120_500_000

    desk.click(place.result.buttons[1])  # 撤销这次读入
    assert "已撤销" in place.result.words
    assert total_of(shown, FIRST) == before
    assert total_of(shown, "勐海县勐混镇敬老院改造") is None


def test_a_block_read_twice_has_nothing_more_to_write(shown: MainWindow, qtbot: QtBot) -> None:
    block = "\n".join(line for line in TITLED.splitlines() if "一期" not in line and "4a50" not in line)
    place = paste(shown, qtbot, block)
    assert place.steps.at == CHECK
    place.go_on()
    qtbot.waitUntil(lambda: place.steps.at == DONE)
    desk.click(place.result.buttons[-1])  # 再读一个文件
    place = paste(shown, qtbot, block)
    assert not place.on.isEnabled()
    assert place.on.text() == "没有要写的变化"


def test_the_chosen_columns_are_remembered_for_the_next_file_of_this_shape(shown: MainWindow, qtbot: QtBot) -> None:
    place = paste(shown, qtbot, BLOCK)
    name_units(place, qtbot)
    place.go_on()
    place.go_on()
    qtbot.waitUntil(lambda: place.steps.at == DONE)
    desk.click(place.result.buttons[-1])  # 再读一个文件
    assert paste(shown, qtbot, BLOCK).steps.at == CHECK


def test_nothing_is_written_while_a_unit_of_money_is_unknown(shown: MainWindow, qtbot: QtBot) -> None:
    place = paste(shown, qtbot, BLOCK)
    place.go_on()
    assert place.steps.at == CHECK
    assert not place.on.isEnabled()


def test_a_row_is_left_out_with_the_space_bar_and_a_correction_is_only_taken_when_chosen(
    shown: MainWindow, qtbot: QtBot
) -> None:
    uid = shown.session.ledger.connection.execute("SELECT uid FROM project WHERE name = ?", (FIRST,)).fetchone()[0]
    from laoxiao_desktop.workspace import projects  # noqa: PLC0415 - only here

    shown.session.run(projects.edit, uid, {"total_investment": 500_000_000})
    place = paste(shown, qtbot, TITLED)
    grid, table = place.review.grid, place.review.table
    assert states(place)[FIRST] == "有变"
    row = next(at for at in range(table.rowCount()) if table.lines[at].cells[1] == FIRST)
    money = next(n for n in range(table.columnCount()) if table.field_name(n) == "total_investment")
    grid.take(row, money)
    assert "曾更正" in place.review.decision.words
    view = table.cell(row, money)
    assert view.change is not None
    assert not view.change.is_chosen
    desk.press(grid, Qt.Key.Key_Space)
    chosen = table.cell(row, money).change
    assert chosen is not None
    assert chosen.is_chosen
    new = next(at for at in range(table.rowCount()) if table.lines[at].cells[1] == "勐海县勐混镇敬老院改造")
    count = len(place.state.keys)
    grid.take(new)
    desk.press(grid, Qt.Key.Key_Space)
    assert len(place.state.keys) == count - 1
    assert states(place)["勐海县勐混镇敬老院改造"] == "不写"


def test_a_file_dropped_anywhere_on_the_window_is_read(shown: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "清单.tsv"
    file.write_text(TITLED, encoding="utf-8")
    shown.go_to("projects")
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(file))])
    at, copy, left = QPoint(300, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(shown, QDragEnterEvent(at, copy, content, left, none))
    QApplication.sendEvent(shown, QDropEvent(QPointF(at), copy, content, left, none))
    place = place_of(shown)
    qtbot.waitUntil(lambda: place.steps.at == CHECK, timeout=10_000)
    assert place.source.recents == [file]


def test_only_what_changes_is_shown_when_asked_and_gone_rows_stay_until_decided(
    shown: MainWindow, qtbot: QtBot
) -> None:
    place = paste(shown, qtbot, TITLED)
    desk.click(place.review.bar.news)
    table = place.review.table
    assert all(table.is_news(line) for line in table.lines)
    gone = next(at for at in range(table.rowCount()) if table.state_words(at) == "已无")
    place.review.grid.take(gone)
    count = len(place.state.keys)
    button = next(button for button in place.review.decision.buttons if "取消" in button.text())
    desk.click(button)
    qtbot.waitUntil(lambda: len(place.state.keys) == count + 1)


def test_a_whole_plan_shows_its_tables_one_by_one_and_can_leave_one_out(
    shown: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    text = (Path(__file__).parents[1] / "data/plans/xishuangbanna.txt").read_text(encoding="utf-8")
    revised = text.replace("15979.67", "15999.67").replace("景洪市民政局\n", "景洪市民政和养老局\n")
    file = tmp_path / "西双版纳.txt"
    file.write_text(revised, encoding="utf-8")
    place = place_of(shown)
    place.open_file(file)
    qtbot.waitUntil(lambda: place.steps.at == CHECK, timeout=10_000)
    assert place.sheets.count() == 7
    assert "不一致" in place.review.bar.figures.words
    many = len(place.state.keys)
    assert many > 0
    desk.click(place.takes_sheet)
    assert len(place.state.keys) < many
    QTest.keyClick(place.review.grid, Qt.Key.Key_PageDown, desk.CTRL)
    assert place.takes_sheet.isChecked()


def test_a_block_with_titles_pasted_into_the_grid_can_be_read_as_a_list(shown: MainWindow, qtbot: QtBot) -> None:
    shown.go_to("projects")
    grid = shown.places.place
    assert grid is not None
    QApplication.clipboard().setText(TITLED)
    view = getattr(grid, "view")  # noqa: B009 - a place is known by its widgets here
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_V, desk.CTRL)
    dialog = next(w for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowTitle() == "粘贴")
    desk.click(getattr(dialog, "list_button"))  # noqa: B009 - see above
    place = place_of(shown)
    qtbot.waitUntil(lambda: place.steps.at == CHECK, timeout=10_000)
    assert shown.session.read(history.next_undo) is None


def test_every_control_has_a_name_and_a_file_that_cannot_be_read_is_refused_in_words(
    shown: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    place = place_of(shown)
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    place.open_file(broken)
    qtbot.waitUntil(lambda: bool(shown.messages.strips), timeout=10_000)
    assert place.steps.at == CHOOSE
    paste(shown, qtbot, BLOCK)
    assert desk.nameless(shown) == []


def test_a_workbook_that_came_back_is_looked_through_without_a_word_on_its_columns(
    shown: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    ledger = shown.session.ledger
    request = Request("projects", clock.today(), columns=("list_no", "name", "total_investment", "rate"))
    path = workbook_out.write(report_desk.document(ledger, request), tmp_path / "改过.xlsx")
    book = openpyxl.load_workbook(path)
    row = next(line for line in book.worksheets[0].iter_rows(min_row=4) if line[1].value == FIRST)
    row[1].value, row[2].value = "江北养老中心", 400
    book.save(path)
    place = place_of(shown)
    place.open_file(path)
    qtbot.waitUntil(lambda: place.steps.at == CHECK, timeout=10_000)
    table = place.review.table
    assert place.review.grid.header.boxes == {}
    at = next(number for number, line in enumerate(table.lines) if "江北养老中心" in line.cells)
    assert table.state_words(at) == "有变"
    changed = {change.field: change.new_text for change in table.row(at).changes}  # type: ignore[union-attr]
    assert changed == {"name": "江北养老中心", "total_investment": "400"}
    QTest.keyClick(place.review.grid, Qt.Key.Key_Return, desk.CTRL)
    qtbot.waitUntil(lambda: place.steps.at == DONE, timeout=10_000)
    assert "更新 1 项" in place.result.words
