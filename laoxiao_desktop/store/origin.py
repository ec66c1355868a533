"""Where a ledger comes from and how far its log was at a moment: printed in the foot of every report."""

import sqlite3


def ledger_id(connection: sqlite3.Connection) -> str:
    """The first 8 hex digits of the site under which the ledger was begun; copies of it keep it."""
    return site(connection)[:8]


def site(connection: sqlite3.Connection) -> str:
    """The whole id of that site; "" for a ledger that has not begun."""
    found = (
        connection.execute("SELECT site FROM _origin").fetchone()
        or connection.execute("SELECT site FROM _op ORDER BY lam, site LIMIT 1").fetchone()
    )
    return str(found[0]) if found else ""


def begin(connection: sqlite3.Connection, beginner: str) -> None:
    """Notes the site that began the ledger in a copy that holds not all of its log."""
    connection.execute("INSERT OR IGNORE INTO _origin (one, site) VALUES (1, ?)", (beginner,))


def link_before(connection: sqlite3.Connection, moment: str) -> str:
    """The chain at the last op before a moment (ISO text); "" when there was none."""
    found = connection.execute(
        "SELECT chain FROM _op WHERE at <= ? ORDER BY lam DESC, site DESC, seq DESC LIMIT 1", (moment,)
    ).fetchone()
    return str(found[0]) if found else ""
