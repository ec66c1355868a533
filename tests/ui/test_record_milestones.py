"""里程碑: laid out by template, dates kept in the table by keyboard, the line and the headline say how it stands."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.models.milestone import Milestone
from laoxiao_desktop.ui.record_milestones import MilestonesPage
from laoxiao_desktop.ui.record_step import deviation, reached_values
from laoxiao_desktop.workspace import milestones, projects
from tests.ui.record_desk import Desk, press, typed

TODAY = dt.date(2024, 7, 12)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    made = Desk(qtbot, tmp_path, span="2023/2025")
    made.pane.show_page("里程碑")
    return made


def page_of(desk: Desk) -> MilestonesPage:
    return desk.pane.milestones


def start(desk: Desk) -> MilestonesPage:
    QTest.mouseClick(page_of(desk).empty.button, Qt.MouseButton.LeftButton)
    return page_of(desk)


def test_an_empty_project_offers_the_template_of_its_build_kind(desk: Desk) -> None:
    page = page_of(desk)
    assert page.empty.button.text() == "按模板建立里程碑（15 项）"
    start(desk)
    assert len(page.rows) == 15
    assert page.headline.words == "尚未填报"
    assert page.empty.isHidden()


def test_a_renovation_is_offered_the_shorter_template(desk: Desk) -> None:
    desk.session.run(projects.edit, desk.uid, {"build_kind": "改建"})
    assert page_of(desk).empty.button.text() == "按模板建立里程碑（9 项）"


def test_a_past_date_is_reached_and_a_date_ahead_is_expected(desk: Desk) -> None:
    page = start(desk)
    page.rows[0].reached.setFocus()
    press(Qt.Key.Key_Return)
    typed("2023.1.20")
    press(Qt.Key.Key_Tab)
    first, second = milestones.of(desk.ledger, desk.uid)[:2]
    assert (first.actual, first.forecast) == ("2023-01-20", None)
    assert page.rows[1].planned.editor is not None
    press(Qt.Key.Key_Tab)
    typed("2024年9月")
    press(Qt.Key.Key_Return)
    second = milestones.of(desk.ledger, desk.uid)[1]
    assert (second.actual, second.forecast) == (None, "2024-09")


def test_the_arrows_walk_down_a_column(desk: Desk) -> None:
    page = start(desk)
    page.rows[0].planned.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert page.rows[2].planned.hasFocus()
    press(Qt.Key.Key_Up)
    assert page.rows[1].planned.hasFocus()


def test_a_row_unfolds_to_its_note_by_keyboard(desk: Desk) -> None:
    page = start(desk)
    row = page.rows[10]
    row.name.setFocus()
    press(Qt.Key.Key_Return)
    row.details["note"].value.edit()
    typed("雨季停工两周")
    press(Qt.Key.Key_Return)
    assert milestones.of(desk.ledger, desk.uid)[10].note == "雨季停工两周"
    assert "雨季停工两周" in row.name.toolTip()


def test_a_wrong_date_says_why_under_its_row(desk: Desk) -> None:
    row = start(desk).rows[3]
    row.planned.edit()
    typed("2023.13")
    press(Qt.Key.Key_Tab)
    assert row.planned.is_wrong
    assert row.notes.lines[0].note.severity == "error"


def test_a_milestone_is_added_and_deleted_and_both_can_be_undone(desk: Desk) -> None:
    page = start(desk)
    page.add_link.click()
    typed("电梯验收")
    press(Qt.Key.Key_Return)
    assert page.rows[-1].name.accessibleName().startswith("电梯验收")
    page.rows[-1].removed.emit(page.rows[-1].uid)
    assert len(page.rows) == 15
    desk.session.undo()
    assert len(page.rows) == 16


def test_the_headline_names_what_is_late_and_the_line_says_it_in_words(desk: Desk) -> None:
    page = start(desk)
    for step in milestones.of(desk.ledger, desk.uid)[:8]:
        desk.session.run(milestones.edit, step.uid, {"actual": step.planned})
    late = milestones.of(desk.ledger, desk.uid)[8]
    desk.session.run(milestones.edit, late.uid, {"planned": "2024-05-15"})
    assert page.headline.words == "开工逾期 58 天"
    assert "8 / 15 完成" in page.headline.accessibleName()
    assert "已逾期 1 项" in page.line.accessibleName()
    assert page.rows[8].slip.accessibleName() == "偏差 逾期+58 天"


def test_a_click_on_the_line_unfolds_the_milestone(desk: Desk) -> None:
    page = start(desk)
    page.line.picked.emit(page.rows[4].uid)
    assert page.rows[4].is_open
    assert page.rows[4].name.hasFocus()


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (Milestone("u", "M01", "立项", "2024-05-15", None, None), ("逾期", "+58", "redt")),
        (Milestone("u", "M01", "立项", "2024-07-01", None, None), ("逾期", "+11", "yellowt")),
        (Milestone("u", "M01", "立项", "2024-05-15", None, "2024-05-25"), ("晚", "+10", "yellowt")),
        (Milestone("u", "M01", "立项", "2024-05-15", None, "2024-05-09"), ("早", "−6", "text3")),
        (Milestone("u", "M01", "立项", "2024-09-30", "2024-12-06", None), ("将晚", "+67", "text2")),
        (Milestone("u", "M01", "立项", "2024-09-30", None, None), ("", "", "text3")),
    ],
)
def test_a_deviation_reads_without_colour(step: Milestone, told: tuple[str, str, str]) -> None:
    assert deviation(step, TODAY) == told


def test_clearing_takes_back_the_reached_date_before_the_expected_one() -> None:
    step = Milestone("u", "M01", "立项", "2024-05-15", "2024-06", "2024-06-20")
    assert reached_values(None, step, TODAY) == {"actual": None}
    assert reached_values("2024-07", step, TODAY) == {"forecast": "2024-07", "actual": None}
