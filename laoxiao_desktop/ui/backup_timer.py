"""Backups made on their own: after half an hour of editing and when the ledger is closed."""

from PySide6.QtCore import QObject, QTimer, Signal

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.session import Session

EVERY_MS = 30 * 60 * 1000


class BackupTimer(QObject):
    """Counts from the first change that has no backup yet; a failed backup is told, not hidden (`refused`)."""

    refused = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_due = False
        self._timer = QTimer(self, singleShot=True, interval=EVERY_MS)
        self._timer.timeout.connect(self.begin)
        session.touched.connect(self._note)
        session.ledger_closed.connect(self._forget)

    @property
    def is_due(self) -> bool:
        """Whether something changed since the last backup."""
        return self._is_due

    def begin(self) -> None:
        """Back up beside the work, if something changed."""
        if self._is_due and self._session.has_ledger:
            self.job("定时").start()

    def job(self, why: str) -> Job:
        """The backup as a Job that is not started yet."""
        ledger = self._session.ledger

        def work(progress: Progress) -> object:
            from laoxiao_desktop.workspace import safety  # noqa: PLC0415 - SQL is loaded after the first paint

            progress.check()
            with ledger.reader() as reader:
                return safety.auto_backup(reader, why)

        job = Job(work)
        job.failed.connect(self._tell)
        self._forget()
        return job

    def _note(self, _change: object) -> None:
        self._is_due = True
        if not self._timer.isActive():
            self._timer.start()

    def _forget(self) -> None:
        self._is_due = False
        self._timer.stop()

    def _tell(self, problem: object) -> None:
        self._is_due = True
        if isinstance(problem, UserError):
            self.refused.emit(problem)
