"""Offices that work on copies of one ledger and exchange packages by chance: a weighted, seeded driver with a tally."""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.dictionary import TABLES
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.workspace import (
    attachments,
    conflicts,
    funding,
    history,
    lists,
    milestones,
    months,
    packages,
    projects,
    safety,
    sites,
    views,
)
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger
from tests import builders

COUNTIES = ("532801", "532822", "532823")
PERSONAL = {(table, one.name) for table, fields in TABLES.items() for one in fields if one.is_personal}
State = dict[str, dict[str, dict[str, object]]]


@dataclass(slots=True)
class Office:
    """One copy of the ledger, who works on it, and the backups that were made of it."""

    number: int
    ledger: Ledger
    backups: list[Path] = field(default_factory=list)

    @property
    def unit(self) -> str:
        """Its name on packages."""
        return f"单位{self.number}"


class World:
    """The offices, the packages under way between them, and what happened so far."""

    def __init__(self, folder: Path, seed: int, offices: int = 3) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.tally: Counter[str] = Counter()
        self.posted: list[Path] = []
        self.offices: list[Office] = []
        folder.mkdir(parents=True, exist_ok=True)
        first = builders.new_ledger(folder, "单位0的台账")
        first.person = Person("人0", "单位0")
        for number in range(4):
            builders.add_project(first, f"项目{number}", county=COUNTIES[number % 3], contact=f"联系人{number}")
        self.offices.append(Office(0, first))
        for number in range(1, offices):
            package = self.give(self.offices[0], to=f"单位{number}", county=COUNTIES[0] if number == 2 else None)
            path = folder / f"单位{number}的台账.laoxiao"
            self.offices.append(
                Office(number, packages.start_from(package, path, Person(f"人{number}", f"单位{number}")))
            )

    def run(self, steps: int) -> None:
        """So many random events."""
        kinds = list(_EVENTS)
        weights = [_EVENTS[kind] for kind in kinds]
        for _ in range(steps):
            event = self.chance.choices(kinds, weights)[0]
            office = self.chance.choice(self.offices)
            try:
                event(self, office)
            except UserError as refusal:
                self.tally["refused"] += 1
                self.tally["refused without a remedy"] += event is _take and not refusal.remedy
                self.tally["gap"] += "接不上" in refusal.what

    def settle(self) -> None:
        """Everybody gives everything to everybody until nobody gets anything new."""
        for _ in range(6):
            new = 0
            for giver in self.offices:
                for receiver in self.offices:
                    if giver is not receiver:
                        new += self._hand_over(giver, receiver)
            if not new:
                return
        raise AssertionError("the offices never came to rest")

    def _hand_over(self, giver: Office, receiver: Office) -> int:
        package = self.give(giver, to=receiver.unit, is_whole=self.chance.random() < 0.3, has_contacts=True)
        try:
            return packages.take(receiver.ledger, package).new_ops
        except UserError as refusal:  # who went back to a backup has less than was declared
            self.tally["gap"] += "接不上" in refusal.what
            package = self.give(giver, to=receiver.unit, is_whole=True, has_contacts=True)
            return packages.take(receiver.ledger, package).new_ops

    def give(self, office: Office, **wish: object) -> Path:
        """A package in a file of its own, as wished."""
        path = self.folder / f"{len(self.posted)}.lxp"
        given = packages.give(office.ledger, path, **wish)  # type: ignore[arg-type]
        self.tally["given"] += 1
        self.tally["narrowed"] += given.scope.is_narrowed
        self.posted.append(path)
        return path

    def flip(self, office: Office, package: Path, places: Iterable[int]) -> int:
        """Looks at the package with one bit of each of these bytes flipped; how many could be taken, with the same content."""
        whole, harmless = package.read_bytes(), 0
        wanted = _seen(office.ledger, package)
        for place in places:
            package.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << place % 8)]) + whole[place + 1 :])
            seen = _seen(office.ledger, package)
            assert seen in (None, wanted), place
            harmless += seen is not None
        package.write_bytes(whole)
        return harmless

    def close(self) -> None:
        """Closes every ledger."""
        for office in self.offices:
            office.ledger.close()


def _seen(ledger: Ledger, package: Path) -> tuple[object, ...] | None:
    look = packages.look(ledger, package)
    return None if look.refusal else (look.new_ops, look.known_ops, look.lines, look.added, look.sender, look.to)


