"""Contents of attachments, each kept once under its SHA-256; never changed, so not in the log."""

import hashlib
import sqlite3


def keep(connection: sqlite3.Connection, content: bytes) -> str:
    """The SHA-256 (hex) under which the content now stands; the same content is kept once."""
    name = hashlib.sha256(content).hexdigest()
    connection.execute("INSERT OR IGNORE INTO _blob (sha256, content) VALUES (?, ?)", (name, content))
    return name


def keep_new(connection: sqlite3.Connection, content: bytes, *, is_kept: bool) -> bool:
    """Whether the content was not here yet; then it is kept, unless this is only a trial."""
    name = hashlib.sha256(content).hexdigest()
    is_new = connection.execute("SELECT 1 FROM _blob WHERE sha256 = ?", (name,)).fetchone() is None
    if is_new and is_kept:
        connection.execute("INSERT INTO _blob (sha256, content) VALUES (?, ?)", (name, content))
    return is_new


def content(connection: sqlite3.Connection, name: str) -> bytes | None:
    """The content; None when it is not in this file."""
    found = connection.execute("SELECT content FROM _blob WHERE sha256 = ?", (name,)).fetchone()
    return bytes(found[0]) if found else None
