"""One durable edit with its log and search upkeep, beside the same edit in plain sqlite3 (WAL, FULL)."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import projects
from tests.bench.ledgers import HOUSE, ledger_of
from tests.bench.pairs import Line, milliseconds, paired
from tests.builders import CLERK

EDITS = 300


def measure(folder: Path) -> list[Line]:
    """The line of a durable edit, and the count of its fsyncs where strace is at hand."""
    path = ledger_of(1000, folder)
    plain_path = plain_copy(path, folder)
    with ledgers.open(path, CLERK) as ledger:
        uid = ledger.connection.execute("SELECT uid FROM project LIMIT 1").fetchone()[0]
        plain = sqlite3.connect(plain_path, isolation_level=None)
        plain.execute("PRAGMA synchronous = FULL")
        amounts = iter(range(10**10, 10**12, 100))

        def ours() -> float:
            return milliseconds(lambda: projects.edit(ledger, uid, {"total_investment": next(amounts)}))

        def theirs() -> float:
            return milliseconds(lambda: plain_edit(plain, uid, next(amounts)))

        samples = paired(ours, theirs, EDITS)
        plain.close()
    line = Line.of("one durable edit with log", "the same in plain sqlite3 (WAL, FULL)", *samples, "≤ 3")
    return [line, *syncs(path, folder)]


def plain_copy(path: Path, folder: Path) -> Path:
    """The same projects in a table without log, triggers and search."""
    plain = folder / "plain.db"
    connection = sqlite3.connect(plain, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("ATTACH ? AS ledger", (str(path),))
    connection.execute("CREATE TABLE project AS SELECT * FROM ledger.project")
    connection.execute("CREATE UNIQUE INDEX project_uid ON project (uid)")
    connection.close()
    return plain


def plain_edit(connection: sqlite3.Connection, uid: str, amount: int) -> None:
    """The bare edit."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE project SET total_investment = ? WHERE uid = ?", (amount, uid))
    connection.execute("COMMIT")


def syncs(path: Path, folder: Path) -> list[Line]:
    """How often one edit asks the disk to write through, counted over 100 edits: one each, and a few for checkpoints."""
    if shutil.which("strace") is None:
        return []
    counts = []
    for edits in (0, 100):
        trace = folder / f"trace{edits}"
        command = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace), sys.executable]
        subprocess.run([*command, "-m", "tests.bench.edit", str(path), str(edits)], cwd=HOUSE, check=True)
        counts.append(sum("sync(" in line for line in trace.read_text().splitlines()))
    each = (counts[1] - counts[0]) / 100
    return [Line("fsyncs of one durable edit (checkpoints included)", "–", f"{each:.2f}", "–", each, "≤ 1.1")]


def main(path: str, edits: int) -> None:
    """The child that strace watches."""
    with ledgers.open(Path(path), CLERK) as ledger:
        uid = ledger.connection.execute("SELECT uid FROM project LIMIT 1").fetchone()[0]
        for number in range(edits):
            projects.edit(ledger, uid, {"total_investment": 10**10 + number})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
