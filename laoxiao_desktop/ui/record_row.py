"""One field of a record: its label, its value, the line for a reason, and what is to be said below."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.ui import meaning_tip, paint
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_editors import LineEditor
from laoxiao_desktop.ui.record_notes import Note, NoteList
from laoxiao_desktop.ui.record_value import FieldValue
from laoxiao_desktop.ui.theme import Theme

LABEL_COLUMN = 92  # text of the value starts 8 px further, at 100
_PERSONAL = "个人信息：默认不进入报告和数据包"


class FieldLabel(QWidget):
    """The label of a field, with a quiet mark for personal values."""

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._theme = field, theme
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.setFixedSize(self._theme.px(LABEL_COLUMN), self._theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        took = paint.text(painter, self._theme, self.rect(), self._field.label, "text3")
        if self._field.is_personal:
            at = QPointF(took + self._theme.px(4), self._theme.px(6))
            paint.icon(painter, self._theme, at, "person", "text3")
        painter.end()


class ReasonLine(QWidget):
    """Where a person may say why a published value is corrected; saved with the change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.editor = LineEditor(theme, self)
        self.editor.setPlaceholderText("更正理由（可不填）")
        self.editor.setAccessibleName("更正理由")
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.editor.setFont(self._theme.font(13))
        self.setFixedHeight(self._theme.px(30))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        side = self._theme.px(8)
        self.editor.place(self.rect().adjusted(side, self._theme.px(4), -side, -self._theme.px(2)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = self.rect().adjusted(0, self._theme.px(4), 0, -self._theme.px(2))
        has_focus = self.editor.hasFocus()
        border, width = ("accent", 2) if has_focus else ("line2", 1)
        paint.box(painter, self._theme, rect, "surface", border=border, radius=4, width=width)
        painter.end()


class FieldRow(QWidget):
    """A field with everything about it. `linked` gives the key of a link chosen in a standing note."""

    linked = Signal(str)

    def __init__(self, field: Field, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._theme = field, theme
        self._standing: tuple[Note, ...] = ()
        self._published_text: str | None = None
        self.label = FieldLabel(field, theme, self)
        self.value = FieldValue(field, theme, desk, self)
        self.reason: ReasonLine | None = None
        self.notes = NoteList(theme, self)
        self.explain(meaning_tip.key_of(field))
        self._build()
        self.value.noted.connect(self._show_notes)
        self.value.began.connect(self._on_began)
        self.value.ended.connect(self._on_ended)
        self.notes.chosen.connect(self.linked)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.value, 1)
        self._below = QHBoxLayout()
        self._below.setSpacing(0)
        self._below.addWidget(self.notes)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(top)
        self._layout.addLayout(self._below)
        self.restyle()

    def explain(self, key: str) -> None:
        """Say under another key of the dictionary what the field means; the mouse and F1 tell it."""
        hints = (self._field.hint, _PERSONAL if self._field.is_personal else "")
        meaning_tip.explain(self, key, below=hints)

    def restyle(self) -> None:
        """The theme changed."""
        self._below.setContentsMargins(self._theme.px(LABEL_COLUMN + 8), 0, 0, 0)
        self.label.restyle()
        self.value.restyle()
        if self.reason is not None:
            self.reason.restyle()
        self._show_notes(afresh=True)

    @property
    def field(self) -> Field:
        """The field of the dictionary."""
        return self._field

    def show_value(
        self, shown: Shown, notes: Sequence[Note], *, is_editable: bool, published_text: str | None = None
    ) -> None:
        """Show what the ledger holds; `published_text` is the published value as the editor would show it."""
        self._standing = tuple(notes)
        self._published_text = published_text
        self.value.show_value(shown, is_editable=is_editable)
        self._show_notes()

    def _show_notes(self, *, afresh: bool = False) -> None:
        is_busy = self.value.editor is not None or self.value.is_wrong
        self.notes.show_notes(self.value.notes if is_busy else self._standing, afresh=afresh)

    def _on_began(self) -> None:
        editor = self.value.editor
        if self._published_text is not None and editor is not None:
            editor.typed.connect(self._ask_reason)
        self._show_notes()

    def _on_ended(self) -> None:
        self.value.companion = None
        if self.reason is not None:
            line, self.reason = self.reason, None
            line.editor.blockSignals(True)
            line.hide()
            line.deleteLater()
        self._show_notes()

    def _ask_reason(self, text: str) -> None:
        """A published value is being corrected: the line for the reason stands below the editor."""
        if self.value.editor is None:
            return
        is_correction = text not in (self._published_text, self.value.shown.text)
        is_correction = is_correction and all(note.severity != "error" for note in self.value.notes)
        if self.reason is None and is_correction:
            self.reason = ReasonLine(self._theme, self)
            self.reason.editor.left.connect(self._on_reason_left)
            below = QHBoxLayout()
            below.setContentsMargins(self._theme.px(LABEL_COLUMN), 0, 0, 0)
            below.addWidget(self.reason)
            self._layout.addLayout(below)
            self.value.companion = self.reason.editor
        if self.reason is not None:
            self.reason.setVisible(is_correction)

    def _on_reason_left(self, how: str) -> None:
        if how == "previous" and self.value.editor is not None:
            self.value.editor.setFocus(Qt.FocusReason.BacktabFocusReason)
        else:
            self.value.leave(how)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() < self._theme.px(LABEL_COLUMN):
            self.value.edit()
