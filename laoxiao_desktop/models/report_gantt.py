"""横道图 as a value: the bars of the chart by county, and the months its axis runs over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from laoxiao_desktop.models.gantt import Bar


@dataclass(frozen=True, slots=True)
class ChartGroup:
    """A county with its bars."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole chart."""

    groups: tuple[ChartGroup, ...]
    as_of: dt.date
    scope_name: str = ""
    office: str = ""
    stamp: str = ""
    paper: str = "A4"
    month: str | None = None

    @property
    def count(self) -> int:
        """How many projects."""
        return sum(len(group.bars) for group in self.groups)

    @property
    def reach(self) -> tuple[dt.date, dt.date]:
        """The first and last day of the axis: whole years that hold every bar and the day itself."""
        days = [day for group in self.groups for bar in group.bars if (reach := bar.reach) for day in reach]
        days.append(self.as_of.toordinal())
        first, last = dt.date.fromordinal(min(days)), dt.date.fromordinal(max(days))
        return dt.date(first.year, 1, 1), dt.date(last.year, 12, 31)
