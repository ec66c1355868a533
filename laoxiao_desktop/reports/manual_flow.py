"""Chapters of the manual on pages: headings, paragraphs, items, tables and pictures, one below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from PIL import Image

from laoxiao_desktop.models.manual import Block, Chapter, Manual, Span, Spans, plain
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.mixed import MixedText
from laoxiao_desktop.reports.page import MM, PAPER_HEIGHT, PAPER_WIDTH, Jump, Paper, Sheet
from laoxiao_desktop.reports.paragraph import break_lines, clean
from laoxiao_desktop.reports.table import Column, Row, Style, Table

LEFT, RIGHT = 26 * MM, PAPER_WIDTH - 26 * MM
TOP, BOTTOM = 30 * MM, 34 * MM
WIDTH, HIGH = RIGHT - LEFT, PAPER_HEIGHT - TOP - BOTTOM
SIZE, LEADING, AFTER = 11.0, 19.0, 5.0
TABLE: Final = Style(size=9.5, leading=14.0, pad_x=5.0, pad_y=4.0)
_HEAD: Final = {1: (19.0, 26.0, 12.0), 2: (13.0, 20.0, 6.0), 3: (11.5, 18.0, 4.0)}  # size, height, space below
_MARK = 20.0  # room of the mark before an item
_START = 0.42  # a chapter begins on a page only when so much of it is free
_PICTURE = 0.92  # of the width
_CAPTION = 9.0
_SHORT = 12.0  # characters of the longest cell of a column that is not broken
_LONG = 34.0  # a longer cell counts as this
_WHOLE: Final = WIDTH / TABLE.size  # characters that stand beside one another in a table
MOST_SECTIONS: Final = 10  # a chapter with more of them has them in the outline, not in the contents


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chapter or a section stands: its page, and its line of the outline."""

    title: str
    page: int
    bookmark: int


def sections_of(chapter: Chapter) -> tuple[str, ...]:
    """The headings of a chapter that stand in the contents."""
    found = tuple(block.text for block in chapter.blocks if block.kind == "heading" and block.number == 2)
    return found if len(found) <= MOST_SECTIONS else ()


