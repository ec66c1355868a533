"""Lines of words in several faces: bold words, keys in their caps, links; broken and filled like any paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from laoxiao_desktop.models.manual import Span, SpanKind
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.font_files import Role
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.page import Sheet
from laoxiao_desktop.reports.paragraph import HALF_MARKS, NO_END, NO_START, SQUEEZE, TOKEN, Line, clean, may_stretch

CAP_PAD: Final = 260.0  # left and right of a key, in thousandths of the size
CAP_GAP: Final = 60.0  # between the edge of a cap and the words beside it
_ROLES: Final[dict[SpanKind, Role]] = {"plain": "song", "bold": "hei", "code": "song", "key": "hei", "link": "kai"}
_CAP_SIZE: Final = 0.84
_SHORTEST: Final = 0.72  # a line filled less than so is not spread to the edge


@dataclass(frozen=True, slots=True)
class _Letter:
    """One character with what it belongs to; `owner` numbers the span."""

    char: str
    owner: int
    width: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one span on one line: where they begin, and how far each goes, in thousandths of the size."""

    owner: int
    start: float
    text: str
    advances: tuple[float, ...]

    @property
    def end(self) -> float:
        """Where they end."""
        return self.start + sum(self.advances)


class MixedText:
    """Spans set in a column `width` thousandths wide."""

    def __init__(self, book: FontBook, spans: Sequence[Span], width: float, role: Role = "song") -> None:
        self._book, self._role = book, role
        self.spans = tuple(Span(_kept(span), span.kind, span.target) for span in spans)
        self.lines = tuple(self._set(line, width, is_last) for line, is_last in self._broken(width))

    def _role_of(self, span: Span) -> Role:
        return self._role if span.kind in ("plain", "code") else _ROLES[span.kind]

    def _letters(self) -> list[_Letter]:
        found: list[_Letter] = []
        for owner, span in enumerate(self.spans):
            widths = self._book.letters(self._role_of(span)).widths
            scale = _CAP_SIZE if span.kind == "key" else 1.0
            found += [_Letter(char, owner, widths[char] * scale) for char in span.text]
        return found

    def _chunks(self) -> Iterator[list[_Letter]]:
        """What may not be broken: a key, a number, a word, a character with the marks that cling to it."""
        letters = self._letters()
        text = "".join(letter.char for letter in letters)
        held: list[_Letter] = []
        for match in TOKEN.finditer(text):
            token = letters[match.start() : match.end()]
            is_key = held and held[-1].owner == token[0].owner and self.spans[token[0].owner].kind == "key"
            if held and not (is_key or token[0].char in NO_START or held[-1].char in NO_END):
                yield held
                held = []
            held = [*held, *token]
        if held:
            yield held

    def _width(self, letters: Sequence[_Letter]) -> float:
        keys = {letter.owner for letter in letters if self.spans[letter.owner].kind == "key"}
        return sum(letter.width for letter in letters) + 2 * (CAP_PAD + CAP_GAP) * len(keys)

    def _broken(self, width: float) -> Iterator[tuple[list[_Letter], bool]]:
        line: list[_Letter] = []
        taken = 0.0
        for chunk in self._chunks():
            wide = self._width(chunk)
            hangs = SQUEEZE if chunk[-1].char in HALF_MARKS - NO_END else 0.0
            if line and taken + wide - hangs > width:
                yield line, False
                line, taken = [], 0.0
            if line or chunk[0].char != " ":
                line = [*line, *chunk]
                taken += wide
        yield line, True

    def _set(self, line: list[_Letter], width: float, is_last: bool) -> tuple[Piece, ...]:
        while line and line[-1].char == " ":
            line.pop()
        taken = self._width(line)
        gaps = [
            at
            for at, (left, right) in enumerate(pairwise(line))
            if may_stretch(left.char, right.char) and not self._is_in_key(left, right)
        ]
        extra = [0.0] * len(line)
        if taken > width and line:  # the mark at the end gives up the half of its em that is empty
            extra[-1] = width - taken
        elif not is_last and gaps and taken > width * _SHORTEST:
            for at in gaps:
                extra[at] = (width - taken) / len(gaps)
        pieces: list[Piece] = []
        x = 0.0
        numbered = enumerate(line)
        for owner, group in groupby(numbered, key=lambda pair: pair[1].owner):
            listed = list(group)
            pad = CAP_PAD + CAP_GAP if self.spans[owner].kind == "key" else 0.0
            piece = Piece(
                owner,
                x + pad,
                "".join(letter.char for _, letter in listed),
                tuple(letter.width + extra[at] for at, letter in listed),
            )
            pieces.append(piece)
            x = piece.end + pad
        return tuple(pieces)

    def _is_in_key(self, left: _Letter, right: _Letter) -> bool:
        return left.owner == right.owner and self.spans[left.owner].kind == "key"

    def draw(self, sheet: Sheet, number: int, size: float, x: float, y: float) -> list[tuple[Span, float, float]]:
        """Draws a line with its baseline at y; gives the links on it with their left and right edges."""
        links: list[tuple[Span, float, float]] = []
        for piece in self.lines[number]:
            span = self.spans[piece.owner]
            left, right = x + piece.start * size / EM, x + piece.end * size / EM
            if span.kind == "key":
                pad = CAP_PAD * size / EM
                sheet.operators.append("0.45 G")
                sheet.frame(left - pad, y - size * 0.24, right - left + 2 * pad, size * 1.14, 0.4)
                sheet.operators.append("0 G")
                shown = tuple(advance / _CAP_SIZE for advance in piece.advances)
                sheet.line("hei", size * _CAP_SIZE, left, y + size * 0.06, Line(piece.text, shown, sum(shown)))
                continue
            if span.kind == "link":
                links.append((span, left, right))
            line = Line(piece.text, piece.advances, sum(piece.advances))
            sheet.line(self._role_of(span), size, left, y, line)
        return links


def _kept(span: Span) -> str:
    """The words of a span without control characters; the spaces at its ends stay."""
    inner = clean(span.text)
    if not inner:
        return " " if span.text else ""
    start = " " if span.text[0] == " " else ""
    return f"{start}{inner}{' ' if span.text[-1] == ' ' else ''}"
