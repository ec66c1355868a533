"""The time axis of 进度图: days to pixels and back, and the ticks that fit at a scale."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from laoxiao_desktop.models.gantt import Bar

Zoom = Literal["year", "quarter", "month"]
ZOOM_TITLES: dict[Zoom, str] = {"year": "年", "quarter": "季", "month": "月"}
YEAR_WIDTH: dict[Zoom, float] = {"year": 72, "quarter": 156, "month": 432}  # at 100 %
_QUARTERS_FROM, _MONTHS_FROM = 104, 300
LEAST, MOST = 36.0, 1600.0
_FITTING: dict[Zoom, tuple[float, float]] = {"year": (LEAST, 103.0), "quarter": (106.0, 299.0), "month": (302.0, MOST)}
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Tick:
    """One step of the lower line of the header: its days as ordinals, its word, whether a year begins."""

    start: int
    end: int
    word: str
    is_year: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole years, `year_width` logical pixels each (already at the large-font factor)."""

    first_year: int
    last_year: int
    year_width: float
    factor: float = 1.0

    @property
    def zoom(self) -> Zoom:
        """The finest step that stays readable."""
        width = self.year_width / self.factor
        return "year" if width < _QUARTERS_FROM else "quarter" if width < _MONTHS_FROM else "month"

    @property
    def day_width(self) -> float:
        """Pixels of one day."""
        return self.year_width / _YEAR

    @property
    def start(self) -> int:
        """The first day as an ordinal."""
        return dt.date(self.first_year, 1, 1).toordinal()

    @property
    def end(self) -> int:
        """The day after the last."""
        return dt.date(self.last_year + 1, 1, 1).toordinal()

    @property
    def width(self) -> float:
        """Pixels of all years."""
        return (self.end - self.start) * self.day_width

    def x(self, day: int) -> float:
        """Where a day begins."""
        return (day - self.start) * self.day_width

    def day(self, x: float) -> int:
        """The day at a place, within the years shown."""
        return max(self.start, min(self.end - 1, self.start + int(x // self.day_width)))

    def fitted(self, zoom: Zoom, room: float, factor: float) -> "Axis":
        """The years filling a room, as long as the step of the zoom stays readable."""
        low, high = _FITTING[zoom]
        wanted = room / max(1, self.last_year - self.first_year + 1) - 0.5
        return replace(self, year_width=max(low * factor, min(high * factor, wanted)), factor=factor)

    def years(self) -> Iterator[tuple[int, int, int]]:
        """(year, first day, day after the last)."""
        for year in range(self.first_year, self.last_year + 1):
            yield year, dt.date(year, 1, 1).toordinal(), dt.date(year + 1, 1, 1).toordinal()

    def ticks(self) -> Iterator[Tick]:
        """The steps under the years; at 年 there are none."""
        size = {"year": 12, "quarter": 3, "month": 1}[self.zoom]
        for year in range(self.first_year, self.last_year + 1):
            for number, month in enumerate(range(1, 13, size), start=1):
                following = month + size
                end = dt.date(year + following // 13, (following - 1) % 12 + 1, 1)
                word = "" if size == 12 else str(number)
                yield Tick(dt.date(year, month, 1).toordinal(), end.toordinal(), word, month == 1)


def years_of(bars: Iterable[Bar], today: dt.date) -> tuple[int, int]:
    """The years the axis shows: those in which anything is drawn, and this one."""
    first = last = today.toordinal()
    for bar in bars:
        reach = bar.reach
        if reach is not None:
            first, last = min(first, reach[0]), max(last, reach[1])
    return dt.date.fromordinal(first).year, dt.date.fromordinal(last).year
