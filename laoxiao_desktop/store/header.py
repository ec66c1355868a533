"""What the first hundred bytes of a file say, read before SQLite may touch it.

Only for files that this process has not open: closing our own handle would drop SQLite's locks (SQLite, “How to corrupt”).
"""

from dataclasses import dataclass
from pathlib import Path

from laoxiao_desktop.errors import UserError, reason_of

APPLICATION_ID = 0x4C585931  # “LXY1”
_MAGIC = b"SQLite format 3\x00"
_CHOOSE = "请另选一个 .laoxiao 台账文件，或从备份恢复。"


@dataclass(frozen=True, slots=True)
class Header:
    """Facts of a sound ledger header."""

    user_version: int


def read(path: Path) -> Header:
    """The header of the ledger at `path`; UserError when the file is no whole ledger of ours."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise UserError(f"找不到文件“{path.name}”。", "它可能被移动或改名，请重新选择。") from None
    except IsADirectoryError:
        raise UserError(f"“{path.name}”是一个文件夹，不是台账。", _CHOOSE) from None
    except PermissionError:
        raise UserError(
            f"没有权限读取“{path.name}”。", "请联系电脑管理员，或把文件复制到自己的文档文件夹再打开。"
        ) from None
    except OSError as problem:
        raise UserError(
            f"读不了“{path.name}”（{reason_of(problem)}）。", "请检查磁盘或 U 盘是否完好，再试一次。"
        ) from None
    if size == 0:
        raise UserError(f"“{path.name}”是空文件，里面没有台账。", _CHOOSE)
    if not head.startswith(_MAGIC):
        raise UserError(f"“{path.name}”不是台账文件。", "如果是方案文本或 Excel 表格，请先新建台账再导入。")
    if len(head) < 100:
        raise UserError(f"“{path.name}”不完整，只有开头一小段。", "可能没有复制完，请重新复制，或从备份恢复。")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise UserError(f"“{path.name}”是别的程序的数据库，不是台账。", _CHOOSE)
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(head[28:32], "big")
    if page < 512 or pages * page > size:
        raise UserError(f"“{path.name}”不完整，缺了后面一部分。", "可能没有复制完，请重新复制，或从备份恢复。")
    return Header(user_version=int.from_bytes(head[60:64], "big"))
