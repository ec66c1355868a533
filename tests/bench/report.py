"""Reports beside reportlab's own LongTable of Paragraphs with the same cells, and beside the same glyphs on a bare canvas."""

import datetime as dt
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from laoxiao_desktop import clock, paths
from laoxiao_desktop.models import table_projects
from laoxiao_desktop.models.report_table import Document, show_cell
from laoxiao_desktop.models.summary import MonthlySummary, Scope
from laoxiao_desktop.models.table_projects import ProjectState
from laoxiao_desktop.reports import annex, monthly, printing
from laoxiao_desktop.reports.font_files import bundled_fonts
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import report_facts
from tests.bench.ledgers import ledger_of
from tests.bench.pairs import Line, milliseconds, paired
from tests.builders import CLERK

GOALS = {1000: "≤ 0.25", 10_000: "≤ 0.08"}  # of a table beside LongTable, by its rows


def measure(folder: Path) -> list[Line]:
    """One line for each size of the monthly report, two for each size of a table."""
    lines = [measure_size(folder, size, runs, goal) for size, runs, goal in ((50, 5, "–"), (1000, 3, "≤ 0.25"))]
    for size, runs in ((50, 5), (1000, 3), (10_000, 1)):
        lines += measure_table(folder, size, runs)
    return lines


def measure_table(folder: Path, size: int, runs: int) -> list[Line]:
    """The project table, value → bytes, beside LongTable and beside its glyphs alone."""
    document, fonts = table_document(size), bundled_fonts()
    table = document.tables[0]
    rows = [
        [show_cell(column.kind, value) for column, value in zip(table.columns, row.cells, strict=True)]
        for row in table.rows
    ]
    shares = [column.share for column in table.columns]
    register_font()

    def ours() -> float:
        return milliseconds(lambda: printing.pages_of(document, fonts))

    def flowed() -> float:
        return milliseconds(lambda: flow_table(rows, shares, folder / "flowed.pdf"))

    def bare() -> float:
        return milliseconds(lambda: bare_canvas(rows, folder / "bare.pdf"))

    what = f"table report of {size:,} rows"
    return [
        Line.of(what, "LongTable of Paragraphs", *paired(ours, flowed, runs), GOALS.get(size, "–")),
        Line.of(what, "the same glyphs on a bare canvas", *paired(ours, bare, runs), "–"),
    ]


def table_document(size: int) -> Document:
    """A table of made-up projects with names of every length."""
    states = [
        ProjectState(
            str(n),
            n,
            f"第{n}个" + "综合养老服务中心" * (n % 4 + 1),
            "景洪市",
            "养老",
            "景洪市民政局",
            10**8 + n * 10**6,
            10**8,
        )
        for n in range(1, size + 1)
    ]
    table = table_projects.table(states, "none")
    return Document("projects", ("项目进展情况表",), (table,), dt.date(2024, 6, 30), stamp="abcdef01 12345678")


def bare_canvas(rows: list[list[str]], path: Path) -> None:
    """Every text once, with no measuring and no breaking."""
    canvas = Canvas(str(path), pagesize=landscape(A4))
    for start in range(0, len(rows), 20):
        canvas.setFont("bench", 9)
        for line, row in enumerate(rows[start : start + 20]):
            for place, text in enumerate(row):
                canvas.drawString(40 + place * 70, 540 - line * 24, text)
        canvas.showPage()
    canvas.save()


def measure_size(folder: Path, size: int, runs: int, goal: str) -> Line:
    """The finished value → file, ours and the reference."""
    with ledgers.open(ledger_of(size, folder), CLERK) as ledger:
        summary = report_facts.monthly(ledger, Scope(), clock.today())
    samples = paired(
        lambda: milliseconds(lambda: monthly.write(summary, folder / "ours.pdf")),
        lambda: milliseconds(lambda: long_table(summary, folder / "theirs.pdf")),
        runs,
    )
    return Line.of(
        f"report of {size:,} projects (text and annex)", "LongTable of Paragraphs (annex only)", *samples, goal
    )


def register_font() -> None:
    """The face of the references."""
    pdfmetrics.registerFont(TTFont("bench", str(paths.resources() / "fonts" / "LaoxiaoSerif-Regular.ttf")))


def long_table(summary: MonthlySummary, path: Path) -> None:
    """The annex by reportlab's own means, its font embedded."""
    register_font()
    rows = [list(row.cells) for row in annex.rows(summary) if row.kind == "plain"]
    flow_table(rows, [entry.column.share for entry in annex.entries(summary)], path)


def flow_table(cells: list[list[str]], shares: list[float], path: Path) -> None:
    """A table by reportlab's own means."""
    style = ParagraphStyle("cell", fontName="bench", fontSize=9, leading=11.5, wordWrap="CJK")
    rows = [[Paragraph(cell, style) for cell in row] for row in cells]
    widths = [share * 780 / sum(shares) for share in shares]
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build([LongTable(rows, colWidths=widths, repeatRows=0)])
