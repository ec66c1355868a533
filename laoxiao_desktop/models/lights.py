"""Lights 红黄绿: the colours, what a light says of itself, and the thresholds of the rules with their two presets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Final, Literal

from laoxiao_desktop.errors import FieldError

Colour = Literal["红", "黄", "绿"]
COLOURS: Final[tuple[Colour, ...]] = ("红", "黄", "绿")
SHAPES: Final[dict[Colour, str]] = {"红": "▲", "黄": "◆", "绿": "●"}
OVERRIDE: Final = "人工改灯"
ALL_WELL: Final = "正常"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that found something, with its numbers; or 正常. `cure` says what would make it green."""

    colour: Colour
    rule: str
    why: str
    cure: str = field(default="", compare=False)

    @property
    def told(self) -> str:
        """Rule, numbers, and how it becomes green."""
        return f"{self.rule}：{self.why}" + (f"。转绿：{self.cure}" if self.cure else "")


@dataclass(frozen=True, slots=True)
class Light:
    """The light of a project: the worst of its reasons; all of them stand in `reasons`, the worst first.

    With an override `colour` and `why` are the person's, and `reasons` still tell what the rules say.
    """

    colour: Colour
    rule: str
    why: str
    is_override: bool = False
    reasons: tuple[Reason, ...] = ()

    @property
    def told(self) -> str:
        """Why it stands so, and for a rule how it becomes green."""
        return self.why if self.is_override or not self.reasons else self.reasons[0].told

    @property
    def shape(self) -> str:
        """The shape that tells the colour on a grey printer."""
        return SHAPES[self.colour]


@dataclass(frozen=True, slots=True)
class Override:
    """A light set by a person: why, and the last day on which it holds (stored date)."""

    uid: str
    project: str
    light: Colour
    reason: str
    expires_on: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The figures of the rules.

    Preset A (银川 2025): behind 序时 by 10–30 points 黄, more 红. Preset B (武汉): below 80 % of 序时 黄, below 60 % 红.
    """

    preset: Literal["A", "B"] = "A"
    start_yellow: int = 1  # months after the planned start month
    start_red: int = 3
    behind_yellow: int = 10  # points behind 序时
    behind_red: int = 30
    share_yellow: int = 80  # percent of 序时
    share_red: int = 60
    milestone_yellow: int = 1  # days late
    milestone_red: int = 30  # up to here 黄, more 红
    has_missing: bool = True  # no report by the due day is 黄
    has_same_text: bool = True  # the same 形象进度 two months running is 黄
    due_day: int = 5  # of the month after

    def __post_init__(self) -> None:
        for low, high, what in (
            (self.start_yellow, self.start_red, "开工超期"),
            (self.behind_yellow, self.behind_red, "落后序时"),
            (self.share_red, self.share_yellow, "占序时的比例"),
            (self.milestone_yellow, self.milestone_red, "里程碑逾期"),
        ):
            if low > high:
                raise FieldError("light_thresholds", f"{what}的黄灯线和红灯线颠倒了。", "请核对两个数。")
        if not 1 <= self.due_day <= 28:
            raise FieldError("due_day", "截止日要在 1 到 28 之间。", "每月报送截止日一般为次月 5 日。")

    @property
    def stored(self) -> dict[str, object]:
        """The form kept as a setting."""
        return asdict(self)

    @classmethod
    def from_stored(cls, stored: object) -> Thresholds:
        """From the kept form; what is missing or unknown falls back to preset A."""
        known = {one.name: type(one.default) for one in fields(cls)}
        given: Mapping[str, object] = stored if isinstance(stored, Mapping) else {}
        kept = {name: value for name, value in given.items() if type(value) is known.get(name)}
        return replace(cls(), **kept)  # type: ignore[arg-type]


PRESETS: Final[dict[str, Thresholds]] = {"A": Thresholds(), "B": Thresholds(preset="B")}
PRESET_TITLES: Final = {"A": "按落后百分点（银川）", "B": "按占序时比例（武汉）"}


def worst(reasons: Iterable[Reason]) -> Light:
    """The light of these reasons: the worst colour, told by its first reason; all reasons, the worst first."""
    ordered = tuple(sorted(reasons, key=lambda reason: COLOURS.index(reason.colour)))
    first = ordered[0]
    return Light(first.colour, first.rule, first.why, reasons=ordered)


def overridden(light: Light | None, override: Override) -> Light:
    """The light that a person set, with what the rules say beside it."""
    rules = f"；按规则为{light.colour}灯（{light.rule}：{light.why}）" if light else ""
    until = override.expires_on.replace("-", ".")
    why = f"{override.reason}，有效至 {until}{rules}"
    return Light(override.light, OVERRIDE, why, is_override=True, reasons=light.reasons if light else ())
