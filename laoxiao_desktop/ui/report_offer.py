"""What the lists of the report panel hold: plans, counties, units, months and projects of the ledger."""

from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.models.report_request import Kind
from laoxiao_desktop.ui.report_options import Choice, Offer
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.workspace import lists, months, packages, plans, projects
from laoxiao_desktop.workspace.ledger import Ledger

MOST_PROJECTS = 3000


def offer_of(ledger: Ledger, scope: Scope, kind: Kind) -> Offer:
    """Everything that can be chosen for a kind in a scope."""
    known = plans.all_of(ledger)
    every = sum(plan.projects for plan in known)
    counties = projects.choices(ledger, "county", scope.plan)
    return Offer(
        plans=[
            Choice(None, f"全部方案 {every} 项"),
            *(Choice(p.uid, f"{p.region or p.title} {p.projects} 项") for p in known),
        ],
        counties=[
            Choice(None, "全部县市区"),
            *(Choice(code, f"{title} {count} 项") for code, title, count in counties if code),
        ],
        units=_units(ledger, scope, kind) if "unit" in kind.options else (),
        months=[
            Choice(one.month, f"{show_month(one.month)}{'（已锁定）' if one.is_locked else ''}")
            for one in months.months(ledger)
        ]
        if "month" in kind.options
        else (),
        projects=_projects(ledger, scope) if "project" in kind.options else (),
        receipts=_receipts(ledger) if "receipt" in kind.options else (),
    )


def _receipts(ledger: Ledger) -> list[Choice]:
    return [Choice(one.uid, f"{one.taken_at[:10]} {one.sender}") for one in packages.receipts(ledger)]


def _units(ledger: Ledger, scope: Scope, kind: Kind) -> list[Choice]:
    if kind.kind in ("indicators", "items"):
        return [Choice(unit, f"{unit} {count} 项") for unit, count in lists.units_of(ledger, scope.plan)]
    found = projects.choices(ledger, "responsible_unit", scope.plan)
    return [Choice(value, f"{value} {count} 项") for value, _, count in found if value]


def _projects(ledger: Ledger, scope: Scope) -> list[Choice]:
    asked = {"plan": scope.plan, "county": scope.county}
    query = Query(conditions=tuple((field, (value,)) for field, value in asked.items() if value))
    ids: list[int] = list(projects.find(ledger, query).ids)[:MOST_PROJECTS]  # type: ignore[call-overload]  # numbers
    rows = projects.rows_of(ledger, ids, ("list_no", "name"))
    return [Choice(str(uid), f"{number or '—'} {name}") for _, uid, number, name in rows]
