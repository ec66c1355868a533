"""The check-up beside the window: run again soon after every change, in a thread of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.session import Session

if TYPE_CHECKING:
    from laoxiao_desktop.models.finding import Finding
    from laoxiao_desktop.workspace.findings import Decision
    from laoxiao_desktop.workspace.ledger import Ledger

_SOON = 350  # ms: changes that follow each other are checked once
_MANY = 10_000  # projects from which the check-up is long: it waits until somebody wants to see it
_TOUCHING = frozenset(
    {"plan", "project", "plan_total", "annex", "indicator", "indicator_target", "goal", "list_item", "finding_decision"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of the check-up: what was found, what is decided, over how many projects, how long it took."""

    findings: Sequence[Finding] = ()
    decisions: dict[str, Decision] = field(default_factory=dict)
    projects: int = 0
    seconds: float = 0.0

    @property
    def is_known(self) -> bool:
        """Whether the check-up has run at all."""
        return self.seconds > 0 or bool(self.findings)

    @property
    def open(self) -> list[Finding]:
        """The findings that nobody has accepted."""
        return [finding for finding in self.findings if not self.is_accepted(finding)]

    def is_accepted(self, finding: Finding) -> bool:
        """Whether a person accepted a finding."""
        decision = self.decisions.get(finding.key)
        return decision is not None and decision.decision == "已核实"

    @property
    def corrected(self) -> int:
        """How many findings were corrected and are found no more."""
        standing = {finding.key for finding in self.findings}
        return sum(key not in standing and each.decision == "已更正" for key, each in self.decisions.items())


class FindingsWatch(QObject):
    """Keeps the newest answer of the check-up; one per session. `told` carries a Told."""

    told = Signal(object)
    started = Signal(object)  # the Job of a check-up
    wanted = Signal(str)  # the key of a finding that a person wants to see in its place

    @staticmethod
    def of(session: Session) -> FindingsWatch:
        """The watch of a session, made when it is first asked for."""
        return session.findChild(FindingsWatch) or FindingsWatch(session)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._job: Job | None = None
        self._answered: Job | None = None  # the one that has told its answer and is about to end
        self._is_stale = False
        self.newest = Told()
        self._timer = QTimer(self, singleShot=True, interval=_SOON)
        self._timer.timeout.connect(self.check_now)
        self._is_large = self._is_due = self._was_stopped = False
        session.ledger_opened.connect(self._on_opened)
        session.ledger_closing.connect(self._stop)
        session.touched.connect(self._on_touched)
        if session.has_ledger:
            self._on_opened()

    @property
    def is_busy(self) -> bool:
        """Whether a check-up runs or is about to."""
        is_running = self._job is not None and self._job is not self._answered
        return is_running or self._timer.isActive()

    @property
    def running(self) -> Job | None:
        """The check-up of a large ledger that runs now, to be watched and stopped; a small one is over at once."""
        return self._job if self._is_large and self.is_busy else None

    @property
    def is_put_off(self) -> bool:
        """Whether the check-up of a large ledger waits until somebody looks at the findings."""
        return self._is_large and self._is_due

    def settle(self, finding: Finding) -> None:
        """A finding was just decided: tell it at once, the check-up that follows confirms it."""
        from laoxiao_desktop.workspace import findings  # noqa: PLC0415 - SQL is loaded after the first paint

        standing = self._session.read(findings.decisions)
        kept = tuple(self.newest.findings)
        decision = standing.get(finding.key)
        if decision is not None and decision.decision != findings.ACCEPTED:
            kept = tuple(each for each in kept if each.key != finding.key)
        self.newest = replace(self.newest, findings=kept, decisions=standing)
        self.told.emit(self.newest)

    def catch_up(self) -> None:
        """Somebody looks at the findings: run the check-up that a large ledger left undone."""
        if self._is_due and self._is_large and self._job is None and not self._was_stopped:
            self.check_now()

    def check_now(self) -> None:
        """Run the check-up; while one runs, another follows it."""
        self._timer.stop()
        if not self._session.has_ledger:
            return
        if self._job is not None:
            self._is_stale = True
            return
        ledger = self._session.ledger
        job = Job(lambda progress: _check(ledger, progress))
        job.done.connect(lambda told: self._take(job, told))
        job.cancelled.connect(lambda: self._on_cancelled(job))
        job.ended.connect(lambda: self._on_ended(job))
        self._job, self._is_stale, self._is_due, self._was_stopped = job, False, False, False
        job.start()
        self.started.emit(job)

    def _take(self, job: Job, told: object) -> None:
        if job is self._job and isinstance(told, Told):
            self.newest, self._answered = told, job
            self.told.emit(told)

    def _on_cancelled(self, job: Job) -> None:
        """A person stopped it: what was known before stays, and nothing begins anew until asked for or changed."""
        if job is self._job:
            self._job, self._is_stale, self._is_due, self._was_stopped = None, False, True, True
            self.told.emit(self.newest)

    def _on_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = self._answered = None
            if self._is_stale:
                self._timer.start()

    def _on_opened(self) -> None:
        self.newest = Told()
        self.told.emit(self.newest)
        self._is_large = self._session.ledger.summary().projects >= _MANY
        self._become_due()

    def _on_touched(self, change: Change) -> None:
        if not change.tables.isdisjoint(_TOUCHING):
            self._become_due()

    def _become_due(self) -> None:
        """Check soon; a large ledger when somebody looks, since the rules would take half the machine from the typing."""
        self._is_due, self._was_stopped = True, False
        if not self._is_large:
            self._timer.start()

    def _stop(self) -> None:
        """The ledger closes: nothing may read it any more."""
        self._timer.stop()
        job, self._job = self._job, None
        self._is_stale = False
        if job is not None:
            job.cancel()
            job.wait()


def _check(ledger: Ledger, progress: Progress) -> Told:
    from laoxiao_desktop.workspace import findings  # noqa: PLC0415 - the rules are loaded after the first paint

    with ledger.reader() as reader:
        begun = time.perf_counter()
        found = findings.check(reader, tell=progress.step)
        decided = findings.decisions(reader)
        count = reader.summary().projects
        return Told(tuple(found), decided, count, time.perf_counter() - begun)
