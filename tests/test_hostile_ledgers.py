"""Files that are no sound ledger: each is refused with one sentence and a remedy, and not a byte of it changes."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import projects, safety

CLERK = Person("王芳", "景洪市民政局")
NOBODY = 65534


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A closed ledger with a few projects in it."""
    path = tmp_path / "台账.laoxiao"
    with ledgers.create(path, "台账", CLERK) as ledger:
        for number in range(30):
            projects.add(ledger, "plan", {"name": f"第 {number} 个养老服务中心", "content": "新建" * 300})
    return path


def change_bytes(path: Path, at: int, new: bytes) -> None:
    """Overwrites bytes in the middle of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(new)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("西双版纳州“一老一小”整体解决方案", encoding="utf-8")


def a_workbook(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(500))


def another_programs_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE project (id INTEGER PRIMARY KEY, name TEXT)")


def half_copied(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def only_its_head(path: Path) -> None:
    os.truncate(path, 60)


def damaged_in_its_schema(path: Path) -> None:
    change_bytes(path, 100, bytes(500))


def with_a_foreign_trigger(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER spy AFTER UPDATE ON project BEGIN DELETE FROM plan; END")


def with_a_foreign_view(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW spy AS SELECT * FROM project")


def with_an_altered_trigger(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute('DROP TRIGGER "_log_project_name"')
        connection.execute('CREATE TRIGGER "_log_project_name" AFTER UPDATE ON project BEGIN DELETE FROM plan; END')


@pytest.mark.parametrize(
    "spoil",
    [
        empty,
        text,
        a_workbook,
        another_programs_database,
        half_copied,
        only_its_head,
        damaged_in_its_schema,
        with_a_foreign_trigger,
        with_a_foreign_view,
    ],
)
def test_what_is_no_sound_ledger_is_refused_and_left_as_it_is(sound: Path, spoil: Callable[[Path], None]) -> None:
    spoil(sound)
    before = sound.read_bytes()
    for read_only in (False, True):
        with pytest.raises(UserError) as refusal:
            ledgers.open(sound, CLERK, read_only=read_only)
        assert refusal.value.what.endswith("。")
        assert refusal.value.remedy.endswith("。")
    assert sound.read_bytes() == before
    assert not [path.name for path in sound.parent.iterdir() if path.suffix == ".who"]


def test_damage_in_the_middle_is_a_finding_of_the_check_and_a_sentence_elsewhere(sound: Path) -> None:
    with closing(sqlite3.connect(sound)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = '_op'").fetchone()[0]
    change_bytes(sound, (root - 1) * size, bytes(size))
    with ledgers.open(sound, CLERK, read_only=True) as ledger:
        verdict = safety.verify(ledger)
    assert verdict.problems
    assert all(problem.startswith("文件结构有损坏") for problem in verdict.problems)
    with pytest.raises(UserError, match="损坏"), ledgers.open(sound, CLERK, read_only=True) as ledger:
        ledger.connection.execute("SELECT * FROM _op").fetchall()


def test_what_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.laoxiao", tmp_path):
        with pytest.raises(UserError) as refusal:
            ledgers.open(path, CLERK)
        assert refusal.value.remedy


def test_an_altered_trigger_never_runs(sound: Path) -> None:
    with_an_altered_trigger(sound)
    with ledgers.open(sound, CLERK) as ledger:
        uid = ledger.connection.execute("SELECT uid FROM project").fetchone()[0]
        projects.edit(ledger, uid, {"name": "改名"})
        assert safety.verify(ledger).is_sound


def test_a_newer_ledger_can_be_read_but_not_written(sound: Path) -> None:
    with closing(sqlite3.connect(sound)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = sound.read_bytes()
    with ledgers.open(sound, CLERK) as ledger:
        assert ledger.is_read_only
        assert "新版" in ledger.read_only_reason
        assert ledger.summary().projects == 30
        with pytest.raises(UserError, match="只读"):
            projects.add(ledger, "plan", {"name": "新"})
    assert sound.read_bytes() == before


def test_a_second_window_is_told_and_reads_only(sound: Path) -> None:
    with ledgers.open(sound, CLERK) as first, ledgers.open(sound, Person("李明", "州民政局")) as second:
        assert not first.is_read_only
        assert second.is_read_only
        assert "王芳" in second.read_only_reason
        projects.add(first, "plan", {"name": "第一个窗口新增"})
        assert second.summary().projects == 31
    with ledgers.open(sound, CLERK) as again:
        assert not again.is_read_only


def test_damage_inside_is_found_by_the_check_up(sound: Path) -> None:
    change_bytes(sound, sound.read_bytes().find("第 7 个养老服务中心".encode()), "第 8 个养老服务中心".encode())
    with ledgers.open(sound, CLERK) as ledger:
        verdict = safety.verify(ledger)
    assert not verdict.is_sound


@pytest.mark.skipif(not hasattr(os, "setresuid") or os.geteuid() != 0, reason="needs root to become somebody else")
def test_a_read_only_file_and_a_read_only_folder_open_for_reading(sound: Path) -> None:
    with shared_folder() as folder:
        copy = folder / "台账.laoxiao"
        shutil.copy(sound, copy)
        os.chown(copy, NOBODY, NOBODY)
        for file_mode, folder_mode in ((0o400, 0o700), (0o600, 0o500), (0o400, 0o500)):
            copy.chmod(file_mode)
            folder.chmod(folder_mode)
            before = copy.read_bytes()
            with as_nobody(), ledgers.open(copy, CLERK) as ledger:
                assert ledger.is_read_only
                assert ledger.read_only_reason
                assert ledger.summary().projects == 30
            folder.chmod(0o700)
            assert copy.read_bytes() == before
        copy.chmod(0)
        with as_nobody(), pytest.raises(UserError, match="没有权限"):
            ledgers.open(copy, CLERK)


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder of `nobody`, outside pytest's own that only root may enter."""
    with tempfile.TemporaryDirectory() as name:
        os.chown(name, NOBODY, NOBODY)
        yield Path(name)
        Path(name).chmod(0o700)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Inside the block this process has no more rights than an ordinary person."""
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
