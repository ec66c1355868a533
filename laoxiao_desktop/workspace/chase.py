"""Who is chased for a month: the missing projects by unit, with the people to call."""

from collections.abc import Sequence

from laoxiao_desktop import clock
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.chase import Chase, ChaseProject, ChaseUnit
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.monthly import COUNTED, EXEMPT
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.store import months as store
from laoxiao_desktop.workspace import months, projects
from laoxiao_desktop.workspace.ledger import Ledger

_COUNTY = field_of("project", "county")


def chase(ledger: Ledger, month: str, scope: Scope | None = None) -> Chase:
    """Everybody who has not reported `month`, units with the most projects first; UserError when it was never opened."""
    due_on, asked = months.opened(ledger, month).due_on, scope or Scope()
    reports = store.reports(ledger.connection, month)
    owed: dict[str, list[ChaseProject]] = {}
    for facts in store.projects(ledger.connection, store.bound(asked.plan, asked.county)):
        report = reports.get(facts.uid)
        if facts.status in EXEMPT or (report is not None and report.state in COUNTED):
            continue
        state, reason = (report.state, report.return_reason) if report is not None else ("", "")
        line = ChaseProject(facts.uid, facts.name, fields.show(_COUNTY, facts.county), state, reason)
        owed.setdefault(facts.unit, []).append(line)
    units = [ChaseUnit(unit, tuple(lines), _contacts(ledger, lines)) for unit, lines in owed.items()]
    units.sort(key=lambda one: (one.unit == "", -len(one.projects), one.unit))
    return Chase(month, due_on, clock.today(), tuple(units))


def _contacts(ledger: Ledger, owed: Sequence[ChaseProject]) -> tuple[str, ...]:
    """联系人 电话 of these projects, each once."""
    ids = [number for one in owed if (number := projects.id_of(ledger, one.uid)) is not None]
    found: dict[str, None] = {}
    for _, _, contact, phone in projects.rows_of(ledger, ids, ("contact", "phone")):
        words = " ".join(str(part) for part in (contact, phone) if part)
        if words:
            found[words] = None
    return tuple(found)
