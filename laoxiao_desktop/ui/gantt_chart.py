"""The chart of 进度图: lines and years scrolled, marks dragged or moved by keys; only what is in sight is drawn."""

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.models.dates import add_months, show_date
from laoxiao_desktop.models.gantt import Bar, Mark, show_slip
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.gantt_axis import LEAST, MOST, YEAR_WIDTH, Axis, Zoom, years_of
from laoxiao_desktop.ui.gantt_lines import Lines, placed
from laoxiao_desktop.ui.gantt_paint import HEAD, LEFT, RIGHT, ROW, Frame, GanttPainter, Look
from laoxiao_desktop.ui.gantt_words import drag_hint, explain_mark, snapped
from laoxiao_desktop.ui.theme import Theme

_NEAR = 8  # pixels within which a mark is met
_REST = 700  # ms after the last Alt+arrow until the date is written
_TO_DAYS = 0.8  # pixels of a day from which a drag tells days, not months


class GanttChart(QAbstractScrollArea):
    """Shows `Lines`. What is done to them is asked for by signals; the ledger is not known here."""

    row_chosen = Signal(object)  # the uid of the project in hand, None on a heading
    opened = Signal(str)  # the uid of a project whose record is wanted
    turned = Signal(str)  # a county to be closed or opened
    moved = Signal(str, object)  # the uid of a milestone and its new forecast
    refused = Signal(str)  # why a mark cannot be moved
    zoomed = Signal(str)
    menu_asked = Signal(object)  # the global place

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.painter_of_bars = GanttPainter(theme)
        self.lines = Lines()
        self.is_editable = True
        self._row, self._hover = -1, -1
        self._mark = ""
        self._today = clock.today()
        self._axis = Axis(self._today.year, self._today.year, YEAR_WIDTH["quarter"])
        self._is_fitted = True  # the years fill the room until the person zooms
        self._press: QPointF | None = None
        self._target: int | None = None  # the day a mark is being moved to
        self._pending = ""  # the stored date that the keys have come to
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.settle)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("进度图")
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(theme.px(ROW))
        theme.changed.connect(self._restyle)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────

    def show_lines(self, lines: Lines) -> None:
        """Replace what is shown; the project and the mark in hand stay in hand, and what one reads stays where it is."""
        held, top = self.uid, self.verticalScrollBar().value()
        is_first = not len(self.lines)
        heading = self.lines.heading(self._row)
        self.lines = lines
        self._today = clock.today()
        row = lines.row_of(held) if held else None
        if row is None and heading is not None:
            row = lines.row_of_county(heading.county)
        if row is None:
            row = min(max(self._row, 0), len(lines) - 1)
            row = 1 if is_first and lines.bar(1) else row
        self._row = row
        if self.mark is None:
            self._mark = ""
        first, last = years_of(lines.bars(), self._today)
        self._axis = replace(self._axis, first_year=first, last_year=last)
        self._lay()
        if is_first:
            self._center(self._today.toordinal())
        self.verticalScrollBar().setValue(top)
        self._tell_row()
        self.viewport().update()

    @property
    def axis(self) -> Axis:
        """The years as they are scaled now."""
        return self._axis

    @property
    def frame(self) -> Frame:
        """Where the parts of the chart stand."""
        theme, size = self._theme, self.viewport().size()
        right = float(max(size.width() - theme.px(RIGHT), 0))
        left = min(float(theme.px(LEFT)), size.width() * 0.32)
        return Frame(self._axis, left, right, self.horizontalScrollBar().value(), size.width(), size.height())

    @property
    def row(self) -> int:
        """The line in hand."""
        return self._row

    @property
    def bar(self) -> Bar | None:
        """The bar in hand."""
        return self.lines.bar(self._row)

    @property
    def uid(self) -> str | None:
        """The project in hand."""
        return self.bar.subject.uid if self.bar else None

    @property
    def mark(self) -> Mark | None:
        """The milestone in hand."""
        return next((mark for mark in self.bar.marks if mark.uid == self._mark), None) if self.bar else None

    def choose_row(self, row: int) -> None:
        """Take a line in hand and bring it into sight."""
        if not len(self.lines):
            return
        self.settle()
        self._row = max(0, min(len(self.lines) - 1, row))
        self._mark = ""
        self._show_row()
        self._tell_row()
        self.viewport().update()

    def choose_mark(self, uid: str) -> None:
        """Take a milestone of the bar in hand."""
        self.settle()
        self._mark = uid
        mark = self.mark
        day = self.painter_of_bars.day_of(mark) if mark else None
        if day is not None:
            frame = self.frame
            if not frame.left + 8 <= frame.x(day) <= frame.right - 8:
                self._center(int(day))
        self._describe()
        self.viewport().update()

    def zoom_to(self, zoom: Zoom) -> None:
        """年, 季 or 月; the middle stays in the middle."""
        frame = self.frame
        day = frame.day((frame.left + frame.right) / 2)
        self._is_fitted = zoom != "month"
        self._axis = replace(self._axis, year_width=YEAR_WIDTH[zoom] * self._theme.factor, factor=self._theme.factor)
        if self._is_fitted:
            self._fit(zoom)
        self._lay()
        self._center(day)
        self.zoomed.emit(self._axis.zoom)
        self.viewport().update()

    def go_to_today(self) -> None:
        """Bring today into the middle."""
        self._center(self._today.toordinal())

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _fit(self, zoom: Zoom) -> None:
        """Let the years fill the room, as long as the step of the zoom stays readable."""
        frame, years = self.frame, self._axis.last_year - self._axis.first_year + 1
        room = (frame.right - frame.left) / max(1, years)
        factor = self._theme.factor
        low, high = {"year": (LEAST, 103.0), "quarter": (106.0, 299.0), "month": (302.0, MOST)}[zoom]
        wanted = max(low * factor, min(high * factor, room - 0.5))
        self._axis = replace(self._axis, year_width=wanted, factor=factor)

    def _lay(self) -> None:
        if self._is_fitted:
            self._fit(self._axis.zoom)
        frame = self.frame
        row, head = self._theme.px(ROW), self._theme.px(HEAD)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        room = max(1, round(frame.right - frame.left))
        across.setPageStep(room)
        across.setSingleStep(max(8, room // 20))
        across.setRange(0, max(0, round(self._axis.width - room)))
        page = max(row, self.viewport().height() - head)
        down.setSingleStep(row)
        down.setPageStep(page)
        down.setRange(0, max(0, len(self.lines) * row - page))

    def _center(self, day: int) -> None:
        frame = self.frame
        self.horizontalScrollBar().setValue(round(self._axis.x(day) - (frame.right - frame.left) / 2))

    def _show_row(self) -> None:
        row, down = self._theme.px(ROW), self.verticalScrollBar()
        top = self._row * row
        page = down.pageStep()
        if top < down.value():
            down.setValue(top)
        elif top + row > down.value() + page:
            down.setValue(top + row - page)

    def row_rect(self, row: int) -> QRect:
        """A line in the viewport."""
        height = self._theme.px(ROW)
        top = self._theme.px(HEAD) + row * height - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), height)

    def mark_point(self, mark: Mark) -> QPointF:
        """Where a mark of the bar in hand stands in the viewport."""
        day = self.painter_of_bars.day_of(mark) or 0
        return QPointF(self.frame.x(day), self.row_rect(self._row).top() + self._theme.px(14) + self._theme.px(5) / 2)

    def _row_at(self, y: float) -> int:
        head = self._theme.px(HEAD)
        if y < head:
            return -1
        row = int((y - head + self.verticalScrollBar().value()) // self._theme.px(ROW))
        return row if row < len(self.lines) else -1

    def _mark_at(self, at: QPointF, row: int) -> Mark | None:
        bar, frame = self.lines.bar(row), self.frame
        if bar is None or not frame.left <= at.x() <= frame.right:
            return None
        found = [
            (abs(frame.x(day) - at.x()), mark)
            for mark in placed(bar)
            if (day := self.painter_of_bars.day_of(mark)) is not None
        ]
        near, mark = min(found, key=lambda pair: pair[0], default=(99.0, None))
        return mark if near <= _NEAR * self._theme.factor else None

    # ── mouse ────────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        row = self._row_at(event.position().y())
        if row < 0:
            return
        mark = self._mark_at(event.position(), row)
        self.choose_row(row)
        if mark is not None:
            self.choose_mark(mark.uid)
            self._press = event.position()
        heading = self.lines.heading(row)
        if heading is not None and event.position().x() < self.frame.left:
            self.turned.emit(heading.county)
        elif heading is None and mark is None and event.position().x() < self.frame.left:
            self.opened.emit(str(self.uid))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        heading = self.lines.heading(row)
        if heading is not None:
            self.turned.emit(heading.county)
        elif self.lines.bar(row) is not None:
            self.opened.emit(str(self.uid))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if self._target is not None or abs(at.x() - self._press.x()) > 3:
                self._drag(at)
            return
        row = self._row_at(at.y())
        mark = self._mark_at(at, row)
        can_move = mark is not None and not mark.actual and self.is_editable
        is_link = row >= 0 and at.x() < self.frame.left
        shape = (
            Qt.CursorShape.SizeHorCursor
            if can_move
            else Qt.CursorShape.PointingHandCursor
            if is_link
            else Qt.CursorShape.ArrowCursor
        )
        self.viewport().setCursor(shape)
        if row != self._hover:
            self._hover = row
            self.viewport().update()

    def _drag(self, at: QPointF) -> None:
        mark = self.mark
        if mark is None or not self._may_move(mark):
            self._press = None
            return
        frame = self.frame
        if at.x() > frame.right or at.x() < frame.left:  # beyond the edge the years come along
            across = self.horizontalScrollBar()
            across.setValue(across.value() + (24 if at.x() > frame.right else -24))
        self._target = self.frame.day(at.x())
        self._pending = snapped(self._target, to_days=self._tells_days)
        self._describe()
        self.viewport().update()

    @property
    def _tells_days(self) -> bool:
        return self._axis.day_width >= _TO_DAYS * self._theme.factor

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if self._target is not None:
            self.settle()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.viewport().update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_at(event.position().x(), 1.2 if event.angleDelta().y() > 0 else 1 / 1.2)
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across = self.horizontalScrollBar()
            across.setValue(across.value() - (event.angleDelta().y() or event.angleDelta().x()))
            event.accept()
        else:
            super().wheelEvent(event)

    def _zoom_at(self, x: float, by: float) -> None:
        """Scale the years so that the day under the mouse stays under it."""
        frame = self.frame
        x = min(max(x, frame.left), frame.right)
        day = (x - frame.left + frame.offset) / self._axis.day_width
        factor = self._theme.factor
        width = max(LEAST * factor, min(MOST * factor, self._axis.year_width * by))
        self._is_fitted = False
        self._axis = replace(self._axis, year_width=width, factor=factor)
        self._lay()
        self.horizontalScrollBar().setValue(round(day * self._axis.day_width - (x - frame.left)))
        self.zoomed.emit(self._axis.zoom)
        self.viewport().update()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row = self._row_at(QPointF(event.pos()).y())
            if row < 0:
                return
            mark = self._mark_at(QPointF(event.pos()), row)
            self.choose_row(row)
            if mark is not None:
                self.choose_mark(mark.uid)
            self.menu_asked.emit(event.globalPos())
        else:
            self.menu_asked.emit(self.viewport().mapToGlobal(self.row_rect(self._row).center()))

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        has_alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        has_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        page = max(1, self.verticalScrollBar().pageStep() // self._theme.px(ROW) - 1)
        rows = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }
        if has_alt and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._nudge(1 if key == Qt.Key.Key_Right else -1)
        elif has_control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            frame = self.frame
            self._zoom_at((frame.left + frame.right) / 2, 1 / 1.2 if key == Qt.Key.Key_Minus else 1.2)
        elif key in rows:
            self.choose_row(self._row + rows[Qt.Key(key)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose_row(0 if key == Qt.Key.Key_Home else len(self.lines) - 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape and (self._pending or self._mark):
            self._give_up()
        elif key == Qt.Key.Key_Delete and self.mark is not None and self.mark.forecast and self._may_move(self.mark):
            self.moved.emit(self.mark.uid, None)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        heading = self.lines.heading(self._row)
        if self._pending:
            self.settle()
        elif heading is not None:
            self.turned.emit(heading.county)
        elif self.uid is not None:
            self.opened.emit(self.uid)

    def _step(self, by: int) -> None:
        """← →: on a heading close or open it, on a bar take the mark before or after."""
        heading = self.lines.heading(self._row)
        if heading is not None:
            if (heading.county in self.lines.closed) == (by > 0):
                self.turned.emit(heading.county)
            return
        bar = self.bar
        marks = placed(bar) if bar else []
        if not marks:
            return
        at = next((number for number, mark in enumerate(marks) if mark.uid == self._mark), None)
        if at is None:
            waiting = [number for number, mark in enumerate(marks) if not mark.actual]
            at = waiting[0] if waiting else len(marks) - 1
        else:
            at = max(0, min(len(marks) - 1, at + by))
        self.choose_mark(marks[at].uid)

    def _nudge(self, by: int) -> None:
        """Alt+← →: the expected date of the mark in hand, a month or (at 月) a day at a time."""
        mark = self.mark
        if mark is None:
            self._step(1)
            return
        if not self._may_move(mark):
            return
        stored = self._pending or mark.at or ""
        if self._tells_days:
            day = self.painter_of_bars.calendar.days(stored)[1] + by
            self._pending = snapped(day, to_days=True)
        else:
            self._pending = add_months(stored, by)
        self._target = self.painter_of_bars.calendar.days(self._pending)[1]
        self._rest.start()
        self._describe()
        self.viewport().update()

    def _may_move(self, mark: Mark) -> bool:
        if mark.actual:
            self.refused.emit(f"“{mark.name}”已在 {show_date(mark.actual)} 完成，不再有预计日期。")
            return False
        if not self.is_editable:
            self.refused.emit("台账是只读打开的，不能改预计日期。")
        return self.is_editable

    def settle(self) -> None:
        """Write the date that a drag or the keys have come to."""
        self._rest.stop()
        mark, stored = self.mark, self._pending
        self._target, self._pending = None, ""
        if mark is not None and stored and stored != mark.forecast:
            self.moved.emit(mark.uid, stored)
        self._describe()
        self.viewport().update()

    def _give_up(self) -> None:
        """Esc: forget the date that was not written yet, then the mark in hand."""
        if self._pending:
            self._rest.stop()
            self._press = self._target = None
            self._pending = ""
        else:
            self._mark = ""
        self._describe()
        self.viewport().update()

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────

    def _tell_row(self) -> None:
        self._describe()
        self.row_chosen.emit(self.uid)

    def _describe(self) -> None:
        """What a screen reader says of the line and the mark in hand."""
        mark, bar, heading = self.mark, self.bar, self.lines.heading(self._row)
        words = ""
        if mark is not None:
            words = self.hint or explain_mark(mark, self._today, self.painter_of_bars.calendar).replace("\n", "，")
        elif bar is not None:
            words = f"{bar.subject.name}，{show_slip(bar.slip)}"
        elif heading is not None:
            words = f"{heading.title}，{len(heading.bars)} 项"
        self.setAccessibleDescription(words)

    @property
    def hint(self) -> str:
        """What is said while a mark is on its way; empty otherwise."""
        mark = self.mark
        return drag_hint(mark, self._pending, self.painter_of_bars.calendar) if mark and self._pending else ""

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.words_at(QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), words, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def words_at(self, at: QPointF) -> str:
        """What the mouse learns at a place."""
        row = self._row_at(at.y())
        bar = self.lines.bar(row)
        if bar is None:
            return ""
        mark = self._mark_at(at, row)
        if mark is not None:
            return explain_mark(mark, self._today, self.painter_of_bars.calendar)
        return self.painter_of_bars.explain_bar(bar)

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme, frame, draw = self._theme, self.frame, self.painter_of_bars
        paint.box(painter, theme, self.viewport().rect(), "surface")
        row, head = theme.px(ROW), theme.px(HEAD)
        first = self.verticalScrollBar().value() // row
        last = min(len(self.lines), first + self.viewport().height() // row + 2)
        bottom = min(frame.height, self.row_rect(len(self.lines)).top())
        painter.setClipRect(QRectF(0, head, frame.width, frame.height - head))
        for number in range(first, last):
            draw.ground(painter, frame, self.row_rect(number).top(), row, self._look(number))
        painter.save()
        painter.setClipRect(QRectF(frame.left, head, frame.right - frame.left, frame.height - head))
        draw.grid(painter, frame, head, bottom)
        for number in range(first, last):
            top = self.row_rect(number).top()
            line = self.lines.lines[number]
            if isinstance(line, Bar):
                draw.bar(painter, frame, top, line, self._look(number), self._today)
            else:
                draw.heading_line(painter, frame, top, row, line)
        draw.today(painter, frame, head, bottom, self._today)
        painter.restore()
        for number in range(first, last):
            top = self.row_rect(number).top()
            line = self.lines.lines[number]
            if isinstance(line, Bar):
                draw.words(painter, frame, top, row, line)
            else:
                draw.heading_words(painter, frame, top, row, line, line.county in self.lines.closed)
        draw.sides(painter, frame, head, bottom)
        painter.setClipping(False)
        draw.header(painter, frame, self._today)
        self._paint_hint(painter, frame)
        painter.end()

    def _look(self, row: int) -> Look:
        is_current = row == self._row
        return Look(
            is_current,
            row == self._hover,
            self.hasFocus(),
            self._mark if is_current else "",
            self._target if is_current else None,
        )

    def _paint_hint(self, painter: QPainter, frame: Frame) -> None:
        if not self.hint or self._target is None:
            return
        theme = self._theme
        width = paint.text_width(theme, self.hint, px=12) + theme.px(18)
        left = max(frame.left, min(frame.right - width, frame.x(self._target) + theme.px(12)))
        row = self.row_rect(self._row)
        top = row.bottom() + theme.px(2)
        if top + theme.px(26) > frame.height:
            top = row.top() - theme.px(28)
        area = QRectF(round(left), top, width, theme.px(26))
        paint.box(painter, theme, area, "surface", border="accent", radius=4)
        paint.text(painter, theme, area, self.hint, px=12, align=paint.CENTER)

    # ── Qt ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _restyle(self) -> None:
        self._axis = replace(
            self._axis,
            year_width=self._axis.year_width / self._axis.factor * self._theme.factor,
            factor=self._theme.factor,
        )
        self._lay()
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        frame = self.frame
        day = frame.day((frame.left + frame.right) / 2) if self._axis.width else None
        self._lay()
        if day is not None and not self._is_fitted:
            self._center(day)
        self._show_row()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)

    @property
    def today(self) -> dt.date:
        """The day of the red line."""
        return self._today
