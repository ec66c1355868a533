"""列: which columns are shown, found by typing, ticked, dragged into order."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.filter_popup import CheckList
from laoxiao_desktop.ui.grid_columns import COLUMNS, FROZEN, Column
from laoxiao_desktop.ui.theme import Theme

_ROWS = 13


class _DraggedList(CheckList):
    dropped = Signal()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.dropped.emit()


class ColumnsPopup(QFrame):
    """`changed` gives the shown columns in order; `reset` leaves the choice to the width of the window again."""

    changed = Signal(object)
    reset = Signal()

    def __init__(
        self, shown: tuple[str, ...], theme: Theme, parent: QWidget, columns: Sequence[Column] = COLUMNS
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("columns_popup")
        self.setAccessibleName("显示哪些列")
        t = theme.tokens
        self.setStyleSheet(f"#columns_popup {{ background: {t.surface}; border: 1px solid {t.line2}; }}")
        self.field = QLineEdit()
        self.field.setPlaceholderText("找列名，可打拼音首字母")
        self.field.setAccessibleName("找列名")
        self.list = _DraggedList(theme, self)
        self.list.setAccessibleName("列")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        titles = {column.name: column.title for column in columns}
        self._head = tuple(titles)[:FROZEN]
        rest = [name for name in tuple(titles)[FROZEN:] if name not in shown]
        for name in (*shown[FROZEN:], *rest):
            self.list.add(titles[name], name, None, is_ticked=name in shown)
        self._build()
        self.field.textChanged.connect(self.list.narrow)
        self.field.returnPressed.connect(lambda: self.list.turn(self.list.currentItem()))
        self.list.ticked.connect(self._tell)
        self.list.dropped.connect(self._tell)

    def _build(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        side = theme.px(6)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(4))
        column.addWidget(self.field)
        column.addWidget(self.list)
        foot = QHBoxLayout()
        hint = QLabel("拖动排顺序")
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setProperty("tone", "text3")
        reset = QPushButton("恢复默认")
        style.set_kind(reset, "quiet")
        reset.clicked.connect(self.reset)
        reset.clicked.connect(self.close)
        foot.addWidget(hint)
        foot.addStretch(1)
        foot.addWidget(reset)
        column.addLayout(foot)
        self.list.setFixedHeight(_ROWS * theme.px(28) + 2)
        self.setFixedWidth(theme.px(236))

    def _tell(self) -> None:
        self.changed.emit((*self._head, *self.list.ticked_values()))

    def open_below(self, anchor: QWidget) -> None:
        """Show under the button, right edges together."""
        self.adjustSize()
        at = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 2))
        screen = anchor.screen().availableGeometry()
        at.setX(max(screen.left(), at.x()))
        at.setY(max(screen.top(), min(at.y(), screen.bottom() - self.height())))
        self.move(at)
        self.show()
        self.field.setFocus()
