"""点位 in the record: shown where they make sense, many at once, rolled up beside the project's own figures."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.ui.record_pane import PAGES
from laoxiao_desktop.ui.record_sites import SitesPage
from laoxiao_desktop.workspace import projects, sites
from tests.ui.record_desk import Desk, press, typed


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 7, 2))
    made = Desk(qtbot, tmp_path, sites="3", span="2023/2025")
    made.pane.show_page("点位")
    return made


def page_of(desk: Desk) -> SitesPage:
    page = desk.pane.late("点位")
    assert isinstance(page, SitesPage)
    return page


def test_the_tab_is_there_only_for_a_bundled_project(desk: Desk) -> None:
    place = PAGES.index("点位")
    assert desk.pane.tabs.isTabVisible(place)
    desk.session.run(projects.edit, desk.uid, {"sites": None})
    assert not desk.pane.tabs.isTabVisible(place)
    assert desk.pane.page == "基本"


def test_as_many_sites_as_the_project_says_are_made_at_once(desk: Desk) -> None:
    page = page_of(desk)
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [site.name for site in sites.of(desk.ledger, desk.uid)] == ["点位1", "点位2", "点位3"]
    desk.session.undo()
    assert page.empty.isVisible()


def test_pasted_rows_bring_town_and_beds(desk: Desk) -> None:
    page = page_of(desk)
    page.begin()
    typed("曼听社区\t允景洪街道\t10\n嘎栋社区\t嘎洒街道\t12")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    found = sites.of(desk.ledger, desk.uid)
    assert [(site.name, site.town, site.beds) for site in found] == [
        ("曼听社区", "允景洪街道", "10"),
        ("嘎栋社区", "嘎洒街道", "12"),
    ]


def test_the_sum_of_the_sites_is_offered_to_the_project(desk: Desk) -> None:
    desk.session.run(sites.add_many, desk.uid, [{"name": "甲", "beds": "10"}, {"name": "乙", "beds": "12"}])
    page = page_of(desk)
    assert "床位汇总 22 张" in page.notes.lines[0].note.text
    page.notes.lines[0].link("adopt").click()
    assert (desk.stored("sites"), desk.stored("beds")) == ("2", "22")
    assert page.notes.lines == ()


def test_a_site_has_dates_of_its_own_that_cannot_lie_ahead(desk: Desk) -> None:
    desk.session.run(sites.add_many, desk.uid, [{"name": "甲"}])
    page = page_of(desk)
    row = page.list.rows[0]
    row.head.setFocus()
    press(Qt.Key.Key_Return)
    row.details["started_on"].value.edit()
    typed("2024.9")
    press(Qt.Key.Key_Return)
    assert row.details["started_on"].value.is_wrong
    typed("2024.3.1")
    press(Qt.Key.Key_Return)
    assert sites.of(desk.ledger, desk.uid)[0].started_on == "2024-03-01"
    assert row.entry.right == "已开工"
