"""What a file may cost before it is opened, and what kind it really is, whatever its name says."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal

from laoxiao_desktop.errors import UserError, reason_of

Kind = Literal["xlsx", "ods", "docx", "xls", "xml", "html", "text"]
Stopped = Callable[[], None]  # raises Cancelled when the person has stopped the reading

LARGEST_FILE: Final = 100 << 20
LARGEST_TEXT: Final = 16 << 20
LARGEST_UNPACKED: Final = 200 << 20
LARGEST_RATIO: Final = 100
LARGEST_MARKUP: Final = 32 << 20  # of a docx or ods: its parts are read as a whole
MOST_MEMBERS: Final = 2_000
MOST_CELLS: Final = 1_200_000  # rows × columns of one file
LONGEST_CELL: Final = 32_767  # what a cell of a workbook may hold
_SMALL_MEMBER: Final = 32 << 20  # a small part may be packed as tight as it likes
_PIECE: Final = 1 << 20

_SAVE_AS: Final = "请在 WPS 或 Excel 中打开，另存为 .xlsx 后再读。"
_NOT_OURS: Final = (
    (b"%PDF-", "PDF 文件", "请用 WPS 打开原来的表格或文稿，另存为 .xlsx 或 .docx；只有 PDF 时，复制表格后粘贴进来。"),
    (b"\x89PNG", "图片", "请录入成表格，或向发文单位要电子表格。"),
    (b"\xff\xd8\xff", "图片", "请录入成表格，或向发文单位要电子表格。"),
    (b"GIF8", "图片", "请录入成表格，或向发文单位要电子表格。"),
    (b"BM", "图片", "请录入成表格，或向发文单位要电子表格。"),
    (b"Rar!", "压缩包", "请先解压，再选里面的表格文件。"),
    (b"7z\xbc\xaf", "压缩包", "请先解压，再选里面的表格文件。"),
    (b"\x1f\x8b", "压缩包", "请先解压，再选里面的表格文件。"),
    (b"SQLite format 3\0", "数据库或台账文件", "台账请用“打开台账”打开。"),
    (b"{\\rtf", "RTF 文稿", "请在 WPS 中打开，另存为 .docx 后再读。"),
    (b"MZ", "程序文件", "请选表格或文稿文件。"),
    (b"\x7fELF", "程序文件", "请选表格或文稿文件。"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|table|body|head|meta|style|div)\b", re.IGNORECASE)


def kind_of(path: Path) -> Kind:
    """The kind of the file by its content; UserError with a remedy for what cannot be read."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UserError(f"{path.name} 不是文件。", "请选一个表格或文稿文件。")
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise UserError(f"{path.name} 打不开：{reason_of(error)}。", "请检查文件还在不在、有没有权限。") from error
    if size == 0:
        raise UserError(f"{path.name} 是空文件，里面什么也没有。", "请重新保存或重新接收这个文件。")
    if size > LARGEST_FILE:
        raise UserError(
            f"{path.name} 有 {size >> 20} MB，超过 {LARGEST_FILE >> 20} MB。",
            "请只留要读的表，去掉图片后另存一份再读。",
        )
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_package(path)
    if head.startswith(b"PK"):
        raise UserError(f"{path.name} 是空的或分卷的压缩包。", "请先解压，再选里面的表格文件。")
    if head.startswith(_OLE):
        return _kind_of_old(path)
    for magic, what, remedy in _NOT_OURS:
        if head.startswith(magic):
            raise UserError(f"{path.name} 实际是{what}，读不出表格。", remedy)
    if size > LARGEST_TEXT:
        raise UserError(
            f"{path.name} 有 {size >> 20} MB 文字，超过 {LARGEST_TEXT >> 20} MB。",
            "请只留要读的部分，另存为 .xlsx 后再读。",
        )
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "xml"
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip()
    return "html" if start.startswith(b"<") and _HTML.search(start) else "text"


def _kind_of_old(path: Path) -> Kind:
    """A compound file of the old office programs: its directory names its streams in UTF-16."""
    held = path.read_bytes()

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in held

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise UserError(f"{path.name} 是加密文件，没有密码读不出。", "请在 WPS 中取消密码后另存为 .xlsx。")
    if has("Workbook") or has("Book"):
        return "xls"
    if has("WordDocument"):
        raise UserError(f"{path.name} 是旧版 Word 文稿（.doc）。", "请在 WPS 或 Word 中打开，另存为 .docx 后再读。")
    raise UserError(f"{path.name} 是旧版办公文件，里面没有工作表。", _SAVE_AS)


