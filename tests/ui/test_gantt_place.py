"""进度图: bars of a real ledger, moved by mouse and keys, zoomed, folded; and two thousand of them scrolled."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models.gantt import Bar, Mark
from laoxiao_desktop.store import rows
from laoxiao_desktop.ui.gantt import GanttPlace
from laoxiao_desktop.ui.gantt_chart import GanttChart
from laoxiao_desktop.ui.gantt_paint import GanttPainter
from laoxiao_desktop.ui.session import Scope, Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import baselines, history, milestones
from tests import builders
from tests.ui import overview_desk

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
FIRST = "景洪市江北街道"


class Desk:
    """The place on screen."""

    def __init__(self, session: Session, place: GanttPlace) -> None:
        self.session, self.place = session, place
        self.said: list[str] = []
        session.said.connect(lambda words, _undoable: self.said.append(words))
        session.hinted.connect(self.said.append)

    @property
    def chart(self) -> GanttChart:
        return self.place.chart

    @property
    def bar(self) -> Bar:
        bar = self.chart.bar
        assert bar is not None
        return bar

    def mark(self, code: str) -> Mark:
        return next(mark for mark in self.bar.marks if mark.code == code)

    def take(self, name: str) -> None:
        self.place.show_uid(overview_desk.uid_of(self.session.ledger, name))

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.chart, key, modifier)

    def drag(self, code: str, across: int, *, releases: bool = True) -> None:
        """Drag a mark of the bar in hand sideways."""
        view, start = self.chart.viewport(), self.chart.mark_point(self.mark(code))
        end = start + QPointF(across, 0)
        QTest.mousePress(view, Qt.MouseButton.LeftButton, NONE, start.toPoint())
        for share in (0.3, 0.7, 1.0):
            at = start + (end - start) * share
            moved = QMouseEvent(
                QEvent.Type.MouseMove,
                at,
                view.mapToGlobal(at),
                Qt.MouseButton.NoButton,
                Qt.MouseButton.LeftButton,
                NONE,
            )
            QApplication.sendEvent(view, moved)
        if releases:
            QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, end.toPoint())

    def stored(self, code: str, field: str = "forecast") -> object:
        uid = self.mark(code).uid
        found = rows.one(self.session.ledger.connection, "milestone", uid)
        assert found is not None
        return found[field]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    session = Session()
    session.take(overview_desk.build(tmp_path, with_months=False))
    place = GanttPlace(session, Theme())
    qtbot.addWidget(place)
    place.resize(1234, 696)
    with qtbot.waitActive(place):
        place.show()
        place.activateWindow()
    place.activate()
    yield Desk(session, place)
    place.close()
    session.close()


def test_counties_head_their_projects_and_the_first_project_is_in_hand(desk: Desk) -> None:
    lines = desk.chart.lines
    titles = [line.title if not isinstance(line, Bar) else line.subject.name[:5] for line in lines.lines]
    assert titles == [
        "景洪市",
        "景洪市江北",
        "景洪市嘎洒",
        "景洪东风金",
        "勐海县",
        "勐海县打洛",
        "勐海县城乡",
        "勐腊县",
        "勐腊县农村",
    ]
    assert desk.bar.subject.name.startswith(FIRST)
    assert ("未设里程碑", "4") in desk.place._figures


def test_a_mark_is_dragged_to_another_month_journalled_and_undone(desk: Desk) -> None:
    desk.take(FIRST)
    assert desk.stored("M11") is None
    month = desk.chart.axis.year_width / 12
    desk.drag("M11", round(3 * month), releases=False)
    assert desk.chart.hint.startswith("主体封顶  预计 ")
    assert "比计划晚" in desk.chart.hint
    assert desk.stored("M11") is None, "nothing is written while the mark is on its way"
    at = desk.chart.mark_point(desk.mark("M11")) + QPointF(round(3 * month), 0)
    QTest.mouseRelease(desk.chart.viewport(), Qt.MouseButton.LeftButton, NONE, at.toPoint())
    planned, forecast = desk.stored("M11", "planned"), desk.stored("M11")
    assert isinstance(planned, str)
    assert isinstance(forecast, str)
    assert forecast > planned
    assert len(forecast) == 7
    uid = desk.mark("M11").uid
    lines = desk.session.read(history.of_row, "milestone", uid)
    assert (lines[0].field, lines[0].old, lines[0].new) == ("forecast", None, forecast)
    assert desk.chart.mark is not None
    assert desk.chart.mark.uid == uid
    desk.session.undo()
    assert desk.stored("M11") is None
    assert desk.mark("M11").forecast is None


def test_alt_and_arrows_move_the_mark_in_hand_as_one_change(desk: Desk, qtbot: QtBot) -> None:
    desk.take(FIRST)
    desk.key(Qt.Key.Key_Right)
    mark = desk.chart.mark
    assert mark is not None
    assert mark.code == "M02", "the first step that is not reached"
    for _ in range(3):
        desk.key(Qt.Key.Key_Right, ALT)
    desk.key(Qt.Key.Key_Left, ALT)
    assert desk.stored("M02") is None
    assert "预计" in desk.chart.accessibleDescription()
    qtbot.waitUntil(lambda: desk.stored("M02") is not None)
    planned = str(desk.stored("M02", "planned"))
    assert str(desk.stored("M02"))[:7] == f"{planned[:4]}-{int(planned[5:7]) + 2:02d}"
    desk.session.undo()
    assert desk.stored("M02") is None
    desk.key(Qt.Key.Key_Right, ALT)
    desk.key(Qt.Key.Key_Escape)
    assert desk.chart.hint == ""
    desk.chart.settle()
    assert desk.stored("M02") is None


def test_by_months_the_keys_move_days(desk: Desk) -> None:
    desk.take(FIRST)
    desk.place.bar.zooms["month"].click()
    assert desk.chart.axis.zoom == "month"
    desk.key(Qt.Key.Key_Right)
    desk.key(Qt.Key.Key_Right, ALT)
    desk.key(Qt.Key.Key_Return)
    assert len(str(desk.stored("M02"))) == 10


def test_a_reached_mark_stays_where_it_is_and_says_why(desk: Desk) -> None:
    desk.take(FIRST)
    desk.drag("M09", 60)
    assert desk.stored("M09", "actual") == "2024-02-20"
    assert desk.stored("M09") is None
    assert desk.said[-1] == "“开工”已在 2024.02.20 完成，不再有预计日期。"


def test_slips_are_measured_against_the_latest_baseline(desk: Desk) -> None:
    desk.take(FIRST)
    dialog = desk.place.ask_for_baseline()
    assert dialog is not None
    assert not dialog.save.isEnabled()
    dialog.reason.setText("首次批准的计划")
    dialog.doc_no.setText("西发改社会〔2023〕12号")
    dialog.save.click()
    kept = desk.session.read(baselines.of, desk.bar.subject.uid)
    assert [(one.no, one.reason, one.doc_no) for one in kept] == [(1, "首次批准的计划", "西发改社会〔2023〕12号")]
    planned = desk.mark("M14").planned
    desk.session.run(milestones.edit, desk.mark("M14").uid, {"planned": "2099-06"})
    mark = desk.mark("M14")
    assert (mark.baseline, mark.planned) == (planned, "2099-06")
    at = desk.chart.mark_point(mark)
    assert "版次" in desk.chart.words_at(at) or at.x() > desk.chart.frame.right
    assert (desk.bar.slip or 0) > 20_000
    desk.session.undo()
    assert (desk.bar.slip or 0) < 20_000


def test_wheel_with_ctrl_zooms_about_the_day_under_the_mouse(desk: Desk) -> None:
    chart = desk.chart
    at = QPointF(700, 300)
    before, zoom = chart.frame.day(at.x()), chart.axis.year_width
    for _ in range(6):
        turned = QWheelEvent(
            at, chart.viewport().mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CTRL,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(chart.viewport(), turned)
    assert chart.axis.year_width > 2 * zoom
    assert abs(chart.frame.day(at.x()) - before) <= 2
    assert chart.axis.zoom == "month"
    assert desk.place.bar.zooms["month"].isChecked()


def test_counties_fold_by_click_key_and_button(desk: Desk) -> None:
    chart = desk.chart
    QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, NONE, chart.row_rect(0).topLeft() + QPoint(40, 10))
    assert len(chart.lines) == 6
    desk.key(Qt.Key.Key_Home)
    desk.key(Qt.Key.Key_Right)
    assert len(chart.lines) == 9
    desk.key(Qt.Key.Key_Left)
    assert len(chart.lines) == 6
    desk.place.bar.turn_all.click()
    assert len(chart.lines) == 3
    desk.place.bar.turn_all.click()
    assert len(chart.lines) == 9


def test_a_click_on_a_name_opens_its_record_and_the_pane_follows(desk: Desk, qtbot: QtBot) -> None:
    chart = desk.chart
    row = chart.lines.row_of(overview_desk.uid_of(desk.session.ledger, "勐海县打洛"))
    assert row is not None
    QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, NONE, chart.row_rect(row).topLeft() + QPoint(60, 10))
    assert desk.place.pane.isVisible()
    assert desk.place.pane.uid == desk.bar.subject.uid
    desk.key(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: desk.place.pane.uid == desk.bar.subject.uid)
    assert desk.bar.subject.name.startswith("勐海县城乡")


def test_scope_search_and_chips_narrow_the_bars(desk: Desk) -> None:
    desk.session.narrow(Scope(None, "532822"))
    assert [bar.subject.county for bar in desk.chart.lines.bars()] == ["532822", "532822"]
    desk.session.narrow(Scope())
    desk.place.set_search("mlx")
    assert [bar.subject.name[:3] for bar in desk.chart.lines.bars()] == ["勐腊县"]
    desk.place.set_search("")
    desk.place.bar.set_condition("sector", ("托育",))
    assert len(list(desk.chart.lines.bars())) == 1
    desk.place.bar.set_condition("status", ("取消",))
    assert desk.place.empty.isVisible()
    desk.place.empty.button.click()
    assert len(list(desk.chart.lines.bars())) == 6


def test_every_control_says_its_name(desk: Desk) -> None:
    bar = desk.place.bar
    controls = [*bar.chips.values(), *bar.zooms.values(), bar.today, bar.turn_all, bar.baseline, bar.record, desk.chart]
    assert all(control.accessibleName() or getattr(control, "text", str)() for control in controls)


def test_two_thousand_projects_are_drawn_by_what_is_in_sight(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = builders.new_ledger(tmp_path)
    builders.many_projects(ledger, 2_000)
    with ledger.change("里程碑"):
        for (uid,) in ledger.connection.execute("SELECT uid FROM project").fetchall():
            milestones._lay_out(ledger, uid)
    session = Session()
    session.take(ledger)
    place = GanttPlace(session, Theme())
    qtbot.addWidget(place)
    place.resize(1234, 696)
    place.show()
    place.activate()
    drawn: list[object] = []
    bar = GanttPainter.bar

    def counted(self: GanttPainter, *rest: Any) -> None:
        drawn.append(rest)
        bar(self, *rest)

    monkeypatch.setattr(GanttPainter, "bar", counted)
    picture = QPixmap(place.chart.viewport().size())
    took = []
    for number in range(40):
        place.chart.verticalScrollBar().setValue(number * 1_301)
        drawn.clear()
        begun = time.perf_counter()
        place.chart.viewport().render(picture)
        took.append(time.perf_counter() - begun)
        assert 0 < len(drawn) <= 28
    assert sorted(took)[20] < 0.05, "a picture every 20 ms or so; 8 ms on a quiet machine"
    place.close()
    session.close()
