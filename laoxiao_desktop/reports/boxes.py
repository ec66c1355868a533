"""Forms on paper: rows of ruled cells under one another, each as high as its longest text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.font_files import Role
from laoxiao_desktop.reports.page import Align, Sheet
from laoxiao_desktop.reports.paragraph import Line, break_lines, clean

RULE = 0.5
GREY = 0.93
MORE = "…"


@dataclass(frozen=True, slots=True)
class Box:
    """One cell: its text, its share of the row, how it stands. `most` lines at most; the rest is cut with …."""

    text: str
    share: float
    role: Role = "song"
    align: Align = "left"
    is_label: bool = False
    most: int = 0


@dataclass(slots=True)
class Form:
    """A form that grows downwards on a sheet."""

    sheet: Sheet
    x: float
    y: float
    width: float
    size: float = 9.0
    leading: float = 12.5
    pad_x: float = 3.0
    pad_y: float = 3.0
    cut: int = 0  # cells whose text had to be cut

    def row(self, boxes: Sequence[Box], *, least: float = 0.0, is_top: bool = False) -> float:
        """Draws one row; gives its height. A paragraph break in a text begins a new line."""
        whole = sum(box.share for box in boxes)
        widths = [box.share / whole * self.width for box in boxes]
        lines = [self._lines(box, width) for box, width in zip(boxes, widths, strict=True)]
        height = max(least, max(len(one) for one in lines) * self.leading + 2 * self.pad_y)
        left = self.x
        for box, width, set_lines in zip(boxes, widths, lines, strict=True):
            if box.is_label:
                self.sheet.shade(left, self.y - height, width, height, GREY)
            self.sheet.frame(left, self.y - height, width, height, RULE)
            self._show(box, set_lines, left, width, height, is_top=is_top)
            left += width
        self.y -= height
        return height

    def divide(self, text: str, part: float, most: int) -> tuple[str, str]:
        """A text for a cell of `part` of the width: what stands on its first `most` lines, and the rest."""
        lines = [line.text for line in self._lines(Box(text, 1, "fang"), part * self.width)]
        return "\n".join(lines[:most]), "\n".join(lines[most:])

    def _lines(self, box: Box, width: float) -> list[Line]:
        letters = self.sheet.book.letters("hei" if box.is_label else box.role)
        room = (width - 2 * self.pad_x) / self.size * EM
        found: list[Line] = []
        for part in box.text.split("\n"):
            if text := clean(part):
                found += break_lines(letters, text, room, is_justified=False)
        if box.most and len(found) > box.most:
            self.cut += 1
            kept = found[: box.most]
            last = kept[-1].text
            while last and letters.width(last + MORE) > room:
                last = last[:-1]
            kept[-1] = Line(last + MORE, None, letters.width(last + MORE))
            return kept
        return found or [Line("", None, 0.0)]

    def _show(self, box: Box, lines: Sequence[Line], left: float, width: float, height: float, *, is_top: bool) -> None:
        role: Role = "hei" if box.is_label else box.role
        align: Align = "center" if box.is_label else box.align
        over = self.pad_y if is_top and not box.is_label else (height - len(lines) * self.leading) / 2
        y = self.y - over - (self.leading - self.size) / 2 - self.size * 0.86
        for line in lines:
            spare = width - 2 * self.pad_x - line.width * self.size / EM
            start = left + self.pad_x + (spare if align == "right" else spare / 2 if align == "center" else 0.0)
            self.sheet.line(role, self.size, start, y, line)
            y -= self.leading
