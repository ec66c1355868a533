"""The picture of 进度图 in its order: grounds, grid, bars, today, words, header; only the lines in sight."""

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from laoxiao_desktop.models.gantt import Bar
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.gantt_lines import Lines
from laoxiao_desktop.ui.gantt_paint import HEAD, ROW, Frame, GanttPainter, Look
from laoxiao_desktop.ui.theme import Theme

_PLAIN = Look()


def draw(
    painter: QPainter,
    theme: Theme,
    strokes: GanttPainter,
    frame: Frame,
    lines: Lines,
    scrolled: int,
    looks: Mapping[int, Look],
    today: dt.date,
    hint: tuple[str, QRect] | None,
) -> None:
    """Draw the chart. `looks` tells the lines that are in hand or under the mouse; `hint` stands below a line."""
    row, head = theme.px(ROW), theme.px(HEAD)
    first = scrolled // row
    last = min(len(lines), first + int(frame.height) // row + 2)
    bottom = min(frame.height, float(head + len(lines) * row - scrolled))
    seen = [(number, head + number * row - scrolled) for number in range(first, last)]
    paint.box(painter, theme, QRectF(0, 0, frame.width, frame.height), "surface")
    painter.setClipRect(QRectF(0, head, frame.width, frame.height - head))
    for number, top in seen:
        strokes.ground(painter, frame, top, row, looks.get(number, _PLAIN))
    painter.save()
    painter.setClipRect(QRectF(frame.left, head, frame.right - frame.left, frame.height - head))
    strokes.grid(painter, frame, head, bottom)
    for number, top in seen:
        line = lines.lines[number]
        if isinstance(line, Bar):
            strokes.bar(painter, frame, top, line, looks.get(number, _PLAIN), today)
        else:
            strokes.heading_line(painter, frame, top, row, line)
    strokes.today(painter, frame, head, bottom, today)
    painter.restore()
    for number, top in seen:
        line = lines.lines[number]
        if isinstance(line, Bar):
            strokes.words(painter, frame, top, row, line)
        else:
            strokes.heading_words(painter, frame, top, row, line, line.county in lines.closed)
    strokes.sides(painter, frame, head, bottom)
    painter.setClipping(False)
    strokes.header(painter, frame, today)
    target = next((look.dragged_to for look in looks.values() if look.dragged_to is not None), None)
    if hint is not None and target is not None:
        _hint(painter, theme, frame, hint[0], hint[1], target)


def _hint(painter: QPainter, theme: Theme, frame: Frame, words: str, row: QRect, target: int) -> None:
    """The date a mark is coming to, below its line, above it at the foot of the chart."""
    width = paint.text_width(theme, words, px=12) + theme.px(18)
    left = max(frame.left, min(frame.right - width, frame.x(target) + theme.px(12)))
    top = row.bottom() + theme.px(2)
    if top + theme.px(26) > frame.height:
        top = row.top() - theme.px(28)
    area = QRectF(round(left), top, width, theme.px(26))
    paint.box(painter, theme, area, "surface", border="accent", radius=4)
    paint.text(painter, theme, area, words, px=12, align=paint.CENTER)
