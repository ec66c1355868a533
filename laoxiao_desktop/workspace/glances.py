"""What is told of a project at a glance: its light with the reason, what is completed beside 序时, its month, its counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from laoxiao_desktop.models import monthly
from laoxiao_desktop.models.capacity import read_capacities
from laoxiao_desktop.models.dates import add_months
from laoxiao_desktop.models.lights import Light
from laoxiao_desktop.models.monthly import LOCKED, MonthReport, MonthRow, ProjectFacts
from laoxiao_desktop.models.rates import Rate, elapsed
from laoxiao_desktop.store import glances as store
from laoxiao_desktop.store import months as months_store
from laoxiao_desktop.workspace import funding, month_facts, months
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.month_facts import MonthFacts


@dataclass(frozen=True, slots=True)
class Glance:
    """One project now: its light, 投资完成率 with the amount in 分 behind it, and 序时进度."""

    light: Light | None
    completed: int | None
    rate: Fraction | None
    elapsed: Fraction | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands on the tabs of a record: open problems and orders, attachments, sites."""

    issues: int
    orders: int
    attachments: int
    sites: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """Several projects together: what is completed over what is invested, and how many have which light.

    Only projects whose completed amount is known count in `rate`; None where there is none.
    """

    rate: Fraction | None
    lights: Mapping[str, int]


def of(ledger: Ledger, uids: Sequence[str], month: str | None = None) -> dict[str, Glance]:
    """The glance of these projects at a month (None: the newest one opened, else today); as fast for any size of ledger.

    The lights are those of `lights.of`.
    """
    facts = _facts(ledger, uids, month or month_facts.latest_month(ledger))
    return {project.uid: _glance(facts, project) for project in facts.facts}


def gathered(ledger: Ledger, uids: Sequence[str]) -> Gathered:
    """The glances of several projects as one; its cost grows with them, not with the ledger."""
    facts = _facts(ledger, uids, month_facts.latest_month(ledger))
    lights: dict[str, int] = {}
    completed = invested = 0
    for project in facts.facts:
        told = _glance(facts, project)
        if told.light is not None:
            lights[told.light.colour] = lights.get(told.light.colour, 0) + 1
        if told.completed is not None and project.total_investment:
            completed += told.completed
            invested += project.total_investment
    return Gathered(Rate(completed, invested).value if invested else None, lights)


def has_months(ledger: Ledger) -> bool:
    """Whether a month was opened yet."""
    return month_facts.latest_month(ledger) is not None


def counts(ledger: Ledger, project: str) -> Counts:
    """The counts on the tabs of a record."""
    return Counts(*store.counts(ledger.connection, project))


def may_have_sites(values: Mapping[str, object]) -> bool:
    """Whether a project is made of several sites: it says how many, or its content does."""
    text = str(values.get("sites") or "")
    if not text:
        found = read_capacities(str(values.get("content") or "")).get("sites")
        return found is not None and found[0].minimum > 1
    return text.strip() not in ("0", "1")


def open_month(ledger: Ledger) -> str | None:
    """The month that is filled in now: the newest opened one, unless it is locked."""
    rows = months_store.all_months(ledger.connection)
    return None if not rows or rows[-1]["is_locked"] else str(rows[-1]["month"])


def month_rows(ledger: Ledger, project: str) -> list[MonthRow]:
    """The months of one project, the newest first: those it has reported, and the open one also when nothing stands in it."""
    found = store.projects(ledger.connection, [project])
    if not found:
        return []
    facts, now = found[0], open_month(ledger)
    reports = {report.month: report for report in months.reports_of(ledger, project)}
    steps = store.steps(ledger.connection, [project]).get(project, [])
    plans = {plan.year: plan.amount for plan in funding.year_plans(ledger, project)}
    listed = sorted({*reports, *((now,) if now else ())}, reverse=True)
    return [_month_row(facts, month, reports, steps, plans.get(int(month[:4]))) for month in listed]


def _month_row(
    facts: ProjectFacts,
    month: str,
    reports: dict[str, MonthReport],
    steps: Sequence[months_store.Step],
    year_plan: int | None,
) -> MonthRow:
    before = monthly.carried(one for one in reports.values() if one.month < month)
    start = monthly.carried(one for one in reports.values() if one.month < f"{month[:4]}-01")
    now, after = reports.get(month), reports.get(add_months(month, 1))
    problems = tuple(monthly.check(now, before, facts, steps, after)) if now and now.state != LOCKED else ()
    is_exempt = facts.status in monthly.EXEMPT
    return MonthRow(facts, month, now, before, start, year_plan, None, problems, is_exempt)


def _facts(ledger: Ledger, uids: Sequence[str], month: str | None) -> MonthFacts:
    """What these projects are judged by; the store reads them alone, where month_facts reads all of a scope."""
    connection = ledger.connection
    reports, before = store.reports(connection, uids, month) if month else ({}, {})
    return month_facts.judged(
        ledger,
        month,
        facts=store.projects(connection, uids),
        reports=reports,
        before=before,
        steps=store.steps(connection, uids),
        sites=store.sites(connection, uids),
        kept=lambda month: store.month_lights(connection, uids, month),
    )


def _glance(facts: MonthFacts, project: ProjectFacts) -> Glance:
    completed = facts.known(project.uid, "cum_completed")
    rate = Rate(completed, project.total_investment or 0).value if completed is not None else None
    return Glance(facts.light(project), completed, rate, elapsed(project.span, facts.day))


def light_words(light: Light) -> Iterator[str]:
    """Every reason of a light as a sentence: rule and numbers, the worst first."""
    if light.is_override:
        yield f"{light.rule}：{light.why}"
    for reason in light.reasons:
        yield f"{reason.colour}　{reason.told}"
