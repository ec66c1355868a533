"""基本: every field of a project, grouped, each edited where it stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models import project as rules
from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.region import COUNTIES, short_name_of
from laoxiao_desktop.ui import findings_notes, paint
from laoxiao_desktop.ui import record_shown as reading
from laoxiao_desktop.ui.record_choices import Option
from laoxiao_desktop.ui.record_desk import Desk
from laoxiao_desktop.ui.record_notes import Note
from laoxiao_desktop.ui.record_row import FieldRow
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import projects

if TYPE_CHECKING:
    from laoxiao_desktop.workspace.projects import ProjectRecord


class SectionHead(QWidget):
    """The name of a group of fields."""

    def __init__(self, words: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._theme = words, theme
        self.setAccessibleName(words)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.setFixedHeight(self._theme.px(38))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.rect().adjusted(0, self._theme.px(10), 0, 0)
        paint.text(painter, self._theme, area, self._words, medium=True)
        painter.end()


class FieldsPage(QScrollArea):
    """All fields of the record in hand."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._record: ProjectRecord | None = None
        self._drafts: dict[tuple[str, str], str] = {}
        self._proposals: dict[str, tuple[Note, Stored]] = {}
        self._rows: dict[str, FieldRow] = {}
        self._heads: list[SectionHead] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        watch = findings_notes.watch_of(session)
        if watch is not None:
            watch.told.connect(self._on_told)

    def _build(self) -> None:
        self._sheet = QWidget(self)
        self._sheet.setAccessibleName("基本")
        self._layout = QVBoxLayout(self._sheet)
        self._layout.setSpacing(0)
        desk = Desk(look=self._look, save=self._save, options=self._options)
        section = ""
        for field in reading.fields_of_project():
            if field.section != section:
                section = field.section
                head = SectionHead(section, self._theme, self._sheet)
                self._heads.append(head)
                self._layout.addWidget(head)
            row = FieldRow(field, self._theme, desk, self._sheet)
            row.linked.connect(lambda key, name=field.name: self._follow(name, key))
            row.value.left.connect(lambda how, name=field.name: self._move(name, 1 if how == "next" else -1, edit=True))
            row.value.stepped.connect(lambda way, name=field.name: self._move(name, way, edit=False))
            row.value.began.connect(lambda row=row: self._bring_into_view(row))
            self._rows[field.name] = row
            self._layout.addWidget(row)
        self._layout.addStretch(1)
        self.setWidget(self._sheet)
        self._sheet.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside the fields leaves an editor
        self._sheet.setAutoFillBackground(False)  # the pane paints the ground
        self.viewport().setAutoFillBackground(False)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        side = self._theme.px(16)
        self._layout.setContentsMargins(side, 0, self._theme.px(8), side)
        for head in self._heads:
            head.restyle()
        for row in self._rows.values():
            row.restyle()

    def row(self, name: str) -> FieldRow:
        """The row of a field."""
        return self._rows[name]

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """All rows, top to bottom."""
        return tuple(self._rows.values())

    def show_record(self, record: "ProjectRecord | None") -> None:
        """Show a record; of another project, what could not be saved before is kept and comes back with it."""
        before = self._record
        is_other = (before.uid if before else None) != (record.uid if record else None)
        if is_other:
            self._put_away(before)
        self._record = record
        if record is None:
            return
        self._proposals = reading.proposal_notes(record.values)
        is_editable = not self._session.ledger.is_read_only
        for name, row in self._rows.items():
            if is_other:
                row.value.forget(self._drafts.pop((record.uid, name), None))
            self._show_row(row, record, is_editable)
        if is_other:
            self.verticalScrollBar().setValue(0)

    def _put_away(self, before: "ProjectRecord | None") -> None:
        for name, row in self._rows.items():
            row.value.commit()
            draft = row.value.draft
            if before is not None and draft is not None:
                self._drafts[before.uid, name] = draft

    def _show_row(self, row: FieldRow, record: "ProjectRecord", is_editable: bool) -> None:
        field, values = row.field, record.values
        notes = findings_notes.notes_on(self._session, record.uid, field.name, record.problems, is_editable=is_editable)
        entry = record.published.get(field.name)
        corrected = reading.published_note(field, values.get(field.name), entry)
        if corrected is not None:
            notes.append(corrected if is_editable else Note("hint", corrected.text, tooltip=corrected.tooltip))
        if field.name in self._proposals and is_editable:
            notes.append(self._proposals[field.name][0])
        published_text = None
        if entry is not None:
            try:
                published_text = fields.show(field, reading.published_stored(field, str(entry["text"])))
            except LookupError:
                published_text = str(entry["text"])
        row.show_value(reading.shown(field, values), notes, is_editable=is_editable, published_text=published_text)

    def _on_told(self, _: object) -> None:
        """The check-up has a new answer: the notes under the fields may differ."""
        self.show_record(self._record)

    # What a field asks

    def _look(self, field: Field, stored: Stored) -> Sequence[Note]:
        """Notes on a value that would be saved: its own problems, and errors it would bring to other fields."""
        if self._record is None:
            return ()
        now = self._record.values
        then = rules.check({**now, field.name: stored})
        known = {(problem.field, problem.severity) for problem in rules.check(now)}
        return [
            Note(problem.severity, problem.message)
            for problem in then
            if problem.field == field.name
            or (problem.severity == "error" and (problem.field, problem.severity) not in known)
        ]

    def _save(self, field: Field, stored: Stored, reason: str) -> str:
        if self._record is None or not self._session.has_ledger:
            return "台账已经关闭。"
        try:
            change = projects.edit(self._session.ledger, self._record.uid, {field.name: stored}, reason)
        except UserError as refusal:
            return str(refusal)
        if change is not None:
            self._session.announce(change)
        return ""

    def _options(self, field: Field) -> Sequence[Option]:
        if field.kind == "county":
            return [Option(county.short_name, short_name_of(county.parent)) for county in COUNTIES]
        if field.kind == "units" or field.name == "owner":
            counted = self._session.read(projects.choices, "responsible_unit")
            return [Option(name, f"{count} 项") for name, _, count in counted if name]
        if field.kind == "choice" and field.is_open:
            known = [value for value, _, _ in self._session.read(projects.choices, field.name) if value]
            return [Option(text) for text in dict.fromkeys((*field.choices, *known))]
        return [Option(text) for text in field.choices]

    def _follow(self, name: str, key: str) -> None:
        """A link below a field: bring the published value back, or take what the content says."""
        if self._record is None:
            return
        field, reason = self._rows[name].field, ""
        finding = findings_notes.finding_of(self._session, key)
        if finding is not None:
            findings_notes.follow(self._session, finding, key)
            return
        if key == reading.RESTORE:
            stored = reading.published_stored(field, str(self._record.published[name]["text"]))
            reason = "恢复公布值"
        else:
            note, stored = self._proposals[name]
            reason = note.tooltip
        self._session.run(projects.edit, self._record.uid, {name: stored}, reason)
        self._rows[name].value.setFocus(Qt.FocusReason.OtherFocusReason)

    # Moving

    def _move(self, name: str, way: int, *, edit: bool) -> None:
        names = list(self._rows)
        place = names.index(name) + way
        if not 0 <= place < len(names):
            return
        row = self._rows[names[place]]
        row.value.setFocus(Qt.FocusReason.TabFocusReason)
        if edit:
            row.value.edit()
        self._bring_into_view(row)

    def _bring_into_view(self, row: FieldRow) -> None:
        QTimer.singleShot(0, row, lambda: self.ensureWidgetVisible(row, 0, self._theme.px(28)))
