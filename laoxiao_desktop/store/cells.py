"""The visible tables as they follow from the log: fields whose ops changed are worked out anew and put into their rows."""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from laoxiao_desktop.models.dictionary import TABLES
from laoxiao_desktop.store import late, log, timeline, triggers
from laoxiao_desktop.store.rows import Stored, names

Key = tuple[str, str, str]  # table, row, field
_SHOWN = """
    SELECT k.row, k.fld, o.val, o.site, o.seq FROM temp.wanted_cell k
    JOIN _head h ON h.tbl = k.tbl AND h.row = k.row AND h.fld = k.fld JOIN _op o ON o.site = h.site AND o.seq = h.seq
    WHERE k.tbl = ? ORDER BY k.row, k.fld, o.lam, o.site, o.seq
"""
# a head that came too late gives way to the op before it, which it may have superseded
_SHOWN_WITHOUT_LATE = """
    SELECT k.row, k.fld, o.val, o.site, o.seq FROM temp.wanted_cell k
    JOIN _op o ON o.tbl = k.tbl AND o.row = k.row AND o.fld = k.fld
    WHERE k.tbl = ? AND NOT EXISTS (SELECT 1 FROM _late l WHERE l.site = o.site AND l.seq = o.seq)
    ORDER BY k.row, k.fld, o.lam, o.site, o.seq
"""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A field of a row that stood here before, and what its value became by which op."""

    table: str
    row: str
    field: str
    before: Stored
    after: Stored
    op: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Followed:
    """What bringing the tables up to the log changed: fields of rows that stood, and (table, uid) of new rows."""

    changed: tuple[CellChange, ...]
    added: tuple[tuple[str, str], ...]


def follow(connection: sqlite3.Connection, keys: Collection[Key]) -> Followed:
    """Brings these fields up to the log, inside the caller's transaction. Unknown tables and fields are left alone."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted_cell (tbl, row, fld, PRIMARY KEY (tbl, row, fld))")
    connection.execute("DELETE FROM temp.wanted_cell")
    connection.executemany("INSERT INTO temp.wanted_cell (tbl, row, fld) VALUES (?, ?, ?)", sorted(keys))
    changed: list[CellChange] = []
    added: list[tuple[str, str]] = []
    with log.unlogged(connection):
        for (table,) in connection.execute("SELECT DISTINCT tbl FROM temp.wanted_cell ORDER BY tbl").fetchall():
            if table in TABLES:
                _follow_table(connection, table, changed, added)
    connection.execute("DELETE FROM temp.wanted_cell")
    return Followed(tuple(changed), tuple(added))


def follow_all(connection: sqlite3.Connection) -> Followed:
    """Brings every field up to the log: after an upgrade, which may know fields that were only kept before."""
    return follow(connection, connection.execute("SELECT DISTINCT tbl, row, fld FROM _head").fetchall())


def follow_locks(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """After a month was locked or unlocked: the rows (table, uid) that were held back and now are not, or the reverse."""
    keys = late.settle(connection)
    follow(connection, keys)
    return {key[:2] for key in keys}


def _follow_table(
    connection: sqlite3.Connection, table: str, changed: list[CellChange], added: list[tuple[str, str]]
) -> None:
    # a row that is not there yet needs all its fields, not only those that came now
    connection.execute(
        f"""
        INSERT OR IGNORE INTO temp.wanted_cell (tbl, row, fld) SELECT h.tbl, h.row, h.fld FROM _head h
        WHERE h.tbl = ?1 AND h.row IN (
            SELECT k.row FROM temp.wanted_cell k WHERE k.tbl = ?1
                AND NOT EXISTS (SELECT 1 FROM "{table}" t WHERE t.uid = k.row))
        """,  # noqa: S608 - a name of the dictionary
        (table,),
    )
    known = ("deleted", *names(table))
    has_late = connection.execute("SELECT EXISTS (SELECT 1 FROM _late)").fetchone()[0]
    sql = _SHOWN_WITHOUT_LATE if has_late and table in triggers.GUARDED else _SHOWN
    rows: dict[str, dict[str, tuple[Stored, tuple[str, int] | None]]] = {}
    for row, field in connection.execute("SELECT row, fld FROM temp.wanted_cell WHERE tbl = ?", (table,)):
        if field in known:
            rows.setdefault(row, {})[field] = (None, None)
    for row, field, value, site, seq in connection.execute(sql, (table,)).fetchall():
        if field in known:
            rows[row][field] = (timeline.plain(connection, value), (site, seq))
    columns = ", ".join(f'"{name}"' for name in known)
    for row in _in_order(connection, table, rows):
        cells = rows[row]
        there = connection.execute(f'SELECT {columns} FROM "{table}" WHERE uid = ?', (row,)).fetchone()  # noqa: S608
        if there is None:
            if cells.get("deleted", (None, None))[0] is not None:
                _insert(connection, table, row, {name: value for name, (value, _) in cells.items()})
                if cells["deleted"][0] == 0:
                    added.append((table, row))
            continue
        if "deleted" in cells and cells["deleted"][0] is None:
            cells["deleted"] = (1, None)  # all that is known of the row came too late
        before = dict(zip(known, there, strict=True))
        differing = {name: value for name, (value, _) in cells.items() if before[name] != value}
        if differing:
            sets = ", ".join(f'"{name}" = ?' for name in differing)
            connection.execute(
                f'UPDATE "{table}" SET {sets} WHERE uid = ?',  # noqa: S608 - names of the dictionary
                (*differing.values(), row),
            )
            changed += [
                CellChange(table, row, name, before[name], value, cells[name][1]) for name, value in differing.items()
            ]


def _in_order(connection: sqlite3.Connection, table: str, rows: Collection[str]) -> list[str]:
    """New rows come in the order in which they were made, as in the copy that made them."""
    there = connection.execute(
        f'SELECT count(*) FROM "{table}" WHERE uid IN (SELECT row FROM temp.wanted_cell WHERE tbl = ?)',  # noqa: S608
        (table,),
    ).fetchone()[0]
    if len(rows) - there < 2:
        return list(rows)
    made = dict(
        connection.execute("SELECT row, min(lam) FROM _op WHERE tbl = ? AND fld = 'deleted' GROUP BY row", (table,))
    )
    return sorted(rows, key=lambda row: (made.get(row, 0), row))


def _insert(connection: sqlite3.Connection, table: str, row: str, values: dict[str, Stored]) -> None:
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * (len(values) + 1))
    connection.execute(
        f'INSERT INTO "{table}" (uid, {columns}) VALUES ({marks})',  # noqa: S608 - names of the dictionary
        (row, *values.values()),
    )


def put_reference(connection: sqlite3.Connection, key: Key, reference: str) -> None:
    """Makes a field refer to personal data again that may not be in this copy, as part of the change that is open."""
    log.write(connection, *key, reference)
    follow(connection, [key])


def keys_of(connection: sqlite3.Connection, references: Iterable[str]) -> set[Key]:
    """The fields whose log refers to these personal data."""
    wanted = set(references)
    if not wanted:
        return set()
    found = connection.execute("SELECT tbl, row, fld, val FROM _op WHERE substr(val, 1, 9) = 'personal:'")
    return {(table, row, field) for table, row, field, value in found if value in wanted}
