"""The ledger as it stood: its tables in memory, built from the log, so that the same questions give the figures of then."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Final

from laoxiao_desktop import clock
from laoxiao_desktop.store import schema_1, timeline
from laoxiao_desktop.store.rows import names

TABLES: Final = (
    "plan",
    "region",
    "project",
    "site",
    "funding",
    "allocation",
    "year_plan",
    "milestone",
    "month",
    "monthly_report",
    "light_override",
    "month_light",
    "goal",
    "indicator",
    "indicator_target",
    "issue",
    "setting",
    "plan_total",
    "annex",
    "list_item",
    "progress_note",
    "indicator_value",
    "supervision",
    "attachment",
    "baseline",
    "finding_decision",
)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the log: everything up to `lam` had happened, on this day; `link` is the chain there.

    `seen` ({site: number} as JSON) says it exactly where several copies of the ledger write.
    """

    lam: int
    link: str
    day: str
    seen: str | None = None


def locked_at(connection: sqlite3.Connection, month: str) -> Point | None:
    """The end of the change that locked a month last; None when it is open."""
    found = connection.execute(
        "SELECT o.site, o.chg, o.seen FROM _op o JOIN month m ON m.uid = o.row AND m.deleted = 0 AND m.is_locked = 1"
        " WHERE o.tbl = 'month' AND o.fld = 'is_locked' AND o.val = 1 AND m.month = ? ORDER BY o.lam DESC LIMIT 1",
        (month,),
    ).fetchone()
    if found is None:
        return None
    site, chg, seen = found
    lam, link, moment, last = connection.execute(
        "SELECT lam, chain, at, seq FROM _op WHERE site = ? AND chg = ? ORDER BY seq DESC LIMIT 1", (site, chg)
    ).fetchone()
    if seen:  # what the change itself wrote after the lock belongs to it
        seen = json.dumps({**json.loads(seen), site: last})
    return Point(lam, link, moment[:10], seen)


def at(connection: sqlite3.Connection, point: Point | None = None, moment: str | None = None) -> sqlite3.Connection:
    """A connection to the tables in memory as they stood at a point of the log, or at a moment (ISO text)."""
    past = sqlite3.connect(":memory:", isolation_level=None)
    past.create_function("today", 0, lambda: clock.today().isoformat())
    for statement in schema_1.STATEMENTS:
        words = statement.replace('"', " ").split()
        if (words[:2] == ["CREATE", "TABLE"] and words[2] in TABLES) or (words[1] == "INDEX" and words[4] in TABLES):
            past.execute(statement)
    for table in TABLES:
        columns = ("uid", *names(table))
        rows = (
            timeline.rows_at(connection, table, point.lam, point.seen)
            if point is not None
            else timeline.rows_as_of(connection, table, moment)
        )
        listed = ", ".join(f'"{name}"' for name in columns)
        sql = f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608 - names of the dictionary
        past.execute("BEGIN")
        past.executemany(sql, ([row[name] for name in columns] for row in rows))
        past.execute("COMMIT")
    return past
