"""Opening and making the one SQLite file, so that every connection is set the same safe way."""

import os
import sqlite3
from pathlib import Path

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError, reason_of
from laoxiao_desktop.store import header, log, schema, schema_2, search, triggers
from laoxiao_desktop.store.refusals import told


def create(path: Path) -> None:
    """An empty ledger file at `path`, readable by its owner only; UserError when something is there already."""
    if path.exists():
        raise UserError(f"“{path.name}”已经存在。", "请换一个名字，或直接打开它。")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as problem:
        raise UserError(
            f"不能在这里新建台账（{reason_of(problem)}）。", "请换一个可以写入的文件夹，例如“文档”。"
        ) from problem
    try:
        with told():
            connection = _connect(path, "rw")
            try:
                connection.execute(f"PRAGMA application_id = {header.APPLICATION_ID:d}")
                _set(connection)
                schema.migrate(connection)
                log.start_site(connection)
            finally:
                connection.close()
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def open_writer(path: Path) -> sqlite3.Connection:
    """A connection that may write, migrated to this version's schema. The caller holds the lock of the ledger."""
    with told():
        connection = _connect(path, "rw")
        try:
            _set(connection)
            _refuse_foreign(connection, path)
            schema.migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that can only read; on a medium where SQLite cannot make its side files the file is taken as it is.

    Where the file may be written SQLite opens it so: only then does the last one to close it clear the side files away.
    """
    with told():
        connection = _connect(path, "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as problem:
            connection.close()
            if not isinstance(problem, sqlite3.OperationalError) or path.with_name(path.name + "-wal").exists():
                raise
            connection = _connect(path, "ro&immutable=1")
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] < schema.VERSION:
                schema_2.stand_in(connection)
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA mmap_size = 268435456")
            _refuse_foreign(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=5.0, cached_statements=512
    )
    search.install(connection)
    log.install(connection)
    # SQLite's own 'now' would be a second clock
    connection.create_function("today", 0, lambda: clock.today().isoformat())
    return connection


def _set(connection: sqlite3.Connection) -> None:
    # FULL: with NORMAL an acknowledged edit can be lost when the power fails
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 5000", "mmap_size = 268435456"):
        connection.execute(f"PRAGMA {pragma}")  # allowed: the words stand in the line above


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    if triggers.foreign(connection):
        raise UserError(
            f"“{path.name}”里有不属于本程序的内容，为安全起见没有打开。", "请向提供文件的人索取原始台账，或从备份恢复。"
        )
