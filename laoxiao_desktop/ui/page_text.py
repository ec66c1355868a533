"""The words of finished pages: where each character stands, what was found, what is selected to be copied."""

import ctypes
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from laoxiao_desktop.ui.background import Progress
from laoxiao_desktop.ui.report_pages import PDFIUM, opened

FINE = 100_000  # a page is this many steps wide and high
MOST_HITS = 2_000
Spot = tuple[int, int]  # a page, and a character of it
NOTHING: Spot = (-1, -1)
NEAR = 0.004  # a mouse this close to a character (as a share of the page) is on it


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and its box, in shares of the page as it is seen; what only parts words has an empty box."""

    char: str
    box: QRectF


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand: a page from 0, and a box for each line they run over."""

    page: int
    boxes: tuple[QRectF, ...]


def glyphs_of(content: bytes, index: int) -> tuple[Glyph, ...]:
    """The characters of one page in the order of reading."""
    import pypdfium2.raw as raw  # type: ignore[import-untyped]  # noqa: PLC0415  (loaded with the first report)

    with opened(content) as document, PDFIUM:
        page = document[index]
        words = page.get_textpage()
        found: list[Glyph] = []
        x, y = ctypes.c_int(), ctypes.c_int()

        def seen(across: float, up: float) -> QPointF:
            raw.FPDF_PageToDevice(page.raw, 0, 0, FINE, FINE, 0, across, up, x, y)
            return QPointF(x.value / FINE, y.value / FINE)

        lead = 0
        for number in range(words.count_chars()):
            code = raw.FPDFText_GetUnicode(words.raw, number)
            if 0xD800 <= code < 0xDC00:
                lead = code
                continue
            if 0xDC00 <= code < 0xE000 and lead:
                code = 0x10000 + ((lead - 0xD800) << 10) + code - 0xDC00
            lead = 0
            char = chr(code)
            if char.isspace() or not char.isprintable():
                found.append(Glyph("\n" if char == "\n" else " " if char.isspace() and char != "\r" else "", QRectF()))
                continue
            left, bottom, right, top = words.get_charbox(number, loose=True)
            found.append(Glyph(char, QRectF(seen(left, top), seen(right, bottom)).normalized()))
        words.close()
        page.close()
    return tuple(found)


def text_of(glyphs: Iterable[Glyph]) -> str:
    """What is copied: the characters as printed, a line for each line."""
    return "".join(glyph.char for glyph in glyphs).strip()


def find_all(content: bytes, wanted: str, progress: Progress) -> tuple[Hit, ...]:
    """Every place where the words stand, also over the end of a line; spaces, width and case do not count."""
    needle = "".join(_plain(char) for char in wanted if not char.isspace())
    hits: list[Hit] = []
    if not needle:
        return ()
    with opened(content) as document, PDFIUM:
        count = len(document)
    for page in range(count):
        progress.check()
        glyphs = [glyph for glyph in glyphs_of(content, page) if not glyph.box.isNull()]
        text = "".join(_plain(glyph.char) for glyph in glyphs)
        at = text.find(needle)
        while at >= 0 and len(hits) < MOST_HITS:
            hits.append(Hit(page, lines_of(glyphs[at : at + len(needle)])))
            at = text.find(needle, at + len(needle))
    return tuple(hits)


def lines_of(glyphs: Sequence[Glyph]) -> tuple[QRectF, ...]:
    """One box for each line that the characters run over."""
    boxes: list[QRectF] = []
    for glyph in glyphs:
        if glyph.box.isNull():
            continue
        last = boxes[-1] if boxes else None
        if last is not None and last.top() < glyph.box.center().y() < last.bottom():
            boxes[-1] = last.united(glyph.box)
        else:
            boxes.append(glyph.box)
    return tuple(boxes)


def _kind(char: str) -> str:
    """What a character is part of: "a" a figure or Latin word, "字" Chinese words, "" nothing longer than itself."""
    if char.isascii() and (char.isalnum() or char in ".-%"):
        return "a"
    return "字" if char.isalpha() else ""


def _plain(char: str) -> str:
    """A character as it is compared: always one, so that places stay true."""
    same = unicodedata.normalize("NFKC", char).lower()
    return same if len(same) == 1 else char


class PageText:
    """The words of the document in hand. What is selected may run over several pages."""

    def __init__(self) -> None:
        self._content = b""
        self._kept: dict[int, tuple[Glyph, ...]] = {}
        self.hits: tuple[Hit, ...] = ()
        self.current = -1
        self._from, self._to = NOTHING, NOTHING

    def take(self, content: bytes) -> None:
        """Another document: nothing is found or selected in it yet."""
        self._content, self._kept = content, {}
        self.hits, self.current = (), -1
        self.forget_selection()

    def glyphs(self, page: int) -> tuple[Glyph, ...]:
        """The characters of a page, read once."""
        if page not in self._kept:
            self._kept[page] = glyphs_of(self._content, page) if self._content else ()
        return self._kept[page]

    def at(self, page: int, spot: QPointF) -> int | None:
        """The character under a spot (shares of the page), if there is one."""
        for number, glyph in enumerate(self.glyphs(page)):
            if not glyph.box.isNull() and glyph.box.adjusted(-NEAR, -NEAR, NEAR, NEAR).contains(spot):
                return number
        return None

    def nearest(self, page: int, spot: QPointF) -> int:
        """The character nearest to a spot; the line counts before the place in it."""
        shown = [(number, glyph.box) for number, glyph in enumerate(self.glyphs(page)) if not glyph.box.isNull()]
        if not shown:
            return 0

        def apart(one: tuple[int, QRectF]) -> tuple[float, float]:
            box = one[1]
            aside = max(box.top() - spot.y(), spot.y() - box.bottom(), 0.0)
            return round(aside, 3), abs(box.center().x() - spot.x())

        return min(shown, key=apart)[0]

    def select(self, start: Spot, end: Spot) -> None:
        """Selects from one character to another, in either direction: page and number of each."""
        self._from, self._to = min(start, end), max(start, end)

    def select_word(self, page: int, at: int) -> None:
        """Selects the word at a character: a figure, a Latin word, Chinese from one mark to the next."""
        glyphs = self.glyphs(page)
        kind = _kind(glyphs[at].char)
        first = last = at
        while kind and first > 0 and _kind(glyphs[first - 1].char) == kind:
            first -= 1
        while kind and last + 1 < len(glyphs) and _kind(glyphs[last + 1].char) == kind:
            last += 1
        self.select((page, first), (page, last))

    def select_page(self, page: int) -> None:
        """Selects all of a page."""
        self.select((page, 0), (page, len(self.glyphs(page)) - 1))

    def forget_selection(self) -> None:
        """Selects nothing."""
        self._from, self._to = NOTHING, NOTHING

    @property
    def selected(self) -> str:
        """What is selected."""
        if self._from == NOTHING:
            return ""
        pages = range(self._from[0], self._to[0] + 1)
        return "\n".join(filter(None, (text_of(self._selected_on(page)) for page in pages)))

    def _selected_on(self, page: int) -> tuple[Glyph, ...]:
        if self._from == NOTHING or not self._from[0] <= page <= self._to[0]:
            return ()
        first = self._from[1] if page == self._from[0] else 0
        glyphs = self.glyphs(page)
        return glyphs[first : self._to[1] + 1] if page == self._to[0] else glyphs[first:]

    def of_page(self, page: int) -> str:
        """All words of a page."""
        return text_of(self.glyphs(page))

    def selection_on(self, page: int) -> tuple[QRectF, ...]:
        """The boxes of what is selected on a page."""
        return lines_of(self._selected_on(page))
