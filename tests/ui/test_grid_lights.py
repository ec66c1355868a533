"""投资完成 and 灯 in the project grid: by all rules, with the numbers behind them, asked only for rows in sight."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.ui.grid_cells import done_reason, done_shares, light_reason
from laoxiao_desktop.ui.grid_columns import INDEX
from laoxiao_desktop.ui.grid_table import GridTable
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.workspace import glances, lights, months, projects
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import add_project, many_projects, new_ledger

WAN = 1_000_000


@pytest.fixture
def table(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GridTable:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 7, 2))
    session = Session()
    ledger = new_ledger(tmp_path)
    session.take(ledger)
    uid = add_project(ledger, span="2023/2025", total_investment=2000 * WAN, status="在建")
    months.open_month(ledger, "2024-06")
    months.set_fields(ledger, uid, "2024-06", {"cum_completed": 760 * WAN})
    many_projects(ledger, 200)
    made = GridTable(session)
    made.show_columns(("list_no", "name", "completed", "light"))
    made.ask(Query(order=(("completed_share", True),)))
    return made


def test_completion_and_light_tell_their_numbers(table: GridTable) -> None:
    line = table.line(0)
    assert line is not None
    assert (line.text(INDEX["completed"]), line.text(INDEX["light"])) == ("38", "黄")
    share, passed = done_shares(line.values)
    assert share == 0.38
    assert passed is not None
    assert 0.49 < passed < 0.51
    assert done_reason(line.values).startswith("累计完成 760 万元，总投资 2000 万元，完成 38.0 %，序时 4")
    assert "落后" in light_reason(line.values)
    assert line.text(INDEX["why"]).startswith("进度 落后")
    assert table.line(1) is not None


def test_only_rows_in_sight_are_asked(table: GridTable, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(ledger: Ledger, uids: Sequence[str]) -> dict[str, glances.Glance]:
        asked.append(len(uids))
        return {}

    monkeypatch.setattr(glances, "of", counted)
    table.reread()
    for row in range(10):
        table.line(row)
    assert asked == [16]


def test_the_order_by_light_is_that_of_the_lights_shown_and_waits_for_the_next_question(
    table: GridTable, qtbot: QtBot
) -> None:
    def lights_shown() -> list[str]:
        return [line.text(INDEX["light"]) for row in range(table.rowCount()) if (line := table.line(row))]

    table.ask(Query(order=(("light", False),)))
    shown = lights_shown()
    assert shown == sorted(shown, key="红黄绿—".index)
    assert len(set(shown)) > 1
    last = table.uid_at(table.rowCount() - 1)
    assert last is not None
    change = lights.override(table._session.ledger, last, "红", "现场停工", "2024-12-31")
    assert change is not None
    table.refresh(change)
    assert (table.uid_at(table.rowCount() - 1), lights_shown()[-1]) == (last, "红")
    table.ask(Query(order=(("light", True), ("name", False))))
    shown = lights_shown()
    assert shown == sorted(shown, key="绿黄红—".index)
    ledger = table._session.ledger
    with ledger.reader() as other:  # another connection judges for itself
        assert list(projects.find(other, Query(order=(("light", True),))).ids)  # type: ignore[call-overload]


def test_a_heading_tells_completion_and_the_worst_light_of_its_projects(table: GridTable) -> None:
    table.ask(Query(search="江北", group="county"))
    top = next(row for row in table.rows.headings if str(table.index(row, INDEX["name"]).data()).startswith("景洪市"))
    heading = table.heading(top)
    assert heading is not None
    lines = [line for row in range(top + 1, top + heading.sums.count + 1) if (line := table.line(row)) is not None]
    reds = sum(line.text(INDEX["light"]) == "红" for line in lines)
    assert reds
    assert table.index(top, INDEX["light"]).data() == f"红 {reds}"
    assert table.index(top, INDEX["completed"]).data() == "38", "only projects whose amount is known count"
