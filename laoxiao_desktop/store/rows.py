"""Rows of any table of the dictionary: read, insert, change. Names come from the dictionary only, values are bound."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from laoxiao_desktop.models.dictionary import TABLES
from laoxiao_desktop.store import natural
from laoxiao_desktop.store.log import new_uid

Stored = str | int | None


def names(table: str) -> tuple[str, ...]:
    """The field names of a table; KeyError for a table that the dictionary does not know."""
    return tuple(field.name for field in TABLES[table])


def insert(connection: sqlite3.Connection, table: str, values: Mapping[str, Stored], uid: str | None = None) -> str:
    """The uid of a new row with these values, or of the deleted one with the same natural key, made anew.

    Unknown field names raise KeyError.
    """
    fields = [_checked(table, name) for name in values]
    if uid is None and (own := natural.uid_of(table, values)):
        there = connection.execute(_sql("SELECT deleted FROM {table} WHERE uid = ?", table=table), (own,)).fetchone()
        if there and there[0]:
            update(connection, table, own, {**dict.fromkeys(names(table)), **values, "deleted": 0})
            return own
        uid = None if there else own
    uid = uid or new_uid()
    columns = ", ".join(f'"{name}"' for name in ("uid", *fields))
    marks = ", ".join("?" * (len(fields) + 1))
    connection.execute(
        _sql("INSERT INTO {table} ({columns}) VALUES ({marks})", table=table, columns=columns, marks=marks),
        (uid, *values.values()),
    )
    return uid


def update(connection: sqlite3.Connection, table: str, uid: str, values: Mapping[str, Stored]) -> None:
    """Changes fields of one row; `deleted` is a field too."""
    if not values:
        return
    sets = ", ".join(f'"{_checked(table, name)}" = ?' for name in values)
    connection.execute(_sql("UPDATE {table} SET {sets} WHERE uid = ?", table=table, sets=sets), (*values.values(), uid))


def one(connection: sqlite3.Connection, table: str, uid: str) -> dict[str, Stored] | None:
    """One undeleted row as {field: stored value} with its uid; None when there is none."""
    found = list(select(connection, table, "uid = ? AND deleted = 0", (uid,)))
    return found[0] if found else None


def select(
    connection: sqlite3.Connection,
    table: str,
    where: str = "deleted = 0",
    bound: Sequence[Stored] = (),
    order: str = "",
) -> Iterable[dict[str, Stored]]:
    """Rows of a table as dictionaries, uid first. `where` and `order` are SQL of our own, never text of a person."""
    columns = ("uid", *names(table))
    sql = _sql(
        "SELECT {columns} FROM {table} WHERE {where} ORDER BY {order}",
        columns=", ".join(f'"{name}"' for name in columns),
        table=table,
        where=where,
        order=order or "id",
    )
    for row in connection.execute(sql, tuple(bound)):
        yield dict(zip(columns, row, strict=True))


def _checked(table: str, name: str) -> str:
    if name != "deleted" and name not in names(table):
        raise KeyError(f"{table}.{name}")
    return name


def _sql(template: str, *, table: str, **parts: str) -> str:
    if table not in TABLES:
        raise KeyError(table)
    for key, part in {"table": f'"{table}"', **parts}.items():
        template = template.replace("{" + key + "}", part)
    return template
