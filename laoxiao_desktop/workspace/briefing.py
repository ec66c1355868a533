"""What an official is told on one page: the overview of a month with its pace, red projects, reminders and plans."""

from collections import defaultdict
from dataclasses import dataclass

from laoxiao_desktop import clock
from laoxiao_desktop.models.lights import COLOURS, Light
from laoxiao_desktop.models.overview import Overview
from laoxiao_desktop.models.pace import Pace, pace_of
from laoxiao_desktop.models.reminder import Reminder
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.store import months
from laoxiao_desktop.workspace import lights, plans, reminders
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.month_facts import latest_month
from laoxiao_desktop.workspace.overview import overview
from laoxiao_desktop.workspace.plans import PlanLine


@dataclass(frozen=True, slots=True)
class LitProject:
    """A project with the light that explains itself."""

    uid: str
    name: str
    light: Light


@dataclass(frozen=True, slots=True)
class EndYear:
    """The projects whose 建设期限 ends in a year; "" for those without an end."""

    year: str
    uids: tuple[str, ...]
    total_investment: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything the page is made of. `lit` holds the projects under red, then those under yellow."""

    overview: Overview
    pace: Pace
    lit: tuple[LitProject, ...]
    reminders: tuple[Reminder, ...]
    plans: tuple[PlanLine, ...]
    ends: tuple[EndYear, ...]
    with_milestones: int
    is_newest: bool = True


def briefing(ledger: Ledger, scope: Scope, month: str | None = None) -> Briefing:
    """All of it for a scope at a month that was opened (None: the newest); an earlier one reminds of nothing."""
    told = overview(ledger, scope, month)
    is_newest = told.month == latest_month(ledger)
    bound = months.bound(scope.plan, scope.county)
    projects = months.projects(ledger.connection, bound)
    found = lights.of(ledger, told.month, scope)
    lit = [
        LitProject(project.uid, project.name, light)
        for project in projects
        for light in [found.get(project.uid)]
        if light is not None and light.colour != "绿"
    ]
    ends: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for project in projects:
        _, _, last = (project.span or "").partition("/")
        ends[last[:4]].append((project.uid, project.total_investment or 0))
    steps = months.steps(ledger.connection, bound)
    return Briefing(
        overview=told,
        pace=pace_of((project for project in projects if project.status != "取消"), told.day),
        lit=tuple(sorted(lit, key=lambda one: COLOURS.index(one.light.colour))),
        reminders=tuple(reminders.reminders(ledger, clock.today(), scope)) if is_newest else (),
        is_newest=is_newest,
        plans=tuple(plans.all_of(ledger)),
        ends=tuple(
            EndYear(year, tuple(uid for uid, _ in ends[year]), sum(amount for _, amount in ends[year]))
            for year in sorted(ends, key=lambda year: (year == "", year))
        ),
        with_milestones=sum(project.uid in steps for project in projects),
    )
