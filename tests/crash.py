"""A writer killed at random: every acknowledged edit and package must be there afterwards, and nothing half done.

`python -m tests.crash --kills 1000` is the long run; tests/test_crash.py takes a short one into the test command.
"""

import argparse
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from laoxiao_desktop.models.change import Person
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import packages, projects, safety

CLERK = Person("测试员", "景洪市民政局")
PROJECTS = 12
PACKAGES = 16
KILLS_PER_LEDGER = 100  # a fresh file now and then keeps the proof of each kill short
Values = dict[str, str | int]


@dataclass
class Tally:
    """What a run saw."""

    kills: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    unanswered_but_durable: int = 0
    backups: int = 0
    packages: int = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.acknowledged} acknowledged edits, {len(self.problems)} problems; "
            f"{self.unanswered} edits cut before their answer, {self.unanswered_but_durable} of them durable whole; "
            f"{self.backups} backups proved; {self.packages} packages found whole"
        )


def run(kills: int, seed: int, folder: Path) -> Tally:
    """Kills a writing process `kills` times and checks the ledger after each."""
    chance, tally = random.Random(seed), Tally()
    path = folder
    expected: dict[str, Values] = {}
    for number in range(kills):
        if number % KILLS_PER_LEDGER == 0:
            path = folder / f"{number}.laoxiao"
            expected = make_ledger(path)
        check(path, expected, killed_writer(path, chance.randrange(2**32), chance.uniform(0.0, 0.12)), tally)
        tally.kills += 1
        if tally.problems:
            break
    return tally


def make_ledger(path: Path) -> dict[str, Values]:
    """A ledger with a few projects; gives each project's values as they stand."""
    with ledgers.create(path, "断电试验", CLERK) as ledger:
        made = [projects.add(ledger, "plan", {"name": f"第 {number} 个"}) for number in range(PROJECTS)]
        packages.give(ledger, path.with_suffix(".first"), to="县里")
    clerk = Person("县里", "县里")
    with packages.start_from(path.with_suffix(".first"), path.with_suffix(".county"), clerk) as county:
        for number in range(PACKAGES):
            projects.add(county, "plan", {"name": f"包{number}", "content": "扩建" * 2000})
            packages.give(county, path.with_suffix(f".{number}"), to="无名", is_whole=True)
    return {str(change.created): {} for change in made}


