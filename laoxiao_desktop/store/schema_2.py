"""Schema 2: what a ledger keeps beside the log to exchange packages. Nothing of it is itself exchanged."""

import sqlite3

STATEMENTS: tuple[str, ...] = (
    # how far the log of every other site is known here, and the chain there; this file's own site stands in _self
    "CREATE TABLE _known (site TEXT PRIMARY KEY, seq INTEGER NOT NULL, chain TEXT NOT NULL) WITHOUT ROWID",
    # ops that were held back from us: the chain at the last of them bridges the gap
    """
    CREATE TABLE _hole (
        site TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, chain TEXT NOT NULL, PRIMARY KEY (site, first)
    ) WITHOUT ROWID
    """,
    # derived: ops for a locked month that its lock had not seen
    "CREATE TABLE _late (site TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (site, seq)) WITHOUT ROWID",
    # the site that began the ledger, where its first op is not here
    "CREATE TABLE _origin (one INTEGER PRIMARY KEY CHECK (one = 1), site TEXT NOT NULL)",
    # the last op that this file wrote under a site it no longer writes under
    "CREATE TABLE _lineage_end (site TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE _receipt (
        uid TEXT PRIMARY KEY, taken_at TEXT NOT NULL, file TEXT NOT NULL, sender TEXT NOT NULL, new_ops INTEGER NOT NULL,
        conflicts INTEGER NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE _given (
        uid TEXT PRIMARY KEY, receiver TEXT NOT NULL, given_at TEXT NOT NULL, county TEXT, plan TEXT, ops INTEGER NOT NULL,
        file TEXT NOT NULL, sha256 TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO _known (site, seq, chain)
        SELECT o.site, o.seq, o.chain FROM _op o
        JOIN (SELECT site, max(seq) AS seq FROM _op GROUP BY site) newest ON newest.site = o.site AND newest.seq = o.seq
        WHERE o.site <> (SELECT site FROM _self)
    """,
    """
    INSERT INTO _lineage_end (site, last)
        SELECT l.site, k.seq FROM _lineage l JOIN _known k ON k.site = l.site
    """,
)


def stand_in(connection: sqlite3.Connection) -> None:
    """Gives a connection that may only read a file of schema 1 the tables of schema 2, in its own memory."""
    for statement in STATEMENTS:
        connection.execute(statement.replace("CREATE TABLE", "CREATE TEMP TABLE"))
