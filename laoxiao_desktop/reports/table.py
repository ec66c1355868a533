"""A table on paper: cells broken by the same rules as paragraphs, rows put on pages, drawn with rules and text only.

Work grows with the number of cells: each text is measured once, each page drawn on its own. Group rows carry a label over
several columns and their own sums. A row taller than a page goes on on the next; the last page never holds a single row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal

from laoxiao_desktop.reports import widths
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.font_files import Role
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.page import Align, Sheet
from laoxiao_desktop.reports.paragraph import Line, break_lines, clean
from laoxiao_desktop.reports.widths import Need

Kind = Literal["plain", "group", "total"]
FIRST_LEVEL = re.compile("[一二三四五六七八九十]+、")  # how the label of an outer group begins

RULE, FRAME = 0.5, 1.0
GREY = 0.93
_LEAST_TEXT = 6  # characters that a text column keeps, where it has as many
_LEAST_ROOT = 0.8  # … times the root of its longest text, which is then no narrow tower
_LEAST_SHARE = 0.45  # … and so much of the width that it was meant to have
_HARDEST = 2  # characters that it keeps where nothing else helps
_WHOLE_LABEL = 8  # a centred cell of so many characters is not broken
_AIR = 6.0  # points that figures would like to have beside them
_SMALLER, _SMALLEST = 0.5, 6.0  # sizes are tried in such steps, down to this
_EMPTY = 0.4  # of a page: a gap that is filled with the beginning of a tall row
_LEAST_SPLIT = 4  # a tall row is begun on a page only when so many of its lines fit


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head (lines divided by a line break), its share of the width, and how its cells stand."""

    head: str
    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of plain text. A group or total row writes its first cell over the first `span` columns."""

    cells: Sequence[str]
    kind: Kind = "plain"
    span: int = 1


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes of a table, in points."""

    size: float = 9.0
    leading: float = 11.5
    pad_x: float = 2.0
    pad_y: float = 3.0
    body: Role = "song"
    head: Role = "hei"


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell broken into lines, with the columns it covers."""

    lines: tuple[Line, ...]
    first: int
    last: int
    role: Role


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row ready to be drawn; it clings to the next one when `is_kept_with_next`."""

    cells: tuple[SetCell, ...]
    height: float
    count: int  # lines of its tallest cell
    kind: Kind
    is_repeat: bool = False  # the label of a group that goes on on the next page

    @property
    def is_kept_with_next(self) -> bool:
        """A group label never stands alone at the foot of a page."""
        return self.kind != "plain" and not self.is_repeat


