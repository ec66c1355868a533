"""Embedding: one face as one composite font of a document, with two-byte codes and the Unicode of each."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFontFace

EM = 1000  # widths are in thousandths of the type size, as PDF counts them

# Marks that Chinese text sets one em wide, whatever the face says (GB/T 15834).
WHOLE_EM = frozenset("“”‘’—…")
_DIGITS = "0123456789"


class NotPlainError(Exception):
    """The text needs more than one face, or a mark moved inside its em."""


class _Codes(dict[int, str]):
    """Character → four hex digits of its code in the document, given out as they are asked for."""

    def __init__(self, glyphs: dict[int, int]) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, code: int) -> str:
        if code not in self._glyphs:
            raise NotPlainError
        self[code] = text = f"{len(self) + 1:04X}"
        return text


class _PlainCodes(dict[int, str]):
    """As `_Codes`, for the characters that stand in their em as the face draws them."""

    def __init__(self, codes: _Codes, widths: dict[int, float]) -> None:
        super().__init__()
        self._codes, self._widths = codes, widths

    def __missing__(self, code: int) -> str:
        if chr(code) in WHOLE_EM and self._widths.get(code) != EM:
            raise NotPlainError
        self[code] = text = self._codes[code]
        return text


class EmbeddedFace:
    """One face as one composite font of a document: two-byte codes, the glyphs used, and their Unicode."""

    def __init__(self, face: TTFontFace, name: str, has_even_digits: bool) -> None:
        self.name = name
        self._face = face
        self.glyphs: dict[int, int] = face.charToGlyph
        self.widths: dict[int, float] = face.charWidths
        if has_even_digits:
            self._even_digits()
        self.codes = _Codes(self.glyphs)
        self.plain = _PlainCodes(self.codes, self.widths)

    def _even_digits(self) -> None:
        """Gives all digits one width, so that columns of figures stand in line."""
        face = self._face
        codes = [ord(c) for c in _DIGITS if ord(c) in self.glyphs]
        raw = max((face.hmetrics[self.glyphs[c]][0] for c in codes), default=0)
        width = max((self.widths[c] for c in codes), default=0)
        for code in codes:
            glyph = self.glyphs[code]
            face.hmetrics[glyph] = (raw, face.hmetrics[glyph][1])
            self.widths[code] = width

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802 - reportlab calls it by this name
        """Writes the font's objects; reportlab calls it when the document is finished."""
        used = list(self.codes)
        if not used:
            return
        face = self._face
        tag = "LX" + f"{int(self.name[1:]):04d}".translate(str.maketrans("0123456789", "ABCDEFGHIJ"))
        base = f"{tag}+{face.name.decode('ascii', 'replace')}"
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": face.addSubsetObjects(doc, base, used),  # type: ignore[no-untyped-call]
                "DW": EM,
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray([round(self.widths[c]) for c in used])]),
                "CIDToGIDMap": doc.Reference(_stream(_glyph_map(used, self.glyphs), doc)),  # type: ignore[no-untyped-call]
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": pdfdoc.PDFName(base),
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),  # type: ignore[no-untyped-call]
                "ToUnicode": doc.Reference(_stream(_to_unicode(used), doc)),  # type: ignore[no-untyped-call]
            }
        )
        doc.idToObject["BasicFonts"].dict[self.name] = doc.Reference(font)  # type: ignore[attr-defined, no-untyped-call]


def _glyph_map(used: Sequence[int], glyphs: dict[int, int]) -> bytes:
    """Code → glyph of the subset, which numbers each source glyph when it is first named."""
    numbers: dict[int, int] = {0: 0}
    out = [0]
    for code in used:
        out.append(numbers.setdefault(glyphs[code], len(numbers)))
    return struct.pack(f">{len(out)}H", *out)


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
