"""The change log: how one change is written, chained and named. The triggers write the lines; here a change begins and ends."""

import hashlib
import json
import secrets
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.store.refusals import refusal, told

FLOOR, ASIDE = 1, 2  # undo stops there; undo passes it by
UNLOGGED = -1  # in `_self.chg`: what is written to the tables is in the log already


@dataclass(slots=True)
class Writing:
    """A change that is being written: its uid, and what the workspace wants to add to it.

    `followed` are rows that change with it though no op of it is theirs.
    """

    uid: str
    created: str | None = None
    followed: set[tuple[str, str]] = field(default_factory=set)
    written: Change | None = field(default=None)


def install(connection: sqlite3.Connection) -> None:
    """Gives the connection the function that chains the log."""
    connection.create_function("op_chain", -1, chain, deterministic=True)


def chain(previous: str, *op: object) -> str:
    """SHA-256 (hex) over the site's previous link and this op's fields."""
    line = json.dumps([previous, *op], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def new_uid() -> str:
    """A fresh uid for a row."""
    return uuid.uuid4().hex


def start_site(connection: sqlite3.Connection) -> str:
    """A new site id for this file: for a new ledger, a copied one, a restored one. Its chain begins anew."""
    site = secrets.token_hex(6)
    found = connection.execute("SELECT site, lam FROM _self").fetchone()
    connection.execute("BEGIN IMMEDIATE")
    if found is None:
        connection.execute(
            "INSERT INTO _self (one, site, seq, lam, chain, token) VALUES (1, ?, 0, 0, '', '')",
            (site,),
        )
    else:
        connection.execute("INSERT INTO _known (site, seq, chain) SELECT site, seq, chain FROM _self WHERE seq > 0")
        connection.execute("INSERT OR IGNORE INTO _lineage_end (site, last) SELECT site, seq FROM _self")
        connection.execute("UPDATE _self SET site = ?, seq = 0, chain = '', token = '', chg = NULL", (site,))
    connection.execute("INSERT OR IGNORE INTO _lineage (site) VALUES (?)", (site,))
    connection.execute("COMMIT")
    return site


def head(connection: sqlite3.Connection) -> tuple[str, int, str]:
    """This site's id, the number of its last op and the chain at it ("" for an empty log)."""
    site, seq, link = connection.execute("SELECT site, seq, chain FROM _self").fetchone()
    return str(site), int(seq), str(link)


def past_sites(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The sites under which this file wrote before it was copied or restored."""
    own = head(connection)[0]
    return tuple(str(site) for (site,) in connection.execute("SELECT site FROM _lineage") if site != own)


def ends(connection: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """How far the log of each site is known here, and the chain there."""
    found = connection.execute(
        "SELECT site, seq, chain FROM _known UNION ALL SELECT site, seq, chain FROM _self WHERE seq > 0 ORDER BY site"
    )
    return {str(site): (int(seq), str(link)) for site, seq, link in found}


def newest_link(connection: sqlite3.Connection) -> str:
    """What the whole log comes to: the chain of its one site, or a SHA-256 over those of all; "" for an empty log."""
    found = ends(connection)
    if len(found) < 2:
        return next((link for _, link in found.values()), "")
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()


@contextmanager
def unlogged(connection: sqlite3.Connection) -> Iterator[None]:
    """Inside the block the tables follow the log instead of writing it. Runs in the caller's transaction."""
    (before,) = connection.execute("SELECT chg FROM _self").fetchone()
    connection.execute("UPDATE _self SET chg = ?", (UNLOGGED,))
    yield
    connection.execute("UPDATE _self SET chg = ?", (before,))


def write(connection: sqlite3.Connection, table: str, row: str, field: str, value: str | int | None) -> None:
    """One op that supersedes every head of a field, also where the value that stands there is the same."""
    connection.execute("INSERT INTO _log (tbl, row, fld, val) VALUES (?, ?, ?, ?)", (table, row, field, value))


def forget(connection: sqlite3.Connection, table: str, row: str) -> None:
    """Erases the personal data that the log of a row refers to. Follow the change with `sweep`."""
    connection.execute(
        "UPDATE _personal SET value = NULL WHERE ref IN (SELECT val FROM _op WHERE tbl = ? AND row = ?)", (table, row)
    )


def sweep(connection: sqlite3.Connection) -> None:
    """Rewrites the file so that nothing erased is left in its free space."""
    with told():
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def change(
    connection: sqlite3.Connection,
    actor: str,
    at: str,
    label: str,
    *,
    reason: str = "",
    undoes: str | None = None,
    redoes: str | None = None,
    is_floor: bool = False,
    is_aside: bool = False,
) -> Iterator[Writing]:
    """One change = one transaction. After the block `written` holds the Change, or None when nothing differed.

    When COMMIT itself fails the change is looked up again, since it may be durable all the same.
    """
    writing = Writing(new_uid())
    with told():
        connection.execute("BEGIN IMMEDIATE")
    try:
        with told():
            connection.execute("UPDATE _self SET at = ?, actor = ?, chg = seq + 1", (at, actor))
            first = connection.execute("SELECT chg FROM _self").fetchone()[0]
            connection.execute(
                "INSERT INTO change (uid, label, reason, undoes, redoes, is_floor) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    writing.uid,
                    label,
                    reason or None,
                    undoes,
                    redoes,
                    FLOOR if is_floor else ASIDE if is_aside else None,
                ),
            )
        with told():
            yield writing
        with told():
            touched = _touched(connection, first)
            if not touched and not (undoes or redoes):
                connection.execute("ROLLBACK")
                return
            connection.execute("UPDATE _self SET chg = NULL, at = NULL, actor = NULL")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    _commit(connection, writing.uid)
    writing.written = Change(writing.uid, label, touched | writing.followed, writing.created)


def _touched(connection: sqlite3.Connection, first: int) -> frozenset[tuple[str, str]]:
    rows = connection.execute(
        "SELECT DISTINCT tbl, row FROM _op WHERE site = (SELECT site FROM _self) AND seq >= ? AND tbl <> 'change'",
        (first,),
    )
    return frozenset((str(tbl), str(row)) for tbl, row in rows)


def _commit(connection: sqlite3.Connection, uid: str) -> None:
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        with told():
            if connection.execute("SELECT 1 FROM change WHERE uid = ?", (uid,)).fetchone():
                return
        raise refusal(error) or UserError("没有能够保存刚才这一步。", "以前的内容都在，请再试一次。") from error
