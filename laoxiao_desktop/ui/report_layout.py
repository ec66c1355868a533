"""Where the pages of a report stand in the preview: rows of one or two pages, each with its rectangle."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSizeF

Fit = Literal["page", "width"] | float
"""整页 and 适合宽度 follow the window; a number is a zoom, 1.0 = the size on paper at 96 dpi."""

PIXELS_PER_POINT = 96 / 72
SMALLEST, LARGEST = 0.25, 3.0
PAIR_AT_LEAST = 0.86  # two pages side by side may be this much smaller than one alone


@dataclass(frozen=True, slots=True)
class Placed:
    """One page on the ground: its index, its row, its rectangle in logical pixels."""

    index: int
    row: int
    rect: QRectF


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All pages placed, and the ground they need."""

    pages: tuple[Placed, ...] = ()
    width: float = 0.0
    height: float = 0.0

    def row_tops(self) -> list[float]:
        """The upper edge of each row."""
        tops: dict[int, float] = {}
        for page in self.pages:
            tops[page.row] = min(tops.get(page.row, page.rect.top()), page.rect.top())
        return [tops[row] for row in sorted(tops)]

    def in_band(self, top: float, bottom: float) -> list[Placed]:
        """The pages that touch the band between two heights."""
        return [page for page in self.pages if page.rect.bottom() > top and page.rect.top() < bottom]


def arrange(sizes: Sequence[QSizeF], view: QSizeF, fit: Fit, margin: float = 32.0, gap: float = 22.0) -> Arrangement:
    """Places pages of the given sizes (points) into a view (logical pixels).

    整页: each row stands whole in the view, two upright pages side by side where that costs little.
    适合宽度: one page a row, as wide as the view. A zoom: as many as fit, two at most.
    """
    rows = _rows(sizes, view, fit, margin, gap)
    placed: list[Placed] = []
    scales = [_row_scale(row, sizes, view, fit, margin, gap) for row in rows]
    widths = [_row_width(row, sizes, scale, gap) for row, scale in zip(rows, scales, strict=True)]
    ground = max([view.width(), *(width + 2 * margin for width in widths)])
    top = margin
    for number, (row, scale, width) in enumerate(zip(rows, scales, widths, strict=True)):
        tall = max(sizes[index].height() for index in row) * scale
        slot = max(tall, view.height() - 2 * margin) if fit == "page" else tall
        left = (ground - width) / 2
        for index in row:
            size = QSizeF(sizes[index].width() * scale, sizes[index].height() * scale)
            upper = top + (slot - size.height()) / 2 if fit == "page" else top
            placed.append(
                Placed(index, number, QRectF(round(left), round(upper), round(size.width()), round(size.height())))
            )
            left += size.width() + gap
        top += slot + (2 * margin if fit == "page" else gap)
    foot = top - (2 * margin if fit == "page" else gap) + margin if rows else 0.0
    return Arrangement(tuple(placed), ground, foot)


def _rows(sizes: Sequence[QSizeF], view: QSizeF, fit: Fit, margin: float, gap: float) -> list[tuple[int, ...]]:
    rows: list[tuple[int, ...]] = []
    index = 0
    while index < len(sizes):
        pair = (index, index + 1)
        if index + 1 < len(sizes) and _may_pair(pair, sizes, view, fit, margin, gap):
            rows.append(pair)
            index += 2
        else:
            rows.append((index,))
            index += 1
    return rows


def _may_pair(
    pair: tuple[int, int], sizes: Sequence[QSizeF], view: QSizeF, fit: Fit, margin: float, gap: float
) -> bool:
    if fit == "width" or any(sizes[index].width() > sizes[index].height() for index in pair):
        return False
    if fit == "page":
        alone = _row_scale(pair[:1], sizes, view, fit, margin, gap)
        return _row_scale(pair, sizes, view, fit, margin, gap) >= PAIR_AT_LEAST * alone
    return _row_width(pair, sizes, fit * PIXELS_PER_POINT, gap) + 2 * margin <= view.width()


def _row_scale(
    row: tuple[int, ...], sizes: Sequence[QSizeF], view: QSizeF, fit: Fit, margin: float, gap: float
) -> float:
    if not isinstance(fit, str):
        return fit * PIXELS_PER_POINT
    room = view.width() - 2 * margin - gap * (len(row) - 1)
    scale = room / sum(sizes[index].width() for index in row)
    if fit == "page":
        scale = min(scale, (view.height() - 2 * margin) / max(sizes[index].height() for index in row))
    return max(SMALLEST * PIXELS_PER_POINT / 10, min(scale, LARGEST * PIXELS_PER_POINT))


def _row_width(row: tuple[int, ...], sizes: Sequence[QSizeF], scale: float, gap: float) -> float:
    return sum(sizes[index].width() for index in row) * scale + gap * (len(row) - 1)
