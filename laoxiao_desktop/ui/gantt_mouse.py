"""The mouse on 进度图: what a press, a double click and a move mean where they fall."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from laoxiao_desktop.models.gantt import show_slip
from laoxiao_desktop.ui.gantt_moving import Moving
from laoxiao_desktop.ui.gantt_parts import Chart
from laoxiao_desktop.ui.gantt_words import explain_mark


def press(chart: Chart, moving: Moving, event: QMouseEvent) -> None:
    """A line, and the mark under the mouse, come into hand; a name opens its record, a county folds."""
    at = event.position()
    row = chart.row_at(at.y())
    if event.button() != Qt.MouseButton.LeftButton or row < 0:
        return
    mark = chart.mark_at(at, row)
    chart.choose_row(row)
    if mark is not None:
        chart.choose_mark(mark.uid)
        moving.press = at
    heading = chart.lines.heading(row)
    if at.x() < chart.frame.left:
        if heading is not None:
            chart.turned.emit(heading.county)
        elif mark is None:
            chart.opened.emit(str(chart.uid))


def double_click(chart: Chart, event: QMouseEvent) -> None:
    """Anywhere in a line: open the record, or fold the county; its name did so at the first press."""
    row = chart.row_at(event.position().y())
    heading = chart.lines.heading(row)
    if heading is not None and event.position().x() >= chart.frame.left:
        chart.turned.emit(heading.county)
    elif chart.lines.bar(row) is not None:
        chart.opened.emit(str(chart.uid))


def point(chart: Chart, event: QMouseEvent) -> int:
    """The line under the mouse; its shape says what a press would do."""
    at = event.position()
    row = chart.row_at(at.y())
    mark = chart.mark_at(at, row)
    shape = Qt.CursorShape.ArrowCursor
    if mark is not None and not mark.actual and chart.is_editable:
        shape = Qt.CursorShape.SizeHorCursor
    elif row >= 0 and at.x() < chart.frame.left:
        shape = Qt.CursorShape.PointingHandCursor
    chart.viewport().setCursor(shape)
    return row


def words_in_hand(chart: Chart) -> str:
    """What a screen reader says of the line and the mark in hand."""
    mark, bar, heading = chart.mark, chart.bar, chart.lines.heading(chart.row)
    if mark is not None:
        return chart.hint or explain_mark(mark, chart.today, chart.painter_of_bars.calendar).replace("\n", "，")
    if bar is not None:
        return f"{bar.subject.name}，{show_slip(bar.slip)}"
    return f"{heading.title}，{len(heading.bars)} 项" if heading is not None else ""
