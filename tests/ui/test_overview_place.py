"""总览: the page of a month and of a ledger without months; every figure leads to exactly its rows, by click and key."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models.check import SEVERITIES
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.ui.findings import FindingsPlace
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.overview import OverviewPlace
from laoxiao_desktop.ui.overview_layout import arrange
from laoxiao_desktop.ui.overview_lists import findings_section
from laoxiao_desktop.ui.overview_page import Page
from laoxiao_desktop.ui.overview_spot import Spot
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.ui.way import Place, Record, Rows
from laoxiao_desktop.workspace import lights, months, projects
from tests.ui import overview_desk, shell_desk
from tests.ui.shell_desk import click, press


@contextmanager
def opened(qtbot: QtBot, folder: Path, *, with_months: bool = True) -> Iterator[tuple[MainWindow, OverviewPlace]]:
    """The window at 总览, 1366 × 697."""
    ledger = overview_desk.build(folder, with_months=with_months)
    path = ledger.path
    ledger.close()
    with shell_desk.window(qtbot) as window:
        window.resize(1366, 697)
        window.opening.open(path)
        place = window.places.place
        assert isinstance(place, OverviewPlace), "总览 is what a ledger opens with"
        yield window, place


@pytest.fixture
def month(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[MainWindow, OverviewPlace]]:
    with opened(qtbot, tmp_path) as pair:
        yield pair


def figures(page: Page) -> dict[str, str]:
    return {figure.key: figure.value for figure in page.figures}


def rows_behind(window: MainWindow) -> set[str]:
    place = window.places.place
    assert isinstance(place, ProjectsPlace)
    return overview_desk.shown(place)


def test_the_figures_of_the_month_are_those_of_its_reports(month: tuple[MainWindow, OverviewPlace]) -> None:
    _, place = month
    page = place.sheet.page
    total = 360 + 450 + 280 + 270 + 2000 + 65.67
    done = 180 + 45 + 210 + 30 + 1000 + 60  # who has not reported stands as last known
    assert page.title == "2024年6月进展"
    assert figures(page)["projects"] == "6"
    assert figures(page)["investment"] == "3425.67"
    assert figures(page)["completed"] == f"{done / total * 100:.1f}"
    assert figures(page)["started"] == "33.3"
    words = {figure.key: "".join(note.text for note in figure.notes) for figure in page.figures}
    before = 100 + 45 + 140 + 27 + 800 + 60
    assert words["completed"].endswith(f"+{(done - before) / total * 100:.1f}")
    assert words["started"] == "未开工 4，较上月 +0"


def test_every_spot_leads_to_as_many_rows_as_it_says(month: tuple[MainWindow, OverviewPlace]) -> None:
    window, place = month
    overview = place.sheet
    said: dict[str, int] = {}
    for figure in overview.page.figures:
        if figure.key in ("projects", "red", "yellow", "green"):
            said[f"figure:{figure.key}"] = int(figure.value)
    for chart in overview.page.charts:
        for line in chart.lines:
            if line.count:
                said[f"bar:{line.key}"] = int(line.count.split()[0])
            for light, count, way in line.lights:
                if way is not None:
                    said[f"light:{line.key}:{light}"] = count
    said["figure:started"], said["note:started"] = 2, 4
    for section in overview.page.sections:
        if section.key == "missing":
            said |= {f"line:{line.key}": int(line.middle.split()[0]) for line in section.lines}
    assert len(said) > 10
    for key, count in said.items():
        if key not in {spot.key for spot in overview.spots()}:
            assert count == 0
            continue
        window.go_to("overview")
        click(overview.spot(key))
        found = rows_behind(window)
        assert len(found) == count, key
        assert window.places.key == "projects"


def test_a_light_leads_to_the_projects_that_have_it(month: tuple[MainWindow, OverviewPlace]) -> None:
    window, place = month
    ledger = window.session.ledger
    found = window.session.read(lights.of)
    reds = {uid for uid, light in found.items() if light.colour == "红"}
    assert reds
    click(place.sheet.spot("figure:red"))
    names = {str(projects.record(ledger, uid).values["name"]) for uid in reds}  # type: ignore[union-attr]
    assert rows_behind(window) == names
    projects_place = window.places.place
    assert isinstance(projects_place, ProjectsPlace)
    assert projects_place.bar.chips["light"].value == "红"
    assert projects_place.bar.chips["month"].value == "2024年6月"
    press(projects_place.view, Qt.Key.Key_Escape)
    assert len(rows_behind(window)) == 6


def test_the_keyboard_alone_reaches_and_opens_every_figure(month: tuple[MainWindow, OverviewPlace]) -> None:
    window, place = month
    press(window, Qt.Key.Key_1, shell_desk.CTRL)
    seen = []
    first = QApplication.focusWidget()
    assert first is place.sheet.spots()[0]
    focused = first
    for _ in place.sheet.spots():
        seen.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        following = QApplication.focusWidget()
        focused = following if isinstance(following, Spot) else focused
    assert len(set(seen)) == len(place.sheet.spots())
    assert all(seen)
    county = place.sheet.spot("bar:county:532822")
    county.setFocus(Qt.FocusReason.TabFocusReason)
    press(county, Qt.Key.Key_Return)
    assert rows_behind(window) == {row[0] for row in overview_desk.ROWS if row[1] == "532822"}


def test_arrows_go_to_the_neighbour(month: tuple[MainWindow, OverviewPlace]) -> None:
    _, place = month
    spots = place.sheet.spots()
    bars = [spot for spot in spots if spot.key.startswith("bar:county")]
    bars[0].setFocus()
    press(bars[0], Qt.Key.Key_Down)
    assert bars[1].hasFocus()
    press(bars[1], Qt.Key.Key_Up)
    assert bars[0].hasFocus()


def test_the_slowest_county_stands_first(month: tuple[MainWindow, OverviewPlace]) -> None:
    _, place = month
    chart = place.sheet.page.charts[0]
    assert chart.question == "哪个县市慢？"
    shares = [line.share for line in chart.lines]
    assert shares == sorted(shares)  # all spans alike, so the pace is too


def test_nothing_is_scrolled_or_overlaps_at_the_size_of_an_office_screen(
    month: tuple[MainWindow, OverviewPlace],
) -> None:
    _, place = month
    assert place.area.verticalScrollBar().maximum() == 0
    areas = [QRect(spot.geometry()) for spot in place.sheet.spots() if spot.key.startswith(("bar:", "line:"))]
    whole = place.sheet.rect()
    assert all(whole.contains(area) for area in areas)
    for number, area in enumerate(areas):
        assert not any(area.adjusted(1, 1, -1, -1).intersects(other) for other in areas[number + 1 :])


def test_a_missing_unit_and_a_red_project_lead_to_their_rows(month: tuple[MainWindow, OverviewPlace]) -> None:
    window, place = month
    section = next(section for section in place.sheet.page.sections if section.key == "missing")
    assert (section.title, section.count) == ("6月未报", 1)
    click(place.sheet.spot(f"line:{section.lines[0].key}"))
    assert rows_behind(window) == {"勐腊县农村敬老院提质改造项目"}
    window.go_to("overview")
    lit = next(section for section in place.sheet.page.sections if section.key == "lit")
    way = lit.lines[0].way
    assert isinstance(way, Record)
    click(place.sheet.spot(f"line:{lit.lines[0].key}"))
    projects_place = window.places.place
    assert isinstance(projects_place, ProjectsPlace)
    assert projects_place.pane.uid == way.uid


def test_each_reminder_leads_to_its_projects(month: tuple[MainWindow, OverviewPlace]) -> None:
    window, place = month
    section = next(section for section in place.sheet.page.sections if section.key == "reminders")
    assert any("逾期" in line.text for line in section.lines)
    for line in section.lines:
        window.go_to("overview")
        click(place.sheet.spot(f"line:{line.key}"))
        if isinstance(line.way, Rows):
            assert rows_behind(window) == overview_desk.names_of(window.session.ledger, line.way.query)
            assert rows_behind(window)
        else:
            assert window.places.key == "monthly"


def test_the_scope_narrows_the_page_and_what_its_figures_lead_to(month: tuple[MainWindow, OverviewPlace]) -> None:
    window, place = month
    window.session.narrow(Scope(None, "532801"))
    QApplication.processEvents()
    assert figures(place.sheet.page)["projects"] == "3"
    click(place.sheet.spot("figure:projects"))
    assert rows_behind(window) == {row[0] for row in overview_desk.ROWS if row[1] == "532801"}
    projects_place = window.places.place
    assert isinstance(projects_place, ProjectsPlace)
    assert projects_place.state.conditions == ()


def test_a_change_elsewhere_shows_when_one_comes_back(month: tuple[MainWindow, OverviewPlace]) -> None:
    window, place = month
    uid = overview_desk.uid_of(window.session.ledger, "景洪市嘎洒")
    window.session.run(months.set_fields, uid, "2024-06", {"cum_completed": 90 * overview_desk.WAN})
    QApplication.processEvents()
    done = 180 + 90 + 210 + 30 + 1000 + 60
    assert figures(place.sheet.page)["completed"] == f"{done / 3425.67 * 100:.1f}"
    window.session.undo()
    QApplication.processEvents()
    assert figures(place.sheet.page)["completed"] == f"{(done - 45) / 3425.67 * 100:.1f}"


def test_before_the_first_month_the_page_says_so_and_shows_the_plan(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path, with_months=False) as (window, place):
        page = place.sheet.page
        assert page.notice.startswith("尚未开始月度调度")
        shown = figures(page)
        assert (shown["projects"], shown["investment"]) == ("6", "3425.67")
        assert (shown["completed"], shown["arrived"], shown["paid"]) == ("—", "—", "—")
        assert "figure:completed" not in {spot.key for spot in place.sheet.spots()}
        assert shown["started"] == "33.3"  # two projects have an actual date of 开工
        assert [line.name for line in page.charts[0].lines] == ["勐海县", "景洪市", "勐腊县"]
        click(place.sheet.spot("bar:end:2025"))
        assert len(rows_behind(window)) == 6
        window.go_to("overview")
        assert place.button.hasFocus()
        press(place.button, Qt.Key.Key_Space)
        assert window.places.key == "monthly"


def test_the_example_is_told_honestly(qtbot: QtBot) -> None:
    with shell_desk.window(qtbot) as window:
        shell_desk.open_demo(window, qtbot, "overview")
        place = window.places.place
        assert isinstance(place, OverviewPlace)
        shown = figures(place.sheet.page)
        assert (shown["projects"], shown["investment"], shown["started"]) == ("84", "188571.67", "—")
        capacity = next(chart for chart in place.sheet.page.charts if chart.key == "capacity")
        assert [line.cells[0].text for line in capacity.lines] == ["0 / 2697+ 张", "0 / 1150+ / 15500 个"]
        qtbot.waitUntil(lambda: any(s.key == "findings" and s.lines for s in place.sheet.page.sections), timeout=20_000)
        assert shell_desk.nameless(window) == []


def test_what_is_typed_in_the_search_field_is_looked_for_among_the_projects(
    month: tuple[MainWindow, OverviewPlace], qtbot: QtBot
) -> None:
    window, _ = month
    press(window, Qt.Key.Key_F, shell_desk.CTRL)
    QTest.keyClicks(window.top.search, "ml")
    qtbot.waitUntil(lambda: window.places.key == "projects" and len(rows_behind(window)) == 1)
    assert window.top.search.hasFocus()
    press(window, Qt.Key.Key_1, shell_desk.CTRL)
    assert window.places.key == "overview"


@pytest.mark.parametrize(("width", "height", "factor"), [(1234, 625, 1.0), (1045, 485, 1.0), (1788, 968, 1.0), (1234, 620, 1.5), (700, 500, 1.0)])  # fmt: skip
def test_the_page_fits_any_room(
    month: tuple[MainWindow, OverviewPlace], width: int, height: int, factor: float
) -> None:
    _, place = month
    layout = arrange(place.sheet.page, width, height, factor)
    for chart in layout.charts:
        assert all(area.left() >= 0 and area.right() <= width for _, area in chart.lines)
        assert len(chart.lines) + len(chart.rest) == len(chart.chart.lines)
    if factor == 1.0 and width > 1000 and height > 600:
        assert layout.height <= height


def test_what_finds_no_room_is_gathered_in_one_line_that_leads_to_all_of_it(qtbot: QtBot) -> None:
    with shell_desk.window(qtbot) as window:
        window.resize(1366, 640)
        shell_desk.open_demo(window, qtbot, "overview")
        place = window.places.place
        assert isinstance(place, OverviewPlace)
        chart = place.sheet.layout_now.charts[0]
        assert len(chart.rest) > 1
        click(place.sheet.spot("rest:county"))
        assert window.places.key == "projects"
        projects_place = window.places.place
        assert isinstance(projects_place, ProjectsPlace)
        assert projects_place.table.sums.count == sum(int(line.count.split()[0]) for line in chart.rest)


def test_a_finding_leads_to_the_findings_of_its_rule(qtbot: QtBot) -> None:
    with shell_desk.window(qtbot) as window:
        shell_desk.open_demo(window, qtbot, "overview")
        place = window.places.place
        assert isinstance(place, OverviewPlace)
        sheet = place.sheet
        qtbot.waitUntil(lambda: any(spot.key.startswith("line:finding:") for spot in sheet.spots()), timeout=20_000)
        section = next(section for section in place.sheet.page.sections if section.key == "findings")
        line = section.lines[0]
        assert line.way == Place("findings", line.text)
        click(place.sheet.spot(f"line:{line.key}"))
        assert window.places.key == "findings"
        findings = window.places.place
        assert isinstance(findings, FindingsPlace)
        assert findings.asked.rules == (line.text,)


def test_a_question_of_many_uids_is_one_bound_value(month: tuple[MainWindow, OverviewPlace]) -> None:
    window, _ = month
    many = tuple(f"uid-{number}" for number in range(40_000))
    assert overview_desk.names_of(window.session.ledger, Query(conditions=(("uids", many),))) == set()


def test_a_large_ledger_is_read_beside_the_window_and_can_be_closed_meanwhile(
    month: tuple[MainWindow, OverviewPlace], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, place = month
    monkeypatch.setattr("laoxiao_desktop.ui.overview._AT_ONCE", 0)
    busy: list[str] = []
    window.session.busy.connect(busy.append)
    window.session.narrow(Scope(None, "532822"))
    qtbot.waitUntil(lambda: figures(place.sheet.page)["projects"] == "2")
    qtbot.waitUntil(lambda: busy == ["正在汇总……", ""])
    window.session.narrow(Scope())
    QApplication.processEvents()
    window.session.close()
    assert place.sheet.spots() == ()


def test_a_finding_has_the_same_word_here_as_in_its_place() -> None:
    section = findings_section([("申请中央超过总投资 80 %", "warning", 8), ("缺少县市", "note", 2)])
    assert [line.right for line in section.lines] == [f"{SEVERITIES['warning']} 8", f"{SEVERITIES['note']} 2"]
    assert "才校核" in findings_section(None, is_running=False).empty


def test_an_earlier_month_tells_its_own_figures_and_nothing_of_today(month: tuple[MainWindow, OverviewPlace]) -> None:
    window, place = month
    newest = figures(place.sheet.page)
    assert not place.months.newest.isVisible()
    press(place.sheet.spots()[0], Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.qWait(20)
    page = place.sheet.page
    assert place.months.text() == "2024年5月进展"
    done, total = 100 + 45 + 140 + 27 + 800 + 60, 360 + 450 + 280 + 270 + 2000 + 65.67
    assert figures(page)["completed"] == f"{done / total * 100:.1f}"
    assert not {section.key for section in page.sections} & {"reminders", "due", "findings"}
    lit = next(spot for spot in place.sheet.spots() if spot.key.startswith("figure:") and "灯" in spot.accessibleName())
    click(lit)
    projects_place = window.places.place
    assert isinstance(projects_place, ProjectsPlace)
    assert projects_place.bar.chips["month"].value == "2024年5月"
    window.go_to("overview")
    assert place.months.text() == "2024年5月进展", "the month stays until another is chosen"
    click(place.months.newest)
    QTest.qWait(20)
    assert (place.months.text(), figures(place.sheet.page)) == ("2024年6月进展", newest)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_what_is_painted_is_copied_as_text(month: tuple[MainWindow, OverviewPlace]) -> None:
    window, place = month
    spot = place.sheet.spot("bar:county:532822")
    spot.setFocus()
    press(spot, Qt.Key.Key_C, shell_desk.CTRL)
    board = QGuiApplication.clipboard()
    assert board.text().startswith("勐海县 ")
    at = spot.mapTo(window, spot.rect().center())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot.rect().center(), window.mapToGlobal(at))
    QApplication.sendEvent(spot, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()][1] == "复制整页"
    menu.actions()[1].trigger()
    menu.close()
    lines = board.text().split("\n")
    assert lines[0] == "2024年6月进展\t截至 6月30日，同 5月比较"
    assert any(line.startswith("总投资\t3425.67 万元") for line in lines)
    assert sum(line.endswith("未报") or "未报" in line for line in lines) >= 1
