"""The two drawings of a card: the line of milestones and the curve of the months. Grey-safe: shapes and dashes tell."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from laoxiao_desktop.models.milestone import Milestone, state
from laoxiao_desktop.models.money import FEN_PER_WAN
from laoxiao_desktop.models.report_card import CurvePoint
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.page import Sheet
from laoxiao_desktop.reports.paragraph import break_lines, clean

_NAME, _DATE = 6.5, 6.5
_ROUND = 12  # corners of a drawn circle


def circle(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """The corners of a circle, near enough at this size."""
    return [
        (x + radius * math.cos(2 * math.pi * n / _ROUND), y + radius * math.sin(2 * math.pi * n / _ROUND))
        for n in range(_ROUND)
    ]


def triangle(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """A triangle that stands on its base."""
    return [(x, y + radius * 1.2), (x - radius * 1.1, y - radius * 0.8), (x + radius * 1.1, y - radius * 0.8)]


def milestone_line(
    sheet: Sheet, steps: Sequence[Milestone], left: float, top: float, width: float, day: dt.date
) -> float:
    """Nodes on a line at equal distances, at most 15 in a row; gives the lower edge."""
    y = top
    for first in range(0, len(steps), 15):
        y = _nodes(sheet, steps[first : first + 15], left, y, width, day)
    return y


def _nodes(sheet: Sheet, steps: Sequence[Milestone], left: float, top: float, width: float, day: dt.date) -> float:
    pitch = width / len(steps)
    names = [_cut(sheet, step.name, pitch - 0.8) for step in steps]
    tall = max(len(lines) for lines in names)
    axis = top - 4 - tall * 8.5 - 5
    sheet.strokes([(left + pitch / 2, axis), (left + width - pitch / 2, axis)], 0.8, grey=0.4)
    for number, (step, lines) in enumerate(zip(steps, names, strict=True)):
        x = left + pitch * (number + 0.5)
        told = state(step, day)
        if told == "done":
            sheet.shape(circle(x, axis, 3.2))
        elif told == "late":
            sheet.shape(triangle(x, axis, 3.8))
        else:
            sheet.shape(circle(x, axis, 3.0), 1.0, line=0.8)
        for place, words in enumerate(reversed(lines)):
            sheet.aligned("song", _NAME, x - pitch / 2, x + pitch / 2, axis + 7 + place * 8.5, words, "center")
        date = step.actual or step.forecast or step.planned
        if date:
            words = date[2:7].replace("-", ".")
            shown = words if step.actual else f"({words})"
            sheet.aligned("song", _DATE, x - pitch / 2, x + pitch / 2, axis - 12, shown, "center")
    return axis - 16


def _cut(sheet: Sheet, name: str, width: float) -> list[str]:
    """A name on lines that are as even as can be: 用地预审 / 与选址."""
    letters, text = sheet.book.letters("song"), clean(name)

    def lines(room: float) -> list[str]:
        return [line.text for line in break_lines(letters, text, room, is_justified=False)]

    most = width / _NAME * EM
    first, mark, second = text.partition("/")
    if mark and letters.width(text) > most >= max(letters.width(first + mark), letters.width(second)):
        return [first + mark, second]
    found = lines(most)
    narrower = most - EM / 10
    while len(found) > 1 and narrower > EM and len(tried := lines(narrower)) == len(found):
        found, narrower = tried, narrower - EM / 10
    return found if len(found) <= 4 else [*found[:3], found[3][:-1] + "…"]


def curve(
    sheet: Sheet, points: Sequence[CurvePoint], total: int | None, left: float, top: float, width: float, height: float
) -> float:
    """Cumulative 完成 and 支付 over the months, 序时 beside them; gives the lower edge."""
    known = [value for point in points for value in (point.completed, point.paid, point.expected) if value is not None]
    most = _nice(max([*known, total or 0]) / FEN_PER_WAN)
    x0, x1, low, high = left + 44, left + width - 8, top - height + 14, top - 8
    steps = 4
    for number in range(steps + 1):
        y = low + (high - low) * number / steps
        sheet.strokes([(x0, y), (x1, y)], 0.25, grey=0.75)
        sheet.aligned("song", 7, left, x0 - 4, y - 2.5, _plain(most * number / steps), "right")
    if total:
        y = low + (high - low) * total / FEN_PER_WAN / most
        sheet.strokes([(x0, y), (x1, y)], 0.6, dash="6 2", grey=0.3)
        sheet.aligned("song", 7, x0, x1 - 2, y + 2, "总投资", "right")
    place = {point.month: x0 + (x1 - x0) * (number + 0.5) / len(points) for number, point in enumerate(points)}
    every = max(1, math.ceil(len(points) / 12))
    for number, point in enumerate(points):
        if number % every == 0:
            sheet.aligned(
                "song",
                7,
                place[point.month] - 30,
                place[point.month] + 30,
                low - 10,
                point.month.replace("-", "."),
                "center",
            )
    for name, dash, line in (("expected", "1 2", 0.8), ("paid", "3 2", 1.0), ("completed", "", 1.4)):
        run: list[tuple[float, float]] = []
        for point in points:
            value = getattr(point, name)
            if value is not None:
                run.append((place[point.month], low + (high - low) * min(1.02, value / FEN_PER_WAN / most)))
        if len(run) > 1:
            sheet.strokes(run, line, dash=dash, grey=0.0 if name != "expected" else 0.45)
        if name == "completed" or len(run) == 1:
            for x, y in run:
                sheet.shape(circle(x, y, 1.8), 0.0 if name == "completed" else 0.6)
    sheet.strokes([(x0, high + 4), (x0, low), (x1, low)], 0.6)
    return low - 14


def _plain(value: float) -> str:
    """A number without an exponent and without zeros at its end."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _nice(value: float) -> float:
    """The next of 1, 2, 2.5, 5, 10 … at or above a value."""
    if value <= 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(value))
    return next(step * factor for factor in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if step * factor >= value - 1e-9)
