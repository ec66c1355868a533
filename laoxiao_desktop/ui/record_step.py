"""One milestone in the table: mark, name, plan, reached or expected, deviation; unfolded, its other fields."""

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dates import last_day
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.milestone import RED_DAYS, Milestone, State, slip_days, state
from laoxiao_desktop.ui import meaning_tip, paint
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_line import dot
from laoxiao_desktop.ui.record_notes import Link, Note, NoteList
from laoxiao_desktop.ui.record_row import FieldRow
from laoxiao_desktop.ui.record_value import FieldValue
from laoxiao_desktop.ui.row_keys import RowKeys
from laoxiao_desktop.ui.theme import Theme

PLANNED = field_of("milestone", "planned")
REACHED = Field("reached", "实际或预计", "date", hint="过去的记为实际，以后的记为预计", meaning="milestone.actual")
DETAILS = tuple(field_of("milestone", name) for name in ("forecast", "actual", "evidence", "note", "weight", "name"))

RAIL, DATE, SLIP, ROW = 40, 74, 58, 26  # widths of the columns and height of a row at 100 %

Save = Callable[[str, dict[str, Stored]], str]


def deviation(step: Milestone, today: dt.date) -> tuple[str, str, str]:
    """(word, signed days, token) of the deviation from plan: 逾期 +58, 晚 +15, 早 −6; empty without a plan or a date."""
    days = slip_days(step, today)
    now = state(step, today)
    if step.planned is None or not (step.actual or step.forecast or now == "late"):
        return "", "", "text3"
    figure = f"+{days}" if days > 0 else f"\u2212{-days}" if days < 0 else "0"
    if days <= 0:
        return ("早" if days < 0 else ""), figure, "text3"
    tone = "redt" if days > RED_DAYS else "yellowt"
    if now == "late":
        return "逾期", figure, tone
    return ("晚", figure, tone) if now == "done" else ("将晚", figure, "text2")


def reached_values(stored: Stored, step: Milestone, today: dt.date) -> dict[str, Stored]:
    """What a date in the column 实际/预计 means: past is reached, ahead is expected, nothing takes back what stood."""
    if stored is None:
        return {"actual": None} if step.actual else {"forecast": None}
    if last_day(str(stored)) <= today:
        return {"actual": stored}
    return {"forecast": stored, "actual": None} if step.actual else {"forecast": stored}


class StepName(QWidget):
    """The rail with its mark and the name of a milestone; pressed, the row unfolds."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._step: Milestone | None = None
        self._state: State = "open"
        self._ends = (False, False)  # whether the rail begins or ends here
        self._is_done_below = False
        self.keys = RowKeys(self, Qt.Key.Key_Delete)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_step(self, step: Milestone, now: State, ends: tuple[bool, bool], *, is_done_below: bool) -> None:
        """Show a milestone; `is_done_below` colours the rail to the next one."""
        self._step, self._state, self._ends, self._is_done_below = step, now, ends, is_done_below
        word = {"done": "已完成", "late": "已逾期", "due": "即将到期", "open": "未到期"}[now]
        self.setAccessibleName(f"{step.name}，{word}")
        self.setToolTip(f"{step.name}\n{word}，权重 {step.weight or 0} %" + (f"\n{step.note}" if step.note else ""))
        self.update()

    @property
    def has_rail_below(self) -> bool:
        """Whether another milestone follows."""
        return not self._ends[1]

    @property
    def is_done_below(self) -> bool:
        """Whether the rail to the next one is that of done work."""
        return self._is_done_below

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._step is None:
            return
        painter = QPainter(self)
        theme, x = self._theme, self._theme.px(22)
        middle, thick = self.height() / 2, max(2, theme.px(2))
        done = theme.color("bar")
        if not self._ends[0]:
            upper = done if self._state == "done" else theme.color("track")
            painter.fillRect(QRectF(x - thick / 2, 0, thick, middle), upper)
        if not self._ends[1]:
            lower = done if self._is_done_below else theme.color("track")
            painter.fillRect(QRectF(x - thick / 2, middle, thick, middle), lower)
        dot(painter, theme, QPointF(x, middle), self._state)
        area = self.rect().adjusted(theme.px(RAIL), 0, -theme.px(2), 0)
        token = "text" if self._state in ("done", "late", "due") else "text2"
        took = paint.text(painter, theme, area, self._step.name, token, medium=self._state == "late")
        if self._step.note and took + theme.px(20) < area.width():
            paint.icon(
                painter,
                theme,
                QPointF(area.left() + took + theme.px(4), middle - theme.px(8)),
                "document_text",
                "text3",
            )
        if self.hasFocus():
            paint.focus(painter, theme, self.rect().adjusted(theme.px(RAIL - 6), 1, 0, -1))
        painter.end()


class Slip(QWidget):
    """The deviation from plan, right-aligned: a word, a sign and the days."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told = ("", "", "text3")
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.setFixedSize(self._theme.px(SLIP), self._theme.px(ROW))

    def show_deviation(self, told: tuple[str, str, str]) -> None:
        """Show what `deviation` gave."""
        self._told = told
        self.setAccessibleName(f"偏差 {told[0]}{told[1]} 天" if told[1] else "没有偏差")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        word, figure, token = self._told
        painter = QPainter(self)
        theme = self._theme
        took = paint.text(painter, theme, self.rect(), figure, token, align=paint.RIGHT)
        area = QRect(0, 0, self.width() - int(took) - theme.px(3), self.height())
        if word == "逾期":
            word = "逾"  # one word in the column, also years behind: 逾 +2123
        paint.text(painter, theme, area, word, token, px=11, align=paint.RIGHT)
        painter.end()


