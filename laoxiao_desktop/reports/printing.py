"""From the value of any report to its finished pages."""

from __future__ import annotations

from dataclasses import dataclass

from laoxiao_desktop.models.report_table import Document
from laoxiao_desktop.models.summary import MonthlySummary
from laoxiao_desktop.reports import document, monthly
from laoxiao_desktop.reports.font_files import FontChoice, fonts_of_this_machine
from laoxiao_desktop.reports.page import Heading, Paper

Value = MonthlySummary | Document


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file: its bytes, its pages, and the characters no font could print."""

    content: bytes
    pages: int
    missing_glyphs: tuple[str, ...]


def pages_of(value: Value, fonts: FontChoice | None = None, numbering: str = "outer") -> Printed:
    """The file of a report; the same value gives the same bytes."""
    chosen = fonts or fonts_of_this_machine()
    paper, heading = _set(value, chosen)
    paper.numbering = numbering
    content = paper.finish(heading)
    return Printed(content, len(paper.sheets), tuple(sorted(paper.book.missing)))


def _set(value: Value, fonts: FontChoice) -> tuple[Paper, Heading]:
    match value:
        case MonthlySummary():
            return monthly.set_pages(value, fonts), monthly.heading(value)
        case Document():
            return document.set_pages(value, fonts), Heading(value.plain_title, value.office, value.plain_title)
