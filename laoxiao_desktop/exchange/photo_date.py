"""When a photo was taken, as the camera wrote it into the file (EXIF), read from its first bytes."""

import re
import struct
from collections.abc import Iterator
from typing import Final

_HEAD: Final = 256 * 1024  # EXIF stands at the start of a JPEG
_DATE: Final = re.compile(rb"((?:19|20)\d\d):(\d\d):(\d\d) \d\d:\d\d:\d\d")
_TAKEN, _CHANGED, _MORE = 0x9003, 0x0132, 0x8769


def taken_on(content: bytes) -> str | None:
    """The stored date on which a JPEG was taken; None where the file does not say or is damaged."""
    block = next((part for part in _segments(content[:_HEAD]) if part.startswith(b"Exif\0\0")), None)
    if block is None:
        return None
    try:
        found = _dates(block[6:])
    except (struct.error, IndexError):
        return None
    match = _DATE.match(found.get(_TAKEN) or found.get(_CHANGED) or b"")
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    return f"{year}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _segments(content: bytes) -> Iterator[bytes]:
    """The APP1 segments of a JPEG."""
    at = 2
    while content[:2] == b"\xff\xd8" and at + 4 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA or length < 2:
            return
        if marker == 0xE1:
            yield content[at + 4 : at + 2 + length]
        at += 2 + length


def _dates(tiff: bytes) -> dict[int, bytes]:
    """The date texts of a TIFF header by tag."""
    order = "<" if tiff[:2] == b"II" else ">"
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    found = dict(_entries(tiff, order, start))
    if _MORE in found:
        (more,) = struct.unpack(order + "I", found[_MORE])
        found.update(_entries(tiff, order, more))
    return {
        tag: tiff[at : at + 19]
        for tag, value in found.items()
        if tag in (_TAKEN, _CHANGED)
        for (at,) in (struct.unpack(order + "I", value),)
    }


def _entries(tiff: bytes, order: str, at: int) -> Iterator[tuple[int, bytes]]:
    (count,) = struct.unpack_from(order + "H", tiff, at)
    for number in range(min(count, 200)):
        (tag,) = struct.unpack_from(order + "H", tiff, at + 2 + 12 * number)
        yield tag, tiff[at + 10 + 12 * number : at + 14 + 12 * number]
