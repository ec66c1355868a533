"""The quiet strip that offers the guided round, once, on the example."""

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import labels, paint, style
from laoxiao_desktop.ui.theme import Theme


class RoundOffer(QWidget):
    """Words and two buttons; `taken` or `declined`."""

    taken = Signal()
    declined = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words = labels.hint("")
        self.words.setWordWrap(False)
        self.begin, self.decline = QPushButton("开始"), QPushButton("不用了")
        for button in (self.begin, self.decline):
            style.set_kind(button, "link")
        self.begin.clicked.connect(self.taken)
        self.decline.clicked.connect(self.declined)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(4), theme.px(12), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self.words)
        row.addWidget(self.begin)
        row.addStretch(1)
        row.addWidget(self.decline)
        self.hide()

    def offer(self, step: int) -> None:
        """Show the strip; with a step it is gone on with."""
        self.words.setText(
            f"试用十步走到了第 {step + 1} 步。" if step else "第一次用？跟着走十步，约五分钟，随时可停。"
        )
        self.begin.setText("接着走" if step else "开始试用十步")
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "head")
        paint.hairline(painter, self._theme, QPointF(0, self.height() - 1), self.width())
