"""单项目卡片 as a value: facts, money by source, milestones, the monthly curve, photos, problems and orders of a project."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from laoxiao_desktop.models.funding import FundingLine
from laoxiao_desktop.models.lights import Light
from laoxiao_desktop.models.milestone import Milestone


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What was known at the end of a month, 分; None where nobody told."""

    month: str
    completed: int | None
    paid: int | None
    expected: int | None  # total investment by 序时进度


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo with the words under it."""

    content: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything one page tells of one project. `facts` are pairs of a label and its words; wide ones take a whole line."""

    uid: str
    name: str
    subtitle: str  # 玉溪市 养老 第 12 项
    facts: tuple[tuple[str, str], ...]
    wide_facts: tuple[tuple[str, str], ...]
    funding: tuple[FundingLine, ...]
    funding_total: FundingLine | None
    milestones: tuple[Milestone, ...]
    curve: tuple[CurvePoint, ...]
    total_investment: int | None
    light: Light | None
    photos: tuple[Photo, ...] = ()
    problems: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The list that the project stands in: 玉溪市养老项目."""
        return self.subtitle.partition("　")[0]


@dataclass(frozen=True, slots=True)
class Cards:
    """One card or many in one file."""

    cards: tuple[Card, ...]
    as_of: dt.date
    scope_name: str = ""
    month: str | None = None
    office: str = ""
    stamp: str = ""
    title: str = field(default="单项目卡片")

    @property
    def count(self) -> int:
        """How many projects it tells of."""
        return len(self.cards)


@dataclass(frozen=True, slots=True)
class Order:
    """督办单: to whom, about what, what is to be done by when, and what stood at the time."""

    no: str
    unit: str
    project: str
    county: str
    text: str
    due_on: str | None
    light: str = ""
    situation: tuple[str, ...] = ()
    leader: str = ""
    reply: str = ""
    replied_on: str | None = None


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of one file, each with its reply slip."""

    orders: tuple[Order, ...]
    as_of: dt.date
    scope_name: str = ""
    office: str = ""
    stamp: str = ""
    month: str | None = None

    @property
    def count(self) -> int:
        """How many orders."""
        return len(self.orders)
