"""What the reports are computed from: the rows of the ledger as they stood on the day of the report."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from laoxiao_desktop import clock
from laoxiao_desktop.models.milestone import Light
from laoxiao_desktop.models.monthly import MONEY, ProjectFacts, month_end
from laoxiao_desktop.models.monthly_count import project_facts, summarise
from laoxiao_desktop.models.overview import NAMES, Figures, total_of
from laoxiao_desktop.models.pace import pace_of
from laoxiao_desktop.models.region import short_name_of
from laoxiao_desktop.models.stored import text_in, whole_in
from laoxiao_desktop.models.summary import (
    UNFILLED,
    IssueFact,
    LightFact,
    Money,
    MonthlySummary,
    MonthPart,
    PartMonth,
    PlanFact,
    ProblemFact,
    ProjectFact,
    Scope,
)
from laoxiao_desktop.models.units import split_units
from laoxiao_desktop.store import snapshot
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace import month_facts, overview, report_projects
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.month_facts import MonthFacts
from laoxiao_desktop.workspace.overview import Earlier
from laoxiao_desktop.workspace.report_projects import NOTHING_OWED

_COMPLETED = NAMES.index("completed")
_YEAR_PLANNED = NAMES.index("year_planned")


@dataclass(frozen=True, slots=True)
class ProjectMonth:
    """What a month knows of one project."""

    completed: int | None
    light: Light


Told = tuple[MonthPart | None, Mapping[str, ProjectMonth], Earlier | None]
_NOTHING: Told = (None, {}, None)


def monthly(ledger: Ledger, scope: Scope, as_of: dt.date, month: str | None = None) -> MonthlySummary:
    """The monthly summary of a plan, a county or all, as of a day; a day gone by is read from the log.

    With a `month` it tells that month as reported: at its last day, from the ledger as it stands, or, once it is locked,
    as it stood when it was locked, so that a locked month prints the same for good. `as_of` is then not asked.
    """
    if month is not None:
        return _of_month(ledger, scope, month)
    moment = _end_of(as_of)
    before = _end_of(as_of.replace(day=1) - dt.timedelta(days=1))
    earlier = project_facts(ledger.rows_as_of("project", before), ledger.rows_as_of("milestone", before))
    if moment is None:
        told = _month_part(ledger, scope, _month_at(ledger, as_of), clock.today())
    elif ledger.rows_as_of("month", moment):
        with ledger.past(moment=moment) as past:
            told = _month_part(past, scope, _month_at(past, as_of), as_of)
    else:
        told = _NOTHING
    return _told(ledger, moment, scope, as_of, ledger.head(), earlier, told)


def _of_month(ledger: Ledger, scope: Scope, month: str) -> MonthlySummary:
    point = snapshot.locked_at(ledger.connection, month)
    if point is None:
        day = clock.today()
        told = _month_part(ledger, scope, month, day)
        return _told(ledger, None, scope, month_end(month, day), ledger.head(), _known_before(ledger, told), told)
    with ledger.past(point) as past:
        day = dt.date.fromisoformat(point.day)
        told = _month_part(past, scope, month, day)
        return _told(past, None, scope, month_end(month, day), point.link[:8], _known_before(past, told), told)


def _told(
    ledger: Ledger,
    moment: str | None,
    scope: Scope,
    as_of: dt.date,
    stamp: str,
    earlier: Sequence[ProjectFact],
    told: Told,
) -> MonthlySummary:
    part, of_projects, _ = told
    facts = tuple(
        replace(fact, completed=of_projects[fact.uid].completed, month_light=of_projects[fact.uid].light)
        if fact.uid in of_projects
        else fact
        for fact in project_facts(ledger.rows_as_of("project", moment), ledger.rows_as_of("milestone", moment))
    )
    names = {fact.uid: fact.name for fact in facts if scope.holds(fact.plan, fact.county)}
    return summarise(
        facts,
        [
            _plan(row)
            for row in sorted(ledger.rows_as_of("plan", moment), key=lambda row: (row.get("ord") or 0, row["uid"]))
        ],
        scope,
        as_of,
        office=ledger.person.unit,
        stamp=stamp,
        previous=earlier,
        issues=[
            IssueFact(
                names[str(row["project"])],
                str(row["text"]),
                str(row.get("owner") or ""),
                text_in(row, "due_on") or None,
                str(row.get("kind") or ""),
            )
            for row in ledger.rows_as_of("issue", moment)
            if row.get("project") in names and row.get("state") != "已销号" and row.get("text")
        ],
        money=_money(ledger, moment, as_of, names),
        month=part,
    )


def _known_before(ledger: Ledger, told: Told) -> tuple[ProjectFact, ...]:
    """The projects to compare with, where a month was opened before; they are looked at as of a month ago.

    They are the same, but for those that were changed since that month was locked: these are as they stood then.
    """
    earlier = told[2]
    if earlier is None:
        return ()
    same = [row for row in ledger.rows_as_of("project") if row["uid"] not in earlier.changed]
    steps = [row for row in ledger.rows_as_of("milestone") if row["project"] not in earlier.changed]
    return project_facts(
        [*same, *earlier.rows.get("project", ())],
        [*steps, *earlier.rows.get("milestone", ())],
    )


def _month_at(ledger: Ledger, as_of: dt.date) -> str | None:
    """The newest month opened that is not after the day."""
    found = ledger.connection.execute(
        "SELECT max(month) FROM month WHERE deleted = 0 AND month <= ?", (as_of.isoformat()[:7],)
    ).fetchone()
    return found[0] if found else None


def _month_part(ledger: Ledger, scope: Scope, month: str | None, asked_on: dt.date) -> Told:
    """What a month says of the projects of a scope, and of each of them."""
    if month is None:
        return _NOTHING
    facts = month_facts.read(ledger, scope, month, asked_on=asked_on)
    parts = overview.tallies(ledger, scope, facts)
    before = overview.month_before(ledger, month)
    previous: Figures | None = None
    earlier: Earlier | None = None
    if before is not None:
        earlier = overview.compared(ledger, scope, facts, before)
        previous = total_of(earlier.parts.values())
    owed = report_projects.owed(ledger)
    of_projects: dict[str, ProjectMonth] = {}
    lights: list[LightFact] = []
    problems: list[ProblemFact] = []
    for project in facts.facts:
        light, report = facts.light(project), facts.reports.get(project.uid)
        completed = parts[project.uid][_COMPLETED]
        is_known = completed != 0 or facts.known(project.uid, "cum_completed") is not None
        of_projects[project.uid] = ProjectMonth(completed if is_known else None, light.colour if light else "")
        units = split_units(project.unit)
        if light is not None and light.colour != "绿":
            due = owed.get(project.uid, NOTHING_OWED)
            step = report.next_step if report is not None else ""
            said = (light.colour, light.rule, light.why, due.first, due.first_owner, due.due_on, step)
            lights.append(LightFact(project.name, units, *said))
        if report is not None and report.has_problem:
            problems.append(ProblemFact(project.name, units, report.problem_kind, report.problem, report.help_needed))
    figures = total_of(parts.values())
    pace = pace_of(facts.facts, facts.day)
    part = MonthPart(
        month=month,
        is_locked=facts.is_locked,
        figures=figures,
        previous=previous,
        previous_month=before,
        lights=tuple(sorted(lights, key=lambda one: one.light != "红")),
        problems=tuple(problems),
        expected=pace.whole,
        by_county=_part_months(facts, parts, lambda one: one.county, short_name_of, pace.by_county),
        by_sector=_part_months(facts, parts, lambda one: one.sector, str, pace.by_sector),
        untold=_untold(facts, figures),
        planned_projects=sum(part[_YEAR_PLANNED] > 0 for part in parts.values()),
    )
    return part, of_projects, earlier


def _part_months(
    facts: MonthFacts,
    parts: overview.Tallies,
    key_of: Callable[[ProjectFacts], str],
    label_of: Callable[[str], str],
    expected: Mapping[str, Fraction],
) -> tuple[PartMonth, ...]:
    groups: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    told: set[str] = set()
    for project in facts.facts:
        key = key_of(project)
        groups[key].append(parts[project.uid])
        if parts[project.uid][_COMPLETED] or facts.known(project.uid, "cum_completed") is not None:
            told.add(key)
    return tuple(
        PartMonth(label_of(key) or UNFILLED, total_of(inside), expected.get(key), key in told)
        for key, inside in groups.items()
    )


def _untold(facts: MonthFacts, figures: Figures) -> frozenset[str]:
    """The amounts that no project has ever told."""
    return frozenset(
        name
        for name in MONEY
        if not getattr(figures, name.removeprefix("cum_"))
        and all(facts.known(project.uid, name) is None for project in facts.facts)
    )


def _end_of(day: dt.date) -> str | None:
    """The moment after which the log is not read; None for today and later: the tables themselves."""
    return None if day >= clock.today() else (day + dt.timedelta(days=1)).isoformat()


def _money(ledger: Ledger, moment: str | None, as_of: dt.date, names: Mapping[str, str]) -> Money | None:
    """Cumulative sums of the latest monthly report of each project up to the day; None when nothing was reported."""
    month = as_of.isoformat()[:7]
    latest: dict[str, Mapping[str, Stored]] = {}
    for row in sorted(ledger.rows_as_of("monthly_report", moment), key=lambda row: str(row.get("month") or "")):
        figures = [row.get(name) for name in ("cum_completed", "cum_arrived", "cum_paid")]
        if (
            row.get("project") in names
            and str(row.get("month") or "")[:7] <= month
            and any(f is not None for f in figures)
        ):
            latest[str(row["project"])] = row
    if not latest:
        return None
    return Money(
        len(latest),
        sum(whole_in(row, "cum_completed") or 0 for row in latest.values()),
        sum(whole_in(row, "cum_arrived") or 0 for row in latest.values()),
        sum(whole_in(row, "cum_paid") or 0 for row in latest.values()),
    )


def _plan(row: Mapping[str, Stored]) -> PlanFact:
    title, region = text_in(row, "title"), text_in(row, "region")
    return PlanFact(
        str(row["uid"]),
        title,
        region,
        text_in(row, "doc_no"),
        text_in(row, "issuer"),
        text_in(row, "issued_on") or None,
    )
