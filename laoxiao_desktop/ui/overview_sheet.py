"""The painted page of 总览 with a spot over everything that leads somewhere."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.overview_layout import (
    Layout,
    PlacedChart,
    PlacedFigure,
    PlacedSection,
    arrange,
    bar_parts,
)
from laoxiao_desktop.ui.overview_page import BarLine, ListLine, Page, Words, together
from laoxiao_desktop.ui.overview_spot import Spot
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.way import Way

NONE = Qt.TextElideMode.ElideNone
_HEIGHT_OF_BAR = 8


class OverviewSheet(QWidget):
    """Shows a Page. `way_wanted` carries the Way of a spot that was pressed."""

    way_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page = Page()
        self._layout = arrange(self._page, 1234, 625, theme.factor)
        self._room = QSize(1234, 625)
        self._spots: dict[str, Spot] = {}
        self._ways: dict[str, Way] = {}
        self.title_width = 0  # of a button that stands in the stead of the title; 0: the title is drawn
        self.setAccessibleName("总览")
        self.setAutoFillBackground(False)
        theme.changed.connect(self.relay)

    @property
    def page(self) -> Page:
        """What is shown."""
        return self._page

    @property
    def layout_now(self) -> Layout:
        """Where it stands."""
        return self._layout

    def show_page(self, page: Page) -> None:
        """Replace the page; a spot that is still there keeps the keyboard."""
        self._page = page
        self.relay()

    def fit(self, room: QSize) -> None:
        """The room the page has without scrolling."""
        if room != self._room:
            self._room = room
            self.relay()

    def relay(self) -> None:
        """Place everything again."""
        self._layout = arrange(self._page, self._room.width(), self._room.height(), self._theme.factor)
        self.setMinimumHeight(round(self._layout.height))
        self._place_spots()
        self.update()

    def spot(self, key: str) -> Spot:
        """The spot with a key; KeyError when there is none."""
        return self._spots[key]

    def spots(self) -> tuple[Spot, ...]:
        """All spots in the order of the keyboard."""
        return tuple(self._spots.values())

    def way(self, key: str) -> Way:
        """Where a spot leads."""
        return self._ways[key]

    # ── spots ────────────────────────────────────────────────────────────────────────────────────────────────

    def _wanted(self) -> Iterable[tuple[str, QRectF, Way, str, str]]:
        """(key, area, way, name, hint) of every spot, in reading order."""
        for figure in self._layout.figures:
            yield from self._of_figure(figure)
        for chart in self._layout.charts:
            yield from self._of_chart(chart)
        for section in self._layout.sections:
            yield from self._of_section(section)

    def _of_figure(self, placed: PlacedFigure) -> Iterable[tuple[str, QRectF, Way, str, str]]:
        figure, area = placed.figure, placed.area.adjusted(-6, 0, -14, 0)
        words = "".join(note.text for note in figure.notes)
        name = f"{figure.label or words} {figure.value} {figure.unit}".strip()
        split = area.height() - self._theme.px(22)
        if figure.way is not None and figure.note_way is not None:
            yield (
                f"figure:{figure.key}",
                QRectF(area.topLeft(), area.size()).adjusted(0, 0, 0, split - area.height()),
                figure.way,
                f"{name}，{figure.says}",
                figure.says,
            )
            below = QRectF(area.left(), area.top() + split, area.width(), area.height() - split)
            yield f"note:{figure.key}", below, figure.note_way, words, words
        elif figure.way is not None:
            yield f"figure:{figure.key}", area, figure.way, f"{name}，{words}，{figure.says}", figure.says

    def _of_chart(self, placed: PlacedChart) -> Iterable[tuple[str, QRectF, Way, str, str]]:
        for line, area in placed.lines:
            parts = bar_parts(placed.chart, area, self._theme.factor)
            cells = "，".join(
                f"{title} {words.text}".strip()
                for (title, _), words in zip(placed.chart.columns, line.cells, strict=False)
                if words.text
            )
            right = parts.lights[0].left() if parts.lights else area.right()
            if line.way is not None:
                whole = QRectF(area.left() - 6, area.top(), right - area.left() + 6, area.height())
                yield (
                    f"bar:{line.key}",
                    whole,
                    line.way,
                    f"{line.name} {cells}，{line.says}",
                    f"{line.name}  {line.says}",
                )
            for (light, count, way), spot in zip(line.lights, parts.lights, strict=False):
                if way is not None:
                    word = f"{line.name} {paint.LIGHT_WORDS[light]}灯 {count} 项"
                    yield f"light:{line.key}:{light}", spot, way, word, word
        if placed.rest:
            way = together(placed.rest)
            if way is not None:
                names = "、".join(line.name for line in placed.rest)
                yield f"rest:{placed.chart.key}", placed.rest_area.adjusted(-6, 0, 0, 0), way, f"其余：{names}", names

    def _of_section(self, placed: PlacedSection) -> Iterable[tuple[str, QRectF, Way, str, str]]:
        section = placed.section
        if section.link and section.way is not None:
            width = paint.text_width(self._theme, section.link, px=12) + 8
            area = QRectF(placed.head.right() - width, placed.head.top(), width + 4, placed.head.height())
            words = f"{section.title} {section.count if section.count is not None else ''} {section.link}"
            yield f"link:{section.key}", area, section.way, words, ""
        for line, area in placed.lines:
            if line.way is not None:
                words = " ".join(part for part in (line.text, line.middle, line.right) if part)
                hint = (
                    line.says
                    if line.says.startswith(line.text)
                    else f"{line.text}\n{line.says}"
                    if line.says
                    else line.text
                )
                yield f"line:{line.key}", area.adjusted(-6, 0, 4, 0), line.way, f"{words}，{line.says}", hint

    def _place_spots(self) -> None:
        before = self._spots
        self._spots, self._ways = {}, {}
        last: QWidget | None = None
        for key, area, way, name, hint in self._wanted():
            if key in self._spots:
                continue
            spot = before.pop(key, None) or self._new_spot(key)
            spot.setGeometry(QRect(round(area.left()), round(area.top()), round(area.width()), round(area.height())))
            spot.say(name, hint)
            spot.show()
            self._spots[key], self._ways[key] = spot, way
            if last is not None:
                QWidget.setTabOrder(last, spot)
            last = spot
        lost_focus = any(spot.hasFocus() for spot in before.values())
        for spot in before.values():
            spot.hide()
            spot.setParent(None)
            spot.deleteLater()
        if lost_focus and self._spots:
            next(iter(self._spots.values())).setFocus()

    def _new_spot(self, key: str) -> Spot:
        spot = Spot(key, self._theme, self)
        spot.clicked.connect(lambda: self.way_wanted.emit(self._ways[key]))
        spot.stepped.connect(lambda across, down: self._step(key, across, down))
        spot.lit.connect(self.update)
        return spot

    def _step(self, key: str, across: int, down: int) -> None:
        """The nearest spot in the direction of an arrow takes the keyboard."""
        here = QRectF(self._spots[key].geometry())
        found: list[tuple[float, Spot]] = []
        for other in self._spots.values():
            there = QRectF(other.geometry())
            ahead = (
                (there.left() - here.right() if across > 0 else here.left() - there.right())
                if across
                else (there.top() - here.bottom() if down > 0 else here.top() - there.bottom())
            )
            if ahead < -4 or other.key == key:
                continue
            aside = (
                max(0.0, there.top() - here.bottom(), here.top() - there.bottom())
                if across
                else max(0.0, there.left() - here.right(), here.left() - there.right())
            )
            centre = abs(there.center().y() - here.center().y()) if across else abs(there.left() - here.left())
            found.append((ahead + aside * 6 + centre * 0.1, other))
        if found:
            min(found, key=lambda pair: pair[0])[1].setFocus(Qt.FocusReason.TabFocusReason)

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, layout = QPainter(self), self._theme, self._layout
        paint.box(painter, theme, self.rect(), "surface")
        for spot in self._spots.values():
            if spot.is_lit:
                paint.box(painter, theme, spot.geometry(), "hover", radius=4)
        self._paint_title(painter)
        for figure in layout.figures:
            self._paint_figure(painter, figure)
        side = theme.px(24)
        paint.hairline(painter, theme, QPointF(side, layout.rule), self.width() - 2 * side)
        for number, chart in enumerate(layout.charts):
            if number:
                paint.hairline(
                    painter, theme, QPointF(chart.head.left(), chart.head.top() - theme.px(6)), chart.head.width()
                )
            self._paint_chart(painter, chart)
        if layout.divider:
            top = layout.rule + theme.px(12)
            paint.hairline(
                painter, theme, QPointF(layout.divider, top), self.height() - top - theme.px(12), upright=True
            )
        for section in layout.sections:
            self._paint_section(painter, section)
        painter.end()

    def _paint_title(self, painter: QPainter) -> None:
        theme, area = self._theme, self._layout.title
        width: float = self.title_width
        if not width:
            width = paint.text(painter, theme, area, self._page.title, px=18, medium=True)
        room = area.adjusted(width + theme.px(14), theme.px(3), -theme.px(150), 0)
        paint.text(painter, theme, room, self._page.subtitle, "text3", px=12)
        notice = self._layout.notice
        if self._page.notice:
            paint.box(painter, theme, notice, "select", radius=4)
            at = QPointF(notice.left() + theme.px(12), notice.center().y() - theme.px(8))
            paint.icon(painter, theme, at, "calendar", "accent2", 16)
            words = notice.adjusted(theme.px(36), 0, -theme.px(140), 0)
            paint.text(painter, theme, words, self._page.notice, "text")

    def _paint_figure(self, painter: QPainter, placed: PlacedFigure) -> None:
        theme, figure, area = self._theme, placed.figure, placed.area
        label = QRectF(area.left(), area.top(), area.width() - theme.px(8), theme.px(20))
        paint.text(painter, theme, label, figure.label, "text3", px=12)
        big = QRectF(
            area.left(), label.bottom(), area.width() - theme.px(8), area.height() - theme.px(20) - theme.px(24)
        )
        token = "text" if figure.is_known else "ghost"
        if figure.light is not None:
            token = "text" if figure.light == "green" else f"{figure.light}t"
            paint.shape(painter, theme, QPointF(big.left() + theme.px(7), big.center().y() + 1), figure.light)
            big.setLeft(big.left() + theme.px(20))
        size = 26.0
        room = big.width() - (paint.text_width(theme, figure.unit, px=12) + theme.px(5) if figure.unit else 0)
        while size > 18 and paint.text_width(theme, figure.value, px=size, medium=True) > room:
            size -= 1
        width = paint.text(painter, theme, big, figure.value, token, px=size, medium=True, elide=NONE)
        unit = big.adjusted(width + theme.px(5), theme.px(5), theme.px(8), 0)
        paint.text(painter, theme, unit, figure.unit, "text3", px=12, elide=NONE)
        notes = QRectF(area.left(), big.bottom(), area.width() - theme.px(8), theme.px(20))
        self._paint_words(painter, notes, figure.notes)

    def _paint_words(self, painter: QPainter, area: QRectF, words: Iterable[Words]) -> None:
        for piece in words:
            if area.width() <= 4:
                return
            width = paint.text(painter, self._theme, area, piece.text, piece.tone, px=12, medium=piece.medium)
            area = area.adjusted(width, 0, 0, 0)

    def _paint_chart(self, painter: QPainter, placed: PlacedChart) -> None:
        theme, chart = self._theme, placed.chart
        parts = bar_parts(chart, placed.head, theme.factor)
        width = paint.text(painter, theme, placed.head, chart.question, px=14, medium=True)
        titles = any(title for title, _ in chart.columns)
        end = parts.cells[0].left() if titles else placed.head.right() if not chart.has_lights else parts.bar.right()
        if chart.note:
            room = QRectF(placed.head.left() + width + theme.px(20), placed.head.top() + 1, 0, placed.head.height())
            room.setRight(end - theme.px(8) if titles else placed.head.right())
            align = paint.LEFT if titles else paint.RIGHT
            paint.text(painter, theme, room, _whole_part(theme, chart.note, room.width()), "text3", px=12, align=align)
        for (title, _), area in zip(chart.columns, parts.cells, strict=True):
            name, _, unit = title.partition(" ")
            unit_width = paint.text_width(theme, unit, px=11) + theme.px(4) if unit else 0.0
            paint.text(painter, theme, area, unit, "text3", px=11, align=paint.RIGHT, elide=NONE)
            paint.text(
                painter,
                theme,
                area.adjusted(-theme.px(20), 0, -unit_width, 0),
                name,
                "text3",
                px=12,
                align=paint.RIGHT,
                elide=NONE,
            )
        for line, area in placed.lines:
            self._paint_bar(painter, placed, line, area)
        if placed.rest:
            self._paint_rest(painter, placed)
        elif not chart.lines:
            paint.text(painter, theme, placed.rest_area, chart.empty, "text3", px=12)

    def _paint_bar(self, painter: QPainter, placed: PlacedChart, line: BarLine, area: QRectF) -> None:
        theme = self._theme
        parts = bar_parts(placed.chart, area, theme.factor)
        paint.text(painter, theme, parts.name, line.name)
        paint.text(painter, theme, parts.count, line.count, "text3", px=12, align=paint.RIGHT)
        thick = theme.px(_HEIGHT_OF_BAR)
        room = QRectF(parts.bar.left(), round(area.center().y() - thick / 2), parts.bar.width() - theme.px(12), thick)
        paint.box(painter, theme, room, "track", radius=2)
        for share, token in ((line.second, "bar2"), (line.share, "bar")):
            if share > 0:
                filled = QRectF(room.left(), room.top(), max(2.0, room.width() * min(1.0, share)), thick)
                paint.box(painter, theme, filled, token, radius=2)
        if line.tick is not None:
            x = round(room.left() + room.width() * min(1.0, max(0.0, line.tick)))
            painter.fillRect(QRectF(x - 1, room.top() - theme.px(4), 2, thick + theme.px(8)), theme.color("tick"))
        for words, cell in zip(line.cells, parts.cells, strict=False):
            px = 13 if words.medium and words.tone == "text" else 12
            paint.text(
                painter, theme, cell, words.text, words.tone, px=px, medium=words.medium, align=paint.RIGHT, elide=NONE
            )
        for (light, count, _), cell in zip(line.lights, parts.lights, strict=False):
            if count:
                centre = QPointF(cell.right() - theme.px(22), area.center().y())
                paint.shape(painter, theme, centre, light)
                paint.text(
                    painter, theme, cell, str(count), f"{light}t", px=12, medium=True, align=paint.RIGHT, elide=NONE
                )

    def _paint_rest(self, painter: QPainter, placed: PlacedChart) -> None:
        theme, area = self._theme, placed.rest_area
        names = "、".join(line.name for line in placed.rest)
        width = paint.text(painter, theme, area, f"其余 {len(placed.rest)} 个", "accent2", px=12)
        paint.text(painter, theme, area.adjusted(width + theme.px(12), 0, 0, 0), names, "text3", px=12)

    def _paint_section(self, painter: QPainter, placed: PlacedSection) -> None:
        theme, section, head = self._theme, placed.section, placed.head
        width = paint.text(painter, theme, head, section.title, px=14, medium=True)
        if section.count is not None:
            room = head.adjusted(width + theme.px(8), 0, 0, 0)
            paint.text(painter, theme, room, str(section.count), section.tone, px=14)
        if section.link:
            paint.text(painter, theme, head, section.link, "accent2", px=12, align=paint.RIGHT)
        widest = max((paint.text_width(theme, line.right, px=12) for line, _ in placed.lines), default=0.0)
        middle = max((paint.text_width(theme, line.middle, px=12) for line, _ in placed.lines), default=0.0)
        for line, area in placed.lines:
            self._paint_line(painter, line, area, widest, middle)
        if placed.empty.isValid():
            paint.text(painter, theme, placed.empty, section.empty, "text3", px=12)

    def _paint_line(self, painter: QPainter, line: ListLine, area: QRectF, widest: float, middle: float) -> None:
        """A line of a list; `widest` and `middle` are the room that the right and middle words of the list take."""
        theme = self._theme
        left, gap = area.left(), theme.px(16)
        if line.light is not None:
            paint.shape(painter, theme, QPointF(left + theme.px(6), area.center().y()), line.light)
            left += theme.px(20)
        widest = min(widest, area.width() * 0.5)
        right = QRectF(area.right() - widest - 1, area.top(), widest + 1, area.height())
        paint.text(painter, theme, right, line.right, line.tone, px=12, align=paint.RIGHT)
        end = right.left() - (gap if widest else 0)
        if middle:
            between = QRectF(end - middle - 1, area.top(), middle + 1, area.height())
            paint.text(painter, theme, between, line.middle, "text2", px=12)
            end = between.left() - gap
        words = QRectF(left, area.top(), max(0.0, end - left), area.height())
        paint.text(painter, theme, words, line.text, "text", elide=Qt.TextElideMode.ElideMiddle)


def _whole_part(theme: Theme, note: str, room: float) -> str:
    """As many of a note's clauses as find room; a clause is never cut."""
    while note and paint.text_width(theme, note, px=12) > room:
        note = note.rpartition("，")[0]
    return note
