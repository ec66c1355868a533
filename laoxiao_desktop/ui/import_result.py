"""What was written: one sentence, and the ways on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import labels, paint, style
from laoxiao_desktop.ui.theme import Theme


class ImportResult(QWidget):
    """`undo_asked`, `look_asked` (to the rows that were written), `again_asked` (another file)."""

    undo_asked = Signal()
    look_asked = Signal()
    again_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setFont(theme.font(16, medium=True))
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = labels.hint("")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.look = QPushButton("去看写入的内容")
        style.set_kind(self.look, "primary")
        self.undo = QPushButton("撤销这次读入")
        self.again = QPushButton("再读一个文件")
        for button, signal in (
            (self.look, self.look_asked),
            (self.undo, self.undo_asked),
            (self.again, self.again_asked),
        ):
            button.clicked.connect(signal)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        for button in (self.look, self.undo, self.again):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(14))
        column.addStretch(2)
        column.addWidget(self._words)
        column.addWidget(self._hint)
        column.addLayout(row)
        column.addStretch(3)

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def say(self, words: str, hint: str, *, is_undone: bool = False) -> None:
        """Says what happened."""
        self._words.setText(words)
        self._hint.setText(hint)
        self.undo.setVisible(not is_undone)
        self.look.setVisible(not is_undone)
        style.set_kind(self.again, "primary" if is_undone else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self._theme, self.rect(), "surface")
