"""The preview of a paste: every cell that would change, old and new, before one change is made."""

from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.grid_block import Paste
from laoxiao_desktop.ui.theme import Theme

_SHOWN = 400
_TITLES = ("项目", "列", "现在")


class PasteDialog(QDialog):
    """Shows what would change; accepted when the person lets it. `list_wanted`: read it in as a list instead."""

    list_wanted = Signal()

    def __init__(self, paste: Paste, theme: Theme, parent: QWidget, verb: str = "粘贴") -> None:
        super().__init__(parent)
        self.setWindowTitle(verb)
        self._verb = verb
        self._paste = paste
        self._theme = theme
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(10))
        summary = QLabel(self.sentence())
        summary.setTextFormat(Qt.TextFormat.PlainText)
        summary.setFont(theme.font(15, medium=True))
        column.addWidget(summary)
        column.addWidget(self._table())
        column.addLayout(self._buttons())
        self.resize(theme.px(860), theme.px(440))

    def offer_list(self, has_titles: bool) -> None:
        """A block under titles can also be read in as a list, each row finding its own project."""
        self.list_button.setVisible(has_titles)

    def sentence(self) -> str:
        """What would happen, in one line."""
        paste = self._paste
        if not paste.good and not paste.new_rows:
            return f"没有可以{self._verb}的内容，{paste.refused} 处不符合"
        parts = [f"改 {paste.good} 格"]
        if paste.new_rows:
            parts.append(f"新增 {paste.new_rows} 个项目")
        if paste.refused:
            parts.append(f"{paste.refused} 格不符合，不{self._verb}")
        return "，".join(parts)

    def _table(self) -> QTableWidget:
        theme, cells = self._theme, sorted(self._paste.cells, key=lambda cell: not cell.refusal)
        table = QTableWidget(min(len(cells), _SHOWN), len(_TITLES) + 1)
        table.setAccessibleName(f"{self._verb}后会变的内容")
        table.setHorizontalHeaderLabels((*_TITLES, f"{self._verb}后"))
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(theme.px(28))
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)  # why not stands whole
        table.setItemDelegate(_Wrapped(theme.px(8), table))
        table.setShowGrid(False)
        table.setStyleSheet(f"QTableView::item {{ padding: {theme.px(4)}px {theme.px(8)}px; }}")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for row, cell in enumerate(cells[:_SHOWN]):
            after = f"{cell.new}  {cell.refusal}".strip() if cell.refusal else cell.new or "（清空）"
            for number, words in enumerate((cell.row, cell.field, cell.old, after)):
                item = QTableWidgetItem(words.replace("\n", " "))
                token = "redt" if cell.refusal and number == len(_TITLES) else "text" if number != 2 else "text2"
                item.setToolTip(f"<div>{escape(words)}</div>")
                item.setForeground(theme.color(token))
                table.setItem(row, number, item)
        header = table.horizontalHeader()
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for number, width in enumerate((270, 96, 120)):
            table.setColumnWidth(number, theme.px(width))
        return table

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        if len(self._paste.cells) > _SHOWN:
            rest = QLabel(f"以上为前 {_SHOWN} 格，共 {len(self._paste.cells)} 格。")
            rest.setTextFormat(Qt.TextFormat.PlainText)
            rest.setProperty("tone", "text3")
            row.addWidget(rest)
        row.addStretch(1)
        self.list_button = QPushButton("按清单读入…")
        self.list_button.setToolTip("按名称逐行找到台账里的项目，先核对再写入")
        self.list_button.clicked.connect(self.reject)
        self.list_button.clicked.connect(self.list_wanted)
        self.list_button.hide()
        row.addWidget(self.list_button)
        cancel, accept = QPushButton("取消"), QPushButton(f"{self._verb} {self._paste.good} 格")
        accept.setEnabled(bool(self._paste.rows))
        accept.setDefault(True)
        style.set_kind(accept, "primary")
        cancel.clicked.connect(self.reject)
        accept.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(accept)
        return row


class _Wrapped(QStyledItemDelegate):
    """Measures a row as it is drawn: Qt forgets the padding at the sides when it breaks a text into lines."""

    def __init__(self, padding: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._padding = padding

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        narrow = QStyleOptionViewItem(option)
        rect = QRect(option.rect)  # type: ignore[attr-defined]  # absent from the stubs
        narrow.rect = rect.adjusted(0, 0, -2 * self._padding, 0)  # type: ignore[attr-defined]
        return super().sizeHint(narrow, index)
