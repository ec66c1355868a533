"""Conditions of the project grid that depend on a month: light, begun, finished, opened, report missing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from laoxiao_desktop.models.monthly import COUNTED, EXEMPT, ProjectFacts
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.workspace import month_facts
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.month_facts import MonthFacts

FIELDS: Final = ("light", "started", "finished", "opened", "missing")
_TITLES: Final = {
    "light": {"红": "红", "黄": "黄", "绿": "绿", "": "未评"},
    "started": {"1": "已开工", "0": "未开工"},
    "finished": {"1": "已完工", "0": "未完工"},
    "opened": {"1": "已投用", "0": "未投用"},
    "missing": {"1": "未报", "0": "已报", "": "不需报"},
}


def resolved(ledger: Ledger, query: Query) -> Query:
    """The query with these conditions as the projects that meet them."""
    asked = [(field, values) for field, values in query.conditions if field in FIELDS]
    month = next((values[0] for field, values in query.conditions if field == "month" and values), None)
    others = tuple(pair for pair in query.conditions if pair[0] not in FIELDS and pair[0] != "month")
    if not asked:
        return query if len(others) == len(query.conditions) else replace(query, conditions=others)
    facts = _read(ledger, Scope(), month, [field for field, _ in asked])
    tests = [(_VALUES[field], frozenset(values)) for field, values in asked]
    uids = tuple(
        project.uid for project in facts.facts if all(value_of(facts, project) in values for value_of, values in tests)
    )
    return replace(query, conditions=(*others, ("uids", uids)))


def choices(ledger: Ledger, field: str, plan: str | None) -> list[tuple[str, str, int]]:
    """What a filter offers for such a field at the newest month: (value, title, count)."""
    facts = _read(ledger, Scope(plan), None, [field])
    counted: dict[str, int] = {}
    for project in facts.facts:
        value = _VALUES[field](facts, project)
        counted[value] = counted.get(value, 0) + 1
    return [(value, title, counted[value]) for value, title in _TITLES[field].items() if value in counted]


def _read(ledger: Ledger, scope: Scope, month: str | None, fields: list[str]) -> MonthFacts:
    needs_reports = "light" in fields or "missing" in fields
    return month_facts.read(ledger, scope, month or month_facts.latest_month(ledger), with_reports=needs_reports)


def _light(facts: MonthFacts, project: ProjectFacts) -> str:
    light = facts.light(project)
    return light.colour if light else ""


def _started(facts: MonthFacts, project: ProjectFacts) -> str:
    return "1" if facts.standing(project).is_started else "0"


def _finished(facts: MonthFacts, project: ProjectFacts) -> str:
    return "1" if facts.standing(project).is_finished else "0"


def _opened(facts: MonthFacts, project: ProjectFacts) -> str:
    return "1" if facts.standing(project).is_opened else "0"


def _missing(facts: MonthFacts, project: ProjectFacts) -> str:
    if facts.month is None or project.status in EXEMPT:
        return ""
    report = facts.reports.get(project.uid)
    return "0" if report is not None and report.state in COUNTED else "1"


_VALUES: Final[dict[str, Callable[[MonthFacts, ProjectFacts], str]]] = {
    "light": _light,
    "started": _started,
    "finished": _finished,
    "opened": _opened,
    "missing": _missing,
}
