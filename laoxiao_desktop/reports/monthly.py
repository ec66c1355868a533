"""月度进展报告: the text of the narrative and the landscape annex with every project, as one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from laoxiao_desktop.models.capacity import show_capacity
from laoxiao_desktop.models.dates import show_date
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.narrative import ANNEX, monthly
from laoxiao_desktop.models.report_text import Figures, Head, Report, Text
from laoxiao_desktop.models.span import show_span
from laoxiao_desktop.models.summary import UNFILLED, MonthlySummary, Part, ProjectLine
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
_LABEL_SPAN = 6  # columns that the label of a group covers, up to the amounts

COLUMNS = (
    Column("序号", 9, "center"),
    Column("项目名称", 43),
    Column("建设\n性质", 12, "center"),
    Column("规模", 24),
    Column("建设期限", 20.5, "center"),
    Column("责任单位", 26),
    Column("总投资\n（万元）", 16.5, "right"),
    Column("申请中央\n（万元）", 16.5, "right"),
    Column("状态", 10, "center"),
    Column("里程碑\n（完成）", 16, "center"),
    Column("下一节点\n（计划）", 19),
    Column("滞后情况", 19),
    Column("灯", 6, "center"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """A finished report: where it lies, its pages, and the characters no font could print."""

    path: Path
    pages: int
    missing_glyphs: tuple[str, ...]


def write(summary: MonthlySummary, path: Path, fonts: FontChoice | None = None) -> Written:
    """Prints the report to `path`, whole or not at all; UserError when the file cannot be written."""
    paper = set_pages(summary, fonts or fonts_of_this_machine())
    report = monthly(summary)
    content = paper.finish(Heading(report.plain_title, summary.office, "月度进展报告"))
    save(content, path)
    return Written(path, len(paper.sheets), tuple(sorted(paper.book.missing)))


def set_pages(summary: MonthlySummary, fonts: FontChoice) -> Paper:
    """The pages of the report, drawn but not yet a file."""
    stamp = f"数据截至{summary.as_of.isoformat()}　台账校验 {summary.stamp}" if summary.stamp else ""
    paper = Paper(FontBook(fonts), stamp)
    report = monthly(summary)
    _set_text(paper, report)
    if summary.total.count:
        _set_annex(paper, summary)
    return paper


def _set_text(paper: Paper, report: Report) -> None:
    flow = Flow(paper)
    flow.title(report.title, report.subtitle)
    for block in report.blocks:
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
    """The annex: rotated sheets, 附件1 and its title above the table on the first."""
    table = Table(paper.book, COLUMNS, annex_rows(summary), WIDE_WIDTH, Style())
    lines = 3.6  # 附件1, a blank line, the title, and the unit of the amounts
    for number, page in enumerate(table.pages(WIDE_HEIGHT - lines * LEADING, WIDE_HEIGHT)):
        sheet = paper.add(is_rotated=True)
        top = PAPER_WIDTH - WIDE_TOP
        if number == 0:
            paper.mark(f"附件1　{ANNEX}")
            right = WIDE_LEFT + WIDE_WIDTH
            sheet.text("hei", SIZE, WIDE_LEFT, top - LEADING + 8.5, "附件1")
            sheet.aligned("title", TITLE_SIZE, WIDE_LEFT, right, top - 2.75 * LEADING + 6, ANNEX, "center")
            sheet.aligned("song", 9, WIDE_LEFT, right, top - lines * LEADING + 4, f"截至{_day(summary)}", "right")
            top -= lines * LEADING
        table.draw(sheet, WIDE_LEFT, top, page)


def _day(summary: MonthlySummary) -> str:
    return f"{summary.as_of.year}年{summary.as_of.month}月{summary.as_of.day}日"


def annex_rows(summary: MonthlySummary) -> Iterator[Row]:
    """合计, then each sector and county with its sums, then its projects."""
    yield _sum_row("合　计", summary.total, "total")
    sectors = {part.label: part for part in summary.sectors}
    numeral = county = 0
    current = ""
    for section in summary.sections:
        if section.sector != current:
            current = section.sector
            numeral, county = numeral + 1, 0
            label = f"{_numeral(numeral)}、{_named(current, '类别')}（{sectors[current].count}个）"
            yield _sum_row(label, sectors[current], "group")
        if not (summary.is_county and len(summary.counties) == 1):
            county += 1
            label = f"（{_numeral(county)}）{_named(section.county, '县（市、区）')}（{section.part.count}个）"
            yield _sum_row(label, section.part, "group")
        for line in section.lines:
            yield _project_row(line)


def _numeral(number: int) -> str:
    if number <= 10:
        return _NUMERALS[number - 1]
    tens, ones = divmod(number, 10)
    return (_NUMERALS[tens - 1] if tens > 1 else "") + "十" + (_NUMERALS[ones - 1] if ones else "")


def _named(label: str, what: str) -> str:
    return f"未填{what}" if label == UNFILLED else label


def _sum_row(label: str, part: Part, kind: str) -> Row:
    late = f"逾期{part.late}项" if part.late else ""
    cells = [label, *[""] * (_LABEL_SPAN - 1), show_money(part.total_investment), show_money(part.central_request), ""]
    cells += [f"{part.done}/{part.steps}" if part.steps else "", "", late, ""]
    return Row(cells, "total" if kind == "total" else "group", _LABEL_SPAN)


def _project_row(line: ProjectLine) -> Row:
    fact = line.fact
    late = f"{line.late_step}逾期{line.late_days}天" if line.late_step else ""
    upcoming = f"{line.next_step} {show_date(line.next_day)}" if line.next_step else ""
    return Row(
        (
            str(fact.list_no or ""),
            fact.name,
            fact.build_kind,
            _scale(line),
            show_span(fact.span),
            fact.responsible_unit,
            show_money(fact.total_investment),
            show_money(fact.central_request),
            fact.status or UNFILLED,
            f"{line.done}/{len(fact.milestones)}" if fact.milestones else "未设",
            upcoming,
            late,
            line.light,
        )
    )


def _scale(line: ProjectLine) -> str:
    fact = line.fact
    stated = ((fact.beds, "床位", "张"), (fact.places, "托位", "个"), (fact.floor_area_m2, "", "㎡"))
    return "，".join(f"{name}{show_capacity(stored, unit)}" for stored, name, unit in stated if stored)
