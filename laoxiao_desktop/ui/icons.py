"""The drawings of resources/icons: which file serves a name at a size, and its picture in a colour."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from laoxiao_desktop import paths

DRAWN_SIZES = (12, 16, 20)  # the sizes the drawings were made for; they stay sharp at these
FILLED = "_filled"


def drawing(name: str, size: int) -> bytes:
    """The SVG that serves a name best at a size in logical pixels.

    `search` is the outline, `search_filled` the solid form. The largest drawing not above the size is taken,
    else the smallest there is; a name without any drawing is a mistake and raises FileNotFoundError.
    """
    fitting = [drawn for drawn in DRAWN_SIZES if drawn <= size][::-1]
    for drawn in (*fitting, *(drawn for drawn in DRAWN_SIZES if drawn > size)):
        found = _read(name, drawn)
        if found is not None:
            return found
    raise FileNotFoundError(f"resources/icons has no drawing for {name!r}")


def tinted(name: str, size: int, colour: str) -> bytes:
    """The same SVG filled with one colour (#RRGGBB)."""
    return drawing(name, size).replace(b"<svg ", f'<svg fill="{colour}" '.encode(), 1)


def picture(name: str, size: int, colour: str, dpr: float) -> QPixmap:
    """A pixmap of size × size logical pixels, drawn for a device pixel ratio."""
    pixels = round(size * dpr)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(tinted(name, size, colour))).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


def of_program(colour: str) -> QIcon:
    """The drawing in title bar and task bar, at the sizes desktops ask for."""
    made = QIcon()
    for size in (16, 20, 24, 32, 48, 64, 128):
        made.addPixmap(picture("book", size, colour, 1.0))
    return made


@cache
def _read(name: str, drawn: int) -> bytes | None:
    stem, form = (name.removesuffix(FILLED), "filled") if name.endswith(FILLED) else (name, "regular")
    file = paths.resources() / "icons" / f"{stem}_{drawn}_{form}.svg"
    return file.read_bytes() if file.is_file() else None
