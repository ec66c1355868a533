"""完成情况 of indicators against their targets, and the dated progress of list items, in the pane of 指标与清单."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.workspace import lists, plans, projects, reached
from tests.ui.lists_desk import ListsDesk, press, typed


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ListsDesk]:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 7, 2))
    made = ListsDesk(qtbot, tmp_path)
    yield made
    made.session.close()


def show(desk: ListsDesk, name: str, kind: str = "indicator") -> str:
    """Take the row with this name in hand, with its pane; gives its uid."""
    desk.place.tabs.choose(kind)
    desk.stand_on(name, "name")
    return str(desk.row(name)["uid"])


def test_a_value_typed_says_whether_it_reaches_the_target_of_its_year(desk: ListsDesk) -> None:
    uid = show(desk, "新生儿访视率")
    part = desk.place.detail.reached
    assert list(part.years) == [2023, 2025]
    part.years[2023].value.edit()
    typed("92.5%")
    press(Qt.Key.Key_Tab)
    typed("88")
    press(Qt.Key.Key_Return)
    assert {one.period: one.value for one in reached.values_of(desk.session.ledger, uid)} == {
        "2023": "92.5%",
        "2025": "88",
    }
    assert part.years[2023].value.shown.suffix == "目标 >90，已达到"
    assert part.years[2025].value.shown.suffix == "目标 >95，未达到"


def test_counties_have_values_of_their_own(desk: ListsDesk) -> None:
    uid = show(desk, "新生儿访视率")
    part = desk.place.detail.reached
    part.head.link("add").click()
    typed("勐海县")
    press(Qt.Key.Key_Tab)
    typed("91")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (found,) = reached.values_of(desk.session.ledger, uid)
    assert (found.period, found.county, found.value) == ("2024", "532822", "91")


@pytest.mark.parametrize(
    ("target", "value", "met"),
    [
        ("≥60", "60%", True),
        ("97以上", "96.9", False),
        ("持续增加", "已达到", True),
        ("持续增加", "未达到", False),
        ("持续增加", "增加 12 张", None),
        ("≥60", "没有数", None),
        ("一县一中心", "1", None),
    ],
)
def test_targets_in_figures_and_in_words_are_judged(target: str, value: str, met: bool | None) -> None:
    assert reached.is_met(target, value) is met


def test_beds_of_opened_projects_are_offered_for_an_indicator_of_new_beds(desk: ListsDesk) -> None:
    ledger = desk.session.ledger
    plan = plans.all_of(ledger)[0].uid
    desk.session.run(lists.add, "indicator", {"plan": plan, "name": "新增养老床位", "unit": "张"})
    projects.add(ledger, plan, {"name": "甲养老院", "status": "投用", "beds": "120"})
    projects.add(ledger, plan, {"name": "乙养老院", "status": "在建", "beds": "80"})
    uid = show(desk, "新增养老床位")
    note = desk.place.detail.reached.notes.lines[0]
    assert "床位合计 120 张" in note.note.text
    note.link("adopt").click()
    assert [(one.period, one.value) for one in reached.values_of(ledger, uid)] == [("2024", "120")]


def test_progress_is_noted_with_a_day_and_can_be_taken_back(desk: ListsDesk) -> None:
    ledger = desk.session.ledger
    name = str(lists.items(ledger, "task")[0]["name"])
    uid = show(desk, name, "task")
    part = desk.place.detail.progress
    part.head.link("add").click()
    typed("已印发实施细则")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(one.noted_on, one.text) for one in reached.notes_of(ledger, uid)] == [("2024-07-02", "已印发实施细则")]
    desk.session.undo()
    assert reached.notes_of(ledger, uid) == []
