"""Pace: how much of the investment time says should be done by a day, over many projects, and targets for capacity."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from laoxiao_desktop.models.monthly import ProjectFacts
from laoxiao_desktop.models.overview import GoalLine
from laoxiao_desktop.models.rates import elapsed

_ADDED: Final = re.compile(r"新增|还需|^建设")
_SHARE: Final = re.compile(r"占比|比例|率|每千|每百|每年|平均")
_PART: Final = re.compile(r"公办|普惠|市场化|民办|社会|护理型|家庭")


@dataclass(frozen=True, slots=True)
class Pace:
    """序时进度 weighted by total investment: of all, by county, by sector; absent where no project tells both."""

    whole: Fraction | None = None
    by_county: Mapping[str, Fraction] = field(default_factory=dict)
    by_sector: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AddedTarget:
    """What a plan wants to be added in all, up to its last year."""

    plan: str
    year: int
    value: Decimal


def pace_of(projects: Iterable[ProjectFacts], day: dt.date) -> Pace:
    """The pace of these projects at the end of a day. Projects without investment or with an open span weigh nothing."""
    spans: dict[str, Fraction | None] = {}
    weights: dict[tuple[str, str, str], int] = defaultdict(int)
    for project in projects:
        if project.span and project.total_investment:
            weights[project.county, project.sector, project.span] += project.total_investment
    parts: dict[tuple[str, str], tuple[Fraction, int]] = defaultdict(lambda: (Fraction(0), 0))
    for (county, sector, span), weight in weights.items():
        if span not in spans:
            spans[span] = elapsed(span, day)
        part = spans[span]
        if part is not None:
            for key in (("", ""), ("county", county), ("sector", sector)):
                expected, whole = parts[key]
                parts[key] = (expected + part * weight, whole + weight)
    share = {key: expected / whole for key, (expected, whole) in parts.items()}
    return Pace(
        share.get(("", "")),
        {key: value for (kind, key), value in share.items() if kind == "county"},
        {key: value for (kind, key), value in share.items() if kind == "sector"},
    )


def added_targets(goals: Iterable[GoalLine]) -> list[AddedTarget]:
    """What each plan wants to be added, by its goals for single years or its one target for all of them.

    Plans state both; the goals of the years add up, a target for the whole stands for itself, and the larger is meant.
    Shares, yearly rates and parts (普惠性, 公办 …) are left aside, parts unless a plan states nothing else.
    """
    by_plan: dict[str, list[GoalLine]] = defaultdict(list)
    for goal in goals:
        is_counted = goal.target.value is not None and goal.unit != "%"
        if is_counted and _ADDED.search(goal.name) and not _SHARE.search(goal.name):
            by_plan[goal.plan].append(goal)
    found = []
    for plan, stated in by_plan.items():
        whole = [goal for goal in stated if not _PART.search(goal.name)]
        nursing = [goal for goal in stated if "护理型" in goal.name]
        chosen = whole or nursing
        if chosen:
            found.append(AddedTarget(plan, max(goal.year for goal in chosen), _in_all(chosen)))
    return found


def _in_all(goals: list[GoalLine]) -> Decimal:
    by_year: dict[int, list[Decimal]] = defaultdict(list)
    for goal in goals:
        by_year[goal.year].append(goal.target.value or Decimal(0))
    return max(max(max(values) for values in by_year.values()), sum((min(v) for v in by_year.values()), Decimal(0)))
