"""Face: one TrueType file, read where it lies and only as far as a document needs it.

The file is mapped, not loaded: of thirty thousand outlines a report uses a few hundred. Tables as in the OpenType
specification 1.9; outlines other than `glyf` (CFF) cannot be embedded this way and are refused.
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_COPIED = (b"cvt ", b"fpgm", b"prep")  # instructions, where the face has them
_NO_EMBEDDING, _NO_SUBSET, _BITMAP_ONLY = 0x0002, 0x0100, 0x0200
_MORE_PARTS = 0x0020


class UnfitFaceError(Exception):
    """The file is no TrueType face that may be embedded."""


class Face:
    """The glyphs, widths and measures of a face. Measures are in thousandths of the em, outlines in its own units."""

    def __init__(self, path: Path, index: int = 0) -> None:
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._tables = self._directory(index)
            self._read_measures()
            self.glyph_of = self._character_map()
        except (OSError, ValueError, struct.error, IndexError, KeyError, UnicodeError) as error:
            raise UnfitFaceError(f"{path}: {error}") from error

    def _directory(self, index: int) -> dict[bytes, tuple[int, int]]:
        start = 0
        if self._bytes[:4] == b"ttcf":
            start = self._u32(12 + 4 * index)
        if self._bytes[start : start + 4] not in (b"\x00\x01\x00\x00", b"true"):
            raise ValueError("no TrueType outlines")
        tables = {}
        for number in range(self._u16(start + 4)):
            tag, _, offset, length = struct.unpack_from(">4sIII", self._bytes, start + 12 + 16 * number)
            if offset + length > len(self._bytes):
                raise ValueError("cut short")
            tables[tag] = (offset, length)
        return tables

    def _read_measures(self) -> None:
        head, hhea, maxp = self._at(b"head"), self._at(b"hhea"), self._at(b"maxp")
        self.units = self._u16(head + 18)
        if not 16 <= self.units <= 16384:
            raise ValueError("units per em")
        self.box = tuple(self._scaled(value) for value in struct.unpack_from(">4h", self._bytes, head + 36))
        self.ascent, self.descent = (self._scaled(v) for v in struct.unpack_from(">2h", self._bytes, hhea + 4))
        self._is_long = self._u16(head + 50) == 1
        self._metrics = self._u16(hhea + 34)
        self.count = self._u16(maxp + 4)
        if not 0 < self._metrics <= self.count:
            raise ValueError("metrics")
        for tag, needed in ((b"loca", (self.count + 1) * (4 if self._is_long else 2)), (b"hmtx", self._metrics * 4)):
            if self._tables[tag][1] < needed:
                raise ValueError("cut short")
        self._at(b"glyf")
        self.angle = struct.unpack_from(">i", self._bytes, self._at(b"post") + 4)[0] / 65536
        rights = self._u16(self._at(b"OS/2") + 8)
        if rights & (_NO_SUBSET | _BITMAP_ONLY) or rights & 0x000F == _NO_EMBEDDING:
            raise ValueError("its licence bits forbid embedding")
        self.name = self._postscript_name()

    def _postscript_name(self) -> str:
        start = self._at(b"name")
        _, count, strings = struct.unpack_from(">3H", self._bytes, start)
        for number in range(count):
            platform, _, _, kind, length, offset = struct.unpack_from(">6H", self._bytes, start + 6 + 12 * number)
            if kind == 6:
                begin = start + strings + offset
                raw = self._bytes[begin : begin + length].decode(
                    "utf-16-be" if platform in (0, 3) else "latin-1", "ignore"
                )
                if name := "".join(c for c in raw if "!" <= c <= "~" and c not in "[](){}<>/%#"):
                    return name[:60]
        return "Face"

    def _character_map(self) -> Callable[[int], int]:
        """Character → glyph, 0 for none; the full map before the one of the basic plane."""
        start = self._at(b"cmap")
        found: dict[int, int] = {}
        for number in range(self._u16(start + 2)):
            platform, encoding, offset = struct.unpack_from(">2HI", self._bytes, start + 4 + 8 * number)
            if (platform, encoding) in ((3, 10), (0, 4), (0, 6), (3, 1), (0, 3)):
                found.setdefault(self._u16(start + offset), start + offset)
        if 12 in found:
            return self._full_map(found[12])
        if 4 in found:
            return self._basic_map(found[4])
        raise ValueError("no Unicode map")

    def _full_map(self, start: int) -> Callable[[int], int]:
        groups = self._u32(start + 12)
        numbers = struct.unpack_from(f">{3 * groups}I", self._bytes, start + 16)
        firsts, lasts, glyphs = numbers[0::3], numbers[1::3], numbers[2::3]

        def glyph_of(code: int) -> int:
            place = bisect_right(firsts, code) - 1
            return self._known(glyphs[place] + code - firsts[place]) if place >= 0 and code <= lasts[place] else 0

        return glyph_of

    def _basic_map(self, start: int) -> Callable[[int], int]:
        count = self._u16(start + 6) // 2
        lasts, _, firsts, deltas, offsets = (
            struct.unpack_from(f">{length}H", self._bytes, start + 14 + skipped)
            for length, skipped in zip((count, 1, count, count, count), _offsets(count), strict=True)
        )
        table = start + 16 + 6 * count  # of the range offsets, which count from themselves

        def glyph_of(code: int) -> int:
            place = bisect_left(lasts, code)
            if place == count or firsts[place] > code:
                return 0
            if not offsets[place]:
                return self._known((code + deltas[place]) & 0xFFFF)
            glyph = self._u16(table + 2 * place + offsets[place] + 2 * (code - firsts[place]))
            return self._known((glyph + deltas[place]) & 0xFFFF) if glyph else 0

        return glyph_of

    def _known(self, glyph: int) -> int:
        return glyph if glyph < self.count else 0

    def advance(self, glyph: int) -> int:
        """Advance width in the face's own units."""
        return self._u16(self._at(b"hmtx") + 4 * min(glyph, self._metrics - 1))

    def _bearing(self, glyph: int) -> bytes:
        start = self._at(b"hmtx")
        if glyph < self._metrics:
            return self._bytes[start + 4 * glyph + 2 : start + 4 * glyph + 4]
        start += 4 * self._metrics + 2 * (glyph - self._metrics)
        return self._bytes[start : start + 2].ljust(2, b"\0")

    def outline(self, glyph: int) -> bytes:
        """The bytes of one glyph; empty for one without ink, or out of bounds in a damaged file."""
        loca, (glyf, length) = self._at(b"loca"), self._tables[b"glyf"]
        if self._is_long:
            begin, end = struct.unpack_from(">2I", self._bytes, loca + 4 * glyph)
        else:
            begin, end = (2 * value for value in struct.unpack_from(">2H", self._bytes, loca + 2 * glyph))
        return self._bytes[glyf + begin : glyf + end] if begin + 10 <= end <= length else b""

    def program(self, glyphs: Sequence[int], advances: Mapping[int, int]) -> tuple[bytes, dict[int, int]]:
        """A font file of these glyphs and their parts, and old number → new; `advances` replace the face's own."""
        numbers = {0: 0}
        order = [0]
        for glyph in glyphs:
            if glyph not in numbers:
                numbers[glyph] = len(order)
                order.append(glyph)
        outlines: list[bytes] = []
        for glyph in order:  # grows while parts of composite glyphs are met
            outlines.append(_renumbered(self.outline(glyph), numbers, order))
        places, glyf = [0], bytearray()
        for outline in outlines:
            glyf += outline + bytes(-len(outline) % 4)
            places.append(len(glyf))
        tables = {
            b"head": self._patched(b"head", {8: b"\0\0\0\0", 50: b"\0\1"}),
            b"hhea": self._patched(b"hhea", {34: struct.pack(">H", len(order))}),
            b"maxp": self._patched(b"maxp", {4: struct.pack(">H", len(order))}),
            b"hmtx": b"".join(struct.pack(">H", advances.get(g, self.advance(g))) + self._bearing(g) for g in order),
            b"loca": struct.pack(f">{len(places)}I", *places),
            b"glyf": bytes(glyf) or b"\0",
        }
        tables |= {tag: self._patched(tag, {}) for tag in _COPIED if tag in self._tables}
        return _file(tables), numbers

    def _patched(self, tag: bytes, patches: Mapping[int, bytes]) -> bytes:
        start, length = self._tables[tag]
        table = bytearray(self._bytes[start : start + length])
        for place, value in patches.items():
            table[place : place + len(value)] = value
        return bytes(table)

    def _scaled(self, value: int) -> int:
        return round(value * 1000 / self.units)

    def _at(self, tag: bytes) -> int:
        return self._tables[tag][0]

    def _u16(self, place: int) -> int:
        return int.from_bytes(self._bytes[place : place + 2], "big")

    def _u32(self, place: int) -> int:
        return int.from_bytes(self._bytes[place : place + 4], "big")


