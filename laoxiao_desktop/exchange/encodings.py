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
_READABLE = 0.9
_REMEDY = "请用记事本打开原文件，另存为 UTF-8 编码后再读。"


def text_of(path: Path) -> str:
    """The text of a file; UserError when it is no text in a known encoding."""
    return decoded(path.read_bytes(), path.name)


def decoded(held: bytes, name: str) -> str:
    """Bytes as text: by the mark at the front, else UTF-8, else UTF-16 by its zeros, else GB18030."""
    encoding = _encoding(held)
    if encoding.startswith("utf-16"):  # halves of characters and a cut end must not hide the rest
        whole = held[: len(held) // 2 * 2]
        return whole.decode(encoding, "surrogatepass" if _is_whole(whole, encoding) else "replace").removeprefix(
            "\ufeff"
        )
    try:
        return held.decode(encoding).removeprefix("\ufeff")
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
    if 0 in held[:65_536]:
        shares = {encoding: _readable_share(held[:65_536], encoding) for encoding in ("utf-16-le", "utf-16-be")}
        best = max(shares, key=lambda encoding: shares[encoding])
        return best if shares[best] > _READABLE else "gb18030"
    return "utf-8"


def _is_whole(held: bytes, encoding: str) -> bool:
    try:
        held.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _readable_share(sample: bytes, encoding: str) -> float:
    """How much of it is Chinese or plain ASCII when read in this encoding."""
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    readable = sum(
        "\u4e00" <= char <= "\u9fff" or " " <= char <= "~" or char in "\t\r\n" or "\u3000" <= char <= "\u303f"
        or "\uff00" <= char <= "\uffef" or "\u2010" <= char <= "\u2040"
        for char in text
    )  # fmt: skip
    return readable / max(len(text), 1)


def _is_cut_utf8(held: bytes) -> bool:
    """UTF-8 whose last character was cut off."""
    try:
        held[:-3].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(held) - 7
    return len(held) > 3
