"""The first package of a large ledger taken by a fresh copy, beside the same log rows written by plain sqlite3."""

import sqlite3
import time
from pathlib import Path

from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import packages
from tests.bench.ledgers import ledger_of
from tests.bench.pairs import Line, milliseconds, paired, shown
from tests.builders import CLERK

PROJECTS = 5500  # some 77,000 ops


def measure(folder: Path) -> list[Line]:
    """The line of the first package, and what it and a small one weigh."""
    package, answer = folder / "first.lxp", folder / "small.lxp"
    with ledgers.open(ledger_of(PROJECTS, folder), CLERK) as ledger:
        given = packages.give(ledger, package, to="县里")
        ops = ledger.connection.execute("SELECT * FROM _op").fetchall()
        with packages.start_from(package, folder / "once.laoxiao", CLERK) as copy:
            uids = [uid for (uid,) in copy.connection.execute("SELECT uid FROM project LIMIT 60")]
            with copy.change("一个月的 60 处修改"):
                for uid in uids:
                    copy.connection.execute("UPDATE project SET remark = '本月已核' WHERE uid = ?", (uid,))
            packages.give(copy, answer, to=CLERK.unit)
        small = milliseconds(lambda: packages.take(ledger, answer))
    number = iter(range(1000))

    def ours() -> float:
        path = folder / f"{next(number)}.laoxiao"
        started = time.perf_counter()
        packages.start_from(package, path, CLERK).close()
        return (time.perf_counter() - started) * 1000

    def theirs() -> float:
        return milliseconds(lambda: plain(folder / f"{next(number)}.db", ops))

    samples = paired(ours, theirs, 3)
    what = f"first package: {given.ops:,} ops taken by a fresh copy"
    sizes = (
        f"{given.size / 1024:.0f} KB; a month of 60 edits {answer.stat().st_size / 1024:.1f} KB, {shown(small, 'ms')}"
    )
    return [
        Line.of(what, "the bare rows in plain sqlite3, one transaction", *samples, "–"),
        Line("what a package weighs, and taking the small one", "–", sizes, "–", None, "–"),
    ]


def plain(path: Path, ops: list[tuple[object, ...]]) -> None:
    """The rows alone, without chain, tables, heads and search."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE op (a, b, c, d, e, f, g, h, i, j, k, l, m, PRIMARY KEY (a, b)) WITHOUT ROWID")
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO op VALUES ({', '.join('?' * 13)})", ops)
    connection.execute("COMMIT")
    connection.close()
