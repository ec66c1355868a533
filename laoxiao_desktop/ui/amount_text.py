"""An amount in a narrow column: smaller first, then rounded with ≈; its digits are never cut off."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

_SIZES = (13.0, 12.0, 11.0)
_PLACES = (Decimal("0.01"), Decimal("0.1"), Decimal(1))


def fitting(theme: Theme, words: str, width: float, *, medium: bool = False) -> tuple[str, float]:
    """The words and the size in px in which an amount finds room; as it is where it finds none."""
    for px in _SIZES:
        if paint.text_width(theme, words, px=px, medium=medium) <= width:
            return words, px
    try:
        amount = Decimal(words.replace("\N{MINUS SIGN}", "-"))
    except InvalidOperation:
        return words, _SIZES[0]
    for places in _PLACES:
        rounded = f"≈{amount.quantize(places, ROUND_HALF_UP)}".replace("-", "\N{MINUS SIGN}")
        for px in _SIZES:
            if paint.text_width(theme, rounded, px=px, medium=medium) <= width:
                return rounded, px
    return words, _SIZES[0]


def draw(
    painter: QPainter, theme: Theme, rect: QRect | QRectF, words: str, token: str = "text", *, medium: bool = False
) -> None:
    """An amount at the right edge of a column."""
    shown, px = fitting(theme, words, QRectF(rect).width(), medium=medium)
    paint.text(painter, theme, rect, shown, token, px=px, medium=medium, align=paint.RIGHT)
