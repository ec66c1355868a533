"""How 总览 says figures: money, points, gaps to 序时, days."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Final

from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.overview import Figures
from laoxiao_desktop.models.rates import rounded
from laoxiao_desktop.ui.overview_page import Words
from laoxiao_desktop.ui.paint import Light

MINUS: Final = "\N{MINUS SIGN}"
NONE: Final = "—"
UNKNOWN: Final = "尚未开始月度调度"
LIGHTS: Final[tuple[tuple[str, Light], ...]] = (("红", "red"), ("黄", "yellow"), ("绿", "green"))
TOKENS: Final[dict[str, Light]] = dict(LIGHTS)
_BEHIND_YELLOW, _BEHIND_RED = Fraction(5, 100), Fraction(10, 100)  # only how the words are tinted, no light


def gap_of(figures: Figures, pace: Fraction | None) -> Fraction | None:
    """How far completed is from 序时, as a share; None where one of them is not known."""
    rate = figures.completed_rate.value
    return None if rate is None or pace is None else rate - pace


def gap_words(gap: Fraction | None, suffix: str = "") -> Words:
    """低 7.1, 高 2.0 or 持平, tinted when far behind."""
    if gap is None:
        return Words(NONE, "ghost")
    text = rounded(abs(gap) * 100, 1)
    if Decimal(text) == 0:
        return Words("持平", "text2")
    if gap > 0:
        return Words(f"高 {text}{suffix}", "text2")
    colour = "redt" if -gap >= _BEHIND_RED else "yellowt" if -gap >= _BEHIND_YELLOW else "text2"
    return Words(f"低 {text}{suffix}", colour, medium=bool(suffix) and colour != "text2")


def points(now: Fraction | None, before: Fraction | None) -> str:
    """The change in points with its sign; "" where there is nothing to compare."""
    if now is None or before is None:
        return ""
    text = rounded((now - before) * 100, 1)
    return f"{MINUS}{text[1:]}" if text.startswith("-") else f"+{text}"


def signed(count: int) -> str:
    """A count with its sign."""
    return f"{MINUS}{-count}" if count < 0 else f"+{count}"


def change_token(change: str) -> str:
    """The colour of a change: a fall is told apart."""
    return "yellowt" if change.startswith(MINUS) else "text"


def short_why(why: str) -> str:
    """The part of a light's sentence that says how much: the last clause before any further one."""
    first = why.split("\n", maxsplit=1)[0].split("；", maxsplit=1)[0]
    parts = [part for part in first.split("，") if part]
    return parts[-1] if parts else first


def money(fen: int) -> str:
    """万元 as the plans print them."""
    return show_money(fen) or "0"


def whole(fen: int) -> str:
    """Whole 万元, for figures that are told exactly elsewhere."""
    return rounded(Fraction(fen, 1_000_000), 0)


def part(some: int, whole: int) -> float:
    """A share for drawing."""
    return some / whole if whole else 0.0


def day_words(day: dt.date) -> str:
    """7月12日."""
    return f"{day.month}月{day.day}日"
