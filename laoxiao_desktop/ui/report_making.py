"""Making a report beside the window: what is wished for, and the finished pages as they will be saved and printed."""

import tempfile
import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSizeF

from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.ui.background import Progress
from laoxiao_desktop.ui.report_pages import page_sizes
from laoxiao_desktop.workspace import report_facts
from laoxiao_desktop.workspace.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Wish:
    """A report as it was asked for. `has_own_fonts`: only the bundled faces, the same on every machine."""

    plan: str | None
    county: str | None
    as_of: date
    office: str
    has_own_fonts: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A finished report: its bytes, its page sizes in points, what it counts and what went wrong with its letters."""

    wish: Wish
    content: bytes
    sizes: tuple[QSizeF, ...]
    region: str
    projects: int
    total_investment: int
    missing_glyphs: tuple[str, ...]
    seconds: float


def make(ledger: Ledger, wish: Wish, progress: Progress) -> Made:
    """Writes the report to a file of its own and reads it back; the ledger is read by a connection of this thread."""
    from laoxiao_desktop.reports import font_files, monthly  # noqa: PLC0415  (reportlab comes with the first report)

    started = time.perf_counter()
    with ledger.reader() as reader:
        summary = report_facts.monthly(reader, Scope(wish.plan, wish.county), wish.as_of)
    progress.check()
    choice = font_files.bundled_fonts() if wish.has_own_fonts else font_files.fonts_of_this_machine()
    with tempfile.TemporaryDirectory(prefix="laoxiao-report-") as folder:
        path = Path(folder) / "report.pdf"
        written = monthly.write(replace(summary, office=wish.office), path, choice)
        content = path.read_bytes()
    progress.check()
    return Made(
        wish=wish,
        content=content,
        sizes=page_sizes(content),
        region=summary.scope_name,
        projects=summary.total.count,
        total_investment=summary.total.total_investment,
        missing_glyphs=written.missing_glyphs,
        seconds=time.perf_counter() - started,
    )


def save(content: bytes, path: Path) -> Path:
    """Puts the report at `path` whole or not at all, and gives it back; UserError when it cannot be written."""
    from laoxiao_desktop.reports import page  # noqa: PLC0415  (reportlab comes with the first report)

    page.save(content, path)
    return path


def file_name(kind_title: str, region: str, as_of: date) -> str:
    """The name suggested for a saved report: 玉溪市月度进展报告2026-11-24.pdf."""
    return f"{region}{kind_title}{as_of.isoformat()}.pdf"
