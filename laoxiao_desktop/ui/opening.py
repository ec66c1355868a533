"""How a ledger comes into the window: opened, made new, or made as the example."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from laoxiao_desktop import clock, paths
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.ledger_form import SUFFIX
from laoxiao_desktop.ui.new_ledger_panel import NewLedger
from laoxiao_desktop.ui.package_start import PackageStart
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.window_state import Recent, Settings

if TYPE_CHECKING:
    from laoxiao_desktop.workspace.ledger import Ledger


class Opening(QObject):
    """Answers the start page and the ledger menu; what cannot be done is told (`refused`)."""

    refused = Signal(object)
    started = Signal(object, str)  # a Job about to run, and what it does

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window

    def choose(self) -> None:
        """Ask for a file, then open it."""
        recents = self._settings.recents
        folder = recents[0].path.parent if recents and recents[0].path.parent.is_dir() else paths.documents()
        kinds = f"台账 (*{SUFFIX});;所有文件 (*)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, "打开台账", str(folder), kinds)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Open a ledger; it is remembered among the recent ones. An older one is upgraded beside the window first."""
        from laoxiao_desktop.workspace import ledger as ledgers  # noqa: PLC0415 - SQL is loaded after the first paint

        if self._session.has_ledger and self._session.ledger.path == path:
            return
        person = self._person()
        try:
            is_older = ledgers.is_older(path)
        except UserError as refusal:
            self.refused.emit(refusal)
            return
        if is_older:
            self._session.close()
            job = Job(lambda _progress: ledgers.open(path, person).close())
            job.done.connect(lambda _: self._open_now(path))
            job.failed.connect(self._tell)
            self.started.emit(job, "台账是旧版写的，正在备份并升级……")
            job.start()
        else:
            self._open_now(path)

    def _open_now(self, path: Path) -> None:
        from laoxiao_desktop.workspace import ledger as ledgers  # noqa: PLC0415 - SQL is loaded after the first paint

        try:
            ledger = ledgers.open(path, self._person())
        except UserError as refusal:
            self.refused.emit(refusal)
            return
        self._show(ledger)

    def reopen(self) -> None:
        """Open the ledger once more: it may be free now, or writable."""
        path = self._session.ledger.path
        self._session.close()
        self.open(path)

    def create(self, wanted: NewLedger) -> None:
        """Make a new ledger with the wanted plans, then open it."""
        person = self._person()

        def work(progress: Progress) -> Path:
            from laoxiao_desktop.ui import making  # noqa: PLC0415 - SQL is loaded after the first paint

            return making.new_ledger(wanted, person, progress)

        self._make(work, "正在新建台账……")

    def demo(self) -> None:
        """Open the example; the first time it is made with all bundled plans."""
        path = paths.user_folder() / f"示例{SUFFIX}"
        if path.is_file():
            self.open(path)
            return
        person = self._person()

        def work(progress: Progress) -> Path:
            from laoxiao_desktop.ui import making  # noqa: PLC0415 - SQL is loaded after the first paint

            return making.demo(path, person, progress)

        self._make(work, "正在准备示例……")

    def start_from(self, wanted: PackageStart) -> None:
        """Make a new ledger that begins with a data package, then open it."""
        person = self._person()

        def work(progress: Progress) -> Path:
            from laoxiao_desktop.workspace import packages  # noqa: PLC0415 - SQL is loaded after the first paint

            packages.start_from(wanted.package, wanted.path, person, progress.step).close()
            return wanted.path

        self._make(work, "正在从数据包建台账……")

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the open ledger, beside the window, and open it."""
        path, person = self._session.ledger.path, self._session.ledger.person

        def work(_progress: Progress) -> Path:
            from laoxiao_desktop.workspace import ledger as ledgers  # noqa: PLC0415 - SQL is loaded after the first paint
            from laoxiao_desktop.workspace import safety  # noqa: PLC0415 - see above

            safety.restore(backup, path, person)
            ledgers.open(path, person).close()  # a backup of an older program is upgraded here
            return path

        def tell() -> None:
            if self._session.has_ledger:
                self._session.said.emit("台账已恢复", False)

        self._session.close()
        job = self._make(work, "正在恢复台账……")
        job.done.connect(tell)
        for ended in (job.failed, job.cancelled):
            ended.connect(lambda: self.open(path))

    def _make(self, work: Callable[[Progress], Path], words: str) -> Job:
        job = Job(work)
        job.done.connect(self.open)
        job.failed.connect(self._tell)
        self.started.emit(job, words)
        job.start()
        return job

    def _show(self, ledger: Ledger) -> None:
        summary = ledger.summary()
        now = clock.now().isoformat()
        self._settings.remember(Recent(ledger.path, summary.name, now, summary.projects, summary.is_demo))
        self._session.take(ledger)

    def _person(self) -> Person:
        person = self._settings.person
        if person is None:
            raise LookupError("the start page asks who is there before a ledger is opened")
        return person

    def _tell(self, problem: object) -> None:
        if isinstance(problem, UserError):
            self.refused.emit(problem)
        elif isinstance(problem, BaseException):
            raise problem
