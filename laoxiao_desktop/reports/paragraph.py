"""Chinese lines: where a text may break, how a line is filled, and how it reaches both edges.

Rules: GB/T 15834 (marks that may not begin or end a line), GB/T 9704 (both edges straight). Numbers and Latin words stay
whole; a mark may give up half of its em; what is left over is shared among the gaps beside Chinese characters, never
inside a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.fonts import Letters

NO_START = frozenset("/、，。．；：？！）》〉」』】〕｝”’·…％%‰℃°〗!),.:;?]}～㎡々")
NO_END = frozenset("（《〈「『【〔｛“‘〖([{￥$№")
HALF_MARKS = frozenset("、，。；：？！）》〉」』】〕”’（《〈「『【〔“‘")  # their ink fills half of the em
SQUEEZE = 500  # what one such mark can give up
_LONG_LINE = 8  # a line of so many chunks can give one to the next
SQUEEZE_SHARE = 0.5  # … and how much of it is used before a break is moved to the line before

# A number or word, a range of numbers with its dash (2023—2025), a double mark, or one character.
TOKEN = re.compile(r"[0-9A-Za-zÀ-ɏ](?:[0-9A-Za-zÀ-ɏ.,%‰/\\+_@#&'=~:\-]|[—–～](?=[0-9]))*|——|……|.", re.DOTALL)
_UNSEEN = (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)  # joiners, directions
_JUNK = dict.fromkeys((*range(32), 127, 0x2028, 0x2029), " ") | dict.fromkeys(_UNSEEN, "")


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: its characters, their advances (None: natural), the width taken, and what it is indented."""

    text: str
    advances: tuple[float, ...] | None
    width: float
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What may not be broken: a character with the marks that cling to it, a number, a word."""

    text: str
    width: float
    squeeze: float


def clean(text: str) -> str:
    """`text` on one line: control characters become spaces, runs of spaces one space, none at the ends."""
    return re.sub(" {2,}", " ", text.translate(_JUNK)).strip(" \u3000")


def break_lines(
    letters: Letters, text: str, width: float, *, indent: float = 0.0, hanging: float = 0.0, is_justified: bool = True
) -> tuple[Line, ...]:
    """The lines of `text` in a column `width` thousandths wide; the first is moved in by `indent`, the others by `hanging`."""
    natural = letters.width(text)
    if natural + indent <= width:
        return (Line(text, None, natural, indent),)
    chunks = _chunks(letters, text, width - max(indent, hanging))
    spans = _spans(chunks, width - indent, width - hanging)
    lines: list[Line] = []
    for start, end, is_squeezed in spans:
        moved = hanging if lines else indent
        is_last = end == len(chunks)
        line_text = "".join(chunk.text for chunk in chunks[start:end])
        is_full = is_squeezed or (is_justified and not is_last)
        lines.append(_set(letters, line_text if is_last else line_text.rstrip(" "), width - moved, moved, is_full))
    return tuple(lines)


def _spans(chunks: Sequence[_Chunk], first_width: float, width: float) -> list[tuple[int, int, bool]]:
    """The chunks of each line (from, to, squeezed); a last line of one character gets a second one from above."""
    spans: list[tuple[int, int, bool]] = []
    start = 0
    while start < len(chunks):
        end, is_squeezed = _fill(chunks, start, width if spans else first_width)
        spans.append((start, end, is_squeezed))
        start = end
        while start < len(chunks) and chunks[start].text == " ":
            start += 1
    if len(spans) > 1:
        (above, until, _), (start, end, _) = spans[-2:]
        if end - start == 1 and len(chunks[start].text.rstrip("".join(NO_START))) == 1 and until - above > _LONG_LINE:
            spans[-2:] = [(above, until - 1, False), (until - 1, end, False)]
    return spans


def _chunks(letters: Letters, text: str, width: float) -> list[_Chunk]:
    tokens: list[str] = []
    for token in TOKEN.findall(text):
        # A word longer than the line breaks anywhere: better than running over the edge.
        tokens.extend(_cut(letters, token, width))
    chunks: list[_Chunk] = []
    held: list[str] = []
    for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
        clings = token[0] in NO_START or (token.isspace() and after[:1] in NO_START and after)  # 86.67 %
        if held and not (clings or held[-1][-1] in NO_END):
            chunks.extend(_fitting(letters, "".join(held), width))
            held = []
        held.append(token)
    if held:
        chunks.extend(_fitting(letters, "".join(held), width))
    return chunks


def _cut(letters: Letters, token: str, width: float) -> list[str]:
    """The token, or what is left of it in a narrow column: a range after its dash, a long word anywhere."""
    if len(token) == 1 or letters.width(token) <= width:
        return [token]
    parts = [part for part in re.split(r"(?<=[—–～/\-])", token) if part]
    return [piece for part in parts for piece in (part if letters.width(part) > width else (part,))]


def _fitting(letters: Letters, text: str, width: float) -> list[_Chunk]:
    """`text` as one chunk, or as single characters when it alone is wider than the line (a row of ……)."""
    chunk = _chunk(letters, text)
    if chunk.width - chunk.squeeze <= width or len(text) == 1:
        return [chunk]
    return [_chunk(letters, char) for char in text]


def _chunk(letters: Letters, text: str) -> _Chunk:
    widths = letters.widths
    return _Chunk(text, letters.width(text), sum(SQUEEZE for c in text if c in HALF_MARKS and widths[c] >= EM))


def _fill(chunks: Sequence[_Chunk], start: int, width: float) -> tuple[int, bool]:
    """The chunk after the last one of the line, and whether marks must be squeezed for it."""
    taken = squeeze = 0.0
    end = start
    while end < len(chunks):
        chunk = chunks[end]
        if taken + chunk.width > width and not (chunk.text == " " and taken <= width):
            break
        taken += chunk.width
        squeeze += chunk.squeeze
        end += 1
    if end == len(chunks):
        return end, False
    if end == start:  # one chunk that fits only when squeezed
        return start + 1, True
    following = chunks[end]
    excess = taken + following.width - width
    at_end = SQUEEZE if following.text[-1] in HALF_MARKS - NO_END and following.squeeze else 0.0
    room = (squeeze + following.squeeze - at_end) * SQUEEZE_SHARE + at_end
    left_over = width - taken
    if left_over >= SQUEEZE and excess <= room:
        return end + 1, True
    return end, False


def _set(letters: Letters, text: str, width: float, indent: float, is_full: bool) -> Line:
    """The line with its space shared out, so that it ends exactly at the edge when `is_full`."""
    widths = letters.widths
    natural = letters.width(text)
    if not is_full or not text or abs(width - natural) < 0.5:
        return Line(text, None, natural, indent)
    advances = [widths[char] for char in text]
    excess = natural - width
    if excess > 0:
        _squeeze(text, advances, excess)
    else:
        gaps = [i for i, (left, right) in enumerate(pairwise(text)) if may_stretch(left, right)]
        if not gaps:
            return Line(text, None, natural, indent)
        share = -excess / len(gaps)
        for i in gaps:
            advances[i] += share
    return Line(text, tuple(advances), sum(advances), indent)


def _squeeze(text: str, advances: list[float], excess: float) -> None:
    """Takes `excess` from the marks: first from the one at the end of the line, then evenly from the others."""
    marks = [i for i, char in enumerate(text) if char in HALF_MARKS and advances[i] >= EM]
    if marks and marks[-1] == len(text) - 1:
        last = marks.pop()
        given = min(SQUEEZE, excess)
        advances[last] -= given
        excess -= given
    if marks and excess > 0:
        for i in marks:
            advances[i] -= excess / len(marks)


def may_stretch(left: str, right: str) -> bool:
    """Between two characters of which one is Chinese; dashes and dots that belong together stay together."""
    if left == right and left in "—…":
        return False
    return _is_wide(left) or _is_wide(right)


def _is_wide(char: str) -> bool:
    return ord(char) >= 0x2E80 or char in "“”‘’—…"


def spread_words(words: Sequence[str], letters: Letters, width: float) -> tuple[str, ...]:
    """`words` on as few lines as they need, none broken, the lines as even as can be and the longer ones on top."""
    widths = [letters.width(word) for word in words]
    total = sum(widths)
    for count in range(1, len(words) + 1):
        best = _best_spread(widths, count, width, total / count)
        if best is not None:
            return tuple("".join(words[a:b]) for a, b in best)
    return tuple(line.text for line in break_lines(letters, "".join(words), width, is_justified=False))


def _best_spread(widths: Sequence[float], count: int, width: float, mean: float) -> list[tuple[int, int]] | None:
    best: tuple[float, list[tuple[int, int]]] | None = None
    for cuts in combinations(range(1, len(widths)), count - 1):
        spans = list(pairwise((0, *cuts, len(widths))))
        lines = [sum(widths[a:b]) for a, b in spans]
        if max(lines) <= width:
            rising = sum(max(0.0, lower - upper) for upper, lower in pairwise(lines))
            cost = sum((line - mean) ** 2 for line in lines) + 4 * rising * rising
            if best is None or cost < best[0]:
                best = (cost, spans)
    return best[1] if best else None
