"""How 进度图 is drawn: the header of years, a heading, a bar with its marks, and the line of today."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from laoxiao_desktop.models.gantt import FINAL_ACCOUNT, Bar, Calendar, Mark, mean_share, show_slip
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.gantt_axis import Axis
from laoxiao_desktop.ui.gantt_lines import placed, show_day
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace.gantt import BarGroup

ROW, HEAD, LEFT, RIGHT = 26, 44, 330, 136
WIDE, LEFT_OF_WIDE = 1500, 400  # where there is room, long names stand whole
_LANE = 5  # each of the two strips
_MARKS_FROM = 9.0  # logical pixels from mark to mark, below which only those of the bar in hand show
_LIGHTS: dict[str, paint.Light] = {"红": "red", "黄": "yellow"}
NONE = Qt.TextElideMode.ElideNone


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of the chart stand in the viewport: the names end at `left`, the figures begin at `right`."""

    axis: Axis
    left: float
    right: float
    offset: float  # how far the years are scrolled to the left
    width: float
    height: float

    def x(self, day: float) -> float:
        """Where a day begins in the viewport."""
        return self.left + (day - self.axis.start) * self.axis.day_width - self.offset

    def day(self, x: float) -> int:
        """The day at a place of the viewport."""
        return self.axis.day(x - self.left + self.offset)

    @property
    def middle(self) -> QRectF:
        """The years."""
        return QRectF(self.left, 0, max(0.0, self.right - self.left), self.height)


@dataclass(frozen=True, slots=True)
class Look:
    """How one line is to be seen: in hand, under the mouse; which mark is in hand, and where it is being dragged to."""

    is_current: bool = False
    is_hovered: bool = False
    has_focus: bool = False
    mark: str = ""
    dragged_to: int | None = None


