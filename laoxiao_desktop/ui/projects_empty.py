"""What stands in place of rows when there are none: one sentence and one button."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from laoxiao_desktop.ui.theme import Theme

READ = "读入方案或清单"  # the button that leads to 数据交换


class EmptyPage(QWidget):
    """`pressed` tells that the button was used; what it does is said by `say`. `read_asked`: a plan or list is wanted."""

    pressed = Signal()
    read_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("empty_page")
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("tone", "text2")
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        column.addStretch(2)
        column.addWidget(self.sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.changed.connect(self._restyle)
        self._restyle()

    def explain(self, search: str, conditions: Sequence[str], is_narrowed: bool, *, is_bare: bool = False) -> None:
        """Say why no project is shown: the search, the conditions, the scope of the window, or there is none; `is_bare`
        where there is not even a plan."""
        parts = [f"“{search}”"] if search else []
        parts += conditions
        if parts:
            self.say(f"没有符合{'、'.join(parts)}的项目。", "清除条件")
        elif is_narrowed:
            self.say("所选的方案和县市里没有项目。", "新增项目")
        elif is_bare:
            self.say("台账里还没有项目。先读入公布的方案，或者单位的清单。", READ)
        else:
            self.say("方案里还没有项目。", "新增项目")

    def say(self, sentence: str, button: str) -> None:
        """Show why there is nothing and what to do about it; an empty `button` shows none."""
        self.sentence.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))

    def _press(self) -> None:
        (self.read_asked if self.button.text() == READ else self.pressed).emit()

    def _restyle(self) -> None:
        self.setStyleSheet(f"#empty_page {{ background: {self._theme.tokens.surface}; }}")
        self.sentence.setFont(self._theme.font(14))
