"""The order of projects by the light that is really shown, judged once until something is written."""

from laoxiao_desktop.models.lights import COLOURS
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.store import finder, projects
from laoxiao_desktop.workspace import month_facts
from laoxiao_desktop.workspace.ledger import Ledger

_SPAN = 100_000  # days between two colours; within one the latest milestone comes first


def prepare(ledger: Ledger) -> None:
    """Lets the ledger be ordered by light: 红, 黄, 绿, then those without a light."""
    version = finder.version_of(ledger.connection)
    if ledger.lights_ranked != version:
        projects.rank_by(ledger.connection, _ranks(ledger))
        ledger.finder.forget_orders(projects.LIGHT_RANK)
        ledger.lights_ranked = version


def _ranks(ledger: Ledger) -> dict[str, int]:
    facts = month_facts.read(ledger, Scope(), month_facts.latest_month(ledger))
    return {
        project.uid: COLOURS.index(light.colour) * _SPAN - min(facts.standing(project).late_days, _SPAN - 1)
        for project in facts.facts
        if (light := facts.light(project)) is not None
    }
