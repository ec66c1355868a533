"""A card on which files are dropped, with the buttons that choose them and the progress of reading them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import labels, paint
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.theme import Theme

_WIDTH = 720


class DropCard(QWidget):
    """`dropped` carries what `reads` makes of the dragged content; content of which it makes nothing is not taken."""

    dropped = Signal(object)

    def __init__(
        self,
        theme: Theme,
        drawing: str,
        words: str,
        hint: str,
        buttons: Sequence[QPushButton],
        reads: Callable[[QMimeData], object],
        *,
        below: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._theme, self._drawing, self._reads = theme, drawing, reads
        self._is_over = False
        self.progress = ProgressStrip(theme)
        self.setAcceptDrops(True)
        px = theme.px
        sentence = QLabel(words)
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setFont(theme.font(15, medium=True))
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        quiet = labels.hint(hint)
        quiet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = QHBoxLayout()
        line.addStretch(1)
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        self._card = QWidget()
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(px(32), px(72), px(32), px(40))
        inside.setSpacing(px(14))
        inside.addWidget(sentence)
        inside.addWidget(quiet)
        inside.addLayout(line)
        inside.addWidget(self.progress)
        held = QWidget()
        held.setMaximumWidth(px(_WIDTH))
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(20))
        column.addWidget(self._card)
        if below is not None:
            column.addWidget(below)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(40), px(20), px(20))
        row.addStretch(1)
        row.addWidget(held, 100)
        row.addStretch(1)
        theme.changed.connect(self.update)

    def _hover(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._reads(event.mimeData()):
            self._hover(True)
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: object) -> None:
        self._hover(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(False)
        read = self._reads(event.mimeData())
        if read:
            event.acceptProposedAction()
            self.dropped.emit(read)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        paint.box(painter, theme, self.rect(), "surface")
        area = QRect(self._card.mapTo(self, QPoint(0, 0)), self._card.size())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("selectrow" if self._is_over else "head"))
        painter.setPen(QPen(theme.color("accent" if self._is_over else "line2"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), px(6), px(6))
        spot = QPointF(area.center().x() - px(10), area.top() + px(34))
        paint.icon(painter, theme, spot, self._drawing, "accent", 20)
        painter.end()
