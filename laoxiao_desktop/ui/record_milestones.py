"""里程碑: how the project stands, the drawn line, and the table in which dates are kept."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import milestone as rules
from laoxiao_desktop.models.dates import show_date
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.milestone import Milestone
from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.record_line import MilestoneLine
from laoxiao_desktop.ui.record_notes import Link
from laoxiao_desktop.ui.record_row import FieldRow
from laoxiao_desktop.ui.record_step import DATE, RAIL, SLIP, StepRow
from laoxiao_desktop.ui.record_text import wrapped
from laoxiao_desktop.ui.record_value import Desk, FieldValue, Shown
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import milestones

_TONES = {"红": "red", "黄": "yellow"}


def standing(steps: Sequence[Milestone]) -> tuple[str, str, str]:
    """(headline, token, what it rests on): how the milestones of a project stand today."""
    today = clock.today()
    text, light = rules.headline(steps, today)
    late = [step for step in steps if rules.state(step, today) == "late"]
    if not any(step.actual or step.forecast for step in steps):
        past = f"计划日期已过的有 {len(late)} 项；" if late else ""
        return "尚未填报", "text", f"{past}在“实际/预计”里填日期，今天以前的记为实际。"
    told = text.partition("，")[2] or ("全部完成" if all(step.actual for step in steps) else text)
    return told, f"{_TONES[light]}t" if light in _TONES else "text", _reason(steps, late)


def _reason(steps: Sequence[Milestone], late: Sequence[Milestone]) -> str:
    today = clock.today()
    if not late:
        waiting = [step for step in steps if not step.actual and (step.forecast or step.planned)]
        behind = [step for step in waiting if rules.slip_days(step, today) > 0]
        return f"{len(behind)} 项预计晚于计划。" if behind else "都在计划之内。"
    worst = max(late, key=lambda step: rules.slip_days(step, today))
    told = f"计划 {show_date(worst.planned)}" if worst.planned else ""
    if worst.forecast:
        told += f"，预计 {show_date(worst.forecast)}"
    after = steps[list(steps).index(worst) + 1 :]
    slips = [days for step in after if not step.actual and step.forecast and (days := rules.slip_days(step, today)) > 0]
    if slips:
        span = f"{min(slips)}" if min(slips) == max(slips) else f"{min(slips)}—{max(slips)}"
        told += f"；其后各项顺延 {span} 天"
    return f"{told}。" if told else ""


class Headline(QWidget):
    """The sentence above the line: what is late or next, how many are done, what it rests on."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told = ("", "text", "")
        self._count = ""
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self._measure()

    def show_standing(self, steps: Sequence[Milestone]) -> None:
        """Say how these stand."""
        self._told = standing(steps)
        self._count = f"{sum(1 for step in steps if step.actual)} / {len(steps)} 完成"
        share = rules.done_share(steps)
        self.setToolTip(f"按权重完成 {share} %" if share is not None else "")
        self.setAccessibleName(f"{self._told[0]}，{self._count}。{self._told[2]}")
        self._measure()
        self.update()

    @property
    def words(self) -> str:
        """The headline."""
        return self._told[0]

    def _lines(self, words: str, px: float, room: int, *, medium: bool = False) -> list[str]:
        return wrapped(words, self._theme.font(px, medium), room)

    def _measure(self) -> None:
        room = self.width() - 2 * self._theme.px(16)
        beside = room - int(paint.text_width(self._theme, self._count)) - self._theme.px(12)
        heads = len(self._lines(self._told[0], 14, beside, medium=True))
        reasons = len(self._lines(self._told[2], 12, room)) if self._told[2] else 0
        self.setFixedHeight(
            self._theme.px(14) + self._theme.px(4) + heads * self._theme.px(22) + reasons * self._theme.px(19)
        )

    @override
    def resizeEvent(self, event: object) -> None:
        self._measure()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, side = self._theme, self._theme.px(16)
        area = self.rect().adjusted(side, theme.px(14), -side, 0)
        head, token, reason = self._told
        count = area.adjusted(0, 0, 0, 0)
        count.setHeight(theme.px(22))
        took = paint.text(painter, theme, count, self._count, "text2", align=paint.RIGHT)
        y = area.top()
        for line in self._lines(head, 14, int(area.width() - took) - theme.px(12), medium=True):
            row = area.adjusted(0, y - area.top(), 0, 0)
            row.setHeight(theme.px(22))
            paint.text(painter, theme, row, line, token, px=14, medium=True, elide=Qt.TextElideMode.ElideNone)
            y += theme.px(22)
        for line in self._lines(reason, 12, area.width()) if reason else ():
            row = area.adjusted(0, y - area.top(), 0, 0)
            row.setHeight(theme.px(19))
            paint.text(painter, theme, row, line, "text2", px=12, elide=Qt.TextElideMode.ElideNone)
            y += theme.px(19)
        painter.end()


