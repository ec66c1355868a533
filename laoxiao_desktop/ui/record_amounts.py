"""The amounts of a month in the record: what stood before, the new cumulative figure, what month and year add."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models import fields, monthly
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.monthly import MONEY, MonthRow
from laoxiao_desktop.ui import amount_text, meaning_tip, paint
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_notes import Note, NoteList
from laoxiao_desktop.ui.record_value import FieldValue
from laoxiao_desktop.ui.theme import Theme

_SIDE, _ROW = 16, 28
_SHARES = (0.0, 0.28, 0.47, 0.68, 0.84, 1.0)  # label, before, now, month, year, end
_SHORT = {
    "cum_completed": "完成投资",
    "cum_arrived": "到位资金",
    "cum_paid": "支付资金",
    "central_completed": "其中中央完成",
    "central_arrived": "其中中央到位",
    "central_paid": "其中中央支付",
}
Save = Callable[[Field, Stored], str]


def _cell(width: int, place: int, theme: Theme) -> tuple[int, int]:
    side = theme.px(_SIDE)
    room = width - 2 * side
    left = side + round(_SHARES[place] * room)
    return left, side + round(_SHARES[place + 1] * room) - left


class AmountRow(QWidget):
    """One cumulative amount. `moved` gives its name and the rows to move by, and whether to edit there."""

    moved = Signal(str, int, bool)

    def __init__(self, name: str, theme: Theme, save: Save, look: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self._theme = name, theme
        self._row: MonthRow | None = None
        field = field_of("monthly_report", name)
        asks = look if callable(look) else lambda *_: ()
        desk = Desk(look=asks, save=lambda changed, stored, _: save(changed, stored), options=lambda _: ())
        self.value = FieldValue(field, theme, desk, self)
        self.value.has_pencil, self.value.is_right, self.value.side = False, True, 4
        self.notes = NoteList(theme, self)
        self._standing: tuple[Note, ...] = ()
        self._cells = QHBoxLayout()
        self._cells.setSpacing(0)
        self._cells.addWidget(self.value)
        self._below = QHBoxLayout()
        self._below.addWidget(self.notes)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._cells)
        layout.addLayout(self._below)
        for signal in (self.value.noted, self.value.ended, self.value.began):
            signal.connect(self._show_notes)
        self.value.left.connect(lambda how: self.moved.emit(self.name, 1 if how == "next" else -1, True))
        self.value.stepped.connect(lambda way: self.moved.emit(self.name, way, False))
        meaning_tip.explain(self, f"monthly_report.{name}")
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.value.setFixedHeight(self._theme.px(_ROW))
        self.value.restyle()
        self._below.setContentsMargins(self._theme.px(_SIDE), 0, self._theme.px(_SIDE), 0)
        self._place()

    def _place(self) -> None:
        left, width = _cell(self.width(), 2, self._theme)
        self._cells.setContentsMargins(left, 0, max(0, self.width() - left - width), 0)

    @override
    def resizeEvent(self, event: object) -> None:
        self._place()

    def show_row(self, row: MonthRow, notes: Sequence[Note], *, is_editable: bool) -> None:
        """Show the amount of a month; what is being typed stays."""
        self._row = row
        stored = row.now.money(self.name) if row.now else None
        self.value.show_value(
            Shown(stored, fields.show(self.value.field, stored), empty="填写"), is_editable=is_editable
        )
        before = row.before.money(self.name) if row.before else None
        self.value.setAccessibleName(
            f"{monthly.LABELS[self.name]}（万元），上次 {show_money(before) or '无'}，"
            f"本月增加 {show_money(row.month_of(self.name)) or '—'}，本年 {show_money(row.year_of(self.name)) or '—'}"
        )
        self._standing = tuple(notes)
        self._show_notes()
        self.update()

    @property
    def derived(self) -> str:
        """What month and year add, as shown."""
        if self._row is None:
            return ""
        return f"{show_money(self._row.month_of(self.name))} {show_money(self._row.year_of(self.name))}".strip()

    def _show_notes(self) -> None:
        is_busy = self.value.editor is not None or self.value.is_wrong
        self.notes.show_notes(self.value.notes if is_busy else self._standing)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._row is None:
            return
        painter = QPainter(self)
        theme, row = self._theme, self._row
        is_part = self.name.startswith("central")
        before = row.before.money(self.name) if row.before else None
        cells = (
            (0, _SHORT[self.name], "text3"),
            (1, show_money(before) or "—", "text2" if before is not None else "ghost"),
            (3, _signed(row.month_of(self.name)), "text2"),
            (4, _signed(row.year_of(self.name)), "text2"),
        )
        for place, words, token in cells:
            left, width = _cell(self.width(), place, theme)
            area = QRect(left, 0, width - (0 if place == 0 else theme.px(4)), theme.px(_ROW))
            if place:
                amount_text.draw(painter, theme, area, words, token)
            else:
                paint.text(painter, theme, area, words, token, px=12 if is_part else 13)
        painter.end()


class AmountsTable(QWidget):
    """The six amounts of a month under the names of the columns; `left` says that the keyboard walked out below."""

    left = Signal()

    def __init__(self, theme: Theme, save: Save, look: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self.rows: dict[str, AmountRow] = {}
        for name in MONEY:
            row = self.rows[name] = AmountRow(name, theme, save, look, self)
            row.moved.connect(self._move)
            self._layout.addWidget(row)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self._layout.setContentsMargins(0, self._theme.px(30), 0, self._theme.px(4))
        for row in self.rows.values():
            row.restyle()

    def values(self) -> list[FieldValue]:
        """The values of all amounts."""
        return [row.value for row in self.rows.values()]

    def show_row(self, row: MonthRow, notes: dict[str, list[Note]], *, is_editable: bool) -> None:
        """Show a month."""
        for name, one in self.rows.items():
            one.show_row(row, notes.get(name, ()), is_editable=is_editable)

    def _move(self, name: str, way: int, edit: bool) -> None:
        names = list(self.rows)
        place = names.index(name) + way
        if place >= len(names):
            self.left.emit()
        elif place >= 0:
            value = self.rows[names[place]].value
            value.setFocus(Qt.FocusReason.TabFocusReason)
            if edit:
                value.edit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        head = QRect(0, 0, self.width(), theme.px(28))
        painter.fillRect(head, theme.color("head"))
        paint.hairline(painter, theme, QPointF(0, 0), self.width())
        paint.hairline(painter, theme, QPointF(0, theme.px(28) - 1), self.width())
        for place, words in enumerate(("累计 万元", "上次", "本次", "本月", "本年")):
            left, width = _cell(self.width(), place, theme)
            area = QRect(left, 0, width - (0 if place == 0 else theme.px(4)), theme.px(28))
            align = paint.LEFT if place == 0 else paint.RIGHT
            paint.text(painter, theme, area, words, "text2", px=12, medium=True, align=align)
        painter.end()


def _signed(fen: int | None) -> str:
    """A difference: minus as a sign of its own width."""
    return show_money(fen).replace("-", "\u2212")
