"""Overview: what an official asks of a month in figures, each with the question that leads to exactly its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from operator import add
from typing import Final

from laoxiao_desktop.models.capacity import Capacity
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.models.rates import Rate
from laoxiao_desktop.models.target import Target

Conditions = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and sums (分) over some projects. Figures of parts add up to those of the whole."""

    projects: int = 0
    total_investment: int = 0
    central_request: int = 0
    allocated: int = 0
    arrived: int = 0
    completed: int = 0
    paid: int = 0
    central_allocated: int = 0
    central_arrived: int = 0
    central_completed: int = 0
    central_paid: int = 0
    year_planned: int = 0
    year_completed: int = 0
    month_completed: int = 0
    started: int = 0
    finished: int = 0
    opened: int = 0
    red: int = 0
    yellow: int = 0
    green: int = 0
    missing: int = 0
    reported: int = 0
    year_of_plan: int = 0  # completed this year by the projects that have a plan for the year

    def __add__(self, other: Figures) -> Figures:
        return Figures(*map(add, self.values, other.values))

    @property
    def values(self) -> tuple[int, ...]:
        """All figures in their order."""
        return tuple(getattr(self, name) for name in NAMES)

    @property
    def started_rate(self) -> Rate:
        """开工率."""
        return Rate(self.started, self.projects)

    @property
    def finished_rate(self) -> Rate:
        """完工率."""
        return Rate(self.finished, self.projects)

    @property
    def completed_rate(self) -> Rate:
        """投资完成率: completed over total investment."""
        return Rate(self.completed, self.total_investment)

    @property
    def arrived_rate(self) -> Rate:
        """到位率: arrived over allocated."""
        return Rate(self.arrived, self.allocated)

    @property
    def paid_rate(self) -> Rate:
        """支付率: paid over completed."""
        return Rate(self.paid, self.completed)

    @property
    def paid_of_allocated(self) -> Rate:
        """支付/下达, always labelled so."""
        return Rate(self.paid, self.allocated)

    @property
    def year_rate(self) -> Rate:
        """年度完成率: completed this year over the plan of the year, both of the projects that have such a plan."""
        return Rate(self.year_of_plan, self.year_planned)

    @property
    def unlit(self) -> int:
        """Projects without a light: nothing to judge them by, or taken off."""
        return self.projects - self.red - self.yellow - self.green

    @property
    def lights(self) -> dict[str, int]:
        """Projects by light."""
        return {"红": self.red, "黄": self.yellow, "绿": self.green}


NAMES: Final = tuple(field.name for field in fields(Figures))
RATES: Final = ("started_rate", "completed_rate", "arrived_rate", "paid_rate")


def total_of(rows: Iterable[tuple[int, ...]]) -> Figures:
    """The figures of many projects, each given as a tuple in the order of NAMES."""
    listed = list(rows)
    return Figures(*map(sum, zip(*listed, strict=True))) if listed else Figures()


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one county or sector; `key` is its stored value ("" for not filled in)."""

    key: str
    label: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class DueStep:
    """A milestone that is due within 30 days."""

    project: str
    project_name: str
    county_name: str
    unit: str
    step: str
    day: str  # stored date
    days: int  # left


@dataclass(frozen=True, slots=True)
class MissingReport:
    """A project whose report of the month has not come; `state` is "", 草稿 or 退回."""

    project: str
    name: str
    county_name: str
    unit: str
    state: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One target of a plan for beds or places: its year, its words, and whether what was opened meets it.

    `is_met` is None where the target is words, or where opened projects are not what it counts (a share, a stock).
    """

    plan: str
    year: int
    name: str
    unit: str
    target: Target
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class CapacityLine:
    """Beds or places: what opened projects bring, what all projects are to bring, what the plans want.

    `proposed` counts the opened projects whose figure is read from the text and not confirmed by a person yet.
    """

    what: str  # 床位 or 托位
    unit: str
    opened: Capacity | None
    opened_projects: int
    proposed: int
    planned: Capacity | None
    goals: tuple[GoalLine, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """One page that tells everything of a month (None: no month was opened yet, as of today)."""

    plan: str | None
    county: str | None
    month: str | None
    day: dt.date
    is_locked: bool
    figures: Figures
    previous: Figures | None
    previous_month: str | None
    previous_missing: tuple[MissingReport, ...]
    by_county: tuple[Line, ...]
    by_sector: tuple[Line, ...]
    due: tuple[DueStep, ...]
    missing: tuple[MissingReport, ...]
    capacities: tuple[CapacityLine, ...]

    def query(self, figure: str = "projects", *, county: str | None = None, sector: str | None = None) -> Query:
        """The question whose answer is exactly the rows behind a figure: the name of a field of Figures, or 红, 黄, 绿,
        not_started, not_finished; of a county or sector, or of all."""
        conditions: dict[str, tuple[str, ...]] = {}
        for field, value in (("plan", self.plan), ("county", self.county)):
            if value is not None:
                conditions[field] = (value,)
        if county is not None:
            conditions["county"] = (county,)
        if sector is not None:
            conditions["sector"] = (sector,)
        asked = _ASKED.get(figure)
        if asked is not None:
            conditions[asked[0]] = (asked[1],)
            if self.month is not None:
                conditions["month"] = (self.month,)
        return Query(conditions=tuple(conditions.items()))


_ASKED: Final[Mapping[str, tuple[str, str]]] = {
    "started": ("started", "1"),
    "not_started": ("started", "0"),
    "finished": ("finished", "1"),
    "not_finished": ("finished", "0"),
    "opened": ("opened", "1"),
    "missing": ("missing", "1"),
    "reported": ("missing", "0"),
    "red": ("light", "红"),
    "yellow": ("light", "黄"),
    "green": ("light", "绿"),
    "unlit": ("light", ""),
    "红": ("light", "红"),
    "黄": ("light", "黄"),
    "绿": ("light", "绿"),
}
