"""横道图 on paper: A4 sheets that bind like the others, their heads repeated; or an A3 or A0 chart for the wall.

Plan, actual and expected are told by the form of the bar, never by colour alone. A row is as high as the name in it needs.
A0 is drawn as large as all rows allow, so that it is read from a distance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from laoxiao_desktop.models.dates import first_day, last_day
from laoxiao_desktop.models.gantt import Bar, show_slip
from laoxiao_desktop.models.report_gantt import Chart
from laoxiao_desktop.reports.card_drawings import circle, triangle
from laoxiao_desktop.reports.document import stamp
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.font_files import FontChoice
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.page import (
    MM,
    PAPER_WIDTH,
    SIDE,
    WIDE_HEIGHT,
    WIDE_LEFT,
    WIDE_TOP,
    WIDE_WIDTH,
    Paper,
    Sheet,
)
from laoxiao_desktop.reports.paragraph import break_lines, clean

WALLS = {"A3": (420 * MM, 297 * MM), "A0": (1189 * MM, 841 * MM)}
TITLE = 22.0
MONTHS = {"A4": 72, "A3": 120, "A0": 240}  # that one sheet shows at most
SCALES = (3.0, 2.8, 2.6, 2.4, 2.2, 2.0, 1.8, 1.6, 1.4, 1.3)  # of A0, the first that holds all rows
ROW, ROW_MOST, HEAD = 17.0, 24.0, 30.0
NO, SLIP = 20.0, 44.0
NAMES = {"A4": 186.0, "A3": 230.0, "A0": 230.0}
NAME, NAME_SMALL, NAME_LEADING = 8.5, 7.6, 8.8  # a name on one line, or on several small ones
GOES_ON = "（续）"
OVER, OVER_NEXT = 62.0, 4.0  # above the head: title and legend, or nothing


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where the chart stands on a sheet: its edges, the width of the names, and the days of its axis."""

    left: float
    right: float
    top: float
    low: float
    names: float
    first: int
    last: int

    @property
    def axis(self) -> float:
        """The left edge of the axis."""
        return self.left + NO + self.names + SLIP

    def x(self, day: int) -> float:
        """Where a day stands, kept inside the axis."""
        part = (day - self.first) / (self.last + 1 - self.first)
        return self.axis + (self.right - self.axis) * min(1.0, max(0.0, part))


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the chart: the heading of a county, or a bar with the lines of its name."""

    county: str
    bar: Bar | None
    name: tuple[str, ...]
    size: float
    height: float


def set_pages(chart: Chart, fonts: FontChoice) -> Paper:
    """All bars, on as many sheets as they need downwards and along the months."""
    paper = Paper(FontBook(fonts), stamp(chart.as_of.isoformat(), chart.stamp))
    title = f"{chart.scope_name}“一老一小”项目横道图"
    lines = _lines(paper.book, chart, NAMES[chart.paper])
    reach = chart.reach
    for first, last in _spans(reach, MONTHS[chart.paper]):
        rest = lines
        while True:
            is_first = not paper.sheets
            sheet, ground, scale = _sheet(paper, chart.paper, first, last, rest, is_head=rest is lines)
            if is_first:
                paper.mark(title)
            if rest is lines:
                _title(sheet, ground, title, chart)
            shown = _fitting(rest, ground.top - ground.low - HEAD)
            if first == reach[0].toordinal():
                for line in shown:
                    if line.bar is None and not line.name[0].endswith(GOES_ON):
                        paper.mark(line.name[0], 1)
            _draw(sheet, ground, _stretched(shown, ground) if chart.paper in WALLS else shown, chart)
            if scale != 1:
                sheet.operators = [f"q {scale:g} 0 0 {scale:g} 0 0 cm", *sheet.operators, "Q"]
            rest = rest[len(shown) :]
            if not rest:
                if not lines:
                    sheet.text("song", 9, ground.left + 4, ground.top - HEAD - ROW, "这个范围内没有项目。")
                break
            if rest[0].bar is not None:  # a county that goes on says so
                rest = [_heading(f"{rest[0].county}{GOES_ON}"), *rest]
    return paper


def _lines(book: FontBook, chart: Chart, names: float) -> list[_Line]:
    lines: list[_Line] = []
    for group in chart.groups:
        lines.append(_heading(f"{group.title}（{len(group.bars)}个）"))
        for bar in group.bars:
            text, letters, room = clean(bar.subject.name), book.letters("song"), (names - 6) * EM
            if letters.width(text) * NAME <= room:
                lines.append(_Line(group.title, bar, (text,), NAME, ROW))
                continue
            name = tuple(line.text for line in break_lines(letters, text, room / NAME_SMALL, is_justified=False))
            lines.append(_Line(group.title, bar, name, NAME_SMALL, max(ROW, len(name) * NAME_LEADING + 3)))
    return lines


def _heading(text: str) -> _Line:
    return _Line("", None, (clean(text),), 9.0, ROW)


def _fitting(lines: Sequence[_Line], room: float) -> list[_Line]:
    """The rows that a sheet holds, no heading at its foot."""
    shown: list[_Line] = []
    taken = 0.0
    for line in lines:
        if shown and taken + line.height > room:
            break
        shown.append(line)
        taken += line.height
    while len(shown) < len(lines) and len(shown) > 1 and shown[-1].bar is None:
        shown.pop()
    return shown


def _stretched(lines: Sequence[_Line], ground: _Ground) -> list[_Line]:
    """A wall chart fills its sheet."""
    factor = (ground.top - ground.low - HEAD) / max(1.0, sum(line.height for line in lines))
    factor = min(ROW_MOST / ROW, max(1.0, factor))
    return [replace(line, height=line.height * factor) for line in lines]


def _spans(reach: tuple[dt.date, dt.date], most: int) -> list[tuple[int, int]]:
    """The axis cut into parts of whole years that a sheet can show."""
    years = most // 12
    first, last = reach
    return [
        (dt.date(year, 1, 1).toordinal(), dt.date(min(year + years - 1, last.year), 12, 31).toordinal())
        for year in range(first.year, last.year + 1, years)
    ]


def _sheet(
    paper: Paper, kind: str, first: int, last: int, lines: Sequence[_Line], *, is_head: bool
) -> tuple[Sheet, _Ground, float]:
    """A new sheet, where the chart stands on it, and how much larger than life it is drawn."""
    over = OVER if is_head else OVER_NEXT
    if kind not in WALLS:
        sheet = paper.add(is_rotated=True)
        top = PAPER_WIDTH - WIDE_TOP
        ground = _Ground(WIDE_LEFT, WIDE_LEFT + WIDE_WIDTH, top - over, top - WIDE_HEIGHT, NAMES[kind], first, last)
        return sheet, ground, 1.0
    wide, tall = WALLS[kind]
    needed = sum(line.height for line in lines) + HEAD + over + SIDE + 18 * MM
    scale = 1.0
    if kind == "A0":  # upright where that lets many rows be larger
        scale, upright = (_scale(height, needed) for height in (tall, wide))
        if upright > scale:
            scale, wide, tall = upright, tall, wide
    sheet = paper.add(size=(wide, tall))
    ground = _Ground(SIDE, wide / scale - SIDE, tall / scale - SIDE - over, 18 * MM, NAMES[kind], first, last)
    return sheet, ground, scale


def _scale(height: float, needed: float) -> float:
    return next((one for one in SCALES if height / one >= needed), SCALES[-1])


def _title(sheet: Sheet, ground: _Ground, title: str, chart: Chart) -> None:
    sheet.aligned("title", TITLE, ground.left, ground.right, ground.top + 28, clean(title), "center")
    day = chart.as_of
    told = f"截至{day.year}年{day.month}月{day.day}日"
    sheet.aligned("song", 9, ground.left, ground.right, ground.top + 6, told, "right")
    _legend(sheet, ground.left, ground.top + 6)


def _legend(sheet: Sheet, x: float, y: float) -> None:
    def say(words: str, x: float) -> float:
        sheet.text("song", 9, x, y, words)
        return x + sheet.book.letters("song").width(words) * 9 / EM + 10

    sheet.shape(_box(x, y + 1, 16, 5), 0.85, line=0.5)
    x = say("计划", x + 19)
    sheet.shape(_box(x, y + 1, 16, 5), 0.25)
    x = say("实际", x + 19)
    sheet.strokes([(x, y + 3), (x + 16, y + 3)], 1.2, dash="2 2")
    x = say("预计", x + 19)
    sheet.shape(circle(x + 4, y + 3.2, 2.6))
    x = say("已完成节点", x + 10)
    sheet.shape(circle(x + 4, y + 3.2, 2.4), 1.0, line=0.7)
    x = say("未到期节点", x + 10)
    sheet.shape(triangle(x + 4, y + 3.2, 3.0))
    x = say("逾期节点", x + 10)
    sheet.strokes([(x + 4, y - 1), (x + 4, y + 9)], 1.0, dash="3 1.5")
    say("截至日", x + 9)


def _draw(sheet: Sheet, ground: _Ground, lines: Sequence[_Line], chart: Chart) -> None:
    low = ground.top - HEAD - sum(line.height for line in lines)
    _head(sheet, ground, low)
    y = ground.top - HEAD
    edges = (ground.left + NO, ground.left + NO + ground.names, ground.axis)
    for line in lines:
        if line.bar is None:
            sheet.shade(ground.left, y - line.height, ground.right - ground.left, line.height, 0.95)
            sheet.text("hei", line.size, ground.left + 4, y - line.height / 2 - 3.5, line.name[0])
        else:
            sheet.rules([(x, y, x, y - line.height) for x in edges], 0.5)
            _name(sheet, ground, line, y)
            _bar(sheet, ground, line.bar, y - (line.height - ROW) / 2, chart.as_of)
        y -= line.height
        sheet.rules([(ground.left, y, ground.right, y)], 0.25)
    today = chart.as_of.toordinal()
    if ground.first <= today <= ground.last:
        x = ground.x(today)
        sheet.strokes([(x, ground.top - HEAD), (x, low)], 1.0, dash="3 1.5")
    sheet.rules([(x, ground.top, x, ground.top - HEAD) for x in edges], 0.5)
    sheet.frame(ground.left, low, ground.right - ground.left, ground.top - low, 1.0)


def _head(sheet: Sheet, ground: _Ground, low: float) -> None:
    """Years above months or quarters, with a thin line down for each."""
    top, middle = ground.top, ground.top - HEAD / 2
    sheet.shade(ground.left, top - HEAD, ground.right - ground.left, HEAD, 0.93)
    first, last = dt.date.fromordinal(ground.first), dt.date.fromordinal(ground.last)
    months = (last.year - first.year + 1) * 12
    width = (ground.right - ground.axis) / months
    step = next((one for one in (1, 3, 6) if width * one >= (11 if one == 1 else 14)), 12)
    for year in range(first.year, last.year + 1):
        x = ground.x(dt.date(year, 1, 1).toordinal())
        right = ground.x(dt.date(year, 12, 31).toordinal() + 1)
        if year > first.year:
            sheet.strokes([(x, top), (x, low)], 0.5, grey=0.3)
        sheet.aligned("hei", 9, x, right, middle + 4, f"{year}年" if right - x > 26 else str(year), "center")
        for month in range(1, 13, step):
            place = ground.x(dt.date(year, month, 1).toordinal())
            after = place + width * step
            if month > 1:
                sheet.strokes([(place, middle), (place, low)], 0.2, grey=0.8)
            if step < 12:
                words = str(month) if step == 1 else f"{month}月" if width * step >= 20 else str(month)
                sheet.aligned("song", 7, place, after, middle - 11, words, "center")
    sheet.rules([(ground.axis, middle, ground.right, middle), (ground.left, top - HEAD, ground.right, top - HEAD)], 0.5)
    y = top - HEAD / 2 - 3
    for words, left, right in (
        ("序号", ground.left, ground.left + NO),
        ("项目名称", ground.left + NO, ground.left + NO + ground.names),
        ("偏差", ground.left + NO + ground.names, ground.axis),
    ):
        sheet.aligned("hei", 9 if right - left > 24 else 8, left, right, y, words, "center")


def _bar(sheet: Sheet, ground: _Ground, bar: Bar, top: float, day: dt.date) -> None:
    y = top - ROW
    if bar.subject.list_no:
        sheet.aligned("song", 8, ground.left, ground.left + NO, y + 5, str(bar.subject.list_no), "center")
    left = ground.left + NO + ground.names
    sheet.aligned("song", 8, left, ground.axis, y + 5, show_slip(bar.slip).replace(" ", ""), "center")
    if bar.plan_start and (bar.plan_end or ground.last) >= ground.first and bar.plan_start <= ground.last:
        x, right = ground.x(bar.plan_start), ground.x((bar.plan_end or ground.last) + 1)
        sheet.shape(_box(x, y + 8, max(1.0, right - x), 5.5), 0.85, line=0.4)
    if bar.actual and bar.actual[1] >= ground.first and bar.actual[0] <= ground.last:
        x, right = ground.x(bar.actual[0]), ground.x(bar.actual[1] + 1)
        sheet.shape(_box(x, y + 3, max(2.0, right - x), 4.2), 0.25)
        if bar.forecast_end and bar.forecast_end > bar.actual[1]:
            sheet.strokes([(right, y + 5), (ground.x(bar.forecast_end + 1), y + 5)], 1.2, dash="2 2")
    elif bar.forecast_end and bar.forecast_end >= ground.first:
        start = max(bar.plan_start or ground.first, day.toordinal())
        if ground.x(bar.forecast_end) > ground.x(start):
            sheet.strokes([(ground.x(start), y + 5), (ground.x(bar.forecast_end + 1), y + 5)], 1.2, dash="2 2")
    for mark in bar.marks:
        if mark.at is None or not ground.first <= last_day(mark.at).toordinal() <= ground.last:
            continue
        if mark.actual:
            sheet.shape(circle(ground.x(first_day(mark.actual).toordinal()), y + 10.7, 2.2))
        elif (deadline := mark.planned or mark.forecast) and last_day(deadline) < day:
            sheet.shape(triangle(ground.x(last_day(deadline).toordinal()), y + 10.7, 2.6))
        else:
            sheet.shape(circle(ground.x(last_day(mark.at).toordinal()), y + 10.7, 2.0), 1.0, line=0.6)


def _name(sheet: Sheet, ground: _Ground, line: _Line, top: float) -> None:
    """The whole name, in the middle of its row."""
    leading = NAME_LEADING if len(line.name) > 1 else ROW
    y = top - (line.height - leading * len(line.name)) / 2 - leading / 2 - line.size * 0.36
    for words in line.name:
        sheet.text("song", line.size, ground.left + NO + 3, y, words)
        y -= leading


def _box(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
