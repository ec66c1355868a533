"""The manual as a book: cover, contents with page numbers, chapters with their pictures; made from the pages of F1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from laoxiao_desktop.models.manual import Manual
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.font_files import FontChoice, fonts_of_this_machine
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.manual_flow import HIGH, LEFT, RIGHT, TOP, ManualFlow, Place, sections_of
from laoxiao_desktop.reports.page import PAPER_HEIGHT, PAPER_WIDTH, Heading, Jump, Paper, Sheet
from laoxiao_desktop.reports.printing import Printed

NAME: Final = "使用手册"
CONTENTS: Final = "目录"
NOTE: Final = "与程序里按 F1 看到的手册相同。"
_MOST_PASSES: Final = 4  # page numbers in the text move the text; it comes to rest after two
_PART, _CHAPTER, _SECTION = 23.0, 18.5, 15.0  # heights of the lines of the contents


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the contents: a part (no place), a chapter, or a section."""

    title: str
    level: int
    place: Place | None = None


def pages_of(manual: Manual, fonts: FontChoice | None = None) -> Printed:
    """The file of the manual; the same manual gives the same bytes."""
    choice = fonts or fonts_of_this_machine()
    known: Mapping[str, int] = {}
    for _ in range(_MOST_PASSES):
        paper, now = _set(manual, choice, known)
        if now == known:
            break
        known = now
    content = paper.finish(Heading(f"{manual.title}{NAME}", "", NAME))
    return Printed(content, len(paper.sheets), tuple(sorted(paper.book.missing)))


def _set(manual: Manual, choice: FontChoice, known: Mapping[str, int]) -> tuple[Paper, dict[str, int]]:
    """All pages, where references say the page numbers `known` from the pass before; gives where chapters begin now."""
    paper = Paper(FontBook(choice))
    _cover(paper, manual)
    blank = [Place(CONTENTS, 0, 0)]
    sheets = [paper.add() for _ in range(_sheets_of(_entries(manual, blank * 1000)))]
    paper.bookmarks.clear()
    flow = ManualFlow(paper, manual, known)
    for chapter in manual.chapters:
        flow.chapter(chapter)
    _contents(sheets, _entries(manual, flow.places), paper.book)
    return paper, flow.starts


def _entries(manual: Manual, places: Sequence[Place]) -> list[_Entry]:
    """Parts, chapters and sections in their order, with the places of the last two."""
    found: list[_Entry] = []
    left = iter(places)
    for part, chapters in groupby(manual.chapters, key=lambda chapter: chapter.part):
        found.append(_Entry(part, 0))
        for chapter in chapters:
            found.append(_Entry(chapter.title, 1, next(left)))
            found += [_Entry(title, 2, next(left)) for title in sections_of(chapter)]
    return found


def _heights(entries: Sequence[_Entry]) -> list[float]:
    return [(_PART, _CHAPTER, _SECTION)[entry.level] for entry in entries]


def _sheets_of(entries: Sequence[_Entry]) -> int:
    return len(_shared(entries))


def _shared(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """The lines of each page of the contents; a part stays with its first chapter."""
    room = HIGH - 56
    pages: list[list[_Entry]] = [[]]
    used = 0.0
    for entry, height in zip(entries, _heights(entries), strict=True):
        wants = height + (_CHAPTER if entry.level == 0 else 0)
        if used + wants > room:
            pages.append([])
            used = 0.0
        pages[-1].append(entry)
        used += height
    return pages


def _contents(sheets: Sequence[Sheet], entries: Sequence[_Entry], book: FontBook) -> None:
    for number, (sheet, page) in enumerate(zip(sheets, _shared(entries), strict=True)):
        y = PAPER_HEIGHT - TOP - 22
        title = CONTENTS if number == 0 else f"{CONTENTS}（续）"
        sheet.aligned("title", 20, LEFT, RIGHT, y, title, "center")
        y -= 34
        for entry, height in zip(page, _heights(page), strict=True):
            y -= height
            _entry(sheet, entry, y, book)


def _entry(sheet: Sheet, entry: _Entry, y: float, book: FontBook) -> None:
    size = (12.5, 11.0, 9.5)[entry.level]
    x = LEFT + (0, 14, 34)[entry.level]
    role = book.letters("hei" if entry.level == 0 else "song")
    sheet.text("hei" if entry.level == 0 else "song", size, x, y, entry.title)
    if entry.place is None:
        return
    page = str(entry.place.page)
    sheet.aligned("song", size, LEFT, RIGHT, y, page, "right")
    start = x + role.width(entry.title) * size / EM + 6
    end = RIGHT - book.letters("song").width(page) * size / EM - 6
    first = start + (-start % 5)  # the dots of all lines stand under one another
    dots = [(at, y + size * 0.28, at + 0.9, y + size * 0.28) for at in _steps(first, end, 5)]
    if dots:
        sheet.operators.append("0.55 G")
        sheet.rules(dots, 0.9)
        sheet.operators.append("0 G")
    sheet.jumps.append(Jump(x, y - 3, RIGHT - x, size + 4, entry.place.bookmark))


def _steps(first: float, end: float, step: float) -> list[float]:
    return [first + step * number for number in range(max(0, int((end - first) // step)))]


def _cover(paper: Paper, manual: Manual) -> None:
    sheet = paper.add()
    sheet.has_foot = False
    y = PAPER_HEIGHT * 0.66
    sheet.aligned("title", 30, LEFT, RIGHT, y, manual.title, "center")
    sheet.aligned("kai", 22, LEFT, RIGHT, y - 48, NAME, "center")
    middle = PAPER_WIDTH / 2
    sheet.rules([(middle - 60, y - 74, middle + 60, y - 74)], 0.8)
    sheet.aligned("song", 12, LEFT, RIGHT, 150, f"版本 {manual.version}", "center")
    sheet.aligned("song", 10.5, LEFT, RIGHT, 128, NOTE, "center")
