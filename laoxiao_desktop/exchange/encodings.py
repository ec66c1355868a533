"""The text of a file in whatever encoding offices write: UTF-8, GB18030, UTF-16, with or without mark."""

import codecs
from pathlib import Path

from laoxiao_desktop.errors import UserError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REMEDY = "请用记事本打开原文件，另存为 UTF-8 编码后再读。"


def text_of(path: Path) -> str:
    """The text of a file; UserError when it is no text in a known encoding."""
    return decoded(path.read_bytes(), path.name)


def decoded(held: bytes, name: str) -> str:
    """Bytes as text: by the mark at the front, else UTF-8, else UTF-16 by its zeros, else GB18030."""
    try:
        return held.decode(_encoding(held)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        pass
    if _is_cut_utf8(held):
        return held.decode("utf-8", "ignore")
    try:
        text = held.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UserError(f"{name} 不是文字文件，或编码认不出来。", _REMEDY) from error
    if sum(character < " " and character not in "\t\r\n\f\v" for character in text) > len(text) // 50:
        raise UserError(f"{name} 不是文字文件。", "请选表格或文稿文件；文件可能没有收完整。")
    return text


def _encoding(held: bytes) -> str:
    for mark, encoding in _MARKS:
        if held.startswith(mark):
            return encoding
    sample = held[:4096]
    if sample.count(0) * 8 > len(sample):
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if min(even, odd) * 4 < max(even, odd):
            return "utf-16-le" if odd > even else "utf-16-be"
    elif 0 in held:
        return "gb18030"
    return "utf-8"


def _is_cut_utf8(held: bytes) -> bool:
    """UTF-8 whose last character was cut off."""
    try:
        held[:-3].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(held) - 7
    return len(held) > 3
