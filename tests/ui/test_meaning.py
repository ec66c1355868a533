"""The mouse and F1 explain what is in hand: in the record, the grids, the overview, the options, and in dialogs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models import meaning
from laoxiao_desktop.ui.findings import FindingsPlace
from laoxiao_desktop.ui.grid_bulk import BulkDialog
from laoxiao_desktop.ui.grid_columns import INDEX
from laoxiao_desktop.ui.help_dialog import HelpDialog
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.monthly import MonthlyPlace
from laoxiao_desktop.ui.overview import OverviewPlace
from laoxiao_desktop.ui.overview_meanings import FigureTips
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.ui.reports import ReportsPlace
from laoxiao_desktop.workspace import months
from tests.ui import shell_desk as desk
from tests.ui.shell_desk import press


def asked(window: MainWindow, widget: QWidget) -> str:
    """What F1 explains above the manual's page, with the keyboard in a widget."""
    widget.setFocus()
    press(widget, Qt.Key.Key_F1)
    card = window.help.card
    told = card.title.text() if card.isVisible() else ""
    press(window.help, Qt.Key.Key_Escape)
    return told


def test_a_field_of_the_record_is_explained_by_mouse_and_f1(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        place = window.places.place
        assert isinstance(place, ProjectsPlace)
        qtbot.waitUntil(lambda: place.pane.uid is not None)
        row = place.pane.fields.row("total_investment")
        told = row.toolTip()
        assert all(words in told for words in ("总投资（万元）", "全部投资", "规则：", "来源：方案公布文本"))
        assert asked(window, row.value) == "总投资（万元）"
        assert window.help.manual.key == "record"
        desk.click(window.help.card.more)
        assert window.help.manual.key == "meanings"


def test_a_column_of_the_grid_and_of_the_month_is_explained(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        place = window.places.place
        assert isinstance(place, ProjectsPlace)
        place.view.setCurrentIndex(place.table.index(place.view.currentIndex().row(), INDEX["central_request"]))
        assert asked(window, place.view) == "申请中央资金（万元）"
        window.session.run(months.open_month, "2023-05")
        window.go_to("monthly")
        month = window.places.place
        assert isinstance(month, MonthlyPlace)
        columns = (*place.view.painter_of_cells.columns, *month.view.painter_of_cells.columns)
        assert [column.name for column in columns if meaning.of(column.meaning_key) is None] == []


def test_a_figure_of_the_overview_is_explained_even_where_it_leads_nowhere(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot, "overview")
        place = window.places.place
        assert isinstance(place, OverviewPlace)
        qtbot.waitUntil(lambda: len(place.sheet.layout_now.figures) >= 6)
        tips = place.sheet.findChild(FigureTips)
        assert tips is not None
        for placed in place.sheet.layout_now.figures:
            assert "来源：" in tips.words_at(placed.area.center().toPoint()), placed.figure.key


def test_options_of_a_report_and_findings_are_explained(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot, "reports")
        place = window.places.place
        assert isinstance(place, ReportsPlace)
        assert asked(window, place.panel.options.day.line) == "截至"
        window.go_to("findings")
        findings = window.places.place
        assert isinstance(findings, FindingsPlace)
        qtbot.waitUntil(lambda: findings.pane.finding is not None, timeout=10_000)
        assert findings.pane.advice.text().startswith("影响：")


def test_f1_answers_in_a_dialog_too(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        place = window.places.place
        assert isinstance(place, ProjectsPlace)
        press(place.view, Qt.Key.Key_H, desk.CTRL)
        dialog = window.findChild(BulkDialog)
        assert dialog is not None
        qtbot.waitUntil(dialog.isActiveWindow)
        press(dialog.which, Qt.Key.Key_F1)
        shown = dialog.findChild(HelpDialog)
        assert shown is not None
        assert shown.manual.key == "projects"
        assert shown.card.isVisible()
        assert shown.manual.verticalScrollBar().value() == 0
        shown.close()
        dialog.reject()
