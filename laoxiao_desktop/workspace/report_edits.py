"""What a person wrote in the place of paragraphs of a report: kept with the report of that scope and month or day."""

import json

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.plain_text import many_lines
from laoxiao_desktop.models.report_request import TITLES, Request
from laoxiao_desktop.models.report_text import Edit, Paragraph
from laoxiao_desktop.store import rows
from laoxiao_desktop.workspace.ledger import Ledger


def of(ledger: Ledger, request: Request) -> tuple[Edit, ...]:
    """The edits of a report, in the order of their places."""
    found = rows.select(ledger.connection, "report_edit", "deleted = 0 AND wish = ?", (wish_of(request),), "place, id")
    return tuple(Edit(str(row["place"]), str(row["text"] or ""), str(row["basis"] or "")) for row in found)


def write(ledger: Ledger, request: Request, paragraph: Paragraph, text: str) -> Change | None:
    """Writes other words in the place of a paragraph; the words made from the data take the edit away."""
    wanted = many_lines(text)
    wish = wish_of(request)
    uid = next(
        (
            str(row["uid"])
            for row in rows.select(
                ledger.connection, "report_edit", "wish = ? AND place = ?", (wish, paragraph.place), "deleted, id"
            )
        ),
        None,
    )
    is_back = wanted == paragraph.made
    where = paragraph.heading or "开头"
    with ledger.change(f"{TITLES[request.kind]}“{where}”{'恢复原文' if is_back else '改文字'}") as writing:
        values: dict[str, rows.Stored] = {"text": wanted, "basis": paragraph.made}
        if is_back:
            if uid is not None:
                rows.update(ledger.connection, "report_edit", uid, {"deleted": 1})
        elif uid is not None:
            rows.update(ledger.connection, "report_edit", uid, {**values, "deleted": 0})
        else:
            rows.insert(ledger.connection, "report_edit", {"wish": wish, "place": paragraph.place, **values})
    return writing.written


def wish_of(request: Request) -> str:
    """The report that is meant: kind, scope, and month or day."""
    period = request.month or request.as_of.isoformat()
    asked = [request.kind, period, request.plan, request.county, request.sector, request.unit]
    return json.dumps(asked, ensure_ascii=False)
