"""Where a ledger comes from and how far its log was at a moment: printed in the foot of every report."""

import sqlite3


def ledger_id(connection: sqlite3.Connection) -> str:
    """The first 8 hex digits of the site under which the ledger was begun; copies of it keep it."""
    found = connection.execute("SELECT site FROM _op ORDER BY lam LIMIT 1").fetchone()
    return str(found[0])[:8] if found else ""


def link_before(connection: sqlite3.Connection, moment: str) -> str:
    """The chain at the last op before a moment (ISO text); "" when there was none."""
    found = connection.execute("SELECT chain FROM _op WHERE at <= ? ORDER BY lam DESC LIMIT 1", (moment,)).fetchone()
    return str(found[0]) if found else ""
