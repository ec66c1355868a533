"""Where a data package is dropped or chosen."""

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import labels, paint, style
from laoxiao_desktop.ui.exchange_ways import dropped_packages
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.theme import Theme

_WIDTH = 720


class PackageCard(QWidget):
    """`dropped`: the paths."""

    dropped = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_over = False
        self.progress = ProgressStrip(theme)
        self.choose = QPushButton("选择数据包…")
        style.set_kind(self.choose, "primary")
        self.setAcceptDrops(True)
        px = theme.px
        sentence = QLabel("把对方发来的数据包（.lxp）拖到这里，或者选择文件，可以一次几个")
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setFont(theme.font(15, medium=True))
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = labels.hint("先看清里面有什么，再决定收不收；收下以前什么也不会改。")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.choose)
        buttons.addStretch(1)
        inside = QVBoxLayout()
        inside.setContentsMargins(px(32), px(72), px(32), px(40))
        inside.setSpacing(px(14))
        inside.addWidget(sentence)
        inside.addWidget(hint)
        inside.addLayout(buttons)
        inside.addWidget(self.progress)
        self._card = QWidget()
        self._card.setLayout(inside)
        self._card.setMaximumWidth(px(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(40), px(20), px(20))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card, 100)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        theme.changed.connect(self.update)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_packages(event.mimeData()):
            self._hover(True)
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: object) -> None:
        self._hover(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(False)
        paths = dropped_packages(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _hover(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        paint.box(painter, theme, self.rect(), "surface")
        area = self._card.geometry()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("selectrow" if self._is_over else "head"))
        painter.setPen(QPen(theme.color("accent" if self._is_over else "line2"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), px(6), px(6))
        paint.icon(painter, theme, QPointF(area.center().x() - px(10), area.top() + px(34)), "arrow_swap", "accent", 20)
        painter.end()
