"""Official text on the grid of GB/T 9704: title, levels, paragraphs, small tables, annex note and signature, on pages.

Everything stands on the 22 lines of the page. A heading stays with the two lines after it; no page begins or ends with a
single line of a paragraph; the signature takes two lines of text with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.font_files import Role
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.page import (
    BODY_WIDTH,
    CHARACTERS,
    LEADING,
    LEFT,
    LINES,
    PAPER_HEIGHT,
    SIZE,
    TITLE_SIZE,
    TOP,
    Paper,
    Sheet,
)
from laoxiao_desktop.reports.paragraph import Line, break_lines, clean, spread_words
from laoxiao_desktop.reports.table import Column, Row, Style, Table

WIDTH = CHARACTERS * EM
INDENT = 2 * EM
SMALL = Style(size=10.5, leading=14.0, pad_x=4.0, pad_y=3.2)
FORM = Style(size=12.0, leading=16.0, pad_x=6.0, pad_y=8.0)  # to be written in by hand


@dataclass(frozen=True, slots=True)
class SetText:
    """Lines of one role and size that stand on the grid, `x` from the left edge of the type area."""

    lines: tuple[Line, ...]
    role: Role
    size: float = SIZE
    mark: str = ""  # outline line
    level: int = 0
    is_kept_with_next: bool = False
    is_whole: bool = False  # never divided over two pages


class Flow:
    """Fills pages line by line."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._book: FontBook = paper.book
        self._sheet: Sheet | None = None
        self._used = LINES
        self._waiting: list[SetText] = []
        self._held: list[SetText] = []  # the paragraph before, which may have to go along with a short last one

    # What a text is made of

    def title(self, words: Sequence[str], subtitle: str) -> None:
        """The title, centred, its words whole; what stands under it; a blank line."""
        width = BODY_WIDTH / TITLE_SIZE * EM
        letters = self._book.letters("title")
        lines = spread_words([clean(word) for word in words], letters, width)
        centred = tuple(_centred(line, letters.width(line), width) for line in lines)
        self._put(SetText(centred, "title", TITLE_SIZE, mark="".join(words), is_whole=True))
        if subtitle:
            kai = self._book.letters("kai")
            self._put(SetText((_centred(subtitle, kai.width(subtitle), WIDTH),), "kai", is_whole=True))
        self.blank()

    def blank(self, count: int = 1) -> None:
        """Empty lines, none at the head of a page."""
        self._flush()
        self._put_held()
        if self._used < LINES:
            self._used = min(LINES, self._used + count)

    def heading(self, level: int, text: str) -> None:
        """一、 in 黑 or （一） in 楷, on its own line, with what follows."""
        self._flush()
        role: Role = "hei" if level == 1 else "kai"
        lines = break_lines(self._book.letters(role), clean(text), WIDTH, indent=INDENT)
        self._waiting.append(SetText(lines, role, mark=text, level=level, is_kept_with_next=True))

    def paragraph(self, text: str, *, indent: float = INDENT) -> None:
        """A paragraph in 仿宋, both edges straight; a line break in the text begins a new one."""
        for part in text.split("\n"):
            if cleaned := clean(part):
                self._flush()
                lines = break_lines(self._book.letters("fang"), cleaned, WIDTH, indent=indent)
                self._waiting.append(SetText(lines, "fang"))

    def table(
        self, caption: str, columns: Sequence[Column], rows: Sequence[Row], *, after: int = 0, style: Style = SMALL
    ) -> None:
        """A small table with its caption over the full width; it goes on on the next page when it is longer.

        Its last rows stand on the page of the `after` lines that follow.
        """
        table = Table(self._book, columns, rows, BODY_WIDTH, style)
        self._flush_for(3 + ceil((table.head.height + sum(row.height for row in table.rows[:3])) / LEADING))
        letters = self._book.letters("hei")
        size = 12.0
        room = BODY_WIDTH / size * EM
        first = (LINES - self._used - 1) * LEADING
        below = (after + 1) * LEADING if after else 0.0
        for number, page in enumerate(table.pages(first, (LINES - 1) * LEADING, below)):
            if number:
                self._new_page()
            sheet = self._on_page()
            shown = caption if number == 0 else f"{caption}（续）"
            sheet.line(
                "hei", size, LEFT, self._baseline(self._used, 1) - 2, _centred(shown, letters.width(shown), room)
            )
            top = self._top(self._used + 1)
            bottom = table.draw(sheet, LEFT, top, page)
            self._used += 1 + ceil((top - bottom + 6) / LEADING)

    def close(self, annexes: Sequence[str], office: str, day: str) -> None:
        """附件 note, signature and date, kept with the last two lines of the text (GB/T 9704-2012, 7.3.4 and 7.3.5.2)."""
        note = self._annex_note(annexes)
        signature = self._signature(office, day)
        blanks = 1 + (2 if office else 1)
        needed = sum(len(text.lines) for text in (*note, *signature)) + (blanks if note else blanks - 1)
        last, self._waiting = self._waiting, []
        if self._held and last and sum(len(text.lines) for text in last) == 1:
            held, self._held = self._held, []
            self._put_all(held, reserve=needed + 1)
        self._put_held()
        if last:
            self._put_all(last, reserve=needed)
        elif self._used + needed > LINES:
            self._new_page()
        if note:
            self.blank()
            self._put_all(note)
        self.blank(2 if office else 1)
        self._put_all(signature)

    def _annex_note(self, annexes: Sequence[str]) -> list[SetText]:
        found: list[SetText] = []
        letters = self._book.letters("fang")
        for number, name in enumerate(annexes, 1):
            place = f"{number}." if len(annexes) > 1 else ""  # a single one bears no number (7.3.4)
            lead = f"附件：{place}" if number == 1 else place
            start = INDENT + (0 if number == 1 else letters.width("附件："))
            text = clean(f"{lead}{name}")
            lines = break_lines(letters, text, WIDTH, indent=start, hanging=start + letters.width(lead))
            found.append(SetText(lines, "fang", is_whole=True))
        return found

    def _signature(self, office: str, day: str) -> list[SetText]:
        """Without a seal: the office two characters in from the right, the date under it two characters further right."""
        letters = self._book.letters("fang")
        office = clean(office)
        day_width, office_width = letters.width(day), letters.width(office)
        room = WIDTH - INDENT
        if office and office_width < room:
            office_start = room - office_width
            day_start = office_start + INDENT
            if day_start + day_width > room:  # the date is the longer one: it keeps the two characters
                day_start = room - day_width
                office_start = min(office_start, day_start - INDENT)
            lines = [Line(office, None, office_width, office_start), Line(day, None, day_width, day_start)]
        else:
            lines = [*break_lines(letters, office, room, indent=INDENT)] if office else []
            lines.append(Line(day, None, day_width, room - day_width))
        return [SetText(tuple(lines), "fang", is_whole=True)]

    # Where it stands

    def finish(self) -> None:
        """Puts down what still waits for its page."""
        self._flush()
        self._put_held()

    def _flush(self) -> None:
        """Holds the paragraph that waits with its headings, and puts down the one before; headings alone wait on."""
        if self._waiting and not self._waiting[-1].is_kept_with_next:
            self._put_held()
            self._held, self._waiting = self._waiting, []

    def _put_held(self) -> None:
        if self._held:
            group, self._held = self._held, []
            self._put_all(group)

    def _flush_for(self, lines: int) -> None:
        """Puts down all that waits, headings with at least `lines` of what comes next."""
        self._flush()
        self._put_held()
        waiting, self._waiting = self._waiting, []
        if self._used + sum(len(text.lines) for text in waiting) + lines > LINES:
            self._new_page()
        for text in waiting:
            self._put(text)

    def _put_all(self, group: Sequence[SetText], reserve: int = 0) -> None:
        """Headings with their paragraph; `reserve` lines must still fit after it on its last page."""
        *headings, text = group
        room = LINES - self._used - sum(len(one.lines) for one in headings)
        if self._used < LINES and (room <= 0 or self._count(len(text.lines), room, reserve, text.is_whole) == 0):
            self._new_page()
        for one in headings:
            self._put(one)
        self._put(text, reserve)

    def _put(self, text: SetText, reserve: int = 0) -> None:
        lines = list(text.lines)
        if text.mark and self._used >= LINES:
            self._new_page()
        if text.mark:
            self._paper.mark(clean(text.mark), text.level)
        while lines:
            if self._used >= LINES:
                self._new_page()
            count = self._count(len(lines), LINES - self._used, reserve, text.is_whole)
            if count == 0:
                self._new_page()
                continue
            sheet = self._on_page()
            for line in lines[:count]:
                sheet.line(text.role, text.size, LEFT, self._baseline(self._used, text.size / SIZE), line)
                self._used += 1
            del lines[:count]
            if lines:
                self._new_page()

    def _count(self, lines: int, room: int, reserve: int, is_whole: bool) -> int:
        """How many of the lines go on this page; 0 sends them all to the next."""
        is_fresh = room == LINES
        if lines + reserve <= room:
            return lines
        if is_whole and lines <= LINES:
            return lines if is_fresh or lines <= room else 0
        if reserve and lines <= room:  # the text fits, but not with what must follow: two lines go along
            count = lines - 2
            return count if count >= 2 else (0 if not is_fresh else lines)
        count = min(room, lines)
        if lines - count == 1:
            count -= 1
        if count < min(2, lines):
            return 0 if not is_fresh else max(count, 1)
        return count

    def _new_page(self) -> None:
        self._sheet = self._paper.add()
        self._used = 0

    def _on_page(self) -> Sheet:
        if self._sheet is None or self._used >= LINES:
            self._new_page()
        assert self._sheet is not None  # noqa: S101 - made by _new_page
        return self._sheet

    def _top(self, line: int) -> float:
        return PAPER_HEIGHT - TOP - line * LEADING

    def _baseline(self, line: int, scale: float) -> float:
        size = SIZE * scale
        return self._top(line + 1) + (LEADING - size) / 2 + size * 0.12


def annex_mark(number: int, count: int) -> str:
    """附件1, or 附件 where there is only one (7.3.4)."""
    return f"附件{number}" if count > 1 else "附件"


def _centred(text: str, text_width: float, width: float) -> Line:
    return Line(text, None, text_width, max(0.0, (width - text_width) / 2))
