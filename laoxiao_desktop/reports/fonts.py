"""The letters of paper: which face prints each character of a role, and what is embedded in a document for it."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from laoxiao_desktop import paths
from laoxiao_desktop.errors import UserError

Role = Literal["song", "title", "hei", "kai", "fang"]
EM = 1000  # widths are in thousandths of the type size, as PDF counts them
BOX = "□"  # printed where no face has the character, so that the gap is seen

# Marks that Chinese text sets one em wide, whatever the face says (GB/T 15834); opening quotes stand at the right of the em.
WHOLE_EM = frozenset("“”‘’—…")
OPENING_QUOTES = frozenset("“‘")

BUNDLED: dict[Role, str] = {
    "song": "LaoxiaoSerif-Regular.ttf",
    "title": "LaoxiaoSerif-Bold.ttf",
    "hei": "LaoxiaoSans-Medium.ttf",
    "kai": "LaoxiaoKai-Regular.ttf",
    "fang": "LaoxiaoFangsong-Regular.ttf",
}
# Names under which the faces of the standard are installed, best first.
SYSTEM_FILES: dict[Role, tuple[str, ...]] = {
    "song": ("simsun.ttc",),
    "title": ("fzxbsjw.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf"),
    "hei": ("simhei.ttf",),
    "kai": ("simkai.ttf", "楷体_gb2312.ttf"),
    "fang": ("simfang.ttf", "仿宋_gb2312.ttf", "fzfsk.ttf", "fzfsjw.ttf"),
}
SYSTEM_FAMILIES: dict[Role, tuple[str, ...]] = {
    "song": ("SimSun", "宋体"),
    "title": ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "hei": ("SimHei", "黑体"),
    "kai": ("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312"),
    "fang": ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "方正仿宋简体"),
}
_TYPICAL = "国务院办公厅关于印发一老一小养老托育项目，。（）0123456789"
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class FontFile:
    """Where a face lies: a file, and its number inside a collection."""

    path: Path
    index: int = 0


@dataclass(frozen=True, slots=True)
class FontChoice:
    """The files of every role, best first; the bundled face of the role and the bundled 宋 close each list."""

    files: dict[Role, tuple[FontFile, ...]]


def bundled_fonts() -> FontChoice:
    """The choice that prints the same on every machine."""
    return FontChoice({role: _bundled_files(role) for role in BUNDLED})


def fonts_of_this_machine() -> FontChoice:
    """The installed faces of the standard where there are any (TrueType, covering common text), the bundled ones after."""
    found = _installed()
    files: dict[Role, tuple[FontFile, ...]] = {}
    for role in BUNDLED:
        installed = next((file for file in found(role) if _is_fit(file)), None)
        files[role] = ((installed,) if installed else ()) + _bundled_files(role)
    return FontChoice(files)


def _bundled_files(role: Role) -> tuple[FontFile, ...]:
    folder = paths.resources() / "fonts"
    names = dict.fromkeys((BUNDLED[role], BUNDLED["song"]))
    return tuple(FontFile(folder / name) for name in names)


def _is_fit(file: FontFile) -> bool:
    face = _open(file)
    return face is not None and all(ord(c) in face.charToGlyph for c in _TYPICAL)


def _open(file: FontFile) -> TTFontFace | None:
    """The face, or None when the file is not TrueType, forbids embedding, is damaged or gone."""
    try:
        return TTFontFace(str(file.path), subfontIndex=file.index)
    except (TTFError, OSError, struct.error, IndexError, KeyError, ValueError):
        return None


def _installed() -> Callable[[Role], Iterator[FontFile]]:
    by_name = {path.name.lower(): path for path in _files_in(_font_folders())}
    by_family = {} if sys.platform == "win32" else _fontconfig()

    def of_role(role: Role) -> Iterator[FontFile]:
        for name in SYSTEM_FILES[role]:
            if name in by_name:
                yield FontFile(by_name[name])
        for family in SYSTEM_FAMILIES[role]:
            if family in by_family:
                yield by_family[family]

    return of_role


def _font_folders() -> list[Path]:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        system = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        return [system, Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else [system]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".local/share/fonts",
        Path.home() / ".fonts",
    ]


def _files_in(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for parent, _folders, names in os.walk(folder):
            for name in sorted(names):
                if name.lower().endswith((".ttf", ".ttc")):
                    yield Path(parent) / name


def _fontconfig() -> dict[str, FontFile]:
    """Family → file of the TrueType faces that fontconfig knows; empty where it is not installed."""
    command = ["fc-list", "--format", "%{file}\t%{index}\t%{fontformat}\t%{style}\t%{family}\n", ":lang=zh-cn"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=5)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return {}
    found: dict[str, FontFile] = {}
    for line in sorted(done.stdout.splitlines()):
        file, index, kind, style, families = (line.split("\t") + [""] * 5)[:5]
        is_plain = "Bold" not in style and "Italic" not in style
        if kind == "TrueType" and index.isdigit() and int(index) < 0x10000 and is_plain:
            for family in families.split(","):
                found.setdefault(family.strip(), FontFile(Path(file), int(index)))
    return found


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


class Letters:
    """The faces of one role in one document: measures text and writes the operators that show it."""

    def __init__(self, faces: Callable[[int], EmbeddedFace | None], missing: set[str]) -> None:
        self._face_at = faces  # 0 is the first choice; None past the last
        self._missing = missing
        first = faces(0)
        if first is None:
            raise UserError("找不到报告用的字体文件。", "请重新安装本程序。")
        self._first = first
        self._served: dict[str, tuple[EmbeddedFace, str]] = {}
        self.widths: dict[str, float] = _Widths(self)

    def serving(self, char: str) -> tuple[EmbeddedFace, str]:
        """The face that prints `char`, and the character it prints: a box where none has it."""
        found = self._served.get(char)
        if found is None:
            found = self._served[char] = self._search(char)
        return found

    def _search(self, char: str) -> tuple[EmbeddedFace, str]:
        number = 0
        while (face := self._face_at(number)) is not None:
            if ord(char) in face.glyphs:
                return face, char
            number += 1
        self._missing.add(char)
        if char == BOX:
            raise LookupError("no face has the box that stands for missing characters")
        return self.serving(BOX)[0], BOX

    def width(self, text: str) -> float:
        """Natural width in thousandths of the type size."""
        return sum(map(self.widths.__getitem__, text))

    def show(self, text: str, size: str, advances: Sequence[float] | None = None) -> str:
        """The operators that show `text` at the current point; `advances` replace the natural widths."""
        if advances is None:
            try:
                return f"/{self._first.name} {size} Tf <{text.translate(self._first.plain)}> Tj"
            except NotPlainError:
                pass
        return self._show_exactly(text, size, advances)

    def _show_exactly(self, text: str, size: str, advances: Sequence[float] | None) -> str:
        out: list[str] = []
        current: EmbeddedFace | None = None
        pending = 0.0  # how far the point still has to move, in thousandths
        codes: list[str] = []
        parts: list[str] = []

        def close_codes() -> None:
            if codes:
                parts.append(f"<{''.join(codes)}>")
                codes.clear()

        def close_face() -> None:
            close_codes()
            if parts and current is not None:
                out.append(f"/{current.name} {size} Tf [{' '.join(parts)}] TJ")
                parts.clear()

        for number, char in enumerate(text):
            face, printed = self.serving(char)
            natural = face.widths[ord(printed)]
            advance = self.widths[char] if advances is None else advances[number]
            before = max(0.0, advance - natural) if printed in OPENING_QUOTES else 0.0
            if printed not in OPENING_QUOTES and printed in WHOLE_EM and printed in "—…":
                before = max(0.0, (min(advance, EM) - natural) / 2)
            if face is not current:
                close_face()
                current = face
            move = pending + before
            if abs(move) > 0.05:
                close_codes()
                parts.append(f"{-move:.1f}")
            codes.append(face.codes[ord(printed)])
            pending = advance - natural - before
        close_face()
        return " ".join(out)


class _Widths(dict[str, float]):
    """Character → width in thousandths, marks of one em counted as such."""

    def __init__(self, letters: Letters) -> None:
        super().__init__()
        self._letters = letters

    def __missing__(self, char: str) -> float:
        face, printed = self._letters.serving(char)
        width = float(EM) if printed in WHOLE_EM else float(face.widths[ord(printed)])
        self[char] = width
        return width


class FontBook:
    """All letters of one document. Faces are opened when a character first needs them."""

    def __init__(self, choice: FontChoice) -> None:
        self._choice = choice
        self._opened: dict[tuple[FontFile, bool], EmbeddedFace | None] = {}
        self._letters: dict[Role, Letters] = {}
        self.missing: set[str] = set()

    def letters(self, role: Role) -> Letters:
        """The letters of `role`."""
        if role not in self._letters:
            self._letters[role] = Letters(lambda number: self._face(role, number), self.missing)
        return self._letters[role]

    def faces(self) -> list[EmbeddedFace]:
        """Every face opened so far, in a stable order."""
        return [face for face in self._opened.values() if face is not None]

    def _face(self, role: Role, number: int) -> EmbeddedFace | None:
        usable = 0
        for file in self._choice.files[role]:
            face = self._embed(file, role == "song")
            if face is not None:
                if usable == number:
                    return face
                usable += 1
        return None

    def _embed(self, file: FontFile, has_even_digits: bool) -> EmbeddedFace | None:
        key = (file, has_even_digits)
        if key not in self._opened:
            face = _open(file)
            name = f"F{len(self._opened) + 1}"
            self._opened[key] = EmbeddedFace(face, name, has_even_digits) if face else None
        return self._opened[key]
