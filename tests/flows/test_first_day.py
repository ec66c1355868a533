"""The first day of a clerk: the example, a search, a correction, a night, undo, and the report for the chief."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.grid_columns import INDEX
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.ui.reports import ReportsPlace
from laoxiao_desktop.workspace import history, safety
from tests.ui import shell_desk as desk

NAME = "景洪市江北街道综合养老服务中心项目"
CORRECTED = 4_000_000_00  # 400 万元
PUBLISHED = 3_600_000_00


def test_a_clerk_corrects_a_figure_sleeps_over_it_takes_it_back_and_prints(qtbot: QtBot, tmp_path: Path) -> None:
    with desk.window(qtbot, person=None) as window:
        introduce(window, qtbot)
        desk.press(window, Qt.Key.Key_2, desk.CTRL)
        place = projects_of(window)
        assert place.table.sums.count == 84

        search(window, qtbot, "jhs")
        assert 0 < place.table.sums.count < 84

        uid = correct(place, qtbot, "400万")
        assert desk.value_of(window, uid, "total_investment") == CORRECTED

    with desk.window(qtbot) as window:
        desk.open_recent(window, qtbot)
        assert desk.value_of(window, uid, "total_investment") == CORRECTED
        desk.press(window, Qt.Key.Key_Z, desk.CTRL)
        qtbot.waitUntil(lambda: desk.value_of(window, uid, "total_investment") == PUBLISHED)
        assert [line.kind for line in window.session.read(history.of_row, "project", uid)][:2] == ["undo", "edit"]

        paper = tmp_path / "月度进展报告.pdf"
        print_report(window, qtbot, paper)
        assert paper.read_bytes().startswith(b"%PDF-")
        assert window.session.read(safety.verify).is_sound


def introduce(window: MainWindow, qtbot: QtBot) -> None:
    """The first click asks who is there, then goes on with the example."""
    desk.click(window.start.demo_card)
    panel = window.start.person_panel
    assert panel.isVisible()
    write(panel.name, "王芳")
    desk.press(panel.name, Qt.Key.Key_Return)
    write(panel.unit, "景洪市民政局")
    desk.press(panel.unit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.has_ledger, timeout=20_000)


def write(widget: QWidget, words: str) -> None:
    """Words as an input method commits them."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def projects_of(window: MainWindow) -> ProjectsPlace:
    """The place in view after a ledger was opened."""
    place = window.places.place
    assert isinstance(place, ProjectsPlace)
    return place


def search(window: MainWindow, qtbot: QtBot, words: str) -> None:
    """Ctrl+F, then letter by letter."""
    desk.press(window, Qt.Key.Key_F, desk.CTRL)
    assert window.top.search.hasFocus()
    QTest.keyClicks(window.top.search, words)
    qtbot.waitUntil(lambda: projects_of(window).table.sums.count < 84)


def correct(place: ProjectsPlace, qtbot: QtBot, amount: str) -> str:
    """F2 on 总投资 of the project with our name, a new amount, Enter; gives the project's uid."""
    table, view = place.table, place.view
    row = next(row for row in range(table.rowCount()) if NAME in str(table.data(table.index(row, INDEX["name"]))))
    uid = table.uid_at(row)
    assert uid is not None
    view.choose_row(row, INDEX["total_investment"])
    qtbot.waitUntil(lambda: place.pane.uid == uid)
    view.setFocus()
    desk.press(view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    assert view.isAncestorOf(editor)
    desk.press(editor, Qt.Key.Key_A, desk.CTRL)
    write(editor, amount)
    desk.press(editor, Qt.Key.Key_Return)
    return uid


def print_report(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    """报告: the pages as they are seen, saved."""
    window.go_to("reports")
    place = window.places.place
    assert isinstance(place, ReportsPlace)
    qtbot.waitUntil(lambda: place.panel.save_button.isEnabled(), timeout=30_000)
    place.save_to(path)
    qtbot.waitUntil(path.exists, timeout=10_000)
    qtbot.waitUntil(lambda: place.strip.isVisible(), timeout=10_000)
