"""Target: what an indicator is to reach, as printed, with what can be compared."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from laoxiao_desktop.models.plain_text import figures, one_line

Operator = Literal[">=", ">", "=", "<=", "<", "text"]
LONGEST: Final = 200

_SIGNS: Final[dict[str, Operator]] = {
    ">=": ">=", "≥": ">=", "≧": ">=", "⩾": ">=", "不低于": ">=", "不少于": ">=", "不小于": ">=", "不得少于": ">=", "不得低于": ">=", "至少": ">=",
    ">": ">", "大于": ">", "高于": ">", "超过": ">", "多于": ">",
    "<=": "<=", "≤": "<=", "≦": "<=", "⩽": "<=", "不超过": "<=", "不高于": "<=", "不大于": "<=", "不多于": "<=", "不得超过": "<=", "不得高于": "<=", "至多": "<=",
    "<": "<", "小于": "<", "低于": "<", "少于": "<",
    "=": "=", "": "=",
}  # fmt: skip
_ENDINGS: Final[dict[str, Operator]] = {
    "及以上": ">=", "以上": ">=", "及以下": "<=", "以下": "<=", "以内": "<=", "": "=",
}  # fmt: skip
_LEADS: Final = "力争|稳定在|保持在|控制在|提高到|提升到|提高至|提升至|增加到|增至|降至|降到|达到|达"
_NUMERALS: Final = "一二三四五六七八九十"
_WHOLE: Final = "全覆盖"  # of all there are: 100 %
_UNIT: Final = r"[%‰℃]|(?:(?!及?以[上下内])[㐀-鿿/㎡]){1,6}"


def _either(words: dict[str, Operator]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_TARGET: Final = re.compile(
    rf"(?:{_LEADS})*(?P<sign>{_either(_SIGNS)})(?:{_LEADS})?"
    rf"(?P<number>[0-9]{{1,15}}(?:\.[0-9]{{1,6}})?|[0-9]{{1,3}}(?:,[0-9]{{3}})+|[{_NUMERALS}](?=[所个家名张人户处]))"
    rf"(?:{_UNIT})?(?P<ending>{_either(_ENDINGS)})(?:{_UNIT})?"
)


@dataclass(frozen=True, slots=True)
class Target:
    """A target: `text` as printed; `op` "text" and no `value` where it is words (持续增加, —)."""

    op: Operator
    value: Decimal | None
    text: str

    def __post_init__(self) -> None:
        if (self.op == "text") != (self.value is None):
            raise ValueError("a target has either words or an operator with a number")

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Understands `≥60`, `>90`, `97以上`, `稳定在65以上`, `1名`, `100%`; anything else is words. Never raises."""
        printed = one_line(text)[:LONGEST]
        if figures(printed) == _WHOLE:
            return cls("=", Decimal(100), printed)
        match = _TARGET.fullmatch(figures(printed))
        op = _operator(match["sign"], match["ending"]) if match else "text"
        if match is None or op == "text":
            return cls("text", None, printed)
        return cls(op, _number(match["number"]), printed)

    def is_met_by(self, actual: Decimal) -> bool | None:
        """Whether `actual` reaches the target; None where the target is words."""
        if self.value is None:
            return None
        match self.op:
            case ">=" | "=":
                return actual >= self.value
            case ">":
                return actual > self.value
            case "<=":
                return actual <= self.value
            case _:
                return actual < self.value

    def __str__(self) -> str:
        return self.text


def _number(text: str) -> Decimal:
    numeral = _NUMERALS.find(text)
    return Decimal(text.replace(",", "")) if numeral < 0 else Decimal(numeral + 1)


def _operator(sign: str, ending: str) -> Operator:
    """The operator that sign and ending agree on; "text" when they contradict (≤60以上)."""
    before, after = _SIGNS[sign], _ENDINGS[ending]
    if not ending:
        return before
    return after if before in ("=", after) else "text"
