"""The manual on paper, from the help: saved as a PDF or sent to a printer; made beside the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from laoxiao_desktop import paths
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.report_strip import ReportStrip
from laoxiao_desktop.ui.theme import Theme

NAME = "一老一小项目台账使用手册"


class ManualPaper(QObject):
    """Owns the button with its menu and the line that says what became of it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._parent = theme, parent
        self.strip = ReportStrip(theme, parent)
        self.button = QPushButton("打印", parent)
        self.button.setToolTip("整本手册：存为 PDF，或送去打印")
        style.set_kind(self.button, "link")
        self.menu = QMenu(self.button)
        self.menu.addAction("存为 PDF…").triggered.connect(self.ask_and_save)
        self.menu.addAction("打印…").triggered.connect(lambda: self._make(self._ask_and_print))
        self.button.setMenu(self.menu)

    def ask_and_save(self) -> None:
        """Asks where to, and saves the manual there."""
        offered = str(paths.documents() / f"{NAME}.pdf")
        path, _ = QFileDialog.getSaveFileName(self._parent, "手册存为 PDF", offered, "PDF 文件 (*.pdf)")
        if path:
            self.save_to(Path(path) if path.lower().endswith(".pdf") else Path(f"{path}.pdf"))

    def save_to(self, path: Path) -> None:
        """Saves the manual, whole or not at all; says where it is."""
        self._make(lambda content: self._save(content, path))

    def _make(self, go_on: Callable[[bytes], None]) -> None:
        self.button.setEnabled(False)
        self.strip.say("green", "正在排版手册……", "", lambda: None)
        job = Job(_pages)
        job.done.connect(go_on)
        job.failed.connect(self._refuse)
        job.ended.connect(lambda: self.button.setEnabled(True))
        job.start()

    def _save(self, content: bytes, path: Path) -> None:
        from laoxiao_desktop.reports import page  # noqa: PLC0415 - reportlab comes with the first page

        try:
            page.save(content, path)
        except UserError as refusal:
            self._refuse(refusal)
            return
        open_it = QUrl.fromLocalFile(str(path))
        self.strip.say("green", f"已存到 {path}", "打开", lambda: QDesktopServices.openUrl(open_it))

    def _ask_and_print(self, content: bytes) -> None:
        from laoxiao_desktop.ui import report_print, report_print_dialog  # noqa: PLC0415 - print support is loaded when it is wanted
        from laoxiao_desktop.ui.report_pages import page_sizes  # noqa: PLC0415 - as above

        self.strip.hide()
        if not report_print.has_printer():
            self.strip.say("yellow", str(report_print.NO_PRINTER), "存为 PDF", self.ask_and_save)
            return
        sheets = report_print.Sheets(content, page_sizes(content), NAME)
        order = report_print_dialog.ask(sheets, self._parent, self._theme)
        if order is None:
            return
        job = Job(lambda progress: report_print.put_on_paper(sheets, order, progress))
        job.done.connect(lambda count: self.strip.say("green", f"已送去打印 {count} 页", "", self.strip.hide))
        job.failed.connect(self._refuse)
        job.start()

    def _refuse(self, problem: object) -> None:
        self.strip.say("yellow", str(problem), "", self.strip.hide)


def _pages(progress: Progress) -> object:
    from laoxiao_desktop.reports import manual  # noqa: PLC0415 - reportlab comes with the first page
    from laoxiao_desktop.workspace.manual import whole  # noqa: PLC0415 - as above

    progress.check()
    return manual.pages_of(whole()).content
