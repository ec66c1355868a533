"""How the findings are painted: a shape for the severity, quiet cells, the suggestion in accent, headings across."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from laoxiao_desktop.models.finding import Severity
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.findings_rows import ABOUT, Heading, Row
from laoxiao_desktop.ui.findings_table import COLUMNS, FindingsTable
from laoxiao_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW, HEADING, PADDING = 30, 34, 8
_TOKENS = {"title": "text", "where": "text2", "published": "text", "suggestion": "accent2"}


def mark(painter: QPainter, theme: Theme, center: QPointF, severity: Severity) -> None:
    """▲ red for 差错, ◆ yellow for 可疑, an open ring for 提醒: they differ in form as well as colour."""
    if severity != "note":
        paint.shape(painter, theme, center, "red" if severity == "error" else "yellow")
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("text3"), 1.4 * theme.factor))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(center, 3.8 * theme.factor, 3.8 * theme.factor)
    painter.restore()


class FindingsDelegate(QStyledItemDelegate):
    """Paints one cell of the list."""

    def __init__(self, theme: Theme, table: FindingsTable, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = table
        self.hovered = -1
        self.has_focus = False

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect, line = self._theme, QRect(option.rect), index.row()  # type: ignore[attr-defined]  # absent from the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # absent from the stubs
        is_in_hand = bool(state & QStyle.StateFlag.State_Selected)
        heading, row = self._table.heading(line), self._table.row(line)
        ground = "selectrow" if is_in_hand else "hover" if line == self.hovered and row is not None else "surface"
        painter.save()
        painter.fillRect(rect, theme.color(ground))
        paint.hairline(painter, theme, QPointF(rect.left(), rect.bottom()), rect.width())
        if is_in_hand and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), theme.px(3), rect.height()), theme.color("accent"))
        if heading is not None:
            self._paint_heading(painter, rect, heading)
            if is_in_hand and self.has_focus:
                paint.box(painter, theme, QRectF(rect).adjusted(0, 0, 0, -1), None, border="accent", radius=2)
        elif row is not None:
            self._paint_cell(painter, rect, index, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        theme, middle = self._theme, rect.center().y() + 1
        name = "chevron_right" if self._table.is_folded(heading.severity) else "chevron_down"
        paint.icon(painter, theme, QPointF(rect.left() + theme.px(12), middle - theme.px(8)), name, "text3", 16)
        left = float(rect.left() + theme.px(34))

        def room() -> QRectF:
            return QRectF(left, rect.top(), rect.right() - left - theme.px(8), rect.height())

        left += paint.text(painter, theme, room(), heading.title, medium=True) + theme.px(14)
        left += paint.text(painter, theme, room(), str(heading.count), "text2") + theme.px(12)
        at = QPointF(left, middle - theme.px(6))
        paint.hairline(painter, theme, at, theme.px(11), "line2", upright=True)
        left += theme.px(9)
        paint.text(painter, theme, room(), ABOUT[heading.severity], "text3", px=12)

    def _paint_cell(self, painter: QPainter, rect: QRect, index: Index, row: Row) -> None:
        theme, name = self._theme, COLUMNS[index.column()].name
        if name == "severity":
            middle = QPointF(rect.left() + theme.px(42), rect.center().y() + 0.5)
            if row.is_accepted:
                at = QPointF(middle.x() - theme.px(8), middle.y() - theme.px(8))
                paint.icon(painter, theme, at, "checkmark", "text3", 16)
            else:
                mark(painter, theme, middle, row.finding.severity)
            return
        inner = rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), 0)
        token = "text3" if row.is_accepted and name != "suggestion" else _TOKENS[name]
        elide = Qt.TextElideMode.ElideRight if name in ("title", "where") else Qt.TextElideMode.ElideMiddle
        paint.text(painter, theme, inner, self._table.text(index.row(), index.column()), token, elide=elide)
