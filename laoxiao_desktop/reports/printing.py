"""From the value of any report to its finished pages."""

from __future__ import annotations

from dataclasses import dataclass

from laoxiao_desktop.models.narrative_words import in_words
from laoxiao_desktop.models.report_card import Cards, Orders
from laoxiao_desktop.models.report_gantt import Chart
from laoxiao_desktop.models.report_request import TITLES
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
            return document.set_pages(value, fonts), _heading(value.plain_title, value, TITLES[value.kind])
        case Cards():
            return card.set_pages(value, fonts), _heading(_named(value, "单项目卡片"), value, "单项目卡片")
        case Orders():
            return order.set_pages(value, fonts), _heading(_named(value, "督办单"), value, "督办单")
        case Chart():
            return gantt.set_pages(value, fonts), _heading(_named(value, "横道图"), value, "横道图")


def _named(value: Cards | Orders | Chart, title: str) -> str:
    return f"{value.scope_name}“一老一小”项目{title.removeprefix('单项目')}"


def _heading(title: str, value: Document | Cards | Orders | Chart, kind: str) -> Heading:
    return Heading(title, value.office, f"{kind}，截至{in_words(value.as_of)}")
