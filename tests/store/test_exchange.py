"""Copies of a ledger exchange packages in any order, narrowed, twice, late or not at all, and come to the same ledger."""

import random
import shutil
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.workspace import attachments, conflicts, history, milestones, months, packages, projects, safety
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import add_project, new_ledger
from tests.exchange_driver import World, derived, prove, state
from tests.hostile import parcels

STATE, COUNTY = Person("王芳", "州民政局"), Person("李明", "景洪市民政局")


class Pair:
    """The ledger of a prefecture and the one that a county began from its package."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self.state = new_ledger(folder)
        self.state.person = STATE
        self.uid = add_project(self.state, contact="张三", phone="13888880000")
        self.county = packages.start_from(self.give(self.state, COUNTY.unit), folder / "县.laoxiao", COUNTY)

    def give(self, ledger: Ledger, to: str, **wish: object) -> Path:
        """A package in a file of its own."""
        self.count += 1
        path = self.folder / f"{self.count}.lxp"
        packages.give(ledger, path, to=to, **wish)  # type: ignore[arg-type]
        return path

    def up(self, **wish: object) -> packages.Taken:
        """The county's package is taken by the prefecture."""
        return packages.take(self.state, self.give(self.county, STATE.unit, **wish))

    def down(self, **wish: object) -> packages.Taken:
        """And the other way round."""
        return packages.take(self.county, self.give(self.state, COUNTY.unit, **wish))

    def meet(self) -> None:
        """Both have everything and agree."""
        self.up()
        self.down()
        assert state(self.state) == state(self.county)
        for ledger in (self.state, self.county):
            assert safety.verify(ledger).problems == ()

    def value(self, ledger: Ledger, field: str = "total_investment") -> object:
        """What stands in a field of the project."""
        record = projects.record(ledger, self.uid)
        assert record
        return record.values[field]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.state.close()
    made.county.close()


def test_offices_that_exchange_by_chance_come_to_the_same_ledger(tmp_path: Path) -> None:
    tally: Counter[str] = Counter()
    for seed in range(2):
        world = World(tmp_path / str(seed), seed)
        world.run(110)
        prove(world)
        world.close()
        tally += world.tally
    for event, least in (("edit", 15), ("given", 40), ("narrowed", 3), ("taken", 15), ("conflict", 3), ("twice", 1)):
        assert tally[event] >= least, tally
    assert tally["refused without a remedy"] == 0


def test_a_package_tells_who_changed_what_and_the_receipt_keeps_it(pair: Pair) -> None:
    projects.edit(pair.county, pair.uid, {"total_investment": 400_000_000})
    add_project(pair.county, "县里新增的项目")
    package = pair.give(pair.county, STATE.unit)
    before = derived(pair.state)
    look = packages.look(pair.state, package)
    assert derived(pair.state) == before
    assert (look.refusal, look.sender.unit if look.sender else "", look.added) == (None, COUNTY.unit, (("项目", 1),))
    taken = packages.take(pair.state, package)
    (line,) = taken.lines
    assert (line.before, line.after, line.author) == ("360", "400", str(COUNTY))
    assert (taken.lines, taken.added, taken.new_ops) == (look.lines, look.added, look.new_ops)
    assert ("project", pair.uid) in taken.change.touched
    (receipt,) = packages.receipts(pair.state)
    kept = packages.receipt(pair.state, receipt.uid)
    assert kept.to_json() == taken.to_json()
    assert taken.head_before != taken.head_after == pair.state.head()
    again = packages.take(pair.state, package)
    assert (again.new_ops, again.lines, again.head_after) == (0, (), taken.head_after)
    found = projects.find(pair.state, Query(search="县里新增"))
    assert found.sums.count == 1


def test_the_second_package_holds_only_what_the_other_lacks(pair: Pair) -> None:
    pair.up()
    projects.edit(pair.state, pair.uid, {"owner": "新业主"})
    given = packages.give(pair.state, pair.folder / "小.lxp", to=COUNTY.unit)
    assert given.ops < 10
    assert not given.is_first
    (peer,) = packages.peers(pair.state)
    assert (peer.name, bool(peer.last_given), bool(peer.last_taken)) == (COUNTY.unit, True, True)


