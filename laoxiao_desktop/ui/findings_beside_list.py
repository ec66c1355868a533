"""The published rows beside a finding, painted: the one in question on tint, each opened by a click or Enter."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from laoxiao_desktop.models.finding import Severity
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace.findings_beside import Beside

ROW, NUMBER, FEW = 30, 30, 6
_GROUNDS: dict[Severity, tuple[str, str]] = {
    "error": ("redbg", "redt"),
    "warning": ("yellowbg", "yellowt"),
    "note": ("surface", "text"),
}


class BesideList(QWidget):
    """`opened` carries the Subject of a row. More than a few rows are folded behind a last line."""

    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[Beside, ...] = ()
        self._severity: Severity = "note"
        self._is_whole = False
        self._at = -1
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("公布文本")
        theme.changed.connect(self._measure)

    def show_rows(self, rows: Sequence[Beside], severity: Severity) -> None:
        """Show these rows; the first of them in question is the one in hand."""
        self._rows, self._severity, self._is_whole = tuple(rows), severity, False
        self._at = next((place for place, row in enumerate(rows) if row.is_in_question), 0)
        said = "；".join(f"{row.number} {row.name} {row.text}".strip() for row in rows[:FEW])
        self.setAccessibleDescription(said)
        self._measure()

    @property
    def rows(self) -> tuple[Beside, ...]:
        """All rows, folded ones too."""
        return self._rows

    def _shown(self) -> Sequence[Beside]:
        return self._rows if self._is_whole or len(self._rows) <= FEW + 1 else self._rows[:FEW]

    def _lines(self) -> int:
        shown = len(self._shown())
        return shown + (shown < len(self._rows))

    def _measure(self) -> None:
        self.setFixedHeight(self._lines() * self._theme.px(ROW) + 1)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        high = theme.px(ROW)
        shown = self._shown()
        widest = max((paint.text_width(theme, row.text, medium=row.is_in_question) for row in shown), default=0.0)
        text_room = min(widest + 2, self.width() * 0.5) if widest else 0.0
        paint.hairline(painter, theme, QPointF(0, 0), self.width())
        for place, row in enumerate(shown):
            area = QRect(0, place * high, self.width(), high)
            ground, token = _GROUNDS[self._severity] if row.is_in_question else ("surface", "text2")
            if place == self._hovered and ground == "surface":
                ground = "hover"
            painter.fillRect(area, theme.color(ground))
            paint.hairline(painter, theme, QPointF(0, area.bottom()), self.width())
            number = QRectF(area.left(), area.top(), theme.px(NUMBER) - theme.px(10), high)
            paint.text(painter, theme, number, row.number, "text3", align=paint.RIGHT)
            left = theme.px(NUMBER) if any(each.number for each in shown) else theme.px(8)
            room = QRectF(left, area.top(), self.width() - left - theme.px(8), high)
            if text_room:
                room.setWidth(room.width() - text_room - theme.px(14))
            is_bold = row.is_in_question and self._severity != "note"
            paint.text(painter, theme, room, row.name, "text", elide=Qt.TextElideMode.ElideMiddle)
            if text_room:
                beside = QRectF(self.width() - text_room - theme.px(8), area.top(), text_room, high)
                elide = Qt.TextElideMode.ElideMiddle
                paint.text(painter, theme, beside, row.text, token, medium=is_bold, elide=elide)
            if place == self._at and self.hasFocus():
                paint.focus(painter, theme, QRectF(area).adjusted(0, 0, -1, -1), 2)
        if len(shown) < len(self._rows):
            area = QRect(theme.px(8), len(shown) * high, self.width(), high)
            rest = len(self._rows) - len(shown)
            paint.text(painter, theme, area, f"另有 {rest} 行，点开全部", "accent2", px=12)
            if self._at == len(shown) and self.hasFocus():
                whole = QRectF(0, len(shown) * high, self.width() - 1, high)
                paint.focus(painter, theme, whole, 2)
        painter.end()

    def _open(self, place: int) -> None:
        shown = self._shown()
        if 0 <= place < len(shown):
            self.opened.emit(shown[place].subject)
        elif place == len(shown) and place < self._lines():
            self._is_whole = True
            self._measure()

    def _place_at(self, y: float) -> int:
        place = int(y // self._theme.px(ROW))
        return place if 0 <= place < self._lines() else -1

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            way = -1 if event.key() == Qt.Key.Key_Up else 1
            self._at = max(0, min(self._at + way, self._lines() - 1))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self._at)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self._place_at(event.position().y()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().y())
        if place != self._hovered:
            self._hovered = place
            is_link = place >= 0
            self.setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)
            self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hovered = -1
            self.update()
        elif event.type() == QEvent.Type.ToolTip:
            return self._show_whole(event)
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def _show_whole(self, event: QEvent) -> bool:
        if not isinstance(event, QHelpEvent):
            return False
        shown, place = self._shown(), self._place_at(event.pos().y())
        if 0 <= place < len(shown):
            parts = (shown[place].name, shown[place].text)
            words = "<br>".join(escape(part) for part in parts if part)
            QToolTip.showText(event.globalPos(), f"<p>{words}</p>", self)
        return True
