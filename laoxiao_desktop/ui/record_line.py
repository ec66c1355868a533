"""The drawn line of milestones over time: what is done, due and late, where today stands, and the years."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.models.dates import first_day, last_day, show_date
from laoxiao_desktop.models.milestone import Milestone, State, state
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

_WORDS: dict[State, str] = {"done": "已完成", "late": "已逾期", "due": "30 天内到期", "open": "未到期"}


def dot(painter: QPainter, theme: Theme, center: QPointF, now: State) -> None:
    """The mark of a milestone: filled when done, a ring otherwise; late is larger and red, due is in accent."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    grow = theme.factor
    if now == "done":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bar"))
        painter.drawEllipse(center, 4 * grow, 4 * grow)
    else:
        token, radius, width = {
            "late": ("red", 5.0, 2.0),
            "due": ("accent", 4.5, 2.0),
            "open": ("ghost", 4.0, 1.5),
        }[now]
        painter.setPen(QPen(theme.color(token), width * grow))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(center, radius * grow, radius * grow)
    painter.restore()


def stands_at(milestone: Milestone) -> dt.date | None:
    """The day a milestone is drawn at: reached, else expected, else planned (a month at its last day)."""
    if milestone.actual:
        return first_day(milestone.actual)
    stored = milestone.forecast or milestone.planned
    return last_day(stored) if stored else None


class MilestoneLine(QWidget):
    """All milestones of a project on one line; `picked` gives the uid of the one that was clicked."""

    picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._milestones: tuple[Milestone, ...] = ()
        self._today = clock.today()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.setFixedHeight(self._theme.px(52))

    def show_milestones(self, milestones: Sequence[Milestone], today: dt.date) -> None:
        """Draw these as they stand `today`."""
        self._milestones, self._today = tuple(milestones), today
        counts = [sum(state(step, today) == kind for step in milestones) for kind in _WORDS]
        words = "，".join(f"{word} {count} 项" for word, count in zip(_WORDS.values(), counts, strict=True) if count)
        self.setAccessibleName(f"里程碑时间线：{words}")
        self.update()

    # Measures

    def _range(self) -> tuple[dt.date, dt.date] | None:
        days = [day for day in map(stands_at, self._milestones) if day is not None]
        if not days:
            return None
        first, last = min(*days, self._today), max(*days, self._today)
        slack = dt.timedelta(days=max(15, (last - first).days // 40))
        return first - slack, last + slack

    def _x(self, day: dt.date, span: tuple[dt.date, dt.date]) -> float:
        side = self._theme.px(6)
        return side + (self.width() - 2 * side) * (day - span[0]).days / max(1, (span[1] - span[0]).days)

    @property
    def _base(self) -> float:
        return self._theme.px(24) + 0.5

    def _under(self, x: float) -> Milestone | None:
        span = self._range()
        if span is None:
            return None
        placed = [(abs(self._x(day, span) - x), step) for step in self._milestones if (day := stands_at(step))]
        distance, nearest = min(placed, key=lambda pair: pair[0])
        return nearest if distance <= self._theme.px(8) else None

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        span = self._range()
        if span is None:
            return
        painter = QPainter(self)
        self._paint_line(painter, span)
        self._paint_years(painter, span)
        self._paint_today(painter, span)
        ranked = sorted(
            self._milestones, key=lambda step: ("open", "due", "done", "late").index(state(step, self._today))
        )
        for step in ranked:
            day = stands_at(step)
            if day is not None:
                dot(painter, self._theme, QPointF(self._x(day, span), self._base), state(step, self._today))
        painter.end()

    def _paint_line(self, painter: QPainter, span: tuple[dt.date, dt.date]) -> None:
        theme, thick = self._theme, max(2, self._theme.px(2))
        top = self._base - thick / 2
        painter.fillRect(QRectF(0, top, self.width(), thick), theme.color("track"))
        done = [first_day(step.actual) for step in self._milestones if step.actual]
        if done:
            painter.fillRect(QRectF(0, top, self._x(max(done), span), thick), theme.color("bar"))

    def _paint_years(self, painter: QPainter, span: tuple[dt.date, dt.date]) -> None:
        theme, free = self._theme, 0.0
        label = paint.text_width(theme, "2024", px=11)
        for year in range(span[0].year, span[1].year + 1):
            start = dt.date(year, 1, 1)
            if start < span[0] and span[1].year > year:
                continue
            x = self._x(max(start, span[0]), span)
            if x < free or x + label > self.width():
                continue
            paint.hairline(painter, theme, QPointF(x, self._base + theme.px(8)), theme.px(5), "line2", upright=True)
            area = QRectF(x + theme.px(3), self._base + theme.px(6), label + 2, theme.px(18))
            paint.text(painter, theme, area, str(year), "text3", px=11, elide=Qt.TextElideMode.ElideNone)
            free = x + label + theme.px(12)

    def _paint_today(self, painter: QPainter, span: tuple[dt.date, dt.date]) -> None:
        theme, x = self._theme, self._x(self._today, span)
        top = theme.px(4)
        width = paint.text_width(theme, "今天", px=11)
        painter.fillRect(QRectF(round(x), top, 1, self._base + theme.px(12) - top), theme.color("red"))
        left = x - width - theme.px(4) if x - width > theme.px(6) else x + theme.px(4)
        area = QRectF(left, 0, width + 2, theme.px(16))
        paint.text(painter, theme, area, "今天", "redt", px=11, elide=Qt.TextElideMode.ElideNone)

    # Mouse

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position().x())
        if found is not None:
            self.picked.emit(found.uid)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_on = self._under(event.position().x()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_on else Qt.CursorShape.ArrowCursor)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self._under(event.pos().x())
            QToolTip.showText(event.globalPos(), self._tip(found) if found else "", self)
            return True
        return super().event(event)

    def _tip(self, step: Milestone) -> str:
        dates = (("计划", step.planned), ("预计", step.forecast), ("实际", step.actual))
        told = "  ".join(f"{word} {show_date(stored)}" for word, stored in dates if stored)
        return f"{step.name}（{_WORDS[state(step, self._today)]}）\n{told}"
