"""里程碑: how the project stands, the drawn line, and the table in which dates are kept."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.milestone import Milestone
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_line import MilestoneLine
from laoxiao_desktop.ui.record_notes import Link
from laoxiao_desktop.ui.record_row import FieldRow
from laoxiao_desktop.ui.record_standing import EmptyMilestones, Headline, TableHead
from laoxiao_desktop.ui.record_step import RAIL, StepRow
from laoxiao_desktop.ui.record_value import FieldValue
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import milestones


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
        self._sheet.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside the fields leaves an editor
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