def state(ledger: Ledger) -> State:
    """Every visible row without contacts, which are not in every copy."""
    return {
        table: {
            str(row["uid"]): {name: value for name, value in row.items() if (table, name) not in PERSONAL}
            for row in ledger.rows_as_of(table)
        }
        for table in TABLES
    }


def derived(ledger: Ledger) -> dict[str, set[tuple[object, ...]]]:
    """Heads, superseded and held-back ops, and all ops with their chains."""
    return {
        table: set(ledger.connection.execute(f"SELECT * FROM {table}").fetchall())
        for table in ("_head", "_over", "_late", "_op", "_hole")
    }


def _asked(ledger: Ledger) -> list[tuple[str, tuple[str, ...]]]:
    """Which conflicts wait, and between which ops."""
    return [(one.id, tuple(side.op for side in one.sides)) for one in conflicts.of(ledger)]


def _uids(office: Office) -> list[str]:
    return projects.uids_of(office.ledger, projects.find(office.ledger, Query()).ids)


def _edit(world: World, office: Office) -> None:
    chance, uids = world.chance, _uids(office)
    picked = chance.sample(uids, min(len(uids), chance.choice((1, 1, 1, 3))))
    values = chance.choice(
        [
            {"total_investment": chance.randrange(300_000_000, 900_000_000)},
            {"remark": chance.choice(("甲", "乙", "丙\n丁", None))},
            {"owner": chance.choice(("业主一", "业主二", None)), "status": chance.choice(("前期", "在建", "完工"))},
            {"contact": chance.choice(("张三", "李四", None))},
            {"county": chance.choice(COUNTIES)},
        ]
    )
    if picked and projects.edit_many(office.ledger, picked, values):  # type: ignore[arg-type]
        world.tally["edit"] += 1


def _add(world: World, office: Office) -> None:
    number = world.chance.randrange(10_000)
    builders.add_project(office.ledger, f"新项目{number}", county=world.chance.choice(COUNTIES))
    world.tally["add"] += 1


def _delete(world: World, office: Office) -> None:
    uids = _uids(office)
    if len(uids) > 2:
        projects.delete(office.ledger, [world.chance.choice(uids)])
        world.tally["delete"] += 1


def _belonging(world: World, office: Office) -> None:
    chance, ledger = world.chance, office.ledger
    uid = chance.choice(_uids(office) or [builders.add_project(ledger)])
    kind = chance.randrange(6)
    if kind == 0:
        milestones.start_from_template(ledger, uid)
        milestones.edit(ledger, milestones.of(ledger, uid)[0].uid, {"planned": f"2023-0{chance.randrange(1, 9)}"})
    elif kind == 1:
        funding.set_line(ledger, uid, "省级财政", {"planned": chance.randrange(10**8)})
    elif kind == 2:
        funding.set_year_plan(ledger, uid, 2023, chance.choice((None, chance.randrange(10**8))))
    elif kind == 3:
        sites.add(ledger, uid, {"name": f"点位{chance.randrange(99)}"})
    elif kind == 4:
        attachments.add(ledger, uid, f"照片{chance.randrange(9)}".encode(), file_name="照片.jpg")
    else:
        created = lists.add(
            ledger, "indicator", {"plan": builders.plan_of(ledger), "name": f"指标{chance.randrange(99)}"}
        )
        lists.set_target(ledger, str(created and created.created), 2025, chance.choice(("≥60", "97以上")))
    views.save(ledger, "projects", f"视图{office.number}", {"n": chance.randrange(9)})
    world.tally["belonging"] += 1


def _month(world: World, office: Office) -> None:
    chance, ledger = world.chance, office.ledger
    opened = months.months(ledger)
    if not opened or (chance.random() < 0.1 and len(opened) < 6):
        months.open_month(ledger, months.next_month(ledger) if opened else "2024-01")
        world.tally["open"] += 1
        return
    line = chance.choice(opened)
    if line.is_locked:
        if chance.random() < 0.4:
            months.unlock(ledger, line.month, "更正")
            world.tally["unlock"] += 1
    elif chance.random() < 0.25:
        months.lock(ledger, line.month)
        world.tally["lock"] += 1
    else:
        uids = (_uids(office) or [builders.add_project(ledger)])[:2]
        values = {"cum_completed": chance.randrange(1, 9) * 10**7, "correction": "更正"}
        months.set_block(ledger, line.month, [(uid, values) for uid in uids])
        world.tally["report"] += 1


