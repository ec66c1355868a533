"""One conflict: what it is about, what both sides began with, the sides, and what was merged beside it."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models.conflict import Conflict
from laoxiao_desktop.models.package import TakenLine
from laoxiao_desktop.ui import labels, paint, scroll
from laoxiao_desktop.ui.conflict_card import SideCard, size_for
from laoxiao_desktop.ui.package_words import moment_words
from laoxiao_desktop.ui.theme import Theme

_MOST_MERGED: Final = 8
_ROOMY: Final = 640  # two cards have room beside each other
_SHOWN: Final = "台账里现在显示的是它"
_WHY: Final = {
    "value": "",
    "deleted": "一边删除了这一行，另一边在没有看到删除的时候又改了它。取“删除”，这一行就没有了；取“保留”，它照改过的留下。",
    "locked": "这处改动来自已经锁定的月份，先替您存着，没有写进去。解锁这个月以后它才会生效；不解锁就一直等在这里。",
}


class ConflictSheet(QWidget):
    """`picked`: another side is marked, or none."""

    picked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.conflict: Conflict | None = None
        self.cards: list[SideCard] = []
        px = theme.px
        self._title = labels.heading(theme, "", 16)
        self._place = labels.hint("")
        self._place.setWordWrap(False)
        self._subject = labels.sentence(tone="text2")
        self._base = labels.sentence(tone="text2")
        self._why = labels.sentence(tone="text2")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(20))
        self._grid.setVerticalSpacing(px(12))
        self._merged_title = labels.heading(theme, "同时改动、已自动合并的字段", 13)
        self._merged = _Merged(theme)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._place)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(32), px(22), px(32), px(20))
        column.setSpacing(px(8))
        column.addLayout(top)
        column.addWidget(self._subject)
        column.addSpacing(px(8))
        column.addWidget(self._base)
        column.addWidget(self._why)
        column.addSpacing(px(4))
        column.addLayout(self._grid)
        column.addSpacing(px(16))
        column.addWidget(self._merged_title)
        column.addWidget(self._merged)
        column.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        self._area = scroll.column(inside)
        around.addWidget(self._area)

    @property
    def chosen(self) -> int | None:
        """The number of the marked side, from 0."""
        return next((number for number, card in enumerate(self.cards) if card.isChecked()), None)

    def pick(self, number: int) -> None:
        """Marks a side, as its key does."""
        if 0 <= number < len(self.cards) and self.cards[number].isCheckable():
            self.cards[number].setChecked(True)
            self.cards[number].setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(self.cards[number])
            self.picked.emit()

    def show_conflict(
        self,
        conflict: Conflict,
        *,
        place: str,
        peers: Collection[str],
        merged: Sequence[TakenLine],
        chosen_op: str = "",
    ) -> None:
        """Shows one; `peers` are the sites whose ops came in packages, `place` says the how many-th it is."""
        self.conflict = conflict
        self._title.setText("删除还是保留" if conflict.kind == "deleted" else conflict.field_title)
        self._place.setText(place)
        self._subject.setText(conflict.subject)
        self._base.setText(f"两边改动之前都是：{conflict.base or '（空）'}")
        self._base.setVisible(conflict.kind == "value")
        self._why.setText(_WHY[conflict.kind])
        self._why.setVisible(bool(_WHY[conflict.kind]))
        self._fill(conflict, peers, chosen_op)
        shown = [line for line in merged if line.field_title != conflict.field_title][:_MOST_MERGED]
        for widget in (self._merged_title, self._merged):
            widget.setVisible(bool(shown))
        self._merged.show_lines(shown)
        self.picked.emit()

    def _fill(self, conflict: Conflict, peers: Collection[str], chosen_op: str) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.cards = []
        names, size = whose(conflict, peers), size_for(side.shown for side in conflict.sides)
        for number, (side, name) in enumerate(zip(conflict.sides, names, strict=True)):
            card = SideCard(self._theme, size, self)
            card.tell(
                number=number + 1,
                whose=name,
                who=side.author,
                when=moment_words(side.at),
                value=side.shown,
                note=_note(conflict, number),
                can_choose=conflict.kind != "locked",
            )
            card.setChecked(side.op == chosen_op)
            card.clicked.connect(self.picked)
            self.cards.append(card)
        self._place_cards()

    def _place_cards(self) -> None:
        """Two beside each other, one under the other where there is no room."""
        columns = 2 if self.width() >= self._theme.px(_ROOMY) else 1
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()


def _note(conflict: Conflict, number: int) -> str:
    """What becomes of a side as long as nobody chooses."""
    last = len(conflict.sides) - 1
    if conflict.kind == "locked":
        return _SHOWN if number == 0 and last else "存着，没有写入"
    if conflict.kind == "deleted":
        is_gone = conflict.sides[number].shown == "删除"
        return _SHOWN if is_gone == (conflict.shown_now == "已删除") else ""
    return _SHOWN if number == last else ""


def whose(conflict: Conflict, peers: Collection[str]) -> list[str]:
    """本机 and 来包, numbered where there are several of one."""
    names = ["来包" if side.op.rpartition(".")[0] in peers else "本机" for side in conflict.sides]
    return [
        name if names.count(name) == 1 else f"{name}（{names[: number + 1].count(name)}）"
        for number, name in enumerate(names)
    ]


class _Merged(QWidget):
    """Field, from what to what, by whom: one line each."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_lines(self, lines: Sequence[TakenLine]) -> None:
        """Replaces the lines."""
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for line in lines:
            self._column.addWidget(_MergedLine(self._theme, line))


class _MergedLine(QWidget):
    """Painted, so that a long text is shortened."""

    def __init__(self, theme: Theme, line: TakenLine) -> None:
        super().__init__()
        self._theme = theme
        self._field = line.field_title
        self._change = f"{line.before or '（空）'} → {line.after or '（空）'}".replace("\n", " ")
        self._who = f"{line.author} {moment_words(line.at)}".strip()
        self.setToolTip(self._change)
        self.setAccessibleName(f"{self._field}：{self._change}，{self._who}")
        self.setFixedHeight(theme.px(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter, area = QPainter(self), QRectF(self.rect())
        paint.hairline(painter, theme, QPointF(0, self.height() - 1), self.width())
        paint.text(painter, theme, area.adjusted(0, 0, px(150) - area.width(), 0), self._field, "text3")
        right = paint.text(painter, theme, area, self._who, "text3", px=12, align=paint.RIGHT)
        paint.text(painter, theme, area.adjusted(px(162), 0, -right - px(16), 0), self._change)
        painter.end()
