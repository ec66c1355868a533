"""The pane beside a list: the row in hand with all its fields in full, each edited where it stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui import record_shown as reading
from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.lists_kinds import SOURCES_IN_FULL, TARGET, Kind
from laoxiao_desktop.ui.lists_reached import ProgressPart, ReachedPart
from laoxiao_desktop.ui.lists_rows import IN_PROSE, Row, Stored, stored_of, targets_of
from laoxiao_desktop.ui.record_choices import Option
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_notes import Note
from laoxiao_desktop.ui.record_row import FieldRow
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.style import set_kind
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import lists

_ORDERS: dict[str, tuple[str, ...]] = {
    "indicator": (
        "name", "unit", "sector", "property", "base_year", "base", TARGET, "responsible_unit", "seq", "source",
        "list_title", "quote",
    ),
    "goal": ("name", "year", "target", "unit", "quote"),
    "list_item": (
        "name", "group", "measure", "expected", "responsible_unit", "lead_units", "support_units", "state", "no",
        "list_title",
    ),
}  # fmt: skip
_MEMBER = ("name", "group", "no", "list_title")
_FIXED = ("source", "list_title", "quote")  # what the document says of itself
_YEARS = range(2020, 2036)


class ListDetail(QFrame):
    """All of one row. `step` asks for the row before or after, `closed` to be put away."""

    closed = Signal()
    step = Signal(int)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._kind: Kind | None = None
        self._row: Row | None = None
        self._rows: dict[str, FieldRow] = {}
        self._drafts: dict[tuple[str, str], str] = {}
        self._place = ""
        self.setAccessibleName("事项详情")
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        self._title = _plain("", self)
        self._title.setWordWrap(True)
        self._close = QToolButton(self)
        self._close.setAccessibleName("收起详情（F4）")
        self._close.setToolTip("收起详情（F4）")
        self._close.clicked.connect(self.closed)
        self._meta = _plain("", self, "text3")
        self._meta.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._sheet = QWidget(self)
        whole = QVBoxLayout(self._sheet)
        whole.setSpacing(0)
        whole.setContentsMargins(0, 0, 0, 0)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(0)
        self.reached = ReachedPart(self._session, self._theme, self._sheet)
        self.progress = ProgressPart(self._session, self._theme, self._sheet)
        whole.addLayout(self._fields)
        whole.addWidget(self.reached)
        whole.addWidget(self.progress)
        whole.addStretch(1)
        for part in (self.reached, self.progress):
            part.opened.connect(self._bring_into_view)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._sheet)
        self._scroll.viewport().setAutoFillBackground(False)
        self._sheet.setAutoFillBackground(False)
        self._foot = _plain("", self, "text3")
        self._up, self._down = QToolButton(self), QToolButton(self)
        for button, words, by in ((self._up, "上一条", -1), (self._down, "下一条", 1)):
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.clicked.connect(lambda _=False, by=by: self.step.emit(by))
        self._foot_line = QHBoxLayout()
        self._foot_line.addWidget(self._foot, 1)
        self._foot_line.addWidget(self._up)
        self._foot_line.addWidget(self._down)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(0)
        self._head = QVBoxLayout()
        self._head.setSpacing(4)
        self._head.addLayout(top)
        self._head.addWidget(self._meta)
        self._box.addLayout(self._head)
        self._box.addWidget(self._scroll, 1)
        self._box.addLayout(self._foot_line)

    def _restyle(self) -> None:
        theme, side = self._theme, self._theme.px(16)
        self._title.setFont(theme.font(15, medium=True))
        self._meta.setFont(theme.font(12))
        self._foot.setFont(theme.font(12))
        set_drawing(self._close, theme, "dismiss", "text3", 16)
        set_drawing(self._up, theme, "arrow_up", "text2", 16)
        set_drawing(self._down, theme, "arrow_down", "text2", 16)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._head.setContentsMargins(side, theme.px(12), theme.px(8), theme.px(8))
        self._fields.setContentsMargins(side, 0, theme.px(8), side)
        self._foot_line.setContentsMargins(side, theme.px(4), theme.px(8), theme.px(4))
        for row in self._rows.values():
            row.restyle()
        self.reached.restyle()
        self.progress.restyle()
        self.update()

    @property
    def rows(self) -> Mapping[str, FieldRow]:
        """The fields by name; targets are called target:2025."""
        return self._rows

    def show_row(self, kind: Kind, row: Row | None, place: str = "") -> None:
        """Shows a row, or that none is in hand; `place` says which of how many it is."""
        before, self._row = self._row, row
        is_other = (before["uid"] if before else None) != (row["uid"] if row else None)
        if is_other:
            self._put_away(before)
        names = self._names(kind, row)
        if kind is not self._kind or list(self._rows) != names:
            self._kind = kind
            self._rebuild(kind, names)
            is_other = True
        self._sheet.setVisible(row is not None)
        self._title.setText(str(row["name"]) if row else "未选中")
        self._meta.setText(_source_of(kind, row) if row else "在左边选一行，这里显示它的全部内容。")
        self._foot.setText(place)
        self._up.setEnabled(row is not None)
        self._down.setEnabled(row is not None)
        is_item = kind.table == "list_item" and kind.key != "member"
        self.reached.setVisible(row is not None and kind.table == "indicator")
        self.progress.setVisible(row is not None and is_item)
        if row is None:
            return
        self.reached.show_row(row if kind.table == "indicator" else None)
        self.progress.show_row(row if is_item else None)
        for name, field_row in self._rows.items():
            if is_other:
                field_row.value.forget(self._drafts.pop((str(row["uid"]), name), None))
            self._show_field(kind, row, field_row)
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def edit(self, name: str) -> None:
        """Opens the editor of a field."""
        self._rows[name].value.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rows[name].value.edit()

    def _put_away(self, before: Row | None) -> None:
        for name, field_row in self._rows.items():
            field_row.value.commit()
            draft = field_row.value.draft
            if before is not None and draft is not None:
                self._drafts[str(before["uid"]), name] = draft

    def _names(self, kind: Kind, row: Row | None) -> list[str]:
        names: list[str] = []
        for name in _MEMBER if kind.key == "member" else _ORDERS[kind.table]:
            if name == TARGET:
                names.extend(f"{TARGET}{year}" for year in sorted(targets_of(row or {})))
            elif name not in _FIXED or (row is not None and row.get(name)):
                names.append(name)
        return names

    def _rebuild(self, kind: Kind, names: Sequence[str]) -> None:
        while (item := self._fields.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        desk = Desk(look=lambda _field, _stored: (), save=self._save, options=self._options)
        self._rows = {}
        for name in names:
            row = FieldRow(self._field(kind, name), self._theme, desk, self._sheet)
            row.explain("indicator_target.target" if name.startswith(TARGET) else f"{kind.table}.{name}")
            row.linked.connect(lambda _key, name=name: self._restore(name))
            row.value.left.connect(lambda how, name=name: self._move(name, 1 if how == "next" else -1, True))
            row.value.stepped.connect(lambda way, name=name: self._move(name, way, False))
            self._rows[name] = row
            self._fields.addWidget(row)
        if kind.table == "indicator":
            line = QWidget(self._sheet)
            inside = QHBoxLayout(line)
            inside.setContentsMargins(-self._theme.px(5), 0, 0, 0)  # its word stands under the labels
            inside.addWidget(self._year_button(), 0, Qt.AlignmentFlag.AlignLeft)
            self._fields.addWidget(line)

    def _year_button(self) -> QWidget:
        button = QPushButton("添加年度目标", self._sheet)
        set_kind(button, "link")
        button.setEnabled(not self._session.ledger.is_read_only)
        button.clicked.connect(lambda: self._choose_year(button))
        return button

    def _choose_year(self, button: QWidget) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = targets_of(self._row or {})
        for year in _YEARS:
            if year not in known:
                menu.addAction(f"{year} 年", lambda year=year: self.begin_target(year))
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def begin_target(self, year: int) -> None:
        """Opens an empty target for a year that has none."""
        if self._row is None or self._kind is None:
            return
        self.show_row(self._kind, {**self._row, "targets": {**targets_of(self._row), year: ""}}, self._foot.text())
        self.edit(f"{TARGET}{year}")

    @staticmethod
    def _field(kind: Kind, name: str) -> Field:
        if name.startswith(TARGET):
            year = name.removeprefix(TARGET)
            return replace(field_of("indicator_target", "target"), name=name, label=f"{year} 年目标")
        labels = {column.name: column.label for column in kind.columns}
        field = field_of(kind.table, name)
        return replace(field, label=labels.get(name, field.label))

    def _show_field(self, kind: Kind, row: Row, field_row: FieldRow) -> None:
        field, name = field_row.field, field_row.field.name
        stored: Stored
        if name.startswith(TARGET):
            stored = targets_of(row).get(int(name.removeprefix(TARGET))) or None
        else:
            stored = stored_of(row, name)
        text = SOURCES_IN_FULL.get(str(stored), "") if name == "source" else fields.show(field, stored)
        is_editable = name not in _FIXED and not self._session.ledger.is_read_only
        entry = _published(row).get(name.removeprefix(TARGET))
        note = reading.published_note(field, stored, entry)
        notes: list[Note] = []
        if note is not None:
            notes.append(note if is_editable else Note("hint", note.text, tooltip=note.tooltip))
        shown = Shown(stored, text, field.unit, "", "text" if is_editable else "text2", f"填写{field.label}")
        published_text = str(entry["text"]) if entry is not None else None
        field_row.show_value(shown, notes, is_editable=is_editable, published_text=published_text)

    def _save(self, field: Field, stored: Stored, reason: str) -> str:
        if self._row is None or self._kind is None or not self._session.has_ledger:
            return "台账已经关闭。"
        uid = str(self._row["uid"])
        try:
            if field.name.startswith(TARGET):
                year = int(field.name.removeprefix(TARGET))
                change = lists.set_target(self._session.ledger, uid, year, str(stored or ""))
            else:
                change = lists.edit(self._session.ledger, self._kind.table, uid, {field.name: stored}, reason)
        except UserError as refusal:
            return str(refusal)
        if change is not None:
            self._session.announce(change)
        return ""

    def _restore(self, name: str) -> None:
        if self._row is None:
            return
        field = self._rows[name].field
        self._save(
            field,
            reading.published_stored(field, str(_published(self._row)[name.removeprefix(TARGET)]["text"])),
            "恢复公布值",
        )

    def _options(self, field: Field) -> Sequence[Option]:
        if field.kind == "units":
            return [Option(unit, f"{count} 项") for unit, count in self._session.read(lists.units_of)]
        return [Option(text) for text in field.choices]

    def _bring_into_view(self, part: QWidget) -> None:
        QTimer.singleShot(0, part, lambda: self._scroll.ensureWidgetVisible(part, 0, self._theme.px(12)))

    def _move(self, name: str, way: int, is_editing: bool) -> None:
        names = list(self._rows)
        at = names.index(name) + way if name in names else 0
        if not 0 <= at < len(names):
            return
        row = self._rows[names[at]]
        row.value.setFocus(Qt.FocusReason.TabFocusReason)
        if is_editing:
            row.value.edit()
        self._scroll.ensureWidgetVisible(row, 0, self._theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        line = self._scroll.geometry().bottom() + 1
        paint.hairline(painter, self._theme, QPointF(0, line), self.width())
        painter.end()


def _published(row: Row) -> Mapping[str, Mapping[str, object]]:
    found = row.get("published")
    if isinstance(found, str):
        found = json.loads(found)
    return found if isinstance(found, Mapping) else {}


def _source_of(kind: Kind, row: Row) -> str:
    """Where a row comes from: plan, table, lines of the document."""
    words = [str(row.get("plan_title") or "")]
    if row.get("source") == "prose":
        words.append(IN_PROSE)
    first = next((entry.get("lines") for entry in _published(row).values() if entry.get("lines")), None)
    if isinstance(first, Sequence) and not isinstance(first, str):
        words.append(f"原文第 {first[0]} 行" if first[0] == first[-1] else f"原文第 {first[0]}—{first[-1]} 行")
    return "　".join(word for word in words if word)


def _plain(words: str, parent: QWidget, tone: str = "") -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if tone:
        label.setProperty("tone", tone)
    return label
