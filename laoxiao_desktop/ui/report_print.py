"""Putting finished pages on paper: the vector file through lp where there is one, else pictures at 300 dpi.

Every sheet is sent upright, an annex lying across as it is bound: its head at the left edge. So a report that is printed
on both sides is turned over its long edge throughout.
"""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui.background import Progress
from laoxiao_desktop.ui.report_pages import PDFIUM, draw_page, opened, page_sizes

DPI = 300
NO_PRINTER = UserError("这台电脑上没有打印机。", "可以导出 PDF，拿到有打印机的电脑上打印。")
PRINTER, SIDES, TRAY = "print.printer", "print.sides", "print.tray."
Sides = Literal["one-sided", "two-sided-long-edge", "two-sided-short-edge"]
_DUPLEX: Final[dict[Sides, QPrinter.DuplexMode]] = {
    "one-sided": QPrinter.DuplexMode.DuplexNone,
    "two-sided-long-edge": QPrinter.DuplexMode.DuplexLongSide,
    "two-sided-short-edge": QPrinter.DuplexMode.DuplexShortSide,
}
_SIDES: Final = {duplex: sides for sides, duplex in _DUPLEX.items()}
_MEDIA: Final = (("A4", 297), ("A3", 420), ("A2", 594), ("A1", 841), ("A0", 1189))  # name, long edge in mm
_SLOT: Final = re.compile(r"InputSlot/[^:]*:(?P<choices>.*)")


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is to be printed: the file and its page sizes in points."""

    content: bytes
    sizes: tuple[QSizeF, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Order:
    """What was chosen: printer, pages from 0, copies, sides, tray ("": the printer decides)."""

    printer: str
    pages: tuple[int, ...]
    copies: int = 1
    sides: Sides = "two-sided-long-edge"
    tray: str = ""
    device: QPrinter | None = None  # as the system's own dialog set it up


def has_printer() -> bool:
    """Whether any printer is set up."""
    return bool(QPrinterInfo.availablePrinterNames())


def ask_system(sheets: Sheets, parent: QWidget) -> Order | None:
    """Lets the person choose in the system's dialog; None when they changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    _set_up(printer, sheets)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setMinMax(1, len(sheets.sizes))
    try:
        if not dialog.exec():
            return None
    finally:
        dialog.deleteLater()
    sides = _SIDES.get(printer.duplex(), "two-sided-long-edge")
    pages = tuple(_pages_chosen(printer, len(sheets.sizes)))
    return Order(printer.printerName(), pages, printer.copyCount(), sides, device=printer)


def _set_up(printer: QPrinter, sheets: Sheets) -> None:
    printer.setResolution(DPI)
    printer.setFullPage(True)
    sizes = {name: size for size in QPageSize.PageSizeId if (name := size.name) in dict(_MEDIA)}
    printer.setPageSize(QPageSize(sizes[media_of(sheets.sizes)]))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    printer.setDocName(sheets.title)


def _pages_chosen(printer: QPrinter, count: int) -> list[int]:
    first, last = printer.fromPage(), printer.toPage()
    if printer.printRange() != QPrinter.PrintRange.PageRange or first == 0:
        return list(range(count))
    return list(range(max(1, first) - 1, min(count, last or count)))


def put_on_paper(sheets: Sheets, order: Order, progress: Progress) -> int:
    """Prints what was chosen; gives how many pages. UserError when the printer does not take it."""
    if order.device is None and sys.platform.startswith("linux") and shutil.which("lp"):
        hand_over(sheets, order)
    else:
        paint_pages(sheets, order.device or _device(sheets, order), order.pages, progress)
    return len(order.pages)


def _device(sheets: Sheets, order: Order) -> QPrinter:
    printer = QPrinter(QPrinterInfo.printerInfo(order.printer), QPrinter.PrinterMode.HighResolution)
    _set_up(printer, sheets)
    printer.setCopyCount(order.copies)
    printer.setDuplex(_DUPLEX[order.sides])
    return printer


# ── sheets ───────────────────────────────────────────────────────────────────────────────────────────────────────