def _offsets(count: int) -> tuple[int, ...]:
    """Where the five arrays of a basic map begin: last codes, a padding, first codes, deltas, range offsets."""
    return 0, 2 * count, 2 * count + 2, 4 * count + 2, 6 * count + 2


def _renumbered(outline: bytes, numbers: dict[int, int], order: list[int]) -> bytes:
    """The outline with its parts under their new numbers; parts not met before join `order`."""
    if len(outline) < 12 or outline[0] < 0x80:  # a negative number of contours: made of other glyphs
        return outline
    changed = bytearray(outline)
    place, flags = 10, _MORE_PARTS
    while flags & _MORE_PARTS and place + 4 <= len(changed):
        flags, part = struct.unpack_from(">2H", changed, place)
        if part not in numbers:
            numbers[part] = len(order)
            order.append(part)
        struct.pack_into(">H", changed, place + 2, numbers[part])
        place += 8 if flags & 0x0001 else 6  # two words or two bytes of arguments
        place += 2 if flags & 0x0008 else 4 if flags & 0x0040 else 8 if flags & 0x0080 else 0  # a scale
    return bytes(changed)


def _file(tables: Mapping[bytes, bytes]) -> bytes:
    """The tables as one file with its directory and checksums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">I4H", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    place = len(header) + 16 * count
    directory, body = b"", b""
    for tag in sorted(tables):
        content = tables[tag]
        directory += struct.pack(">4s3I", tag, _checksum(content), place + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    whole = bytearray(header + directory + body)
    adjustment = (0xB1B0AFBA - _checksum(bytes(whole))) & 0xFFFFFFFF
    head = next(
        struct.unpack_from(">I", directory, 16 * n + 8)[0]
        for n in range(count)
        if directory[16 * n : 16 * n + 4] == b"head"
    )
    struct.pack_into(">I", whole, head + 8, adjustment)
    return bytes(whole)


def _checksum(content: bytes) -> int:
    padded = content + bytes(-len(content) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF
