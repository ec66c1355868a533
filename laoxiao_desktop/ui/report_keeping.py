"""When a month is locked its reports are printed beside the window and kept in the ledger."""

from PySide6.QtCore import QObject

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.session import Session


class ReportKeeper(QObject):
    """Hears of changes of the months; says nothing, since the lock itself was said."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        session.touched.connect(self._hear)

    def _hear(self, change: Change) -> None:
        if "month" in change.tables and not self._session.ledger.is_read_only:
            self._begin()

    def _begin(self) -> None:
        ledger = self._session.ledger

        def work(progress: Progress) -> object:
            # SQL and reportlab are loaded when the first month is locked
            from laoxiao_desktop.reports import printing  # noqa: PLC0415
            from laoxiao_desktop.workspace import kept_reports, report_values  # noqa: PLC0415

            with ledger.reader() as reader:
                printed = []
                for request in kept_reports.missing(reader):
                    progress.check()
                    printed.append((request, printing.pages_of(report_values.value_of(reader, request)).content))
            return ledger, printed

        job = Job(work)
        job.done.connect(self._keep)
        self._job = job
        job.start()

    def _keep(self, answer: object) -> None:
        from laoxiao_desktop.workspace import kept_reports  # noqa: PLC0415 - as above

        if not isinstance(answer, tuple) or not self._session.has_ledger:
            return
        ledger, printed = answer
        if ledger is self._session.ledger and printed:
            change = kept_reports.keep(ledger, printed)
            if change is not None:
                self._session.touched.emit(change)