class StepRow(QWidget):
    """One milestone with its inline editors."""

    unfolded = Signal(str)
    removed = Signal(str)
    moved = Signal(str, str, int, bool)  # uid, column (name, planned, reached), rows, whether to edit there

    def __init__(self, theme: Theme, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._save = theme, save
        self._step: Milestone | None = None
        self._today = dt.date.min
        self._is_open = self._is_editable = False
        self.details: dict[str, FieldRow] = {}
        self._desk = Desk(look=self._look, save=self._write, options=lambda _: ())
        self.name = StepName(theme, self)
        self.planned = self._date(PLANNED)
        self.reached = self._date(REACHED)
        self.slip = Slip(theme, self)
        self.notes = NoteList(theme, self)
        self._panel: QWidget | None = None
        self._build()

    def _date(self, field: Field) -> FieldValue:
        value = FieldValue(field, self._theme, self._desk, self)
        meaning_tip.explain(value, meaning_tip.key_of(field))
        value.line_height, value.side = ROW, 4
        value.has_pencil, value.is_shy = False, True
        value.noted.connect(self._show_notes)
        value.ended.connect(self._show_notes)
        value.began.connect(self._show_notes)
        value.left.connect(lambda how, value=value: self._leave(value, how))
        value.stepped.connect(lambda way, field=field: self.moved.emit(self.uid, field.name, way, False))
        return value

    def _build(self) -> None:
        self.name.keys.pressed.connect(lambda: self.unfolded.emit(self.uid))
        self.name.keys.stepped.connect(lambda way: self.moved.emit(self.uid, "name", way, False))
        self._top = QHBoxLayout()
        self._top.setSpacing(0)
        for widget in (self.name, self.planned, self.reached, self.slip):
            self._top.addWidget(widget)
        self._below = QHBoxLayout()
        self._below.addWidget(self.notes)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._top)
        self._layout.addLayout(self._below)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        theme = self._theme
        self._top.setContentsMargins(0, 0, theme.px(16), 0)
        self._below.setContentsMargins(theme.px(RAIL), 0, theme.px(16), 0)
        for value in (self.planned, self.reached):
            value.setFixedWidth(theme.px(DATE))
            value.restyle()
        self.name.setFixedHeight(theme.px(ROW))
        self.slip.restyle()
        for row in self.details.values():
            row.restyle()
        self._show_notes(afresh=True)

    @property
    def uid(self) -> str:
        """The uid of the milestone."""
        return self._step.uid if self._step else ""

    @property
    def is_open(self) -> bool:
        """Whether the other fields are unfolded."""
        return self._is_open

    def column(self, name: str) -> QWidget:
        """The part of the row by its column: name, planned, reached."""
        return {"planned": self.planned, "reached": self.reached}.get(name, self.name)

    def show_step(
        self, step: Milestone, today: dt.date, ends: tuple[bool, bool], *, is_done_below: bool, is_editable: bool
    ) -> None:
        """Show a milestone as it stands today; open editors stay as they are."""
        if step.uid != self.uid:
            self.planned.forget()
            self.reached.forget()
            for row in self.details.values():
                row.value.forget()
        self._step, self._today, self._is_editable = step, today, is_editable
        now = state(step, today)
        self.name.show_step(step, now, ends, is_done_below=is_done_below)
        plain = "text2" if now in ("done", "late", "due") else "text3"
        self._show_date(self.planned, step.planned, plain, "计划")
        token = "text" if step.actual else "text3"
        self._show_date(self.reached, step.actual or step.forecast, token, "实际" if step.actual else "预计")
        self.slip.show_deviation(deviation(step, today))
        self._show_details()

    def _show_date(self, value: FieldValue, stored: str | None, token: str, word: str) -> None:
        shown = Shown(stored, fields.show(value.field, stored), token=token, empty="填日期")
        value.show_value(shown, is_editable=self._is_editable)
        if self._step is not None:
            value.setAccessibleName(f"{self._step.name} {word}日期")

    def _show_details(self) -> None:
        for field in DETAILS:
            row = self.details.get(field.name)
            if row is not None and self._step is not None:
                stored = getattr(self._step, field.name)
                shown = Shown(stored, fields.show(field, stored), field.unit, empty=f"填写{field.label}")
                row.show_value(shown, (), is_editable=self._is_editable)

    # Unfolding

    def unfold(self, is_open: bool) -> None:
        """Show or hide the other fields of the milestone."""
        if is_open == self._is_open:
            return
        self._is_open = is_open
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
            self._panel, self.details = None, {}
        if is_open:
            self._panel = self._unfolded()
            self._layout.addWidget(self._panel)
            self._show_details()
        self.update()

    def _unfolded(self) -> QWidget:
        panel = QWidget(self)
        layout = QVBoxLayout(panel)
        layout.setSpacing(0)
        layout.setContentsMargins(self._theme.px(RAIL), 0, self._theme.px(16), self._theme.px(8))
        for field in DETAILS:
            row = FieldRow(field, self._theme, self._desk, panel)
            row.value.left.connect(
                lambda how, name=field.name: self._move_inside(name, 1 if how == "next" else -1, True)
            )
            row.value.stepped.connect(lambda way, name=field.name: self._move_inside(name, way, False))
            self.details[field.name] = row
            layout.addWidget(row)
        if self._is_editable:
            remove = Link("删除这个里程碑", self._theme, panel)
            remove.clicked.connect(lambda: self.removed.emit(self.uid))
            layout.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        return panel

    def _move_inside(self, name: str, way: int, edit: bool) -> None:
        names = [field.name for field in DETAILS]
        place = names.index(name) + way
        if place < 0:
            self.moved.emit(self.uid, "reached", 0, edit)
        elif place >= len(names):
            self.moved.emit(self.uid, "planned" if edit else "name", 1, edit)
        else:
            value = self.details[names[place]].value
            value.setFocus(Qt.FocusReason.TabFocusReason)
            if edit:
                value.edit()

    def _leave(self, value: FieldValue, how: str) -> None:
        if how == "next":
            where = ("reached", 0) if value is self.planned else ("planned", 1)
        else:
            where = ("reached", -1) if value is self.planned else ("planned", 0)
        self.moved.emit(self.uid, where[0], where[1], True)

    # What a field asks

    def _look(self, field: Field, stored: Stored) -> Sequence[Note]:
        if field is not REACHED or stored is None or self._step is None:
            return ()
        is_past = last_day(str(stored)) <= self._today
        return (Note("hint", "记为实际日期" if is_past else "还没有到，记为预计日期"),)

    def _write(self, field: Field, stored: Stored, reason: str) -> str:
        if self._step is None:
            return ""
        values = reached_values(stored, self._step, self._today) if field is REACHED else {field.name: stored}
        return self._save(self._step.uid, values)

    def _show_notes(self, *, afresh: bool = False) -> None:
        notes: tuple[Note, ...] = ()
        for value in (self.planned, self.reached):
            if value.editor is not None or value.is_wrong:
                notes += value.notes
        self.notes.show_notes(notes, afresh=afresh)

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._is_open:
            painter.fillRect(0, 0, self.width(), self._theme.px(ROW), self._theme.color("selectrow"))
            if self.name.has_rail_below:  # the rail goes on beside the unfolded fields
                thick = max(2, self._theme.px(2))
                top = self._theme.px(ROW)
                rail = QRectF(self._theme.px(22) - thick / 2, top, thick, self.height() - top)
                painter.fillRect(rail, self._theme.color("bar" if self.name.is_done_below else "track"))
        elif self.underMouse():
            painter.fillRect(0, 0, self.width(), self._theme.px(ROW), self._theme.color("hover"))
        painter.end()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.update()
