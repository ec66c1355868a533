"""问题 and 督办 in the record: registered, assigned, cleared; a red project is ordered with one press."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.ui.record_issues import IssuesPage
from laoxiao_desktop.ui.record_pane import PAGES
from laoxiao_desktop.ui.way import Place
from laoxiao_desktop.workspace import issues, milestones
from tests.ui.record_desk import Desk, press, typed

TODAY = dt.date(2024, 7, 12)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    made = Desk(qtbot, tmp_path, span="2022/2023")
    made.pane.show_page("问题")
    return made


def page_of(desk: Desk) -> IssuesPage:
    page = desk.pane.late("问题")
    assert isinstance(page, IssuesPage)
    return page


def count(desk: Desk) -> int:
    return desk.pane.tabs.count_of(PAGES.index("问题"))


def test_a_problem_is_registered_by_keyboard_and_counted_on_the_tab(desk: Desk) -> None:
    page = page_of(desk)
    page.head.link("add").setFocus()
    press(Qt.Key.Key_Return)
    typed("电梯未按期供货")
    press(Qt.Key.Key_Tab)
    typed("李明")
    press(Qt.Key.Key_Tab)
    typed("2024.7.1")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (found,) = issues.of(desk.ledger, desk.uid)
    assert (found.text, found.owner, found.due_on, found.state) == ("电梯未按期供货", "李明", "2024-07-01", "待办")
    assert count(desk) == 1
    assert "已过时限" in page.list.rows[0].head.accessibleName()


def test_a_problem_is_worked_on_cleared_and_opened_again(desk: Desk) -> None:
    desk.session.run(issues.add, desk.uid, {"text": "用电容量不足"})
    page = page_of(desk)
    for key, state in (("办理中", "办理中"), ("close", "已销号"), ("待办", "待办")):
        page.list.open(page.list.rows[0].uid)
        page.list.rows[0].links[key].click()
        assert issues.of(desk.ledger, desk.uid)[0].state == state
    assert issues.of(desk.ledger, desk.uid)[0].closed_on is None


def test_a_problem_without_words_is_refused_where_it_is_written(desk: Desk) -> None:
    page = page_of(desk)
    page.head.link("add").click()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "问题还没有写" in page.form.notes.lines[0].note.text
    press(Qt.Key.Key_Escape)
    page.form.setFocus()
    page.form.close_form()
    assert page.form.isHidden()


def test_one_press_sends_an_order_for_a_red_project(desk: Desk) -> None:
    desk.session.run(milestones.start_from_template, desk.uid)
    page = page_of(desk)
    assert page.proposal.isVisible()
    assert "景洪市民政局" in page.proposal.words.text()
    QTest.mouseClick(page.proposal.button, Qt.MouseButton.LeftButton)
    (order,) = issues.supervisions(desk.ledger, desk.uid)
    assert (order.unit, order.due_on, order.no) == ("景洪市民政局", "2024-07-27", "督办〔2024〕1号")
    assert "未开工，超期 21 个月" in order.text
    assert page.proposal.isHidden()
    assert page.orders.rows[0].is_open


def test_a_reply_is_registered_and_the_order_cleared(desk: Desk) -> None:
    desk.session.run(issues.supervise, desk.uid, "景洪市民政局", "提出赶工措施", "2024-07-27")
    page = page_of(desk)
    page.orders.open(page.orders.rows[0].uid)
    page.orders.rows[0].links["reply"].click()
    typed("已增加两个班组，9月底封顶")
    press(Qt.Key.Key_Return)
    (order,) = issues.supervisions(desk.ledger, desk.uid)
    assert (order.state, order.replied_on) == ("办理中", "2024-07-12")
    page.orders.rows[0].links["close"].click()
    assert not issues.supervisions(desk.ledger, desk.uid)[0].is_open
    assert count(desk) == 0


def test_an_order_is_written_from_a_problem(desk: Desk) -> None:
    desk.session.run(issues.add, desk.uid, {"text": "用地红线内有两户未搬迁"})
    page = page_of(desk)
    page.list.open(page.list.rows[0].uid)
    page.list.rows[0].links["order"].click()
    assert page.order.values["text"] == "用地红线内有两户未搬迁"
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert issues.supervisions(desk.ledger, desk.uid)[0].text == "用地红线内有两户未搬迁"


def test_an_order_leads_to_its_paper(desk: Desk, qtbot: QtBot) -> None:
    desk.session.run(issues.supervise, desk.uid, "景洪市民政局", "提出赶工措施", "2024-07-27")
    page = page_of(desk)
    page.orders.open(page.orders.rows[0].uid)
    with qtbot.waitSignal(desk.pane.way_wanted, timeout=2_000) as led:
        page.orders.rows[0].links["print"].click()
    assert led.args == [Place("reports", f"supervise:{desk.uid}")]
