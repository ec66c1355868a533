"""The ledger as it stood: today, at the end of a day gone by, or when a month was locked."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from laoxiao_desktop import clock
from laoxiao_desktop.models.monthly import month_end
from laoxiao_desktop.models.region import short_name_of
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.store import origin, snapshot
from laoxiao_desktop.workspace import month_facts, plans
from laoxiao_desktop.workspace.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Stand:
    """A ledger to read a report from: as of which day, which month it tells, on which day is asked, and its stamp."""

    ledger: Ledger
    day: dt.date
    month: str | None
    asked_on: dt.date
    stamp: str

    def facts(self, scope: Scope) -> month_facts.MonthFacts:
        """The month over the projects of a scope."""
        return month_facts.read(self.ledger, scope, self.month, asked_on=self.asked_on)


@contextmanager
def standing(ledger: Ledger, as_of: dt.date, month: str | None = None) -> Iterator[Stand]:
    """The ledger as of a day; with a month as it stands, or once that is locked as it stood when it was locked."""
    today = clock.today()
    identity = origin.ledger_id(ledger.connection)
    if month is not None:
        point = snapshot.locked_at(ledger.connection, month)
        if point is None:
            yield Stand(ledger, month_end(month, today), month, today, f"{identity} {ledger.head()}")
            return
        with ledger.past(point) as past:
            day = dt.date.fromisoformat(point.day)
            yield Stand(past, month_end(month, day), month, day, f"{identity} {point.link[:8]}")
        return
    if as_of >= today:
        yield Stand(ledger, today, _month_at(ledger, as_of), today, f"{identity} {ledger.head()}")
        return
    moment = (as_of + dt.timedelta(days=1)).isoformat()
    link = head_at(ledger, as_of)
    with ledger.past(moment=moment) as past:
        yield Stand(past, as_of, _month_at(past, as_of), as_of, f"{identity} {link}".strip())


def head_at(ledger: Ledger, day: dt.date) -> str:
    """The link of the log at the end of a day gone by."""
    return origin.link_before(ledger.connection, (day + dt.timedelta(days=1)).isoformat())[:8]


def stamp_of(ledger: Ledger, head: str) -> str:
    """The id of a ledger beside a link of its log."""
    return f"{origin.ledger_id(ledger.connection)} {head}"


def scope_name(ledger: Ledger, scope: Scope) -> str:
    """勐海县, 玉溪市, or "" for everything."""
    known = plans.all_of(ledger)
    if scope.county:
        return short_name_of(scope.county)
    named = [plan for plan in known if scope.plan in (None, plan.uid)]
    return named[0].region if len(named) == 1 else ""


def _month_at(ledger: Ledger, day: dt.date) -> str | None:
    """The newest month opened that is not after the day."""
    found = ledger.connection.execute(
        "SELECT max(month) FROM month WHERE deleted = 0 AND month <= ?", (day.isoformat()[:7],)
    ).fetchone()
    return found[0] if found else None
