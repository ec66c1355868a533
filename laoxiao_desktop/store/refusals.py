"""SQLite's errors as sentences for the person; what is not named here is a bug and stays loud."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from laoxiao_desktop.errors import UserError

_SENTENCES: tuple[tuple[str, str, str], ...] = (
    (
        "month is closed",
        "这个月已经锁定，它的月报、灯和锁都不能修改，也不能撤销。",
        "确需更正的，在“月度调度”里写明理由，解锁最近一次锁定的月份。",
    ),
    ("full", "磁盘已满，刚才这一步没有保存，以前的内容都在。", "请清理磁盘空间后再试。"),
    ("readonly", "台账是只读的，刚才这一步没有保存。", "请把台账复制到自己的文档文件夹再打开。"),
    ("read-only", "台账是只读的，刚才这一步没有保存。", "请把台账复制到自己的文档文件夹再打开。"),
    ("locked", "台账正被另一个程序占用，刚才这一步没有保存。", "请关闭另一个窗口，稍等片刻再试。"),
    (
        "disk I/O error",
        "磁盘读写出错，刚才这一步没有保存。",
        "请检查硬盘或 U 盘，关闭并重新打开台账后核对最后一次修改。",
    ),
    ("malformed", "台账文件已损坏。", "请到“设置 → 备份”恢复最近的一份备份。"),
    ("not a database", "台账文件已损坏。", "请到“设置 → 备份”恢复最近的一份备份。"),
    ("unable to open", "打不开台账文件。", "请确认所在文件夹存在并可写，再试一次。"),
)


def refusal(error: sqlite3.Error) -> UserError | None:
    """The sentence for an error that a person can do something about; None for a bug."""
    text = str(error)
    if not isinstance(error, sqlite3.OperationalError | sqlite3.DatabaseError):
        return None
    for mark, what, remedy in _SENTENCES:
        if mark in text:
            return UserError(what, remedy)
    return None


@contextmanager
def told() -> Iterator[None]:
    """Turns SQLite's named errors inside the block into UserError."""
    try:
        yield
    except sqlite3.Error as error:
        sentence = refusal(error)
        if sentence is None:
            raise
        raise sentence from error
