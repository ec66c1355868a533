"""月报 in the record: the open month beside what stood before, reported and sent back; the locked ones only read."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.ui.record_monthly import MonthsPage
from laoxiao_desktop.workspace import lights, months
from tests.ui.record_desk import Desk, press, typed

WAN = 1_000_000


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 7, 2))
    made = Desk(qtbot, tmp_path, span="2023/2025", total_investment=360 * WAN)
    made.pane.show_page("月报")
    return made


def page_of(desk: Desk) -> MonthsPage:
    page = desk.pane.late("月报")
    assert isinstance(page, MonthsPage)
    return page


def two_months(desk: Desk) -> MonthsPage:
    """May is locked with its figures, June is open."""
    desk.session.run(months.open_month, "2024-05")
    figures = {"cum_completed": 100 * WAN, "cum_arrived": 150 * WAN, "cum_paid": 80 * WAN}
    desk.session.run(months.set_fields, desk.uid, "2024-05", {**figures, "image_progress": "二层顶板浇筑"})
    desk.session.run(months.open_month, "2024-06")
    return page_of(desk)


def test_before_the_first_month_the_page_offers_to_open_it(desk: Desk) -> None:
    page = page_of(desk)
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert [line.month for line in months.months(desk.ledger)] == ["2024-06"]
    assert page.amounts.isVisible()
    desk.session.undo()
    assert page.empty.isVisible()


def test_a_figure_typed_shows_at_once_what_month_and_year_add(desk: Desk) -> None:
    page = two_months(desk)
    row = page.amounts.rows["cum_completed"]
    assert "上次 100" in row.value.accessibleName()
    row.value.setFocus()
    press(Qt.Key.Key_Return)
    typed("130")
    press(Qt.Key.Key_Tab)
    assert row.derived == "30 130"
    assert page.amounts.rows["cum_arrived"].value.editor is not None


def test_a_cumulative_figure_that_falls_asks_for_the_reason_first(desk: Desk) -> None:
    page = two_months(desk)
    row = page.amounts.rows["cum_completed"]
    row.value.edit()
    typed("90")
    press(Qt.Key.Key_Return)
    assert row.value.is_wrong
    press(Qt.Key.Key_Escape)
    assert not row.value.is_wrong


def test_the_text_of_last_month_is_taken_over_by_a_link(desk: Desk) -> None:
    page = two_months(desk)
    note = page.texts["image_progress"].notes.lines[0]
    assert note.note.text == "上次：二层顶板浇筑"
    note.link("repeat").click()
    assert months.reports_of(desk.ledger, desk.uid)[0].image_progress == "二层顶板浇筑"


def test_a_report_is_sent_approved_and_sent_back_with_a_reason(desk: Desk) -> None:
    page = two_months(desk)
    assert not page.send.isEnabled()
    page.same.click()
    QTest.mouseClick(page.send, Qt.MouseButton.LeftButton)
    assert months.reports_of(desk.ledger, desk.uid)[0].state == "已报"
    assert page.send.text() == "审核通过"
    page.back.click()
    typed("支付数与发票不符")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert months.reports_of(desk.ledger, desk.uid)[0].state == "退回"
    assert page.told.lines[0].note.text == "退回：支付数与发票不符"


def test_a_locked_month_says_so_and_cannot_be_edited(desk: Desk) -> None:
    page = two_months(desk)
    row = page.list.rows[0]
    assert row.entry.right == "锁定"
    QTest.mouseClick(row.head, Qt.MouseButton.LeftButton)
    assert row.is_open
    row.details["cum_completed"].value.edit()
    assert row.details["cum_completed"].value.editor is None
    assert "已锁定" in row.entry.locked


def test_the_light_in_the_head_tells_every_rule_with_its_numbers(desk: Desk) -> None:
    page = two_months(desk)
    page.amounts.rows["cum_completed"].value.edit()
    typed("100")
    press(Qt.Key.Key_Return)
    pill = desk.pane.header.pill
    assert pill.isVisible()
    assert "序时" in pill.toolTip()
    pill.setFocus()
    press(Qt.Key.Key_Return)
    assert desk.pane.light.isVisible()
    assert "投资完成率 27.8%" in desk.pane.light.reasons.words
    assert "2024-05" in desk.pane.light.reasons.words


def test_a_light_set_by_hand_needs_a_reason_and_a_day(desk: Desk) -> None:
    two_months(desk)
    desk.pane.header.pill.click()
    panel = desk.pane.light
    panel.set_link.click()
    typed("绿")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "改灯还没有写理由" in panel.form.notes.lines[0].note.text
    panel.form.rows["reason"].value.edit()
    typed("州政府专题会议纪要〔2024〕12号")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert lights.of(desk.ledger)[desk.uid].is_override
    assert desk.pane.header.pill.accessibleName().startswith("绿灯，人工改灯")
    panel.clear_link.click()
    assert lights.override_of(desk.ledger, desk.uid) is None
