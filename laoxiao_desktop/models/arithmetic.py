"""A sum typed into an amount, as in a cell of Excel: =360+20, =450*0.8, =(120+80)/2."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.plain_text import quoted

_TOKEN: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+|[-+*/()]")
_SIGNS: Final = str.maketrans("×÷−（）", "*/-()")
_DEEPEST: Final = 8


def value_of(typed: str) -> Decimal:
    """The value of a sum; `typed` begins with =. UserError where it is none."""
    text = typed.lstrip("=").translate(_SIGNS).replace(" ", "")
    signs = _TOKEN.findall(text)
    if not signs or "".join(signs) != text or len(signs) > 64:
        raise _wrong(typed)
    rest = iter([*signs, ""])
    try:
        value, last = _sum(rest, next(rest), 0)
    except ArithmeticError:
        raise _wrong(typed) from None
    if last:
        raise _wrong(typed)
    return value


def _sum(rest: Iterator[str], sign: str, depth: int) -> tuple[Decimal, str]:
    value, sign = _product(rest, sign, depth)
    while sign in ("+", "-"):
        more, following = _product(rest, next(rest), depth)
        value, sign = value + more if sign == "+" else value - more, following
    return value, sign


def _product(rest: Iterator[str], sign: str, depth: int) -> tuple[Decimal, str]:
    value, sign = _part(rest, sign, depth)
    while sign in ("*", "/"):
        more, following = _part(rest, next(rest), depth)
        value, sign = value * more if sign == "*" else value / more, following
    return value, sign


def _part(rest: Iterator[str], sign: str, depth: int) -> tuple[Decimal, str]:
    if sign == "(" and depth < _DEEPEST:
        value, closing = _sum(rest, next(rest), depth + 1)
        if closing != ")":
            raise ArithmeticError
        return value, next(rest)
    return Decimal(sign), next(rest)  # what is no number is refused by Decimal


def _wrong(typed: str) -> UserError:
    return UserError(f"{quoted(typed)}算不出来。", "算式这样写：=360+20、=450*0.8，单位是万元。")
