"""Span: 建设期限, from a year or month to a year or month."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.plain_text import figures, quoted

HINT: Final = "可写 2023、2023—2025、2023.3-2025.12。"

_POINT: Final = re.compile(r"(?:19|20|21)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?")
_TYPED_POINT: Final = re.compile(
    r"([0-9]{4})(?:年|年?([0-9]{1,2})月份?|年([0-9]{1,2})|(0[1-9]|1[0-2])|[./-]([0-9]{1,2})月?)?"
)
_MONTH: Final = re.compile(r"([0-9]{1,2})月份?")
_BETWEEN: Final = re.compile(r"[-—–―‒−~〜～_/一至到]+")
_OPEN_ENDS: Final = ("至今", "起")


@dataclass(frozen=True, slots=True)
class Span:
    """`start` and `end` are "2022" or "2022-03"; `end` is None when the span is open. Start never after end."""

    start: str
    end: str | None

    def __post_init__(self) -> None:
        for point in (self.start, self.end):
            if point is not None and not _POINT.fullmatch(point):
                raise UserError(f"建设期限中的{quoted(point)}不是年份或年月。", HINT)
        if self.last_day is not None and self.first_day > self.last_day:
            raise UserError(f"建设期限起始{quoted(self.start)}晚于结束{quoted(self.end or '')}。", "请检查起止年月。")

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Reads a span as documents print it (`2022年-2023年`, `2022—⏎2025`, `2023`) or as people type it.

        Raises UserError for anything else and for a start after the end.
        """
        typed = figures(text).replace("年底", "年12月").replace("年末", "年12月")
        span = _read(typed) if len(typed) <= 40 else None
        if span is None:
            raise UserError(f"{quoted(text)}不是建设期限。", HINT)
        return span

    @classmethod
    def from_stored(cls, stored: str) -> "Span":
        """Reads the stored form: "2022/2023", "2023-03/2025-12", open "2023/"."""
        start, slash, end = stored.partition("/")
        if not slash:
            raise UserError(f"{quoted(stored)}不是建设期限。", HINT)
        return cls(start, end or None)

    @property
    def stored(self) -> str:
        """The form kept in the ledger."""
        return f"{self.start}/{self.end or ''}"

    @property
    def first_day(self) -> dt.date:
        """The first day of the first year or month."""
        year, _, month = self.start.partition("-")
        return dt.date(int(year), int(month or 1), 1)

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the last year or month; None when open."""
        if self.end is None:
            return None
        year, _, month = self.end.partition("-")
        return dt.date(int(year), int(month or 12), calendar.monthrange(int(year), int(month or 12))[1])

    def elapsed(self, day: dt.date) -> Fraction:
        """The part of the span that is over at the end of `day` (序时进度), 0 to 1; an open span has none: 0."""
        if self.last_day is None or day < self.first_day:
            return Fraction(0)
        whole = (self.last_day - self.first_day).days + 1
        return min(Fraction((day - self.first_day).days + 1, whole), Fraction(1))

    def __str__(self) -> str:
        """As the documents print it: 2023—2025, 2023.03—2025.12, 2023, open 2023—."""
        start = self.start.replace("-", ".")
        if self.end is None:
            return f"{start}—"
        return start if self.end == self.start else f"{start}—{self.end.replace('-', '.')}"


def _read(typed: str) -> Span | None:
    if point := _point(typed):
        return Span(point, point)
    for open_end in _OPEN_ENDS:
        if typed.endswith(open_end) and (point := _point(typed.removesuffix(open_end))):
            return Span(point, None)
    for between in _BETWEEN.finditer(typed):
        start, rest = _point(typed[: between.start()]), typed[between.end() :]
        if start and not rest:
            return Span(start, None)
        if start and (end := _point(rest)):
            return Span(start, end)
        if start and (month := _MONTH.fullmatch(rest)):
            return Span(start if "-" in start else f"{start}-01", f"{start[:4]}-{int(month[1]):02d}")
    return None


def _point(typed: str) -> str | None:
    match = _TYPED_POINT.fullmatch(typed)
    if match is None:
        return None
    month = match[2] or match[3] or match[4] or match[5]
    return f"{match[1]}-{int(month):02d}" if month else match[1]


def show_span(stored: str | None) -> str:
    """A stored span as printed; empty when absent."""
    return str(Span.from_stored(stored)) if stored else ""
