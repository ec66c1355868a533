"""Photos on a page: each in its own proportion with a thin frame, its words under it; one in the middle, two side by side."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.utils import ImageReader

from laoxiao_desktop.models.report_card import Photo
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.page import Sheet
from laoxiao_desktop.reports.paragraph import break_lines, clean

CAPTION, CAPTION_LEADING = 8.0, 10.0
_CAPTION_LINES = 2
_GAP = 10.0
UNREADABLE = "照片无法显示"


def draw(sheet: Sheet, photos: Sequence[Photo], left: float, top: float, width: float, height: float) -> float:
    """Draws the photos in a row, at most `height` with their words; gives the lower edge."""
    cell = (width - _GAP * (len(photos) - 1)) / len(photos)
    captions = [_caption(sheet, photo.caption, cell) for photo in photos]
    tall = height - max(len(lines) for lines in captions) * CAPTION_LEADING - 2
    lowest = top
    for number, (photo, lines) in enumerate(zip(photos, captions, strict=True)):
        x = left + number * (cell + _GAP)
        part = proportion(photo.content)
        wide = min(cell, tall * (part or 1.5))
        high = wide / (part or 1.5)
        start = x + (cell - wide) / 2
        if part:
            sheet.picture(photo.content, start, top - high, wide, high)
        else:
            sheet.aligned("song", CAPTION, start, start + wide, top - high / 2 - 3, UNREADABLE, "center")
        sheet.frame(start, top - high, wide, high)
        y = top - high - 1
        for line in lines:
            y -= CAPTION_LEADING
            sheet.aligned("song", CAPTION, x, x + cell, y + 1.5, line, "center")
        lowest = min(lowest, y)
    return lowest - 2


def proportion(content: bytes) -> float:
    """Width over height of a picture; 0 where it cannot be read."""
    try:
        wide, tall = ImageReader(io.BytesIO(content)).getSize()
    except Exception:  # allowed: the reader of pictures raises whatever its decoder does
        return 0.0
    return float(wide) / float(tall) if tall else 0.0


def _caption(sheet: Sheet, text: str, width: float) -> list[str]:
    letters = sheet.book.letters("song")
    room = width / CAPTION * EM
    lines = [line.text for line in break_lines(letters, clean(text), room, is_justified=False)]
    if len(lines) <= _CAPTION_LINES:
        return lines
    last = lines[_CAPTION_LINES - 1]
    return [*lines[: _CAPTION_LINES - 1], last[:-1] + "…"]
