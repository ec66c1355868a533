"""What waits for a person, what was decided since, and the receipts: one list, by click and by arrow keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

What = Literal["heading", "conflict", "decided", "receipt", "peer"]
WIDTH: Final = 340
_HIGH: Final[dict[What, int]] = {"heading": 44, "conflict": 52, "decided": 52, "receipt": 52, "peer": 52}
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: what it is, its key, two lines of words, and what stands at the right."""

    what: What
    key: str
    title: str
    under: str = ""
    aside: str = ""

    @property
    def can_be_taken(self) -> bool:
        """Whether it can be the row in hand."""
        return self.what not in ("heading", "peer")


class ConflictList(QListWidget):
    """`taken` carries the entry in hand, None when there is none."""

    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.entries: tuple[Entry, ...] = ()
        self.setAccessibleName("冲突与回执")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_EntryDelegate(theme, self))
        self.setFixedWidth(theme.px(WIDTH))
        self.currentRowChanged.connect(lambda _: self.taken.emit(self.entry))

    @property
    def entry(self) -> Entry | None:
        """The entry in hand."""
        row = self.currentRow()
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Replaces the rows; the one in hand stays, else the first that can be taken comes into hand."""
        entry = self.entry
        self.blockSignals(True)
        self.clear()
        self.entries = tuple(entries)
        for one in entries:
            item = QListWidgetItem("，".join(part for part in (one.title, one.under, one.aside) if part))
            item.setSizeHint(QSize(0, self._theme.px(_HIGH[one.what])))
            item.setToolTip("" if one.what == "heading" else f"{one.title}\n{one.under}")
            if not one.can_be_taken:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        keys = [(one.what, one.key) for one in entries]
        here = (entry.what, entry.key) if entry is not None else None
        able = [row for row, one in enumerate(entries) if one.can_be_taken]
        self.setCurrentRow(keys.index(here) if here in keys else next(iter(able), -1))
        self.blockSignals(False)
        self.taken.emit(self.entry)

    def take(self, what: What, key: str) -> bool:
        """Brings one row into hand; tells whether it is there."""
        for row, one in enumerate(self.entries):
            if (one.what, one.key) == (what, key):
                self.setCurrentRow(row)
                return True
        return False

    def take_next_conflict(self) -> bool:
        """Brings the next conflict after the row in hand into hand, round the end; tells whether there is one."""
        rows = [row for row, one in enumerate(self.entries) if one.what == "conflict"]
        here = self.currentRow()
        after = [row for row in rows if row > here] or rows
        if after:
            self.setCurrentRow(after[0])
        return bool(after)


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: ConflictList) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, px = self._theme, self._theme.px
        rect = QRect(option.rect)  # type: ignore[attr-defined]  # absent from the stubs
        entry = self._list.entries[index.row()]
        if entry.what == "heading":
            room = QRectF(rect).adjusted(px(20), px(8), -px(20), 0)
            paint.text(painter, theme, room, entry.title, medium=True)
            paint.text(painter, theme, room, entry.aside, "text3", px=12, align=paint.RIGHT)
            return
        if index.row() == self._list.currentRow():
            painter.fillRect(rect, theme.color("selectrow"))
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), theme.color("accent"))
            if self._list.hasFocus():
                paint.cell_focus(painter, QRectF(rect).adjusted(px(3), 0, 0, 0), theme.color("accent"))
        paint.hairline(painter, theme, QPointF(rect.left() + px(20), rect.bottom()), rect.width() - px(20))
        room = QRectF(rect).adjusted(px(20), px(6), -px(20), -px(6))
        half = room.height() / 2
        right = 0.0
        if entry.what == "decided":
            right = px(24)
            at = QPointF(room.right() - px(16), rect.center().y() - px(8))
            paint.icon(painter, theme, at, "checkmark", "green", 16)
        elif entry.aside:
            right = paint.text_width(theme, entry.aside, px=12) + px(8)
            top = QRectF(room.left(), room.top(), room.width(), half)
            paint.text(painter, theme, top, entry.aside, "text3", px=12, align=paint.RIGHT)
        title = QRectF(room.left(), room.top(), room.width() - right, half)
        is_quiet = entry.what == "decided"
        middle = Qt.TextElideMode.ElideMiddle
        paint.text(painter, theme, title, entry.title, "text3" if is_quiet else "text", elide=middle)
        under = QRectF(room.left(), room.top() + half, room.width() - (px(24) if is_quiet else 0), half)
        paint.text(painter, theme, under, entry.under, "text3" if is_quiet else "text2", px=12)
