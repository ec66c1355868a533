"""校核: every slip the rules found, with its figures and its neighbours, put right or accepted one after the other."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.check import SEVERITIES
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.finding import Finding, Subject
from laoxiao_desktop.ui.findings_bar import FindingsBar, Offered, counted
from laoxiao_desktop.ui.findings_notes import words_of
from laoxiao_desktop.ui.findings_pane import FindingsPane
from laoxiao_desktop.ui.findings_rows import ACCEPTED, OPEN, Filter, Row, rows_of, short_plan
from laoxiao_desktop.ui.findings_table import FindingsTable
from laoxiao_desktop.ui.findings_view import FindingsView
from laoxiao_desktop.ui.findings_watch import FindingsWatch, Told
from laoxiao_desktop.ui.place_frame import PlaceFrame
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.projects_empty import READ, EmptyPage
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.way import Place, Way
from laoxiao_desktop.workspace import findings, findings_beside

USUAL, WIDE, WIDE_WINDOW = 400, 460, 1500
_CORRECTABLE = frozenset({"project", "indicator", "goal", "list_item"})
_AGAIN = "开始校核"
_LOOKS = {"project": "看项目"}


class FindingsPlace(QWidget):
    """The place. `project_wanted` carries the uid of a project and the field to look at."""

    title = "校核"
    icon = "shield_checkmark"
    key = "findings"
    KEYS = (
        ("校核", "↑ / ↓", "上一条、下一条"),
        ("校核", "Enter", "到右边处理这一条"),
        ("校核", "Ctrl+Enter", "按选定的办法处理，并到下一条"),
        ("校核", "Alt+1 / 2 / 3", "改为建议值、另填、保留公布值"),
        ("校核", "Ctrl+J", "看项目，到有关的字段"),
        ("校核", "← / →", "在级别标题上收起、展开"),
        ("校核", "Esc", "从右边回到列表；在列表里清除条件"),
        ("校核", "F5", "重新校核"),
    )
    figures_changed = Signal(object)
    search_cleared = Signal()
    project_wanted = Signal(str, str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._filter = Filter(scope_plan=session.scope.plan)
        self._all: list[Row] = []
        self.watch = FindingsWatch.of(session)
        self.table = FindingsTable(self)
        self.view = FindingsView(theme, self.table, self)
        self.bar = FindingsBar(theme, self)
        self.empty = EmptyPage(theme, self)
        self.pane = FindingsPane(theme, self)
        self.heart: QWidget = self.view  # the keyboard goes here; a focus proxy would take the bar from Tab
        self._show_later = QTimer(self, singleShot=True, interval=0)
        self.splitter = PlaceFrame(self.bar, self.view, self.empty, self.pane)
        self.strip = ProgressStrip(theme, self)
        self.splitter.put_under_bar(self.strip)
        self.strip.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(8))
        self.splitter.fill(self)
        self._connect()
        self._take(self.watch.newest)
        self._follow()

    def _connect(self) -> None:
        session, form = self._session, self.pane.form
        self.watch.told.connect(self._take)
        self.watch.started.connect(lambda _job: self._follow())
        session.scope_changed.connect(lambda scope: self._ask(replace(self._filter, scope_plan=scope.plan)))
        session.ledger_closed.connect(lambda: self._take(Told()))
        self.bar.chosen.connect(lambda name, values: self._ask(self._filter.with_choice(name, values)))
        self.bar.opening.connect(self.open_choice)
        self.bar.check_asked.connect(self.check_again)
        self.empty.pressed.connect(self._help_empty)
        self.view.row_changed.connect(lambda _row: self._show_later.start())
        self._show_later.timeout.connect(self._show_row)
        self.view.entered.connect(form.take_focus)
        self.pane.subject_wanted.connect(self._look_at)
        form.applied.connect(self.apply)
        form.looked.connect(self.look)
        form.reopened.connect(self.reopen)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, do in (
            ("Ctrl+Return", self.apply),
            ("Ctrl+Enter", self.apply),
            ("Ctrl+J", self.look),
            ("F5", self.check_again),
            ("Esc", self._escape),
            ("Alt+1", lambda: self._choose("suggested")),
            ("Alt+2", lambda: self._choose("other")),
            ("Alt+3", lambda: self._choose("keep")),
            ("Alt+Up", lambda: self.view.step(-1)),
            ("Alt+Down", lambda: self.view.step(1)),
        ):
            QShortcut(QKeySequence(keys), self, do, context=inside)

    # --- what a window asks of a place ---------------------------------------------------------------------------

    def set_search(self, text: str) -> None:
        """Narrow the list to what was typed."""
        if text != self._filter.search:
            self._ask(replace(self._filter, search=text))

    def activate(self) -> None:
        """The place comes to the front."""
        (self.view if self.splitter.has_rows else self.bar.chips["states"]).setFocus()
        self.watch.catch_up()
        self._tell_figures()

    # --- what is shown -------------------------------------------------------------------------------------------

    @property
    def asked(self) -> Filter:
        """What is asked for now."""
        return self._filter

    def check_again(self) -> None:
        """Run the check-up now."""
        if self._session.has_ledger:
            self.watch.check_now()
            if self.watch.running is None:
                self._session.said.emit("正在重新校核", False)

    def _follow(self) -> None:
        """Show how far the check-up of a large ledger is, with 取消."""
        job = self.watch.running
        if job is not None:
            self.strip.follow(job, "正在校核")
            self._ask(self._filter)
            job.cancelled.connect(self._on_stopped)

    def _on_stopped(self) -> None:
        self._session.hinted.emit(f"校核停下了{'，列出的是上一次的结果' if self._told.is_known else ''}")
        (self.view if self.splitter.has_rows else self.empty.button).setFocus()

    def _take(self, told: object) -> None:
        if isinstance(told, Told):
            self._told = told
            self._ask(self._filter)

    def _ask(self, asked: Filter) -> None:
        self._filter = asked
        self._all = rows_of(self._told, asked.scope_plan)
        self.table.show([row for row in self._all if asked.accepts(row)])
        self._show_choices()
        has_rows = self.table.rowCount() > 0
        if not has_rows:
            self._say_empty()
        waited = not self.splitter.has_rows and self.bar.chips["states"].hasFocus()
        self.splitter.show_rows(has_rows)
        if waited and has_rows:
            self.view.setFocus()
        self.view.take_nearest()
        self._show_later.start()
        self._tell_figures()

    def _show_choices(self) -> None:
        asked = self._filter
        count = sum(asked.accepts(row) for row in self._all)
        self.bar.show_choice("states", asked.states, count if self._told.is_known else None)
        severities = [word for severity, word in SEVERITIES.items() if severity in asked.severities]
        self.bar.show_choice("severities", severities)
        plans = {row.finding.plan: short_plan(row.finding) for row in self._all}
        self.bar.show_choice("plans", [plans.get(plan, plan) for plan in asked.plans])
        self.bar.show_choice("rules", asked.rules)
        self.bar.chips["plans"].setVisible(asked.scope_plan is None)

    def open_choice(self, name: str) -> QWidget:
        """Open the list of values of a chip, counted over what the other chips accept."""
        rows = [row for row in self._all if self._filter.accepts(row, leaving_out=name)]
        offered: Sequence[Offered]
        if name == "states":
            pairs = [(ACCEPTED, ACCEPTED) if row.is_accepted else (OPEN, OPEN) for row in rows]
            offered = counted(pairs, {OPEN: OPEN, ACCEPTED: ACCEPTED})
        elif name == "severities":
            offered = counted(
                [(row.finding.severity, "") for row in rows],
                {str(severity): word for severity, word in SEVERITIES.items()},
            )
        elif name == "plans":
            offered = counted([(row.finding.plan, short_plan(row.finding)) for row in rows])
        else:
            offered = counted([(row.finding.title, row.finding.title) for row in rows])
        return self.bar.offer(name, offered, self._filter.choice(name))

    def clear_conditions(self) -> None:
        """Show everything that is open again."""
        self.search_cleared.emit()
        self._ask(Filter(scope_plan=self._filter.scope_plan))
        self.view.setFocus()

    def _say_empty(self) -> None:
        asked = self._filter
        is_narrowed = bool(asked.search or asked.severities or asked.plans or asked.rules)
        if is_narrowed or asked.states not in ((OPEN,), ()):
            self.empty.say("没有符合条件的校核结果。", "清除条件")
        elif self.watch.is_busy and not self._told.findings:
            self.empty.say("正在校核……", "")
        elif not self._told.is_known and self.watch.is_put_off:
            self.empty.say("还没有校核。项目很多，要一会儿；可以随时取消。", _AGAIN)
        elif not self._told.projects and not self._told.findings:
            self.empty.say("还没有可以校核的内容。先读入公布的方案，或者单位的清单。", READ)
        elif any(row.is_accepted for row in self._all if asked.scope_plan in (None, row.finding.plan)):
            self.empty.say("都处理完了。已核实的可以在“处理”里查看。", "")
        else:
            self.empty.say("没有发现差错、可疑或缺漏。", "")

    def _help_empty(self) -> None:
        (self.check_again if self.empty.button.text() == _AGAIN else self.clear_conditions)()

    def _tell_figures(self) -> None:
        scope = self._filter.scope_plan
        rows = [row for row in self._all if scope in (None, row.finding.plan)]
        open_ = [row for row in rows if not row.is_accepted]
        if not rows and self.watch.is_busy:
            self.figures_changed.emit([("", "正在校核")])
            return
        figures = [(OPEN, str(len(open_)))]
        for severity, word in SEVERITIES.items():
            figures.append((word, str(sum(row.finding.severity == severity for row in open_))))
        figures.append(("已处理", str(len(rows) - len(open_) + self._told.corrected)))
        if self._told.projects:
            figures += [("校核", f"{self._told.projects} 项"), ("用时", f"{self._told.seconds:.1f} 秒")]
        self.figures_changed.emit(figures)

    # --- the finding in hand -------------------------------------------------------------------------------------

    def _show_row(self) -> None:
        row = self.view.row
        if row is None and self.table.shown() and self.pane.finding is not None:
            return  # the keyboard stands on a heading: what was shown stays
        if row is None or not self._session.has_ledger:
            self.pane.show_nothing()
            return
        finding = row.finding
        is_other = self.pane.finding is None or self.pane.finding.key != finding.key or row.is_accepted
        beside = self._session.read(findings_beside.beside, finding)
        lines = ""
        if finding.lines is not None:
            first, last = finding.lines
            lines = f"第 {first} 行" if first == last else f"第 {first}—{last} 行"
        self.pane.show_finding(finding, _whole_place(finding), beside, lines)
        self.pane.set_position(self.view.place + 1, len(self.table.shown()))
        if is_other or self.pane.form.apply.isHidden():
            self._show_form(row)

    def _show_form(self, row: Row) -> None:
        form, finding, ledger = self.pane.form, row.finding, self._session.ledger
        look = _LOOKS.get(finding.subject.kind, "") if finding.subject.uid else ""
        if row.is_accepted:
            form.show_accepted(self._told.decisions[finding.key].reason, look)
            return
        if ledger.is_read_only:
            form.show_read_only(ledger.read_only_reason, look)
            return
        field = _field(finding)
        suggestion = now = ""
        if field is not None:
            now = fields.show(field, self._session.read(findings_beside.value_of, finding))
            suggestion = fields.show(field, finding.suggested) if finding.suggested is not None else ""
        form.show_open(field, suggestion, words_of(finding), now, look)
        form.offer_alike(len(self._alike(finding)))

    def _alike(self, finding: Finding) -> list[Finding]:
        found = [row.finding for row in self.table.shown() if not row.is_accepted]
        return [finding, *(one for one in found if one.code == finding.code and one.key != finding.key)]

    def _choose(self, way: str) -> None:
        form = self.pane.form
        if form.apply.isHidden():
            return
        if way == "suggested" and not form.suggested.isHidden():
            form.choose("suggested")
            form.suggested.setFocus()
        elif way == "other" and not form.other.isHidden():
            form.choose("other")
            form.value.setFocus()
            form.value.selectAll()
        elif way == "keep":
            form.choose("keep")
            form.reason.setFocus()
        self.pane.area.ensureWidgetVisible(form.reason)

    def follow(self, way: Way) -> None:
        """Show the open findings of one rule, as another place counted them."""
        if isinstance(way, Place) and way.of:
            self._ask(Filter(rules=(way.of,), scope_plan=self._filter.scope_plan))

    def show_finding(self, key: str) -> None:
        """Take a finding in hand, whatever is asked for, ready to be kept with a reason."""
        if self.table.line_of(key) is None:
            self.search_cleared.emit()
            self._ask(Filter(states=(), scope_plan=self._filter.scope_plan))
        if self.view.take(key):
            self._show_row()
            self._choose("keep")

    def apply(self) -> None:
        """Do what was chosen about the finding in hand, and go on to the next."""
        finding, form = self.pane.finding, self.pane.form
        if finding is None or form.apply.isHidden() or not self._session.has_ledger:
            return
        reason = form.reason.text().strip()
        try:
            change = self._done(finding, reason)
        except FieldError as wrong:
            form.refuse(str(wrong), of_value=True)
            return
        except UserError as refusal:
            form.refuse(str(refusal))
            if form.way == "keep":
                form.reason.setFocus()
            return
        if change is None:
            form.refuse("和现在的值相同，没有改动。", of_value=True)
            return
        self._session.announce(change)
        self.watch.settle(finding)
        self.view.setFocus()

    def _done(self, finding: Finding, reason: str) -> Change | None:
        form, ledger = self.pane.form, self._session.ledger
        if form.way == "keep":
            kept = self._alike(finding) if form.alike.isChecked() else [finding]
            return findings.decide_all(ledger, kept, reason)
        if form.way == "suggested":
            return findings.correct(ledger, finding, finding.suggested, reason or findings.BY_PROPOSAL)
        field = _field(finding)
        if field is None:
            raise UserError("这一条不是某个字段的问题。", "请写明依据后保留公布值。")
        value = fields.parse(field, form.value.text(), clock.today())
        return findings.correct(ledger, finding, value, reason)

    def reopen(self) -> None:
        """Take back that the finding in hand was accepted."""
        finding = self.pane.finding
        if finding is not None and self._session.run(findings.reopen, finding.key) is not None:
            self.watch.settle(finding)

    def look(self) -> None:
        """Open the project of the finding in hand at its field."""
        if self.pane.finding is not None:
            self._look_at(self.pane.finding.subject)

    def _look_at(self, subject: object) -> None:
        finding = self.pane.finding
        if isinstance(subject, Subject) and subject.kind == "project" and subject.uid and finding is not None:
            is_field = finding.subject.kind == "project" and finding.field_name
            self.project_wanted.emit(subject.uid, finding.field_name if is_field else "")

    def _escape(self) -> None:
        focused = self._focused()
        if focused is not None and self.pane.isAncestorOf(focused):
            self.view.setFocus()
        elif self._filter != Filter(scope_plan=self._filter.scope_plan):
            self.clear_conditions()

    def _focused(self) -> QWidget | None:
        return self.window().focusWidget()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._theme
        wide = self.width() >= theme.px(WIDE_WINDOW)
        pane = min(theme.px(WIDE if wide else USUAL), max(theme.px(320), self.width() // 2))
        self.splitter.setSizes([self.width() - pane - 1, pane])


def _field(finding: Finding) -> Field | None:
    """The field a person can put right here; of several rows together there is none."""
    kind, name = finding.subject.kind, finding.field_name
    if name is None or kind not in _CORRECTABLE or not finding.subject.uid:
        return None
    is_group = bool(finding.others) and finding.severity == "note" and finding.suggested is None
    return None if is_group else field_of(kind, name)


def _whole_place(finding: Finding) -> str:
    subject = finding.subject
    if subject.kind == "project" and subject.no is not None:
        return f"{short_plan(finding)}{subject.sector or ''}清单第 {subject.no} 项"
    return f"{short_plan(finding)} {finding.where}"
