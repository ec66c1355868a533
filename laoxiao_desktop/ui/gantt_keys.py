"""The keys of 进度图: lines, marks, moving, zooming, opening."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from laoxiao_desktop.ui.gantt_lines import placed
from laoxiao_desktop.ui.gantt_moving import Moving
from laoxiao_desktop.ui.gantt_paint import ROW
from laoxiao_desktop.ui.gantt_parts import Chart

_ZOOM = 1.2
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ZOOMING = {Qt.Key.Key_Plus: _ZOOM, Qt.Key.Key_Equal: _ZOOM, Qt.Key.Key_Minus: 1 / _ZOOM}


def press(chart: Chart, moving: Moving, event: QKeyEvent) -> bool:
    """Answer a key; False when it means nothing here."""
    key = Qt.Key(event.key())
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        if key in _ZOOMING:
            frame = chart.frame
            chart.zoom_at((frame.left + frame.right) / 2, _ZOOMING[key])
        return key in _ZOOMING
    if event.modifiers() & Qt.KeyboardModifier.AltModifier:
        if key in _SIDEWAYS:
            _nudge(chart, moving, _SIDEWAYS[key])
        return key in _SIDEWAYS
    return _walk(chart, key) or _act(chart, moving, key)


def _walk(chart: Chart, key: Qt.Key) -> bool:
    page = max(1, chart.verticalScrollBar().pageStep() // max(1, chart.row_rect(0).height() or ROW) - 1)
    steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
    ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(chart.lines) - 1}
    if key in steps:
        chart.choose_row(chart.row + steps[key])
    elif key in ends:
        chart.choose_row(ends[key])
    elif key in _SIDEWAYS:
        _step(chart, _SIDEWAYS[key])
    else:
        return False
    return True


def _act(chart: Chart, moving: Moving, key: Qt.Key) -> bool:
    mark = chart.mark
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        _enter(chart)
    elif key == Qt.Key.Key_Escape and chart.hint:
        moving.give_up()
    elif key == Qt.Key.Key_Escape and mark is not None:
        chart.choose_mark("")
    elif key == Qt.Key.Key_Delete and mark is not None and mark.forecast and moving.may_move(mark):
        chart.moved.emit(mark.uid, None)
    else:
        return False
    return True


def _enter(chart: Chart) -> None:
    heading = chart.lines.heading(chart.row)
    if chart.hint:
        chart.settle()
    elif heading is not None:
        chart.turned.emit(heading.county)
    elif chart.uid is not None:
        chart.opened.emit(chart.uid)


def _nudge(chart: Chart, moving: Moving, by: int) -> None:
    """The first Alt+arrow takes a mark in hand, the next ones move it."""
    if chart.mark is None:
        _step(chart, 1)
    else:
        moving.nudge(by)


def _step(chart: Chart, by: int) -> None:
    """← →: on a heading close or open it, on a bar take the mark before or after; first the one that is next to do."""
    heading, bar = chart.lines.heading(chart.row), chart.bar
    if heading is not None:
        if (heading.county in chart.lines.closed) == (by > 0):
            chart.turned.emit(heading.county)
        return
    marks = placed(bar) if bar else []
    if not marks:
        return
    uid = chart.mark.uid if chart.mark else ""
    at = next((number for number, mark in enumerate(marks) if mark.uid == uid), None)
    if at is None:
        at = next((number for number, mark in enumerate(marks) if not mark.actual), len(marks) - 1)
    else:
        at = max(0, min(len(marks) - 1, at + by))
    chart.choose_mark(marks[at].uid)
