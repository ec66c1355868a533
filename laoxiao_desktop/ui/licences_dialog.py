"""许可文本: everything that ships with the program, and the text of the licence in hand beside it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from laoxiao_desktop.ui import labels
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import licences

SIZE = (960, 600)
NAMES = 340
HINT = "本程序按 Apache License 2.0 发布，用到下列各项。Qt 以动态链接使用，可自行替换。"


class LicencesDialog(QDialog):
    """Esc puts it away."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("许可文本")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.names = QListWidget()
        self.names.setAccessibleName("随程序附带的各项")
        self.names.setFixedWidth(theme.px(NAMES))
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setWordWrap(True)
        self.words = QPlainTextEdit(readOnly=True)
        self.words.setAccessibleName("许可文本")
        self.words.setTabChangesFocus(True)
        self.words.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._parts = licences.parts()
        for part in self._parts:
            item = QListWidgetItem(f"{part.name} {part.version}".strip(), self.names)
            item.setToolTip(f"{part.remark}，{part.licence}")
        self.about = labels.sentence()
        beside = QVBoxLayout()
        beside.setSpacing(theme.px(8))
        beside.addWidget(self.about)
        beside.addWidget(self.words, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.names)
        row.addLayout(beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(labels.hint(HINT))
        column.addLayout(row, 1)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        self.names.currentRowChanged.connect(self._show)
        self.names.setCurrentRow(0)
        self.names.setFocus()

    def _show(self, row: int) -> None:
        part = self._parts[row]
        self.about.setText(f"{part.remark}。许可：{part.licence}")
        self.words.setPlainText(part.read())
