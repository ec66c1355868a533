"""The value of any report: what is printed, saved as a workbook, and shown."""

from dataclasses import replace

from laoxiao_desktop import clock
from laoxiao_desktop.models import narrative
from laoxiao_desktop.models.report_card import Cards, Orders
from laoxiao_desktop.models.report_gantt import Chart
from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.models.report_table import Document
from laoxiao_desktop.models.report_text import Paragraph, paragraphs
from laoxiao_desktop.models.summary import MonthlySummary
from laoxiao_desktop.workspace import past, report_desk, report_drawn, report_edits, report_facts, report_projects
from laoxiao_desktop.workspace.ledger import Ledger

Value = MonthlySummary | Document | Cards | Orders | Chart


def value_of(ledger: Ledger, request: Request) -> Value:
    """What was asked for, read from the ledger as it stood. UserError when it cannot be told."""
    match request.kind:
        case "monthly":
            scope = report_projects.scope_of(request)
            summary = report_facts.monthly(ledger, scope, request.as_of, request.month)
            head = summary.stamp
            if request.month is None and request.as_of < clock.today():
                head = past.head_at(ledger, request.as_of)
            stamp = past.stamp_of(ledger, head)
            office = request.office or ledger.person.unit
            return replace(summary, office=office, stamp=stamp, edits=report_edits.of(ledger, request))
        case "card":
            return report_drawn.cards(ledger, request)
        case "supervise":
            return report_drawn.orders(ledger, request)
        case "gantt":
            return report_drawn.chart(ledger, request)
        case _:
            return replace(report_desk.document(ledger, request), edits=report_edits.of(ledger, request))


def workbook_of(ledger: Ledger, request: Request) -> Document:
    """The tables of a report as a workbook holds them; of the monthly report its annex. UserError for one without."""
    asked = replace(request, kind="projects", columns=()) if request.kind == "monthly" else request
    return report_desk.document(ledger, asked)


def paragraphs_of(value: Value) -> list[Paragraph]:
    """The paragraphs of a report that can be edited before printing."""
    if isinstance(value, MonthlySummary):
        return paragraphs(narrative.monthly(value).blocks, value.edits)
    if isinstance(value, Document) and value.is_long:
        return paragraphs(value.lead, value.edits)
    return []


def count_of(value: Value) -> int:
    """How many projects or rows a report tells of."""
    return value.total.count if isinstance(value, MonthlySummary) else value.count


def month_of(value: Value) -> str | None:
    """The month a report tells."""
    if isinstance(value, MonthlySummary):
        return value.month.month if value.month else None
    return value.month
