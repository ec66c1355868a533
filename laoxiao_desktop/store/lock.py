"""One writer per ledger: a lock file beside it, held as long as the ledger is open for writing."""

import ctypes
import json
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from laoxiao_desktop.errors import UserError

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "fuse.davfs", "davfs", "ncpfs"}
)


@dataclass(frozen=True, slots=True)
class Held:
    """A lock that this process holds."""

    lock: FileLock
    note: Path

    def release(self) -> None:
        """Lets the next one write."""
        self.note.unlink(missing_ok=True)
        # the lock file itself stays: taking it away would let one process hold the old file and another a new one
        self.lock.release()


def take(ledger: Path, holder: str, since: str) -> Held | None:
    """The lock of a ledger, or None when another window or process has it. `holder` and `since` are told to others."""
    lock = FileLock(str(_beside(ledger, "lock")), timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return None
    note = _beside(ledger, "who")
    note.write_text(json.dumps({"holder": holder, "since": since}, ensure_ascii=False), encoding="utf-8")
    note.chmod(0o600)
    return Held(lock, note)


def holder_of(ledger: Path) -> str:
    """Who has the ledger open for writing, as “单位 姓名，10:42 起”; "" when nobody says."""
    try:
        told = json.loads(_beside(ledger, "who").read_text(encoding="utf-8"))
        return f"{told['holder']}，{told['since'][11:16]} 起"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def refuse_network(path: Path) -> None:
    """UserError when `path` lies in a network folder, where SQLite's write-ahead log cannot be kept safe."""
    if _is_remote(path.resolve()):
        raise UserError(
            "台账不能直接放在网络共享文件夹里，多台电脑同时写会损坏。",
            "请把台账复制到本机的“文档”文件夹再打开；要与别人共享，请用备份或导出的文件。",
        )


def _beside(ledger: Path, what: str) -> Path:
    return ledger.with_name(f".{ledger.name}.{what}")


def _is_remote(path: Path) -> bool:
    if str(path).startswith("\\\\"):
        return True
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return _is_remote_windows_drive(path)
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if (str(path) + "/").startswith(point.rstrip("/") + "/") and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind in _NETWORK


def _is_remote_windows_drive(path: Path) -> bool:
    windll = getattr(ctypes, "windll", None)
    remote = 4  # DRIVE_REMOTE
    return bool(windll and path.drive and windll.kernel32.GetDriveTypeW(path.drive + "\\") == remote)
