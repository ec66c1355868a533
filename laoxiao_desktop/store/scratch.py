"""A copy of a ledger in memory, without attachments and search: what a package would do is tried there."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from laoxiao_desktop.store import database, log, schema_1, schema_2

_NOT_COPIED = frozenset({"_blob", "project_search"})


@contextmanager
def copy(path: Path) -> Iterator[sqlite3.Connection]:
    """The copy, gone after the block. It has no triggers: nothing is edited there, the tables only follow the log."""
    source = database.open_reader(path)
    try:
        made = sqlite3.connect(":memory:", isolation_level=None)
        try:
            log.install(made)
            made.execute("BEGIN")
            for statement in (*schema_1.STATEMENTS, *schema_2.STATEMENTS):
                words = statement.replace('"', " ").replace("(", " ").split()
                if words[0] == "CREATE" and words[1] != "VIRTUAL":
                    made.execute(statement)
                if words[:2] == ["CREATE", "TABLE"] and words[2] not in _NOT_COPIED:
                    _copy_table(source, made, words[2])
            yield made
        finally:
            made.close()
    finally:
        source.close()


def _copy_table(source: sqlite3.Connection, made: sqlite3.Connection, table: str) -> None:
    found = source.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of our schema
    marks = ", ".join("?" * len(found.description))
    made.executemany(f'INSERT INTO "{table}" VALUES ({marks})', found)  # noqa: S608
