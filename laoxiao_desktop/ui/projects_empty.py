"""What stands in place of rows when there are none: one sentence and one button."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from laoxiao_desktop.ui.theme import Theme


class EmptyPage(QWidget):
    """`pressed` tells that the button was used; what it does is said by `say`."""

    pressed = Signal()

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
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        column.addStretch(2)
        column.addWidget(self.sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.changed.connect(self._restyle)
        self._restyle()

    def explain(self, search: str, conditions: Sequence[str], is_narrowed: bool) -> None:
        """Say why no project is shown: the search, the conditions, the scope of the window, or there is none."""
        parts = [f"“{search}”"] if search else []
        parts += conditions
        if parts:
            self.say(f"没有符合{'、'.join(parts)}的项目。", "清除条件")
        elif is_narrowed:
            self.say("所选的方案和县市里没有项目。", "新增项目")
        else:
            self.say("台账里还没有项目。", "新增项目")

    def say(self, sentence: str, button: str) -> None:
        """Show why there is nothing and what to do about it; an empty `button` shows none."""
        self.sentence.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))

    def _restyle(self) -> None:
        self.setStyleSheet(f"#empty_page {{ background: {self._theme.tokens.surface}; }}")
        self.sentence.setFont(self._theme.font(14))
