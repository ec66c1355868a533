"""The projects of a report with everything a table or a card says of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from laoxiao_desktop.models.dates import last_day, show_date
from laoxiao_desktop.models.monthly import ProjectFacts
from laoxiao_desktop.models.overview import Figures
from laoxiao_desktop.models.region import COUNTIES
from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.models.stored import text_in
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.models.table_projects import ProjectState
from laoxiao_desktop.models.units import split_units
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace import overview
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.month_facts import MonthFacts
from laoxiao_desktop.workspace.past import Stand

_TEXTS = ("build_kind", "facility_type", "place", "content", "contact", "phone")


@dataclass(frozen=True, slots=True)
class Owed:
    """The open problems of a project in one text, who sees to them, and the day that comes first."""

    text: str = ""
    owner: str = ""
    due_on: str | None = None
    first: str = ""  # the most urgent one alone
    first_owner: str = ""


NOTHING_OWED = Owed()


def scope_of(request: Request) -> Scope:
    """The plan and county of a request."""
    return Scope(request.plan, request.county)


def is_wanted(request: Request, facts: ProjectFacts) -> bool:
    """Whether a project is inside what was asked for beyond plan and county."""
    return (
        request.sector in (None, facts.sector)
        and (request.unit is None or request.unit in split_units(facts.unit))
        and request.project in (None, facts.uid)
    )


def wanted(request: Request, facts: Iterable[ProjectFacts]) -> list[ProjectFacts]:
    """Those of the projects that were asked for."""
    if request.uids:
        known = {one.uid: one for one in facts}
        return [known[uid] for uid in request.uids if uid in known]
    return [one for one in facts if is_wanted(request, one)]


def states(stand: Stand, request: Request) -> list[ProjectState]:
    """Every project that was asked for, in the order of the lists."""
    scope = scope_of(request)
    facts = stand.facts(scope)
    tallies = overview.tallies(stand.ledger, scope, facts)
    names = county_names(stand.ledger)
    rest = {str(row["uid"]): row for row in rows.select(stand.ledger.connection, "project")}
    allocated = _allocated(stand.ledger)
    return [
        _state(stand, one, facts, Figures(*tallies[one.uid]), rest[one.uid], names, one.uid in allocated)
        for one in wanted(request, facts.facts)
    ]


def county_names(ledger: Ledger) -> dict[str, str]:
    """The short name of each county by its code."""
    return dict(
        ledger.connection.execute("SELECT code, coalesce(short_name, name) FROM region WHERE deleted = 0").fetchall()
    )


def county_order(codes: Iterable[str]) -> list[str]:
    """Each code once, in the order of the counties, what is not filled in last."""
    rank = {region.code: place for place, region in enumerate(COUNTIES)}
    return sorted(set(codes), key=lambda code: (code == "", rank.get(code, len(rank)), code))


def owed(ledger: Ledger) -> dict[str, Owed]:
    """What each project still owes, by its uid."""
    found: dict[str, list[Mapping[str, Stored]]] = defaultdict(list)
    for row in rows.select(ledger.connection, "issue", "deleted = 0", (), "due_on IS NULL, due_on, id"):
        if row["state"] != "已销号" and row["text"]:
            found[str(row["project"])].append(row)
    return {
        uid: Owed(
            "；".join(str(row["text"]).strip().rstrip("。；;") for row in told),
            "、".join(dict.fromkeys(str(row["owner"]) for row in told if row["owner"])),
            str(told[0]["due_on"]) if told[0]["due_on"] else None,
            str(told[0]["text"]),
            str(told[0]["owner"] or ""),
        )
        for uid, told in found.items()
    }


def _state(
    stand: Stand,
    one: ProjectFacts,
    facts: MonthFacts,
    figures: Figures,
    row: Mapping[str, Stored],
    names: Mapping[str, str],
    has_allocated: bool,
) -> ProjectState:
    steps = facts.steps.get(one.uid, [])
    report = facts.reports.get(one.uid)
    today = stand.day.isoformat()
    done = [step for step in steps if step.actual and step.actual <= today]
    waiting = [step for step in steps if step not in done and (step.forecast or step.planned)]
    ahead = min(waiting, key=lambda step: last_day(step.forecast or step.planned or ""), default=None)
    texts = {name: str(row[name] or "") for name in _TEXTS}
    return ProjectState(
        uid=one.uid,
        list_no=one.list_no,
        name=one.name,
        county=names.get(one.county, one.county),
        sector=one.sector,
        unit=one.unit,
        total_investment=one.total_investment,
        central_request=one.central_request,
        span=one.span,
        status=one.status,
        beds=text_in(row, "beds") or None,
        places=text_in(row, "places") or None,
        floor_area_m2=text_in(row, "floor_area_m2") or None,
        allocated=figures.allocated if figures.allocated or has_allocated else None,
        arrived=_known(facts, one.uid, "cum_arrived", figures.arrived),
        completed=_known(facts, one.uid, "cum_completed", figures.completed),
        paid=_known(facts, one.uid, "cum_paid", figures.paid),
        month_completed=figures.month_completed if report and report.cum_completed is not None else None,
        done=len(done),
        steps=len(steps),
        next_step=f"{ahead.name} {show_date(ahead.forecast or ahead.planned)}" if ahead else "",
        report=report or facts.before.get(one.uid),
        light=facts.light(one),
        **texts,
    )


def _known(facts: MonthFacts, uid: str, name: str, amount: int) -> int | None:
    """The amount, None where nobody ever told one."""
    return amount if amount or facts.known(uid, name) is not None else None


def _allocated(ledger: Ledger) -> set[str]:
    found = ledger.connection.execute(
        "SELECT DISTINCT project FROM allocation WHERE deleted = 0 AND amount IS NOT NULL"
    )
    return {str(row[0]) for row in found}
