"""The list that opens under an editor: options found by name or pinyin initials while the keyboard stays in the editor."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.ui.theme import Theme

_SHOWN_ROWS = 9
_DETAIL = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: the text that goes into the editor and a quiet word beside it."""

    text: str
    detail: str = ""


@cache
def initials(text: str) -> str:
    """Pinyin initials in lower case: 景洪市 → jhs; other letters stay."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  (its dictionaries take 0.15 s, not before they are asked)

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def matching(options: Sequence[Option], typed: str) -> list[Option]:
    """The options that hold `typed` in their name, detail or initials; those that begin with it come first."""
    wanted = typed.strip().lower()
    if not wanted:
        return list(options)
    ranked: list[tuple[int, int, Option]] = []
    for place, option in enumerate(options):
        rank = _rank(option, wanted)
        if rank is not None:
            ranked.append((rank, place, option))
    return [option for _, _, option in sorted(ranked, key=lambda entry: entry[:2])]


def _rank(option: Option, wanted: str) -> int | None:
    name, short = option.text.lower(), initials(option.text)
    if name.startswith(wanted) or short.startswith(wanted):
        return 0
    if wanted in name or wanted in short:
        return 1
    if wanted in option.detail or initials(option.detail).startswith(wanted):
        return 2
    return None


class ChoiceList(QListWidget):
    """Options under an editor; it never takes the focus, so that an input method keeps composing."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("record_choices")
        self.setAccessibleName("可选值")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_OptionDelegate(theme, self))
        tokens = theme.tokens
        self.setStyleSheet(f"QListWidget {{ border: 1px solid {tokens.line2}; background: {tokens.surface}; }}")
        self.itemEntered.connect(self.setCurrentItem)
        self.itemPressed.connect(lambda item: self.chosen.emit(item.text()))
        self.hide()

    def offer(self, options: Sequence[Option], anchor: QWidget, current: str = "") -> None:
        """Show `options` below `anchor` (above where there is no room); `current` is in hand. Nothing to offer hides."""
        if not options:
            self.hide()
            return
        self.clear()
        for option in options:
            item = QListWidgetItem(option.text)
            item.setData(_DETAIL, option.detail)
            self.addItem(item)
        texts = [option.text for option in options]
        self.setCurrentRow(texts.index(current) if current in texts else -1)
        self._place(anchor, len(options))
        self.show()
        self.raise_()
        if self.currentItem():
            self.scrollToItem(self.currentItem())

    def _place(self, anchor: QWidget, count: int) -> None:
        window = self.window()
        height = min(count, _SHOWN_ROWS) * self._theme.px(26) + 2
        below = anchor.mapTo(window, QPoint(0, anchor.height()))
        top = below.y() + 1
        if top + height > window.height():
            top = max(0, anchor.mapTo(window, QPoint(0, 0)).y() - height - 1)
        self.setGeometry(below.x(), top, anchor.width(), height)

    def move_by(self, rows: int) -> None:
        """Take the option `rows` further in hand."""
        if self.count():
            start = self.currentRow() if self.currentRow() >= 0 else (-1 if rows > 0 else self.count())
            self.setCurrentRow(max(0, min(self.count() - 1, start + rows)))

    def in_hand(self) -> str | None:
        """The option in hand, None while the list is closed or none is."""
        if not self.isVisible() or self.currentItem() is None:
            return None
        return self.currentItem().text()


class _OptionDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(10, self._theme.px(26))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect = self._theme, QRect(option.rect)  # type: ignore[attr-defined]
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.save()
        painter.fillRect(rect, theme.color("select" if is_current else "surface"))
        inner = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        detail = str(index.data(_DETAIL) or "")
        painter.setFont(theme.font(12))
        detail_width = painter.fontMetrics().horizontalAdvance(detail) if detail else 0
        painter.setPen(theme.color("text3"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("accent2" if is_current else "text"))
        room = inner.adjusted(0, 0, -(detail_width + theme.px(8) if detail else 0), 0)
        shown = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
