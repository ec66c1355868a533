"""The schema as an append-only list of migrations. A migration that was released is never edited."""

import sqlite3

from laoxiao_desktop.store import cells, triggers
from laoxiao_desktop.store.transactions import writing

VERSION = 2  # the number of migrations below


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the file to this version, all or nothing per migration, and puts the triggers in place.

    Ops of fields that were only kept until now, because a newer version had sent them, show after that.
    """
    is_older = connection.execute("PRAGMA user_version").fetchone()[0] < VERSION
    if is_older:
        _apply(connection)
    if triggers.installed(connection) != triggers.statements():
        with writing(connection):
            triggers.install(connection)
    if is_older and connection.execute("SELECT 1 FROM _op LIMIT 1").fetchone():
        with writing(connection):
            cells.follow_all(connection)


def _apply(connection: sqlite3.Connection) -> None:
    # imported only for a new or old file: it costs more than opening a ledger and painting the window
    from sqlite_utils import Database, Migrations  # noqa: PLC0415

    from laoxiao_desktop.store import schema_1, schema_2  # noqa: PLC0415

    migrations = Migrations("laoxiao")

    @migrations()
    def m0001_first(db: Database) -> None:
        for statement in schema_1.STATEMENTS:
            db.execute(statement)
        triggers.install(db.conn)
        db.execute("PRAGMA user_version = 1")

    @migrations()
    def m0002_exchange(db: Database) -> None:
        for statement in schema_2.STATEMENTS:
            db.execute(statement)
        db.execute("PRAGMA user_version = 2")

    migrations.apply(Database(connection))
