"""The project grid as a Qt table: sound for Qt, read only where needed, order kept after an edit."""

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models.query import Group, Query, Sums
from laoxiao_desktop.ui.grid_columns import FROZEN, arrange, fit
from laoxiao_desktop.ui.grid_rows import map_rows
from laoxiao_desktop.ui.grid_table import GridTable
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.workspace import projects
from laoxiao_desktop.workspace.ledger import Ledger
from tests import builders


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    ledger = builders.new_ledger(tmp_path)
    builders.many_projects(ledger, 300)
    session = Session()
    session.take(ledger)
    yield session
    session.close()


def test_rows_lie_under_their_headings_and_closed_groups_take_no_room() -> None:
    groups = (Group("a", "甲", Sums(2)), Group("b", "乙", Sums(3)), Group("c", "丙", Sums(1)))
    ids = array("q", [11, 12, 21, 22, 23, 31])
    rows = map_rows(ids, groups, {"b"})
    assert rows.count == 6
    assert [rows.place(row) for row in range(rows.count)] == [-1, 0, 1, -2, -3, 5]
    assert [rows.row_of(position) for position in range(6)] == [1, 2, None, None, None, 5]
    assert map_rows(ids, (), ()).count == 6


def test_qt_finds_no_fault_through_searches_groups_edits_and_deletions(session: Session, qtbot: QtBot) -> None:
    table = GridTable(session)
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.show_columns(("list_no", "name", "total_investment", "milestones", "light"))
    session.touched.connect(table.refresh)
    for query in (
        Query(),
        Query(search="jh"),
        Query(search="没有这个"),
        Query(group="county"),
        Query(search="养老", group="sector", order=(("total_investment", True),)),
    ):
        table.ask(query)
    table.close_groups({"养老"})
    assert table.rowCount() == 1
    table.ask(Query(group="county"))
    uid = table.uid_at(1)
    assert uid is not None
    session.run(projects.edit, uid, {"county": "532823"})
    session.run(projects.delete, [uid])
    session.undo()
    assert table.row_of_uid(uid) is not None
    assert tester.model() is table


def test_only_rows_that_are_looked_at_are_read(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    rows_of = projects.rows_of

    def counting(ledger: Ledger, ids: Sequence[int], names: Sequence[str]) -> list[tuple[object, ...]]:
        read.extend(ids)
        return rows_of(ledger, ids, names)

    monkeypatch.setattr(projects, "rows_of", counting)
    table = GridTable(session)
    table.show_columns(("name",))
    table.ask(Query())
    assert not read
    table.index(0, 1).data()
    assert 0 < len(read) <= 128
    before = len(read)
    uid = table.uid_at(5)
    assert uid is not None
    change = session.run(projects.edit, uid, {"remark": "看过"})
    assert change is not None
    table.refresh(change)
    for row in range(20):
        table.index(row, 1).data()
    assert len(read) == before + 1


def test_an_edit_of_the_sorted_column_moves_no_row_until_it_is_sorted_again(session: Session) -> None:
    table = GridTable(session)
    table.show_columns(("name", "total_investment"))
    table.ask(Query(order=(("total_investment", False),)))
    uid = table.uid_at(0)
    assert uid is not None
    change = session.run(projects.edit, uid, {"total_investment": 99_999 * 1_000_000})
    assert change is not None
    table.refresh(change)
    assert table.uid_at(0) == uid
    assert table.sums.count == 300
    table.ask(table.query)
    assert table.uid_at(299) == uid


def test_columns_stay_by_their_rank_when_room_runs_out() -> None:
    wide, usual, narrow = fit(1358, {}), fit(848, {}), fit(675, {})
    money = ("total_investment", "central_request")
    assert usual == ("list_no", "name", "kind", "span", *money, "completed", "light")
    assert narrow == ("list_no", "name", *money, "completed", "light")
    before_any_month = fit(848, {}, {"completed"})
    assert before_any_month == ("list_no", "name", "kind", "span", *money, "ratio", "light")
    assert set(usual) < set(wide)
    assert fit(10, {})[:FROZEN] == ("list_no", "name")
    assert arrange(("list_no", "name", "span", "status"), ("status", "span")) == ("list_no", "name", "status", "span")
