"""What goes out of the month and comes back: fill-in forms for the units, and the list of who has not reported."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from laoxiao_desktop import clock, paths
from laoxiao_desktop.errors import UserError, reason_of
from laoxiao_desktop.models.form import FormOutcome, FormReading, joined, judge, units_of
from laoxiao_desktop.models.monthly import MonthRow
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.grid_block import CellChange, Paste
from laoxiao_desktop.ui.grid_paste import PasteDialog
from laoxiao_desktop.ui.monthly_chase import ChaseDialog
from laoxiao_desktop.ui.monthly_forms import FormsDialog
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import chase, forms, months

_BAD = '<>:"/\\|?*'


def file_name(unit: str, month: str) -> str:
    """The name of a form, safe on every system."""
    plain = "".join("_" if sign in _BAD or ord(sign) < 32 else sign for sign in unit).strip(" .")[:60]
    return f"{month} {plain or '单位'} 填报表.xlsx"


class MonthExchange(QObject):
    """Gives out forms, takes them back with a preview, and shows who has not reported."""

    def __init__(self, session: Session, theme: Theme, owner: QWidget) -> None:
        super().__init__(owner)
        self._session, self._theme, self._owner = session, theme, owner
        self.choose_folder: Callable[[], str] = self._ask_folder
        self.choose_files: Callable[[], Sequence[str]] = self._ask_files
        self.job: Job | None = None

    # --- out -----------------------------------------------------------------------------------------------------

    def give_out(self, month: str, rows: Sequence[MonthRow]) -> None:
        """Ask for which units, then write a form for each."""
        units = units_of(rows)
        if not units:
            self._session.hinted.emit("所选范围里没有要填报的项目")
            return
        dialog = FormsDialog(
            month, {unit: len(found) for unit, found in units.items()}, self._theme, self._owner.window()
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._write(month, {unit: units[unit] for unit in dialog.chosen()}))
        dialog.open()

    def _write(self, month: str, units: dict[str, list[MonthRow]]) -> None:
        folder = self.choose_folder()
        if not folder or not units:
            return
        asked = [(self._session.read(forms.identity, unit, month, rows), rows) for unit, rows in units.items()]

        def work(progress: Progress) -> int:
            from laoxiao_desktop.exchange import forms as workbooks  # noqa: PLC0415  (loads openpyxl)

            for number, (identity, rows) in enumerate(asked):
                unit = identity.unit
                progress.step(number, len(asked), f"写填报表 {unit}")
                try:
                    workbooks.write(Path(folder) / file_name(unit, month), identity, rows)
                except OSError as error:
                    what = f"“{file_name(unit, month)}”写不进去：{reason_of(error)}。"
                    raise UserError(what, "这个文件可能正在 WPS 里打开；请关闭它，或换一个文件夹。") from error
            return len(asked)

        def done(count: object) -> None:
            self._session.said.emit(f"已写出 {count} 份填报表，在“{Path(folder).name}”文件夹里", False)
            QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

        self._start(work, done, "正在写填报表")

    # --- in ------------------------------------------------------------------------------------------------------

    def take_back(self, month: str) -> None:
        """Read forms that came back, show what would change, and write it as one change."""
        self.take_files(month, list(self.choose_files()))

    def take_files(self, month: str, files: Sequence[str]) -> None:
        """The same with forms that were chosen already."""
        if not files:
            return

        def work(progress: Progress) -> list[FormReading | UserError]:
            from laoxiao_desktop.exchange import forms_in  # noqa: PLC0415  (openpyxl comes with the first workbook)

            found: list[FormReading | UserError] = []
            for number, file in enumerate(files):
                progress.step(number, len(files), f"读 {Path(file).name}")
                try:
                    found.append(forms_in.read(Path(file)))
                except UserError as refusal:
                    found.append(refusal)
            return found

        self._start(work, lambda found: self._preview(month, found), "正在读填报表")

    def _preview(self, month: str, found: object) -> None:
        readings = found if isinstance(found, list) else []
        rows = self._session.read(months.grid, month, Scope())
        today = clock.today()
        refused = [one for one in readings if isinstance(one, UserError)]
        outcome = joined([judge(one, month, rows, today) for one in readings if isinstance(one, FormReading)])
        paste = _paste(outcome, refused)
        if not paste.cells:
            self._session.hinted.emit(f"{len(readings)} 份填报表与台账相同，没有改动")
            return
        dialog = PasteDialog(paste, self._theme, self._owner.window(), "读入")
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._session.run(months.set_block, month, outcome.block))
        dialog.open()

    # --- who is missing ------------------------------------------------------------------------------------------

    def chase(self, month: str) -> None:
        """Show who has not reported, to be copied, saved or printed."""
        scope = self._session.scope
        found = self._session.read(chase.chase, month, Scope(scope.plan, scope.county))
        dialog = ChaseDialog(found, self._session, self._theme, self._owner.window())
        dialog.said.connect(lambda words: self._session.said.emit(words, False))
        dialog.refused.connect(self._session.refused)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- files ---------------------------------------------------------------------------------------------------

    def _start(self, work: Callable[[Progress], object], done: Callable[[object], object], words: str) -> None:
        job = Job(work)
        self.job = job
        self._session.busy.emit(words)
        job.ended.connect(lambda: self._session.busy.emit(""))
        job.done.connect(done)
        job.failed.connect(self._fail)
        job.start()

    def _fail(self, problem: object) -> None:
        if isinstance(problem, UserError):
            self._session.refused.emit(problem)
        elif isinstance(problem, BaseException):
            raise problem

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self._owner.window(), "填报表写到哪个文件夹", str(paths.documents()))

    def _ask_files(self) -> Sequence[str]:
        files, _ = QFileDialog.getOpenFileNames(
            self._owner.window(), "选择单位交回的填报表，可以多选", str(paths.documents()), "填报表 (*.xlsx)"
        )
        return files


def _paste(outcome: FormOutcome, refused: Sequence[UserError]) -> Paste:
    """What the preview shows: files that were refused, rows that are told, then every cell."""
    told = [CellChange("整份文件", "", "", "", str(one)) for one in refused]
    told += [
        CellChange(one.where, "说明" if not one.is_error else "没有读入", "", "", one.message)
        for one in outcome.problems
    ]
    cells = [CellChange(one.name, one.field, one.old, one.new, one.refusal) for one in outcome.cells]
    return Paste(tuple(outcome.block), tuple(told + cells))
