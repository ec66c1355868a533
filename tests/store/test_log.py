"""The log says everything that happened, in a chain that nobody can cut, and the tables are what it says."""

import datetime as dt
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.store import backups, database
from laoxiao_desktop.workspace import history, lists, milestones, projects, safety, views
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import CLERK, add_project, new_ledger, plan_of

_TABLES = ("plan", "project", "milestone", "indicator", "indicator_target", "list_item", "saved_view")


def _state(ledger: Ledger) -> dict[str, list[dict[str, object]]]:
    """Every visible row of the tables that the schedules below touch."""
    return {
        table: sorted(ledger.rows_as_of(table), key=lambda row: str(row["uid"]))  # type: ignore[misc]
        for table in _TABLES
    }


def _step(ledger: Ledger, chance: random.Random) -> None:
    """One random intention of a person; every kind of change occurs."""
    uids = projects.uids_of(ledger, projects.find(ledger, Query()).ids)
    kind = chance.randrange(9)
    if kind == 0 or not uids:
        add_project(ledger, f"项目{chance.randrange(10_000)}")
    elif kind == 1:
        projects.delete(ledger, [chance.choice(uids)])
    elif kind == 2:
        projects.duplicate(ledger, [chance.choice(uids)])
    elif kind == 3:
        values = {"remark": chance.choice(["", "甲", "乙\n丙", None]), "contact": chance.choice(["张三", None, "李四"])}
        projects.edit_many(ledger, chance.sample(uids, min(3, len(uids))), values, "试")
    elif kind == 4:
        uid = chance.choice(uids)
        milestones.start_from_template(ledger, uid)
        milestones.edit(ledger, milestones.of(ledger, uid)[0].uid, {"actual": f"2023-0{chance.randrange(1, 9)}"})
    elif kind == 5:
        created = lists.add(ledger, "indicator", {"plan": plan_of(ledger), "name": f"指标{chance.randrange(99)}"})
        assert created
        assert created.created
        lists.set_target(ledger, created.created, 2025, chance.choice(["≥60", "97以上", "持续增加"]))
    elif kind == 6:
        views.save(ledger, "projects", chance.choice("甲乙丙"), {"n": chance.randrange(9)})
    elif kind == 7:
        history.undo(ledger)
    else:
        history.redo(ledger)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_schedule_the_tables_are_what_the_log_says(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with new_ledger(tmp_path) as ledger:
        for _ in range(60):
            _step(ledger, chance)
        verdict = safety.verify(ledger)
        assert verdict.problems == ()
        assert verdict.ops > 300


@pytest.mark.parametrize("seed", range(4))
def test_undoing_everything_and_doing_it_again_ends_where_it_stood(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with new_ledger(tmp_path) as ledger:
        for _ in range(40):
            _step(ledger, chance)
        end = _state(ledger)
        undone = 0
        while history.next_undo(ledger):
            history.undo(ledger)
            undone += 1
        assert undone > 5
        # the first plan was itself added by a change: all the way back there is nothing
        assert _state(ledger)["project"] == []
        while history.next_redo(ledger):
            history.redo(ledger)
        assert _state(ledger) == end


def test_undo_reaches_back_over_a_restart(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        uid = add_project(ledger)
        projects.edit(ledger, uid, {"total_investment": 400_000_000})
        path = ledger.path
    with ledgers.open(path, CLERK) as ledger:
        assert history.next_undo(ledger) == "“总投资”改为 400"
        history.undo(ledger)
        shown = projects.record(ledger, uid)
        assert shown
        assert shown.values["total_investment"] == 360_000_000


def test_a_new_change_ends_what_could_be_redone(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        uid = add_project(ledger)
        projects.edit(ledger, uid, {"remark": "一"})
        history.undo(ledger)
        projects.edit(ledger, uid, {"owner": "二"})
        assert history.next_redo(ledger) is None
        assert history.next_undo(ledger) == "“业主单位”改为 二"


def test_a_change_that_changes_nothing_leaves_no_trace(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        uid = add_project(ledger)
        head = ledger.head()
        assert projects.edit(ledger, uid, {"place": "景洪市江北街道"}) is None
        assert ledger.head() == head


def test_tables_can_be_read_as_they_stood_on_a_past_day(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        uid = add_project(ledger)
        ledger.connection.execute("UPDATE _op SET at = '2024-03-01T09:00:00+08:00'")
        projects.edit(ledger, uid, {"total_investment": 400_000_000})
        projects.delete(ledger, [uid])
        (then,) = ledger.rows_as_of("project", "2024-03-31T23:59:59+08:00")
        assert then["total_investment"] == 360_000_000
        assert ledger.rows_as_of("project", "2024-02-01") == []
        assert ledger.rows_as_of("project") == []


def test_history_tells_who_what_when_and_why(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        uid = add_project(ledger)
        projects.edit(ledger, uid, {"total_investment": 400_000_000}, "批复调整")
        line = history.of_row(ledger, "project", uid)[0]
        assert (line.actor, line.field, line.old, line.new, line.reason) == (
            "景洪市民政局 王芳",
            "total_investment",
            360_000_000,
            400_000_000,
            "批复调整",
        )


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        ("UPDATE _op SET val = 1 WHERE fld = 'total_investment'", "日志被改动过"),
        ("DELETE FROM _op WHERE seq = (SELECT max(seq) - 3 FROM _op)", "日志缺少记录"),
        ("DELETE FROM _op WHERE seq = (SELECT max(seq) FROM _op)", "末尾"),
        ("DELETE FROM _head WHERE fld = 'total_investment'", "索引与日志不一致"),
        ("DROP TRIGGER _log_project_owner", "内容与日志不一致"),
    ],
)
def test_tampering_behind_the_log_is_found(tmp_path: Path, tamper: str, told: str) -> None:
    with new_ledger(tmp_path) as ledger:
        add_project(ledger)
        ledger.connection.execute(tamper)
        ledger.connection.execute("UPDATE project SET owner = '别人'") if "DROP" in tamper else None
        assert told in " ".join(safety.verify(ledger).problems)


def test_nothing_is_written_outside_a_change_and_nothing_is_deleted(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        add_project(ledger)
        with pytest.raises(sqlite3.IntegrityError, match="no change is open"):
            ledger.connection.execute("UPDATE project SET name = '偷改'")
        with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
            ledger.connection.execute("DELETE FROM project")


def test_a_copy_writes_under_its_own_site_and_a_moved_file_keeps_it(tmp_path: Path) -> None:
    def site(path: Path) -> str:
        with ledgers.open(path, CLERK) as opened:
            return str(opened.connection.execute("SELECT site FROM _self").fetchone()[0])

    with new_ledger(tmp_path) as ledger:
        path = ledger.path
    first = site(path)
    copy = Path(shutil.copy(path, tmp_path / "副本.laoxiao"))
    assert site(copy) != first
    moved = path.rename(tmp_path / "改名.laoxiao")
    assert site(moved) == first


def test_personal_data_can_be_erased_from_the_whole_log(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        uid = add_project(ledger, contact="张三丰")
        projects.edit(ledger, uid, {"contact": "李四光"})
        assert "张三丰" in [line.old for line in history.of_row(ledger, "project", uid)]
        projects.erase_person(ledger, uid)
        history.undo(ledger)
        shown = projects.record(ledger, uid)
        assert shown
        assert shown.values["contact"] is None
        assert safety.verify(ledger).is_sound
        path = ledger.path
    assert "张三丰".encode() not in path.read_bytes()
    assert "李四光".encode() not in path.read_bytes()


def test_every_kept_backup_restores_to_what_it_was(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path)
    uid = add_project(ledger)
    wanted = []
    for number in range(3):
        projects.edit(ledger, uid, {"owner": f"业主{number}"})
        wanted.append((safety.backup(ledger, tmp_path / "b", str(number)), _state(ledger)))
    ledger.close()
    for path, state in wanted:
        safety.restore(path, ledger.path, CLERK)
        with ledgers.open(ledger.path, CLERK) as restored:
            assert _state(restored) == state
            assert safety.verify(restored).is_sound
            assert history.next_undo(restored)
    assert len(safety.kept(ledger.path)) >= 1  # what stood before each restore


def test_a_backup_with_one_bit_changed_is_refused(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path)
    add_project(ledger)
    path = safety.backup(ledger, tmp_path / "b")
    ledger.close()
    before = ledger.path.read_bytes()
    changed = bytearray(path.read_bytes())
    changed[len(changed) // 2] ^= 1
    path.write_bytes(changed)
    with pytest.raises(UserError, match="不一样了"):
        safety.restore(path, ledger.path, CLERK)
    assert ledger.path.read_bytes() == before


def test_backups_are_thinned_to_days_weeks_and_months(tmp_path: Path) -> None:
    now = dt.datetime(2024, 6, 30, 12, tzinfo=dt.timezone(dt.timedelta(hours=8))).astimezone()
    for hours in range(0, 24 * 400, 6):
        made = now - dt.timedelta(hours=hours)
        (tmp_path / f"{made:%Y-%m-%d %H.%M.%S}.laoxiao").touch()
    backups.thin(tmp_path, now)
    ages = [(now - backup.made_at).days for backup in backups.kept(tmp_path)]
    assert len([age for age in ages if age < 2]) == 8
    assert 28 <= len([age for age in ages if 2 <= age < 30]) <= 29
    assert 21 <= len([age for age in ages if 30 <= age < 180]) <= 23
    assert 7 <= len([age for age in ages if age >= 180]) <= 9


def test_a_file_with_foreign_triggers_is_refused(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        path = ledger.path
        ledger.connection.execute("CREATE TRIGGER evil AFTER INSERT ON project BEGIN SELECT 1; END")
    with pytest.raises(UserError, match="不属于本程序"):
        ledgers.open(path, CLERK)
    with pytest.raises(UserError, match="不属于本程序"):
        database.open_reader(path)
