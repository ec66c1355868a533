"""The chart of 进度图: lines and years scrolled, marks dragged or moved by keys; only what is in sight is drawn."""

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
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
from laoxiao_desktop.models.gantt import Bar, Mark
from laoxiao_desktop.ui import gantt_keys, gantt_mouse
from laoxiao_desktop.ui.gantt_axis import LEAST, MOST, YEAR_WIDTH, Axis, Zoom, years_of
from laoxiao_desktop.ui.gantt_lines import Lines, placed
from laoxiao_desktop.ui.gantt_moving import Moving
from laoxiao_desktop.ui.gantt_paint import HEAD, LEFT, LEFT_OF_WIDE, RIGHT, ROW, WIDE, Frame, GanttPainter, Look
from laoxiao_desktop.ui.gantt_scene import draw
from laoxiao_desktop.ui.gantt_words import explain_mark, line_words
from laoxiao_desktop.ui.theme import Theme

_NEAR = 8  # pixels within which a mark is met


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
        self.moving = Moving(self, self)
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
        left = min(float(theme.px(LEFT_OF_WIDE if size.width() >= theme.px(WIDE) else LEFT)), size.width() * 0.32)
        return Frame(self._axis, left, right, self.horizontalScrollBar().value(), size.width(), size.height())

    def copy_text(self) -> str:
        """The line in hand for the clipboard, or what a screen reader says of a heading."""
        bar = self.bar
        return line_words(bar, self._today, self.painter_of_bars.calendar) if bar else gantt_mouse.words_in_hand(self)

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
    def today(self) -> dt.date:
        """The day of the red line."""
        return self._today

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
        self.describe()
        self.viewport().update()

    def zoom_to(self, zoom: Zoom) -> None:
        """年, 季 or 月; the middle stays in the middle."""
        frame = self.frame
        day = frame.day((frame.left + frame.right) / 2)
        self._is_fitted = zoom != "month"
        self._axis = replace(self._axis, year_width=YEAR_WIDTH[zoom] * self._theme.factor, factor=self._theme.factor)
        if self._is_fitted:
            self._axis = self._axis.fitted(zoom, self.frame.right - self.frame.left, self._theme.factor)
        self._lay()
        self._center(day)
        self.zoomed.emit(self._axis.zoom)
        self.viewport().update()

    def go_to_today(self) -> None:
        """Bring today into the middle."""
        self._center(self._today.toordinal())

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _lay(self) -> None:
        if self._is_fitted:
            room = self.frame.right - self.frame.left
            self._axis = self._axis.fitted(self._axis.zoom, room, self._theme.factor)
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

    def row_at(self, y: float) -> int:
        """The line at a height of the viewport; -1 for none."""
        head = self._theme.px(HEAD)
        if y < head:
            return -1
        row = int((y - head + self.verticalScrollBar().value()) // self._theme.px(ROW))
        return row if row < len(self.lines) else -1

    def mark_at(self, at: QPointF, row: int) -> Mark | None:
        """The mark of a line near a place."""
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
        gantt_mouse.press(self, self.moving, event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        gantt_mouse.double_click(self, event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.moving.press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.moving.drag(event.position())
            return
        row = gantt_mouse.point(self, event)
        if row != self._hover:
            self._hover = row
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.moving.let_go()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.viewport().update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_at(event.position().x(), 1.2 if event.angleDelta().y() > 0 else 1 / 1.2)
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across = self.horizontalScrollBar()
            across.setValue(across.value() - (event.angleDelta().y() or event.angleDelta().x()))
            event.accept()
        else:
            super().wheelEvent(event)

    def zoom_at(self, x: float, by: float) -> None:
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
            row = self.row_at(QPointF(event.pos()).y())
            if row < 0:
                return
            mark = self.mark_at(QPointF(event.pos()), row)
            self.choose_row(row)
            if mark is not None:
                self.choose_mark(mark.uid)
            self.menu_asked.emit(event.globalPos())
        else:
            self.menu_asked.emit(self.viewport().mapToGlobal(self.row_rect(self._row).center()))

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not gantt_keys.press(self, self.moving, event):
            super().keyPressEvent(event)

    def settle(self) -> None:
        """Write the date that a drag or the keys have come to."""
        self.moving.settle()

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────

    def _tell_row(self) -> None:
        self.describe()
        self.row_chosen.emit(self.uid)

    def describe(self) -> None:
        """What a screen reader says of the line and the mark in hand."""
        self.setAccessibleDescription(gantt_mouse.words_in_hand(self))

    @property
    def hint(self) -> str:
        """What is said while a mark is on its way; empty otherwise."""
        return self.moving.hint

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(QPointF(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def words_at(self, at: QPointF) -> str:
        """What the mouse learns at a place."""
        row = self.row_at(at.y())
        bar = self.lines.bar(row)
        if bar is None:
            return ""
        mark = self.mark_at(at, row)
        if mark is not None:
            return explain_mark(mark, self._today, self.painter_of_bars.calendar)
        return self.painter_of_bars.explain_bar(bar)

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        looks = {self._hover: Look(is_hovered=True)}
        looks[self._row] = Look(True, False, self.hasFocus(), self._mark, self.moving.target)
        hint = (self.hint, self.row_rect(self._row)) if self.hint else None
        draw(
            painter,
            self._theme,
            self.painter_of_bars,
            self.frame,
            self.lines,
            self.verticalScrollBar().value(),
            looks,
            self._today,
            hint,
        )
        painter.end()

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

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)
