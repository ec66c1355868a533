"""A small form inside a page: a few fields of something that does not exist yet, one button that makes it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_fold import Options
from laoxiao_desktop.ui.record_fold_list import listed_options
from laoxiao_desktop.ui.record_notes import Link, Note, NoteList
from laoxiao_desktop.ui.record_row import FieldRow
from laoxiao_desktop.ui.theme import Theme


class Form(QWidget):
    """Fields with values of their own until `submitted` gives them as {name: stored}; `left` says that it was put away.

    Tab walks through the fields to the button, Ctrl+Enter submits from anywhere, Esc outside an editor puts it away.
    """

    submitted = Signal(object)
    left = Signal()
    opened = Signal(QWidget)

    def __init__(
        self,
        columns: Sequence[Field],
        verb: str,
        theme: Theme,
        parent: QWidget | None = None,
        options: Options = listed_options,
    ) -> None:
        super().__init__(parent)
        self._columns, self._theme = tuple(columns), theme
        self._values: dict[str, Stored] = {}
        self._desk = Desk(look=lambda *_: (), save=self._keep, options=options)
        self.rows: dict[str, FieldRow] = {}
        self.notes = NoteList(theme, self)
        self.button = QPushButton(verb, self)
        style.set_kind(self.button, "primary")
        self.button.setToolTip(f"{verb}（Ctrl+Enter）")
        self.button.clicked.connect(self.submit)
        self.cancel = Link("取消", theme, self, px=13)
        self.cancel.clicked.connect(self.close_form)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)
        self._build()
        self.hide()

    def _build(self) -> None:
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        for one in self._columns:
            row = FieldRow(one, self._theme, self._desk, self)
            row.value.left.connect(lambda how, name=one.name: self._move(name, 1 if how == "next" else -1, True))
            row.value.stepped.connect(lambda way, name=one.name: self._move(name, way, False))
            self.rows[one.name] = row
            self._layout.addWidget(row)
        self._layout.addWidget(self.notes)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.button)
        self._foot.addWidget(self.cancel)
        self._foot.addStretch(1)
        self._layout.addLayout(self._foot)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        theme = self._theme
        self._layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(12))
        self._foot.setContentsMargins(0, theme.px(10), 0, 0)
        self._foot.setSpacing(theme.px(14))
        for row in self.rows.values():
            row.restyle()

    @property
    def values(self) -> Mapping[str, Stored]:
        """What is filled in so far."""
        return self._values

    def start(self, values: Mapping[str, Stored] | None = None, *, edit: str = "", has_focus: bool = True) -> None:
        """Show the form with these values, the keyboard in its first field or in the one to `edit`."""
        self._values = {name: value for name, value in (values or {}).items() if value not in (None, "")}
        self.notes.show_notes(())
        for row in self.rows.values():
            row.value.forget()
        self._show_values()
        self.show()
        self.opened.emit(self)
        if has_focus:
            self.rows[edit or self._columns[0].name].value.edit()

    def close_form(self) -> None:
        """Put it away; what was filled in is gone."""
        for row in self.rows.values():
            row.value.restore()
        self.hide()
        self.left.emit()

    def refuse(self, sentence: str) -> None:
        """Say why it could not be made."""
        self.notes.show_notes((Note("error", sentence),) if sentence else ())
        self.opened.emit(self)

    def submit(self) -> None:
        """Take what stands in an open editor and give all values."""
        if all(row.value.commit() for row in self.rows.values()):
            self.submitted.emit(dict(self._values))

    def _keep(self, changed: Field, stored: Stored, _: str) -> str:
        if stored in (None, ""):
            self._values.pop(changed.name, None)
        else:
            self._values[changed.name] = stored
        self._show_values()
        return ""

    def _show_values(self) -> None:
        for one in self._columns:
            stored = self._values.get(one.name)
            shown = Shown(stored, fields.show(one, stored), one.unit, empty=f"填写{one.label}")
            self.rows[one.name].show_value(shown, (), is_editable=True)

    def _move(self, name: str, way: int, edit: bool) -> None:
        names = [one.name for one in self._columns]
        place = names.index(name) + way
        if place >= len(names):
            self.button.setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= 0:
            value = self.rows[names[place]].value
            value.setFocus(Qt.FocusReason.TabFocusReason)
            if edit:
                value.edit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.button.hasFocus():
            self.submit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.color("head"))
        paint.hairline(painter, theme, QPointF(0, 0), self.width())
        paint.hairline(painter, theme, QPointF(0, self.height() - 1), self.width())
        painter.end()
