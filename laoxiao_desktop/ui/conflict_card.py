"""One side of a conflict: whose it is, the value, when; taken by a click or its number key."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import labels, paint
from laoxiao_desktop.ui.theme import Theme

SMALL = 14
_SIZES = ((12, 30), (60, 18))  # so many characters stand in this size


def size_for(values: Iterable[str]) -> int:
    """The size in which all values of a conflict stand."""
    longest = max((len(value) for value in values), default=0)
    return next((size for most, size in _SIZES if longest <= most), SMALL)


class SideCard(QAbstractButton):
    """Checked it is the one to be taken; the cards of a conflict exclude each other. `size` is that of its value."""

    def __init__(self, theme: Theme, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._can_choose = True
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        px = theme.px
        self._whose = self._label(14, medium=True)
        self._who = self._label(12, tone="text2")
        self._who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._who.setWordWrap(True)
        self._value = self._label(size, medium=size > SMALL)
        self._value.setWordWrap(True)
        self._value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._key = self._label(12, tone="text3")
        self._note = self._label(12, tone="text2")
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addSpacing(px(26))
        top.addWidget(self._whose)
        top.addWidget(self._who, 1)
        middle = QHBoxLayout()
        middle.addWidget(self._value, 1)
        middle.addWidget(self._key, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(12))
        column.addLayout(top)
        column.addLayout(middle)
        column.addStretch(1)
        column.addWidget(self._note)
        self.setMinimumHeight(px(136))

    def _label(self, size: float, *, medium: bool = False, tone: str = "text") -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(self._theme.font(size, medium))
        labels.set_tone(label, tone)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return label

    @property
    def value(self) -> str:
        """The value as it is read."""
        return self._value.text()

    def tell(self, *, number: int, whose: str, who: str, when: str, value: str, note: str, can_choose: bool) -> None:
        """Fills the card."""
        self._value.setText(value or "（空）")
        labels.set_tone(self._value, "text" if value else "text3")
        self._whose.setText(whose)
        self._who.setText(f"{who}  {when}".strip())
        self._key.setText(f"按 {number}" if can_choose and number < 10 else "")
        self._note.setText(note or " ")
        self._can_choose = can_choose
        self.setCheckable(can_choose)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if can_choose else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{whose}：{value or '空'}，{who}，{when}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter, area = QPainter(self), QRectF(self.rect())
        fill = "selectrow" if self.isChecked() else "hover" if self.underMouse() and self._can_choose else "surface"
        border = "accent" if self.isChecked() else "line2"
        paint.box(painter, theme, area, fill, border=border, radius=6, width=1.5 if self.isChecked() else 1)
        if self.hasFocus():
            paint.focus(painter, theme, area.adjusted(2, 2, -2, -2), radius=4)
        if self._can_choose:
            middle = self._whose.geometry().center().y()
            ring = QRectF(px(16), middle - px(8), px(16), px(16))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.box(painter, theme, ring, "surface", border=border, radius=8, width=1.5 if self.isChecked() else 1)
            if self.isChecked():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent"))
                painter.drawEllipse(QPointF(ring.center()), px(4), px(4))
        painter.end()
