"""Who is chased for a month: the missing projects by unit, with the people to call."""

from laoxiao_desktop import clock
from laoxiao_desktop.models.chase import Chase, ChaseProject, ChaseUnit
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.store import months as store
from laoxiao_desktop.workspace import months, projects
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.months import MissingUnit


def chase(ledger: Ledger, month: str, scope: Scope | None = None) -> Chase:
    """Everybody who has not reported `month`; UserError when it was never opened."""
    due_on = months.opened(ledger, month).due_on
    reports = store.reports(ledger.connection, month)
    units: list[ChaseUnit] = []
    for missing in months.missing(ledger, month, scope or Scope()):
        owed = tuple(
            ChaseProject(
                one.uid,
                one.name,
                one.county_name,
                one.state,
                reports[one.uid].return_reason if one.uid in reports else "",
            )
            for one in missing.projects
        )
        units.append(ChaseUnit(missing.unit, owed, _contacts(ledger, missing)))
    return Chase(month, due_on, clock.today(), tuple(units))


def _contacts(ledger: Ledger, missing: MissingUnit) -> tuple[str, ...]:
    """联系人 电话 of these projects, each once."""
    ids = [number for one in missing.projects if (number := projects.id_of(ledger, one.uid)) is not None]
    found: dict[str, None] = {}
    for _, _, contact, phone in projects.rows_of(ledger, ids, ("contact", "phone")):
        words = " ".join(str(part) for part in (contact, phone) if part)
        if words:
            found[words] = None
    return tuple(found)
