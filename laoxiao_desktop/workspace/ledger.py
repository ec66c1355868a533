"""An open ledger: the file, who sits at it, and how a change is written."""

import datetime as dt
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from laoxiao_desktop import clock, paths
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change, Person
from laoxiao_desktop.models.region import REGIONS
from laoxiao_desktop.models.table_labels import TABLE_LABELS
from laoxiao_desktop.store import backups, database, finder, header, lock, log, rows, schema, sites, snapshot, timeline
from laoxiao_desktop.store.refusals import refusal
from laoxiao_desktop.store.rows import Stored

_NEWER = "这个台账是新版程序写的，这里只能查看。升级本程序后就可以编辑。"


@dataclass(frozen=True, slots=True)
class Summary:
    """What the start page tells of a ledger."""

    name: str
    is_demo: bool
    projects: int
    plans: int


class Ledger:
    """One open file. Belongs to the thread that opened it; `reader()` gives another thread its own."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        person: Person,
        *,
        held: lock.Held | None,
        reason: str = "",
        log: snapshot.Log | None = None,
    ) -> None:
        self.path = path
        self.connection = connection
        self.log = log or snapshot.Log(connection)
        self.person = person
        self.read_only_reason = reason
        self._held = held
        self.finder = finder.Finder()
        # the state of the ledger by which the order of lights was worked out
        self.lights_ranked: tuple[object, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Reads again what is remembered of the ledger, after ops of others came in: its name, the order of its rows."""
        self.finder.forget()
        self.name = str(setting(self, "ledger_name") or self.path.stem)
        self.is_demo = bool(setting(self, "is_demo"))

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed here; `read_only_reason` says why."""
        return self._held is None

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the file; a damaged page that was met is told as one sentence."""
        self.close()
        if isinstance(error, sqlite3.Error) and (sentence := refusal(error)) is not None:
            raise sentence from error

    def close(self) -> None:
        """Closes the file and lets the next one write. Closing twice is harmless."""
        held, self._held = self._held, None
        if held is not None:
            sites.remember(self.connection, self.path)
        self.connection.close()
        if held is not None:
            held.release()

    @contextmanager
    def reader(self) -> Iterator["Ledger"]:
        """A read-only view of the same file for another thread, closed after the block."""
        ledger = Ledger(self.path, database.open_reader(self.path), self.person, held=None, reason="后台读取")
        try:
            yield ledger
        finally:
            ledger.close()

    @contextmanager
    def writer(self) -> Iterator["Ledger"]:
        """The same file for one long change in another thread, under the same lock; UserError when it is read-only.

        Who holds the ledger writes nothing meanwhile.
        """
        if self._held is None:
            raise UserError("台账是只读打开的，不能修改。", self.read_only_reason)
        ledger = Ledger(self.path, database.open_writer(self.path), self.person, held=self._held)
        try:
            yield ledger
        finally:
            ledger.connection.close()

    @contextmanager
    def change(
        self,
        label: str,
        reason: str = "",
        *,
        undoes: str | None = None,
        redoes: str | None = None,
        is_floor: bool = False,
        is_aside: bool = False,
    ) -> Iterator[log.Writing]:
        """One change of the ledger, written by its person now; UserError when it is read-only.

        One that is written aside goes with another change; undo passes it by.
        """
        if self._held is None:
            raise UserError("台账是只读打开的，不能修改。", self.read_only_reason)
        with log.change(
            self.connection,
            str(self.person),
            clock.now().isoformat(),
            label,
            reason=reason,
            undoes=undoes,
            redoes=redoes,
            is_floor=is_floor,
            is_aside=is_aside,
        ) as writing:
            yield writing

    def row(self, table: str, uid: str) -> dict[str, Stored]:
        """One row as {field: stored value}; UserError when it was deleted meanwhile."""
        found = rows.one(self.connection, table, uid)
        if found is None:
            raise UserError(f"这条{TABLE_LABELS[table]}记录已被删除。", "可以用“撤销”找回它。")
        return found

    def past(self, point: snapshot.Point | None = None, moment: str | None = None) -> "Ledger":
        """This ledger as it stood at a point of its log or at a moment (ISO text); it cannot be edited."""
        tables = snapshot.at(self.connection, point, moment)
        return self._in_the_past(tables, snapshot.Log(self.connection, point, moment))

    def past_of(self, changed: snapshot.Changed, point: snapshot.Point) -> "Ledger":
        """The same for the projects alone that were changed after the point."""
        source = self.log.connection
        return self._in_the_past(snapshot.part_at(source, point, changed), snapshot.Log(source, point))

    def _in_the_past(self, tables: sqlite3.Connection, log: snapshot.Log) -> "Ledger":
        return Ledger(self.path, tables, self.person, held=None, reason="台账的过去不能修改。", log=log)

    def rows_as_of(self, table: str, moment: str | None = None) -> list[dict[str, Stored]]:
        """All rows of a table as they stood at a moment (ISO text; None = now)."""
        return timeline.rows_as_of(self.connection, table, moment)

    def head(self) -> str:
        """The first 8 hex digits of the log's chain: printed on every report."""
        return log.newest_link(self.connection)[:8]

    def summary(self) -> Summary:
        """Name and counts."""
        counted = self.connection.execute(
            "SELECT (SELECT count(*) FROM project WHERE deleted = 0), (SELECT count(*) FROM plan WHERE deleted = 0)"
        ).fetchone()
        return Summary(self.name, self.is_demo, *counted)


