"""Ops that came too late for a locked month: its lock had not seen them, so they are kept and not shown until it is unlocked.

Which ones those are follows from the ops alone, so every copy of the ledger holds back the same.
"""

import json
import sqlite3

from laoxiao_desktop.store.triggers import GUARDED

Ref = tuple[str, int]  # site, seq
# (the clock of the lock, how far it had seen each site; None where it was written by a version that did not note it)
_Lock = tuple[int, dict[str, int] | None]
_MONTHS = """
    SELECT o.row, o.fld, o.val, o.lam, o.seen FROM _head h JOIN _op o ON o.site = h.site AND o.seq = h.seq
    WHERE h.tbl = 'month' AND h.fld IN ('month', 'is_locked', 'deleted') ORDER BY o.lam, o.site, o.seq
"""


def compute(connection: sqlite3.Connection) -> set[Ref]:
    """Every late op of the log."""
    locks = _locks(connection)
    if not locks:
        return set()
    marks = json.dumps(GUARDED)
    months = {
        (table, row): str(month)
        for table, row, month in connection.execute(
            "SELECT tbl, row, val FROM _op WHERE tbl IN (SELECT value FROM json_each(?)) AND fld = 'month'", (marks,)
        )
    }
    found = connection.execute(
        "SELECT site, seq, lam, tbl, row FROM _op WHERE tbl IN (SELECT value FROM json_each(?))", (marks,)
    )
    return {
        (site, seq)
        for site, seq, lam, table, row in found
        if (held := locks.get(months.get((table, row), ""))) and not any(_saw(lock, site, seq, lam) for lock in held)
    }


def settle(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Brings the kept set up to the log; the fields (table, row, field) of the ops that came or went. Inside a transaction."""
    wanted = compute(connection)
    kept = {(site, seq) for site, seq in connection.execute("SELECT site, seq FROM _late")}
    if wanted == kept:
        return set()
    connection.executemany("DELETE FROM _late WHERE site = ? AND seq = ?", kept - wanted)
    connection.executemany("INSERT INTO _late (site, seq) VALUES (?, ?)", wanted - kept)
    return {
        connection.execute("SELECT tbl, row, fld FROM _op WHERE site = ? AND seq = ?", ref).fetchone()
        for ref in wanted ^ kept
    }


def _locks(connection: sqlite3.Connection) -> dict[str, list[_Lock]]:
    rows: dict[str, dict[str, object]] = {}
    live: dict[str, list[_Lock]] = {}
    for row, field, value, lam, seen in connection.execute(_MONTHS):
        rows.setdefault(row, {})[field] = value
        if field == "is_locked" and value == 1:
            live.setdefault(row, []).append((lam, json.loads(seen) if seen else None))
    locks: dict[str, list[_Lock]] = {}
    for row, values in rows.items():
        if values.get("is_locked") == 1 and values.get("deleted") == 0:
            locks.setdefault(str(values.get("month")), []).extend(live[row])
    return locks


def _saw(lock: _Lock, site: str, seq: int, lam: int) -> bool:
    clock, vector = lock
    return lam <= clock if vector is None else seq <= vector.get(site, 0)
