"""The reports of a locked month as they were printed when it was locked: the same bytes for good, whatever is upgraded."""

import dataclasses
import hashlib
import json
from collections.abc import Iterable

from laoxiao_desktop import clock
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.models.report_request import TITLES, Request
from laoxiao_desktop.store import blobs, rows, snapshot
from laoxiao_desktop.workspace import plans, report_edits
from laoxiao_desktop.workspace.ledger import Ledger

KEPT = ("monthly",)  # the kinds whose reports are kept


def missing(ledger: Ledger, office: str | None = None) -> list[Request]:
    """The reports of the last locked month that are not kept yet: of everything, and of each plan that has projects."""
    found = ledger.connection.execute("SELECT max(month) FROM month WHERE deleted = 0 AND is_locked = 1").fetchone()
    if found is None or found[0] is None:
        return []
    known = [plan.uid for plan in plans.all_of(ledger) if plan.projects]
    scopes: list[str | None] = [None, *known] if len(known) > 1 else [None]
    signed = ledger.person.unit if office is None else office
    wanted = [
        Request(kind, clock.today(), plan=plan, month=str(found[0]), office=signed) for kind in KEPT for plan in scopes
    ]
    return [request for request in wanted if content(ledger, request) is None]


def keep(ledger: Ledger, printed: Iterable[tuple[Request, bytes]]) -> Change | None:
    """Keeps finished reports of locked months in the ledger, beside the change that locked them."""
    made = list(printed)
    if not made:
        return None
    first = made[0][0]
    with ledger.change(
        f"留存{show_month(first.month or '')}{TITLES[first.kind]} {len(made)} 份", is_aside=True
    ) as writing:
        for request, data in made:
            point = snapshot.locked_at(ledger.connection, request.month or "")
            if point is not None:
                values: dict[str, rows.Stored] = {
                    "month": request.month,
                    "kind": request.kind,
                    "wish": _wish(ledger, request),
                    "link": point.link,
                    "sha256": blobs.keep(ledger.connection, data),
                    "size": len(data),
                }
                rows.insert(ledger.connection, "kept_report", values)
    return writing.written


def content(ledger: Ledger, request: Request) -> bytes | None:
    """The bytes that were kept of a report when its month was locked; None when they were not, or it is open again."""
    if request.month is None:
        return None
    point = snapshot.locked_at(ledger.connection, request.month)
    if point is None:
        return None
    found = rows.select(
        ledger.connection,
        "kept_report",
        "deleted = 0 AND month = ? AND kind = ? AND wish = ? AND link = ?",
        (request.month, request.kind, _wish(ledger, request), point.link),
    )
    kept = next(iter(found), None)
    return blobs.content(ledger.connection, str(kept["sha256"])) if kept else None


def _wish(ledger: Ledger, request: Request) -> str:
    """What was asked for and what a person wrote into it, as one text; the day plays no part where a month is told."""
    asked = dataclasses.asdict(request)
    del asked["as_of"], asked["kind"], asked["month"], asked["receipt"]
    edits = report_edits.of(ledger, request)
    if edits:
        asked["edits"] = hashlib.sha256(repr(edits).encode()).hexdigest()
    return json.dumps(asked, ensure_ascii=False, sort_keys=True)