class GanttPainter:
    """Draws with the strokes of `ui.paint`; days of stored dates are remembered."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.calendar = Calendar()

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────────

    def day_of(self, mark: Mark) -> float | None:
        """Where a mark stands: the middle of its last day."""
        return None if mark.at is None else self.calendar.days(mark.at)[1] + 0.5

    def shows_marks(self, bar: Bar, frame: Frame, look: Look) -> bool:
        """Whether the steps between start and end are drawn: those in hand always, others while they have room."""
        if look.is_current or look.is_hovered:
            return True
        reach = bar.reach
        if reach is None or len(bar.marks) < 2:
            return True
        room = (reach[1] - reach[0]) * frame.axis.day_width / (len(bar.marks) - 1)
        return room >= _MARKS_FROM * self._theme.factor

    # ── the header ───────────────────────────────────────────────────────────────────────────────────────────

    def header(self, painter: QPainter, frame: Frame, today: dt.date) -> None:
        """Years, their parts, the titles at both sides, and the day of today."""
        theme, height = self._theme, self._theme.px(HEAD)
        paint.box(painter, theme, QRectF(0, 0, frame.width, height), "head")
        painter.save()
        painter.setClipRect(QRectF(frame.left, 0, frame.right - frame.left, height))
        has_parts = frame.axis.zoom != "year"
        upper = QRectF(0, theme.px(3) if has_parts else 0, 0, theme.px(20) if has_parts else height)
        for year, first, after in frame.axis.years():
            left, right = frame.x(first), frame.x(after)
            seen_left, seen_right = max(left, frame.left), min(right, frame.right)
            if seen_right - seen_left < theme.px(36):
                continue  # no room for the word
            paint.hairline(painter, theme, QPointF(left, 0), height, upright=True)
            area = QRectF(seen_left, upper.top(), seen_right - seen_left, upper.height())
            paint.text(painter, theme, area, f"{year}年", "text2", px=12, medium=True, align=paint.CENTER, elide=NONE)
        if has_parts:
            for tick in frame.axis.ticks():
                area = QRectF(frame.x(tick.start), theme.px(24), frame.x(tick.end) - frame.x(tick.start), theme.px(18))
                if area.right() > frame.left and area.left() < frame.right:
                    paint.text(painter, theme, area, tick.word, "text3", px=11, align=paint.CENTER, elide=NONE)
        self._today_tag(painter, frame, today)
        painter.restore()
        self._titles(painter, frame, height)

    def _today_tag(self, painter: QPainter, frame: Frame, today: dt.date) -> None:
        theme = self._theme
        word = f"{today.month}月{today.day}日"
        width = paint.text_width(theme, word, px=11, medium=True) + theme.px(12)
        x = frame.x(today.toordinal() + 0.5)
        if not frame.left <= x <= frame.right:
            return
        left = max(frame.left + 1, min(frame.right - width - 1, x - width / 2))
        area = QRectF(left, theme.px(24), width, theme.px(18))
        paint.box(painter, theme, area, "red", radius=3)
        paint.text(painter, theme, area, word, "surface", px=11, medium=True, align=paint.CENTER, elide=NONE)

    def _titles(self, painter: QPainter, frame: Frame, height: float) -> None:
        theme = self._theme
        paint.text(
            painter,
            theme,
            QRectF(theme.px(16), 0, frame.left - theme.px(20), height),
            "项目名称",
            "text2",
            px=12,
            medium=True,
        )
        share, slip = self._columns(frame, 0, height)
        paint.text(painter, theme, share, "完成", "text2", px=12, medium=True)
        paint.text(painter, theme, slip, "偏差", "text2", px=12, medium=True, align=paint.RIGHT)
        thin = 1 / painter.device().devicePixelRatioF()
        paint.hairline(painter, theme, QPointF(0, height - thin), frame.width)
        for x in (frame.left, frame.right):
            paint.hairline(painter, theme, QPointF(x, 0), height, upright=True)

    def _columns(self, frame: Frame, top: float, height: float) -> tuple[QRectF, QRectF]:
        """The areas of 完成 and 偏差 in a line."""
        theme = self._theme
        share = QRectF(frame.right + theme.px(10), top, theme.px(50), height)
        slip = QRectF(share.right(), top, frame.width - theme.px(12) - share.right(), height)
        return share, slip

    # ── lines ────────────────────────────────────────────────────────────────────────────────────────────────

    def ground(self, painter: QPainter, frame: Frame, top: float, height: float, look: Look) -> None:
        """The ground of a line with its hairline."""
        token = "selectrow" if look.is_current else "hover" if look.is_hovered else "surface"
        paint.box(painter, self._theme, QRectF(0, top, frame.width, height), token)
        thin = 1 / painter.device().devicePixelRatioF()
        paint.hairline(painter, self._theme, QPointF(0, top + height - thin), frame.width)
        if look.is_current:
            paint.box(painter, self._theme, QRectF(0, top, 3, height), "accent" if look.has_focus else "line2")

    def grid(self, painter: QPainter, frame: Frame, top: float, bottom: float) -> None:
        """The upright lines where years and their parts begin; drawn once for all lines."""
        theme = self._theme
        for tick in frame.axis.ticks():
            x = frame.x(tick.start)
            if frame.left < x < frame.right:
                token = "line2" if tick.is_year else "line"
                paint.hairline(painter, theme, QPointF(x, top), bottom - top, token, upright=True)

    def today(self, painter: QPainter, frame: Frame, top: float, bottom: float, today: dt.date) -> None:
        """The red line of today."""
        x = frame.x(today.toordinal() + 0.5)
        if frame.left <= x <= frame.right:
            painter.fillRect(QRectF(round(x), top, 1, bottom - top), self._theme.color("red"))

    def sides(self, painter: QPainter, frame: Frame, top: float, bottom: float) -> None:
        """The lines between names, years and figures."""
        for x in (frame.left, frame.right):
            paint.hairline(painter, self._theme, QPointF(x, top), bottom - top, upright=True)

    def heading_words(
        self, painter: QPainter, frame: Frame, top: float, height: float, group: BarGroup, is_closed: bool
    ) -> None:
        """The name of a county, how many projects, and how far they are."""
        theme = self._theme
        side = theme.px(16)
        at = QPointF(theme.px(12), top + (height - side) / 2)
        paint.icon(painter, theme, at, "chevron_right" if is_closed else "chevron_down", "text3", 16)
        room = QRectF(theme.px(34), top, frame.left - theme.px(40), height)
        room.setLeft(room.left() + paint.text(painter, theme, room, group.title, medium=True) + theme.px(8))
        paint.text(painter, theme, room, f"{len(group.bars)} 项", "text3", px=12)
        share = mean_share(group.bars)
        if share is not None:
            area, _ = self._columns(frame, top, height)
            paint.text(painter, theme, area, f"{share} %", px=12, medium=True, elide=NONE)

    def heading_line(self, painter: QPainter, frame: Frame, top: float, height: float, group: BarGroup) -> None:
        """The reach of a county's bars as a thin line."""
        reaches = [reach for bar in group.bars if (reach := bar.reach)]
        if reaches:
            left, right = min(first for first, _ in reaches), max(last for _, last in reaches) + 1
            area = QRectF(frame.x(left), top + round(height / 2) - 1, frame.x(right) - frame.x(left), 2)
            paint.box(painter, self._theme, area.intersected(frame.middle), "line2")

    def words(self, painter: QPainter, frame: Frame, top: float, height: float, bar: Bar) -> None:
        """The name of a project and its two figures."""
        theme = self._theme
        area = QRectF(theme.px(34), top, frame.left - theme.px(42), height)
        paint.text(painter, theme, area, bar.subject.name, elide=Qt.TextElideMode.ElideMiddle)
        share, slip = self._columns(frame, top, height)
        if bar.share is None:
            paint.text(painter, theme, share, "—", "ghost", px=12)
        else:
            paint.text(painter, theme, share, f"{bar.share} %", "text2", px=12, elide=NONE)
        light = _LIGHTS.get(bar.light)
        token = f"{light}t" if light else "text2" if bar.slip is not None else "ghost"
        words = show_slip(bar.slip)
        paint.text(painter, theme, slip, words, token, px=12, medium=light is not None, align=paint.RIGHT, elide=NONE)
        if light:
            paint.shape(painter, theme, QPointF(slip.left() + theme.px(6), top + height / 2), light)

    def bar(self, painter: QPainter, frame: Frame, top: float, bar: Bar, look: Look, today: dt.date) -> None:
        """Plan above, reality below: reached, expected, and the steps as marks."""
        theme = self._theme
        lane, upper, lower = theme.px(_LANE), top + theme.px(6), top + theme.px(14)
        if bar.plan_start is not None:
            end = bar.plan_end if bar.plan_end is not None else frame.axis.end - 1
            self._strip(painter, frame, upper, lane, bar.plan_start, end, "bar2", is_open=bar.plan_end is None)
        light = _LIGHTS.get(bar.light)
        token = light or "bar"
        if bar.actual is not None:
            self._strip(painter, frame, lower, lane, *bar.actual, token)
        start = bar.actual[1] + 1 if bar.actual else today.toordinal()
        middle = lower + lane / 2
        if bar.forecast_end is not None:
            self._dots(painter, frame, middle, start, bar.forecast_end, "text3")
        elif bar.actual is not None and not bar.is_finished:
            self._dots(painter, frame, middle, start, today.toordinal(), token)
        self._marks(painter, frame, middle, bar, look, token)

    def _strip(
        self,
        painter: QPainter,
        frame: Frame,
        top: float,
        height: float,
        first: int,
        last: int,
        token: str,
        *,
        is_open: bool = False,
    ) -> None:
        left, right = frame.x(first), frame.x(last + 1)
        area = QRectF(left, top, max(right - left, height), height)
        area = area.intersected(frame.middle.adjusted(-8, 0, 8, 0))
        if area.isEmpty():
            return
        paint.box(painter, self._theme, area, token, radius=2)
        if is_open:  # the end is not known: it fades out in stripes
            for number in range(3):
                gap = QRectF(area.right() - 6 * (number + 1), top, 2, height)
                paint.box(painter, self._theme, gap, "surface")

    def _dots(self, painter: QPainter, frame: Frame, y: float, first: int, last: int, token: str) -> None:
        left, right = max(frame.x(first), frame.left), min(frame.x(last + 1), frame.right)
        if right <= left:
            return
        pen = QPen(self._theme.color(token), self._theme.factor)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(left, round(y) + 0.5), QPointF(right, round(y) + 0.5))

    def _marks(self, painter: QPainter, frame: Frame, y: float, bar: Bar, look: Look, token: str) -> None:
        theme = self._theme
        shows_all = self.shows_marks(bar, frame, look)
        has_begun = bar.actual is not None or bar.forecast_end is not None or look.is_current or look.is_hovered
        marks = placed(bar)
        for mark in marks:
            is_end = mark is marks[-1] or (mark.code == "M14" and marks[-1].code == "M15")
            if not has_begun and not mark.forecast:
                continue
            day = self.day_of(mark)
            if day is None or not (shows_all or (is_end and not mark.actual) or mark.uid == look.mark):
                continue
            if mark.uid == look.mark and look.dragged_to is not None:
                day = look.dragged_to + 0.5
            x = frame.x(day)
            if not frame.left - 8 <= x <= frame.right + 8:
                continue
            if mark.actual and not (look.is_current or look.is_hovered) and mark.code != FINAL_ACCOUNT:
                painter.fillRect(QRectF(x - 1, y - theme.px(_LANE) / 2, 2, theme.px(_LANE)), theme.color("surface"))
            else:
                self._mark(painter, QPointF(x, y), mark, is_end, is_chosen=mark.uid == look.mark, token=token)

    def _mark(self, painter: QPainter, at: QPointF, mark: Mark, is_end: bool, *, is_chosen: bool, token: str) -> None:
        """Reached: a filled diamond; open: a hollow one; the one in hand is ringed. In other lines a reached one is a notch."""
        theme = self._theme
        half = (4.5 if is_end else 3.5) * theme.factor
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(theme.color("surface"))
            ring = 8 * theme.factor
            painter.drawEllipse(at, ring, ring)
        diamond = QPolygonF([at + QPointF(*step) for step in ((0, -half), (half, 0), (0, half), (-half, 0))])
        painter.setPen(QPen(theme.color("surface" if mark.actual and not is_chosen else "text2"), 1.2))
        painter.setBrush(theme.color(token if mark.actual else "surface"))
        painter.drawPolygon(diamond)
        painter.restore()

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────

    def explain_bar(self, bar: Bar) -> str:
        """What the mouse learns of a bar."""
        lines = [bar.subject.name]
        if bar.plan_start is not None:
            end = show_day(bar.plan_end) if bar.plan_end is not None else "未定"
            lines.append(f"计划 {show_day(bar.plan_start)} — {end}")
        if bar.actual is not None:
            lines.append(f"实际 {show_day(bar.actual[0])} — {show_day(bar.actual[1])}（已完成节点）")
        if bar.forecast_end is not None:
            lines.append(f"预计完成 {show_day(bar.forecast_end)}")
        elif bar.actual is not None and not bar.is_finished:
            lines.append("计划已过，还没有填预计完成时间")
        if bar.light in _LIGHTS:
            lines.append(f"{bar.light}灯：{bar.why}")
        if not bar.marks:
            lines.append("还没有里程碑，横道按建设期限画")
        return "\n".join(lines)
