"""Backups: whole copies of a ledger, each proved by hash, integrity and rebuild before it counts."""

import contextlib
import datetime as dt
import hashlib
import os
import re
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from laoxiao_desktop.errors import UserError, reason_of
from laoxiao_desktop.store import database, header, rebuild, schema
from laoxiao_desktop.store.refusals import told

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2} \d{2}\.\d{2}\.\d{2})(?: (.*))?\.laoxiao")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file: when it was made, why, how large it is."""

    path: Path
    made_at: dt.datetime
    why: str
    size: int


def make(connection: sqlite3.Connection, folder: Path, moment: dt.datetime, why: str) -> Path:
    """A proved copy of the open ledger in `folder`; UserError when it could not be made, then nothing is left behind."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{moment:%Y-%m-%d %H.%M.%S}{' ' + why if why else ''}.laoxiao"
    target, part = folder / name, folder / (name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with told():
            is_reader = connection.execute("PRAGMA query_only").fetchone()[0]
            connection.execute("PRAGMA query_only = OFF")  # it would forbid the copy too
            connection.execute("VACUUM INTO ?", (str(part),))
            connection.execute(f"PRAGMA query_only = {is_reader:d}")
        _fsync(part)
        problems = _problems(part)
        if problems:
            raise UserError(
                "备份没有通过检验：" + problems[0] + "。", "请到“设置”里运行“检查台账”，并从较早的备份恢复。"
            )
        digest = _sha256(part)
        os.replace(part, target)
        _hash_file(target).write_text(f"{digest}  {target.name}\n", encoding="utf-8")
        _hash_file(target).chmod(0o600)
        _fsync(_hash_file(target))
    except OSError as problem:
        raise UserError(
            f"没有能够备份到“{folder}”（{reason_of(problem)}）。", "请检查磁盘空间或换一个文件夹。"
        ) from problem
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                part.with_name(part.name + suffix).unlink(missing_ok=True)
    return target


def kept(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first."""
    found = []
    for path in folder.glob("*.laoxiao") if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match:
            made_at = dt.datetime.strptime(match[1], "%Y-%m-%d %H.%M.%S").astimezone()
            found.append(Backup(path, made_at, match[2] or "", path.stat().st_size))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def thin(folder: Path, now: dt.datetime) -> list[Path]:
    """Removes backups that newer ones stand for: all are kept for two days, then one a day, a week, a month."""
    seen: set[tuple[str, object]] = set()
    removed = []
    for backup in kept(folder):
        age = (now - backup.made_at).days
        if age < 2:
            continue
        if age < 30:
            slot: tuple[str, object] = ("day", backup.made_at.date())
        elif age < 180:
            slot = ("week", backup.made_at.isocalendar()[:2])
        else:
            slot = ("month", (backup.made_at.year, backup.made_at.month))
        if slot in seen:
            backup.path.unlink(missing_ok=True)
            _hash_file(backup.path).unlink(missing_ok=True)
            removed.append(backup.path)
        seen.add(slot)
    return removed


def prove(path: Path) -> None:
    """UserError unless the file is a whole, unchanged ledger: hash (where one stands beside it), integrity, rebuild."""
    found = header.read(path)
    if found.user_version > schema.VERSION:
        raise UserError(f"“{path.name}”是新版程序的台账。", "请先升级本程序再恢复它。")
    note = _hash_file(path)
    if note.exists() and note.read_text(encoding="utf-8").split()[:1] != [_sha256(path)]:
        raise UserError(f"备份“{path.name}”与备份时不一样了，可能已损坏。", "请选择另一份备份。")
    problems = _problems(path)
    if problems:
        raise UserError(f"备份“{path.name}”没有通过检验：{problems[0]}。", "请选择另一份备份。")


def put_back(backup: Path, ledger: Path) -> None:
    """Puts a proved backup in the place of a closed ledger; the old file gives way only when the copy is whole."""
    prove(backup)
    part = ledger.with_name(ledger.name + ".part")
    try:
        shutil.copyfile(backup, part)
        part.chmod(0o600)
        _fsync(part)
        # the side files belong to the old ledger: with the new one they would be read as its own
        for suffix in ("-wal", "-shm"):
            ledger.with_name(ledger.name + suffix).unlink(missing_ok=True)
        os.replace(part, ledger)
    except OSError as problem:
        raise UserError(
            f"没有能够恢复（{reason_of(problem)}），原来的台账还在。", "请检查磁盘空间后再试。"
        ) from problem
    finally:
        part.unlink(missing_ok=True)


def keep_bytes(path: Path, folder: Path, moment: dt.datetime) -> Path:
    """A plain copy of a closed file that cannot be proved, so that nothing is thrown away."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"{moment:%Y-%m-%d %H.%M.%S} 损坏的原件.bytes"
    shutil.copyfile(path, target)
    target.chmod(0o600)
    return target


def _problems(path: Path) -> tuple[str, ...]:
    try:
        connection = database.open_reader(path)
        try:
            return rebuild.verify(connection).problems
        finally:
            connection.close()
    except sqlite3.Error as problem:
        return (f"文件结构有损坏（{problem}）",)


def _hash_file(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fsync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