class ManualFlow:
    """Fills pages; `places` lists chapters and sections in their order, `starts` the first page of each chapter."""

    def __init__(self, paper: Paper, manual: Manual, known: Mapping[str, int]) -> None:
        self._paper, self._manual, self._known = paper, manual, known
        self._sheet: Sheet | None = None
        self._y = 0.0
        self._title = ""
        self._jumps: list[tuple[Sheet, float, float, float, str]] = []  # links whose chapter may come later
        self._pictures = 0
        self._waiting: list[Block] = []  # pictures that go to the head of the next page, while the text goes on
        self._has_sections = True
        self.places: list[Place] = []
        self.starts: dict[str, int] = {}
        self._marks: dict[str, int] = {}

    def chapter(self, chapter: Chapter) -> None:
        """Put a chapter on its pages."""
        wants = 60 + sum(self._least(block) for block in chapter.blocks[:2])
        if self._sheet is None or self._room < max(wants, HIGH * _START) or self._is_new_part(chapter):
            self._title = chapter.title
            self._new_page()
        else:
            self._y -= 24
            self._title = chapter.title
        self._has_sections = bool(sections_of(chapter))
        self._heading(Block("heading", (Span(chapter.title),), 1))
        self.starts[chapter.key] = self.places[-1].page
        self._marks[chapter.key] = self.places[-1].bookmark
        for number, block in enumerate(chapter.blocks):
            self._block(block, chapter.blocks[number + 1 : number + 2])
        if self._waiting:
            self._new_page()
        if chapter is self._manual.chapters[-1]:
            self._join()

    def _is_new_part(self, chapter: Chapter) -> bool:
        at = self._manual.chapters.index(chapter)
        return self._manual.chapters[at - 1].part != chapter.part

    @property
    def _room(self) -> float:
        return self._y - BOTTOM

    def _block(self, block: Block, following: Sequence[Block]) -> None:
        match block.kind:
            case "heading":
                self._need(_HEAD[block.number][1] + 10 + sum(self._least(one) for one in following))
                self._heading(block)
            case "paragraph":
                self._text(block.spans)
            case "bullet" | "number":
                self._text(block.spans, mark="•" if block.kind == "bullet" else f"{block.number}.")
            case "table":
                self._table(block)
            case "picture":
                if self._room < self._measure(block)[1] + 30:
                    self._waiting.append(block)
                else:
                    self._picture(block)

    def _least(self, block: Block) -> float:
        """The height a block begins with: what a heading above it must be able to take along."""
        return 3 * LEADING if block.kind != "table" else 6 * LEADING

    def _need(self, height: float) -> None:
        if self._room < height:
            self._new_page()

    def _new_page(self) -> None:
        sheet = self._sheet = self._paper.add()
        self._y = PAPER_HEIGHT - TOP
        y = PAPER_HEIGHT - TOP + 22
        sheet.text("kai", 9, LEFT, y, f"{self._manual.title}使用手册")
        sheet.aligned("kai", 9, LEFT, RIGHT, y, self._title, "right")
        sheet.operators.append("0.6 G")
        sheet.rules([(LEFT, y - 5, RIGHT, y - 5)], 0.4)
        sheet.operators.append("0 G")
        waiting, self._waiting = self._waiting, []
        for block in waiting:
            self._picture(block)

    @property
    def _page(self) -> Sheet:
        if self._sheet is None:
            self._new_page()
        assert self._sheet is not None  # noqa: S101 - made by _new_page
        return self._sheet

    def _heading(self, block: Block) -> None:
        size, height, below = _HEAD[block.number]
        if self._y < PAPER_HEIGHT - TOP:
            self._y -= 8
        self._y -= height
        self._page.text("hei", size, LEFT, self._y + (height - size) / 2, clean(block.text))
        if block.number <= 2:
            mark = self._paper.mark(block.text, block.number - 1, self._y + height + 6)
            if block.number == 1 or self._has_sections:
                self.places.append(Place(block.text, len(self._paper.sheets), mark))
        self._y -= below

    def _text(self, spans: Spans, mark: str = "") -> None:
        indent = _MARK if mark else 0.0
        text = MixedText(self._paper.book, self._referring(spans), (WIDTH - indent) / SIZE * EM)
        count = len(text.lines)
        for number in range(count):
            # neither the first nor the last line of several stands alone
            together = 2 if number in (0, count - 2) and count > 1 else 1
            self._need(together * LEADING)
            self._y -= LEADING
            y = self._y + (LEADING - SIZE) / 2 + 1
            sheet = self._page
            if mark and number == 0:
                sheet.text("song", SIZE, LEFT + (6 if mark == "•" else 2), y, mark)
            for span, start, end in text.draw(sheet, number, SIZE, LEFT + indent, y):
                key = span.target.removesuffix(".md")
                self._jumps.append((sheet, start, y, end - start, key))
        self._y -= AFTER if not mark else 2.0

    def _referring(self, spans: Spans) -> list[Span]:
        """Links to a chapter tell its page; links to what only the window can do are plain words."""
        found: list[Span] = []
        for span in spans:
            if found and found[-1].text.endswith("页）"):
                span = replace(span, text=span.text.removeprefix(" "))
            if span.kind == "link" and not span.target.endswith(".md"):
                found.append(Span(span.text, "bold"))
                continue
            found.append(span)
            if span.kind == "link" and span.target.removesuffix(".md") != "contents":
                page = self._known.get(span.target.removesuffix(".md"), 10)
                found.append(replace(span, text=f"（第{page}页）"))
        return found

    def _table(self, block: Block) -> None:
        rows = [[plain(tuple(self._referring(cell))) for cell in row] for row in block.rows]
        columns = _columns(rows)
        table = Table(self._paper.book, columns, [Row(row) for row in rows[1:]], WIDTH, TABLE)
        first = table.rows[0].height if table.rows else 0.0
        self._need(table.head.height + first + LEADING)
        for number, page in enumerate(table.pages(self._room, HIGH)):
            if number:
                self._new_page()
            self._y = table.draw(self._page, LEFT, self._y, page)
        self._y -= 10

    def _measure(self, block: Block) -> tuple[float, float]:
        with Image.open(BytesIO(self._manual.pictures[PurePosixPath(block.target).name])) as picture:
            wide, tall = picture.size
        width = WIDTH * _PICTURE
        return width, width * tall / wide

    def _picture(self, block: Block) -> None:
        width, height = self._measure(block)
        self._need(height + 30)
        x = LEFT + (WIDTH - width) / 2
        self._y -= height + 4
        content = self._manual.pictures[PurePosixPath(block.target).name]
        self._page.picture(content, x, self._y, width, height)
        self._page.operators.append("0.7 G")
        self._page.frame(x - 0.5, self._y - 0.5, width + 1, height + 1, 0.6)
        self._page.operators.append("0 G")
        self._pictures += 1
        self._y -= 15
        caption = f"图 {self._pictures}　{clean(block.text)}"
        letters = self._paper.book.letters("kai")
        for line in break_lines(letters, caption, width / _CAPTION * EM, is_justified=False):
            self._page.aligned("kai", _CAPTION, LEFT, RIGHT, self._y + 1, line.text, "center")
            self._y -= 13
        self._y -= 3

    def _join(self) -> None:
        """Make the links of the text lead to their chapters."""
        for sheet, x, y, width, key in self._jumps:
            if key in self._marks:
                sheet.jumps.append(Jump(x, y - 3, width, SIZE + 4, self._marks[key]))


def _columns(rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns of a table; what is short stands in the middle and whole."""
    return [
        Column(head, share, "center" if _longest(rows, at) <= _SHORT else "left")
        for at, (head, share) in enumerate(zip(rows[0], _shares(rows), strict=True))
    ]


def _longest(rows: Sequence[Sequence[str]], at: int) -> float:
    return max(_wide(row[at]) for row in rows)


def _shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """Short columns get what they need, the others share what is left by their longest cell."""
    longest = [_longest(rows, at) for at in range(len(rows[0]))]
    long = sum(min(_LONG, size) for size in longest if size > _SHORT)
    left = _WHOLE - sum(size for size in longest if size <= _SHORT)
    if long == 0:
        return longest
    return [size if size <= _SHORT else left * min(_LONG, size) / long for size in longest]


def _wide(text: str) -> float:
    """About how many characters wide with the edges of the cell; Latin ones are a little more than half."""
    return sum(0.58 if char.isascii() else 1.0 for char in text) + 1.3
