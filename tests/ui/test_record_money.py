"""资金: amounts by source typed in a row, sums and rates beside them, allocations registered, years planned."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models.funding import CENTRAL
from laoxiao_desktop.ui import amount_text
from laoxiao_desktop.ui.record_funding import FundingPage
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import funding
from tests.ui.record_desk import Desk, press, typed

WAN = 1_000_000


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    made = Desk(qtbot, tmp_path, span="2022/2023", total_investment=360 * WAN, central_request=288 * WAN)
    made.pane.show_page("资金")
    return made


def page_of(desk: Desk) -> FundingPage:
    page = desk.pane.late("资金")
    assert isinstance(page, FundingPage)
    return page


def line(desk: Desk, source: str) -> tuple[int | None, ...]:
    found = next(one for one in funding.of(desk.ledger, desk.uid) if one.source == source)
    return found.planned, found.allocated, found.arrived, found.completed, found.paid


def test_five_amounts_are_typed_in_a_row_with_tab(desk: Desk) -> None:
    values = page_of(desk).sources[CENTRAL].values
    values["planned"].setFocus()
    press(Qt.Key.Key_Return)
    for text in ("288", "288万", "2000000元", "150", "１２０"):
        typed(text)
        press(Qt.Key.Key_Tab)
    assert line(desk, CENTRAL) == (288 * WAN, 288 * WAN, 200 * WAN, 150 * WAN, 120 * WAN)
    assert "到位率 69.4 %" in page_of(desk).figures.words
    assert "支付率 80.0 %" in page_of(desk).figures.words


def test_the_request_of_the_plan_is_offered_as_the_plan_of_central_money(desk: Desk) -> None:
    note = page_of(desk).notes.lines[0]
    assert "288 万元" in note.note.text
    note.link("central").click()
    assert line(desk, CENTRAL)[0] == 288 * WAN
    assert any("比总投资 360 万元少 72 万元" in one.note.text for one in page_of(desk).notes.lines)


def test_a_source_is_added_and_an_empty_one_taken_away(desk: Desk) -> None:
    page = page_of(desk)
    page.add_source("企业自有")
    typed("72")
    press(Qt.Key.Key_Return)
    assert line(desk, "企业自有")[0] == 72 * WAN
    page.add_source("银行贷款")
    press(Qt.Key.Key_Escape)
    QTest.mouseClick(page.sources["银行贷款"].remove, Qt.MouseButton.LeftButton)
    assert list(page.sources) == ["企业自有"]


def test_a_wrong_amount_stays_where_it_was_typed(desk: Desk) -> None:
    row = page_of(desk).sources[CENTRAL]
    row.values["paid"].edit()
    typed("很多")
    press(Qt.Key.Key_Return)
    assert row.values["paid"].is_wrong
    assert row.notes.lines[0].note.severity == "error"
    assert funding.of(desk.ledger, desk.uid) == []


def test_an_allocation_is_registered_by_keyboard_and_counts_as_allocated(desk: Desk) -> None:
    page = page_of(desk)
    page.given_head.link("add").setFocus()
    press(Qt.Key.Key_Return)
    typed("188")
    press(Qt.Key.Key_Tab)
    typed("云发改投资〔2022〕618号")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.form.isHidden()
    assert line(desk, CENTRAL)[1] == 188 * WAN
    assert page.given.rows[0].head.accessibleName().endswith("云发改投资〔2022〕618号")
    page.sources[CENTRAL].values["allocated"].edit()
    assert page.sources[CENTRAL].values["allocated"].editor is None


def test_an_allocation_without_an_amount_says_so_and_keeps_the_form(desk: Desk) -> None:
    page = page_of(desk)
    page.given_head.link("add").click()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.form.isVisible()
    assert "下达金额还没有填" in page.form.notes.lines[0].note.text


def test_an_allocation_unfolds_is_changed_deleted_and_brought_back(desk: Desk) -> None:
    funding.add_allocation(desk.ledger, desk.uid, {"year": 2022, "amount": 100 * WAN})
    page = page_of(desk)
    page.show_project(desk.uid, {})
    row = page.given.rows[0]
    row.head.setFocus()
    press(Qt.Key.Key_Return)
    row.details["batch"].value.edit()
    typed("第二批")
    press(Qt.Key.Key_Return)
    assert funding.allocations(desk.ledger, desk.uid)[0].batch == "第二批"
    page.given.rows[0].links["delete"].click()
    assert page.given.rows == ()
    desk.session.undo()
    assert len(page.given.rows) == 1


def test_each_year_of_the_span_has_its_plan(desk: Desk) -> None:
    page = page_of(desk)
    assert list(page.years) == [2022, 2023]
    page.years[2023].value.edit()
    typed("200")
    press(Qt.Key.Key_Return)
    assert [(one.year, one.amount) for one in funding.year_plans(desk.ledger, desk.uid)] == [(2023, 200 * WAN)]


def test_an_amount_that_finds_no_room_is_rounded_and_says_so_never_cut(qtbot: QtBot) -> None:
    theme = Theme()
    assert amount_text.fitting(theme, "1066.67", 60) == ("1066.67", 13.0)
    assert amount_text.fitting(theme, "1066.666666", 62)[0] == "≈1066.67"
    assert amount_text.fitting(theme, "\N{MINUS SIGN}188571.666666", 62)[0] == "≈\N{MINUS SIGN}188572"
    assert amount_text.fitting(theme, "—", 62) == ("—", 13.0)
