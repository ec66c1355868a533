"""The manual as values: its chapters in order, and the Markdown of a page taken apart into blocks and spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

SpanKind = Literal["plain", "bold", "code", "key", "link"]
BlockKind = Literal["heading", "paragraph", "bullet", "number", "table", "picture"]

# A key as it is written: Ctrl+Shift+Enter, Alt+←, F4, Esc. A single letter is one only where it stands bold.
KEY: Final = (
    r"(?:(?:Ctrl|Alt|Shift)\+)+(?:F\d{1,2}|Enter|Backspace|Delete|Tab|PgUp|PgDn|滚轮|空格|[A-Z0-9]|[←→↑↓]|[-+])"
    r"|(?<![A-Za-z+])(?:F\d{1,2}|Esc|Enter|Tab|Delete)(?![A-Za-z])"
)
_INLINE: Final = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|`(?P<code>[^`]+)`|\[(?P<words>[^\]]+)\]\((?P<target>[^)]+)\)")
_KEYS: Final = re.compile(KEY)
_LETTER: Final = re.compile(r"[A-Z]|[←→↑↓](?: [←→↑↓])?")
_PICTURE: Final = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)$")
_NUMBERED: Final = re.compile(r"(\d+)\. (.*)")
_AFTER_MARK: Final = re.compile(r"(?<=[，。；：、！？）”])(\*\*)? (?=\S)")  # no space beside a mark of full width
_RULE: Final = re.compile(r"\|[\s|:-]+\|$")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one kind; `target` is where a link leads: a page (`projects.md`) or something the window does."""

    text: str
    kind: SpanKind = "plain"
    target: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `number` is the level of a heading or the number of an item; `rows` of a table begin with its head;
    `target` is the file of a picture, whose spans are its caption."""

    kind: BlockKind
    spans: Spans = ()
    number: int = 0
    rows: tuple[tuple[Spans, ...], ...] = ()
    target: str = ""

    @property
    def text(self) -> str:
        """The words without their marks."""
        return plain(self.spans)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the manual: its key, its title, and the part of the contents it stands in."""

    key: str
    title: str
    part: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """All chapters in the order of the contents, their pictures by file name, and the program they belong to."""

    title: str
    version: str
    chapters: tuple[Chapter, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def plain(spans: Spans) -> str:
    """The words of some spans."""
    return "".join(span.text for span in spans)


def spans_of(text: str) -> Spans:
    """A line of Markdown as spans; keys are told apart wherever they stand."""
    found: list[Span] = []
    at = 0
    text = _AFTER_MARK.sub(r"\1", text)
    for match in _INLINE.finditer(text):
        found += _with_keys(text[at : match.start()], "plain")
        at = match.end()
        if match["bold"] is not None:
            bold = match["bold"]
            found += [Span(bold, "key")] if _LETTER.fullmatch(bold) else _with_keys(bold, "bold")
        elif match["code"] is not None:
            found.append(Span(match["code"], "code"))
        else:
            found.append(Span(match["words"], "link", match["target"]))
    return (*found, *_with_keys(text[at:], "plain"))


def _with_keys(text: str, kind: SpanKind) -> list[Span]:
    found: list[Span] = []
    at = 0
    for match in _KEYS.finditer(text):
        found += [Span(text[at : match.start()], kind), Span(match[0], "key")]
        at = match.end()
    return [span for span in (*found, Span(text[at:], kind)) if span.text]


def blocks_of(text: str) -> tuple[Block, ...]:
    """A page of Markdown as blocks: headings, paragraphs, items, tables, pictures; nothing else is written in a page."""
    return tuple(_blocks(text.splitlines()))


def _blocks(lines: list[str]) -> Iterator[Block]:
    waiting: list[str] = []  # the lines of a paragraph
    rows: list[str] = []  # of a table
    for line in [*lines, ""]:
        block = _block(line)
        if waiting and (block is not None or not line or line.startswith("|")):
            yield Block("paragraph", spans_of(joined(waiting)))
            waiting = []
        if rows and not line.startswith("|"):
            yield _table(rows)
            rows = []
        if block is not None:
            yield block
        elif line.startswith("|"):
            rows.append(line)
        elif line:
            waiting.append(line)


def _block(line: str) -> Block | None:
    """A block that is one line; None for a line of a paragraph or a table."""
    if line.startswith("#"):
        marks, _, words = line.partition(" ")
        return Block("heading", spans_of(words), len(marks))
    if line.startswith("- "):
        return Block("bullet", spans_of(line[2:]))
    if match := _NUMBERED.fullmatch(line):
        return Block("number", spans_of(match[2]), int(match[1]))
    if match := _PICTURE.fullmatch(line):
        return Block("picture", (Span(match[1]),), target=match[2])
    return None


def joined(lines: list[str]) -> str:
    """Lines of one paragraph; between Chinese characters nothing stands, elsewhere a space."""
    whole = ""
    for line in lines:
        is_latin = bool(whole) and whole[-1].isascii() and line[:1].isascii()
        whole += (" " if is_latin else "") + line
    return whole


def _table(lines: list[str]) -> Block:
    rows = [line for line in lines if not _RULE.fullmatch(line)]
    cells = (tuple(spans_of(cell.strip()) for cell in row.strip("|").split("|")) for row in rows)
    return Block("table", rows=tuple(cells))