def test_two_values_wait_for_a_person_and_the_choice_travels(pair: Pair) -> None:
    projects.edit(pair.state, pair.uid, {"total_investment": 500_000_000, "owner": "甲"})
    projects.edit(pair.county, pair.uid, {"total_investment": 400_000_000, "remark": "乙"})
    taken = pair.up()
    (conflict,) = conflicts.of(pair.state)
    assert taken.conflicts == (conflict,)
    sides = {side.shown: side for side in conflict.sides}
    assert (conflict.base, sorted(sides), sides["400"].author) == ("360", ["400", "500"], str(COUNTY))
    assert pair.value(pair.state, "owner") == "甲"
    assert pair.value(pair.state, "remark") == "乙"
    with pytest.raises(UserError, match="没有这一方"):
        conflicts.resolve(pair.state, conflict.id, "000000000000.1")
    conflicts.resolve(pair.state, conflict.id, sides["400"].op)
    assert conflicts.of(pair.state) == ()
    assert pair.value(pair.state) == 400_000_000
    pair.down()
    assert conflicts.of(pair.county) == ()
    pair.meet()
    assert pair.value(pair.county) == 400_000_000


def test_a_choice_made_in_both_places_alike_is_no_conflict_and_a_new_value_ends_one(pair: Pair) -> None:
    projects.edit(pair.state, pair.uid, {"owner": "同一个"})
    projects.edit(pair.county, pair.uid, {"owner": "同一个"})
    pair.meet()
    assert conflicts.of(pair.state) == ()
    projects.edit(pair.state, pair.uid, {"owner": "甲"})
    projects.edit(pair.county, pair.uid, {"owner": "乙"})
    pair.up()
    projects.edit(pair.state, pair.uid, {"owner": "丙"})
    pair.meet()
    assert conflicts.of(pair.county) == ()
    assert pair.value(pair.county, "owner") == "丙"


@pytest.mark.parametrize("choice", ["delete", "keep"])
def test_what_was_deleted_there_and_edited_here_waits_for_a_person(pair: Pair, choice: str) -> None:
    projects.delete(pair.state, [pair.uid])
    milestones.start_from_template(pair.county, pair.uid)
    pair.down()
    (conflict,) = conflicts.of(pair.county)
    assert conflict.kind == "deleted"
    assert [side.shown == "删除" for side in conflict.sides].count(True) == 1
    side = next(side for side in conflict.sides if (side.shown == "删除") == (choice == "delete"))
    conflicts.resolve(pair.county, conflict.id, side.op)
    pair.meet()
    assert conflicts.of(pair.state) == conflicts.of(pair.county) == ()
    assert (projects.record(pair.state, pair.uid) is None) == (choice == "delete")


def test_undo_takes_back_ones_own_last_change_and_leaves_the_others(pair: Pair) -> None:
    projects.edit(pair.county, pair.uid, {"owner": "县里的"})
    projects.edit(pair.state, pair.uid, {"remark": "州里的"})
    pair.up()
    history.undo(pair.state)
    assert (pair.value(pair.state, "owner"), pair.value(pair.state, "remark")) == ("县里的", None)
    lines = history.of_row(pair.state, "project", pair.uid)
    assert {line.actor for line in lines} == {str(STATE), str(COUNTY)}
    assert len({line.site for line in lines}) == 2
    projects.edit(pair.state, pair.uid, {"owner": "州里的"})
    projects.edit(pair.county, pair.uid, {"owner": "县里再改"})
    pair.up()
    history.undo(pair.state)  # two people disagree about it: nobody's value is taken away by the way
    assert len(conflicts.of(pair.state)) == 1
    pair.meet()
    uid = add_project(pair.state, "州里新增的项目")
    pair.down()
    projects.edit(pair.county, uid, {"owner": "县里填的"})
    pair.up()
    history.undo(pair.state)
    assert projects.record(pair.state, uid) is not None


def test_the_same_row_made_in_both_places_is_one_row(pair: Pair) -> None:
    for ledger in (pair.state, pair.county):
        months.open_month(ledger, "2024-06")
        months.set_fields(ledger, pair.uid, "2024-06", {"cum_completed": 10_000_000})
        milestones.start_from_template(ledger, pair.uid)
    pair.meet()
    assert conflicts.of(pair.state) == ()
    (line,) = months.months(pair.state)
    assert dict(line.counts) == {"草稿": 1}
    assert len(milestones.of(pair.state, pair.uid)) == len({one.code for one in milestones.of(pair.state, pair.uid)})


