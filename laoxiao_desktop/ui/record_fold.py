"""A row that unfolds: what it says in short, and below it all its fields, each edited where it stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.paint import Light
from laoxiao_desktop.ui.record_choices import Option
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_notes import Link, Note, NoteList
from laoxiao_desktop.ui.record_row import FieldRow
from laoxiao_desktop.ui.record_text import wrapped
from laoxiao_desktop.ui.row_keys import RowKeys
from laoxiao_desktop.ui.theme import Theme

Save = Callable[[str, Field, Stored], str]
Options = Callable[[Field], Sequence[Option]]
SHAPES: Mapping[str, Light] = {"红": "red", "黄": "yellow", "绿": "green"}
_SIDE, _MARK, _END = 16, 18, 20  # left margin, room of the mark, room of the chevron


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says. `mark` is the colour of a light (红, 黄, 绿) or the name of a drawing; `locked` why nothing can be changed."""

    uid: str
    title: str
    detail: str = ""
    right: str = ""
    right_token: str = "text2"  # noqa: S105  (the name of a colour)
    mark: str = ""
    values: Mapping[str, Stored] = field(default_factory=dict)
    links: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()
    locked: str = ""
    is_quiet: bool = False
    tooltip: str = ""


class FoldHead(QWidget):
    """The short form of a row: mark, title on at most two lines, a quiet line below, a word at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry = Entry("", "")
        self.is_open = False
        self.keys = RowKeys(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_entry(self, entry: Entry) -> None:
        """Show what a row says."""
        self._entry = entry
        words = (entry.mark if entry.mark in SHAPES else "", entry.title, entry.right, entry.detail)
        self.setAccessibleName("，".join(word for word in words if word))
        self.setToolTip(entry.tooltip)
        self.updateGeometry()
        self.update()

    def _left(self) -> int:
        return self._theme.px(_SIDE) + (self._theme.px(_MARK) if self._entry.mark else 0)

    def _room(self, width: int) -> int:
        beside = paint.text_width(self._theme, self._entry.right, px=12) + self._theme.px(
            10 if self._entry.right else 0
        )
        return width - self._left() - self._theme.px(_SIDE + _END) - int(beside)

    def _lines(self, width: int) -> list[str]:
        room, font = self._room(width), self._theme.font(13)
        lines = wrapped(" ".join(self._entry.title.split()), font, room)
        if len(lines) > 2:
            rest = "".join(lines[1:])
            lines = [lines[0], QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, room)]
        return lines

    @override
    def heightForWidth(self, width: int) -> int:
        return self._theme.px(8 + 20 * len(self._lines(width)) + (18 if self._entry.detail else 0))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.heightForWidth(self.width()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, entry, left = self._theme, self._entry, self._left()
        if self.is_open or self.underMouse():
            painter.fillRect(self.rect(), theme.color("selectrow" if self.is_open else "hover"))
        first = QRect(left, theme.px(4), self.width() - left - theme.px(_SIDE + _END), theme.px(20))
        if entry.mark in SHAPES:
            middle = QPointF(theme.px(_SIDE + 5), first.center().y() + 1)
            paint.shape(painter, theme, middle, SHAPES[entry.mark])
        elif entry.mark:
            at = QPointF(theme.px(_SIDE - 2), first.center().y() - theme.px(7))
            paint.icon(painter, theme, at, entry.mark, "text3", 16)
        for place, line in enumerate(self._lines(self.width())):
            area = first.translated(0, place * theme.px(20))
            token = "text2" if entry.is_quiet else "text"
            paint.text(painter, theme, area, line, token, elide=Qt.TextElideMode.ElideNone)
        paint.text(painter, theme, first, entry.right, entry.right_token, px=12, align=paint.RIGHT)
        if entry.detail:
            below = QRect(left, self.height() - theme.px(23), self.width() - left - theme.px(_SIDE), theme.px(18))
            paint.text(painter, theme, below, entry.detail, "text3", px=12)
        at = QPointF(self.width() - theme.px(_SIDE + 10), first.center().y() - theme.px(5))
        paint.icon(painter, theme, at, "chevron_up" if self.is_open else "chevron_down", "text3", 12)
        if self.hasFocus():
            paint.focus(painter, theme, self.rect().adjusted(theme.px(_SIDE - 8), 1, -theme.px(4), -1))
        painter.end()


class FoldRow(QWidget):
    """A head and, unfolded, its fields and links. `linked` gives uid and key of a link, `stepped` uid and way."""

    unfolded = Signal(str)
    linked = Signal(str, str)
    stepped = Signal(str, int)

    def __init__(
        self, columns: Sequence[Field], theme: Theme, save: Save, options: Options, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns, self._theme = tuple(columns), theme
        self._entry = Entry("", "")
        self._is_editable = False
        self._desk = Desk(
            look=lambda *_: (), save=lambda changed, stored, _: save(self.uid, changed, stored), options=options
        )
        self.head = FoldHead(theme, self)
        self.head.keys.pressed.connect(lambda: self.unfolded.emit(self.uid))
        self.head.keys.stepped.connect(lambda way: self.stepped.emit(self.uid, way))
        self.details: dict[str, FieldRow] = {}
        self.links: dict[str, Link] = {}
        self._panel: QWidget | None = None
        self._panel_layout: QVBoxLayout | None = None
        self._tail: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.head)

    @property
    def uid(self) -> str:
        """The uid of what it shows."""
        return self._entry.uid

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown."""
        return self._panel is not None

    @property
    def entry(self) -> Entry:
        """What it shows."""
        return self._entry

    def restyle(self) -> None:
        """The theme changed."""
        self.head.updateGeometry()
        for row in self.details.values():
            row.restyle()

    def show_entry(self, entry: Entry, *, is_editable: bool) -> None:
        """Show an entry; open editors of the same one stay as they are."""
        before, self._entry = self._entry, entry
        self._is_editable = is_editable and not entry.locked
        self.head.show_entry(entry)
        if self._panel is not None:
            if entry.uid != before.uid:
                self.unfold(False)
                self.unfold(True)
            elif (entry.links, entry.notes, entry.locked) != (before.links, before.notes, before.locked):
                self._show_tail()
            self._show_details()

    def unfold(self, is_open: bool) -> None:
        """Show or hide the fields."""
        if is_open == self.is_open:
            return
        self.head.is_open = is_open
        if self._panel is not None:
            had_keyboard = self._panel.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
            self._panel.hide()
            self._panel.deleteLater()
            self._panel, self._panel_layout, self._tail, self.details, self.links = None, None, None, {}, {}
            if had_keyboard:
                self.head.setFocus(Qt.FocusReason.OtherFocusReason)
        if is_open:
            self._panel = self._unfolded()
            self._layout.addWidget(self._panel)
            self._show_details()
        self.head.update()

    def _unfolded(self) -> QWidget:
        panel, theme = QWidget(self), self._theme
        layout = self._panel_layout = QVBoxLayout(panel)
        layout.setSpacing(0)
        layout.setContentsMargins(theme.px(_SIDE), theme.px(2), theme.px(8), theme.px(10))
        for one in self._columns:
            row = FieldRow(one, theme, self._desk, panel)
            row.value.left.connect(lambda how, name=one.name: self._move(name, 1 if how == "next" else -1, True))
            row.value.stepped.connect(lambda way, name=one.name: self._move(name, way, False))
            self.details[one.name] = row
            layout.addWidget(row)
        self._show_tail()
        return panel

    def _show_tail(self) -> None:
        """What stands below the fields: notes and links."""
        layout = self._panel_layout
        if layout is None:
            return
        had_keyboard = any(link.hasFocus() for link in self.links.values())
        if self._tail is not None:
            self._tail.hide()
            self._tail.deleteLater()
        panel = self._tail = QWidget(self)
        self.links = {}
        lines = QVBoxLayout(panel)
        lines.setSpacing(0)
        lines.setContentsMargins(0, 0, 0, 0)
        if self._entry.notes or self._entry.locked:
            notes = NoteList(self._theme, panel)
            locked = (Note("hint", self._entry.locked),) if self._entry.locked else ()
            notes.show_notes((*locked, *self._entry.notes))
            lines.addWidget(notes)
        if self._entry.links:
            lines.addLayout(self._link_line(panel))
        layout.addWidget(panel)
        if had_keyboard:
            (next(iter(self.links.values()), None) or self.head).setFocus(Qt.FocusReason.OtherFocusReason)

    def _link_line(self, panel: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(18))
        line.setContentsMargins(0, self._theme.px(6), 0, 0)
        for key, words in self._entry.links:
            link = Link(words, self._theme, panel)
            link.clicked.connect(lambda _=False, key=key: self.linked.emit(self.uid, key))
            self.links[key] = link
            line.addWidget(link)
        line.addStretch(1)
        return line

    def _show_details(self) -> None:
        for one in self._columns:
            row = self.details.get(one.name)
            if row is not None:
                stored = self._entry.values.get(one.name)
                shown = Shown(stored, fields.show(one, stored), one.unit, empty=f"填写{one.label}")
                row.show_value(shown, (), is_editable=self._is_editable)

    def _move(self, name: str, way: int, edit: bool) -> None:
        names = [one.name for one in self._columns]
        place = names.index(name) + way
        if place < 0:
            self.head.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif place >= len(names):
            first = next(iter(self.links.values()), None)
            (first or self.head).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            value = self.details[names[place]].value
            value.setFocus(Qt.FocusReason.TabFocusReason)
            if edit:
                value.edit()
