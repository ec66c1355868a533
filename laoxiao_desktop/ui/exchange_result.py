"""What was done with a list or a data package: one sentence, what it means, and the ways on."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from laoxiao_desktop.ui import labels, style
from laoxiao_desktop.ui.theme import Theme

WaysOn = Sequence[tuple[str, Callable[[], object]]]
_WIDEST = 640


class ExchangeResult(QWidget):
    """The first way on is the primary one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setFont(theme.font(16, medium=True))
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = labels.sentence(tone="text2")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint.setMaximumWidth(theme.px(_WIDEST))
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(8))
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(14))
        column.addStretch(2)
        column.addWidget(self._words)
        held = QHBoxLayout()
        held.addStretch(1)
        held.addWidget(self._hint, 100)
        held.addStretch(1)
        column.addLayout(held)
        column.addLayout(self._row)
        column.addStretch(3)

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    @property
    def hint(self) -> str:
        """What it means."""
        return self._hint.text()

    def say(self, words: str, hint: str, ways_on: WaysOn) -> None:
        """Says what happened and offers the ways on; the keyboard goes to the first."""
        self._words.setText(words)
        self._hint.setText(hint)
        side = Qt.AlignmentFlag.AlignLeft if "\n" in hint else Qt.AlignmentFlag.AlignHCenter
        self._hint.setAlignment(side)
        self._hint.setVisible(bool(hint))
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._row.addStretch(1)
        self.buttons = []
        for title, act in ways_on:
            button = QPushButton(title)
            button.clicked.connect(lambda _=False, act=act: act())
            style.set_kind(button, "" if self.buttons else "primary")
            self._row.addWidget(button)
            self.buttons.append(button)
        self._row.addStretch(1)
        if self.buttons:
            self.buttons[0].setFocus()