def test_what_comes_too_late_for_a_locked_month_is_held_back_until_it_is_unlocked(pair: Pair) -> None:
    months.open_month(pair.state, "2024-06")
    months.set_fields(pair.state, pair.uid, "2024-06", {"cum_completed": 10_000_000})
    pair.down()
    months.lock(pair.state, "2024-06")
    other = add_project(pair.county, "县里新增的项目")
    months.set_fields(pair.county, pair.uid, "2024-06", {"cum_completed": 20_000_000})
    months.set_fields(pair.county, other, "2024-06", {"cum_completed": 5_000_000})
    taken = pair.up()
    assert not [line for line in taken.lines if "2024-06" in line.subject]
    assert [report.cum_completed for report in months.reports_of(pair.state, pair.uid)] == [10_000_000]
    held = [one for one in conflicts.of(pair.state) if one.kind == "locked"]
    assert "累计完成投资" in " ".join(one.field_title for one in held)
    with pytest.raises(UserError, match="已经锁定"):
        conflicts.resolve(pair.state, held[0].id, held[0].sides[-1].op)
    assert safety.verify(pair.state).problems == ()
    pair.down()  # the lock travels, and the county sees the month as it was signed
    assert state(pair.state) == state(pair.county)
    assert months.reports_of(pair.county, other) == []
    change = months.unlock(pair.state, "2024-06", "县里有迟报")
    assert change
    assert [report.cum_completed for report in months.reports_of(pair.state, pair.uid)] == [20_000_000]
    assert {table for table, _ in change.touched} >= {"month", "monthly_report"}
    assert conflicts.of(pair.state) == ()
    months.lock(pair.state, "2024-06")
    pair.meet()
    assert [report.cum_completed for report in months.reports_of(pair.county, other)] == [5_000_000]


def test_a_month_that_was_locked_there_applies_as_it_was_signed(pair: Pair) -> None:
    months.open_month(pair.state, "2024-06")
    pair.down()
    months.set_fields(pair.county, pair.uid, "2024-06", {"cum_completed": 20_000_000})
    months.lock(pair.county, "2024-06")
    months.lock(pair.state, "2024-06")
    pair.meet()
    assert [report.cum_completed for report in months.reports_of(pair.state, pair.uid)] == [20_000_000]


def test_a_give_out_for_one_county_holds_nothing_of_another(pair: Pair, tmp_path: Path) -> None:
    secret = add_project(pair.state, "勐海县秘密项目", county="532822", content="机密内容", responsible_unit="勐海单位")
    milestones.start_from_template(pair.state, secret)
    attachments.add(pair.state, secret, b"secret photo", file_name="a.jpg")
    projects.edit(pair.state, pair.uid, {"owner": "景洪业主"})
    package = pair.give(pair.state, "新县", county="532801")
    with zipfile.ZipFile(package) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for word in ("秘密", "机密", "勐海单位", secret, "secret photo", "张三", "13888880000"):
        assert word not in content
    with packages.start_from(package, tmp_path / "新县.laoxiao", COUNTY) as narrowed:
        assert [row["uid"] for row in narrowed.rows_as_of("project")] == [pair.uid]
        assert safety.verify(narrowed).problems == ()
        assert months.months(narrowed) == months.months(pair.state)
        projects.edit(narrowed, pair.uid, {"owner": "县里改的", "remark": "县里"})
        packages.take(pair.state, pair.give(narrowed, STATE.unit))
        assert pair.value(pair.state, "owner") == "县里改的"
        assert pair.value(pair.state, "contact") == "张三"
        # a project that moves into the county comes with its whole past; one that moves away is seen to go
        projects.edit(pair.state, secret, {"county": "532801"})
        projects.edit(pair.state, pair.uid, {"county": "532823"})
        projects.edit(pair.state, pair.uid, {"remark": "从此与县里无关"})
        packages.take(narrowed, pair.give(pair.state, COUNTY.unit, county="532801"))
        moved = projects.record(narrowed, secret)
        assert moved
        assert moved.values["content"] == "机密内容"
        assert len(milestones.of(narrowed, secret)) > 3
        assert (pair.value(narrowed, "county"), pair.value(narrowed, "remark")) == ("532823", "县里")
        assert safety.verify(narrowed).problems == ()
        packages.take(narrowed, pair.give(pair.state, COUNTY.unit))  # and a full package fills every hole
        assert derived(narrowed)["_hole"] == set()
        assert state(narrowed) == state(pair.state)