def upright(content: bytes) -> bytes:
    """The file with every sheet upright, as it leaves the printer: what lies across has its head at the left edge."""
    with opened(content) as document, PDFIUM:
        for index in range(len(document)):
            page = document[index]
            width, height = page.get_size()
            if width > height:
                page.set_rotation((page.get_rotation() + 270) % 360)
            page.close()
        held = io.BytesIO()
        document.save(held)
    return held.getvalue()


def media_of(sizes: Sequence[QSizeF]) -> str:
    """The paper that the largest sheet asks for: A4, A3 … A0."""
    longest = max(max(size.width(), size.height()) for size in sizes) / 72 * 25.4
    return next((name for name, edge in _MEDIA if longest <= edge + 2), "A0")


def paint_pages(sheets: Sheets, printer: QPrinter, pages: Sequence[int], progress: Progress) -> None:
    """Draws each page at 300 dpi, upright, over the whole sheet."""
    content = upright(sheets.content)
    sizes = page_sizes(content)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter()
    with opened(content) as document:
        try:
            for number, index in enumerate(pages):
                progress.step(number, len(pages), f"打印第 {number + 1} 页，共 {len(pages)} 页")
                is_going = painter.begin(printer) if number == 0 else printer.newPage()
                if not is_going:
                    raise UserError("打印机没有接受这份报告。", "请检查打印机是否开着、有纸，或先导出 PDF。")
                picture = draw_page(document, index, DPI / 72)
                painter.drawImage(_on_sheet(printer, sizes[index]), picture)
        finally:
            if painter.isActive():
                painter.end()


def _on_sheet(printer: QPrinter, size: QSizeF) -> QRectF:
    """Where the page lies on the sheet: in its own size, made smaller only where the sheet is smaller."""
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(printer.resolution() / 72, sheet.width() / size.width(), sheet.height() / size.height())
    wide, tall = size.width() * scale, size.height() * scale
    return QRectF((sheet.width() - wide) / 2, (sheet.height() - tall) / 2, wide, tall)


# ── lp ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def lp_command(order: Order, count: int, title: str, media: str = "A4") -> list[str]:
    """The command that passes a vector file to the print system; the file's name is to be added."""
    command = ["lp", "-d", order.printer, "-n", str(order.copies), "-t", title]
    command += ["-o", f"media={media}", "-o", f"sides={order.sides}"]
    if order.tray:
        command += ["-o", f"InputSlot={order.tray}"]
    if order.copies > 1:
        command += ["-o", "collate=true"]
    if len(order.pages) < count:
        command += ["-P", ranges(order.pages)]
    return [*command, "--"]


def ranges(pages: Sequence[int]) -> str:
    """Pages from 0 as a person writes them: 1-3,5."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ",".join(str(first + 1) if first == last else f"{first + 1}-{last + 1}" for first, last in runs)


def hand_over(sheets: Sheets, order: Order) -> None:
    """Passes the vector file to the print system; UserError when it refuses."""
    command = lp_command(order, len(sheets.sizes), sheets.title, media_of(sheets.sizes))
    with tempfile.TemporaryDirectory(prefix="laoxiao-print-") as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(upright(sheets.content))
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise UserError(
            f"打印系统没有接受这份报告：{done.stderr.strip() or done.returncode}。", "请检查打印机，或先导出 PDF。"
        )


def trays_of(printer: str) -> tuple[tuple[str, ...], str]:
    """The trays that a printer offers and the one it takes by itself; none where it does not say."""
    if not shutil.which("lpoptions"):
        return (), ""
    try:
        done = subprocess.run(  # noqa: S603
            ["lpoptions", "-p", printer, "-l"],  # noqa: S607 - of the print system, wherever it stands
            capture_output=True,
            text=True,
            check=False,
            timeout=3,
        )
    except (OSError, subprocess.TimeoutExpired):  # a print server that does not answer offers nothing
        return (), ""
    found = _SLOT.search(done.stdout)
    words = found["choices"].split() if found else []
    usual = next((word[1:] for word in words if word.startswith("*")), "")
    return tuple(word.lstrip("*") for word in words), usual
