"""A table report as pages: rotated sheets with their title, the unit and the day, or a text with its tables as annexes."""

from __future__ import annotations

from collections.abc import Sequence

from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.models.report_table import Document, ReportTable, show_cell
from laoxiao_desktop.models.report_text import paragraphs
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.flow import FORM, SMALL, Flow, annex_mark
from laoxiao_desktop.reports.font_files import FontChoice
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
    Paper,
    Sheet,
)
from laoxiao_desktop.reports.paragraph import Line, break_lines, clean, spread_words
from laoxiao_desktop.reports.table import FIRST_LEVEL, Column, Row, SetRow, Style, Table

NOTE_SIZE, NOTE_LEADING = 9.0, 12.0
LEAD_SIZE, LEAD_LEADING = 12.0, 19.0
SIGNED_BY_HAND = 8  # lines of a form of three rows with its caption
SIGNED = 4  # lines that a signature takes with the blank ones before it
EMPTY = "这个范围内没有可列的内容。"
_RIGHT = WIDE_LEFT + WIDE_WIDTH
_TOP = PAPER_WIDTH - WIDE_TOP


def set_pages(document: Document, fonts: FontChoice) -> Paper:
    """The pages of the report, drawn but not yet a file."""
    paper = Paper(FontBook(fonts), stamp(document.as_of.isoformat(), document.stamp))
    if document.is_long:
        _set_text(paper, document)
    elif document.is_wide:
        _set_wide(paper, document)
    else:
        _set_upright(paper, document)
    return paper


def stamp(day: str, identity: str) -> str:
    """What the foot says of where the figures come from."""
    ledger, _, head = identity.rpartition(" ")
    return f"数据截至{day}　台账 {ledger}　校验 {head}" if ledger else f"数据截至{day}　台账校验 {head}"


def day_in_words(document: Document) -> str:
    """2024年6月30日."""
    day = document.as_of
    return f"{day.year}年{day.month}月{day.day}日"


def mark_groups(paper: Paper, page: Sequence[SetRow]) -> None:
    """An outline line for each group that begins on the sheet drawn last: 一、 under the title, others under that."""
    for row in page:
        if row.kind == "group" and not row.is_repeat:
            label = "".join(line.text for line in row.cells[0].lines)
            paper.mark(label, 1 if FIRST_LEVEL.match(label) else 2)


def columns_of(table: ReportTable) -> list[Column]:
    """The columns as the page sets them."""
    return [Column(column.head, column.share, column.align) for column in table.columns]


def rows_of(table: ReportTable) -> list[Row]:
    """The rows as the page sets them."""
    kinds = [column.kind for column in table.columns]
    return [
        Row([show_cell(kind, value) for kind, value in zip(kinds, row.cells, strict=True)], row.kind, row.span)
        for row in table.rows
    ]


def _set_text(paper: Paper, document: Document) -> None:
    flow = Flow(paper)
    flow.title(document.title, f"（截至{day_in_words(document)}）")
    for paragraph in paragraphs(document.lead, document.edits):
        flow.paragraph(paragraph.text)
    flow.close([table.title for table in document.tables], document.office, day_in_words(document))
    flow.finish()
    for number, table in enumerate(document.tables, 1):
        _Wide(paper, document).set(table, [table.title], annex=annex_mark(number, len(document.tables)))


def _set_upright(paper: Paper, document: Document) -> None:
    flow = Flow(paper)
    flow.title(document.title, f"（截至{day_in_words(document)}）")
    for block in document.lead:
        flow.paragraph(block.text)
    for place, table in enumerate(document.tables, 1):
        is_last = place == len(document.tables)
        after = SIGNED if document.office and is_last else 0
        if not is_last and document.tables[place].is_form:
            after = SIGNED_BY_HAND
        style = FORM if table.is_form else SMALL
        flow.table(table.title, columns_of(table), rows_of(table), after=after, style=style)
    if document.office:
        flow.close([], document.office, day_in_words(document))
    flow.finish()


