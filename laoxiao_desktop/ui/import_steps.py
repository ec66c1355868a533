"""Where one is on the way from a file to the ledger: 选文件, 对列, 核对, 写入."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

STEPS: Final = ("选文件", "对列", "核对", "写入")
CHOOSE, MAP, CHECK, DONE = range(4)


class Steps(QWidget):
    """Painted; what is done has a tick, where one is a filled number."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.at = CHOOSE
        theme.changed.connect(self.update)
        self.show_step(CHOOSE)

    def show_step(self, at: int) -> None:
        """Where one is now."""
        self.at = at
        self.setAccessibleName(f"第 {at + 1} 步，共 {len(STEPS)} 步：{STEPS[at]}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(372), self._theme.px(28))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        middle = self.height() / 2
        right = float(self.width())
        for number in reversed(range(len(STEPS))):
            is_here, is_done = number == self.at, number < self.at
            token = "accent2" if is_here else "text2" if is_done else "text3"
            width = paint.text_width(theme, STEPS[number], px=13, medium=is_here)
            words = QRectF(right - width, 0, width + 1, self.height())
            none = Qt.TextElideMode.ElideNone
            paint.text(painter, theme, words, STEPS[number], token, medium=is_here, elide=none)
            ring = QRectF(right - width - px(25), middle - px(9), px(18), px(18))
            if is_done:
                paint.icon(painter, theme, QPointF(ring.left() + px(2), middle - px(8)), "checkmark", "accent", 16)
            else:
                fill, border = ("accent", None) if is_here else (None, "line2")
                paint.box(painter, theme, ring, fill, border=border, radius=9)
                ink = "onaccent" if is_here else "text3"
                paint.text(painter, theme, ring, str(number + 1), ink, px=11, align=paint.CENTER, elide=none)
            right = ring.left() - px(8)
            if number:
                paint.hairline(painter, theme, QPointF(right - px(24), round(middle)), px(24), "line2")
                right -= px(32)
        painter.end()
