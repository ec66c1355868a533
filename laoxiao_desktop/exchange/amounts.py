"""Printed amounts of money in exact 万元, and the sums of them."""

from collections.abc import Iterable
from decimal import Decimal

from laoxiao_desktop.exchange.columns import UNIT_FACTORS
from laoxiao_desktop.exchange.table import amount

_NOTHING = frozenset({"", "—", "－", "-", "/", "——", "无", "–", "\\"})


def in_ten_thousands(text: str, factor: Decimal | None) -> str | None:
    """A printed amount as a decimal string in 万元, as printed when it is printed in 万元; None for no amount."""
    printed = None if text in _NOTHING else amount(text)
    if printed is None:
        return None
    plain, unit = printed
    factor = UNIT_FACTORS[unit] if unit else factor
    if factor is None or factor == 1:
        return plain
    return decimal_text(Decimal(plain) * factor)


def total_of(amounts: Iterable[str | None]) -> str:
    """The exact sum of printed amounts; absent ones count nothing."""
    return decimal_text(sum((Decimal(amount) for amount in amounts if amount), Decimal(0)))


def decimal_text(value: Decimal) -> str:
    """A decimal without exponent and trailing zeros: 15979.67, 9420."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_nothing(text: str) -> bool:
    """A mark that stands for “none”."""
    return text in _NOTHING
