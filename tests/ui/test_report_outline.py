"""The pane beside the pages: the outline of a report is gone through by clicks and keys, and follows the reading."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.report_side import OUTLINE, ReportSide
from tests.reports.month_ledger import month_ledger
from tests.ui.reports_desk import ReportsDesk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[ReportsDesk]:
    made = ReportsDesk(qtbot, tmp_path, month_ledger)
    yield made
    made.close()


def opened(desk: ReportsDesk, qtbot: QtBot) -> ReportSide:
    """The pane, unfolded at 目录."""
    side = desk.place.preview.side
    QTest.keyClick(desk.place, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: side.tabs.isVisible(), timeout=5_000)
    QTest.mouseClick(side.tabs, Qt.MouseButton.LeftButton, pos=side.tabs.tabRect(OUTLINE).center())
    assert side.outline.isVisible()
    return side


def test_a_section_is_gone_to_by_click_and_arrow_and_marked_while_reading(desk: ReportsDesk, qtbot: QtBot) -> None:
    side, pages = opened(desk, qtbot), desk.place.pages
    pages.set_fit("width")
    titles = [section.title for section in side.outline.sections]
    at = titles.index("四、存在问题")
    item = side.outline.visualItemRect(side.outline.item(at))
    QTest.mouseClick(side.outline.viewport(), Qt.MouseButton.LeftButton, pos=item.center())
    section = side.outline.sections[at]
    assert section.top > 0  # where its words stand on the page
    assert pages.is_in_sight(section.page, section.top)
    QTest.keyClick(side.outline, Qt.Key.Key_Down)
    assert side.outline.currentRow() == at + 1
    QTest.keyClick(pages, Qt.Key.Key_Home)
    assert side.outline.currentRow() <= 1
    QTest.keyClick(pages, Qt.Key.Key_End)
    assert side.outline.sections[side.outline.currentRow()].page == pages.page_count - 1


def test_a_report_without_an_outline_shows_its_pages_alone_and_the_tab_comes_back(
    desk: ReportsDesk, qtbot: QtBot
) -> None:
    side = opened(desk, qtbot)
    desk.until_made(lambda: desk.place.panel.kinds.pick("supervise"))
    qtbot.waitUntil(lambda: not side.tabs.isVisible(), timeout=5_000)
    assert side.thumbs.isVisible()
    desk.until_made(lambda: desk.place.panel.kinds.pick("projects"))
    qtbot.waitUntil(lambda: side.outline.isVisible(), timeout=5_000)


def test_a_page_number_is_typed_and_what_is_none_is_forgotten(desk: ReportsDesk) -> None:
    head, pages = desk.place.preview.head, desk.place.pages
    pages.set_fit("width")
    QTest.keyClick(desk.place, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    head._page.insert("３")  # as an input method leaves it
    QTest.keyClick(head._page, Qt.Key.Key_Return)
    assert pages.page_in_hand == 2
    QTest.keyClick(desk.place, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    head._page.insert("甲")
    QTest.keyClick(head._page, Qt.Key.Key_Return)
    assert pages.page_in_hand == 2
    assert head._page.text() == "3"
