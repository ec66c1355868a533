"""The overview of a month: figures with what they were a month ago, by county and sector, what is due and missing."""

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

from laoxiao_desktop import clock
from laoxiao_desktop.models.dates import last_day
from laoxiao_desktop.models.dictionary import SECTORS
from laoxiao_desktop.models.milestone import DUE_DAYS
from laoxiao_desktop.models.monthly import COUNTED, EXEMPT, MONEY, MonthReport, ProjectFacts
from laoxiao_desktop.models.overview import DueStep, Figures, Line, MissingReport, Overview, total_of
from laoxiao_desktop.models.region import COUNTIES
from laoxiao_desktop.models.summary import UNFILLED, Scope
from laoxiao_desktop.store import months, snapshot
from laoxiao_desktop.store import overview as store
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace import month_facts, opened_capacity
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.month_facts import MonthFacts

Tallies = dict[str, tuple[int, ...]]
_ALL = Scope()
_COUNTY_ORDER = {region.code: place for place, region in enumerate(COUNTIES)}
_NO_KNOWN: tuple[int | None, ...] = (None,) * len(MONEY)
_MONEY_OF: Callable[[MonthReport], tuple[int | None, ...]] = attrgetter(*MONEY)
_NO_MONEY: list[int | None] = [None] * 8


@dataclass(frozen=True, slots=True)
class Earlier:
    """A month to compare with; `changed` are the projects changed since it was locked, `rows` what stood then of them."""

    facts: MonthFacts
    parts: Tallies
    changed: Collection[str] = ()
    rows: Mapping[str, list[dict[str, Stored]]] = field(default_factory=dict)


def overview(ledger: Ledger, scope: Scope = _ALL, month: str | None = None) -> Overview:
    """Everything about a month (None: the newest one opened; before the first, as of today)."""
    month = month or month_facts.latest_month(ledger)
    facts = month_facts.read(ledger, scope, month)
    parts = tallies(ledger, scope, facts)
    previous_month = month_before(ledger, month)
    names = _county_names(ledger)
    previous: Figures | None = None
    previous_missing: tuple[MissingReport, ...] = ()
    if previous_month is not None:
        earlier = compared(ledger, scope, facts, previous_month)
        previous = total_of(earlier.parts.values())
        previous_missing = _missing(earlier.facts, names)
    return Overview(
        plan=scope.plan,
        county=scope.county,
        month=month,
        day=facts.day,
        is_locked=facts.is_locked,
        figures=total_of(parts.values()),
        previous=previous,
        previous_month=previous_month,
        previous_missing=previous_missing,
        by_county=_grouped(facts, parts, lambda one: one.county, names, lambda key: (_COUNTY_ORDER.get(key, 99), key)),
        by_sector=_grouped(facts, parts, lambda one: one.sector, {}, lambda key: (*_sector_rank(key), key)),
        due=_due(facts, names),
        missing=_missing(facts, names),
        capacities=opened_capacity.lines(ledger, scope, facts),
    )


def month_before(ledger: Ledger, month: str | None) -> str | None:
    """The month that was opened before a month; None when it is the first."""
    earlier = [str(row["month"]) for row in months.all_months(ledger.connection) if month and str(row["month"]) < month]
    return earlier[-1] if earlier else None


def compared(ledger: Ledger, scope: Scope, facts: MonthFacts, month: str) -> Earlier:
    """The month to compare the facts with: as it stands, or, once it is locked, as it stood when it was locked.

    Only the projects that were changed since then are read from the log.
    """
    point = snapshot.locked_at(ledger.connection, month, ledger.log)
    asked_on = facts.asked_on if point is None else dt.date.fromisoformat(point.day)
    now = month_facts.read(ledger, scope, month, asked_on=asked_on, like=facts)
    if point is None:
        return Earlier(now, tallies(ledger, scope, now))
    changed = snapshot.changed(ledger.log.connection, point, month)
    same = replace(now, facts=[one for one in now.facts if one.uid not in changed.projects])
    parts = tallies(ledger, scope, same)
    if not changed.projects:
        return Earlier(same, parts)
    with ledger.past_of(changed, point) as past:
        then = month_facts.read(past, scope, month, asked_on=asked_on)
        parts |= tallies(past, scope, then)
        rows = {table: past.rows_as_of(table) for table in ("project", "milestone")}
    of_then = {one.uid: one for one in then.facts}
    places = [of_then.pop(one.uid, None) if one.uid in changed.projects else one for one in now.facts]
    others = {uid: report for uid, report in now.reports.items() if uid not in changed.projects}
    joined = replace(
        same, facts=[*(one for one in places if one), *of_then.values()], reports={**others, **then.reports}
    )
    return Earlier(joined, parts, changed.projects, rows)


def tallies(ledger: Ledger, scope: Scope, facts: MonthFacts) -> Tallies:
    """Each project's part of the figures, in the order of Figures."""
    connection = ledger.connection
    money = store.money(connection, facts.day.isoformat())
    year_start = _year_start(connection, scope, facts.month)
    plans = months.year_plans(connection, facts.day.year)
    found: Tallies = {}
    for project in facts.facts:
        uid = project.uid
        standing = facts.standing(project)
        earlier = _amounts(facts.before.get(uid))
        now = _amounts(facts.reports.get(uid))
        amounts = tuple(a if a is not None else b for a, b in zip(now, earlier, strict=True))
        given = money.get(uid, _NO_MONEY)
        # a project that has never reported an amount has that of its sources
        completed, arrived, paid, central_completed, central_arrived, central_paid = (
            amount if amount is not None else instead or 0
            for amount, instead in zip(
                amounts, (given[3], given[2], given[4], given[6], given[5], given[7]), strict=True
            )
        )
        year_completed = completed - (year_start.get(uid, _NO_KNOWN)[0] or 0) if amounts[0] is not None else 0
        reported = _has_reported(facts, project)
        light = facts.light(project)
        colour = light.colour if light else ""
        found[uid] = (
            1,
            project.total_investment or 0,
            project.central_request or 0,
            given[0] or 0,
            arrived,
            completed,
            paid,
            given[1] or 0,
            central_arrived,
            central_completed,
            central_paid,
            plans.get(uid, 0),
            year_completed,
            completed - (earlier[0] or 0) if amounts[0] is not None else 0,
            standing.is_started,
            standing.is_finished,
            standing.is_opened,
            colour == "红",
            colour == "黄",
            colour == "绿",
            reported is False,
            reported is True,
            year_completed if plans.get(uid) else 0,
        )
    return found


def _amounts(report: MonthReport | None) -> tuple[int | None, ...]:
    return _NO_KNOWN if report is None else _MONEY_OF(report)


def _year_start(connection: sqlite3.Connection, scope: Scope, month: str | None) -> dict[str, tuple[int | None, ...]]:
    """The amounts known at the end of the year before."""
    if month is None:
        return {}
    return months.known(connection, {**months.bound(scope.plan, scope.county), "month": f"{int(month[:4]) - 1}-12"})


def _has_reported(facts: MonthFacts, project: ProjectFacts) -> bool | None:
    """Whether this month's report has come; None where none is to come."""
    if facts.month is None or project.status in EXEMPT:
        return None
    report = facts.reports.get(project.uid)
    return report is not None and report.state in COUNTED


def _grouped(
    facts: MonthFacts,
    parts: Tallies,
    key_of: Callable[[ProjectFacts], str],
    names: Mapping[str, str],
    rank: Callable[[str], tuple[object, ...]],
) -> tuple[Line, ...]:
    groups: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for project in facts.facts:
        groups[key_of(project)].append(parts[project.uid])
    keys = sorted(groups, key=lambda key: (key == "", *rank(key)))
    return tuple(Line(key, names.get(key, key) or UNFILLED, total_of(groups[key])) for key in keys)


def _sector_rank(key: str) -> tuple[int]:
    return (SECTORS.index(key) if key in SECTORS else len(SECTORS),)


def _due(facts: MonthFacts, names: Mapping[str, str]) -> tuple[DueStep, ...]:
    """Milestones whose day comes within 30 days of today: what is due is due now, whichever month is looked at."""
    today = clock.today()
    until = today + dt.timedelta(days=DUE_DAYS)
    found = []
    for project in facts.facts:
        for step in facts.steps.get(project.uid, ()):
            deadline = step.planned or step.forecast
            if step.actual or deadline is None or not today <= last_day(deadline) <= until:
                continue
            left = (last_day(deadline) - today).days
            county = names.get(project.county, project.county)
            found.append(DueStep(project.uid, project.name, county, project.unit, step.name, deadline, left))
    return tuple(sorted(found, key=lambda one: (one.days, one.project_name)))


def _missing(facts: MonthFacts, names: Mapping[str, str]) -> tuple[MissingReport, ...]:
    return tuple(
        MissingReport(
            project.uid,
            project.name,
            names.get(project.county, project.county),
            project.unit,
            report.state if (report := facts.reports.get(project.uid)) else "",
        )
        for project in facts.facts
        if _has_reported(facts, project) is False
    )


def _county_names(ledger: Ledger) -> dict[str, str]:
    found: Iterable[tuple[str, str]] = ledger.connection.execute(
        "SELECT code, coalesce(short_name, name) FROM region WHERE deleted = 0"
    )
    return dict(found)