def test_contacts_travel_only_when_asked_and_come_back_whole(pair: Pair) -> None:
    assert pair.value(pair.county, "contact") is None
    projects.edit(pair.county, pair.uid, {"contact": "李四"})
    history.undo(pair.county)  # back to a name that this copy does not know
    pair.up()
    assert pair.value(pair.state, "contact") == "张三"
    pair.down(has_contacts=True)
    assert pair.value(pair.county, "contact") == "张三"
    projects.erase_person(pair.state, pair.uid)
    pair.down()
    assert pair.value(pair.county, "phone") is None
    pair.up(has_contacts=True)
    assert pair.value(pair.state, "contact") is None
    pair.meet()
    pair.county.close()
    assert b"\xe5\xbc\xa0\xe4\xb8\x89" not in pair.county.path.read_bytes()  # 张三
    pair.county = ledgers.open(pair.county.path, COUNTY)


def test_attachments_come_with_the_rows_that_name_them(pair: Pair) -> None:
    attachments.add(pair.county, pair.uid, b"photo" * 1000, "照片", file_name="现场.jpg")
    assert pair.up().attachments == 1
    (one,) = attachments.of(pair.state, pair.uid)
    assert attachments.content(pair.state, one.uid) == b"photo" * 1000


def test_a_restored_backup_and_a_copied_file_write_under_their_own_site(pair: Pair) -> None:
    backup = safety.backup(pair.county, pair.folder / "b")
    projects.edit(pair.county, pair.uid, {"owner": "备份以后"})
    pair.up()
    pair.county.close()
    safety.restore(backup, pair.county.path, COUNTY)
    pair.county = ledgers.open(pair.county.path, COUNTY)
    projects.edit(pair.county, pair.uid, {"owner": "恢复以后"})
    pair.up()
    (conflict,) = conflicts.of(pair.state)
    assert {side.shown for side in conflict.sides} == {"备份以后", "恢复以后"}
    pair.down(is_whole=True)
    pair.meet()
    history.undo(pair.county)  # one's own change before the backup came back is still one's own
    assert safety.verify(pair.county).problems == ()


def test_a_copied_file_does_not_take_back_what_the_first_did_after_it_was_copied(pair: Pair, tmp_path: Path) -> None:
    pair.up()
    pair.county.close()
    copy = Path(shutil.copy(pair.county.path, tmp_path / "副本.laoxiao"))
    pair.county = ledgers.open(pair.county.path, COUNTY)
    projects.edit(pair.county, pair.uid, {"owner": "抄走以后改的"})
    with ledgers.open(copy, Person("赵", "同一单位")) as second:
        projects.edit(second, pair.uid, {"remark": "副本改的"})
        packages.take(second, pair.give(pair.county, "同一单位"))
        assert history.next_undo(second) == "“备注”改为 副本改的"
        history.undo(second)
        assert pair.value(second, "owner") == "抄走以后改的"
        assert history.next_undo(second) is None


def test_the_past_of_a_merged_ledger_can_be_read(pair: Pair) -> None:
    projects.edit(pair.county, pair.uid, {"owner": "县里的"})
    pair.up()
    moment = "2024-03-01T09:00:00+08:00"
    pair.state.connection.execute("UPDATE _op SET at = ? WHERE site = (SELECT site FROM _self)", (moment,))
    (then,) = pair.state.rows_as_of("project", "2024-03-31")
    assert (then["uid"], then["owner"]) == (pair.uid, None)
    (now,) = pair.state.rows_as_of("project", "2099-01-01")
    assert now["owner"] == "县里的"


def test_one_refused_package_refuses_all_that_were_to_be_taken_with_it(pair: Pair, tmp_path: Path) -> None:
    projects.edit(pair.county, pair.uid, {"owner": "县里的"})
    good, bad = pair.give(pair.county, STATE.unit), tmp_path / "坏.lxp"
    bad.write_bytes(good.read_bytes()[:-30])
    before = derived(pair.state)
    with pytest.raises(UserError, match="已损坏"):
        packages.take_all(pair.state, [good, bad])
    assert derived(pair.state) == before
    assert packages.receipts(pair.state) == ()


def test_a_package_of_another_ledger_or_with_a_gap_is_refused(pair: Pair, tmp_path: Path) -> None:
    with new_ledger(tmp_path / "别处") as foreign:
        package = pair.give(foreign, STATE.unit)
    refusals = [packages.look(pair.state, package).refusal]
    pair.up()
    projects.edit(pair.state, pair.uid, {"owner": "一"})
    pair.down()
    first = pair.give(pair.county, STATE.unit)
    packages.take(pair.state, first)
    fresh = tmp_path / "又一个.laoxiao"
    with packages.start_from(tmp_path / "1.lxp", fresh, Person("赵", "另一县")) as late:
        projects.edit(pair.state, pair.uid, {"owner": "二"})
        refusals.append(packages.look(late, pair.give(pair.state, COUNTY.unit)).refusal)
    for told, words in zip(refusals, ("另一份台账", "接不上"), strict=True):
        assert told
        assert words in told
        assert told.count("。") >= 2


