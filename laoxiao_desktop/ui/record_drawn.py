"""How the value of a field is drawn: its box by state, its text on one line or several, the mark at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from laoxiao_desktop.ui import amount_text, paint
from laoxiao_desktop.ui.theme import Theme

ROW = 20  # height of a line of text at 100 %


@dataclass(frozen=True, slots=True)
class Drawn:
    """A value as it is drawn: lines of text in a token's colour, then unit and suffix in quiet ones."""

    lines: Sequence[str]
    token: str
    unit: str = ""
    suffix: str = ""
    is_right: bool = False


def box(
    painter: QPainter, theme: Theme, rect: QRect, *, is_wrong: bool, is_edited: bool, is_under: bool, has_focus: bool
) -> None:
    """The box around a value: none while nobody touches it."""
    if is_wrong:
        paint.box(painter, theme, rect, "redbg", border="red", radius=4, width=2 if is_edited else 1)
    elif is_edited:
        paint.box(painter, theme, rect, "surface", border="accent", radius=4, width=2)
    elif is_under:
        paint.box(painter, theme, rect, "hover", border="line2", radius=4)
    if has_focus and not is_edited:
        paint.focus(painter, theme, rect)


def value(painter: QPainter, theme: Theme, area: QRect, drawn: Drawn, top: int) -> QPointF:
    """Draw a value whose first line begins at `top`; gives where its last line ends (its x and the top of that line)."""
    if len(drawn.lines) > 1:
        return _lines(painter, theme, area, drawn, top)
    words = drawn.lines[0] if drawn.lines else ""
    if drawn.is_right:
        amount_text.draw(painter, theme, area, words, drawn.token)
        return QPointF(area.right(), top)
    took = paint.text(painter, theme, area, words, drawn.token, elide=Qt.TextElideMode.ElideMiddle)
    end = float(area.left()) + took
    for quiet, gap, token in ((drawn.unit, 4, "text3"), (drawn.suffix, 12, "text2")):
        if quiet:
            rest = QRect(area)
            rest.setLeft(int(end) + theme.px(gap))
            end = rest.left() + paint.text(painter, theme, rest, quiet, token, px=12)
    return QPointF(end, top)


def _lines(painter: QPainter, theme: Theme, area: QRect, drawn: Drawn, top: int) -> QPointF:
    font, step = theme.font(13), theme.px(ROW)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(theme.color(drawn.token))
    base = top + step - metrics.height() + metrics.ascent()  # where a text editor of this line height puts it
    for place, line in enumerate(drawn.lines):
        painter.drawText(QPointF(area.left(), base + place * step), line)
    end = area.left() + metrics.horizontalAdvance(drawn.lines[-1])
    return QPointF(end, top + (len(drawn.lines) - 1) * step)


def mark(painter: QPainter, theme: Theme, width: int, end: QPointF, drawing: str, token: str) -> None:
    """A drawing at the right of the line on which a text ends, where no text stands."""
    x = width - theme.px(22)
    if x >= end.x() + theme.px(4):
        paint.icon(painter, theme, QPointF(x, end.y() + theme.px((ROW - 16) / 2)), drawing, token)
