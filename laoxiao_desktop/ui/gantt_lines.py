"""Which line of 进度图 shows what: headings of counties, and the bars of those that are open."""

import datetime as dt
from collections.abc import Iterator, Sequence

from laoxiao_desktop.models.gantt import Bar, Mark
from laoxiao_desktop.workspace.gantt import BarGroup

Line = BarGroup | Bar


class Lines:
    """The lines from the top; `closed` holds the counties that show their heading only."""

    def __init__(self, groups: Sequence[BarGroup] = (), closed: frozenset[str] = frozenset()) -> None:
        self.groups = tuple(groups)
        self.closed = closed
        self.lines: list[Line] = []
        for group in self.groups:
            self.lines.append(group)
            if group.county not in closed:
                self.lines.extend(group.bars)
        self._rows = {line.subject.uid: row for row, line in enumerate(self.lines) if isinstance(line, Bar)}

    def __len__(self) -> int:
        return len(self.lines)

    def bars(self) -> Iterator[Bar]:
        """All bars, those of closed counties too."""
        for group in self.groups:
            yield from group.bars

    def bar(self, row: int) -> Bar | None:
        """The bar in a line; None for a heading and outside."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Bar) else None

    def heading(self, row: int) -> BarGroup | None:
        """The heading in a line."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, BarGroup) else None

    def row_of(self, uid: str) -> int | None:
        """The line of a project; None while its county is closed."""
        return self._rows.get(uid)

    def county_of(self, uid: str) -> str | None:
        """The county of a project that is among the bars."""
        for group in self.groups:
            if any(bar.subject.uid == uid for bar in group.bars):
                return group.county
        return None

    def row_of_county(self, county: str) -> int:
        """The line of a heading."""
        return next(
            (row for row, line in enumerate(self.lines) if isinstance(line, BarGroup) and line.county == county), 0
        )


def placed(bar: Bar) -> list[Mark]:
    """The marks of a bar that have a place, in their order."""
    return [mark for mark in bar.marks if mark.at]


def show_day(day: int) -> str:
    """2024.07.12."""
    date = dt.date.fromordinal(day)
    return f"{date.year}.{date.month:02d}.{date.day:02d}"
