"""What the reports are computed from: the rows of the ledger as they stood on the day of the report."""

import datetime as dt
from collections.abc import Mapping

from laoxiao_desktop import clock
from laoxiao_desktop.models.monthly_count import project_facts, summarise
from laoxiao_desktop.models.summary import IssueFact, Money, MonthlySummary, PlanFact, ProjectFact, Scope
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger


def monthly(ledger: Ledger, scope: Scope, as_of: dt.date) -> MonthlySummary:
    """The monthly summary of a plan, a county or all, as of a day; a day gone by is read from the log."""
    moment = _end_of(as_of)
    before = _end_of(as_of.replace(day=1) - dt.timedelta(days=1))
    facts = project_facts(ledger.rows_as_of("project", moment), ledger.rows_as_of("milestone", moment))
    names = {fact.uid: fact.name for fact in facts if _is_inside(fact, scope)}
    earlier = ledger.rows_as_of("project", before)
    return summarise(
        facts,
        [
            _plan(row)
            for row in sorted(ledger.rows_as_of("plan", moment), key=lambda row: (row.get("ord") or 0, row["uid"]))
        ],
        scope,
        as_of,
        office=ledger.person.unit,
        stamp=ledger.head(),
        previous=project_facts(earlier, ledger.rows_as_of("milestone", before)) if earlier else (),
        issues=[
            IssueFact(names[str(row["project"])], str(row["text"]), str(row.get("owner") or ""), _text(row, "due_on"))
            for row in ledger.rows_as_of("issue", moment)
            if row.get("project") in names and row.get("state") != "已销号" and row.get("text")
        ],
        money=_money(ledger, moment, as_of, names),
    )


def _end_of(day: dt.date) -> str | None:
    """The moment after which the log is not read; None for today and later: the tables themselves."""
    return None if day >= clock.today() else (day + dt.timedelta(days=1)).isoformat()


def _is_inside(fact: ProjectFact, scope: Scope) -> bool:
    return scope.plan in (None, fact.plan) and scope.county in (None, fact.county)


def _money(ledger: Ledger, moment: str | None, as_of: dt.date, names: Mapping[str, str]) -> Money | None:
    """Cumulative sums of the latest monthly report of each project up to the day; None when nothing was reported."""
    month = as_of.isoformat()[:7]
    latest: dict[str, Mapping[str, Stored]] = {}
    for row in sorted(ledger.rows_as_of("monthly_report", moment), key=lambda row: str(row.get("month") or "")):
        figures = [row.get(name) for name in ("cum_completed", "cum_arrived", "cum_paid")]
        if (
            row.get("project") in names
            and str(row.get("month") or "")[:7] <= month
            and any(f is not None for f in figures)
        ):
            latest[str(row["project"])] = row
    if not latest:
        return None
    return Money(
        len(latest),
        sum(_fen(row, "cum_completed") for row in latest.values()),
        sum(_fen(row, "cum_arrived") for row in latest.values()),
        sum(_fen(row, "cum_paid") for row in latest.values()),
    )


def _plan(row: Mapping[str, Stored]) -> PlanFact:
    title, region = _text(row, "title") or "", _text(row, "region") or ""
    return PlanFact(
        str(row["uid"]), title, region, _text(row, "doc_no") or "", _text(row, "issuer") or "", _text(row, "issued_on")
    )


def _text(row: Mapping[str, Stored], name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) and value else None


def _fen(row: Mapping[str, Stored], name: str) -> int:
    value = row.get(name)
    return value if isinstance(value, int) else 0
