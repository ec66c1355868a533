"""Undo and redo: which change is next, and the values that take it back. Both are written as new changes."""

import sqlite3
from dataclasses import dataclass

from laoxiao_desktop.store import log, rows, timeline

_CHANGES = """
    SELECT o.site, o.chg, c.uid, c.label, c.undoes, c.redoes, c.is_floor
    FROM change c JOIN _op o ON o.tbl = 'change' AND o.row = c.uid AND o.fld = 'label'
    WHERE o.site IN (SELECT site FROM _lineage)
    ORDER BY o.lam DESC
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be taken back: where its ops stand, and its label."""

    site: str
    chg: int
    uid: str
    label: str


def next_undo(connection: sqlite3.Connection) -> Step | None:
    """The newest change of this ledger that still stands; None at the floor."""
    skip = 0
    for site, chg, uid, label, undoes, _redoes, is_floor in connection.execute(_CHANGES):
        if is_floor == log.ASIDE:
            continue
        if is_floor:
            return None
        if undoes:
            skip += 1
        elif skip:
            skip -= 1
        else:
            return Step(site, chg, uid, label)
    return None


def next_redo(connection: sqlite3.Connection) -> Step | None:
    """The undo that can be taken back now: the newest one not followed by a fresh change; None when there is none."""
    skip = 0
    for site, chg, uid, label, undoes, redoes, is_floor in connection.execute(_CHANGES):
        if is_floor == log.ASIDE:
            continue
        if redoes:
            skip += 1
        elif not undoes:
            return None
        elif skip:
            skip -= 1
        else:
            return Step(site, chg, uid, label)
    return None


def apply(connection: sqlite3.Connection, step: Step) -> int:
    """Restores what stood before `step`, inside the caller's change; gives the number of fields left alone.

    A field that somebody changed again since is left as it is.
    """
    kept = 0
    first: dict[tuple[str, str, str], list[str]] = {}
    last: dict[tuple[str, str, str], rows.Stored] = {}
    found = connection.execute(
        "SELECT tbl, row, fld, val, prev FROM _op WHERE site = ? AND chg = ? AND tbl <> 'change' ORDER BY seq",
        (step.site, step.chg),
    ).fetchall()
    for table, row, field, value, prev in found:
        first.setdefault((table, row, field), timeline.references(prev))
        last[(table, row, field)] = timeline.plain(connection, value)
    created = {(table, row) for (table, row, field), heads in first.items() if field == "deleted" and not heads}
    for table, row in sorted(created):
        rows.update(connection, table, row, {"deleted": 1})
    for (table, row, field), heads in first.items():
        if (table, row) in created:
            continue
        sql = f'SELECT "{field}" FROM "{table}" WHERE uid = ?'  # noqa: S608 - both names were checked when written
        now = connection.execute(sql, (row,)).fetchone()
        if now is None or now[0] != last[(table, row, field)]:
            kept += 1
            continue
        rows.update(connection, table, row, {field: timeline.value_of(connection, heads)})
    return kept
