"""月度进展报告: the text of the narrative and the landscape annex with every project, as one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from laoxiao_desktop.models.narrative import ANNEX, monthly
from laoxiao_desktop.models.report_text import Block, Figures, Head, Report, Text, edited
from laoxiao_desktop.models.summary import MonthlySummary
from laoxiao_desktop.reports import annex, document
from laoxiao_desktop.reports.flow import Flow
from laoxiao_desktop.reports.font_files import FontChoice, fonts_of_this_machine
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.page import (
    LEADING,
    PAPER_WIDTH,
    SIZE,
    TITLE_SIZE,
    WIDE_HEIGHT,
    WIDE_LEFT,
    WIDE_TOP,
    WIDE_WIDTH,
    Heading,
    Paper,
    save,
)
from laoxiao_desktop.reports.table import Column, Row, Style, Table

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Written:
    """A finished report: where it lies, its pages, and the characters no font could print."""

    path: Path
    pages: int
    missing_glyphs: tuple[str, ...]


def write(summary: MonthlySummary, path: Path, fonts: FontChoice | None = None) -> Written:
    """Prints the report to `path`, whole or not at all; UserError when the file cannot be written."""
    paper = set_pages(summary, fonts or fonts_of_this_machine())
    save(paper.finish(heading(summary)), path)
    return Written(path, len(paper.sheets), tuple(sorted(paper.book.missing)))


def heading(summary: MonthlySummary) -> Heading:
    """What the file says about itself."""
    return Heading(monthly(summary).plain_title, summary.office, f"月度进展报告，截至{_day(summary)}")


def set_pages(summary: MonthlySummary, fonts: FontChoice) -> Paper:
    """The pages of the report, drawn but not yet a file."""
    paper = Paper(FontBook(fonts), document.stamp(summary.as_of.isoformat(), summary.stamp) if summary.stamp else "")
    report = monthly(summary)
    _set_text(paper, report, edited(report.blocks, summary.edits))
    if summary.total.count:
        _set_annex(paper, summary)
    return paper


def _set_text(paper: Paper, report: Report, blocks: Sequence[Block]) -> None:
    flow = Flow(paper)
    flow.title(report.title, report.subtitle)
    for block in blocks:
        match block:
            case Head(level, text):
                flow.heading(level, text)
            case Text(text):
                flow.paragraph(text)
            case Figures():
                flow.table(block.caption, _columns(block), _rows(block))
    flow.close(report.annexes, report.office, report.day)
    flow.finish()


def _columns(figures: Figures) -> list[Column]:
    return [Column(head, share, "right" if number else "center") for number, (head, share) in enumerate(figures.heads)]


def _rows(figures: Figures) -> list[Row]:
    return [*(Row(cells) for cells in figures.rows), Row(figures.total, "total")]


def _set_annex(paper: Paper, summary: MonthlySummary) -> None:
    """The annex: rotated sheets, 附件 and its title above the table on the first."""
    columns = [entry.column for entry in annex.entries(summary)]
    table = Table(paper.book, columns, annex.rows(summary), WIDE_WIDTH, Style())
    lines = 3.6  # 附件, a blank line, the title, and the unit of the amounts
    for number, page in enumerate(table.pages(WIDE_HEIGHT - lines * LEADING, WIDE_HEIGHT)):
        sheet = paper.add(is_rotated=True)
        top = PAPER_WIDTH - WIDE_TOP
        if number == 0:
            paper.mark(f"附件　{ANNEX}")
            right = WIDE_LEFT + WIDE_WIDTH
            sheet.text("hei", SIZE, WIDE_LEFT, top - LEADING + 8.5, "附件")
            sheet.aligned("title", TITLE_SIZE, WIDE_LEFT, right, top - 2.75 * LEADING + 6, ANNEX, "center")
            sheet.aligned("song", 9, WIDE_LEFT, right, top - lines * LEADING + 4, f"截至{_day(summary)}", "right")
            top -= lines * LEADING
        document.mark_groups(paper, page)
        table.draw(sheet, WIDE_LEFT, top, page)


def _day(summary: MonthlySummary) -> str:
    return f"{summary.as_of.year}年{summary.as_of.month}月{summary.as_of.day}日"
