"""The tabs of the record: words with a quiet count, as close together as the width asks."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

_MOST_GAP, _LEAST_GAP, _HEIGHT = 17, 7, 34


class RecordTabs(QTabBar):
    """A tab bar that paints itself; the count of a tab stands beside its word."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: dict[int, int] = {}
        self._gap = _MOST_GAP
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(False)
        self.setMouseTracking(True)

    def restyle(self) -> None:
        """The theme changed."""
        self.setFont(self._theme.font(13))
        self.setFixedHeight(self._theme.px(_HEIGHT))
        self._fit()

    def show_counts(self, counts: Mapping[int, int]) -> None:
        """Show counts by tab; none and zero show nothing."""
        wanted = {place: count for place, count in counts.items() if count}
        if wanted != self._counts:
            self._counts = wanted
            self._fit()

    def count_of(self, place: int) -> int:
        """The count shown on a tab."""
        return self._counts.get(place, 0)

    def _own_width(self, place: int) -> int:
        width = paint.text_width(self._theme, self.tabText(place))
        if place in self._counts:
            width += self._theme.px(4) + paint.text_width(self._theme, str(self._counts[place]), px=12)
        return int(width) + 2

    def _fit(self) -> None:
        """Choose the gap so that all tabs find room."""
        shown = [place for place in range(self.count()) if self.isTabVisible(place)]
        own = sum(self._own_width(place) for place in shown)
        room = self.width() - own
        gap = room // max(1, len(shown)) if shown else _MOST_GAP
        self._gap = max(self._theme.px(_LEAST_GAP), min(self._theme.px(_MOST_GAP), gap))
        if self.count():
            self.setTabText(0, self.tabText(0))  # lays the tabs out again
        self.update()

    @override
    def setTabVisible(self, index: int, visible: bool) -> None:
        if self.isTabVisible(index) != visible:
            super().setTabVisible(index, visible)
            self._fit()

    @override
    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._own_width(index) + self._gap, self._theme.px(_HEIGHT))

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        under = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        for place in range(self.count()):
            if not self.isTabVisible(place):
                continue
            whole = self.tabRect(place)
            area = QRect(whole.left() + 1, 0, self._own_width(place), self.height() - 2)
            is_current = place == self.currentIndex()
            token = "accent2" if is_current else "text" if place == under else "text2"
            if is_current and self.hasFocus():
                paint.box(painter, theme, area.adjusted(-4, theme.px(4), 3, -theme.px(3)), "select", radius=3)
            took = paint.text(painter, theme, area, self.tabText(place), token, medium=is_current)
            if place in self._counts:
                beside = area.adjusted(int(took) + theme.px(4), -theme.px(2), theme.px(8), -theme.px(2))
                paint.text(painter, theme, beside, str(self._counts[place]), "text3", px=12)
            if is_current:
                painter.fillRect(area.left(), self.height() - 2, area.width() - 1, 2, theme.color("accent"))
        painter.end()

    @override
    def leaveEvent(self, event: object) -> None:
        self.update()

    @override
    def mouseMoveEvent(self, event: object) -> None:
        super().mouseMoveEvent(event)  # type: ignore[arg-type]
        self.update()
