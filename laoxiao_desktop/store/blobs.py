"""Contents of attachments, each kept once under its SHA-256; never changed, so not in the log."""

import hashlib
import sqlite3


def keep(connection: sqlite3.Connection, content: bytes) -> str:
    """The SHA-256 (hex) under which the content now stands; the same content is kept once."""
    name = hashlib.sha256(content).hexdigest()
    connection.execute("INSERT OR IGNORE INTO _blob (sha256, content) VALUES (?, ?)", (name, content))
    return name


def content(connection: sqlite3.Connection, name: str) -> bytes | None:
    """The content; None when it is not in this file."""
    found = connection.execute("SELECT content FROM _blob WHERE sha256 = ?", (name,)).fetchone()
    return bytes(found[0]) if found else None