def create(path: Path, name: str, person: Person, *, is_demo: bool = False) -> Ledger:
    """A new ledger with the counties of the five prefectures in it, open for writing."""
    lock.refuse_network(path)
    database.create(path)
    ledger = open(path, person)
    with ledger.change("新建台账", is_floor=True):
        put_setting(ledger, "ledger_name", name)
        if is_demo:
            put_setting(ledger, "is_demo", True)
        for region in REGIONS:
            rows.insert(
                ledger.connection,
                "region",
                {
                    "code": region.code,
                    "name": region.name,
                    "short_name": region.short_name,
                    "level": region.level,
                    "parent": region.parent,
                },
                uid=f"region-{region.code}",
            )
    ledger.name, ledger.is_demo = name, is_demo
    return ledger


def open(path: Path, person: Person, *, read_only: bool = False) -> Ledger:
    """The ledger at `path`, for writing when nobody else writes; else read-only with the reason.

    UserError when it is no whole ledger of ours, or lies in a network folder. An older one is backed up, then upgraded.
    """
    found = header.read(path)
    lock.refuse_network(path)
    if read_only:
        return Ledger(path, database.open_reader(path), person, held=None, reason="以只读方式打开。")
    if found.user_version > schema.VERSION:
        return Ledger(path, database.open_reader(path), person, held=None, reason=_NEWER)
    try:
        held = lock.take(path, str(person), clock.now().isoformat())
    except OSError:
        reason = "这个文件夹不能写入（例如光盘或没有权限），请把台账复制到“文档”再编辑。"
        return Ledger(path, database.open_reader(path), person, held=None, reason=reason)
    if held is None:
        who = lock.holder_of(path)
        reason = f"台账已在另一个窗口或程序中打开{'（' + who + '）' if who else ''}，请在那里编辑，或关闭它后重新打开。"
        return Ledger(path, database.open_reader(path), person, held=None, reason=reason)
    try:
        if not _is_writable(path):
            held.release()
            reason = "台账文件设成了只读，请在文件属性里取消只读，或复制一份再编辑。"
            return Ledger(path, database.open_reader(path), person, held=None, reason=reason)
        if found.user_version < schema.VERSION:
            _back_up_before_upgrade(path)
        connection = database.open_writer(path)
        sites.settle(connection, path)
        return Ledger(path, connection, person, held=held)
    except BaseException:
        held.release()
        raise


def is_older(path: Path) -> bool:
    """Whether a ledger is upgraded when it is opened for writing, which takes its time; UserError as in `open`."""
    return header.read(path).user_version < schema.VERSION


def setting(ledger: Ledger, key: str) -> object:
    """A setting that travels with the ledger; None when it was never made."""
    found = ledger.connection.execute("SELECT value FROM setting WHERE uid = ? AND deleted = 0", (key,)).fetchone()
    return json.loads(found[0]) if found else None


def save_setting(ledger: Ledger, key: str, value: object, label: str) -> Change | None:
    """Keeps a setting in the ledger."""
    with ledger.change(label) as writing:
        put_setting(ledger, key, value)
    return writing.written


def backup_folder(ledger_path: Path) -> Path:
    """Where the automatic backups of a ledger are kept: by its name and the place where it lies."""
    place = hashlib.sha256(str(ledger_path.resolve()).encode()).hexdigest()[:8]
    return paths.backups_folder() / f"{ledger_path.stem}-{place}"


def put_setting(ledger: Ledger, key: str, value: object) -> None:
    """Keeps a setting as part of the change that is open."""
    text = json.dumps(value, ensure_ascii=False)
    if ledger.connection.execute("SELECT 1 FROM setting WHERE uid = ?", (key,)).fetchone():
        rows.update(ledger.connection, "setting", key, {"value": text, "deleted": 0})
    else:
        rows.insert(ledger.connection, "setting", {"key": key, "value": text}, uid=key)


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK)


def _back_up_before_upgrade(path: Path) -> None:
    connection = database.open_reader(path)
    try:
        moment: dt.datetime = clock.now()
        backups.make(connection, backup_folder(path), moment, "升级前")
    finally:
        connection.close()
