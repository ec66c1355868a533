"""Undo and redo: which change is next, and the values that take it back. Both are written as new changes."""

import sqlite3
from dataclasses import dataclass

from laoxiao_desktop.store import cells, log, rows, timeline

_CHANGES = """
    SELECT o.site, o.chg, c.uid, c.label, c.undoes, c.redoes, c.is_floor
    FROM change c JOIN _op o ON o.tbl = 'change' AND o.row = c.uid AND o.fld = 'label'
    JOIN _lineage l ON l.site = o.site LEFT JOIN _lineage_end e ON e.site = o.site
    WHERE e.last IS NULL OR o.seq <= e.last
    ORDER BY o.lam DESC
"""

_FROM_ELSEWHERE = """
    SELECT EXISTS (SELECT 1 FROM _op o WHERE o.tbl = ? AND o.row = ? AND NOT EXISTS (
        SELECT 1 FROM _lineage l LEFT JOIN _lineage_end e ON e.site = l.site
        WHERE l.site = o.site AND (e.last IS NULL OR o.seq <= e.last)))
"""
_LIVE_VALUES = """
    SELECT o.val FROM _head h JOIN _op o ON o.site = h.site AND o.seq = h.seq WHERE h.tbl = ? AND h.row = ? AND h.fld = ?
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

    A field that somebody changed again since is left as it is, so is one on which two people disagree, and a row
    that somebody in another copy of the ledger has filled in meanwhile.
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
        if connection.execute(_FROM_ELSEWHERE, (table, row)).fetchone()[0]:
            kept += 1
            continue
        rows.update(connection, table, row, {"deleted": 1})
    for (table, row, field), heads in first.items():
        if (table, row) in created:
            continue
        sql = f'SELECT "{field}" FROM "{table}" WHERE uid = ?'  # noqa: S608 - both names were checked when written
        now = connection.execute(sql, (row,)).fetchone()
        if now is None or now[0] != last[(table, row, field)] or _is_in_conflict(connection, table, row, field):
            kept += 1
            continue
        logged = timeline.logged(connection, heads)
        if isinstance(logged, str) and logged.startswith("personal:"):
            # the reference itself: the name behind it may not be in this copy, and must not be lost in the others
            cells.put_reference(connection, (table, row, field), logged)
        else:
            rows.update(connection, table, row, {field: logged})
    return kept


def _is_in_conflict(connection: sqlite3.Connection, table: str, row: str, field: str) -> bool:
    values = connection.execute(_LIVE_VALUES, (table, row, field)).fetchall()
    return len({timeline.plain(connection, value) for (value,) in values}) > 1
