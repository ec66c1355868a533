"""A ledger of every released version opens, is backed up first, and says the same afterwards; a newer one is only read."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import dictionary
from laoxiao_desktop.store import database, rebuild, schema
from laoxiao_desktop.workspace import history, months, packages, projects, safety
from laoxiao_desktop.workspace import ledger as ledgers
from tests.builders import CLERK, add_project, new_ledger

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger that version 1 made, restored and wrote under two sites, with a locked month."""
    path = tmp_path / "旧台账.laoxiao"
    path.write_bytes(gzip.decompress((DATA / "ledger-1.laoxiao.gz").read_bytes()))
    return path


def test_every_version_has_a_file() -> None:
    assert {f"ledger-{version}.laoxiao.gz" for version in range(1, schema.VERSION)} == {
        path.name for path in DATA.glob("ledger-*")
    }


def test_an_old_ledger_is_backed_up_upgraded_and_sound(old: Path) -> None:
    with closing(database.open_reader(old)) as reader:
        before = rebuild.verify(reader)
        tables = {table: reader.execute(f'SELECT * FROM "{table}"').fetchall() for table in dictionary.TABLES}
    assert before.is_sound
    with ledgers.open(old, CLERK) as ledger:
        assert not ledger.is_read_only
        assert ledger.connection.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
        after = safety.verify(ledger)
        assert (after.problems, after.ops, after.head) == ((), before.ops, before.head)
        for table, rows in tables.items():
            assert ledger.connection.execute(f'SELECT * FROM "{table}"').fetchall() == rows, table
        (copy,) = safety.kept(old)
        assert copy.why == "升级前"
        with pytest.raises(UserError, match="已经锁定"):
            months.set_due_on(ledger, "2024-05", "2024-06-09")
        assert history.next_undo(ledger)
        history.undo(ledger)
        assert safety.verify(ledger).is_sound
    with closing(database.open_reader(copy.path)) as reader:
        assert rebuild.verify(reader).problems == ()


def test_an_upgraded_ledger_gives_all_of_its_log_away(old: Path, tmp_path: Path) -> None:
    with ledgers.open(old, CLERK) as ledger:
        given = packages.give(ledger, tmp_path / "1.lxp", to="勐海县民政局", has_contacts=True)
        with packages.start_from(tmp_path / "1.lxp", tmp_path / "新.laoxiao", CLERK) as fresh:
            assert given.ops == safety.verify(fresh).ops
            assert safety.verify(fresh).is_sound
            assert fresh.rows_as_of("project") == ledger.rows_as_of("project")


def test_a_ledger_of_a_newer_program_can_only_be_read(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with ledgers.open(old, CLERK) as ledger:
        assert ledger.is_read_only
        assert "新版" in ledger.read_only_reason


def test_what_a_newer_version_wrote_is_kept_passed_on_and_shown_after_the_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_ledger(tmp_path) as newer:
        uid = add_project(newer, remark="新版的备注")
        packages.give(newer, tmp_path / "1.lxp", to="县里")
    whole = dictionary.TABLES["project"]
    with monkeypatch.context() as older:  # a version whose projects have no 备注 yet
        older.setitem(dictionary.TABLES, "project", tuple(one for one in whole if one.name != "remark"))
        with packages.start_from(tmp_path / "1.lxp", tmp_path / "旧版.laoxiao", CLERK) as ledger:
            (receipt,) = packages.receipts(ledger)
            assert packages.receipt(ledger, receipt.uid).unknown_ops == 1
            assert safety.verify(ledger).is_sound
            packages.give(ledger, tmp_path / "2.lxp", to="别处", is_whole=True)
            path = ledger.path
    with packages.start_from(tmp_path / "2.lxp", tmp_path / "新版.laoxiao", CLERK) as relayed:
        assert projects.record(relayed, uid).values["remark"] == "新版的备注"  # type: ignore[union-attr]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION - 1}")
    database.open_writer(path).close()
    with ledgers.open(path, CLERK) as upgraded:
        assert projects.record(upgraded, uid).values["remark"] == "新版的备注"  # type: ignore[union-attr]
        assert safety.verify(upgraded).is_sound
