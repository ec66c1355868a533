"""The list that opens under a chip: values with counts, found by typing, several at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.record_choices import initials
from laoxiao_desktop.ui.theme import Theme

_COUNT = Qt.ItemDataRole.UserRole + 1
_VALUE = Qt.ItemDataRole.UserRole + 2
_SHOWN = 11
_WIDTH = 248


@dataclass(frozen=True, slots=True)
class Value:
    """One accepted value: stored form, title, how many projects have it (None: not counted)."""

    stored: str
    title: str
    count: int | None = None


class CheckDelegate(QStyledItemDelegate):
    """A row with a box, a title and a count at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(10, self._theme.px(28))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect = self._theme, QRectF(QRect(option.rect))  # type: ignore[attr-defined]  # absent from the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # absent from the stubs
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(rect, theme.color("hover"))
        side = theme.px(14)
        box = QRectF(rect.left() + theme.px(8), round(rect.center().y() - side / 2), side, side)
        if index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value or (
            index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        ):
            paint.box(painter, theme, box, "accent", radius=3)
            paint.icon(painter, theme, box.topLeft() + QPoint(1, 1), "checkmark", "onaccent", 12)
        else:
            paint.box(painter, theme, box, "surface", border="line2", radius=3)
        count = str(index.data(_COUNT) or "")
        count_width = paint.text_width(theme, count, px=12)
        right = rect.adjusted(0, 0, -theme.px(10), 0)
        paint.text(painter, theme, right, count, "text3", px=12, align=paint.RIGHT)
        room = rect.adjusted(theme.px(30), 0, -count_width - theme.px(18), 0)
        paint.text(painter, theme, room, str(index.data()), elide=Qt.TextElideMode.ElideMiddle)


class CheckList(QListWidget):
    """Rows that are ticked by click, Space or Enter; `ticked` tells of every change."""

    ticked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setItemDelegate(CheckDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self.turn)

    def add(self, title: str, stored: str, count: int | None, *, is_ticked: bool) -> None:
        """One more row at the end."""
        item = QListWidgetItem(title)
        item.setData(_VALUE, stored)
        item.setData(_COUNT, None if count is None else str(count))
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        self.addItem(item)

    def turn(self, item: QListWidgetItem | None) -> None:
        """Tick a row or take its tick away."""
        if item is not None:
            is_ticked = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked)
            self.ticked.emit()

    def ticked_values(self) -> tuple[str, ...]:
        """The stored values of the ticked rows, from the top."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(str(item.data(_VALUE)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def values(self) -> tuple[str, ...]:
        """The stored values of all rows, from the top."""
        return tuple(str(self.item(row).data(_VALUE)) for row in range(self.count()))

    def untick(self) -> None:
        """Take all ticks away."""
        for row in range(self.count()):
            self.item(row).setCheckState(Qt.CheckState.Unchecked)
        self.ticked.emit()

    def narrow(self, typed: str) -> None:
        """Show only rows that hold what was typed, in their title or its pinyin initials."""
        wanted = typed.strip().casefold()
        is_latin = wanted.isascii()
        for row in range(self.count()):
            title = self.item(row).text()
            fits = wanted in title.casefold() or (bool(wanted) and is_latin and wanted in initials(title))
            self.item(row).setHidden(not fits)
        current = self.currentItem()
        if current is None or current.isHidden():
            self.step(1, from_top=True)

    def step(self, way: int, *, from_top: bool = False) -> None:
        """Go to the next row that is shown."""
        row = (-1 if from_top else self.currentRow()) + way
        while 0 <= row < self.count():
            if not self.item(row).isHidden():
                self.setCurrentRow(row)
                return
            row += way

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.turn(self.currentItem())
        else:
            super().keyPressEvent(event)


class FilterPopup(QFrame):
    """Choose values of one field. `changed` gives the accepted values at every tick; Esc or a click outside closes."""

    changed = Signal(object)

    def __init__(
        self, theme: Theme, title: str, values: Sequence[Value], chosen: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("filter_popup")
        self.setAccessibleName(f"{title}条件")
        t = theme.tokens
        self.setStyleSheet(f"#filter_popup {{ background: {t.surface}; border: 1px solid {t.line2}; }}")
        self.field = QLineEdit()
        self.field.setPlaceholderText(f"找{title}，可打拼音首字母")
        self.field.setAccessibleName(f"找{title}")
        self.list = CheckList(theme, self)
        self.list.setAccessibleName(title)
        known = {value.stored for value in values}
        for value in (*values, *(Value(stored, stored, 0) for stored in chosen if stored not in known)):
            self.list.add(value.title, value.stored, value.count, is_ticked=value.stored in chosen)
        self._build()
        self.field.textChanged.connect(self.list.narrow)
        self.field.installEventFilter(self)
        self.list.ticked.connect(lambda: self.changed.emit(self.list.ticked_values()))
        self.list.setCurrentRow(0)

    def _build(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        side = theme.px(6)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(4))
        column.addWidget(self.field)
        column.addWidget(self.list)
        foot = QHBoxLayout()
        clear, close = QPushButton("清除"), QPushButton("完成")
        clear.setAccessibleName("清除这个条件")
        style.set_kind(clear, "quiet")
        clear.clicked.connect(self.list.untick)
        close.clicked.connect(self.close)
        for button in (clear, close):
            button.setAutoDefault(False)
        foot.addWidget(clear)
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)
        rows = min(_SHOWN, max(1, self.list.count()))
        self.list.setFixedHeight(rows * theme.px(28) + 2)
        widest = max((paint.text_width(theme, title) for title in self._titles()), default=0)
        self.setFixedWidth(round(min(max(theme.px(_WIDTH), widest + theme.px(96)), theme.px(420))))

    def _titles(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]

    def open_below(self, anchor: QWidget) -> None:
        """Show under a chip, with the keyboard in the search line."""
        self.adjustSize()
        at = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        screen = anchor.screen().availableGeometry()
        at.setX(max(screen.left(), min(at.x(), screen.right() - self.width())))
        at.setY(max(screen.top(), min(at.y(), screen.bottom() - self.height())))
        self.move(at)
        self.show()
        self.field.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.turn(self.list.currentItem())
                self.field.selectAll()
                return True
        return super().eventFilter(watched, event)
