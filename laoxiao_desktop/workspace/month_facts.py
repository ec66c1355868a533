"""What a month is judged by, read at once: its projects, their reports, what stood before, their milestones and lights."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from laoxiao_desktop import clock
from laoxiao_desktop.models import light_rules, lights
from laoxiao_desktop.models.dates import add_months
from laoxiao_desktop.models.lights import Light, Override, Thresholds
from laoxiao_desktop.models.monthly import MonthReport, ProjectFacts, due_on, month_end
from laoxiao_desktop.models.sites import Site, roll_up
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.store import months
from laoxiao_desktop.workspace.ledger import Ledger, setting

THRESHOLDS = "light_thresholds"
Kept = tuple[str, str, str, int | None]


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One month (or today, when `month` is None) over the projects of a scope."""

    month: str | None
    day: dt.date
    asked_on: dt.date
    is_locked: bool
    due_on: str | None
    facts: list[ProjectFacts]
    reports: dict[str, MonthReport]
    before: dict[str, MonthReport]
    steps: dict[str, list[months.Step]]
    thresholds: Thresholds
    overrides: Mapping[str, Override]
    kept: Mapping[str, Kept]  # lights written when the month was locked
    sites: Mapping[str, list[Site]]
    standings: dict[str, light_rules.Standing] = field(default_factory=dict)

    def standing(self, project: ProjectFacts) -> light_rules.Standing:
        """How far a project is at the end of the month."""
        found = self.standings.get(project.uid)
        if found is None:
            steps, sites = self.steps.get(project.uid, ()), self.sites.get(project.uid)
            rolled = roll_up(sites, self.day) if sites else None
            found = light_rules.standing_of(project, steps, self.day, rolled)
            self.standings[project.uid] = found
        return found

    def light(self, project: ProjectFacts) -> Light | None:
        """The light of a project: as kept when the month was locked, else by the rules."""
        if self.is_locked and (kept := self.kept.get(project.uid)):
            return light_of_kept(*kept)
        return light_rules.lights_of(
            project,
            self.standing(project),
            self.reports.get(project.uid),
            self.before.get(project.uid),
            self.day,
            self.thresholds,
            self.overrides.get(project.uid),
            month=self.month,
            due_on=self.due_on,
            asked_on=self.asked_on,
        )

    def known(self, project: str, name: str) -> int | None:
        """A cumulative amount at this month: this month's, else the last one known."""
        for report in (self.reports.get(project), self.before.get(project)):
            value = report.money(name) if report else None
            if value is not None:
                return value
        return None


def latest_month(ledger: Ledger) -> str | None:
    """The newest month that was opened; None before the first."""
    found = ledger.connection.execute("SELECT max(month) FROM month WHERE deleted = 0").fetchone()
    return found[0] if found else None


def read(
    ledger: Ledger,
    scope: Scope,
    month: str | None,
    *,
    with_reports: bool = True,
    asked_on: dt.date | None = None,
    like: MonthFacts | None = None,
    project: str | None = None,
) -> MonthFacts:
    """Everything about a month; with None as of today, without reports to ask for. Without reports no lights are asked.

    `asked_on` is the day on which is asked, today unless said otherwise. `like` is another month of the same scope, read
    in the same breath: what does not depend on the month is taken from it.
    `project` reads one project alone.
    """
    connection = ledger.connection
    bound = months.bound(scope.plan, scope.county, project=project)
    before: dict[str, MonthReport] = {}
    if month and with_reports:
        before = months.standing(connection, {**bound, "month": add_months(month, -1)})
    return judged(
        ledger,
        month,
        asked_on,
        facts=like.facts if like else months.projects(connection, bound),
        reports=months.reports(connection, month, project) if month and with_reports else {},
        before=before,
        steps=like.steps if like else months.steps(connection, bound),
        sites=like.sites if like else months.sites(connection),
        kept=lambda month: months.month_lights(connection, month),
    )


def judged(
    ledger: Ledger,
    month: str | None,
    asked_on: dt.date | None = None,
    *,
    facts: list[ProjectFacts],
    reports: dict[str, MonthReport],
    before: dict[str, MonthReport],
    steps: dict[str, list[months.Step]],
    sites: Mapping[str, list[Site]],
    kept: Callable[[str], Mapping[str, Kept]],
) -> MonthFacts:
    """What was read of some projects, with what the ledger says of the month; `kept` reads the lights of a locked one."""
    today = asked_on or clock.today()
    row = next((row for row in months.all_months(ledger.connection) if row["month"] == month), None) if month else None
    thresholds = thresholds_of(ledger)
    is_locked = bool(row and row["is_locked"])
    return MonthFacts(
        month=month,
        day=month_end(month, today) if month else today,
        asked_on=today,
        is_locked=is_locked,
        due_on=(str(row["due_on"]) if row and row["due_on"] else due_on(month, thresholds.due_day)) if month else None,
        facts=facts,
        reports=reports,
        before=before,
        steps=steps,
        thresholds=thresholds,
        overrides=overrides_of(ledger),
        kept=kept(month) if month and is_locked else {},
        sites=sites,
    )


def due_day_of(ledger: Ledger, month: str) -> str:
    """The day by which a month is reported, when it is opened now."""
    return due_on(month, thresholds_of(ledger).due_day)


def thresholds_of(ledger: Ledger) -> Thresholds:
    """The thresholds of this ledger; preset A before they were set."""
    return Thresholds.from_stored(setting(ledger, THRESHOLDS))


def overrides_of(ledger: Ledger) -> dict[str, Override]:
    """The latest light set by a person for each project; whether it still holds is the rules' to say."""
    return {
        project: Override(uid, project, colour, reason, expires)
        for uid, project, light, reason, expires in months.overrides(ledger.connection)
        for colour in lights.COLOURS
        if colour == light
    }


def kept_why(light: Light) -> str:
    """All that a light says, for keeping: its sentence, and a line for each further reason."""
    others = light.reasons if light.is_override else light.reasons[1:]
    return "\n".join([light.why, *(f"{one.colour} {one.rule}：{one.why}" for one in others)])


def light_of_kept(light: str, rule: str, why: str, is_override: int | None) -> Light:
    """A light as it was written down."""
    first, *others = why.split("\n")
    reasons = [] if is_override else [lights.Reason(_colour(light), rule, first)]
    for line in others:
        name, _, told = line[2:].partition("：")
        reasons.append(lights.Reason(_colour(line[:1]), name, told))
    return Light(_colour(light), rule, first, is_override=bool(is_override), reasons=tuple(reasons))


def _colour(text: str) -> lights.Colour:
    return next((colour for colour in lights.COLOURS if colour == text), "绿")
