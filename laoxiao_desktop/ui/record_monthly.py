"""月报: the open month of a project filled in place beside what stood before, and the months behind it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from laoxiao_desktop.models import fields, monthly
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.monthly import APPROVED, DRAFT, LOCKED, RETURNED, SENT, MonthRow, show_month
from laoxiao_desktop.models.rates import show
from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.record_amounts import AmountsTable
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_fold import Entry
from laoxiao_desktop.ui.record_fold_list import FoldList, listed_options
from laoxiao_desktop.ui.record_form import Form
from laoxiao_desktop.ui.record_notes import Link, Note, NoteList
from laoxiao_desktop.ui.record_row import FieldRow
from laoxiao_desktop.ui.record_sheet import SIDE, EmptyPart, Heading, bring_into_view, sheet_in, write
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import glances, months

_TEXTS = tuple(
    field_of("monthly_report", name)
    for name in ("stage", "image_progress", "problem", "problem_kind", "help_needed", "next_step", "reporter")
)
_CORRECTION = field_of("monthly_report", "correction")
_SHOWN = tuple(field_of("monthly_report", name) for name in (*monthly.MONEY, *monthly.TEXTS, "return_reason"))
_REASON = (
    Field(
        "reason", "退回理由", "long", hint="写明哪里要改，填报人才知道怎么改", meaning="monthly_report.return_reason"
    ),
)
_SHORT = 40


class MonthsPage(QScrollArea):
    """The months of the project in hand."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._project = ""
        self._month: str | None = None  # the one that can be filled in
        self._row: MonthRow | None = None
        self._build()

    def _build(self) -> None:
        theme = self._theme
        self._sheet, layout = sheet_in(self, "月报")
        self.empty = EmptyPart(theme, self._sheet)
        self.empty.pressed.connect(self._open_next)
        self.head = Heading("", theme, self._sheet)
        self.told = NoteList(theme, self._sheet)
        self._told_box = QHBoxLayout()
        self._told_box.addWidget(self.told)
        self.amounts = AmountsTable(theme, self._save, self._look, self._sheet)
        self.amounts.left.connect(lambda: self._go("stage"))
        self.texts: dict[str, FieldRow] = {}
        self._text_box = QVBoxLayout()
        self._text_box.setSpacing(0)
        desk = Desk(look=self._look, save=lambda field, stored, _: self._save(field, stored), options=listed_options)
        for field in (*_TEXTS, _CORRECTION):
            row = self.texts[field.name] = FieldRow(field, theme, desk, self._sheet)
            row.linked.connect(lambda _, name=field.name: self._repeat(name))
            row.value.left.connect(lambda how, name=field.name: self._move(name, 1 if how == "next" else -1, True))
            row.value.stepped.connect(lambda way, name=field.name: self._move(name, way, False))
            self._text_box.addWidget(row)
        self.send = QPushButton("上报", self._sheet)
        style.set_kind(self.send, "primary")
        self.send.clicked.connect(self._send)
        self.same = Link("本月无变化", theme, self._sheet, px=13)
        self.same.setToolTip("还空着的，沿用上次的数和文字")
        self.same.clicked.connect(self._no_change)
        self.back = Link("退回…", theme, self._sheet, px=13)
        self.back.clicked.connect(self._ask_why)
        self._buttons = QHBoxLayout()
        for widget in (self.send, self.same, self.back):
            self._buttons.addWidget(widget)
        self._buttons.addStretch(1)
        self.form: Form = Form(_REASON, "退回", theme, self._sheet)
        self.form.submitted.connect(self._send_back)
        self.form.opened.connect(lambda form: bring_into_view(self, form, theme))
        self.before = Heading("各月", theme, self._sheet)
        self.list = FoldList(_SHOWN, theme, lambda *_: "", self._sheet)
        self.list.turned.connect(lambda row: bring_into_view(self, row, theme))
        layout.addWidget(self.empty)
        layout.addWidget(self.head)
        layout.addLayout(self._told_box)
        layout.addWidget(self.amounts)
        layout.addLayout(self._text_box)
        layout.addLayout(self._buttons)
        for part in (self.form, self.before, self.list):
            layout.addWidget(part)
        layout.addStretch(1)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        theme, side = self._theme, self._theme.px(SIDE)
        self._told_box.setContentsMargins(side, 0, side, 0)
        self._text_box.setContentsMargins(side, 0, theme.px(8), 0)
        self._buttons.setContentsMargins(side, theme.px(10), side, theme.px(10))
        self._buttons.setSpacing(theme.px(14))
        for row in self.texts.values():
            row.restyle()
        self.empty.restyle()
        self.head.restyle()
        self.amounts.restyle()
        self.form.restyle()
        self.before.restyle()
        self.list.restyle()

    def focus_first(self) -> None:
        """Give the keyboard to the first thing on the page."""
        if self._is_filled_in:
            self.amounts.rows["cum_completed"].value.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.list.rows:
            self.list.rows[0].head.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.empty.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def _is_filled_in(self) -> bool:
        return self._row is not None

    def show_project(self, uid: str, _: Mapping[str, Stored]) -> None:
        """Read and show the months of a project; open editors of the same project stay."""
        if uid != self._project:
            for value in (*(row.value for row in self.texts.values()), *self.amounts.values()):
                value.forget()
            self.form.hide()
            self.list.forget()
            self.verticalScrollBar().setValue(0)
        self._project = uid
        self._month = self._session.read(glances.open_month)
        rows = self._session.read(glances.month_rows, uid)
        self._row = next((row for row in rows if row.month == self._month), None)
        self._say_empty(rows)
        self._show_open()
        behind = [row for row in rows if row.month != self._month]
        self.before.setVisible(bool(behind))
        self.before.say("此前各月" if self._row is not None else "各月", f"{len(behind)} 个月")
        self.list.show_entries([_told(row) for row in behind], is_editable=False)

    def _say_empty(self, rows: Sequence[MonthRow]) -> None:
        self.empty.setVisible(self._row is None)
        if self._row is not None:
            return
        coming = show_month(self._session.read(months.next_month))
        can_open = not self._session.ledger.is_read_only
        has_any = bool(rows) or glances.has_months(self._session.ledger)
        words = "已开启的月份都锁定了，不能再改。" if has_any else ""
        words = words or "还没有开启过月份。开启后，每个项目按月填累计数和形象进度。"
        self.empty.say(words, f"开启{coming}月度调度" if can_open else "")

    def _show_open(self) -> None:
        row = self._row
        parts = (self.head, self.amounts, self.send, self.same, self.back, *self.texts.values())
        for part in parts:
            part.setVisible(row is not None)
        self.told.setVisible(False)
        if row is None:
            self.form.hide()
            return
        state = row.state or "未报"
        is_open = state not in (APPROVED, LOCKED) and not self._session.ledger.is_read_only
        rate = f"投资完成率 {show(row.rate)} %" if row.rate.value is not None else ""
        self.head.say(f"{show_month(row.month)}　{state}", rate)
        notes: dict[str, list[Note]] = {}
        for problem in row.problems:
            notes.setdefault(problem.field, []).append(Note(problem.severity, problem.message))
        self.amounts.show_row(row, notes, is_editable=is_open)
        for name, field_row in self.texts.items():
            self._show_text(name, field_row, row, notes.get(name, []), is_open)
        self._show_correction(row, notes)
        self._show_buttons(state, row)
        told = []
        if row.now is not None and row.now.state == RETURNED and row.now.return_reason:
            told.append(Note("warning", f"退回：{row.now.return_reason}"))
        if state == APPROVED:
            told.append(Note("hint", "已审核；要修改，请先退回并写明理由。"))
        if row.is_exempt:
            told.append(Note("hint", f"项目{row.facts.status}，不需要再报。"))
        self.told.show_notes(told)

    def _show_text(self, name: str, field_row: FieldRow, row: MonthRow, notes: list[Note], is_open: bool) -> None:
        field = field_row.field
        stored = getattr(row.now, name) if row.now else ""
        last = getattr(row.before, name) if row.before and name != "reporter" else ""
        if last and last != stored and name != "correction":
            short = " ".join(last.split())
            short = short if len(short) <= _SHORT else short[: _SHORT - 1] + "…"
            links = (("repeat", "沿用"),) if is_open and not stored else ()
            notes = [*notes, Note("hint", f"上次：{short}", links, tooltip=last)]
        shown = Shown(stored or None, fields.show(field, stored), empty=f"填写{field.label}")
        field_row.show_value(shown, notes, is_editable=is_open)

    def _show_correction(self, row: MonthRow, notes: Mapping[str, list[Note]]) -> None:
        """更正说明 is asked only where a cumulative figure falls, or stands where it was given."""
        falls = any(
            value is not None and then is not None and value < then
            for value, then in (
                (row.now.money(name) if row.now else None, row.before.money(name) if row.before else None)
                for name in monthly.MONEY
            )
        )
        is_given = bool(row.now and row.now.correction)
        is_asked = any(amount.value.is_wrong for amount in self.amounts.rows.values())
        self.texts["correction"].setVisible(falls or is_given or is_asked or "correction" in notes)

    def _show_buttons(self, state: str, row: MonthRow) -> None:
        can_write = not self._session.ledger.is_read_only
        verb = {SENT: "审核通过"}.get(state, "上报")
        self.send.setText(verb)
        self.send.setVisible(can_write and state in (DRAFT, RETURNED, SENT, "未报"))
        errors = [problem for problem in row.problems if problem.severity == "error"]
        self.send.setEnabled(not errors and row.now is not None and row.now.has_figures)
        self.send.setToolTip(errors[0].message if errors else "" if self.send.isEnabled() else "先填累计数")
        self.same.setVisible(can_write and state in (DRAFT, RETURNED, "未报") and row.before is not None)
        self.back.setVisible(can_write and state in (SENT, APPROVED))

    # Changes

    def _look(self, field: Field, stored: Stored) -> Sequence[Note]:
        """What the rules say of a value before it is saved; a fall without a reason is said where it can be given."""
        row = self._row
        if row is None or field.name not in monthly.MONEY or not isinstance(stored, int):
            return ()
        before = row.before.money(field.name) if row.before else None
        if before is not None and stored < before and not (row.now and row.now.correction):
            return (Note("error", f"比上次的 {show_money(before)} 少；确需调减，先在“更正说明”里写明原因。"),)
        return ()

    def _save(self, field: Field, stored: Stored) -> str:
        if self._month is None:
            return "这个月已经锁定，不能再改。"
        return write(self._session, months.set_fields, self._project, self._month, {field.name: stored})[1]

    def _repeat(self, name: str) -> None:
        row = self._row
        if row is not None and row.before is not None and self._month is not None:
            self._session.run(months.set_fields, self._project, self._month, {name: getattr(row.before, name)})
            self.texts[name].value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        if self._month is not None and self._row is not None:
            act = months.approve if self._row.state == SENT else months.submit
            self._session.run(act, self._month, [self._project])

    def _send_back(self, values: dict[str, Stored]) -> None:
        if self._month is None:
            return
        reason = str(values.get("reason") or "")
        _, refusal = write(self._session, months.send_back, self._month, [self._project], reason)
        if refusal:
            self.form.refuse(refusal)
        else:
            self.form.close_form()

    def _ask_why(self) -> None:
        self.form.start()

    def _no_change(self) -> None:
        if self._month is not None:
            self._session.run(months.no_change, self._month, [self._project])

    def _open_next(self) -> None:
        self._session.run(months.open_month, self._session.read(months.next_month))

    # Moving

    def _go(self, name: str) -> None:
        value = self.texts[name].value
        value.setFocus(Qt.FocusReason.TabFocusReason)
        value.edit()

    def _move(self, name: str, way: int, edit: bool) -> None:
        names = [one for one, row in self.texts.items() if not row.isHidden()]
        place = names.index(name) + way
        if place < 0:
            value = self.amounts.rows[monthly.MONEY[-1]].value
        elif place < len(names):
            value = self.texts[names[place]].value
        else:
            self.send.setFocus(Qt.FocusReason.TabFocusReason)
            return
        value.setFocus(Qt.FocusReason.TabFocusReason)
        if edit:
            value.edit()
        bring_into_view(self, value, self._theme)


def _told(row: MonthRow) -> Entry:
    """A month behind in one row."""
    report = row.now
    if report is None:
        return Entry(row.month, show_month(row.month), right="未报", right_token="yellowt")  # noqa: S106
    parts = [f"累计 {show_money(report.cum_completed)}" if report.cum_completed is not None else "没有填累计完成"]
    if row.month_completed is not None:
        parts.append(f"本月 {show_money(row.month_completed)}")
    if row.year_completed is not None:
        parts.append(f"本年 {show_money(row.year_completed)}")
    if report.stage or report.image_progress:
        parts.append(report.stage or report.image_progress)
    values: dict[str, Stored] = {field.name: getattr(report, field.name) or None for field in _SHOWN}
    for name in monthly.MONEY:
        values[name] = report.money(name)
    is_locked = report.state == LOCKED
    return Entry(
        row.month,
        show_month(row.month),
        "　".join(parts),
        report.state,
        "text3" if is_locked else "text2",
        mark="lock_closed" if is_locked else "",
        values=values,
        locked="这个月已锁定，不能修改。差错请在当月填报中更正并写更正说明。"
        if is_locked
        else "这个月不是正在填报的月份。",
    )
