"""The ledger as it stood: its tables in memory, built from the log, so that the same questions give the figures of then."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from laoxiao_desktop import clock
from laoxiao_desktop.store import schema_1, timeline
from laoxiao_desktop.store.rows import Stored, names

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
# what the figures of a month are made of, beside the projects: by project and month, which months count, and by project
_OF_MONTH: Final = {"monthly_report": "<=", "month_light": "="}
_OF_PROJECTS: Final = ("site", "funding", "allocation", "year_plan", "milestone", "light_override")


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the log: everything up to `lam` had happened, on this day; `link` is the chain there.

    `seen` ({site: number} as JSON) says it exactly where several copies of the ledger write.
    """

    lam: int
    link: str
    day: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """The log that tables belong to: the whole of it, or up to a point or a moment (ISO text)."""

    connection: sqlite3.Connection
    point: Point | None = None
    moment: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What was changed after a month was locked and counts for it: rows by table, and the projects they belong to."""

    month: str
    rows: Mapping[str, frozenset[str]]
    projects: frozenset[str]


def locked_at(connection: sqlite3.Connection, month: str, log: Log | None = None) -> Point | None:
    """The end of the change that locked a month last; None when it is open. `log` is that of tables of the past."""
    log = log or Log(connection)
    found = connection.execute(
        "SELECT json_group_array(uid) FROM month WHERE month = ? AND is_locked = 1 AND deleted = 0", (month,)
    ).fetchone()
    locks = log.connection.execute(
        "SELECT site, seq, lam, at, chg, seen FROM _op WHERE tbl = 'month' AND fld = 'is_locked' AND val = 1"
        " AND row IN (SELECT value FROM json_each(?)) ORDER BY lam DESC",
        found,
    )
    lock = next((one for one in locks.fetchall() if _reaches(log, *one[:4])), None)
    if lock is None:
        return None
    site, _, _, _, chg, seen = lock
    lam, link, moment, last = log.connection.execute(
        "SELECT lam, chain, at, seq FROM _op WHERE site = ? AND chg = ? ORDER BY seq DESC LIMIT 1", (site, chg)
    ).fetchone()
    if seen:  # what the change itself wrote after the lock belongs to it
        seen = json.dumps({**json.loads(seen), site: last})
    return Point(lam, link, moment[:10], seen)


def at(connection: sqlite3.Connection, point: Point | None = None, moment: str | None = None) -> sqlite3.Connection:
    """A connection to the tables in memory as they stood at a point of the log, or at a moment (ISO text)."""
    past = _empty()
    for table in TABLES:
        _fill(
            past,
            table,
            timeline.rows_at(connection, table, point.lam, point.seen)
            if point is not None
            else timeline.rows_as_of(connection, table, moment),
        )
    return past


def changed(connection: sqlite3.Connection, point: Point, month: str) -> Changed:
    """What was changed after the point and counts for the month: its later reports and lights do not."""
    rows: dict[str, set[str]] = {}
    for table, row in _rows_after(connection, point):
        if table in _OF_MONTH or table in _OF_PROJECTS or table == "project":
            rows.setdefault(table, set()).add(row)
    projects = set(rows.get("project", ()))
    for table in (*_OF_MONTH, *_OF_PROJECTS):
        if table in rows:
            found = connection.execute(
                f"SELECT uid, project FROM {table} WHERE uid IN (SELECT value FROM json_each(:rows)) AND {_counts(table)}",  # noqa: S608 - names of ours
                {"rows": json.dumps(list(rows[table])), "month": month},
            ).fetchall()
            rows[table] = {uid for uid, _ in found}
            projects.update(project for _, project in found)
    return Changed(month, {table: frozenset(uids) for table, uids in rows.items()}, frozenset(projects))


def part_at(connection: sqlite3.Connection, point: Point, what: Changed) -> sqlite3.Connection:
    """The same as `at` for the projects that were changed alone: of them only what was changed is read from the log."""
    past = _empty()
    for table in ("plan", "region", "month", "setting"):
        _fill(past, table, timeline.rows_at(connection, table, point.lam, point.seen))
    projects = json.dumps(list(what.projects))
    for table in ("project", *_OF_MONTH, *_OF_PROJECTS):
        moved = what.rows.get(table, frozenset())
        key = "uid" if table == "project" else "project"
        same = connection.execute(
            f"SELECT {_listed(table)} FROM {table} WHERE {key} IN (SELECT value FROM json_each(:projects))"  # noqa: S608 - names of ours
            f" AND uid NOT IN (SELECT value FROM json_each(:moved)) AND deleted = 0 AND {_counts(table)}",
            {"projects": projects, "moved": json.dumps(list(moved)), "month": what.month},
        ).fetchall()
        then = _values(table, timeline.rows_at(connection, table, point.lam, point.seen, moved)) if moved else ()
        _insert(past, table, sorted([*same, *then], key=itemgetter(0)))
    return past


def _counts(table: str) -> str:
    return f"month {_OF_MONTH[table]} :month" if table in _OF_MONTH else "true"


def _reaches(log: Log, site: str, seq: int, lam: int, moment: str) -> bool:
    """Whether an op stands in a log as far as it is looked at."""
    if log.moment is not None:
        return moment <= log.moment
    if log.point is None:
        return True
    return lam <= log.point.lam if log.point.seen is None else seq <= json.loads(log.point.seen).get(site, 0)


def _rows_after(connection: sqlite3.Connection, point: Point) -> Iterable[tuple[str, str]]:
    """The rows (table, uid) with an op that is not up to the point."""
    if point.seen is None:
        yield from connection.execute("SELECT DISTINCT tbl, row FROM _op WHERE lam > ?", (point.lam,))
        return
    seen = json.loads(point.seen)
    site = connection.execute("SELECT min(site) FROM _op").fetchone()[0]
    while site is not None:
        after = (site, seen.get(site, 0))
        yield from connection.execute("SELECT DISTINCT tbl, row FROM _op WHERE site = ? AND seq > ?", after)
        site = connection.execute("SELECT min(site) FROM _op WHERE site > ?", (site,)).fetchone()[0]


def _empty() -> sqlite3.Connection:
    past = sqlite3.connect(":memory:", isolation_level=None)
    past.create_function("today", 0, lambda: clock.today().isoformat())
    for statement in schema_1.STATEMENTS:
        words = statement.replace('"', " ").split()
        if (words[:2] == ["CREATE", "TABLE"] and words[2] in TABLES) or (words[1] == "INDEX" and words[4] in TABLES):
            past.execute(statement)
    return past


def _fill(past: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, Stored]]) -> None:
    _insert(past, table, _values(table, rows))


def _insert(past: sqlite3.Connection, table: str, rows: Iterable[tuple[Stored, ...]]) -> None:
    marks = ", ".join("?" * (1 + len(names(table))))
    past.execute("BEGIN")
    past.executemany(f'INSERT INTO "{table}" ({_listed(table)}) VALUES ({marks})', rows)  # noqa: S608 - names of the dictionary
    past.execute("COMMIT")


def _values(table: str, rows: Iterable[Mapping[str, Stored]]) -> Iterator[tuple[Stored, ...]]:
    values = itemgetter("uid", *names(table))
    return (values(row) for row in rows)


def _listed(table: str) -> str:
    return ", ".join(f'"{name}"' for name in ("uid", *names(table)))