def _set_wide(paper: Paper, document: Document) -> None:
    told = [block.text for block in document.lead]
    if not document.tables:
        _Wide(paper, document).set(None, document.title, lead=told or [EMPTY])
    for number, table in enumerate(document.tables):
        if number == 0:
            name = [f"（{table.title}）"] if len(document.tables) > 1 and document.kind == "items" else []
            _Wide(paper, document).set(table, [*document.title, *name], lead=told if table.rows else [*told, EMPTY])
        else:
            _Wide(paper, document).set(table, [table.title])


class _Wide:
    """Rotated sheets for one table: annex mark, title, a line with office, day and unit, the table, its notes."""

    def __init__(self, paper: Paper, document: Document) -> None:
        self._paper, self._document, self._book = paper, document, paper.book

    def set(
        self, table: ReportTable | None, title: Sequence[str], *, lead: Sequence[str] = (), annex: str = ""
    ) -> None:
        """Puts the table on as many sheets as it needs."""
        sheet = self._paper.add(is_rotated=True)
        self._paper.mark(f"{annex}　{''.join(title)}" if annex else clean("".join(title)))
        top = _TOP
        if annex:
            sheet.text("hei", SIZE, WIDE_LEFT, top - LEADING + 8.5, annex)
            top -= 1.75 * LEADING  # the title stands on the third line (7.3.4)
        top = self._title(sheet, top, title)
        for text in lead:
            top = self._lead(sheet, top, text)
        if table is None or not table.rows:
            return
        top = self._line(sheet, top, table)
        notes = self._notes(table)
        below = len(notes) * NOTE_LEADING + (6 if notes else 0)
        made = Table(self._book, columns_of(table), rows_of(table), WIDE_WIDTH, Style())
        low = _TOP - WIDE_HEIGHT
        pages = made.pages(top - low - below, WIDE_HEIGHT - below)
        for number, page in enumerate(pages):
            if number:
                sheet, top = self._paper.add(is_rotated=True), _TOP
            mark_groups(self._paper, page)
            foot = made.draw(sheet, WIDE_LEFT, top, page)
            if number == len(pages) - 1:
                for place, line in enumerate(notes, 1):
                    sheet.line("song", NOTE_SIZE, WIDE_LEFT, foot - 3 - place * NOTE_LEADING, line)

    def _title(self, sheet: Sheet, top: float, words: Sequence[str]) -> float:
        letters = self._book.letters("title")
        lines = spread_words([clean(word) for word in words], letters, WIDE_WIDTH / TITLE_SIZE * EM)
        for line in lines:
            top -= LEADING * 1.1
            sheet.aligned("title", TITLE_SIZE, WIDE_LEFT, _RIGHT, top + 6, line, "center")
        return top - 4

    def _lead(self, sheet: Sheet, top: float, text: str) -> float:
        width = WIDE_WIDTH / LEAD_SIZE * EM
        for line in break_lines(self._book.letters("fang"), clean(text), width, indent=2 * EM):
            top -= LEAD_LEADING
            sheet.line("fang", LEAD_SIZE, WIDE_LEFT, top + 4, line)
        return top - 4

    def _line(self, sheet: Sheet, top: float, table: ReportTable) -> float:
        top -= 15
        if self._document.office:
            sheet.text("song", NOTE_SIZE, WIDE_LEFT, top + 4, clean(f"填报单位：{self._document.office}"))
        month = self._document.month
        of_month = f"{show_month(month)}调度数据" if month and table.subject in ("project", "county") else ""
        told = "　　".join(part for part in (of_month, f"截至{day_in_words(self._document)}", table.unit) if part)
        sheet.aligned("song", NOTE_SIZE, WIDE_LEFT, _RIGHT, top + 4, told, "right")
        return top

    def _notes(self, table: ReportTable) -> list[Line]:
        letters = self._book.letters("song")
        lead = "注："
        hanging = letters.width(lead)
        lines: list[Line] = []
        for number, note in enumerate(table.notes):
            text = clean(f"{lead if number == 0 else ''}{note}")
            indent = 0.0 if number == 0 else hanging
            lines += break_lines(letters, text, WIDE_WIDTH / NOTE_SIZE * EM, indent=indent, hanging=hanging)
        return lines
