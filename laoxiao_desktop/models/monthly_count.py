"""The monthly count: rows of the ledger as they stood on a day, counted into a monthly summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from laoxiao_desktop.models import milestone as steps
from laoxiao_desktop.models.capacity import Capacity
from laoxiao_desktop.models.dates import first_day, last_day
from laoxiao_desktop.models.dictionary import BUILD_KINDS, FACILITY_TYPES, SECTORS, STATUSES
from laoxiao_desktop.models.milestone import RED_DAYS, Light, Milestone
from laoxiao_desktop.models.region import COUNTIES, short_name_of
from laoxiao_desktop.models.stored import text_in, whole_in
from laoxiao_desktop.models.summary import (
    UNFILLED,
    IssueFact,
    Money,
    MonthlySummary,
    MonthPart,
    Part,
    PlanFact,
    ProjectFact,
    ProjectLine,
    Scope,
    Section,
    StepFact,
)
from laoxiao_desktop.models.units import split_units

Stored = Mapping[str, object]


def project_facts(projects: Iterable[Stored], milestones: Iterable[Stored]) -> tuple[ProjectFact, ...]:
    """Rows of the ledger as facts, in the order of their lists."""
    by_project: dict[str, list[tuple[int, Milestone]]] = {}
    for row in milestones:
        by_project.setdefault(text_in(row, "project"), []).append((whole_in(row, "ord") or 0, _milestone(row)))
    facts = [_project(row, by_project.get(text_in(row, "uid"), [])) for row in projects]
    facts.sort(key=lambda fact: (fact.plan, _rank(SECTORS, fact.sector), fact.list_no or 10**9, fact.name, fact.uid))
    return tuple(facts)


def summarise(
    projects: Sequence[ProjectFact],
    plans: Sequence[PlanFact],
    scope: Scope,
    as_of: dt.date,
    *,
    office: str = "",
    stamp: str = "",
    previous: Sequence[ProjectFact] = (),
    issues: Sequence[IssueFact] = (),
    money: Money | None = None,
    month: MonthPart | None = None,
) -> MonthlySummary:
    """The summary of the projects inside `scope`; `previous` are all projects as they stood at the end of last month."""
    before = as_of.replace(day=1) - dt.timedelta(days=1)
    chosen = [_as_known_on(fact, as_of) for fact in projects if scope.holds(fact.plan, fact.county)]
    earlier = [_as_known_on(fact, before) for fact in previous if scope.holds(fact.plan, fact.county)]
    named = [plan for plan in plans if scope.plan in (None, plan.uid)]
    with_projects = {fact.plan for fact in chosen}
    return MonthlySummary(
        scope_name=_scope_name(scope, named),
        is_county=scope.county is not None,
        plans=tuple(plan for plan in named if plan.uid in with_projects),
        plans_without_projects=() if scope.county else tuple(p for p in named if p.uid not in with_projects),
        as_of=as_of,
        office=office,
        stamp=stamp,
        total=count(chosen, as_of, "合计"),
        sectors=_parts(chosen, as_of, lambda fact: fact.sector, SECTORS),
        counties=_parts(chosen, as_of, lambda fact: short_name_of(fact.county), _COUNTY_ORDER),
        build_kinds=_parts(chosen, as_of, lambda fact: fact.build_kind, BUILD_KINDS),
        facility_types=_parts(chosen, as_of, lambda fact: fact.facility_type, FACILITY_TYPES),
        statuses=_parts(chosen, as_of, lambda fact: fact.status, STATUSES),
        previous=count(earlier, before, "上月末") if earlier else None,
        reached=_reached(chosen, as_of),
        late=_late(chosen, as_of),
        due=_due(chosen, as_of),
        issues=tuple(issues),
        money=money,
        month=month,
        sections=_sections(chosen, as_of),
    )


def count(facts: Sequence[ProjectFact], day: dt.date, label: str) -> Part:
    """The counts of some projects on a day."""
    late = [sum(steps.state(step, day) == "late" for step in fact.milestones) for fact in facts]
    completed = [fact.completed for fact in facts if fact.completed is not None]
    return Part(
        label=label,
        count=len(facts),
        total_investment=sum(fact.total_investment or 0 for fact in facts),
        central_request=sum(fact.central_request or 0 for fact in facts),
        unpriced=sum(fact.total_investment is None for fact in facts),
        without_steps=sum(not fact.milestones for fact in facts),
        steps=sum(len(fact.milestones) for fact in facts),
        done=sum(step.actual is not None for fact in facts for step in fact.milestones),
        late=sum(late),
        late_projects=sum(number > 0 for number in late),
        beds=_sum(fact.beds for fact in facts),
        places=_sum(fact.places for fact in facts),
        completed=sum(completed) if completed else None,
        unrequested=sum(fact.central_request is None for fact in facts),
    )


_COUNTY_ORDER: Final = tuple(region.short_name for region in COUNTIES)


def _scope_name(scope: Scope, plans: Sequence[PlanFact]) -> str:
    if scope.county:
        return short_name_of(scope.county)
    return plans[0].region if len(plans) == 1 else ""


def _parts(
    facts: Sequence[ProjectFact], day: dt.date, label_of: Callable[[ProjectFact], str], order: Sequence[str]
) -> tuple[Part, ...]:
    groups: dict[str, list[ProjectFact]] = {}
    for fact in facts:
        groups.setdefault(label_of(fact) or UNFILLED, []).append(fact)
    labels = sorted(groups, key=lambda label: (label == UNFILLED, _rank(order, label), label))
    return tuple(count(groups[label], day, label) for label in labels)


def _sections(facts: Sequence[ProjectFact], day: dt.date) -> tuple[Section, ...]:
    found = []
    for sector in _parts(facts, day, lambda fact: fact.sector, SECTORS):
        of_sector = [fact for fact in facts if (fact.sector or UNFILLED) == sector.label]
        groups: dict[str, list[ProjectFact]] = {}
        for fact in of_sector:
            groups.setdefault(short_name_of(fact.county) or UNFILLED, []).append(fact)
        for part in _parts(of_sector, day, lambda fact: short_name_of(fact.county), _COUNTY_ORDER):
            lines = tuple(_line(fact, day) for fact in groups[part.label])
            found.append(Section(sector.label, part.label, part, lines))
    return tuple(found)


def _line(fact: ProjectFact, day: dt.date) -> ProjectLine:
    waiting = [step for step in fact.milestones if step.actual is None]
    late = [step for step in waiting if steps.state(step, day) == "late"]
    worst = max(late, key=lambda step: _days_late(step, day), default=None)
    ahead = [step for step in waiting if step not in late and (step.forecast or step.planned)]
    following = min(ahead, key=lambda step: last_day(step.forecast or step.planned or ""), default=None)
    lights = {_light(step, day) for step in late}
    by_steps: Light = "红" if "红" in lights else "黄" if lights else "绿" if fact.milestones else ""
    return ProjectLine(
        fact=fact,
        done=len(fact.milestones) - len(waiting),
        next_step=following.name if following else "",
        next_day=(following.forecast or following.planned) if following else None,
        late_step=worst.name if worst else "",
        late_days=_days_late(worst, day) if worst else 0,
        light=fact.month_light or by_steps,
    )


def _as_known_on(fact: ProjectFact, day: dt.date) -> ProjectFact:
    """The fact without what happened after the day: a later actual date does not count in an earlier month."""
    if all(step.actual is None or first_day(step.actual) <= day for step in fact.milestones):
        return fact
    known = tuple(
        replace(step, actual=None) if step.actual and first_day(step.actual) > day else step for step in fact.milestones
    )
    return replace(fact, milestones=known)


def _days_late(step: Milestone, day: dt.date) -> int:
    """Days since the planned, else the expected day passed."""
    return (day - last_day(step.planned or step.forecast or "")).days


def _light(step: Milestone, day: dt.date) -> Light:
    """The light of a late milestone, by what is past or by what the unit expects, whichever is more."""
    return "红" if max(_days_late(step, day), steps.slip_days(step, day)) > RED_DAYS else "黄"


def _reached(facts: Sequence[ProjectFact], day: dt.date) -> tuple[StepFact, ...]:
    start = day.replace(day=1)
    found = [
        _step(fact, step, step.actual)
        for fact in facts
        for step in fact.milestones
        if step.actual and last_day(step.actual) >= start
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.project)))


def _late(facts: Sequence[ProjectFact], day: dt.date) -> tuple[StepFact, ...]:
    found = [
        replace(
            _step(fact, step, step.planned or step.forecast or ""),
            days=_days_late(step, day),
            slip=max(0, steps.slip_days(step, day)),
            light=_light(step, day),
        )
        for fact in facts
        for step in fact.milestones
        if steps.state(step, day) == "late"
    ]
    return tuple(sorted(found, key=lambda one: (-one.days, one.project)))


def _due(facts: Sequence[ProjectFact], day: dt.date) -> tuple[StepFact, ...]:
    found = [
        replace(_step(fact, step, deadline), days=(last_day(deadline) - day).days)
        for fact in facts
        for step in fact.milestones
        if (deadline := step.planned or step.forecast) and steps.state(step, day) == "due"
    ]
    return tuple(sorted(found, key=lambda one: (one.days, one.project)))


def _step(fact: ProjectFact, step: Milestone, day: str) -> StepFact:
    return StepFact(
        fact.name, short_name_of(fact.county), split_units(fact.responsible_unit), step.name, day, uid=fact.uid
    )


def _sum(stored: Iterable[str | None]) -> Capacity | None:
    total: Capacity | None = None
    for text in stored:
        if text:
            one = Capacity.from_stored(text)
            total = one if total is None else total + one
    return total


def _rank(order: Sequence[str], label: str) -> int:
    return order.index(label) if label in order else len(order)


def _project(row: Stored, milestones: list[tuple[int, Milestone]]) -> ProjectFact:
    return ProjectFact(
        uid=text_in(row, "uid"),
        plan=text_in(row, "plan"),
        list_no=whole_in(row, "list_no"),
        sector=text_in(row, "sector"),
        name=text_in(row, "name"),
        county=text_in(row, "county"),
        build_kind=text_in(row, "build_kind"),
        status=text_in(row, "status"),
        span=text_in(row, "span") or None,
        total_investment=whole_in(row, "total_investment"),
        central_request=whole_in(row, "central_request"),
        beds=text_in(row, "beds") or None,
        places=text_in(row, "places") or None,
        floor_area_m2=text_in(row, "floor_area_m2") or None,
        responsible_unit=text_in(row, "responsible_unit"),
        facility_type=text_in(row, "facility_type"),
        place=text_in(row, "place"),
        milestones=tuple(one for _, one in sorted(milestones, key=lambda pair: pair[0])),
    )


def _milestone(row: Stored) -> Milestone:
    return Milestone(
        uid=text_in(row, "uid"),
        code=text_in(row, "code"),
        name=text_in(row, "name"),
        planned=text_in(row, "planned") or None,
        forecast=text_in(row, "forecast") or None,
        actual=text_in(row, "actual") or None,
    )
