"""Embedding: one face as one composite font of a document, with two-byte codes and the Unicode of each."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from reportlab.pdfbase import pdfdoc

from laoxiao_desktop.reports.face import Face

EM = 1000  # widths are in thousandths of the type size, as PDF counts them

# Marks that Chinese text sets one em wide, whatever the face says (GB/T 15834).
WHOLE_EM = frozenset("“”‘’—…")
_DIGITS = "0123456789"


class NotPlainError(Exception):
    """The text needs more than one face, or a mark moved inside its em."""


class _Codes(dict[int, str]):
    """Character → four hex digits of its code in the document, given out as they are asked for."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, code: int) -> str:
        if not self._face.glyph_of(code):
            raise NotPlainError
        self[code] = text = f"{len(self) + 1:04X}"
        return text


class _PlainCodes(dict[int, str]):
    """As `_Codes`, for the characters that stand in their em as the face draws them."""

    def __init__(self, face: EmbeddedFace) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, code: int) -> str:
        if chr(code) in WHOLE_EM and self._face.width(code) != EM:
            raise NotPlainError
        self[code] = text = self._face.codes[code]
        return text


class EmbeddedFace:
    """One face as one composite font of a document: two-byte codes, the glyphs used, and their Unicode."""

    def __init__(self, face: Face, name: str, has_even_digits: bool) -> None:
        self.name = name
        self._face = face
        self._advances = self._even_digits() if has_even_digits else {}
        self.codes = _Codes(face)
        self.plain = _PlainCodes(self)

    def has(self, char: str) -> bool:
        """Whether the face has a glyph for the character."""
        return self._face.glyph_of(ord(char)) != 0

    def width(self, code: int) -> float:
        """Natural width of a character in thousandths of the type size."""
        glyph = self._face.glyph_of(code)
        return self._advances.get(glyph, self._face.advance(glyph)) * EM / self._face.units

    def _even_digits(self) -> dict[int, int]:
        """Glyph → advance: all digits as wide as the widest, so that columns of figures stand in line."""
        glyphs = [glyph for digit in _DIGITS if (glyph := self._face.glyph_of(ord(digit)))]
        return dict.fromkeys(glyphs, max(map(self._face.advance, glyphs), default=0))

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802 - reportlab calls it by this name
        """Writes the font's objects; reportlab calls it when the document is finished."""
        used = list(self.codes)
        if not used:
            return
        glyphs = [self._face.glyph_of(code) for code in used]
        program, numbers = self._face.program(glyphs, self._advances)
        tag = "LX" + f"{int(self.name[1:]):04d}".translate(str.maketrans("0123456789", "ABCDEFGHIJ"))
        base = f"/{tag}+{self._face.name}"
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": base,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": _reference(doc, self._descriptor(base, doc, program)),
                "DW": EM,
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray([round(self.width(code)) for code in used])]),
                "CIDToGIDMap": _reference(doc, _stream(_glyph_map(glyphs, numbers), doc)),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": base,
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([_reference(doc, descendant)]),
                "ToUnicode": _reference(doc, _stream(_to_unicode(used), doc)),
            }
        )
        doc.idToObject["BasicFonts"].dict[self.name] = _reference(doc, font)  # type: ignore[attr-defined]

    def _descriptor(self, base: str, doc: pdfdoc.PDFDocument, program: bytes) -> pdfdoc.PDFDictionary:
        face = self._face
        stream = _stream(program, doc)
        stream.dictionary["Length1"] = len(program)
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": base,
                "Flags": 4,  # symbolic: codes are ours
                "FontBBox": pdfdoc.PDFArray(face.box),
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.ascent,
                "ItalicAngle": face.angle,
                "StemV": 80,
                "FontFile2": _reference(doc, stream),
            }
        )


def _reference(doc: pdfdoc.PDFDocument, thing: pdfdoc.PDFObject) -> pdfdoc.PDFObjectReference:
    found: pdfdoc.PDFObjectReference = doc.Reference(thing)  # type: ignore[no-untyped-call]
    return found


def _glyph_map(glyphs: Sequence[int], numbers: Mapping[int, int]) -> bytes:
    """Code → glyph of the embedded program; code 0 is the missing glyph."""
    return struct.pack(f">{len(glyphs) + 1}H", 0, *(numbers[glyph] for glyph in glyphs))


def _to_unicode(used: Sequence[int]) -> bytes:
    """Code → UTF-16, in pairs beyond the basic plane, so that rare characters copy rightly."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(used), 100):
        block = used[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        for number, code in enumerate(block, start + 1):
            lines.append(f"<{number:04X}> <{chr(code).encode('utf-16-be', 'surrogatepass').hex().upper()}>")
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")


def _stream(content: bytes, doc: pdfdoc.PDFDocument) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream()
    stream.content = content
    if doc.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream
