"""What 进度图 asks of the ledger: the bars of the projects a query finds, county after county."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from laoxiao_desktop import clock
from laoxiao_desktop.models.gantt import Bar, Calendar, Mark, Subject, bar_of
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.store import gantt
from laoxiao_desktop.workspace import lights, projects
from laoxiao_desktop.workspace.ledger import Ledger

_COLUMNS = ("name", "county", "list_no", "status", "span")


@dataclass(frozen=True, slots=True)
class BarGroup:
    """One county with its bars; `title` is its short name, or 未填."""

    county: str
    title: str
    bars: tuple[Bar, ...]


def groups(ledger: Ledger, query: Query) -> list[BarGroup]:
    """The bars of the projects that match, by county, in the order of the lists, with the lights of the newest month."""
    found = projects.find(ledger, replace(query, group="county", order=query.order))
    ids: list[int] = list(found.ids)  # type: ignore[call-overload]  # an array of numbers
    today, calendar = clock.today(), Calendar()
    steps = gantt.steps(ledger.connection)
    baselines, known = gantt.latest_baselines(ledger.connection), lights.of(ledger)
    bars = []
    for _, uid, name, county, number, status, span in projects.rows_of(ledger, ids, _COLUMNS):
        subject = Subject(
            str(uid),
            str(name or ""),
            str(county or ""),
            number if isinstance(number, int) else None,
            str(status or ""),
            str(span) if span else None,
        )
        planned = _dates(baselines.get(subject.uid), calendar)
        marks = [_mark(step, planned, calendar) for step in steps.get(subject.uid, ())]
        light = known.get(subject.uid)
        bar = bar_of(subject, marks, today, calendar)
        bars.append(replace(bar, light=light.colour, why=light.told) if light else bar)
    together, first = [], 0
    for group in found.groups:
        after = first + group.sums.count
        together.append(BarGroup(group.value, group.title, tuple(bars[first:after])))
        first = after
    return together


def planned_count(ledger: Ledger) -> int:
    """How many projects have planned dates that a baseline can keep."""
    return gantt.planned_count(ledger.connection)


def _mark(step: gantt.Step, planned: Mapping[str, str], calendar: Calendar) -> Mark:
    uid, code, name, weight, plan, forecast, actual = step
    known = calendar.known
    return Mark(
        uid, code, name, weight, known(plan), known(forecast), known(actual), planned.get(uid) if planned else None
    )


def _dates(stored: str | None, calendar: Calendar) -> dict[str, str]:
    try:
        read = json.loads(stored) if stored else {}
    except ValueError:
        read = {}
    if not isinstance(read, dict):
        return {}
    return {str(uid): date for uid, date in read.items() if isinstance(date, str) and calendar.known(date)}
