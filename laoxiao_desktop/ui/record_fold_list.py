"""Rows that unfold, one at a time: a list inside a page of the record."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.ui.record_choices import Option
from laoxiao_desktop.ui.record_fold import Entry, FoldRow, Save
from laoxiao_desktop.ui.theme import Theme


def no_options(_: Field) -> Sequence[Option]:
    """For fields that offer nothing."""
    return ()


def listed_options(field: Field) -> Sequence[Option]:
    """What a field of the dictionary offers by itself."""
    return [Option(text) for text in field.choices]


class FoldList(QWidget):
    """Entries top to bottom. `linked` gives uid and key of a link, `turned` a row that was unfolded, to be brought into view."""

    linked = Signal(str, str)
    turned = Signal(QWidget)

    def __init__(
        self,
        columns: Sequence[Field],
        theme: Theme,
        save: Save,
        parent: QWidget | None = None,
        options: object = listed_options,
    ) -> None:
        super().__init__(parent)
        self._columns, self._theme, self._save = tuple(columns), theme, save
        self._options = options if callable(options) else no_options
        self._rows: list[FoldRow] = []
        self._open = ""
        self._wanted = ""
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def rows(self) -> tuple[FoldRow, ...]:
        """The rows shown, in order."""
        return tuple(self._rows)

    def row(self, uid: str) -> FoldRow:
        """The row of an entry."""
        return next(row for row in self._rows if row.uid == uid)

    def restyle(self) -> None:
        """The theme changed."""
        for row in self._rows:
            row.restyle()

    def forget(self) -> None:
        """Another record comes into hand: nothing is unfolded."""
        self._open = self._wanted = ""
        for row in self._rows:
            row.unfold(False)

    def show_entries(self, entries: Sequence[Entry], *, is_editable: bool) -> None:
        """Show these; rows that stay keep their widget, so that what is being typed stays too."""
        if self._wanted and any(entry.uid == self._wanted for entry in entries):
            self._open, self._wanted = self._wanted, ""
        kept = {row.uid: row for row in self._rows}
        wanted = [entry.uid for entry in entries]
        for uid, row in kept.items():
            if uid not in wanted:
                self._layout.removeWidget(row)
                row.hide()
                row.deleteLater()
        self._rows = []
        for place, entry in enumerate(entries):
            found = kept.get(entry.uid)
            row = found if found is not None else self._made()
            if self._layout.indexOf(row) != place:
                self._layout.insertWidget(place, row)
            self._rows.append(row)
            row.show_entry(entry, is_editable=is_editable)
            row.unfold(entry.uid == self._open)
        self.setVisible(bool(entries))

    def open(self, uid: str, *, edit: str = "") -> None:
        """Unfold an entry, at once or when it comes; `edit` names a field to type into."""
        found = next((row for row in self._rows if row.uid == uid), None)
        if found is None:
            self._wanted = uid
            return
        self._turn(uid, is_open=True)
        found.head.setFocus(Qt.FocusReason.OtherFocusReason)
        if edit:
            found.details[edit].value.edit()

    def _made(self) -> FoldRow:
        row = FoldRow(self._columns, self._theme, self._save, self._options, self)
        row.unfolded.connect(lambda uid: self._turn(uid, is_open=self._open != uid))
        row.linked.connect(self.linked)
        row.stepped.connect(self._step)
        return row

    def _turn(self, uid: str, *, is_open: bool) -> None:
        self._open = uid if is_open else ""
        for row in self._rows:
            row.unfold(row.uid == self._open)
        if is_open:
            self.turned.emit(self.row(uid))

    def _step(self, uid: str, way: int) -> None:
        place = next(place for place, row in enumerate(self._rows) if row.uid == uid) + way
        if 0 <= place < len(self._rows):
            self._rows[place].head.setFocus(Qt.FocusReason.TabFocusReason)
