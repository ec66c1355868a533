"""Money: an exact amount in 分, typed and printed in 万元."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.arithmetic import value_of
from laoxiao_desktop.models.plain_text import figures, quoted

FEN_PER_WAN: Final = 1_000_000
LARGEST_FEN: Final = 10**13  # 1000 亿元: the sum of 100,000 such amounts still fits SQLite's integer
HINT: Final = "可写 360、360万、3600000元。"

_FEN_PER_UNIT: Final = {
    "": FEN_PER_WAN,
    "元": 100,
    "千元": 100_000,
    "万": FEN_PER_WAN,
    "万元": FEN_PER_WAN,
    "百万": 100 * FEN_PER_WAN,
    "百万元": 100 * FEN_PER_WAN,
    "千万": 1000 * FEN_PER_WAN,
    "千万元": 1000 * FEN_PER_WAN,
    "亿": 10_000 * FEN_PER_WAN,
    "亿元": 10_000 * FEN_PER_WAN,
}
_AMOUNT: Final = re.compile(
    r"(?:人民币)?[¥￥]?(-?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.([0-9]*))?([十百千万亿元]*)(?:人民币)?"
)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of RMB as a whole number of 分; negative only as a difference."""

    fen: int

    def __post_init__(self) -> None:
        if type(self.fen) is not int:
            raise TypeError("money is a whole number of 分")

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Reads `360`, `360万元`, `3600000元`, `0.036亿`, `３６０`, `1,234.5`; a bare figure is 万元, a sum (`=360+20`) too.

        Raises UserError for anything else, for less than one 分 and for more than 1000 亿元.
        """
        typed = figures(text)
        if typed.startswith("="):
            return cls(_fen_of_sum(text, typed))
        match = _AMOUNT.fullmatch(typed) if len(typed) <= 64 else None
        if match is None or not (match[2] or match[3]) or match[4] not in _FEN_PER_UNIT:
            raise UserError(f"{quoted(text)}不是数字。", HINT)
        if match[1]:
            raise UserError(f"金额{quoted(text)}小于零。", "请填零或正数。")
        return cls(_to_fen(text, (match[2] or "0").replace(",", ""), match[3] or "", match[4]))

    @property
    def wan(self) -> Decimal:
        """The amount in 万元, exact."""
        return Decimal(self.fen).scaleb(-6)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)

    def __str__(self) -> str:
        """万元 as the documents print it: no separators, no trailing zeros."""
        whole, rest = divmod(abs(self.fen), FEN_PER_WAN)
        digits = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
        return f"-{digits}" if self.fen < 0 else digits


def _fen_of_sum(text: str, typed: str) -> int:
    """The value of a sum in 万元, to the nearest 分."""
    value = value_of(typed).scaleb(6).to_integral_value(ROUND_HALF_UP)
    if value < 0:
        raise UserError(f"{quoted(text)}得 {show_money(int(value))}，小于零。", "请填零或正数。")
    if value > LARGEST_FEN:
        raise UserError(f"{quoted(text)}超过 1000 亿元。", "请检查单位：算式里的数按万元计。")
    return int(value)


def _to_fen(text: str, whole: str, decimals: str, unit: str) -> int:
    scaled = int(whole + decimals) * _FEN_PER_UNIT[unit]
    parts: int = 10 ** len(decimals)
    fen, below = divmod(scaled, parts)
    if below:
        raise UserError(f"金额{quoted(text)}小于一分钱的部分记不下。", "请写到分为止，即万元后最多 6 位小数。")
    if fen > LARGEST_FEN:
        raise UserError(f"金额{quoted(text)}超过 1000 亿元。", "请检查单位：不写单位时按万元计。")
    return fen


def show_money(fen: int | None) -> str:
    """分 as printed 万元; empty for an absent amount."""
    return "" if fen is None else str(Money(fen))


def show_money_fixed(fen: int | None, decimals: int = 2) -> str:
    """分 as 万元 with a fixed number of decimals (0–6), halves rounded away from zero; empty for an absent amount."""
    if fen is None:
        return ""
    step = 10 ** (6 - decimals)
    units = (abs(fen) + step // 2) // step
    whole, rest = divmod(units, 10**decimals)
    digits = f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)
    return f"-{digits}" if fen < 0 and units else digits
