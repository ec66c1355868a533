"""校核: findings read, filtered, put right, kept and opened again, by keys and clicks on a real ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models.query import Query
from laoxiao_desktop.ui import findings_watch
from laoxiao_desktop.ui.copying import text_of
from laoxiao_desktop.ui.findings_rows import ACCEPTED, OPEN
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.workspace import findings, projects
from tests.ui import shell_desk
from tests.ui.findings_desk import FindingsDesk, press

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WAN = 1_000_000


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[FindingsDesk]:
    made = FindingsDesk(qtbot, tmp_path)
    yield made
    made.session.close()


def value(desk: FindingsDesk, uid: str | None, field: str) -> object:
    record = projects.record(desk.ledger, str(uid))
    assert record is not None
    return record.values[field]


def test_findings_stand_under_their_severity_the_gravest_first(desk: FindingsDesk) -> None:
    QAbstractItemModelTester(desk.place.table, QAbstractItemModelTester.FailureReportingMode.Warning)
    table = desk.place.table
    headings = [heading.title for line in range(table.rowCount()) if (heading := table.heading(line)) is not None]
    assert headings == ["差错", "可疑", "提醒"]
    assert desk.place.pane.finding is not None
    assert desk.place.pane.finding.severity == "error"
    assert desk.figures[-1][0] == (OPEN, str(len(desk.shown())))


def test_down_moves_over_headings_and_the_pane_follows(desk: FindingsDesk) -> None:
    seen = set()
    for _ in range(12):
        press(Qt.Key.Key_Down)
        seen.add(desk.place.pane.position.text())
    assert len(seen) >= 11
    press(Qt.Key.Key_Home)
    assert desk.place.pane.position.text().startswith("第 1 条")


def test_the_pane_tells_why_with_figures_and_the_rows_compared_with(desk: FindingsDesk) -> None:
    desk.take("request_unlike_twin", 10)
    pane = desk.place.pane
    assert "这一项申请 360 万元，占 18 %" in pane.why.text()
    assert pane.lines.text() == "第 621 行"
    assert [(row.number, row.text) for row in pane.beside.rows] == [("10", "2000 / 360"), ("11", "2000 / 1600")]
    assert pane.form.suggested.text() == "改为 1600"
    assert pane.form.apply.text() == "改为1600"


def test_ctrl_enter_takes_the_proposal_and_goes_to_the_next(desk: FindingsDesk) -> None:
    row = desk.take("request_unlike_twin", 10)
    before = len(desk.shown())
    following = desk.place.table.shown()[desk.place.view.place + 1]
    press(Qt.Key.Key_Return, CONTROL)
    assert value(desk, row.finding.subject.uid, "central_request") == 1600 * WAN
    assert len(desk.shown()) == before - 1
    assert desk.place.pane.finding == following.finding
    assert desk.place.view.hasFocus()
    desk.settle()
    assert row.key not in [each.key for each in desk.place.table.shown()]
    desk.session.undo()
    desk.settle()
    assert row.key in [each.key for each in desk.place.table.shown()]


def test_a_finding_is_copied_as_a_line_of_a_table(desk: FindingsDesk) -> None:
    row = desk.take("place_unlike_name", 9)
    cells = text_of(desk.place.view, desk.place).split("\t")
    assert cells[1:4] == [row.finding.title, "勐海县勐往乡", "勐海县格朗和乡"]


def test_keeping_asks_for_a_reason_and_then_is_silent(desk: FindingsDesk) -> None:
    row = desk.take("place_unlike_name", 9)
    press(Qt.Key.Key_3, ALT)
    form = desk.place.pane.form
    assert form.reason.hasFocus()
    press(Qt.Key.Key_Return, CONTROL)
    assert "还没有写依据" in form.problem.text()
    QTest.keyClicks(form.reason, "6-12 called")
    press(Qt.Key.Key_Return)
    assert findings.decisions(desk.ledger)[row.key].reason == "6-12 called"
    assert row.key not in [each.key for each in desk.place.table.shown()]
    desk.settle()
    assert row.key not in [each.key for each in desk.place.table.shown()]


def test_one_reason_keeps_all_findings_of_a_rule_that_the_list_shows_and_one_undo_brings_them_back(
    desk: FindingsDesk,
) -> None:
    codes = desk.shown()
    code = max(set(codes), key=codes.count)
    count, total = codes.count(code), len(codes)
    assert count > 2
    desk.take(code)
    press(Qt.Key.Key_3, ALT)
    form = desk.place.pane.form
    form.alike.click()
    assert form.apply.text() == f"保留这 {count} 条"
    form.reason.setFocus()
    form.reason.setText("州民政局 6月12日逐项核实")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert code not in desk.shown()
    assert len(desk.shown()) == total - count
    desk.session.undo()
    desk.settle()
    assert desk.shown().count(code) == count


def test_an_accepted_finding_is_seen_by_the_chip_and_can_be_opened_again(desk: FindingsDesk) -> None:
    row = desk.take("place_unlike_name", 9)
    desk.place.pane.form.choose("keep")
    desk.place.pane.form.reason.setText("核实")
    shell_desk.click(desk.place.pane.form.apply)
    desk.place.bar.chosen.emit("states", (ACCEPTED,))
    QTest.qWait(20)
    assert desk.shown() == ["place_unlike_name"]
    assert "核实" in desk.place.pane.form.decided.text()
    shell_desk.click(desk.place.pane.form.reopen)
    assert findings.decisions(desk.ledger) == {}
    assert desk.shown() == []
    desk.place.clear_conditions()
    assert row.key in [each.key for each in desk.place.table.shown()]


def test_another_value_is_read_as_everywhere_and_a_wrong_one_is_told(desk: FindingsDesk) -> None:
    row = desk.take("request_unlike_twin", 8)
    form = desk.place.pane.form
    press(Qt.Key.Key_2, ALT)
    assert form.value.hasFocus()
    QTest.keyClicks(form.value, "abc")
    press(Qt.Key.Key_Return)
    assert form.value.property("bad")
    assert value(desk, row.finding.subject.uid, "central_request") == 360 * WAN
    form.value.selectAll()
    QTest.keyClicks(form.value, "3800000")
    QTest.keyClicks(form.value, "0000")
    press(Qt.Key.Key_Return)
    assert form.problem.text(), "more than the total is refused"
    form.value.selectAll()
    QTest.keyClicks(form.value, "380")
    press(Qt.Key.Key_Return)
    assert value(desk, row.finding.subject.uid, "central_request") == 380 * WAN


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_chips_narrow_the_list_and_count_what_they_offer(desk: FindingsDesk) -> None:
    desk.place.bar.chosen.emit("severities", ("error",))
    assert {row.finding.severity for row in desk.place.table.shown()} == {"error"}
    popup = desk.place.open_choice("plans")
    assert popup.isVisible()
    popup.close()
    desk.place.bar.chosen.emit("plans", (desk.plans["文山州"],))
    assert desk.shown() == ["growth"]
    desk.place.view.setFocus()
    press(Qt.Key.Key_Escape)
    assert len(desk.shown()) > 40


def test_words_of_the_search_field_narrow_the_list(desk: FindingsDesk) -> None:
    desk.place.set_search("格朗和乡")
    assert desk.shown() == ["place_unlike_name"]
    desk.place.set_search("没有这样的词")
    assert desk.place.empty.isVisible()
    assert desk.place.empty.sentence.text() == "没有符合条件的校核结果。"
    shell_desk.click(desk.place.empty.button)
    assert len(desk.shown()) > 40


def test_the_scope_of_the_window_holds(desk: FindingsDesk) -> None:
    desk.session.narrow(Scope(desk.plans["文山州"]))
    assert {row.finding.plan for row in desk.place.table.shown()} == {desk.plans["文山州"]}
    assert not desk.place.bar.chips["plans"].isVisible()
    assert desk.place.table.shown()[0].where == "养老指标 6"


def test_a_heading_folds_by_click_and_key(desk: FindingsDesk) -> None:
    whole = len(desk.shown())
    view = desk.place.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, view.rowViewportPosition(0) + 10))
    assert len(desk.shown()) < whole
    press(Qt.Key.Key_Right)
    assert len(desk.shown()) == whole


def test_the_project_is_wanted_at_its_field_and_a_neighbour_by_click(desk: FindingsDesk) -> None:
    wanted: list[tuple[str, str]] = []
    desk.place.project_wanted.connect(lambda uid, field: wanted.append((uid, field)))
    row = desk.take("request_unlike_twin", 10)
    press(Qt.Key.Key_J, CONTROL)
    beside = desk.place.pane.beside
    QTest.mouseClick(beside, Qt.MouseButton.LeftButton, pos=QPoint(60, 45))
    assert wanted == [
        (row.finding.subject.uid, "central_request"),
        (row.finding.others[0].uid, "central_request"),
    ]


def test_an_edit_elsewhere_is_checked_soon(desk: FindingsDesk) -> None:
    row = desk.take("request_unlike_twin", 10)
    desk.session.run(projects.edit, str(row.finding.subject.uid), {"central_request": 1600 * WAN})
    desk.settle()
    assert ("request_unlike_twin", 10) not in [(r.finding.code, r.finding.subject.no) for r in desk.place.table.shown()]


def test_the_bar_counts_the_record_tells_and_both_lead_to_each_other(qtbot: QtBot) -> None:
    with shell_desk.window(qtbot) as window:
        shell_desk.open_demo(window, qtbot)
        item = next(item for item in window.bar.findChildren(type(window.bar._items[0])) if item.key == "findings")
        qtbot.waitUntil(lambda: item.count > 50, timeout=20_000)
        found = window.session.read(projects.find, Query(search="景讷乡"))
        (uid,) = window.session.read(projects.uids_of, list(found.ids))  # type: ignore[call-overload]
        window.go_to("projects")
        window.places.place.show_uid(uid)  # type: ignore[union-attr]
        pane = window.places.place.pane  # type: ignore[union-attr]
        qtbot.waitUntil(lambda: pane.uid == uid)
        (line,) = pane.fields.row("central_request").notes.lines
        assert "低于同类 1240 万元" in line.note.text
        shell_desk.click(line.link(line.note.links[1][0]))
        assert window.places.key == "findings"
        place = window.places.place
        assert place.pane.form.way == "keep"  # type: ignore[union-attr]
        place.look()  # type: ignore[union-attr]
        assert window.places.key == "projects"
        assert pane.fields.row("central_request").value.hasFocus()
        before = item.count
        (line,) = pane.fields.row("central_request").notes.lines
        shell_desk.click(line.link(line.note.links[0][0]))
        assert item.count == before - 1
        assert shell_desk.value_of(window, uid, "central_request") == 1600 * WAN


def test_a_large_ledger_is_checked_when_somebody_looks_not_beside_the_typing(
    desk: FindingsDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings_watch, "_MANY", 1)
    desk.session.ledger_opened.emit()
    QTest.qWait(600)
    assert not desk.place.watch.is_busy
    assert not desk.place.watch.newest.is_known
    desk.place.activate()
    desk.settle()
    assert desk.place.watch.newest.findings
    desk.place.activate()
    assert not desk.place.watch.is_busy, "nothing has changed since"


def test_a_long_check_up_is_stopped_by_a_click_and_begun_again_by_the_button(
    desk: FindingsDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings_watch, "_MANY", 1)
    desk.session.ledger_opened.emit()
    place = desk.place
    (cancel,) = place.strip.findChildren(QPushButton)
    stopping = place.watch.started.connect(lambda _job: cancel.click())
    place.activate()
    desk.settle()
    assert not place.watch.newest.is_known
    place.activate()
    assert not place.watch.is_busy, "what was stopped does not begin by itself"
    place.watch.disconnect(stopping)
    shell_desk.click(place.empty.button)
    desk.settle()
    assert place.watch.newest.findings
    assert place.splitter.has_rows
