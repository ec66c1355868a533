"""The overview of 10,000 projects × 24 months, and the month grid of 2,000, beside the bare SQL aggregates."""

import random
import sqlite3
from pathlib import Path

from laoxiao_desktop.models.dates import add_months
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import months, overview
from tests.bench.ledgers import ledger_of
from tests.bench.pairs import Line, milliseconds, paired
from tests.builders import CLERK

MONTHS = 24
FIRST = "2023-01"
LAST = add_months(FIRST, MONTHS - 1)
BARE = (
    "SELECT count(*), sum(total_investment), sum(central_request) FROM project WHERE deleted = 0",
    "SELECT sum(amount) FROM allocation WHERE deleted = 0",
    "SELECT county, count(*), sum(total_investment) FROM project WHERE deleted = 0 GROUP BY county",
    "SELECT sector, count(*), sum(total_investment) FROM project WHERE deleted = 0 GROUP BY sector",
    "SELECT count(*) FROM milestone WHERE deleted = 0 AND code = 'M09' AND actual IS NOT NULL",
    "SELECT count(*) FROM milestone WHERE deleted = 0 AND actual IS NULL AND planned < '2024-12'",
)
OF_A_MONTH = (
    "SELECT state, count(*), sum(cum_completed), sum(cum_arrived), sum(cum_paid), sum(central_completed)"
    " FROM monthly_report WHERE month = ? AND deleted = 0 GROUP BY state",
    "SELECT p.county, sum(r.cum_completed), sum(r.cum_arrived), sum(r.cum_paid) FROM monthly_report r"
    " JOIN project p ON p.uid = r.project WHERE r.month = ? AND r.deleted = 0 GROUP BY p.county",
    "SELECT p.sector, sum(r.cum_completed), sum(r.cum_arrived), sum(r.cum_paid) FROM monthly_report r"
    " JOIN project p ON p.uid = r.project WHERE r.month = ? AND r.deleted = 0 GROUP BY p.sector",
)


def measure(folder: Path) -> list[Line]:
    """The overview, and the grid of a month."""
    large, small = ledger_of(10_000, folder), ledger_of(2_000, folder)
    report(large)
    report(small)
    with ledgers.open(large, CLERK) as ledger:
        connection = sqlite3.connect(large)
        samples = paired(
            lambda: milliseconds(lambda: overview.overview(ledger, Scope(), LAST)),
            lambda: milliseconds(lambda: bare(connection)),
            7,
        )
        connection.close()
    with ledgers.open(small, CLERK) as ledger:
        connection = sqlite3.connect(small)
        grid = paired(
            lambda: milliseconds(lambda: months.grid(ledger, LAST)),
            lambda: milliseconds(lambda: read(connection)),
            7,
        )
        connection.close()
    return [
        Line.of("overview of 10,000 projects × 24 months", "bare SQL aggregates of the same figures", *samples, "–"),
        Line.of("month grid of 2,000 projects × 24 months", "SELECT of the month and the one before", *grid, "–"),
    ]


def bare(connection: sqlite3.Connection) -> None:
    """The sums alone, of a month and of the one before."""
    for sql in BARE:
        connection.execute(sql).fetchall()
    for month in (LAST, add_months(LAST, -1), add_months(LAST, -12)):
        for sql in OF_A_MONTH:
            connection.execute(sql, (month,)).fetchall()


def read(connection: sqlite3.Connection) -> None:
    """The rows alone."""
    sql = "SELECT p.*, r.* FROM project p LEFT JOIN monthly_report r ON r.project = p.uid AND r.month = ?"
    for month in (LAST, add_months(LAST, -1)):
        connection.execute(sql, (month,)).fetchall()


def report(path: Path) -> None:
    """Reports every month of every project: written past the log, which is not what is measured here."""
    chance = random.Random(1)
    connection = sqlite3.connect(path, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("BEGIN")
    known = connection.execute("SELECT uid, total_investment FROM project").fetchall()
    every = [add_months(FIRST, number) for number in range(MONTHS)]
    reports, steps, given = [], [], []
    for uid, total in known:
        begun = chance.randrange(MONTHS)
        for number, month in enumerate(every):
            completed = total * min(number, 20) // 24
            amounts = (completed, completed * 11 // 10, completed * 9 // 10, completed // 2)
            state = "已审" if month != LAST else chance.choice(("已报", "草稿"))
            reports.append((f"{uid}{month}", uid, month, state, *amounts, f"完成 {number} 层"))
        steps.append((f"{uid}a", uid, "M09", "开工", every[begun], every[begun] if begun < 20 else None))
        steps.append((f"{uid}b", uid, "M13", "竣工验收(含消防)", add_months(every[begun], 14), None))
        given.append((f"{uid}c", uid, "中央预算内投资", 2023, total // 2))
    connection.executemany(
        "INSERT INTO monthly_report (uid, project, month, state, cum_completed, cum_arrived, cum_paid, central_completed,"
        " image_progress) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        reports,
    )
    connection.executemany(
        "INSERT INTO milestone (uid, project, code, name, planned, actual) VALUES (?, ?, ?, ?, ?, ?)", steps
    )
    connection.executemany("INSERT INTO allocation (uid, project, source, year, amount) VALUES (?, ?, ?, ?, ?)", given)
    opened = [(f"m{month}", month, 1 if month != LAST else None, f"{add_months(month, 1)}-05") for month in every]
    connection.executemany("INSERT INTO month (uid, month, is_locked, due_on) VALUES (?, ?, ?, ?)", opened)
    lights = [(f"{uid}l", uid, add_months(LAST, -1), "黄", "报送", "未报") for uid, _ in known]
    connection.executemany(
        "INSERT INTO month_light (uid, project, month, light, rule, why) VALUES (?, ?, ?, ?, ?, ?)", lights
    )
    connection.execute("COMMIT")
    connection.close()
