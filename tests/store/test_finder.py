"""Answers from memory are the answers of SQL, before and after every kind of write."""

import random
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from laoxiao_desktop.models.query import GroupKey, Query
from laoxiao_desktop.store import projects as sql
from laoxiao_desktop.workspace import history, milestones, months, packages, projects
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.projects import _RANKS
from tests import builders

SEARCHES = ("", "j", "jh", "勐", "养老 服务", "没有", "!", "红塔区")
ORDERS = (
    (),
    (("name", True),),
    (("total_investment", False), ("status", True)),
    (("ratio", True),),
    (("kind", False),),
    (("late_days", True),),
    (("cum_completed", True), ("plan_title", False)),
)
CONDITIONS = ((), (("sector", ("养老",)),), (("county", ("532801", "")), ("year", ("2023",))))
GROUPS = (None, *get_args(GroupKey))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with builders.new_ledger(tmp_path) as opened:
        builders.many_projects(opened, 200)
        builders.add_project(opened, "没有县市的项目", county=None, status=None, total_investment=None)
        yield opened


def queries(seed: int, count: int) -> Iterator[Query]:
    """`count` questions put together by chance."""
    chance = random.Random(seed)
    for _ in range(count):
        yield Query(chance.choice(SEARCHES), chance.choice(CONDITIONS), chance.choice(ORDERS), chance.choice(GROUPS))


def check(ledger: Ledger, seed: int, count: int = 60) -> None:
    """Every answer equals the one of SQL alone."""
    for query in queries(seed, count):
        assert ledger.finder.find(ledger.connection, query, _RANKS) == sql.find(ledger.connection, query, _RANKS), query


def test_answers_from_memory_are_the_answers_of_sql_through_all_writes(ledger: Ledger) -> None:
    check(ledger, 1)
    shown = projects.find(ledger, Query()).ids
    assert isinstance(shown, array)
    uid = projects.uids_of(ledger, shown[:3])
    projects.edit(ledger, uid[0], {"total_investment": 7, "central_request": 1, "county": "530402", "name": "改了名"})
    check(ledger, 2)
    projects.delete(ledger, uid[1:])
    check(ledger, 3)
    history.undo(ledger)
    projects.duplicate(ledger, uid)
    check(ledger, 4)
    projects.edit_many(ledger, uid, {"status": "停工", "sector": "托育", "list_no": 900})
    check(ledger, 5)
    milestones.start_from_template(ledger, uid[0])
    check(ledger, 6)
    months.open_month(ledger, "2024-06")
    months.set_fields(ledger, uid[1], "2024-06", {"cum_completed": 3_000_000})
    check(ledger, 7)


def test_another_writer_is_noticed(ledger: Ledger) -> None:
    with ledger.reader() as reader:
        before = projects.find(reader, Query())
        assert projects.find(reader, Query(search="新来的")).sums.count == 0
        builders.add_project(ledger, "新来的项目")
        assert projects.find(reader, Query()).sums.count == before.sums.count + 1
        assert projects.find(reader, Query(search="新来的")).sums.count == 1


def test_what_a_package_brought_is_in_the_answers(ledger: Ledger, tmp_path: Path) -> None:
    packages.give(ledger, tmp_path / "1.lxp", to="县里")
    with packages.start_from(tmp_path / "1.lxp", tmp_path / "县.laoxiao", builders.CLERK) as county:
        uid = projects.uids_of(ledger, projects.find(ledger, Query()).ids[:1])[0]
        check(ledger, 8)
        projects.edit(county, uid, {"name": "甲", "total_investment": 900, "central_request": 9})
        packages.give(county, tmp_path / "2.lxp", to="州里")
    packages.take(ledger, tmp_path / "2.lxp")
    check(ledger, 9)
