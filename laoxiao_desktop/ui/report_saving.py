"""The ways out of a report into files: PDF, workbook, one for each; where they went is said above the pages."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from laoxiao_desktop import paths
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui.background import Job
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.report_making import Made, file_name, save, save_each, save_workbook_of, taken_names
from laoxiao_desktop.ui.report_panel import ReportPanel
from laoxiao_desktop.ui.report_strip import ReportStrip
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.workspace.report_batch import Each

FOLDER = "reports.folder"


class ReportSaver(QObject):
    """Saves what `made` holds; the place puts there what is seen."""

    refused = Signal()

    def __init__(
        self, session: Session, strip: ReportStrip, progress: ProgressStrip, panel: ReportPanel, place: QWidget
    ) -> None:
        super().__init__(place)
        self._session, self._strip, self._progress = session, strip, progress
        self._panel, self._place = panel, place
        self.made: Made | None = None

    def name(self, ending: str) -> str:
        """The file name offered when saving."""
        made = self.made
        if made is None:
            return file_name(self._panel.kind_title, "", self._panel.wish().as_of, ending)
        return file_name(self._panel.kind_title, made.region, made.day, ending)

    def ask_and_save(self) -> None:
        """Asks where to, and saves the pages as they are seen."""
        if self.made is None:
            return
        path, _ = QFileDialog.getSaveFileName(
            self._place, "导出 PDF", str(self._folder() / self.name("pdf")), "PDF 文件 (*.pdf)"
        )
        if path:
            self.save_to(_with_ending(Path(path), ".pdf"))

    def save_to(self, path: Path) -> None:
        """Saves the pages as they are seen, whole or not at all; says where they are."""
        made = self.made
        if made is not None:
            self._run(Job(lambda _progress: save(made.content, path)))

    def ask_and_save_workbook(self) -> None:
        """Asks where to, and saves the tables that are seen as a workbook."""
        made = self.made
        if made is None or not self._panel.kind.is_table:
            return
        suggested = str(self._folder() / self.name("xlsx"))
        path, _ = QFileDialog.getSaveFileName(self._place, "导出 Excel", suggested, "Excel 文件 (*.xlsx)")
        if path:
            target = _with_ending(Path(path), ".xlsx")
            ledger = self._session.ledger
            self._run(Job(lambda _progress: save_workbook_of(ledger, made.wish, target)))

    def ask_and_save_each(self, each: Each, ending: str = "pdf") -> None:
        """Asks for a folder, and saves one file for each county, unit or project there."""
        folder = QFileDialog.getExistingDirectory(self._place, "每份存到哪个文件夹", str(self._folder()))
        if folder:
            self.look_and_save_each(each, Path(folder), ending)

    def look_and_save_each(self, each: Each, folder: Path, ending: str = "pdf") -> None:
        """Asks what becomes of files that are there already, then saves."""
        ledger, wish = self._session.ledger, self._panel.wish()
        job = Job(lambda _progress: taken_names(ledger, wish, each, folder, ending))
        job.done.connect(lambda names: self._ask_about(names, each, folder, ending))
        job.failed.connect(self.refuse)
        job.start()

    def _ask_about(self, names: object, each: Each, folder: Path, ending: str) -> None:
        if not isinstance(names, list) or not names:
            self.save_each(each, folder, ending)
            return
        asked = QMessageBox(self._place.window())
        asked.setWindowTitle("分批导出")
        asked.setTextFormat(Qt.TextFormat.PlainText)
        asked.setText(f"这个文件夹里已有 {len(names)} 份同名文件。")
        asked.setInformativeText(f"如“{names[0]}”。")
        keep = asked.addButton("都保留，新的加序号", QMessageBox.ButtonRole.AcceptRole)
        replace = asked.addButton("替换", QMessageBox.ButtonRole.DestructiveRole)
        asked.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        asked.setDefaultButton(keep)
        asked.buttonClicked.connect(
            lambda button: (
                self.save_each(each, folder, ending, may_replace=button is replace)
                if button in (keep, replace)
                else None
            )
        )
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.open()

    def save_each(self, each: Each, folder: Path, ending: str = "pdf", *, may_replace: bool = False) -> None:
        """Saves one file for each into a folder, shows how far it is, and can be stopped."""
        ledger, wish = self._session.ledger, self._panel.wish()
        job = Job(lambda progress: save_each(ledger, wish, each, folder, progress, ending, may_replace=may_replace))
        job.done.connect(lambda written: self._saved_each(written, folder))
        job.failed.connect(self.refuse)
        job.cancelled.connect(lambda: self._session.said.emit("已停下，写好的几份留在文件夹里", False))
        self._progress.follow(job, "正在分批导出…")
        job.start()

    def refuse(self, error: object) -> None:
        """Says why something was not done."""
        self.refused.emit()
        if isinstance(error, UserError):
            self._session.refused.emit(error)
        else:
            self._session.refused.emit(UserError("没有完成。", f"程序内部出错：{error}"))

    def _run(self, job: Job) -> None:
        job.done.connect(self._saved)
        job.failed.connect(self.refuse)
        job.start()

    def _saved_each(self, written: object, folder: Path) -> None:
        count = len(written) if isinstance(written, list) else 0
        self._session.settings.put(FOLDER, str(folder))
        self._session.said.emit(f"已导出 {count} 份", False)
        self._offer(f"已导出 {count} 份到 {folder}", "打开文件夹", folder)

    def _saved(self, path: object) -> None:
        if not isinstance(path, Path):
            return
        self._session.settings.put(FOLDER, str(path.parent))
        self._session.said.emit(f"已导出 {path.name}", False)
        self._offer(f"已导出到 {path}", "打开", path)

    def _offer(self, words: str, button: str, path: Path) -> None:
        self._strip.say("green", words, button, lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))

    def _folder(self) -> Path:
        remembered = Path(self._session.settings.text(FOLDER) or ".")
        if self._session.settings.text(FOLDER) and remembered.is_dir():
            return remembered
        return paths.documents()


def _with_ending(path: Path, ending: str) -> Path:
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")
