"""横道图 on paper: A4 sheets that bind like the others, their heads repeated; or one A3 chart for the wall.

Plan, actual and expected are told by the form of the bar, never by colour alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

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

A3 = (420 * MM, 297 * MM)
TITLE = 22.0
MONTHS_A4, MONTHS_A3 = 72, 120  # months that one sheet shows at most
ROW, ROW_MOST, HEAD = 17.0, 24.0, 30.0
NO, SLIP = 20.0, 44.0


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
    row: float = ROW

    @property
    def axis(self) -> float:
        """The left edge of the axis."""
        return self.left + NO + self.names + SLIP

    def x(self, day: int) -> float:
        """Where a day stands, kept inside the axis."""
        part = (day - self.first) / (self.last + 1 - self.first)
        return self.axis + (self.right - self.axis) * min(1.0, max(0.0, part))


Line = tuple[str, Bar | None]  # the heading of a county, or a bar


def set_pages(chart: Chart, fonts: FontChoice) -> Paper:
    """All bars, on as many sheets as they need downwards and along the months."""
    paper = Paper(FontBook(fonts), stamp(chart.as_of.isoformat(), chart.stamp))
    title = f"{chart.scope_name}“一老一小”项目横道图"
    is_wall = chart.paper == "A3"
    lines: list[Line] = []
    for group in chart.groups:
        lines.append((f"{group.title}（{len(group.bars)}个）", None))
        lines += [("", bar) for bar in group.bars]
    for first, last in _spans(chart.reach, MONTHS_A3 if is_wall else MONTHS_A4):
        rest = lines
        while True:
            is_first = not paper.sheets
            sheet, ground = _sheet(paper, is_wall, first, last, len(lines), has_title=rest is lines)
            if is_first:
                paper.mark(title)
            if rest is lines:
                _title(sheet, ground, title, chart)
            count = max(1, int((ground.top - ground.low - HEAD) // ground.row))
            if len(rest) > count and rest[count - 1][1] is None:  # no heading at the foot
                count -= 1
            _draw(sheet, ground, rest[:count], chart)
            rest = rest[count:]
            if not rest:
                break
    return paper


def _spans(reach: tuple[dt.date, dt.date], most: int) -> list[tuple[int, int]]:
    """The axis cut into parts of whole years that a sheet can show."""
    years = most // 12
    first, last = reach
    return [
        (dt.date(year, 1, 1).toordinal(), dt.date(min(year + years - 1, last.year), 12, 31).toordinal())
        for year in range(first.year, last.year + 1, years)
    ]


def _sheet(paper: Paper, is_wall: bool, first: int, last: int, count: int, *, has_title: bool) -> tuple[Sheet, _Ground]:
    over = 62.0 if has_title else 4.0
    if is_wall:
        sheet = paper.add(size=A3)
        top, low = A3[1] - SIDE - over, 18 * MM
        row = min(ROW_MOST, max(ROW, (top - low - HEAD) / max(1, count)))  # a wall chart fills its sheet
        return sheet, _Ground(SIDE, A3[0] - SIDE, top, low, 230.0, first, last, row)
    sheet = paper.add(is_rotated=True)
    top = PAPER_WIDTH - WIDE_TOP
    return sheet, _Ground(WIDE_LEFT, WIDE_LEFT + WIDE_WIDTH, top - over, top - WIDE_HEIGHT, 186.0, first, last)


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


def _draw(sheet: Sheet, ground: _Ground, lines: Sequence[Line], chart: Chart) -> None:
    low = ground.top - HEAD - ground.row * len(lines)
    _head(sheet, ground, low)
    y = ground.top - HEAD
    edges = (ground.left + NO, ground.left + NO + ground.names, ground.axis)
    for heading, bar in lines:
        if bar is None:
            sheet.shade(ground.left, y - ground.row, ground.right - ground.left, ground.row, 0.95)
            sheet.text("hei", 9, ground.left + 4, y - ground.row / 2 - 3.5, clean(heading))
        else:
            sheet.rules([(x, y, x, y - ground.row) for x in edges], 0.5)
            _bar(sheet, ground, bar, y, chart.as_of)
        y -= ground.row
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
    y = top - ground.row / 2 - ROW / 2
    if bar.subject.list_no:
        sheet.aligned("song", 8, ground.left, ground.left + NO, y + 5, str(bar.subject.list_no), "center")
    _name(sheet, ground, bar.subject.name, y)
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


def _name(sheet: Sheet, ground: _Ground, name: str, y: float) -> None:
    """The whole name, on two small lines where one is not enough."""
    letters, room = sheet.book.letters("song"), ground.names - 6
    left = ground.left + NO + 3
    text = clean(name)
    if letters.width(text) * 8.5 / EM <= room:
        sheet.text("song", 8.5, left, y + 5, text)
        return
    size = 7.6
    lines = list(break_lines(letters, text, room / size * EM, is_justified=False))
    if len(lines) == 1:
        sheet.text("song", size, left, y + 5.2, text)
        return
    size = 6.8
    lines = list(break_lines(letters, text, room / size * EM, is_justified=False))
    if len(lines) > 2:
        size = 5.2
        lines = list(break_lines(letters, text, room / size * EM, is_justified=False))
    for number, line in enumerate(lines[:3]):
        pitch = ROW / max(2, min(3, len(lines)))
        sheet.text("song", size, left, y + ROW - pitch * (number + 1) + (pitch - size) / 2 + 1, line.text)


def _box(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
