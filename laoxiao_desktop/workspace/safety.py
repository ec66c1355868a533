"""Keeping the ledger safe: check-up, backups and going back to one."""

from pathlib import Path

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.store import backups, database, lock, rebuild
from laoxiao_desktop.store.backups import Backup
from laoxiao_desktop.store.rebuild import Verdict
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger


def verify(ledger: Ledger) -> Verdict:
    """Whether file, log and tables agree; takes about a second per 100 000 lines of the log."""
    return rebuild.verify(ledger.connection)


def backup(ledger: Ledger, folder: Path | None = None, why: str = "") -> Path:
    """A proved copy in `folder` (default: this ledger's own backup folder)."""
    return backups.make(ledger.connection, folder or ledgers.backup_folder(ledger.path), clock.now(), why)


def auto_backup(ledger: Ledger, why: str = "") -> Path | None:
    """A proved copy when something changed since the last one; None when nothing did. Older ones are thinned."""
    folder = ledgers.backup_folder(ledger.path)
    last = backups.kept(folder)
    changed = ledger.connection.execute("SELECT at FROM _op ORDER BY lam DESC LIMIT 1").fetchone()
    if last and changed and str(changed[0]) < last[0].made_at.isoformat():
        return None
    made = backup(ledger, folder, why)
    backups.thin(folder, clock.now())
    return made


def folder_of(ledger_path: Path) -> Path:
    """The folder with the backups of a ledger; made when there is none."""
    folder = ledgers.backup_folder(ledger_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept(ledger_path: Path) -> list[Backup]:
    """The automatic backups of a ledger, newest first."""
    return backups.kept(ledgers.backup_folder(ledger_path))


def restore(backup_file: Path, ledger_path: Path, person: Person) -> None:
    """Puts a proved backup in the place of the ledger, which must be closed; what stood there is backed up first.

    UserError when the backup does not prove sound or somebody has the ledger open; then nothing changes.
    """
    lock.refuse_network(ledger_path)
    backups.prove(backup_file)
    held = lock.take(ledger_path, str(person), clock.now().isoformat())
    if held is None:
        raise UserError("台账正在另一个窗口或程序中打开，现在不能恢复。", "请先在那里关闭它。")
    try:
        if ledger_path.exists():
            _keep_what_stands(ledger_path)
        backups.put_back(backup_file, ledger_path)
    finally:
        held.release()


def _keep_what_stands(path: Path) -> None:
    folder = ledgers.backup_folder(path)
    try:
        connection = database.open_reader(path)
        try:
            backups.make(connection, folder, clock.now(), "恢复前")
        finally:
            connection.close()
    except (UserError, OSError):
        # a damaged ledger cannot be proved: keep its bytes as they are
        backups.keep_bytes(path, folder, clock.now())