class TableHead(QWidget):
    """The names of the columns."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.setFixedHeight(self._theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.color("head"))
        paint.hairline(painter, theme, QPointF(0, 0), self.width())
        paint.hairline(painter, theme, QPointF(0, self.height() - 1), self.width())
        right = self.width() - theme.px(16)
        slip, reached, planned = (right - theme.px(width) for width in (SLIP, SLIP + DATE, SLIP + 2 * DATE))
        for words, left, width in (
            ("里程碑", theme.px(RAIL), planned - theme.px(RAIL)),
            ("计划", planned + theme.px(4), theme.px(DATE - 4)),
            ("实际/预计", reached + theme.px(4), theme.px(DATE - 4)),
        ):
            area = self.rect().adjusted(left, 0, 0, 0)
            area.setWidth(width)
            paint.text(painter, theme, area, words, "text2", px=12, medium=True)
        area = self.rect().adjusted(slip, 0, -theme.px(16), 0)
        took = paint.text(painter, theme, area, "天", "text3", px=11, align=paint.RIGHT)
        area.adjust(0, 0, -int(took) - theme.px(3), 0)
        paint.text(painter, theme, area, "偏差", "text2", px=12, medium=True, align=paint.RIGHT)
        painter.end()


class EmptyMilestones(QWidget):
    """What stands here before there are any: one sentence and one button."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = prose_label("", self)
        self.button = QPushButton(self)
        style.set_kind(self.button, "primary")
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        side = self._theme.px(16)
        box = self.layout()
        if box is not None:
            box.setContentsMargins(side, self._theme.px(24), side, side)
            box.setSpacing(self._theme.px(12))
        self.words.setFont(self._theme.font(13))

    def show_for(self, build_kind: str | None, *, is_editable: bool) -> None:
        """Say what the button would do for a project of this build kind."""
        count = len(rules.template_for(build_kind))
        self.words.setText(
            f"这个项目还没有里程碑。按{build_kind or '新建'}项目的模板可以建立 {count} 项，计划日期按建设期限铺开，之后都能改。"
            if is_editable
            else "这个项目还没有里程碑。"
        )
        self.button.setText(f"按模板建立里程碑（{count} 项）")
        self.button.setVisible(is_editable)


def prose_label(words: str, parent: QWidget) -> QLabel:
    """A wrapping label of plain text."""
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", "text2")
    return label


