"""Which columns a table has and in which order: a list that is ticked and dragged; the pages follow at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from laoxiao_desktop.models.table_projects import COLUMNS
from laoxiao_desktop.ui.labels import set_tone
from laoxiao_desktop.ui.style import set_kind
from laoxiao_desktop.ui.theme import Theme

KEY = Qt.ItemDataRole.UserRole


class ColumnsButton(QPushButton):
    """Holds the columns chosen, in their order; none chosen means those that have something to say."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chosen: tuple[str, ...] = ()
        self.setAccessibleName("选择列")
        self.setToolTip("选哪些列，拖动排先后")
        self.clicked.connect(self.open_list)
        self._tell()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the columns, in their order."""
        return self._chosen

    def show_chosen(self, keys: Sequence[str]) -> None:
        """Takes a choice silently; what is no column is passed over."""
        known = {column.key for column in COLUMNS}
        self._chosen = tuple(dict.fromkeys(key for key in keys if key in known))
        self._tell()

    def open_list(self) -> "ColumnsDialog":
        """Opens the list; the choice follows every tick and every move."""
        dialog = ColumnsDialog(self._theme, self._chosen, self)
        dialog.chosen.connect(self._take)
        dialog.open()
        return dialog

    def _take(self, keys: tuple[str, ...]) -> None:
        if keys != self._chosen:
            self.show_chosen(keys)
            self.changed.emit()

    def _tell(self) -> None:
        self.setText(f"已选 {len(self._chosen)} 列" if self._chosen else "有内容的列")


class ColumnsDialog(QDialog):
    """The columns top to bottom as they stand left to right; ticked ones are printed. `chosen` carries their keys."""

    chosen = Signal(tuple)

    def __init__(self, theme: Theme, chosen: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("表的列")
        self.list = QListWidget(self)
        self.list.setAccessibleName("列")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setSpacing(1)
        titles = {column.key: column.title for column in COLUMNS}
        for key in (*chosen, *(key for key in titles if key not in chosen)):
            item = QListWidgetItem(titles[key], self.list)
            item.setData(KEY, key)
            item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        hint = QLabel("勾选要印的列，上下拖动排先后。都不选时印有内容的列。", self)
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setWordWrap(True)
        set_tone(hint, "text3")
        self.up, self.down = QPushButton("上移", self), QPushButton("下移", self)
        self.up.setToolTip("上移（Alt+↑）")
        self.down.setToolTip("下移（Alt+↓）")
        self.none = QPushButton("都不选", self)
        self.done_button = QPushButton("完成", self)
        set_kind(self.done_button, "primary")
        self.done_button.setDefault(True)
        foot = QHBoxLayout()
        for button in (self.up, self.down, self.none):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        box = QVBoxLayout(self)
        side = theme.px(16)
        box.setContentsMargins(side, side, side, side)
        box.setSpacing(theme.px(10))
        box.addWidget(hint)
        box.addWidget(self.list, 1)
        box.addLayout(foot)
        self.resize(theme.px(380), theme.px(520))
        self.list.itemChanged.connect(lambda _item: self._say())
        self.list.model().rowsMoved.connect(lambda *_: self._say())
        self.up.clicked.connect(lambda: self.move_current(-1))
        self.down.clicked.connect(lambda: self.move_current(1))
        self.none.clicked.connect(self._tick_none)
        self.done_button.clicked.connect(self.accept)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self.move_current(by))

    def item_of(self, key: str) -> QListWidgetItem:
        """The line of a column."""
        lines = (self.list.item(row) for row in range(self.list.count()))
        return next(item for item in lines if item.data(KEY) == key)

    def move_current(self, by: int) -> None:
        """Moves the line in hand up or down."""
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentItem(item)
            self._say()

    def _tick_none(self) -> None:
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._say()

    def _say(self) -> None:
        lines = [self.list.item(row) for row in range(self.list.count())]
        self.chosen.emit(tuple(str(item.data(KEY)) for item in lines if item.checkState() is Qt.CheckState.Checked))
