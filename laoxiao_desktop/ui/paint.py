"""Five strokes that every painted widget is made of: text, box, hairline, icon and shape.

Fills are drawn with antialiasing off, so that neighbouring cells show no seam and lines stay sharp at 125 %;
shapes and rounded corners are drawn with it on.
"""

from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from laoxiao_desktop.ui.theme import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter

Light = Literal["green", "yellow", "red"]
LIGHT_WORDS: dict[Light, str] = {"green": "绿", "yellow": "黄", "red": "红"}


def text(
    painter: QPainter,
    theme: Theme,
    rect: QRect | QRectF,
    words: str,
    token: str = "text",
    *,
    px: float = 13,
    medium: bool = False,
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> float:
    """One line of plain text in a rectangle; gives the width it took. Too long, it is shortened with “…”."""
    font = theme.font(px, medium)
    area = QRectF(rect)
    metrics = QFontMetricsF(font, painter.device())
    shown = words.replace("\n", " ")
    width = metrics.horizontalAdvance(shown)
    if width > area.width() and elide is not Qt.TextElideMode.ElideNone:
        shown = metrics.elidedText(shown, elide, area.width())
        width = metrics.horizontalAdvance(shown)
    painter.setFont(font)
    painter.setPen(theme.color(token))
    painter.drawText(area, align | Qt.TextFlag.TextSingleLine, shown)
    return width


def text_width(theme: Theme, words: str, *, px: float = 13, medium: bool = False) -> float:
    """The width one line would take."""
    return QFontMetricsF(theme.font(px, medium)).horizontalAdvance(words)


def box(
    painter: QPainter,
    theme: Theme,
    rect: QRect | QRectF,
    fill: str | None,
    *,
    border: str | None = None,
    radius: float = 0,
    width: float = 1,
) -> None:
    """A filled or bordered rectangle; with a radius its corners are round."""
    area = QRectF(rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, radius > 0)
    if border is None and radius == 0:
        if fill is not None:
            painter.fillRect(area, theme.color(fill))
    else:
        painter.setBrush(theme.color(fill) if fill is not None else Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen)
        if border is not None:
            painter.setPen(QPen(theme.color(border), width))
            half = width / 2
            area.adjust(half, half, -half, -half)
        painter.drawRoundedRect(area, theme.factor * radius, theme.factor * radius)
    painter.restore()


def hairline(
    painter: QPainter, theme: Theme, start: QPointF, length: float, token: str = "line", *, upright: bool = False
) -> None:
    """A line of exactly one device pixel, to the right of a point or downwards from it."""
    device = painter.device()
    thin = 1 / (device.devicePixelRatioF() if device is not None else 1.0)
    size = (thin, length) if upright else (length, thin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRectF(start.x(), start.y(), *size), theme.color(token))
    painter.restore()


def strip(painter: QPainter, theme: Theme, rect: QRect) -> None:
    """The ground of a bar across a place, with the hairline under it."""
    box(painter, theme, rect, "surface")
    device = painter.device()
    thin = 1 / (device.devicePixelRatioF() if device is not None else 1.0)
    hairline(painter, theme, QPointF(0, rect.height() - thin), rect.width())


def icon(painter: QPainter, theme: Theme, at: QPointF, name: str, token: str = "text2", size: int = 16) -> None:
    """A drawing with its top left corner at a point; `size` is at 100 %."""
    device = painter.device()
    dpr = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(at, theme.pixmap(name, token, size, dpr))


def shape(painter: QPainter, theme: Theme, center: QPointF, light: Light) -> None:
    """The form of a light: ● green, ◆ yellow, ▲ red, so that it reads without colour."""
    grow = theme.factor
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(light))
    x, y = center.x(), center.y()
    if light == "green":
        painter.drawEllipse(center, 4 * grow, 4 * grow)
    elif light == "yellow":
        half = 5 * grow
        painter.drawPolygon(
            QPolygonF([QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)])
        )
    else:
        half = 5.5 * grow
        painter.drawPolygon(
            QPolygonF([QPointF(x, y - half), QPointF(x + half, y + half * 0.8), QPointF(x - half, y + half * 0.8)])
        )
    painter.restore()


def light(painter: QPainter, theme: Theme, rect: QRect | QRectF, state: Light, *, px: float = 13) -> None:
    """A light with its character, centred; red and yellow stand on a tinted pill, green on nothing."""
    area = QRectF(rect)
    pill = QRectF(0, 0, theme.px(38), theme.px(20))
    pill.moveCenter(area.center())
    if state != "green":
        box(painter, theme, pill, f"{state}bg", radius=10)
    shape(painter, theme, QPointF(pill.left() + theme.px(11), pill.center().y()), state)
    words = QRectF(pill.left() + theme.px(19), area.top(), pill.width() - theme.px(19), area.height())
    text(
        painter,
        theme,
        words,
        LIGHT_WORDS[state],
        f"{state}t",
        px=px,
        medium=state != "green",
        elide=Qt.TextElideMode.ElideNone,
    )


def focus(painter: QPainter, theme: Theme, rect: QRect | QRectF, radius: float = 4) -> None:
    """The mark of the widget that has the keyboard: a 2 px accent border."""
    box(painter, theme, rect, None, border="accent", radius=radius, width=2)


def cell_focus(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """The mark of the cell that has the keyboard: a border of 1 px inside it."""
    for edge in (
        QRectF(rect.left(), rect.top(), rect.width() - 1, 1),
        QRectF(rect.left(), rect.bottom() - 1, rect.width() - 1, 1),
        QRectF(rect.left(), rect.top(), 1, rect.height()),
        QRectF(rect.right() - 2, rect.top(), 1, rect.height()),
    ):
        painter.fillRect(edge, color)


def head_ground(painter: QPainter, theme: Theme, rect: QRect) -> None:
    """The ground of a strip of column titles, a hairline above and below it."""
    painter.fillRect(rect, theme.color("head"))
    hairline(painter, theme, QPointF(0, 0), rect.width())
    hairline(painter, theme, QPointF(0, rect.height() - 1), rect.width())
