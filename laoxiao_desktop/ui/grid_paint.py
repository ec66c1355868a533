"""How a row of the project grid is drawn: ground, hairline, figures, bars, lights and headings."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QStaticText

from laoxiao_desktop.models.query import Group
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.grid_cells import (
    LIGHT_NAMES,
    REQUEST_LIMIT,
    Line,
    done_reason,
    done_shares,
    group_text,
    is_above_limit,
    light_of,
    light_reason,
    ratio_reason,
    worst_of,
)
from laoxiao_desktop.ui.grid_columns import COLUMNS, Column
from laoxiao_desktop.ui.grid_parts import SheetLine, Span
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace.glances import Gathered

PADDING = 8
ROW, GROUP_ROW = 30, 34
_CACHED = 6000


class GridPainter:
    """Draws cells with shaped texts kept from paint to paint, which is what makes scrolling and typing light."""

    def __init__(self, theme: Theme, columns: Sequence[Column] = COLUMNS) -> None:
        self._theme = theme
        self.columns = columns
        self._words_sought: tuple[str, ...] = ()
        self.initials: Callable[[str], str] | None = None  # pinyin initials, once they are loaded
        theme.changed.connect(self.forget)
        self.forget()

    def forget(self) -> None:
        """Drop everything that depends on the look."""
        theme = self._theme
        self._texts: dict[tuple[str, float, bool], tuple[QStaticText, float]] = {}
        self._cut: dict[tuple[str, float], str] = {}
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[float, bool], QFont] = {}
        self._metrics: dict[tuple[float, bool], QFontMetricsF] = {}
        for px in (11, 12, 13):
            for medium in (False, True):
                self._fonts[px, medium] = theme.font(px, medium)
                self._metrics[px, medium] = QFontMetricsF(self._fonts[px, medium])
        self._pad = theme.px(PADDING)

    def seek(self, search: str) -> None:
        """Mark the words of a search where they stand from now on."""
        self._words_sought = tuple(search.casefold().split())

    def color(self, token: str) -> QColor:
        """A token's colour, made once."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = self._theme.color(token)
        return found

    def text_width(self, words: str, px: float = 13, medium: bool = False) -> float:
        """The width of one line."""
        return self._shaped(words, px, medium)[1]

    def cell(self, painter: QPainter, rect: QRectF, number: int, line: Line) -> None:
        """The content of one cell of a project."""
        column = self.columns[number]
        words = line.text(number)
        if not words:
            return
        if column.style == "light":
            state = light_of(line.values)
            if state is not None:
                paint.light(painter, self._theme, rect, state)
        elif column.style == "done":
            done, passed = done_shares(line.values)
            self.bar(painter, rect, words, done, "text", passed, figure=24)
        elif column.style == "ratio":
            ratio = line.values.get("ratio")
            share = float(ratio) if isinstance(ratio, int | float) else 0.0
            token = "yellowt" if is_above_limit(share) else "text"
            self.bar(painter, rect, words, share, token, REQUEST_LIMIT)
        elif column.style == "milestone":
            done, count = line.whole("milestone_done") or 0, line.whole("milestone_count") or 1
            self.bar(painter, rect, words, done / count, "text", None)
        else:
            self.words(painter, rect, column, words)

    def heading(
        self,
        painter: QPainter,
        rect: QRectF,
        group: Group,
        told: Gathered | None,
        spans: Sequence[Span],
        title_right: float,
        is_closed: bool,
    ) -> None:
        """A heading: chevron, title and count over the first columns, subtotals in theirs."""
        theme, pad = self._theme, self._pad
        painter.save()
        painter.setClipRect(QRectF(title_right, rect.top(), rect.width(), rect.height()))
        for span in spans:
            column = self.columns[span.number]
            words = group_text(column, group.sums, told)
            if words:
                cell = QRectF(rect.left() + span.left, rect.top(), span.width, rect.height())
                if column.style in ("ratio", "done"):
                    cell.setWidth(theme.px(24) + 2 * pad)
                if column.style == "light" and told is not None:
                    self._light_count(painter, cell, told)
                else:
                    self.right(painter, cell.adjusted(pad, 0, -pad, 0), words, "text", medium=True)
        painter.restore()
        size = theme.px(16)
        middle = rect.center().y()
        icon = "chevron_right" if is_closed else "chevron_down"
        paint.icon(painter, theme, QPointF(theme.px(14), round(middle - size / 2)), icon, "text2")
        left = float(theme.px(38))
        title = group.title or "未填写"
        count = f"{group.sums.count} 项"
        room = title_right - left - self.text_width(count, 12) - 2 * pad
        title = self.elided(title, room, medium=True)
        self.draw(painter, left, middle, title, "text", 13, True)
        self.draw(painter, left + self.text_width(title, 13, True) + pad, middle, count, "text3", 12, False)

    def _light_count(self, painter: QPainter, cell: QRectF, told: Gathered) -> None:
        """The worst light of a group and how many have it, where the lights of its rows stand."""
        state = worst_of(told)
        if state is not None:
            theme, number = self._theme, told.lights[LIGHT_NAMES[state]]
            count = f"{LIGHT_NAMES[state]} {number}"
            if theme.px(16) + self.text_width(count, 13, True) > cell.width():
                count = str(number)  # the shape still tells
            left = cell.center().x() - (theme.px(16) + self.text_width(count, 13, True)) / 2
            paint.shape(painter, theme, QPointF(left + theme.px(6), cell.center().y()), state)
            self.draw(painter, left + theme.px(16), cell.center().y(), count, f"{state}t", 13, True)

    def refused(self, painter: QPainter, rect: QRectF, words: str, *, is_right: bool) -> None:
        """A wrong value that was kept in its cell."""
        painter.fillRect(rect, self.color("redbg"))
        edge = QRectF(rect.left(), rect.top(), self._theme.px(2), rect.height())
        painter.fillRect(edge, self.color("red"))
        inner = rect.adjusted(self._pad, 0, -self._pad, 0)
        if is_right:
            self.right(painter, inner, words, "redt")
        else:
            self.draw(painter, inner.left(), inner.center().y(), self.elided(words, inner.width()), "redt", 13, False)

    def explain(self, number: int, line: SheetLine, width: float) -> str:
        """Why a light or a share stands as it does, or the whole of a text that is cut."""
        style = self.columns[number].style
        if style == "light" or self.columns[number].name == "why":
            return light_reason(line.values)
        if style == "ratio":
            return ratio_reason(line.values)
        if style == "done":
            return done_reason(line.values)
        words = line.text(number)
        return words if self.is_cut(number, words, width) else ""

    def is_cut(self, number: int, words: str, width: float) -> bool:
        """Whether a text does not find room in a column of this width."""
        style = self.columns[number].style
        return style not in ("ratio", "milestone", "light", "done") and self.text_width(words) > width - 2 * self._pad

    def words(self, painter: QPainter, rect: QRectF, column: Column, words: str) -> None:
        inner = rect.adjusted(self._pad, 0, -self._pad, 0)
        if column.is_right:
            self.right(painter, inner, words, "text" if column.style == "number" else "text2")
            return
        shown = self.elided(words, inner.width())
        if self._words_sought:
            self._mark(painter, inner, shown)
        token = "text" if column.style == "text" else "text2"
        self.draw(painter, inner.left(), inner.center().y(), shown, token, 13, False)

    def sought(self, words: str) -> list[tuple[int, int]]:
        """Where the words of the search stand in a text, by themselves or by their pinyin initials."""
        found: list[tuple[int, int]] = []
        folded = words.casefold()
        for word in self._words_sought:
            at = folded.find(word)
            if at < 0 and self.initials is not None and word.isascii():
                letters = self.initials(words)
                at = letters.find(word) if len(letters) == len(words) else -1
            if at >= 0:
                found.append((at, at + len(word)))
        return found

    def _mark(self, painter: QPainter, inner: QRectF, shown: str) -> None:
        """Tint the words that are searched for where they stand."""
        metrics, half = self._metrics[13, False], self._theme.px(9)
        for start, end in self.sought(shown):
            left = inner.left() + metrics.horizontalAdvance(shown[:start])
            width = metrics.horizontalAdvance(shown[start:end])
            tint = QRectF(left, inner.center().y() - half, width, 2 * half)
            painter.fillRect(tint, self.color("yellowbg"))

    def bar(
        self,
        painter: QPainter,
        rect: QRectF,
        words: str,
        share: float,
        token: str,
        tick: float | None,
        figure: int = 0,
    ) -> None:
        """A figure and a bar with a mark; `figure` is the room of the figure at 100 %."""
        theme = self._theme
        figure = theme.px(figure or (24 if tick is not None else 34))
        inner = rect.adjusted(self._pad, 0, -self._pad, 0)
        self.right(painter, QRectF(inner.left(), inner.top(), figure, inner.height()), words, token)
        left = inner.left() + figure + theme.px(8)
        track = QRectF(left, round(inner.center().y()) - theme.px(2), max(0.0, inner.right() - left), theme.px(4))
        if track.width() < theme.px(12):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = track.height() / 2
        painter.setBrush(self.color("track"))
        painter.drawRoundedRect(track, radius, radius)
        if share > 0:
            painter.setBrush(self.color("bar"))
            done = QRectF(track.topLeft(), QSizeF(max(track.height(), track.width() * min(1.0, share)), track.height()))
            painter.drawRoundedRect(done, radius, radius)
        painter.restore()
        if tick is not None:
            at = round(track.left() + track.width() * tick)
            painter.fillRect(QRectF(at, track.center().y() - theme.px(5), 1, theme.px(10)), self.color("tick"))

    def right(self, painter: QPainter, rect: QRectF, words: str, token: str, medium: bool = False) -> None:
        width = self._shaped(words, 13, medium)[1]
        if width > rect.width():
            words = self.elided(words, rect.width(), medium=medium)
            width = self._shaped(words, 13, medium)[1]
        self.draw(painter, rect.right() - width, rect.center().y(), words, token, 13, medium)

    def draw(
        self, painter: QPainter, left: float, middle: float, words: str, token: str, px: float, medium: bool
    ) -> None:
        shaped, _ = self._shaped(words, px, medium)
        painter.setFont(self._fonts[px, medium])
        painter.setPen(self.color(token))
        painter.drawStaticText(QPointF(left, round(middle - shaped.size().height() / 2)), shaped)

    def _shaped(self, words: str, px: float, medium: bool) -> tuple[QStaticText, float]:
        key = (words, px, medium)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) > _CACHED:
                self._texts.clear()
            shaped = QStaticText(words)
            shaped.setTextFormat(Qt.TextFormat.PlainText)
            shaped.prepare(font=self._fonts[px, medium])
            found = self._texts[key] = (shaped, shaped.size().width())
        return found

    def elided(self, words: str, width: float, mode: Literal["middle"] = "middle", *, medium: bool = False) -> str:
        if self._shaped(words, 13, medium)[1] <= width:
            return words
        key = (words, width)
        found = self._cut.get(key)
        if found is None:
            if len(self._cut) > _CACHED:
                self._cut.clear()
            metrics = self._metrics[13, medium]
            found = self._cut[key] = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, max(0.0, width))
        return found