def killed_writer(path: Path, seed: int, after: float) -> list[list[object]]:
    """What a writing process said until it was killed `after` seconds from its first word."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        write_for_ever(path, seed, writing)
    os.close(writing)
    said, end = b"", time.monotonic() + 30.0
    while time.monotonic() < end:
        ready, _, _ = select.select([reading], [], [], max(0.0, end - time.monotonic()))
        part = os.read(reading, 1 << 16) if ready else b""
        if ready and not part:
            break  # it ended by itself
        if part and not said:
            end = time.monotonic() + after
        said += part
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as rest:
        said += rest.read()
    whole, _, _ = said.rpartition(b"\n")  # a word cut in the middle was never said
    return [json.loads(line) for line in whole.splitlines()]


def write_for_ever(path: Path, seed: int, pipe: int) -> NoReturn:
    """The child: says what it is about to do, does it through the desk, says that it is done."""
    try:
        chance = random.Random(seed)
        with ledgers.open(path, CLERK) as ledger:
            uids = [
                uid
                for (uid,) in ledger.connection.execute(
                    "SELECT uid FROM project WHERE deleted = 0 AND name LIKE '第%' ORDER BY id"
                )
            ]
            tell(pipe, ["open"])
            for uids_now, values in edits(chance, uids):
                if chance.random() < 0.04:
                    number = chance.randrange(PACKAGES)
                    packages.take(ledger, path.with_suffix(f".{number}"))
                    tell(pipe, ["took", number])
                if chance.random() < 0.02:
                    safety.backup(ledger, path.with_suffix(".backups"))
                tell(pipe, ["will", uids_now, values])
                if projects.edit_many(ledger, uids_now, values) is not None:
                    tell(pipe, ["did", uids_now, values])
    except BaseException as problem:
        tell(pipe, ["failed", repr(problem)])
    os._exit(1)


def edits(chance: random.Random, uids: list[str]) -> Iterator[tuple[list[str], Values]]:
    """An endless row of edits: money, words and long text, of one project or several at once."""
    while True:
        picked = chance.sample(uids, chance.choice((1, 1, 1, 5)))
        values: Values = {"total_investment": chance.randrange(100_000_000, 900_000_000)}
        if chance.random() < 0.5:
            values["place"] = f"景洪市第 {chance.randrange(10_000)} 号"
        if chance.random() < 0.2:
            values["content"] = "新建" * chance.randrange(1, 3000)
        yield picked, values


def tell(pipe: int, word: list[object]) -> None:
    """One line to the parent, written at once."""
    text = json.dumps(word).encode() + b"\n"
    while text:
        text = text[os.write(pipe, text) :]


def check(path: Path, expected: dict[str, Values], said: list[list[object]], tally: Tally) -> None:
    """Brings `expected` up to what was acknowledged and compares it with the ledger."""
    pending: tuple[list[str], Values] | None = None
    took: set[object] = set()
    for word, *rest in said:
        match word:
            case "took":
                took.add(rest[0])
            case "will":
                uids, values = rest
                assert isinstance(uids, list)
                assert isinstance(values, dict)
                pending = (uids, values)
            case "did" if pending:
                for uid in pending[0]:
                    expected[uid].update(pending[1])
                tally.acknowledged += 1
                pending = None
            case "failed":
                tally.problems.append(f"the writer failed by itself: {rest[0]}")
    with ledgers.open(path, CLERK) as ledger:
        if ledger.is_read_only:
            tally.problems.append(f"still locked after the kill: {ledger.read_only_reason}")
        if pending:
            tally.unanswered += 1
            tally.unanswered_but_durable += settle(ledger, expected, *pending)
        for uid, values in expected.items():
            found = projects.record(ledger, uid)
            if found is None or any(found.values[name] != value for name, value in values.items()):
                tally.problems.append(f"lost in {path.name}: {uid} {values}")
        there = {line.file for line in packages.receipts(ledger)}
        tally.problems += [f"package {number} is lost" for number in took if f"{path.stem}.{number}" not in there]
        names = {str(row["name"]) for row in ledger.rows_as_of("project")}
        whole = {int(file.rpartition(".")[2]) for file in there}
        # each package holds the projects of all before it
        if {name for name in names if name.startswith("包")} != {f"包{n}" for n in range(max(whole, default=-1) + 1)}:
            tally.problems.append(f"half a package is there: {sorted(names)}, {sorted(whole)}")
        tally.packages += len(took)
        verdict = safety.verify(ledger)
        tally.problems += verdict.problems
    for copy in sorted(path.with_suffix(".backups").glob("*.laoxiao")):
        with ledgers.open(copy, CLERK, read_only=True) as ledger:
            tally.problems += safety.verify(ledger).problems
        tally.backups += 1
        for part in path.with_suffix(".backups").glob(f"{copy.name}*"):
            part.unlink()


def settle(ledger: ledgers.Ledger, expected: dict[str, Values], uids: list[str], values: Values) -> int:
    """Takes over an unanswered edit that turns out to be durable: 1 when it is, whole; 0 when it left no trace."""
    there = []
    for uid in uids:
        found = projects.record(ledger, uid)
        there.append(found is not None and all(found.values[name] == value for name, value in values.items()))
    if all(there):
        for uid in uids:
            expected[uid].update(values)
    return int(all(there))


def main() -> int:
    """The command: prints the tally and every problem; 0 when there is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LAOXIAO_HOME"] = str(Path(folder) / "home")
        tally = run(asked.kills, asked.seed, Path(folder))
    print(f"{tally} ({time.monotonic() - started:.0f} s, seed {asked.seed})")
    print(*tally.problems, sep="\n", end="\n" if tally.problems else "")
    return int(bool(tally.problems))


if __name__ == "__main__":
    sys.exit(main())
