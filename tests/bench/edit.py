"""One durable edit with its log and search upkeep, beside the same edit in plain sqlite3 (WAL, FULL)."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import projects
from tests.bench.ledgers import CLERK, HOUSE, made_up
from tests.bench.pairs import Line, milliseconds, paired

EDITS = 300


def measure(folder: Path) -> list[Line]:
    """The line of a durable edit, and the count of its fsyncs where strace is at hand."""
    path = small_ledger(folder)
    with ledgers.open(path, CLERK) as ledger:
        uid = ledger.connection.execute("SELECT uid FROM project LIMIT 1").fetchone()[0]
        plain = sqlite3.connect(plain_copy(folder), isolation_level=None)
        amounts = iter(range(10**10, 10**12, 100))

        def ours() -> float:
            return milliseconds(lambda: projects.edit(ledger, uid, {"total_investment": next(amounts)}))

        def theirs() -> float:
            return milliseconds(lambda: plain_edit(plain, next(amounts)))

        samples = paired(ours, theirs, EDITS)
        plain.close()
    line = Line.of("one durable edit with log", "the same in plain sqlite3 (WAL, FULL)", *samples, "≤ 3")
    return [line, *syncs(folder)]


def small_ledger(folder: Path) -> Path:
    """A ledger with 1,000 projects."""
    path = folder / "edit.laoxiao"
    with ledgers.create(path, "一千个项目", CLERK) as ledger:
        projects.paste(ledger, [(None, made_up(number)) for number in range(1000)], "plan")
    return path


def plain_copy(folder: Path) -> Path:
    """The same projects in a table without log, triggers and search."""
    path = folder / "plain.db"
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        columns = list(made_up(0))
        connection.execute(f"CREATE TABLE project (uid TEXT PRIMARY KEY, {', '.join(columns)})")
        connection.execute("BEGIN")
        for number in range(1000):
            values = [str(number), *made_up(number).values()]
            connection.execute(f"INSERT INTO project VALUES ({', '.join('?' * len(values))})", values)
        connection.execute("COMMIT")
    connection.close()
    return path


def plain_edit(connection: sqlite3.Connection, amount: int) -> None:
    """The bare edit."""
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE project SET total_investment = ? WHERE uid = '7'", (amount,))
    connection.execute("COMMIT")


def syncs(folder: Path) -> list[Line]:
    """How often one edit asks the disk to write through, counted over 100 edits."""
    if shutil.which("strace") is None:
        return []
    counts = []
    for edits in (0, 100):
        trace = folder / f"trace{edits}"
        command = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace), sys.executable]
        subprocess.run(
            [*command, "-m", "tests.bench.edit", str(folder / "edit.laoxiao"), str(edits)], cwd=HOUSE, check=True
        )
        counts.append(sum("sync(" in line for line in trace.read_text().splitlines()))
    each = (counts[1] - counts[0]) / 100
    return [Line("fsyncs of one durable edit", "–", f"{each:.2f}", "–", each, "≤ 1.05")]


def main(path: str, edits: int) -> None:
    """The child that strace watches."""
    with ledgers.open(Path(path), CLERK) as ledger:
        uid = ledger.connection.execute("SELECT uid FROM project LIMIT 1").fetchone()[0]
        for number in range(edits):
            projects.edit(ledger, uid, {"total_investment": 10**10 + number})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
