"""How a list is painted: wrapped texts of at most three lines, figures at the right, headings across."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.lists_rows import Heading
from laoxiao_desktop.ui.lists_table import ListTable
from laoxiao_desktop.ui.record_text import wrapped
from laoxiao_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
MOST_LINES, MOST_QUOTED = 3, 2
LINE, QUOTE_LINE = 20, 18  # px at 100 %
ROW, HEADING, HEADER = 30, 34, 32
PADDING = 8
LAID_OUT = 400  # characters; more never fit three lines


@dataclass(frozen=True, slots=True)
class CellText:
    """The lines of a cell as they are drawn, and whether something was left out."""

    lines: tuple[str, ...]
    quoted: tuple[str, ...] = ()
    is_cut: bool = False


class ListDelegate(QStyledItemDelegate):
    """Paints the cells of a list; keeps the line breaks it found."""

    def __init__(self, theme: Theme, table: ListTable, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = table
        self._broken: dict[tuple[str, int, float, int], tuple[tuple[str, ...], bool]] = {}
        self.hovered = -1
        self.in_hand = -1
        self.has_focus = False

    def forget(self) -> None:
        """Lets go of the line breaks; for another type size."""
        self._broken.clear()

    def cell(self, line: int, column: int, width: int) -> CellText:
        """The text of a cell broken at a column width."""
        room = width - 2 * self._theme.px(PADDING)
        lines, is_cut = self._break(self._table.text(line, column), room, 13, MOST_LINES)
        quote = self._table.quote(line, column)
        if not quote:
            return CellText(lines, (), is_cut)
        quoted, is_quote_cut = self._break(quote, room, 12, MOST_QUOTED)
        return CellText(lines, quoted, is_cut or is_quote_cut)

    def height(self, line: int, widths: list[int]) -> int:
        """How high a line must be for its fullest cell."""
        theme = self._theme
        if self._table.heading(line) is not None:
            return theme.px(HEADING)
        most = 0
        for column, width in enumerate(widths):
            cell = self.cell(line, column, width)
            most = max(most, len(cell.lines) * theme.px(LINE) + len(cell.quoted) * theme.px(QUOTE_LINE))
        return max(theme.px(ROW), most + theme.px(10))

    def _break(self, text: str, room: int, px: int, most: int) -> tuple[tuple[str, ...], bool]:
        key = (text, room, px, most)
        found = self._broken.get(key)
        if found is None:
            if len(self._broken) > 20_000:
                self._broken.clear()
            found = self._broken[key] = self._broken_text(text, room, px, most)
        return found

    def _broken_text(self, text: str, room: int, px: int, most: int) -> tuple[tuple[str, ...], bool]:
        if not text:
            return (), False
        font = self._theme.font(px)
        metrics = QFontMetrics(font)
        if "\n" not in text and len(text) < LAID_OUT and metrics.horizontalAdvance(text) <= room:
            return (text,), False
        lines = wrapped(text[:LAID_OUT], font, room)
        if len(lines) <= most and len(text) <= LAID_OUT:
            return tuple(lines), False
        kept = lines[:most]
        kept[-1] = metrics.elidedText(kept[-1].rstrip("，。、；") + "…", Qt.TextElideMode.ElideRight, room)
        while len(kept[-1]) > 1 and metrics.horizontalAdvance(kept[-1]) > room:
            kept[-1] = kept[-1][:-2] + "…"
        return tuple(kept), True

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect, line = self._theme, QRect(option.rect), index.row()  # type: ignore[attr-defined]  # absent from the stubs
        heading = self._table.heading(line)
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # absent from the stubs
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = "surface"
        if line == self.in_hand:
            ground = "selectrow"
        elif line == self.hovered and heading is None:
            ground = "hover"
        if is_selected and line != self.in_hand:
            ground = "select"
        painter.save()
        painter.fillRect(rect, theme.color(ground))
        paint.hairline(painter, theme, QPointF(rect.left(), rect.bottom()), rect.width())
        if line == self.in_hand and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), theme.px(3), rect.height()), theme.color("accent"))
        if heading is not None:
            self._paint_heading(painter, rect, heading)
        else:
            self._paint_cell(painter, rect, index)
            if self.has_focus and state & QStyle.StateFlag.State_HasFocus:
                paint.box(painter, theme, QRectF(rect).adjusted(0, 0, 0, -1), None, border="accent", radius=2)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        theme = self._theme
        middle = rect.center().y() + 1
        chevron = "chevron_right" if self._table.is_folded(heading.key) else "chevron_down"
        paint.icon(painter, theme, QPointF(rect.left() + theme.px(12), middle - theme.px(8)), chevron, "text3", 16)
        left = rect.left() + theme.px(38)
        room = QRect(left, rect.top(), rect.right() - left - theme.px(12), rect.height())
        left += round(paint.text(painter, theme, room, heading.title, medium=True)) + theme.px(8)
        if heading.detail:
            room.setLeft(left)
            count_width = theme.px(80)
            shown = QRect(room.left(), room.top(), room.width() - count_width, room.height())
            left += round(
                paint.text(painter, theme, shown, heading.detail, "text2", elide=Qt.TextElideMode.ElideMiddle)
            )
            left += theme.px(8)
        room.setLeft(left)
        paint.text(painter, theme, room, f"{heading.count} {heading.word}", "text3", px=12)

    def _paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme = self._theme
        column = self._table.columns[index.column()]
        cell = self.cell(index.row(), index.column(), rect.width())
        token = "text2" if column.is_quiet else "text"
        align = paint.RIGHT if column.is_right else paint.LEFT
        left, width = rect.left() + theme.px(PADDING), rect.width() - 2 * theme.px(PADDING)
        tall = len(cell.lines) * theme.px(LINE) + len(cell.quoted) * theme.px(QUOTE_LINE)
        single = theme.px(ROW)
        top = (
            rect.top() + (single - theme.px(LINE)) // 2 if rect.height() > single else rect.top() + (single - tall) // 2
        )
        for words in cell.lines:
            paint.text(
                painter, theme, QRect(left, top, width, theme.px(LINE)), words, token, align=align,
                elide=Qt.TextElideMode.ElideNone,
            )  # fmt: skip
            top += theme.px(LINE)
        for words in cell.quoted:
            paint.text(
                painter, theme, QRect(left, top, width, theme.px(QUOTE_LINE)), words, "text3", px=12,
                elide=Qt.TextElideMode.ElideNone,
            )  # fmt: skip
            top += theme.px(QUOTE_LINE)


class ListHeader(QHeaderView):
    """Column titles, aligned as their cells, with the arrow of the order."""

    def __init__(self, theme: Theme, table: ListTable, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._table = table
        self.order: tuple[str, bool] | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(44))
        self.setAccessibleName("列标题")

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(HEADER))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.color("head"))
        paint.hairline(painter, theme, QPointF(rect.left(), rect.bottom()), rect.width())
        if logicalIndex < len(self._table.columns):
            column = self._table.columns[logicalIndex]
            inner = rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), 0)
            is_sorted = self.order is not None and self.order[0] == column.name
            if is_sorted:
                inner.setRight(inner.right() - theme.px(14))
            align = paint.RIGHT if column.is_right else paint.LEFT
            width = paint.text(painter, theme, inner, column.label, "text2", px=12, medium=True, align=align)
            if is_sorted and self.order is not None:
                at = inner.right() + 2 if column.is_right else inner.left() + width + theme.px(2)
                name = "arrow_sort_down" if self.order[1] else "arrow_sort_up"
                paint.icon(painter, theme, QPointF(at, rect.center().y() - theme.px(7)), name, "accent2", 14)
        painter.restore()
