"""Rates: one amount over another, exact, and the elapsed part of a span; without a denominator there is no rate."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.span import Span

NONE: Final = "—"


@dataclass(frozen=True, slots=True)
class Rate:
    """`numerator` over `denominator`, both whole numbers (分 or counts)."""

    numerator: int
    denominator: int

    @property
    def value(self) -> Fraction | None:
        """The exact share; None where the denominator is zero."""
        return Fraction(self.numerator, self.denominator) if self.denominator > 0 else None

    @property
    def as_json(self) -> str | None:
        """A decimal string with 4 places, 0.5360; None where the denominator is zero."""
        return None if self.value is None else rounded(self.value, 4)

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)


def show(rate: Rate | Fraction | None, decimals: int = 1) -> str:
    """In percent without the sign, 53.6; — where there is no rate."""
    value = rate.value if isinstance(rate, Rate) else rate
    return NONE if value is None else rounded(value * 100, decimals)


def rounded(value: Fraction, decimals: int) -> str:
    """A fraction with fixed decimals, halves away from zero, never -0."""
    return quotient(value.numerator, value.denominator, decimals)


def quotient(numerator: int, denominator: int, decimals: int) -> str:
    """The same of two whole numbers, the denominator above zero."""
    step = 10**decimals
    units = (2 * abs(numerator) * step + denominator) // (2 * denominator)
    whole, rest = divmod(units, step)
    digits = f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)
    return f"-{digits}" if numerator < 0 and units else digits


def points(now: Fraction | None, then: Fraction | None, decimals: int = 1) -> str:
    """The difference in percentage points with its sign, +3.2 or -0.4; — where one of them is absent."""
    if now is None or then is None:
        return NONE
    text = rounded((now - then) * 100, decimals)
    return text if text.startswith("-") else f"+{text}"


def elapsed(span: Span | str | None, day: dt.date) -> Fraction | None:
    """序时进度 of a span (stored form accepted) at the end of `day`, 0 to 1; None for an absent, open or damaged one."""
    if isinstance(span, str):
        try:
            span = Span.from_stored(span)
        except UserError:
            return None
    return None if span is None or span.last_day is None else span.elapsed(day)


def elapsed_of_year(month: str) -> Fraction:
    """序时进度 of a year at the end of a stored month: month/12."""
    return Fraction(int(month[5:7]), 12)