class MilestonesPage(QScrollArea):
    """The milestones of the project in hand."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._project: str | None = None
        self._steps: tuple[Milestone, ...] = ()
        self._rows: list[StepRow] = []
        self._open: str | None = None
        self._wanted: str | None = None  # the uid of a row that is coming
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()

    def _build(self) -> None:
        self._sheet = QWidget(self)
        self._sheet.setAccessibleName("里程碑")
        self.empty = EmptyMilestones(self._theme, self._sheet)
        self.empty.button.clicked.connect(self._start)
        self.headline = Headline(self._theme, self._sheet)
        self.line = MilestoneLine(self._theme, self._sheet)
        self.line.picked.connect(self._pick)
        self._head = TableHead(self._theme, self._sheet)
        self._line_box = QHBoxLayout()
        self._line_box.addWidget(self.line)
        self._table = QVBoxLayout()
        self._table.setSpacing(0)
        self._add_box = QHBoxLayout()
        self.add_link = Link("添加里程碑", self._theme, self._sheet, px=13)
        self.add_link.clicked.connect(self._ask_name)
        self._new = self._name_field()
        self._add_box.addWidget(self.add_link)
        self._add_box.addWidget(self._new)
        self._add_box.addStretch(1)
        layout = QVBoxLayout(self._sheet)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.headline)
        layout.addLayout(self._line_box)
        layout.addWidget(self._head)
        layout.addLayout(self._table)
        layout.addLayout(self._add_box)
        layout.addStretch(1)
        self.setWidget(self._sheet)
        self._sheet.setAutoFillBackground(False)  # the pane paints the ground
        self.viewport().setAutoFillBackground(False)
        self.restyle()

    def _name_field(self) -> FieldRow:
        desk = Desk(look=lambda *_: (), save=lambda _f, stored, _r: self._add(stored), options=lambda _: ())
        row = FieldRow(field_of("milestone", "name"), self._theme, desk, self._sheet)
        row.value.ended.connect(lambda: QTimer.singleShot(0, row, self._hide_new))
        row.hide()
        return row

    def restyle(self) -> None:
        """The theme changed."""
        theme, side = self._theme, self._theme.px(16)
        self._line_box.setContentsMargins(side, theme.px(2), side, 0)
        self._add_box.setContentsMargins(theme.px(RAIL), theme.px(8), side, side)
        for restyle in (
            self.empty.restyle,
            self.headline.restyle,
            self.line.restyle,
            self._head.restyle,
            self._new.restyle,
        ):
            restyle()
        for row in self._rows:
            row.restyle()

    @property
    def rows(self) -> tuple[StepRow, ...]:
        """The rows shown, in order."""
        return tuple(self._rows)

    def row(self, uid: str) -> StepRow:
        """The row of a milestone."""
        return next(row for row in self._rows if row.uid == uid)

    @property
    def has_steps(self) -> bool:
        """Whether the project in hand has milestones."""
        return bool(self._steps)

    def show_project(self, uid: str | None, build_kind: str | None) -> None:
        """Read and show the milestones of a project; open editors of the same project stay."""
        if uid != self._project:
            self._open = None
            self.verticalScrollBar().setValue(0)
        self._project = uid
        self._steps = self._session.read(milestones.of, uid) if uid else ()
        is_editable = not self._session.ledger.is_read_only
        has_any = bool(self._steps)
        self.empty.setVisible(not has_any)
        self.empty.show_for(build_kind, is_editable=is_editable)
        for part in (self.headline, self.line, self._head):
            part.setVisible(has_any)
        self.headline.show_standing(self._steps)
        self.line.show_milestones(self._steps, clock.today())
        self.add_link.setVisible(is_editable and self._new.isHidden())
        self._show_rows(is_editable)
        for row in self._rows:
            if row.uid == self._wanted:
                self._wanted = None
                self._bring_into_view(row)

    def _show_rows(self, is_editable: bool) -> None:
        today = clock.today()
        while len(self._rows) > len(self._steps):
            row = self._rows.pop()
            self._table.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(self._steps):
            row = StepRow(self._theme, self._save, self._sheet)
            row.unfolded.connect(self._toggle)
            row.removed.connect(self._remove)
            row.moved.connect(self._move)
            self._rows.append(row)
            self._table.addWidget(row)
        for place, (row, step) in enumerate(zip(self._rows, self._steps, strict=True)):
            ends = (place == 0, place == len(self._steps) - 1)
            is_done_below = place + 1 < len(self._steps) and bool(self._steps[place + 1].actual) and bool(step.actual)
            row.show_step(step, today, ends, is_done_below=is_done_below, is_editable=is_editable)
            row.unfold(step.uid == self._open)

    # Changes

    def _save(self, uid: str, values: dict[str, Stored]) -> str:
        if not self._session.has_ledger:
            return "台账已经关闭。"
        try:
            change = milestones.edit(self._session.ledger, uid, values)
        except UserError as refusal:
            return str(refusal)
        if change is not None:
            self._session.announce(change)
        return ""

    def _start(self) -> None:
        if self._project is not None:
            self._session.run(milestones.start_from_template, self._project)
            if self._rows:
                self._rows[0].reached.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_name(self) -> None:
        self.add_link.hide()
        self._new.show_value(Shown(empty="名称"), (), is_editable=True)
        self._new.show()
        self._new.value.edit()
        self._bring_into_view(self._new)

    def _hide_new(self) -> None:
        if self._new.value.editor is None and not self._new.value.is_wrong:
            self._new.hide()
            self.add_link.setVisible(not self._session.ledger.is_read_only)

    def _add(self, name: Stored) -> str:
        if self._project is None or not name:
            return ""
        try:
            change = milestones.add(self._session.ledger, self._project, str(name))
        except UserError as refusal:
            return str(refusal)
        if change is not None:
            self._wanted = change.created
            self._session.announce(change)
        return ""

    def _remove(self, uid: str) -> None:
        place = next((place for place, row in enumerate(self._rows) if row.uid == uid), 0)
        self._session.run(milestones.delete, uid)
        if self._rows:
            self._rows[min(place, len(self._rows) - 1)].name.setFocus(Qt.FocusReason.OtherFocusReason)

    # Moving

    def _toggle(self, uid: str) -> None:
        self._open = None if self._open == uid else uid
        for row in self._rows:
            row.unfold(row.uid == self._open)
        self._bring_into_view(self.row(uid))

    def _pick(self, uid: str) -> None:
        row = self.row(uid)
        row.name.setFocus(Qt.FocusReason.OtherFocusReason)
        if not row.is_open:
            self._toggle(uid)

    def _move(self, uid: str, column: str, rows: int, edit: bool) -> None:
        place = next(place for place, row in enumerate(self._rows) if row.uid == uid) + rows
        if not 0 <= place < len(self._rows):
            return
        row = self._rows[place]
        part = row.column(column)
        part.setFocus(Qt.FocusReason.TabFocusReason)
        if edit and isinstance(part, FieldValue):
            part.edit()
        self._bring_into_view(row)

    def _bring_into_view(self, widget: QWidget) -> None:
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget, 0, self._theme.px(12)))
