"""The monthly report of 50 and of 1,000 projects, beside reportlab's own LongTable of Paragraphs with the same cells."""

from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from laoxiao_desktop import clock, paths
from laoxiao_desktop.models.summary import MonthlySummary, Scope
from laoxiao_desktop.reports import annex, monthly
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import report_facts
from tests.bench.ledgers import ledger_of
from tests.bench.pairs import Line, milliseconds, paired
from tests.builders import CLERK


def measure(folder: Path) -> list[Line]:
    """One line for each size."""
    return [measure_size(folder, size, runs, goal) for size, runs, goal in ((50, 5, "–"), (1000, 3, "≤ 0.25"))]


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


def long_table(summary: MonthlySummary, path: Path) -> None:
    """The annex by reportlab's own means, its font embedded."""
    pdfmetrics.registerFont(TTFont("bench", str(paths.resources() / "fonts" / "LaoxiaoSerif-Regular.ttf")))
    style = ParagraphStyle("cell", fontName="bench", fontSize=9, leading=11.5, wordWrap="CJK")
    rows = [[Paragraph(cell, style) for cell in row.cells] for row in annex.rows(summary) if row.kind == "plain"]
    widths = [entry.column.share * 3.2 for entry in annex.entries(summary)]
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build([LongTable(rows, colWidths=widths, repeatRows=0)])
