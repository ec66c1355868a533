"""Conflicts read from the log: fields with several live values, rows deleted there and edited here, changes too late for a lock."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from laoxiao_desktop.models.conflict import Conflict, Side
from laoxiao_desktop.models.dictionary import TABLES, field_of
from laoxiao_desktop.store import cells, log, scoping, subjects, timeline, triggers
from laoxiao_desktop.store.rows import Stored, names

_OP = "SELECT o.site, o.seq, o.lam, o.at, o.actor, o.tbl, o.row, o.fld, o.val, o.prev, o.seen FROM _op o"
_SEVERAL = "SELECT tbl, row, fld FROM _head GROUP BY tbl, row, fld HAVING count(*) > 1 ORDER BY tbl, row, fld"
_HEADS = _OP + " JOIN _head h ON h.site = o.site AND h.seq = o.seq WHERE h.tbl = ? AND h.row = ? AND h.fld = ?"
_IS_LATE = "EXISTS (SELECT 1 FROM _late l WHERE l.site = o.site AND l.seq = o.seq)"
_LATE_HEADS = f"{_HEADS} AND {_IS_LATE}"
_SHOWN = (
    f"{_OP} WHERE o.tbl = ? AND o.row = ? AND o.fld = ? AND NOT {_IS_LATE} ORDER BY o.lam DESC, o.site DESC LIMIT 1"
)
_DELETIONS = _OP + " JOIN _head h ON h.site = o.site AND h.seq = o.seq WHERE h.fld = 'deleted' AND o.val = 1"
_LATE = "SELECT DISTINCT o.tbl, o.row, o.fld FROM _late l CROSS JOIN _op o ON o.site = l.site AND o.seq = l.seq ORDER BY 1, 2, 3"
_CHILDREN = {
    "project": [(table, "project") for table in (
        "site", "funding", "allocation", "year_plan", "milestone", "baseline", "monthly_report", "light_override", "issue",
        "supervision", "attachment")],
    "plan": [("project", "plan"), ("indicator", "plan"), ("goal", "plan"), ("list_item", "plan")],
    "indicator": [("indicator_target", "indicator"), ("indicator_value", "indicator")],
    "list_item": [("progress_note", "item")],
}  # fmt: skip
_NOT_ASKED = frozenset(
    {("month", "opened_by"), ("month", "locked_by")}
)  # noted by the program, not decided by a person
_PERSONAL_TABLES = ("change", "saved_view")  # what a person keeps for himself is no matter for two
_Op = tuple[str, int, int, str, str, str, str, str, Stored, str, str | None]


def of(connection: sqlite3.Connection) -> tuple[Conflict, ...]:
    """Every conflict, by table and row."""
    if len(log.ends(connection)) < 2:
        return ()  # nobody else ever wrote here
    found = [*_of_values(connection), *_of_deletions(connection), *_of_locks(connection)]
    return tuple(sorted({one.id: one for one in found}.values(), key=lambda one: (one.table, one.row, one.field)))


def _of_values(connection: sqlite3.Connection) -> Iterator[Conflict]:
    for table, row, field in connection.execute(_SEVERAL).fetchall():
        if not _is_for_people(table, row, field):
            continue
        heads = _ops(connection, _HEADS, (table, row, field))
        if not _differ(connection, heads):
            continue
        if field != "deleted" and _is_deleted(connection, table, row):
            continue
        kind = "deleted" if field == "deleted" else "value"
        yield _conflict(connection, heads, kind, field)


def _of_deletions(connection: sqlite3.Connection) -> Iterator[Conflict]:
    """Deleted by one who had not seen what another wrote there, in the row or in what belongs to it."""
    for deletion in _ops(connection, _DELETIONS, ()):
        table, row, seen = deletion[5], deletion[6], deletion[10]
        if table in _PERSONAL_TABLES or table not in TABLES or not _is_deleted(connection, table, row):
            continue
        unseen = [op for op in _later_heads(connection, table, row) if not _saw(deletion, seen, op)]
        if unseen:
            newest = max(unseen, key=lambda op: (op[2], op[0], op[1]))
            yield _conflict(connection, [deletion, newest], "deleted", "deleted", more=len(unseen) - 1)


def _of_locks(connection: sqlite3.Connection) -> Iterator[Conflict]:
    for table, row, field in connection.execute(_LATE).fetchall():
        held = _ops(connection, _LATE_HEADS, (table, row, field))
        if not held or not _is_for_people(table, row, field):
            continue
        shown = _shown_op(connection, table, row, field)
        sides = [shown, *held] if shown else held
        if shown is None or _differ(connection, sides):
            yield _conflict(connection, sides, "locked", field)


def _conflict(connection: sqlite3.Connection, ops: list[_Op], kind: str, field: str, more: int = 0) -> Conflict:
    first = ops[0]
    table, row = first[5], first[6]
    ordered = sorted(ops, key=lambda op: (op[2], op[0], op[1]))
    common = set.intersection(*(set(timeline.references(op[9])) for op in ops if op[7] == field))
    base = subjects.shown(connection, table, field, timeline.value_of(connection, sorted(common)))
    now = subjects.shown(connection, table, field, _cell(connection, table, row, field))
    return Conflict(
        id=f"{table}|{row}|{field}",
        table=table,
        row=row,
        field=field,
        subject=subjects.subject(connection, table, row),
        field_title=subjects.field_title(table, field),
        kind=kind,  # type: ignore[arg-type]  # one of the three words of the callers above
        base=base,
        sides=tuple(_side(connection, op, kind, more) for op in ordered),
        shown_now=now,
    )


def _side(connection: sqlite3.Connection, op: _Op, kind: str, more: int) -> Side:
    site, seq, _lam, at, actor, table, _, field, value, _prev, _seen = op
    plain = timeline.plain(connection, value)
    shown = subjects.shown(connection, table, field, plain)
    if kind == "deleted":
        shown = "删除" if field == "deleted" and value == 1 else f"保留（{_told(connection, op, more)}）"
    return Side(f"{site}.{seq}", plain, shown, actor, at)


def _told(connection: sqlite3.Connection, op: _Op, more: int) -> str:
    table, field, value = op[5], op[7], timeline.plain(connection, op[8])
    if field == "deleted":
        return "找回" if op[9] != "[]" else f"新增{subjects.subject(connection, table, op[6])}"
    words = f"{subjects.field_title(table, field)}改为 {subjects.shown(connection, table, field, value) or '空'}"
    return f"{words}，等 {more + 1} 处" if more else words


def _later_heads(connection: sqlite3.Connection, table: str, row: str) -> list[_Op]:
    sql = _OP + " JOIN _head h ON h.site = o.site AND h.seq = o.seq WHERE h.tbl = ? AND h.row = ?"
    found = [op for op in _ops(connection, sql, (table, row)) if op[7] != "deleted"]
    for child, link in _CHILDREN.get(table, ()):
        for (uid,) in connection.execute(
            f'SELECT uid FROM "{child}" WHERE "{link}" = ? AND deleted = 0',  # noqa: S608 - names of the table above
            (row,),
        ).fetchall():
            found += _ops(connection, sql, (child, uid))
    return found


def _saw(deletion: _Op, seen: str | None, op: _Op) -> bool:
    if op[0] == deletion[0]:
        return True  # who deleted the row knows it
    told = json.loads(seen) if seen else []
    if isinstance(told, dict):
        return op[1] <= int(told.get(op[0], 0))
    return f"{op[0]}.{op[1]}" in told if op[5:7] == deletion[5:7] else op[2] <= deletion[2]


def _shown_op(connection: sqlite3.Connection, table: str, row: str, field: str) -> _Op | None:
    return next(iter(_ops(connection, _SHOWN, (table, row, field))), None)


def _ops(connection: sqlite3.Connection, sql: str, bound: tuple[str, ...]) -> list[_Op]:
    return connection.execute(sql, bound).fetchall()


def _is_for_people(table: str, row: str, field: str) -> bool:
    if table not in TABLES or table in _PERSONAL_TABLES or (field != "deleted" and field not in names(table)):
        return False
    if field != "deleted" and (field == "ord" or (table, field) in _NOT_ASKED or field_of(table, field).kind == "json"):
        return table == "setting" and row in scoping.SHARED_SETTINGS
    return table != "setting"


def _is_deleted(connection: sqlite3.Connection, table: str, row: str) -> bool:
    return _cell(connection, table, row, "deleted") != 0


def _cell(connection: sqlite3.Connection, table: str, row: str, field: str) -> Stored:
    sql = f'SELECT "{field}" FROM "{table}" WHERE uid = ?'  # noqa: S608 - names of the dictionary
    found = connection.execute(sql, (row,)).fetchone()
    return found[0] if found else None


def _differ(connection: sqlite3.Connection, ops: Sequence[_Op]) -> bool:
    """Whether these ops hold several values; contacts that are not in this copy cannot be told apart here."""
    values = {(timeline.plain(connection, op[8]), op[8] is None) for op in ops}
    return len({value for value, _ in values}) > 1 and (None, False) not in values


def choose(connection: sqlite3.Connection, conflict: Conflict, op: str) -> set[tuple[str, str]]:
    """Writes the op that supersedes every side, as part of the change that is open; the rows that follow."""
    key = (conflict.table, conflict.row, conflict.field)
    site, _, seq = op.rpartition(".")
    table, field, value = connection.execute(
        "SELECT tbl, fld, val FROM _op WHERE site = ? AND seq = ?", (site, int(seq))
    ).fetchone()
    if conflict.kind == "deleted":
        value = 1 if (field, value) == ("deleted", 1) and table == conflict.table else 0
    log.write(connection, *key, value)
    cells.follow(connection, [key])
    return {(conflict.table, conflict.row), *cells.follow_locks(connection)}  # the choice may lock or unlock a month


def is_closed(connection: sqlite3.Connection, conflict: Conflict) -> bool:
    """Whether the row belongs to a locked month, so that nothing may be chosen."""
    if conflict.table not in triggers.GUARDED:
        return False
    found = connection.execute(
        f'SELECT 1 FROM "{conflict.table}" t JOIN month m ON m.month = t.month'  # noqa: S608 - one of two names
        " WHERE t.uid = ? AND m.is_locked = 1 AND m.deleted = 0",
        (conflict.row,),
    ).fetchone()
    return found is not None
