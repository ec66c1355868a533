"""Contacts that came with a package: kept outside the log, so that they can be erased everywhere."""

import sqlite3
from collections.abc import Iterable


def contacts(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str | None]]) -> tuple[list[str], bool]:
    """Keeps (reference, value); the references that are filled in or erased by it, and whether one was erased.

    What was erased here stays so; what was erased there (None) is erased here.
    """
    changed, has_erased = [], False
    for reference, value in pairs:
        found = connection.execute("SELECT value FROM _personal WHERE ref = ?", (reference,)).fetchone()
        if found is None:
            connection.execute("INSERT INTO _personal (ref, value) VALUES (?, ?)", (reference, value))
            changed.append(reference)
        elif value is None and found[0] is not None:
            connection.execute("UPDATE _personal SET value = NULL WHERE ref = ?", (reference,))
            changed.append(reference)
            has_erased = True
    return changed, has_erased
