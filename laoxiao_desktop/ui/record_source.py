"""One source of money in the record: its name with the rates, and five amounts in columns, each edited where it stands."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.funding import AMOUNTS, FundingLine
from laoxiao_desktop.models.rates import show
from laoxiao_desktop.ui import amount_text, meaning_tip, paint
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_notes import Link, Note, NoteList
from laoxiao_desktop.ui.record_value import FieldValue
from laoxiao_desktop.ui.theme import Theme

FIELDS = tuple(field_of("funding", name) for name in AMOUNTS)
Save = Callable[[str, str, Stored], str]  # source, column, stored
_SIDE, _HEAD, _ROW = 16, 22, 26


def column(width: int, place: int, theme: Theme) -> tuple[int, int]:
    """(left, width) of a column of amounts in a row this wide."""
    side = theme.px(_SIDE)
    share = (width - 2 * side) / len(FIELDS)
    left = side + round(place * share)
    return left, side + round((place + 1) * share) - left


def rates(line: FundingLine) -> str:
    """到位率 and 支付率 in words; nothing where there is nothing to divide by."""
    parts = [
        f"{words} {show(rate)} %"
        for words, rate in (("到位", line.arrived_rate), ("支付", line.paid_rate))
        if rate.value is not None
    ]
    return "　".join(parts)


class AmountsHead(QWidget):
    """The names of the five columns."""

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
        paint.head_ground(painter, theme, self.rect())
        for place, one in enumerate(FIELDS):
            left, width = column(self.width(), place, theme)
            area = QRect(left, 0, width - theme.px(4), self.height())
            paint.text(painter, theme, area, one.label, "text2", px=12, medium=True, align=paint.RIGHT)
        painter.end()


class SumRow(QWidget):
    """The sums of all sources."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._line = FundingLine(None, "")
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.setFixedHeight(self._theme.px(_HEAD + _ROW + 6))

    def show_line(self, line: FundingLine) -> None:
        """Show these sums."""
        self._line = line
        told = [f"{one.label} {fields.show(one, getattr(line, one.name)) or '—'}" for one in FIELDS]
        self.setToolTip("\n".join((f"{line.source}（万元）", *told)))
        self.setAccessibleName(f"{line.source}，{'，'.join(told)}，{rates(line)}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, line = self._theme, self._line
        top = QRect(theme.px(_SIDE), theme.px(4), self.width() - 2 * theme.px(_SIDE), theme.px(_HEAD))
        paint.text(painter, theme, top, line.source, medium=True)
        paint.text(painter, theme, top, rates(line), "text2", px=12, align=paint.RIGHT)
        for place, one in enumerate(FIELDS):
            left, width = column(self.width(), place, theme)
            area = QRect(left, theme.px(_HEAD + 2), width - theme.px(4), theme.px(_ROW))
            words = fields.show(one, getattr(line, one.name))
            token = "text" if words else "ghost"
            amount_text.draw(painter, theme, area, words or "—", token, medium=True)
        paint.hairline(painter, theme, QPointF(0, self.height() - 1), self.width())
        painter.end()


class SourceRow(QWidget):
    """One source. `moved` gives source, column, rows and whether to edit there; `removed` the source to be taken away."""

    moved = Signal(str, str, int, bool)
    removed = Signal(str)

    def __init__(self, source: str, theme: Theme, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source, self._theme = source, theme
        self._line = FundingLine(None, source)
        self.values: dict[str, FieldValue] = {}
        desk = Desk(
            look=self._look, save=lambda field, stored, _: save(source, field.name, stored), options=lambda _: ()
        )
        for field in FIELDS:
            self.values[field.name] = self._value(field, desk)
        self.remove = Link("移除", theme, self)
        self.remove.clicked.connect(lambda: self.removed.emit(source))
        self.notes = NoteList(theme, self)
        self._cells = QHBoxLayout()
        self._cells.setSpacing(0)
        for value in self.values.values():
            self._cells.addWidget(value, 1)
        self._below = QHBoxLayout()
        self._below.addWidget(self.notes)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addLayout(self._cells)
        self._layout.addLayout(self._below)
        self.restyle()

    def _value(self, field: Field, desk: Desk) -> FieldValue:
        value = FieldValue(field, self._theme, desk, self)
        value.line_height, value.side = _ROW, 4
        value.has_pencil, value.is_right = False, True
        value.setAccessibleName(f"{self.source}{field.label}（万元）")
        for signal in (value.noted, value.ended, value.began):
            signal.connect(self._show_notes)
        value.left.connect(lambda how, name=field.name: self._leave(name, how))
        value.stepped.connect(lambda way, name=field.name: self.moved.emit(self.source, name, way, False))
        return value

    def restyle(self) -> None:
        """The theme changed."""
        theme, side = self._theme, self._theme.px(_SIDE)
        self._layout.setContentsMargins(0, theme.px(_HEAD + 2), 0, theme.px(4))
        self._cells.setContentsMargins(side, 0, side, 0)
        self._below.setContentsMargins(side, 0, side, 0)
        for value in self.values.values():
            value.setFixedHeight(theme.px(_ROW))
            value.restyle()
        self._place()

    def show_line(self, line: FundingLine, *, is_editable: bool) -> None:
        """Show the amounts of the source; what is being typed stays."""
        self._line = line
        for field in FIELDS:
            stored = getattr(line, field.name)
            is_sum = field.name == "allocated" and line.has_allocations
            shown = Shown(stored, fields.show(field, stored), token="text2" if is_sum else "text", empty="—")
            self.values[field.name].show_value(shown, is_editable=is_editable and not is_sum)
            whole = f"{field.label} {shown.text} 万元" if shown.text else ""
            words = (whole, "下达记录的合计，在下面登记" if is_sum else "")
            meaning_tip.explain(self.values[field.name], f"funding.{field.name}", *words)
        is_bare = not line.has_allocations and all(getattr(line, name) is None for name in AMOUNTS)
        self.remove.setVisible(is_bare and is_editable)
        self._place()
        self.update()

    def _place(self) -> None:
        wanted = self.remove.sizeHint()
        self.remove.setGeometry(
            self.width() - self._theme.px(_SIDE) - wanted.width(),
            self._theme.px(4),
            wanted.width(),
            self._theme.px(_HEAD),
        )

    @override
    def resizeEvent(self, event: object) -> None:
        self._place()

    def _look(self, field: Field, stored: Stored) -> Sequence[Note]:
        """What a value would bring, said while it is typed."""
        if not isinstance(stored, int):
            return ()
        values = {name: getattr(self._line, name) for name in AMOUNTS} | {field.name: stored}
        for less, more, words in (("arrived", "allocated", "到位多于下达"), ("paid", "arrived", "支付多于到位")):
            few, many = values[less], values[more]
            if field.name in (less, more) and few is not None and many is not None and few > many:
                return (Note("warning", f"{words}，请核对。"),)
        return ()

    def _leave(self, name: str, how: str) -> None:
        names = list(self.values)
        place = names.index(name) + (1 if how == "next" else -1)
        rows = 1 if place >= len(names) else -1 if place < 0 else 0
        self.moved.emit(self.source, names[place % len(names)], rows, True)

    def _show_notes(self) -> None:
        notes: tuple[Note, ...] = ()
        for value in self.values.values():
            if value.editor is not None or value.is_wrong:
                notes += value.notes
        self.notes.show_notes(notes)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        top = QRect(theme.px(_SIDE), theme.px(4), self.width() - 2 * theme.px(_SIDE), theme.px(_HEAD))
        took = paint.text(painter, theme, top, self.source)
        if self._line.is_central:
            tag = QRect(top.left() + int(took) + theme.px(8), top.top() + theme.px(2), theme.px(34), theme.px(18))
            paint.box(painter, theme, tag, "select", radius=3)
            paint.text(painter, theme, tag, "中央", "accent2", px=11, align=Qt.AlignmentFlag.AlignCenter)
        if not self.remove.isVisible():
            paint.text(painter, theme, top, rates(self._line), "text3", px=12, align=paint.RIGHT)
        paint.hairline(painter, theme, QPointF(theme.px(_SIDE), self.height() - 1), self.width())
        painter.end()
