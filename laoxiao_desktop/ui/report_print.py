"""Putting finished pages on paper: the vector file through lp where there is one, else pictures at 300 dpi."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui.background import Progress
from laoxiao_desktop.ui.report_pages import draw_page, opened

DPI = 300
NO_PRINTER = UserError("这台电脑上没有打印机。", "可以导出 PDF，拿到有打印机的电脑上打印。")
_SIDES = {
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
    QPrinter.DuplexMode.DuplexNone: "one-sided",
}


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is to be printed: the file and its page sizes in points."""

    content: bytes
    sizes: tuple[QSizeF, ...]
    title: str


def has_printer() -> bool:
    """Whether any printer is set up."""
    return bool(QPrinterInfo.availablePrinterNames())


def ask(sheets: Sheets, parent: QWidget) -> QPrinter | None:
    """Lets the person choose printer, pages and copies; None when they changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName(sheets.title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, True)
    dialog.setMinMax(1, len(sheets.sizes))
    try:
        return printer if dialog.exec() else None
    finally:
        dialog.deleteLater()


def put_on_paper(sheets: Sheets, printer: QPrinter, progress: Progress) -> int:
    """Prints what was chosen; gives how many pages. UserError when the printer does not take it."""
    pages = chosen_pages(printer, len(sheets.sizes))
    is_native = printer.outputFormat() == QPrinter.OutputFormat.NativeFormat
    if is_native and sys.platform.startswith("linux") and shutil.which("lp"):
        hand_over(sheets, printer, pages)
    else:
        paint_pages(sheets, printer, pages, progress)
    return len(pages)


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """The pages of the range that was chosen, from 0; all when none was."""
    first, last = printer.fromPage(), printer.toPage()
    if printer.printRange() != QPrinter.PrintRange.PageRange or first == 0:
        return list(range(count))
    return list(range(max(1, first) - 1, min(count, last or count)))


def paint_pages(sheets: Sheets, printer: QPrinter, pages: Sequence[int], progress: Progress) -> None:
    """Draws each page at 300 dpi, upright or across as it is, over the whole sheet."""
    painter = QPainter()
    with opened(sheets.content) as document:
        try:
            for number, index in enumerate(pages):
                progress.step(number, len(pages), f"打印第 {number + 1} 页，共 {len(pages)} 页")
                _turn(printer, sheets.sizes[index])
                is_going = painter.begin(printer) if number == 0 else printer.newPage()
                if not is_going:
                    raise UserError("打印机没有接受这份报告。", "请检查打印机是否开着、有纸，或先导出 PDF。")
                picture = draw_page(document, index, DPI / 72)
                painter.drawImage(_on_sheet(printer, sheets.sizes[index]), picture)
        finally:
            if painter.isActive():
                painter.end()


def _turn(printer: QPrinter, size: QSizeF) -> None:
    across = size.width() > size.height()
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)


def _on_sheet(printer: QPrinter, size: QSizeF) -> QRectF:
    """Where the page lies on the sheet: in its own size, made smaller only where the sheet is smaller."""
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(printer.resolution() / 72, sheet.width() / size.width(), sheet.height() / size.height())
    wide, tall = size.width() * scale, size.height() * scale
    return QRectF((sheet.width() - wide) / 2, (sheet.height() - tall) / 2, wide, tall)


def lp_command(printer_name: str, pages: Sequence[int], count: int, copies: int, sides: str, title: str) -> list[str]:
    """The command that passes a vector file to the print system unchanged; the file's name is to be added."""
    command = ["lp", "-d", printer_name, "-n", str(copies), "-t", title, "-o", "media=A4", "-o", f"sides={sides}"]
    if len(pages) < count:
        command += ["-P", f"{pages[0] + 1}-{pages[-1] + 1}"]
    return [*command, "--"]


def hand_over(sheets: Sheets, printer: QPrinter, pages: Sequence[int]) -> None:
    """Passes the vector file to the print system; UserError when it refuses."""
    sides = _SIDES.get(printer.duplex(), "two-sided-long-edge")
    command = lp_command(printer.printerName(), pages, len(sheets.sizes), printer.copyCount(), sides, sheets.title)
    with tempfile.TemporaryDirectory(prefix="laoxiao-print-") as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(sheets.content)
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise UserError(
            f"打印系统没有接受这份报告：{done.stderr.strip() or done.returncode}。", "请检查打印机，或先导出 PDF。"
        )
