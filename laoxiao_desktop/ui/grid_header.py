"""The header of the project grid: title and unit painted as the cells stand, sorting, sizes, order, a menu per column."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QToolTip
from typing_extensions import override

from laoxiao_desktop.ui import meaning_tip, paint
from laoxiao_desktop.ui.grid_columns import COLUMNS, FROZEN, Column
from laoxiao_desktop.ui.grid_paint import PADDING
from laoxiao_desktop.ui.theme import Theme

HEIGHT = 32
_MENU_WIDTH = 20
_CLICK = 4  # px the mouse may move and still click

Order = tuple[tuple[str, bool], ...]


class GridHeader(QHeaderView):
    """Columns by name. `order_asked` is the new order after a click (third click: none; Shift: one more column).

    `menu_asked` names the column whose menu was asked for and where; `fit_asked` the one to fit to its texts;
    `moved` tells that the person dragged a column; the frozen ones stay in front.
    """

    order_asked = Signal(object)
    menu_asked = Signal(str, QPoint)
    fit_asked = Signal(str)
    moved = Signal()
    sized = Signal(str, int)

    def __init__(self, theme: Theme, parent: QTableView, columns: Sequence[Column] = COLUMNS) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._table = parent
        self._columns = columns
        self._index = {column.name: number for number, column in enumerate(columns)}
        self._order: Order = ()
        self._hover = -1
        self._menu_number = -1  # the column whose ▾ is shown
        self._pressed: QPoint | None = None
        self._is_laying = False
        self.filtered: frozenset[str] = frozenset()
        self.titles: Mapping[str, str] = {}  # titles that change, by column
        self.setAccessibleName("列标题")
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setMouseTracking(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(theme.px(40))
        self.sectionMoved.connect(self._on_moved)
        self.sectionResized.connect(self._on_resized)
        self.sectionHandleDoubleClicked.connect(lambda number: self.fit_asked.emit(self._columns[number].name))

    # --- what is shown -------------------------------------------------------------------------------------------

    def lay(self, names: tuple[str, ...], widths: dict[str, int]) -> None:
        """Show the columns `names` in this order at these widths (px as on screen)."""
        self._is_laying = True
        for visual, name in enumerate(names):
            at = self.visualIndex(self._index[name])
            if at != visual:
                self.moveSection(at, visual)
        for number, column in enumerate(self._columns):
            self.setSectionHidden(number, column.name not in names)
        for name in names:
            self.resizeSection(self._index[name], widths[name])
        self._is_laying = False
        self.viewport().update()

    def names(self) -> tuple[str, ...]:
        """The columns shown, from left to right."""
        order = (self.logicalIndex(visual) for visual in range(self.count()))
        return tuple(self._columns[number].name for number in order if not self.isSectionHidden(number))

    def set_order(self, order: Order) -> None:
        """Show by what the rows are sorted."""
        self._order = order
        self.viewport().update()

    def _on_moved(self, number: int, old: int, new: int) -> None:
        if self._is_laying:
            return
        if min(old, new) < FROZEN:
            self._is_laying = True
            self.moveSection(new, old)
            self._is_laying = False
            return
        self.moved.emit()

    def _on_resized(self, number: int, old: int, new: int) -> None:
        if not self._is_laying and self._pressed is not None and new > 0:
            self.sized.emit(self._columns[number].name, new)

    # --- sorting -------------------------------------------------------------------------------------------------

    def sort_by(self, name: str, *, adds: bool = False) -> None:
        """Ascending, descending, not at all; `adds` keeps the columns that sort already."""
        key = self._columns[self._index[name]].order or name
        before = dict(self._order)
        state = before.get(key)
        following = False if state is None else True if state is False else None
        kept = [(field, down) for field, down in self._order if field != key] if adds else []
        if adds and state is not None and following is not None:
            order = tuple((field, following if field == key else down) for field, down in self._order)
        else:
            order = (*kept, (key, following)) if following is not None else tuple(kept)
        self.order_asked.emit(order)

    # --- mouse ---------------------------------------------------------------------------------------------------

    def section_at(self, point: QPoint) -> int:
        """The column under a point, the frozen ones first; -1 for none."""
        first, second = self.sectionSize(0), self.sectionSize(1)
        if point.x() < first + second:
            return 0 if point.x() < first else 1
        return self.logicalIndexAt(point)

    def _covers(self, point: QPoint) -> bool:
        """Whether a frozen title covers the section Qt would find here."""
        return self.offset() > 0 and point.x() < self.sectionSize(0) + self.sectionSize(1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        if not self._covers(self._pressed):
            super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if not self._covers(point) or event.buttons() != Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)
        hover = self.section_at(point)
        if hover != self._hover:
            self._hover = hover
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point, start = event.position().toPoint(), self._pressed
        is_sizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        if start is None or not self._covers(start):
            super().mouseReleaseEvent(event)
        self._pressed = None
        is_click = start is not None and (point - start).manhattanLength() <= _CLICK
        number = self.section_at(point)
        if not is_click or is_sizing or number < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        name = self._columns[number].name
        if number == self._menu_number and self._menu_rect(number).contains(point):
            self.menu_asked.emit(name, self.viewport().mapToGlobal(QPoint(self._left_of(number), self.height())))
        else:
            self.sort_by(name, adds=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = self._menu_number = -1
        self.viewport().update()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.section_at(event.pos())
            words = meaning_tip.tip(self._columns[number].meaning_key) if number >= 0 else ""
            if words:
                QToolTip.showText(event.globalPos(), words, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        number = self.section_at(event.pos())
        if number >= 0:
            self.menu_asked.emit(self._columns[number].name, event.globalPos())

    # --- painting ------------------------------------------------------------------------------------------------

    def _left_of(self, number: int) -> int:
        if number < FROZEN:
            return 0 if number == 0 else self.sectionSize(0)
        return self.sectionViewportPosition(number)

    def _menu_rect(self, number: int) -> QRect:
        width = self._theme.px(_MENU_WIDTH)
        if self._columns[number].is_right:
            return QRect(self._left_of(number) + 2, 0, width, self.height())
        right = self._left_of(number) + self.sectionSize(number)
        return QRect(right - width - 2, 0, width, self.height())

    @override
    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        return QSize(0, self._theme.px(HEIGHT))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme, area = self._theme, QRectF(self.viewport().rect())
        painter.fillRect(area, theme.color("head"))
        frozen = float(self.sectionSize(0) + self.sectionSize(1))
        painter.save()
        painter.setClipRect(area.adjusted(frozen, 0, 0, 0))
        for number in range(FROZEN, self.count()):
            if not self.isSectionHidden(number):
                self._paint_title(painter, number)
        painter.restore()
        for number in range(FROZEN):
            self._paint_title(painter, number)
        thin = 1 / self.devicePixelRatioF()
        painter.fillRect(QRectF(0, area.bottom() - thin, area.width(), thin), theme.color("line"))
        painter.fillRect(QRectF(frozen - thin, 0, thin, area.height()), theme.color("line"))
        painter.end()

    def _paint_title(self, painter: QPainter, number: int) -> None:
        theme, column = self._theme, self._columns[number]
        pad = theme.px(PADDING)
        rect = QRectF(self._left_of(number), 0, self.sectionSize(number), self.height())
        if rect.right() < 0 or rect.left() > self.viewport().width():
            return
        is_hover = number == self._hover
        painter.fillRect(rect, theme.color("hover" if is_hover else "head"))
        inner = rect.adjusted(pad, 0, -pad, 0)
        title = self.titles.get(column.name, column.title)
        title_width = paint.text_width(theme, title, px=12, medium=True)
        unit_width = paint.text_width(theme, column.unit, px=11) + theme.px(4) if column.unit else 0.0
        mark = self._mark_of(column.order or column.name)
        mark_width = theme.px(14) if mark else 0
        used = title_width + unit_width
        if column.style == "light":
            left = rect.center().x() - used / 2
        elif column.is_right:
            left = inner.right() - used
        else:
            left = inner.left()
        token = "accent2" if mark or column.name in self.filtered else "text2"
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        room = QRectF(left, 0, min(title_width + 1, max(0.0, inner.right() - left)), rect.height())
        paint.text(painter, theme, room, title, token, px=12, medium=True)
        if column.unit:
            unit = QRectF(left + title_width + theme.px(4), 0, unit_width, rect.height())
            paint.text(painter, theme, unit, column.unit, "text3", px=11, elide=Qt.TextElideMode.ElideNone)
        at = left - mark_width - theme.px(2) if column.is_right else left + used + theme.px(4)
        if mark:
            self._paint_mark(painter, at, rect, *mark)
        painter.restore()
        has_room = rect.width() - used > theme.px(_MENU_WIDTH + PADDING + 2) and not (mark and column.is_right)
        if is_hover:
            self._menu_number = number if has_room else -1
            if has_room:
                self._paint_menu_mark(painter, number)

    def _mark_of(self, key: str) -> tuple[bool, int] | None:
        for place, (field, is_down) in enumerate(self._order):
            if field == key:
                return is_down, place + 1 if len(self._order) > 1 else 0
        return None

    def _paint_mark(self, painter: QPainter, left: float, rect: QRectF, is_down: bool, place: int) -> None:
        theme = self._theme
        size = theme.px(12)
        icon = "arrow_down" if is_down else "arrow_up"
        paint.icon(painter, theme, QPointF(left, round(rect.center().y() - size / 2)), icon, "accent", 12)
        if place:
            spot = QRectF(left + size - 2, 0, theme.px(9), rect.height() - theme.px(8))
            paint.text(painter, theme, spot, str(place), "accent", px=9, elide=Qt.TextElideMode.ElideNone)

    def _paint_menu_mark(self, painter: QPainter, number: int) -> None:
        theme, rect = self._theme, QRectF(self._menu_rect(number))
        painter.fillRect(rect, theme.color("hover"))
        size = theme.px(12)
        at = QPointF(rect.center().x() - size / 2, round(rect.center().y() - size / 2))
        paint.icon(painter, theme, at, "chevron_down", "text2", 12)
