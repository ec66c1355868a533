"""Long work beside the window: a Job runs in a thread, tells how far it is, and can be stopped."""

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from laoxiao_desktop.errors import Cancelled, UserError

log = logging.getLogger(__name__)


class Progress:
    """What the work uses to say how far it is; `step` also stops it when the person cancelled."""

    def __init__(self, tell: Callable[[int, int, str], None], stop: threading.Event) -> None:
        self._tell = tell
        self._stop = stop

    @property
    def is_cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._stop.is_set()

    def step(self, done: int, total: int, words: str = "") -> None:
        """Say that `done` of `total` are through (total 0: unknown); raises Cancelled when asked to stop."""
        self.check()
        self._tell(done, total, words)

    def check(self) -> None:
        """Raise Cancelled when the person asked to stop."""
        if self.is_cancelled:
            raise Cancelled


class Job(QObject):
    """One piece of long work. All signals arrive in the thread that made the Job.

    The work gets a Progress and gives its answer (`done`); it opens its own `ledger.reader()`, since a connection
    belongs to its thread. A UserError or a bug arrives as `failed`, a stop as `cancelled`; `ended` follows each.
    The Job belongs to the application and goes when it has ended, so it may be started and forgotten.
    """

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    progress = Signal(int, int, str)

    _stepped = Signal(int, int, str)
    _returned = Signal(str, object)

    def __init__(self, work: Callable[[Progress], object]) -> None:
        super().__init__(QCoreApplication.instance())
        self._work = work
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="job")
        self._stepped.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._returned.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self.is_running = False

    def start(self) -> None:
        """Begin; returns at once."""
        self.is_running = True
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def wait(self) -> None:
        """Block until the work has returned; for closing the window."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            answer = self._work(Progress(self._stepped.emit, self._stop))
        except Cancelled:
            self._returned.emit("cancelled", None)
        except UserError as refusal:
            self._returned.emit("failed", refusal)
        except Exception as bug:
            log.exception("a job failed")
            self._returned.emit("failed", bug)
        else:
            self._returned.emit("done", answer)

    @Slot(int, int, str)
    def _pass_on(self, done: int, total: int, words: str) -> None:
        self.progress.emit(done, total, words)

    @Slot(str, object)
    def _finish(self, how: str, what: object) -> None:
        self.is_running = False
        if how == "done":
            self.done.emit(what)
        elif how == "failed":
            self.failed.emit(what)
        else:
            self.cancelled.emit()
        self.ended.emit()
        self.deleteLater()


def end_jobs() -> None:
    """Stop every job that still runs, wait for it and hear no more of it; for closing the program."""
    application = QCoreApplication.instance()
    for job in application.findChildren(Job) if application is not None else ():
        job.blockSignals(True)
        job.cancel()
        job.wait()
