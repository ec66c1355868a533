"""The open ledger as the window sees it: what is open, what it is narrowed to, what was just done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.window_state import Settings

if TYPE_CHECKING:
    from laoxiao_desktop.workspace.ledger import Ledger

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Scope:
    """What every place is narrowed to: one plan, one county, or all (None)."""

    plan: str | None = None
    county: str | None = None


class Session(QObject):
    """The one door of the window to the workspace.

    Changes go through `run`, so that every place hears of them (`touched`), the status line says them (`said`: words,
    whether 撤销 is offered; `hinted`: why nothing was done) and a refusal is shown (`refused`: UserError). `busy` holds words while something slow
    runs and is empty again when it is over.
    """

    ledger_opened = Signal()
    ledger_closing = Signal()
    ledger_closed = Signal()
    touched = Signal(object)
    scope_changed = Signal(object)
    said = Signal(str, bool)
    hinted = Signal(str)
    refused = Signal(object)
    busy = Signal(str)

    def __init__(self, parent: QObject | None = None, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self.settings = settings or Settings()  # where a place remembers its columns and sizes
        self._ledger: Ledger | None = None
        self._scope = Scope()
        self._writing: Job | None = None

    @property
    def ledger(self) -> Ledger:
        """The open ledger; asking while none is open is a mistake."""
        if self._ledger is None:
            raise LookupError("no ledger is open")
        return self._ledger

    @property
    def has_ledger(self) -> bool:
        """Whether a ledger is open."""
        return self._ledger is not None

    @property
    def scope(self) -> Scope:
        """The plan and county all places are narrowed to."""
        return self._scope

    def take(self, ledger: Ledger) -> None:
        """Show a ledger that was just opened; the one before is closed."""
        self.close()
        self._ledger = ledger
        self._scope = Scope()
        self.ledger_opened.emit()

    def close(self) -> None:
        """Close the ledger, if one is open."""
        if self._ledger is not None:
            self.ledger_closing.emit()  # last chance to save what is being typed
            if self._writing is not None:
                self._writing.cancel()
                self._writing.wait()
            ledger, self._ledger = self._ledger, None
            ledger.close()
            self.ledger_closed.emit()

    def narrow(self, scope: Scope) -> None:
        """Choose the plan and county for all places."""
        if scope != self._scope:
            self._scope = scope
            self.scope_changed.emit(scope)

    def run(
        self,
        function: Callable[Concatenate[Ledger, P], Change | None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Change | None:
        """Make a change by a workspace function; None when nothing changed or it was refused (and shown)."""
        try:
            if self._writing is not None:
                raise UserError("正在写入较多内容，现在还不能改别的。", "请等它写完，或先取消它。")
            change = function(self.ledger, *args, **kwargs)
        except UserError as refusal:
            self.refused.emit(refusal)
            return None
        if change is not None:
            self.announce(change)
        return change

    def run_beside(self, work: Callable[[Ledger, Progress], Change | None], *, is_undoable: bool = True) -> Job | None:
        """A Job that makes one long change beside the window; the caller starts it. None when it was refused.

        Its `done` carries the Change, or None when nothing differed. Meanwhile `run` refuses, and closing the ledger
        stops the Job, of which nothing is kept then.
        """
        ledger = self.ledger
        if self._writing is not None:
            self.refused.emit(UserError("正在写入较多内容。", "请等它写完再做下一件。"))
            return None

        def write(progress: Progress) -> Change | None:
            with ledger.writer() as writer:
                return work(writer, progress)

        job = self._writing = Job(write)
        job.done.connect(lambda change: self._end_writing(change, is_undoable))
        job.failed.connect(self._end_writing)
        job.cancelled.connect(self._end_writing)
        return job

    def _end_writing(self, change: object = None, is_undoable: bool = True) -> None:
        self._writing = None
        if isinstance(change, Change) and self.has_ledger:
            self.announce(change, is_undoable)
        elif isinstance(change, UserError):
            self.refused.emit(change)

    def announce(self, change: Change, undoable: bool = True) -> None:
        """Tell every place of a change that was made outside `run`, for example by a Job."""
        self.touched.emit(change)
        self.said.emit(change.label, undoable)

    def read(self, function: Callable[Concatenate[Ledger, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Ask the ledger something; a UserError reaches the window's own handler."""
        return function(self.ledger, *args, **kwargs)

    def undo(self) -> Change | None:
        """Take back the last change, written as a new one."""
        from laoxiao_desktop.workspace import history  # noqa: PLC0415  (SQL is loaded after the first paint)

        return self.run(history.undo)

    def redo(self) -> Change | None:
        """Make the change that was last taken back again."""
        from laoxiao_desktop.workspace import history  # noqa: PLC0415  (SQL is loaded after the first paint)

        return self.run(history.redo)
