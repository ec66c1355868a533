"""From the value of any report to its finished pages."""

from __future__ import annotations

from dataclasses import dataclass

from laoxiao_desktop.models.report_card import Cards, Orders
from laoxiao_desktop.models.report_gantt import Chart
from laoxiao_desktop.models.report_table import Document
from laoxiao_desktop.models.summary import MonthlySummary
from laoxiao_desktop.reports import card, document, gantt, monthly, order
from laoxiao_desktop.reports.font_files import FontChoice, fonts_of_this_machine
from laoxiao_desktop.reports.page import Heading, Paper

Value = MonthlySummary | Document | Cards | Orders | Chart


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file: its bytes, its pages, and the characters no font could print."""

    content: bytes
    pages: int
    missing_glyphs: tuple[str, ...]


def pages_of(value: Value, fonts: FontChoice | None = None, numbering: str = "outer") -> Printed:
    """The file of a report; the same value gives the same bytes."""
    paper, heading = _set(value, fonts or fonts_of_this_machine())
    paper.numbering = numbering
    content = paper.finish(heading)
    return Printed(content, len(paper.sheets), tuple(sorted(paper.book.missing)))


def _set(value: Value, fonts: FontChoice) -> tuple[Paper, Heading]:
    match value:
        case MonthlySummary():
            return monthly.set_pages(value, fonts), monthly.heading(value)
        case Document():
            return document.set_pages(value, fonts), Heading(value.plain_title, value.office, value.plain_title)
        case Cards():
            return card.set_pages(value, fonts), Heading(f"{value.scope_name}单项目卡片", value.office, "单项目卡片")
        case Orders():
            return order.set_pages(value, fonts), Heading(f"{value.scope_name}督办单", value.office, "督办单")
        case Chart():
            return gantt.set_pages(value, fonts), Heading(f"{value.scope_name}横道图", value.office, "横道图")
