"""Making a report beside the window: what is wished for, and the finished pages as they will be saved and printed."""

import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSizeF

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.models.report_table import Document
from laoxiao_desktop.models.summary import MonthlySummary
from laoxiao_desktop.ui.background import Progress
from laoxiao_desktop.ui.report_pages import page_sizes
from laoxiao_desktop.workspace import kept_reports, report_batch, report_values
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.report_batch import Each
from laoxiao_desktop.workspace.report_values import Value


@dataclass(frozen=True, slots=True)
class Wish:
    """A report as it was asked for. `has_own_fonts`: only the bundled faces, the same on every machine."""

    request: Request
    has_own_fonts: bool = False

    @property
    def as_of(self) -> date:
        """The day that was asked for."""
        return self.request.as_of


@dataclass(frozen=True, slots=True)
class Made:
    """A finished report: its bytes, its page sizes in points, what it counts and what went wrong with its letters."""

    wish: Wish
    value: Value
    content: bytes
    sizes: tuple[QSizeF, ...]
    region: str
    projects: int
    missing_glyphs: tuple[str, ...]
    seconds: float
    is_kept: bool = False  # the bytes that were kept when the month was locked

    @property
    def total_investment(self) -> int | None:
        """The money of a report that sums it up."""
        return self.value.total.total_investment if isinstance(self.value, MonthlySummary) else None

    @property
    def day(self) -> date:
        """The day it tells of."""
        return self.value.as_of


def make(ledger: Ledger, wish: Wish, progress: Progress) -> Made:
    """Reads the ledger by a connection of this thread and sets the pages."""
    started = time.perf_counter()
    with ledger.reader() as reader:
        value = report_values.value_of(reader, wish.request)
        kept = None if wish.has_own_fonts else kept_reports.content(reader, wish.request)
    if not wish.request.office:
        value = replace(value, office="")  # none was typed: none is printed
    progress.check()
    content, missing = (kept, ()) if kept is not None else _pages(value, wish)
    progress.check()
    return Made(
        wish=wish,
        value=value,
        content=content,
        sizes=page_sizes(content),
        region=value.scope_name,
        projects=report_values.count_of(value),
        missing_glyphs=missing,
        seconds=time.perf_counter() - started,
        is_kept=kept is not None,
    )


def _pages(value: Value, wish: Wish) -> tuple[bytes, tuple[str, ...]]:
    from laoxiao_desktop.reports import font_files, printing  # noqa: PLC0415  (reportlab comes with the first report)

    choice = font_files.bundled_fonts() if wish.has_own_fonts else font_files.fonts_of_this_machine()
    printed = printing.pages_of(value, choice, wish.request.numbering)
    return printed.content, printed.missing_glyphs


def save(content: bytes, path: Path) -> Path:
    """Puts the report at `path` whole or not at all, and gives it back; UserError when it cannot be written."""
    from laoxiao_desktop.reports import page  # noqa: PLC0415  (reportlab comes with the first report)

    page.save(content, path)
    return path


def save_workbook(document: Document, path: Path) -> Path:
    """Puts the tables of a report at `path` as a workbook."""
    from laoxiao_desktop.exchange import workbook_out  # noqa: PLC0415  (openpyxl comes with the first workbook)

    return workbook_out.write(document, path)


def save_workbook_of(ledger: Ledger, wish: Wish, path: Path) -> Path:
    """Reads what was wished for once more, and puts its tables at `path` as a workbook."""
    with ledger.reader() as reader:
        document = report_values.workbook_of(reader, wish.request)
    return save_workbook(document, path)


def taken_names(ledger: Ledger, wish: Wish, each: Each, folder: Path, ending: str = "pdf") -> list[str]:
    """The files of a batch that the folder already has. UserError when there is nothing to save."""
    with ledger.reader() as reader:
        names = [f"{stem}.{ending}" for stem, _ in _batch(reader, wish, each)]
    return [name for name in names if (folder / name).exists()]


def save_each(
    ledger: Ledger,
    wish: Wish,
    each: Each,
    folder: Path,
    progress: Progress,
    ending: str = "pdf",
    *,
    may_replace: bool = False,
) -> list[Path]:
    """One file for each county, unit or project into a folder; stops between two files when asked to.

    A file that is there stays, and the new one gets a number behind its name, unless it may be replaced.
    """
    written: list[Path] = []
    with ledger.reader() as reader:
        wanted = _batch(reader, wish, each)
        for number, (stem, request) in enumerate(wanted):
            progress.step(number, len(wanted), stem)
            path = folder / f"{stem}.{ending}" if may_replace else _free(folder, stem, ending)
            if ending == "xlsx":
                written.append(save_workbook(report_values.workbook_of(reader, request), path))
                continue
            value = report_values.value_of(reader, request)
            content, _ = _pages(value, Wish(request, wish.has_own_fonts))
            written.append(save(content, path))
    return written


def _batch(reader: Ledger, wish: Wish, each: Each) -> list[tuple[str, Request]]:
    wanted = report_batch.requests(reader, wish.request, each)
    if not wanted:
        raise UserError("这个范围内没有项目。", "请放宽范围。")
    return wanted


def _free(folder: Path, stem: str, ending: str) -> Path:
    path, number = folder / f"{stem}.{ending}", 2
    while path.exists():
        path, number = folder / f"{stem}（{number}）.{ending}", number + 1
    return path


def file_name(kind_title: str, region: str, as_of: date, ending: str = "pdf") -> str:
    """The name suggested for a saved report: 玉溪市月度进展报告2026-11-24.pdf."""
    return f"{region}{kind_title.replace('、', '')}{as_of.isoformat()}.{ending}"
