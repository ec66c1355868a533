"""Small words that all parts of the monthly report share: days, shares, lists, rates beside the time that has passed."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.rates import Rate, rounded, show

NAMED_AT_MOST = 10  # written out in the text; the annex has them all
_SPACES = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef“”’]) +|(?<=\S) +(?=[\u2e80-\u9fff\uff00-\uffef“”‘])")

_DATE = re.compile(r"(?<![0-9.])(20[0-9]{2})\.(0[1-9]|1[0-2])(?:\.([0-3][0-9]))?(?![0-9.])")


def in_words(day: dt.date) -> str:
    """2024年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def tight(text: str) -> str:
    """A sentence as paper sets it: one line, no space beside a Chinese character, no mark at its end."""
    return _SPACES.sub("", " ".join(text.split())).rstrip("。；;，, ")


def dates_in_words(text: str) -> str:
    """2024.03 as 2024年3月, 2024.03.05 as 2024年3月5日."""
    return _DATE.sub(lambda at: f"{at[1]}年{int(at[2])}月" + (f"{int(at[3])}日" if at[3] else ""), text)


def share(part: int, whole: int) -> str:
    """A share in percent with its sign; — without a whole."""
    if not whole:
        return "—"
    of_whole = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{of_whole}%"


def more(number: int, unit: str = "个") -> str:
    """增加3个, 减少1个."""
    return f"{'增加' if number > 0 else '减少'}{abs(number)}{unit}"


def more_money(fen: int) -> str:
    """增加12.5万元."""
    return f"{'增加' if fen > 0 else '减少'}{show_money(abs(fen))}万元"


def beside(rate: Rate, expected: Fraction | None, name: str = "序时进度") -> str:
    """，低于序时进度（75.0%）48.0个百分点; empty where one of them is absent."""
    if rate.value is None or expected is None:
        return ""
    points = rounded((rate.value - expected) * 100, 1)
    shown = f"{name}（{show(expected)}%）"
    if points == "0.0":
        return f"，与{shown}持平"
    return f"，{'低于' if points.startswith('-') else '高于'}{shown}{points.removeprefix('-')}个百分点"


def rank(kinds: Iterable[str]) -> dict[str, int]:
    """The place of each kind: the most frequent first, 其他 after them, what bears none last."""
    counts = Counter(kinds)
    ordered = sorted(counts, key=lambda kind: (kind == "", kind.startswith("其他"), -counts[kind], kind))
    return {kind: place for place, kind in enumerate(ordered)}


def by_kind(kinds: Iterable[str], unit: str = "个") -> str:
    """用地类3个、资金类1个，未分类的1个; empty where nobody named a kind or all are one."""
    listed = list(kinds)
    counts = Counter(listed)
    nameless = counts.pop("", 0)
    if not counts or (len(counts) == 1 and not nameless):
        return ""
    told = "、".join(f"{kind.removesuffix('类')}类{counts[kind]}{unit}" for kind in rank(listed) if kind)
    return told + (f"，未分类的{nameless}{unit}" if nameless else "")


def one_kind(kinds: Iterable[str]) -> str:
    """The kind that all of them are, else ""."""
    found = set(kinds)
    return next(iter(found)) if len(found) == 1 else ""


def of_project(project: str, units: Sequence[str]) -> str:
    """景洪市…中心项目（景洪市民政局）."""
    return f"{project}（{'、'.join(units)}）" if units else project


def units_of(units: Iterable[str]) -> str:
    """由A、B、C等5个责任单位."""
    listed = list(dict.fromkeys(units))
    if not listed:
        return "由项目单位"
    if len(listed) > 3:
        return f"由{'、'.join(listed[:3])}等{len(listed)}个责任单位"
    return f"由{'、'.join(listed)}"


def numbered(lines: Sequence[str]) -> list[str]:
    """1.…。 for each; a single one bears no number."""
    return [f"{lines[0]}。"] if len(lines) == 1 else [f"{number}.{line}。" for number, line in enumerate(lines, 1)]