def test_two_logs_under_one_name_are_told_apart(pair: Pair, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole disk was set back: even the machine does not know that the ledger went on since."""
    pair.county.close()
    path = pair.county.path
    kept, old_home = Path(shutil.copy(path, pair.folder / "盘.laoxiao")), shutil.copytree(home, pair.folder / "home 2")
    pair.county = ledgers.open(path, COUNTY)
    projects.edit(pair.county, pair.uid, {"remark": "这边"})
    pair.up()
    pair.county.close()
    kept.replace(path)
    monkeypatch.setenv("LAOXIAO_HOME", str(old_home))
    pair.county = ledgers.open(path, COUNTY)
    projects.edit(pair.county, pair.uid, {"remark": "那边"})
    before = derived(pair.state)
    with pytest.raises(UserError, match="对不上"):
        pair.up()
    assert derived(pair.state) == before
    with pytest.raises(UserError, match="对不上"):
        pair.down(is_whole=True)


def test_every_spoilt_package_is_refused_as_a_whole(pair: Pair) -> None:
    projects.edit(pair.county, pair.uid, {"total_investment": 400_000_000, "owner": "县里的"})
    sound = pair.give(pair.county, STATE.unit)
    before, stood = derived(pair.state), state(pair.state)
    for name, (spoil, _) in parcels.SPOILERS.items():
        package = Path(shutil.copy(sound, pair.folder / f"{name}.lxp"))
        parcels.rewrite(package, spoil)
        with pytest.raises(UserError) as refusal:
            packages.take(pair.state, package)
        assert refusal.value.what.endswith("。"), name
        assert refusal.value.remedy.endswith("。"), name
        assert packages.look(pair.state, package).refusal == str(refusal.value)
        with pytest.raises(UserError):
            packages.start_from(package, pair.folder / "neu.laoxiao", COUNTY)
        assert not (pair.folder / "neu.laoxiao").exists()
    assert derived(pair.state) == before
    assert state(pair.state) == stood
    assert packages.take(pair.state, sound).new_ops > 0


def test_no_flipped_byte_brings_in_anything_else(tmp_path: Path) -> None:
    """Every byte is the work of tests/exchange_sweep.py; here some of them."""
    world = World(tmp_path, 1)
    world.run(10)
    package = world.give(world.offices[1], to=world.offices[0].unit)
    world.flip(world.offices[0], package, random.Random(1).sample(range(package.stat().st_size), 50))
    world.close()


def test_a_package_that_cannot_be_written_leaves_nothing(pair: Pair, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有能够写出"):
        packages.give(pair.state, tmp_path / "没有的文件夹" / "1.lxp", to=COUNTY.unit)
    folder = tmp_path / "占用.lxp"
    folder.mkdir()
    with pytest.raises(UserError, match="没有能够写出"):
        packages.give(pair.state, folder, to=COUNTY.unit)
    assert not list(tmp_path.glob("*.part"))


def test_a_full_disk_leaves_the_ledger_as_it_was(pair: Pair) -> None:
    for number in range(20):
        add_project(pair.county, f"县里新增 {number}", content="扩建" * 4000)
    package = pair.give(pair.county, STATE.unit)
    (pages,) = pair.state.connection.execute("PRAGMA page_count").fetchone()
    pair.state.connection.execute(f"PRAGMA max_page_count = {pages + 8:d}")
    before, stood = derived(pair.state), state(pair.state)
    with pytest.raises(UserError, match="磁盘已满"):
        packages.take(pair.state, package)
    assert (derived(pair.state), state(pair.state)) == (before, stood)
    pair.state.connection.execute("PRAGMA max_page_count = 1000000")
    assert packages.take(pair.state, package).added == (("项目", 20),)
    pair.meet()


def test_nothing_is_taken_into_a_ledger_that_is_open_for_reading(pair: Pair) -> None:
    package = pair.give(pair.county, STATE.unit)
    with pair.state.reader() as reader:
        assert packages.look(reader, package).refusal is None
        with pytest.raises(UserError, match="只读"):
            packages.take(reader, package)


def test_the_tables_follow_the_log_only_through_a_package(pair: Pair) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="no change is open"):
        pair.state.connection.execute("INSERT INTO _log (tbl, row, fld, val) VALUES ('project', 'x', 'name', 'y')")
