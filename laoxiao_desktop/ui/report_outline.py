"""The outline of a report as a list: a click or the arrow keys go to a section, the one being read is marked."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.page_outline import Section
from laoxiao_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW, STEP = 28, 12  # height of a line, indent of a level


class OutlineList(QListWidget):
    """`chosen` carries the Section to go to."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sections: tuple[Section, ...] = ()
        self.setAccessibleName("目录")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_Delegate(theme, self))
        self.itemClicked.connect(lambda _item: self._choose())
        theme.changed.connect(self.viewport().update)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Lists another outline."""
        self.sections = tuple(sections)
        self.clear()
        for section in sections:
            item = QListWidgetItem(section.title)
            item.setToolTip(f"{section.title}　第 {section.page + 1} 页")
            self.addItem(item)

    def mark(self, number: int) -> None:
        """Marks the section that is being read, and keeps it in sight."""
        if number == self.currentRow():
            return
        if number < 0:
            self.clearSelection()
            return
        self.setCurrentRow(number)
        self.scrollToItem(self.item(number), QAbstractItemView.ScrollHint.EnsureVisible)

    def _choose(self) -> None:
        if 0 <= self.currentRow() < len(self.sections):
            self.chosen.emit(self.sections[self.currentRow()])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go through the sections, Enter goes to the one in hand."""
        before = self.currentRow()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
            return
        super().keyPressEvent(event)
        if self.currentRow() != before:
            self._choose()


class _Delegate(QStyledItemDelegate):
    """Paints a line of the outline: its words indented by level, its page at the right."""

    def __init__(self, theme: Theme, view: OutlineList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(60), self._theme.px(ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        rect = QRectF(option.rect)  # type: ignore[attr-defined]  # absent from the stubs
        flags: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # absent from the stubs
        section = self._view.sections[index.row()]
        is_here = bool(flags & QStyle.StateFlag.State_Selected)
        is_over = bool(flags & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(rect, theme.color("select" if is_here else "hover" if is_over else "surface"))
        if is_here:
            painter.fillRect(QRectF(rect.left(), rect.top(), px(3), rect.height()), theme.color("accent"))
        number = str(section.page + 1)
        side = paint.text_width(theme, number, px=11) + 1
        ink = "accent2" if is_here else "text3"
        right = QRectF(rect.right() - px(10) - side, rect.top(), side, rect.height())
        paint.text(painter, theme, right, number, ink, px=11, align=paint.RIGHT)
        left = rect.left() + px(12) + px(STEP) * min(section.level, 3)
        words = QRectF(left, rect.top(), right.left() - px(8) - left, rect.height())
        token = "accent2" if is_here else "text" if section.level < 2 else "text2"
        size, is_top = (13 if section.level < 2 else 12), section.level == 0
        paint.text(painter, theme, words, section.title, token, px=size, medium=is_top)
        if is_here and self._view.hasFocus():
            paint.focus(painter, theme, rect)
        painter.restore()
