"""Monthly summary: everything the monthly report says, counted from the rows of the ledger as they stood on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from laoxiao_desktop.models.capacity import Capacity
from laoxiao_desktop.models.milestone import Light, Milestone
from laoxiao_desktop.models.overview import Figures
from laoxiao_desktop.models.rates import Rate
from laoxiao_desktop.models.report_text import Edit

UNFILLED: Final = "未填"
Stored = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is about: one plan by its uid, one county by its code, or all (None)."""

    plan: str | None = None
    county: str | None = None

    def holds(self, plan: str, county: str) -> bool:
        """Whether a project of this plan and county is spoken of."""
        return self.plan in (None, plan) and self.county in (None, county)


@dataclass(frozen=True, slots=True)
class PlanFact:
    """A published plan."""

    uid: str
    title: str
    region: str
    doc_no: str = ""
    issuer: str = ""
    issued_on: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectFact:
    """A project with its milestones. Amounts are 分, capacities and the span stored forms; None or "" is not filled."""

    uid: str
    plan: str
    list_no: int | None
    sector: str
    name: str
    county: str = ""
    build_kind: str = ""
    status: str = ""
    span: str | None = None
    total_investment: int | None = None
    central_request: int | None = None
    beds: str | None = None
    places: str | None = None
    floor_area_m2: str | None = None
    responsible_unit: str = ""
    milestones: tuple[Milestone, ...] = ()
    facility_type: str = ""
    place: str = ""
    completed: int | None = None  # cumulative, as the month knows it
    month_light: Light = ""  # of the month; empty where no month is told


@dataclass(frozen=True, slots=True)
class StepFact:
    """One milestone of a project that the text names."""

    project: str
    county: str
    units: tuple[str, ...]
    step: str
    day: str  # stored date: when reached, or when due
    days: int = 0  # late or left
    slip: int = 0  # days behind plan, where the unit expects more than `days`
    light: Light = ""  # of a late one: 黄 up to RED_DAYS, 红 beyond
    uid: str = ""  # of the project: names are no keys


@dataclass(frozen=True, slots=True)
class IssueFact:
    """An open issue as it was registered."""

    project: str
    text: str
    owner: str = ""
    due_on: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Counts over some of the projects: a sector, a county, a kind, or all."""

    label: str
    count: int
    total_investment: int
    central_request: int
    unpriced: int  # projects without total investment
    without_steps: int
    steps: int
    done: int
    late: int
    late_projects: int
    beds: Capacity | None = None
    places: Capacity | None = None
    completed: int | None = None  # None: nothing was reported
    unrequested: int = 0  # projects without a request for central money

    @property
    def completed_rate(self) -> Rate:
        """投资完成率."""
        return Rate(self.completed or 0, self.total_investment)

    @property
    def has_actuals(self) -> bool:
        """Whether any milestone has been reported as reached."""
        return self.done > 0


@dataclass(frozen=True, slots=True)
class Money:
    """Sums over the projects that have reported; `count` says how many."""

    count: int
    completed: int
    arrived: int
    paid: int


@dataclass(frozen=True, slots=True)
class LightFact:
    """A project with a light of the month that has to be told: its rule and numbers, and what is done about it.

    `problem`, `owner` and `due_on` are those of its most urgent open problem, `next_step` is its report's.
    """

    project: str
    units: tuple[str, ...]
    light: Light
    rule: str
    why: str
    problem: str = ""
    owner: str = ""
    due_on: str | None = None
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class ProblemFact:
    """What a monthly report states as a problem."""

    project: str
    units: tuple[str, ...]
    kind: str
    text: str
    help_needed: str = ""


@dataclass(frozen=True, slots=True)
class PartMonth:
    """What a month says of a county or sector; `expected` is 序时进度 of its projects, weighted by investment.

    `is_told` is False where nobody there has ever told what was completed.
    """

    label: str
    figures: Figures
    expected: Fraction | None = None
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class MonthPart:
    """The month that was reported: its figures beside those of the month before, its lights, its problems.

    `untold` are the amounts that nobody has ever told, by the names of monthly.MONEY; `planned_projects` have a year plan.
    """

    month: str
    is_locked: bool
    figures: Figures
    previous: Figures | None
    previous_month: str | None
    lights: tuple[LightFact, ...]  # 红, then 黄
    problems: tuple[ProblemFact, ...]
    expected: Fraction | None = None  # 序时进度 of all
    by_county: tuple[PartMonth, ...] = ()
    by_sector: tuple[PartMonth, ...] = ()
    untold: frozenset[str] = frozenset()
    planned_projects: int = 0


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One row of the annex."""

    fact: ProjectFact
    done: int
    next_step: str
    next_day: str | None
    late_step: str
    late_days: int
    light: Light  # of the worst milestone; 绿 when none is late, empty when there are none


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one county inside one sector of the annex."""

    sector: str
    county: str
    part: Part
    lines: tuple[ProjectLine, ...]


@dataclass(frozen=True, slots=True)
class MonthlySummary:
    """The facts of one monthly report; equal facts print equal bytes."""

    scope_name: str  # 玉溪市, 勐海县, or empty for all plans together
    is_county: bool
    plans: tuple[PlanFact, ...]
    plans_without_projects: tuple[PlanFact, ...]
    as_of: dt.date
    office: str
    stamp: str
    total: Part
    sectors: tuple[Part, ...]
    counties: tuple[Part, ...]
    build_kinds: tuple[Part, ...]
    facility_types: tuple[Part, ...]
    statuses: tuple[Part, ...]
    previous: Part | None  # the end of the month before; None where the ledger knows nothing of it
    reached: tuple[StepFact, ...]  # this month
    late: tuple[StepFact, ...]  # the worst first
    due: tuple[StepFact, ...]  # within DUE_DAYS, the nearest first
    issues: tuple[IssueFact, ...] = ()
    money: Money | None = None  # None: nothing reported
    sections: tuple[Section, ...] = ()
    month: MonthPart | None = None  # None: no month was opened yet
    edits: tuple[Edit, ...] = ()  # what a person wrote in the place of paragraphs

    @property
    def month_start(self) -> dt.date:
        """The first day of the month that the report tells of."""
        return self.as_of.replace(day=1)

    @property
    def previous_day(self) -> dt.date:
        """The last day of the month before."""
        return self.month_start - dt.timedelta(days=1)
