"""A list on its way into the ledger: the file as read, the plan it goes to, what the person decided, what would happen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import correcting, reading
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.imports import ComparedRow, Comparison, is_written
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.import_sheets import Sheet, Sheets, sheets_of
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.workspace import imports, plans, returned, safety

if TYPE_CHECKING:
    from laoxiao_desktop.exchange.reading_values import Factor, ReadFile
    from laoxiao_desktop.models.plan_draft import PlanDraft
    from laoxiao_desktop.workspace.ledger import Ledger

_LARGE = 3_000  # rows; more are compared beside the window


class ImportState(QObject):
    """`changed`: everything shown may differ. `read`: a file has just been read. `job_begun`: a Job with its words.

    `written`: the Change that a reading became.
    """

    changed = Signal()
    read = Signal()
    job_begun = Signal(object, str)
    written = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.is_writing = False
        self.forget()

    def forget(self) -> None:
        """Nothing has been read."""
        self.file: ReadFile | None = None
        self.comparison: Comparison | None = None
        self.sheets = Sheets(())
        self.plan: str | None = None
        self.new_title = ""
        self.new_region = ""
        self.is_new_plan = False
        self._is_plan_chosen = False
        self.left: set[str] = set()
        self.unread: set[str] = set()
        self._decisions: dict[str, str] = {}
        self._choices: dict[tuple[str, str], bool] = {}
        self._mapped: dict[str, dict[int, tuple[str | None, Factor | None]]] = {}
        self._turn = 0

    # --- reading -------------------------------------------------------------------------------------------------

    def read_file(self, path: Path, *, with_hidden: bool = False) -> None:
        """Reads a file beside the window."""
        mappings, mark = self._remembered(), self._session.read(returned.mark_of)

        def work(progress: Progress) -> object:
            return reading.read(
                path,
                progress=progress.step,
                cancelled=lambda: progress.is_cancelled,
                mappings=mappings,
                with_hidden=with_hidden,
                ledger=mark,
            )

        self._start(work, f"读取 {path.name}", self._take)

    def read_pasted(self, text: str, html: str | None) -> None:
        """Reads what was copied from a workbook or a web page."""
        mappings = self._remembered()

        def work(progress: Progress) -> object:
            return reading.read_pasted(
                text, html, progress=progress.step, cancelled=lambda: progress.is_cancelled, mappings=mappings
            )

        self._start(work, "读取粘贴的内容", self._take)

    def _remembered(self) -> reading.Mappings:
        return cast("reading.Mappings", self._session.read(imports.remembered))

    def _start(self, work: Callable[[Progress], object], words: str, then: Callable[[object], None]) -> None:
        job = Job(work)
        job.done.connect(then)
        job.failed.connect(self._fail)
        self.job_begun.emit(job, words)
        job.start()

    def _fail(self, problem: object) -> None:
        refusal = (
            problem if isinstance(problem, UserError) else UserError("这份内容没有读成。", "请把文件另存一份再试。")
        )
        self._session.refused.emit(refusal)

    def _take(self, file: object) -> None:
        self.forget()
        self.file = file  # type: ignore[assignment]  # what reading gives
        self._propose_plan()
        self._compare(self.read.emit)

    def _propose_plan(self) -> None:
        draft = self._draft
        self.new_title, self.new_region = draft.plan.title, draft.plan.region
        known = self._session.read(plans.all_of)
        self.plan = self._session.read(imports.plan_meant, draft)
        is_plan = imports.is_plan(draft.plan)
        if self.plan is None and not is_plan:
            near = [plan.uid for plan in known if draft.plan.region and plan.region == draft.plan.region]
            only = [plan.uid for plan in known] if len(known) == 1 else near
            self.plan = self._session.scope.plan or (only[0] if len(only) == 1 else None)
            if self.plan is None:
                self.new_title = ""
        self.is_new_plan = self.plan is None and (is_plan or not known)

    # --- what a person decides -----------------------------------------------------------------------------------

    def choose_plan(self, plan: str | None) -> None:
        """The plan of the ledger to read into; None: a new one."""
        self.plan, self.is_new_plan = plan, plan is None
        self._is_plan_chosen = True
        self._decisions.clear()
        self._compare()

    def name_plan(self, title: str, region: str) -> None:
        """Title and region of the new plan."""
        if (title, region) != (self.new_title, self.new_region):
            is_elsewhere = region != self.new_region
            self.new_title, self.new_region = title, region
            if is_elsewhere:
                self._compare()
            else:
                self.changed.emit()

    def read_as(self, table: str, column: int, role: str | None, factor: str | None) -> None:
        """What a column of a table is read as."""
        choice: tuple[str | None, Factor | None] = (role, factor)  # type: ignore[assignment]  # one of UNITS
        try:
            self.file = reading.with_mapping(self._held, table, {column: choice})
        except UserError as refusal:
            self._session.refused.emit(refusal)
            return
        held = next(each for each in self._held.tables if each.key == table)
        before = self._mapped.setdefault(table, {})
        before[column] = choice
        for number, each in enumerate(held.columns):
            if before.get(number, (each.role, None))[0] != each.role:
                before[number] = (each.role, each.factor)
        self._forget_rows()
        if not self._is_plan_chosen:
            self._propose_plan()
        self._compare()

    def fix(self, table: str, row: int, column: int, text: str) -> None:
        """Another text in a cell."""
        try:
            self.file = correcting.with_cell(self._held, table, row, column, text)
        except UserError as refusal:
            self._session.refused.emit(refusal)
            return
        self._compare()

    def decide(self, key: str, decision: str | None) -> None:
        """Which row is meant, that it is new, that it is skipped; for a gone row what becomes of it. None: undecided."""
        if decision is None:
            self._decisions.pop(key, None)
        else:
            self._decisions[key] = decision
        self._compare()

    def choose(self, key: str, name: str, is_chosen: bool) -> None:
        """Whether one change of a row is taken."""
        self._choices[(key, name)] = is_chosen
        self._show()

    def leave(self, key: str, is_left: bool) -> None:
        """Whether a row is left out when the rest is written."""
        (self.left.add if is_left else self.left.discard)(key)
        self.changed.emit()

    def leave_table(self, table: str, is_unread: bool) -> None:
        """Whether a whole table is left out."""
        (self.unread.add if is_unread else self.unread.discard)(table)
        self.changed.emit()

    def _forget_rows(self) -> None:
        """Rows have other numbers after their columns changed."""
        self._decisions.clear()
        self._choices.clear()
        self.left.clear()

    # --- comparing -----------------------------------------------------------------------------------------------

    @property
    def _draft(self) -> PlanDraft:
        return self._held.draft

    @property
    def _held(self) -> ReadFile:
        if self.file is None:
            raise LookupError("nothing has been read")
        return self.file

    @property
    def is_returned(self) -> bool:
        """Whether the file is a workbook that this ledger exported; then its columns need no saying."""
        return self.file is not None and self.file.draft.returned is not None

    @property
    def draft(self) -> PlanDraft:
        """What was read, under the title and region that a new plan would have."""
        draft = self._draft
        if self.plan is not None:
            return draft
        return replace(draft, plan=replace(draft.plan, title=self.new_title, region=self.new_region))

    def again(self) -> None:
        """Compare once more: the ledger has changed."""
        if self.file is not None:
            self._compare()

    def _compare(self, then: Callable[[], None] | None = None) -> None:
        self._turn += 1
        turn, draft, plan, decisions = self._turn, self.draft, self.plan or "", dict(self._decisions)
        back = draft.returned.count if draft.returned is not None else 0
        if len(draft.projects) + len(draft.indicators) + len(draft.items) + back < _LARGE:
            self._finish(turn, imports.compare(self._session.ledger, draft, plan, decisions), then)
            return
        ledger = self._session.ledger

        def work(progress: Progress) -> object:
            progress.step(0, 0, "与台账逐行比较")
            with ledger.reader() as reader:
                return imports.compare(reader, draft, plan, decisions)

        self._start(work, "与台账逐行比较", lambda found: self._finish(turn, found, then))

    def _finish(self, turn: int, found: object, then: Callable[[], None] | None) -> None:
        if turn != self._turn or not isinstance(found, Comparison):
            return
        self.comparison = found
        self._show()
        if then is not None:
            then()

    def _show(self) -> None:
        if self.comparison is not None:
            rows = tuple(self._chosen(row) for row in self.comparison.rows)
            self.comparison = replace(self.comparison, rows=rows)
        self.sheets = sheets_of(self._held, self.comparison, self.draft)
        self.changed.emit()

    def _chosen(self, row: ComparedRow) -> ComparedRow:
        for change in row.changes:
            wanted = self._choices.get((row.key, change.field))
            if wanted is not None and wanted != change.is_chosen:
                row = row.choosing(change.field, wanted)
        return row

    # --- what would happen ---------------------------------------------------------------------------------------

    @property
    def keys(self) -> tuple[str, ...]:
        """The rows that would be written now."""
        if self.comparison is None:
            return ()
        out = set(self.left)
        for sheet in self.sheets.sheets:
            if sheet.key in self.unread:
                out.update(line.key for line in sheet.lines if line.key is not None)
        return tuple(row.key for row in self.comparison.rows if is_written(row) and row.key not in out)

    @property
    def open_questions(self) -> int:
        """Rows in doubt and cells that cannot be read."""
        rows = self.comparison.rows if self.comparison is not None else ()
        return sum(row.state == "doubt" or bool(row.problems) for row in rows)

    @property
    def needs_plan(self) -> bool:
        """Whether it is still unknown which plan is meant."""
        return self.plan is None and (not self.is_new_plan or not self.new_title.strip())

    @property
    def asks(self) -> tuple[str, ...]:
        """What has to be said of the columns before the rows can be trusted."""
        return tuple(question for sheet in self.sheets.sheets for question in sheet.questions)

    def sheet(self, key: str) -> Sheet | None:
        """A sheet by its key."""
        return next((sheet for sheet in self.sheets.sheets if sheet.key == key), None)

    # --- writing -------------------------------------------------------------------------------------------------

    def write(self, *, has_backup: bool) -> None:
        """Writes what was chosen as one change beside the window, after a backup; `written` tells of it."""
        comparison, file = self.comparison, self.file
        if comparison is None or file is None:
            return
        keys, draft, mappings = self.keys, self.draft, self._mappings()

        def work(ledger: Ledger, progress: Progress) -> Change | None:
            if has_backup:
                progress.step(0, 0, "读入前备份")
                safety.auto_backup(ledger, "读入前")
            return imports.accept(
                ledger, comparison, keys, draft=draft, source=file.name, mappings=mappings, told=progress.step
            )

        job = self._session.run_beside(work)
        if job is None:
            return
        job.done.connect(self._tell_written)
        job.failed.connect(self._fail_writing)
        job.cancelled.connect(lambda: self._session.hinted.emit("已停下，什么也没有写入。"))
        job.ended.connect(self._end_writing)
        self.is_writing = True
        self.job_begun.emit(job, f"写入 {file.name}")
        job.start()

    def _tell_written(self, change: object) -> None:
        if isinstance(change, Change):
            self.written.emit(change)

    def _fail_writing(self, problem: object) -> None:
        if not isinstance(problem, UserError):  # a refusal is told by the session
            self._fail(problem)

    def _end_writing(self) -> None:
        self.is_writing = False
        self.changed.emit()

    def _mappings(self) -> Mapping[str, object]:
        tables = {table.key: table.shape for table in self.file.tables} if self.file is not None else {}
        return {
            tables[key]: {str(column): list(choice) for column, choice in choices.items()}
            for key, choices in self._mapped.items()
            if key in tables
        }