def _kind_of_package(path: Path) -> Kind:
    with open_package(path) as package:
        names = set(package.namelist())
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "word/document.xml" in names:
            return "docx"
        if "content.xml" in names:
            if "META-INF/manifest.xml" in names and b"encryption-data" in member(package, "META-INF/manifest.xml"):
                raise UserError(f"{path.name} 是加密文件，没有密码读不出。", "请在 WPS 中取消密码后另存为 .xlsx。")
            return "ods"
        if "xl/workbook.bin" in names:
            raise UserError(f"{path.name} 是二进制工作簿（.xlsb）。", _SAVE_AS)
        if "ppt/presentation.xml" in names:
            raise UserError(f"{path.name} 是演示文稿，读不出表格。", "请把表格复制出来，粘贴进来。")
        if {"manifest.json", "ops.jsonl"} <= set(names):
            raise UserError(f"{path.name} 是数据包，不是表格。", "请在“数据交换”里收入它，或用 package take。")
        if any(name.startswith("xl/") for name in names):
            raise UserError(f"{path.name} 缺少工作簿的主要部分，可能没有收完整。", "请重新接收，或" + _SAVE_AS[1:])
    raise UserError(f"{path.name} 是压缩包，不是表格或文稿。", "请先解压，再选里面的表格文件。")


def open_package(path: Path) -> zipfile.ZipFile:
    """The zip, its list of members checked; UserError when it is damaged, locked or out of proportion."""
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise _damaged(path.name) from error
    members = package.infolist()
    refusal = _refusal(path, members)
    if refusal is not None:
        package.close()
        raise refusal
    return package


def _refusal(path: Path, members: list[zipfile.ZipInfo]) -> UserError | None:
    if len(members) > MOST_MEMBERS:
        return UserError(f"{path.name} 里有 {len(members)} 个部分，超过 {MOST_MEMBERS} 个，不像正常的文件。", _SAVE_AS)
    if len({info.filename for info in members}) < len(members):
        return UserError(f"{path.name} 里有重名的部分，不像正常的文件。", _SAVE_AS)
    if any(info.flag_bits & 1 for info in members):
        return UserError(f"{path.name} 是加密文件，没有密码读不出。", "请在 WPS 中取消密码后另存为 .xlsx。")
    if any(".." in info.filename.replace("\\", "/").split("/") or info.filename[:1] in "/\\" for info in members):
        return UserError(f"{path.name} 里有指向外面的部分，不像正常的文件。", _SAVE_AS)
    unpacked = sum(info.file_size for info in members)
    if unpacked > LARGEST_UNPACKED:
        return _swells(path.name, unpacked)
    if any(
        info.file_size > _SMALL_MEMBER and info.file_size > LARGEST_RATIO * max(info.compress_size, 1)
        for info in members
    ):
        return _swells(path.name, unpacked)
    return None


def member(package: zipfile.ZipFile, name: str, most: int = LARGEST_MARKUP) -> bytes:
    """One member of a zip as a whole; UserError when it is damaged or larger than `most`."""
    return b"".join(pieces(package, name, most))


def pieces(package: zipfile.ZipFile, name: str, most: int = LARGEST_UNPACKED) -> Iterator[bytes]:
    """One member of a zip piece by piece, what really comes out counted, whatever the directory claims."""
    file_name = Path(package.filename or "").name
    got = 0
    try:
        with package.open(name) as file:
            while piece := file.read(_PIECE):
                got += len(piece)
                if got > most:
                    raise _swells(file_name, got)
                yield piece
    except KeyError as error:
        raise UserError(f"{file_name} 缺少 {name}，可能没有收完整。", "请重新接收，或" + _SAVE_AS[1:]) from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _damaged(file_name) from error


def too_many_cells(name: str, sheet: str, cells: int) -> UserError:
    """The refusal of a sheet that is too large."""
    where = f"工作表“{sheet}”" if sheet else "表"
    return UserError(
        f"{name} 的{where}有约 {cells // 10_000} 万个单元格，超过 {MOST_CELLS // 10_000} 万个。",
        "请只留要读的行和列（删去表外的空行空列），另存一份再读。",
    )


def unreadable(name: str, why: str = "内容损坏或没有收完整") -> UserError:
    """The refusal of a file that its reader could not make sense of."""
    return UserError(f"{name} 读不出：{why}。", "请重新接收，或" + _SAVE_AS[1:])


def _damaged(name: str) -> UserError:
    return UserError(f"{name} 损坏或没有收完整。", "请重新接收，或" + _SAVE_AS[1:])


def _swells(name: str, unpacked: int) -> UserError:
    return UserError(
        f"{name} 解开后有 {unpacked >> 20} MB 以上，和文件大小不相称。",
        "请只留要读的表，在 WPS 中另存为 .xlsx 后再读；来历不明的文件不要打开。",
    )