def _undo(world: World, office: Office) -> None:
    if world.chance.random() < 0.6:
        world.tally["undo"] += history.undo(office.ledger) is not None
    else:
        world.tally["redo"] += history.redo(office.ledger) is not None


def _give(world: World, office: Office) -> None:
    chance = world.chance
    other = chance.choice([one for one in world.offices if one is not office])
    wish: dict[str, object] = {"to": other.unit, "has_contacts": chance.random() < 0.3}
    if chance.random() < 0.25:
        wish["county"] = chance.choice(COUNTIES)
    elif chance.random() < 0.1:
        wish["plan"] = builders.plan_of(office.ledger)
    world.give(office, **wish)


def _take(world: World, office: Office) -> None:
    """A package that may be old, meant for another office, or taken before."""
    recent = world.chance.random() < 0.7
    package = world.chance.choice(world.posted[-6:] if recent else world.posted)
    before = derived(office.ledger)
    try:
        taken = packages.take(office.ledger, package)
    except UserError:
        assert derived(office.ledger) == before, "a refused package left something behind"
        raise
    world.tally["taken"] += 1
    world.tally["conflict"] += len(taken.conflicts)
    if world.chance.random() < 0.3:
        assert packages.take(office.ledger, package).new_ops == 0
        world.tally["twice"] += 1


def _resolve(world: World, office: Office) -> None:
    found = conflicts.of(office.ledger)
    if found:
        one = world.chance.choice(found)
        side = world.chance.choice(one.sides)
        conflicts.resolve(office.ledger, one.id, side.op)
        assert one.id not in {left.id for left in conflicts.of(office.ledger)}, one
        world.tally["resolved"] += 1


def _restore(world: World, office: Office) -> None:
    """Back to an older backup, or a first backup."""
    if not office.backups or world.chance.random() < 0.5:
        office.backups.append(
            safety.backup(office.ledger, world.folder / f"b{office.number}", str(len(office.backups)))
        )
        return
    office.ledger.close()
    safety.restore(world.chance.choice(office.backups), office.ledger.path, office.ledger.person)
    office.ledger = ledgers.open(office.ledger.path, office.ledger.person)
    world.tally["restored"] += 1


def _copy(world: World, office: Office) -> None:
    """Another office begins with a plain copy of the file."""
    if len(world.offices) > 3:
        return
    number = len(world.offices)
    office.ledger.close()
    path = world.folder / f"单位{number}的台账.laoxiao"
    shutil.copy(office.ledger.path, path)
    office.ledger = ledgers.open(office.ledger.path, office.ledger.person)
    world.offices.append(Office(number, ledgers.open(path, Person(f"人{number}", f"单位{number}"))))
    world.tally["copied"] += 1


_EVENTS: dict[Callable[[World, Office], None], int] = {
    _edit: 24,
    _add: 4,
    _delete: 3,
    _belonging: 10,
    _month: 14,
    _undo: 5,
    _give: 18,
    _take: 22,
    _resolve: 14,
    _restore: 4,
    _copy: 1,
}


def prove(world: World) -> None:
    """All offices come to the same ledger, and so do fresh copies that get everything in another order."""
    for office in world.offices:
        assert safety.verify(office.ledger).problems == ()
    _begin_anew(world)
    world.settle()
    wanted, kept = state(world.offices[0].ledger), derived(world.offices[0].ledger)
    # what was given out narrowed and then lost by going back to a backup is nowhere any more
    assert kept["_hole"] == set() or world.tally["restored"]
    last = world.folder / "last.lxp"
    packages.give(world.chance.choice(world.offices).ledger, last, to="最后", is_whole=True, has_contacts=True)
    with packages.start_from(last, world.folder / "last.laoxiao", Person("最后", "最后")) as fresh:
        for ledger in (fresh, *(office.ledger for office in world.offices)):
            assert state(ledger) == wanted, ledger.path
            assert derived(ledger) == kept, ledger.path
            assert safety.verify(ledger).problems == (), ledger.path
            assert _asked(ledger) == _asked(fresh), ledger.path


def _begin_anew(world: World) -> None:
    """One more office begins with the first package and takes half of all others, the latest first."""
    number = len(world.offices)
    path = world.folder / f"单位{number}的台账.laoxiao"
    late = packages.start_from(world.posted[0], path, Person(f"人{number}", f"单位{number}"))
    for package in reversed(world.posted[: len(world.posted) // 2]):
        try:
            packages.take(late, package)
        except UserError as refusal:
            world.tally["gap"] += "接不上" in refusal.what
    world.offices.append(Office(number, late))