class Table:
    """Columns and rows measured for one width."""

    def __init__(
        self, book: FontBook, columns: Sequence[Column], rows: Iterable[Row], width: float, style: Style
    ) -> None:
        self._book = book
        self._columns = tuple(columns)
        self._roles: tuple[Role, Role] = (style.body, style.head)
        self._natural: dict[tuple[str, Role], Line] = {}
        rows = list(rows)
        taken = [self._measured(number, rows) for number in range(len(self._columns))]
        self._style = style
        needs = self._needs(taken, width)
        while widths.whole(needs) > width and self._style.size - _SMALLER >= _SMALLEST:
            self._style = _smaller(self._style)
            needs = self._needs(taken, width)
        self.edges = [0.0]
        for column_width in widths.spread(needs, width):
            self.edges.append(self.edges[-1] + column_width)
        self._known: dict[tuple[str, int, int, Role], tuple[Line, ...]] = {}
        self.head = self._set_head()
        self.rows = [self._set(row) for row in rows]

    @property
    def size(self) -> float:
        """The size of its letters: smaller than asked for where the figures need the room."""
        return self._style.size

    def _measured(self, number: int, rows: Sequence[Row]) -> tuple[float, float]:
        """The longest cell of a column on one line, and how long its cells are in the mean."""
        longest = whole = 0.0
        count = 0
        for row in rows:
            is_plain = row.kind == "plain"
            if not is_plain and row.span > 1 and number < row.span:
                continue  # a label over several columns
            count += is_plain
            if text := row.cells[number]:
                length = self._line(text, self._roles[not is_plain]).width
                longest = max(longest, length)
                whole += length if is_plain else 0.0
        return longest, whole / count if count else 0.0

    def _needs(self, taken: Sequence[tuple[float, float]], width: float) -> list[Need]:
        """What each column needs at the size of now. Text columns divide their room by what they have to say."""
        style = self._style
        letters = self._book.letters(style.head)
        shares = sum(column.share for column in self._columns)
        texts = [number for number, column in enumerate(self._columns) if column.align == "left"]
        told = sum(taken[number][1] for number in texts)
        room = sum(self._columns[number].share for number in texts)
        needs = []
        for column, (longest, mean) in zip(self._columns, taken, strict=True):
            head = max(map(letters.width, column.head.split("\n"))) * style.size / EM
            body = kept = longest * style.size / EM
            if column.align == "center":
                kept = min(body, max(_WHOLE_LABEL * style.size, width * column.share / shares))
            elif column.align == "left":
                least = max(_LEAST_TEXT, _LEAST_ROOT * sqrt(longest / EM)) * style.size
                kept = min(body, max(least, _LEAST_SHARE * width * column.share / shares))
            share = room * max(mean / told, 0.01) if column.align == "left" and told else column.share
            around = 2 * style.pad_x + 0.1
            air = 0.0 if column.align == "left" else _AIR
            hard = (kept if column.align == "right" else min(kept, _HARDEST * style.size)) + around
            needs.append(Need(max(head, kept) + around, max(head, body) + around + air, share, hard))
        return needs

    def _line(self, text: str, role: Role) -> Line:
        """A text on one line, however long."""
        line = self._natural.get((text, role))
        if line is None:
            cleaned = clean(text)
            line = self._natural[text, role] = Line(cleaned, None, self._book.letters(role).width(cleaned))
        return line

    @property
    def width(self) -> float:
        """Of all columns together."""
        return self.edges[-1]

    def _broken(self, text: str, first: int, last: int, role: Role) -> tuple[Line, ...]:
        key = (text, first, last, role)
        lines = self._known.get(key)
        if lines is None:
            room = self.edges[last + 1] - self.edges[first] - 2 * self._style.pad_x
            width = room / self._style.size * EM
            line = self._line(text, role)
            lines = (
                (line,)
                if line.width <= width
                else break_lines(self._book.letters(role), line.text, width, is_justified=False)
            )
            self._known[key] = lines
        return lines

    def _set_head(self) -> SetRow:
        role = self._style.head
        cells = []
        for number, column in enumerate(self._columns):
            lines = tuple(line for part in column.head.split("\n") for line in self._broken(part, number, number, role))
            cells.append(SetCell(lines, number, number, role))
        return self._row(tuple(cells), "total")

    def _set(self, row: Row) -> SetRow:
        is_plain = row.kind == "plain"
        role: Role = self._style.body if is_plain else self._style.head
        cells = []
        for number, text in enumerate(row.cells):
            if number == 0 and row.span > 1:
                cells.append(SetCell(self._broken(text, 0, row.span - 1, role), 0, row.span - 1, role))
            elif number == 0 or number >= row.span:
                cells.append(SetCell(self._broken(text, number, number, role) if text else (), number, number, role))
        return self._row(tuple(cells), row.kind)

    def _row(self, cells: tuple[SetCell, ...], kind: Kind) -> SetRow:
        count = max(1, *(len(cell.lines) for cell in cells))
        return SetRow(cells, self._height(count), count, kind)

    def _height(self, count: int) -> float:
        return count * self._style.leading + 2 * self._style.pad_y

    def pages(self, first_room: float, room: float, after: float = 0.0) -> list[list[SetRow]]:
        """The rows of each page; `first_room` and `room` are the heights there for head and rows.

        `after` is what must stand under the last row: at least two rows go on to a new page with it where it has no room.
        """
        pages: list[list[SetRow]] = [[]]
        left = first_room - self.head.height
        full = room - self.head.height
        groups: tuple[str, ...] = ()
        for row in self.rows:
            groups = _groups(groups, row)
            while row.height > left:
                if self._is_split(row, left, full):
                    start, row = self._split(row, self._lines_in(left))
                    pages[-1].append(start)
                elif not pages[-1] and left >= full:
                    break  # the page is lower than four lines: let the row run over rather than loop
                pages.append(_loose_end(pages[-1]))
                if not pages[-1] and row.kind == "plain" and groups:
                    label = self._goes_on(groups)
                    if not full - label.height < row.height <= full:  # else it would never find room
                        pages[-1].append(label)
                left = full - sum(kept.height for kept in pages[-1])
            pages[-1].append(row)
            left -= row.height
        pages = _without_single_row([page for page in pages if page], full)
        if pages and after:
            first = first_room - self.head.height
            used = sum(row.height for row in pages[-1])
            if used + after > (full if len(pages) > 1 else first):
                pages = _with_tail(pages)
        return pages

    def _is_split(self, row: SetRow, left: float, full: float) -> bool:
        """Whether a row is begun on a page with its rest on the next: one that no page holds, or a tall one that would
        leave much of the page empty."""
        lines = self._lines_in(left)
        if row.height > full:
            return lines >= _LEAST_SPLIT
        return left > full * _EMPTY and lines >= _LEAST_SPLIT and row.count - lines >= _LEAST_SPLIT

    def _goes_on(self, groups: Sequence[str]) -> SetRow:
        last = len(self._columns) - 1
        lines = self._broken(f"{'　'.join(groups)}（续）", 0, last, self._style.head)
        return replace(self._row((SetCell(lines, 0, last, self._style.head),), "group"), is_repeat=True)

    def _lines_in(self, height: float) -> int:
        return int((height - 2 * self._style.pad_y + 0.01) // self._style.leading)

    def _split(self, row: SetRow, count: int) -> tuple[SetRow, SetRow]:
        upper = tuple(SetCell(cell.lines[:count], cell.first, cell.last, cell.role) for cell in row.cells)
        lower = tuple(SetCell(cell.lines[count:], cell.first, cell.last, cell.role) for cell in row.cells)
        return self._row(upper, row.kind), self._row(lower, row.kind)

    def draw(self, sheet: Sheet, x: float, top: float, rows: Sequence[SetRow]) -> float:
        """Draws head and rows with their upper edge at `top`; gives the lower edge."""
        rules: list[tuple[float, float, float, float]] = []
        shades: list[tuple[float, float]] = []
        shown: list[str] = []
        right = x + self.width
        open_since = [top] * len(self.edges)
        y = top
        for row in (self.head, *rows):
            if row is self.head or row.kind == "total":
                shades.append((y - row.height, row.height))
            for cell in row.cells:
                if cell.lines:
                    self._show(shown, cell, x, y, row)
                for edge in range(cell.first + 1, cell.last + 1):  # rules stop where a cell covers several columns
                    if open_since[edge] > y:
                        rules.append((x + self.edges[edge], open_since[edge], x + self.edges[edge], y))
                    open_since[edge] = y - row.height
            y -= row.height
            rules.append((x, y, right, y))
        rules += [
            (x + edge, since, x + edge, y) for edge, since in zip(self.edges, open_since, strict=True) if since > y
        ]
        for low, height in shades:
            sheet.shade(x, low, self.width, height, GREY)
        sheet.rules(rules, RULE)
        sheet.rules([(x, top, right, top), (right, top, right, y), (right, y, x, y), (x, y, x, top)], FRAME)
        sheet.operators.append("BT\n" + "\n".join(shown) + "\nET")
        return y

    def _show(self, shown: list[str], cell: SetCell, x: float, top: float, row: SetRow) -> None:
        style = self._style
        letters = self._book.letters(cell.role)
        size = f"{style.size:g}"
        left = x + self.edges[cell.first] + style.pad_x
        room = self.edges[cell.last + 1] - self.edges[cell.first] - 2 * style.pad_x
        align: Align = self._align(cell, row)
        y = (
            top
            - (row.height - len(cell.lines) * style.leading) / 2
            - (style.leading - style.size) / 2
            - style.size * 0.86
        )
        for line in cell.lines:
            spare = room - line.width * style.size / EM
            start = left + (spare if align == "right" else spare / 2 if align == "center" else 0)
            shown.append(f"1 0 0 1 {start:.2f} {y:.2f} Tm {letters.show(line.text, size, line.advances)}")
            y -= style.leading

    def _align(self, cell: SetCell, row: SetRow) -> Align:
        if row is self.head:
            return "center"
        if cell.last > cell.first:
            return "center" if row.kind == "total" else "left"
        return self._columns[cell.first].align


def _groups(before: tuple[str, ...], row: SetRow) -> tuple[str, ...]:
    """The labels under which a row stands: 一、 and what stands below it."""
    if row.kind != "group":
        return before
    label = "".join(line.text for line in row.cells[0].lines)
    is_outer = FIRST_LEVEL.match(label) or not before or not FIRST_LEVEL.match(before[0])
    return (label,) if is_outer else (before[0], label)


def _smaller(style: Style) -> Style:
    """The next smaller size, everything with it."""
    size = style.size - _SMALLER
    part = size / style.size
    return replace(style, size=size, leading=style.leading * part, pad_x=max(1.2, style.pad_x * part))


def _loose_end(page: list[SetRow]) -> list[SetRow]:
    """Takes the group rows off the end of a page, for the next; a page of nothing else keeps them."""
    end = len(page)
    while end and page[end - 1].is_kept_with_next:
        end -= 1
    if end == 0:
        return []
    loose = page[end:]
    del page[end:]
    return loose


def _with_tail(pages: list[list[SetRow]]) -> list[list[SetRow]]:
    """The last two rows, with the labels over them, on a page of their own."""
    last = pages[-1]
    start = max(0, len(last) - 2)
    while start and last[start - 1].is_kept_with_next:
        start -= 1
    return [*pages[:-1], last[:start], last[start:]] if start else pages


def _without_single_row(pages: list[list[SetRow]], full: float) -> list[list[SetRow]]:
    """Moves rows to a last page that would hold one row only, as far as they fit there."""
    if len(pages) > 1 and sum(row.kind != "group" for row in pages[-1]) == 1:
        before, last = pages[-2], pages[-1]
        taken = 1
        while taken < len(before) and before[-taken - 1].is_kept_with_next:
            taken += 1
        moved = before[-taken:]
        if taken < len(before) and sum(row.height for row in (*moved, *last)) <= full:
            del before[-taken:]
            place = int(last[0].is_repeat)
            if place and moved[0].kind == "group":
                del last[0]  # its own label comes along
                place = 0
            last[place:place] = moved
    return pages
