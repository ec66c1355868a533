"""What the log tells: the history of a row, the latest changes, and every table as it stood at an earlier moment."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence

from laoxiao_desktop.models.change import HistoryLine
from laoxiao_desktop.store.rows import Stored, names, select

_HISTORY = """
    SELECT o.at, o.actor, o.tbl, o.row, o.fld, o.val, o.prev, o.lam, c.label, c.reason, c.undoes, c.redoes, o.site
    FROM _op o
    LEFT JOIN _op first ON first.site = o.site AND first.seq = o.chg
    LEFT JOIN change c ON c.uid = first.row
"""

_NEWEST_FIRST = " ORDER BY o.lam DESC, o.site DESC, o.seq DESC LIMIT ?"

_AS_OF = """
    SELECT row, fld, val FROM (
        SELECT row, fld, val, row_number() OVER (PARTITION BY row, fld ORDER BY lam DESC, site DESC, seq DESC) AS rank
        FROM _op WHERE tbl = ? AND at <= ?
            AND NOT EXISTS (SELECT 1 FROM _late WHERE _late.site = _op.site AND _late.seq = _op.seq)
    ) WHERE rank = 1
"""


def of_rows(connection: sqlite3.Connection, keys: Sequence[tuple[str, str]], limit: int) -> list[HistoryLine]:
    """The history of some rows, newest first; `keys` are (table, uid). Creation shows as the field `deleted`."""
    lines = []
    for table, row in keys:
        found = connection.execute(_HISTORY + " WHERE o.tbl = ? AND o.row = ?" + _NEWEST_FIRST, (table, row, limit))
        lines += list(_lines(connection, found))
    lines.sort(key=lambda pair: pair[0], reverse=True)
    return [line for _, line in lines[:limit]]


def recent(connection: sqlite3.Connection, limit: int) -> list[HistoryLine]:
    """The latest lines of the whole ledger, newest first."""
    found = connection.execute(_HISTORY + " WHERE o.tbl <> 'change'" + _NEWEST_FIRST, (limit,))
    return [line for _, line in _lines(connection, found)]


def rows_as_of(connection: sqlite3.Connection, table: str, moment: str | None) -> list[dict[str, Stored]]:
    """All undeleted rows of a table as they stood at `moment` (local ISO text; None = now), uid and fields."""
    if moment is None:
        return list(select(connection, table))
    return _replayed(connection, table, connection.execute(_AS_OF, (table, moment)))


def rows_at(
    connection: sqlite3.Connection, table: str, lam: int, seen: str | None = None, only: Collection[str] | None = None
) -> list[dict[str, Stored]]:
    """All undeleted rows of a table, or `only` some, as they stood at a point of the log: by its clock, or by what was seen.

    `seen` is {site: number of its last op} as JSON.
    """
    values: dict[str, Stored] = {"table": table, "lam": lam, "seen": seen, "rows": json.dumps(list(only or ()))}
    sql = _AS_OF.replace("tbl = ?", "tbl = :table")
    if only is not None:
        sql = sql.replace("tbl = :table", "tbl = :table AND row IN (SELECT value FROM json_each(:rows))")
    if seen is None:
        return _replayed(connection, table, connection.execute(sql.replace("at <= ?", "lam <= :lam"), values))
    by_site = sql.replace("_op WHERE", "_op JOIN json_each(:seen) AS saw ON saw.key = _op.site WHERE")
    return _replayed(connection, table, connection.execute(by_site.replace("at <= ?", "_op.seq <= saw.value"), values))


def _replayed(connection: sqlite3.Connection, table: str, found: sqlite3.Cursor) -> list[dict[str, Stored]]:
    fields = names(table)
    rows: dict[str, dict[str, Stored]] = {}
    for row, field, value in found:
        rows.setdefault(row, {})[field] = plain(connection, value)
    return [
        {"uid": uid, **{name: values.get(name) for name in fields}}
        for uid, values in rows.items()
        if values.get("deleted") == 0
    ]


def plain(connection: sqlite3.Connection, value: Stored) -> Stored:
    """The value behind a reference to personal data; None when it was erased; other values as they are."""
    if isinstance(value, str) and value.startswith("personal:"):
        found = connection.execute("SELECT value FROM _personal WHERE ref = ?", (value,)).fetchone()
        return found[0] if found else None
    return value


def value_of(connection: sqlite3.Connection, references: Sequence[str]) -> Stored:
    """The value that a field had when `references` (site.seq) were its heads; None when it had none."""
    return plain(connection, logged(connection, references))


def logged(connection: sqlite3.Connection, references: Sequence[str]) -> Stored:
    """The same as the log holds it: personal data as their reference."""
    best: tuple[int, str, int] | None = None
    value: Stored = None
    for reference in references:
        site, _, seq = reference.rpartition(".")
        found = connection.execute("SELECT lam, val FROM _op WHERE site = ? AND seq = ?", (site, int(seq))).fetchone()
        if found and (best is None or (found[0], site, int(seq)) > best):
            best, value = (found[0], site, int(seq)), found[1]
    return value


def author_of(connection: sqlite3.Connection, op: tuple[str, int]) -> tuple[str, str]:
    """Who wrote an op, and when."""
    actor, at = connection.execute("SELECT actor, at FROM _op WHERE site = ? AND seq = ?", op).fetchone()
    return str(actor), str(at)


def decision(
    connection: sqlite3.Connection, key: tuple[str, str, str], sides: Collection[str]
) -> tuple[Stored, str, str] | None:
    """The value, who and when of the op that first superseded the sides of a conflict; None when none did.

    A field's own op may supersede them all; of a deleted row, the deletion. Else its last op is taken.
    """
    found = connection.execute(
        "SELECT site, seq, val, actor, at, prev FROM _op WHERE tbl = ? AND row = ? AND fld = ? ORDER BY lam, site, seq",
        key,
    ).fetchall()
    others = [op for op in found if f"{op[0]}.{op[1]}" not in sides]
    own = len(found) - len(others)  # the sides that are ops of this very field
    over = [op for op in others if len(set(references(op[5])) & set(sides)) >= max(own, 1)]
    newest = others[-1:] if others and others[-1] is found[-1] else []
    for _, _, value, actor, at, _ in over or newest:
        return plain(connection, value), str(actor), str(at)
    return None


def references(text: str | None) -> list[str]:
    """The op references in a `prev` or `seen` column."""
    return list(json.loads(text)) if text else []


def _lines(connection: sqlite3.Connection, found: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, HistoryLine]]:
    for at, actor, table, row, field, value, prev, lam, label, reason, undoes, redoes, site in found:
        line = HistoryLine(
            at=str(at),
            actor=str(actor),
            table=str(table),
            row=str(row),
            field=str(field),
            old=value_of(connection, references(str(prev))),
            new=plain(connection, value),  # type: ignore[arg-type]
            label=str(label or ""),
            reason=str(reason or ""),
            kind="undo" if undoes else "redo" if redoes else "edit",
            site=str(site),
        )
        yield (int(str(lam)), line)
