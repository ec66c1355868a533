"""The changes of a package, row by row: of what, which field, from what to what, by whom and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.models.package import Added, TakenLine
from laoxiao_desktop.ui import paint, plain_table
from laoxiao_desktop.ui.package_words import moment_words
from laoxiao_desktop.ui.theme import Theme

SUBJECT, FIELD, CHANGE, WHO = range(4)
_HEADS: Final = ("改了什么", "字段", "原来 → 改为", "谁，什么时候")
_WIDTHS: Final = {FIELD: 150, CHANGE: 300, WHO: 236}
_NARROW: Final = 1000  # below it the columns are these
_NARROW_WIDTHS: Final = {FIELD: 142, CHANGE: 220, WHO: 222}
_TIGHT: Final = 720  # below it the tip alone tells who it was
_TIGHT_WIDTHS: Final = {FIELD: 122, CHANGE: 190}
_ROW: Final = 30
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One line as it is shown; the subject stands at its first line only. `is_open`: a conflict will wait there."""

    subject: str
    field: str
    before: str
    after: str
    who: str
    is_first: bool = True
    is_open: bool = False


def shown(
    lines: Sequence[TakenLine], added: Added = (), conflicts: frozenset[tuple[str, str]] = frozenset()
) -> list[PackageLine]:
    """What is new, then the changes by what they are of; `conflicts` names subject and field of those."""
    found = [PackageLine(f"新增 {label}", "", "", f"{count} 行", "") for label, count in added]
    order: dict[str, list[TakenLine]] = {}
    for line in lines:
        order.setdefault(line.subject, []).append(line)
    for subject, own in order.items():
        for number, line in enumerate(own):
            who = "，".join(part for part in (line.author, moment_words(line.at)) if part)
            is_open = (subject, line.field_title) in conflicts
            found.append(
                PackageLine(subject, line.field_title, line.before, line.after, who, number == 0, is_open=is_open)
            )
    return found


class PackageTable(QAbstractTableModel):
    """The lines for a view; every cell also as words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[PackageLine] = []

    def show_lines(self, lines: list[PackageLine]) -> None:
        """Replaces the lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(_HEADS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        is_title = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADS[section] if is_title else None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or not index.isValid():
            return None
        line = self.lines[index.row()]
        change = f"{line.before or '（空）'} → {line.after or '（空）'}" if line.field else line.after
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == CHANGE and line.who:
            return f"{change}\n{line.who}"
        return (line.subject, line.field, change, line.who)[index.column()]


class PackageLines(QTableView):
    """The table; read, never edited."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.table = PackageTable(self)
        self.setModel(self.table)
        self.setItemDelegate(_LineDelegate(theme, self))
        self.setAccessibleName("数据包里的改动")
        plain_table.dress(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        head = plain_table.Heads(theme, 20, self)
        self.setHorizontalHeader(head)
        head.setSectionResizeMode(SUBJECT, QHeaderView.ResizeMode.Stretch)
        theme.changed.connect(self._measure)
        self._measure()

    def show_lines(self, lines: list[PackageLine]) -> None:
        """Replaces the lines; the first one is in hand."""
        self.table.show_lines(lines)
        self.scrollToTop()
        if lines:
            self.setCurrentIndex(self.table.index(0, 0))

    def _measure(self) -> None:
        px = self._theme.px
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self._spread()

    def _spread(self) -> None:
        px, width = self._theme.px, self.width()
        self.setColumnHidden(WHO, width < px(_TIGHT))
        widths = _TIGHT_WIDTHS if width < px(_TIGHT) else _NARROW_WIDTHS if width < px(_NARROW) else _WIDTHS
        for column, share in widths.items():
            self.setColumnWidth(column, px(share))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self._theme.px(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, px = self._theme, self._theme.px
        view = self.parent()
        if not isinstance(view, PackageLines):
            return
        line, area = view.table.lines[index.row()], QRectF(option.rect)  # type: ignore[attr-defined]  # Qt's stubs
        is_here = index.row() == view.currentIndex().row()
        if is_here and view.hasFocus():
            paint.box(painter, theme, area, "selectrow")
        below = view.table.lines[index.row() + 1 : index.row() + 2]
        if not (below and not below[0].is_first and index.column() == SUBJECT):
            paint.hairline(painter, theme, QPointF(area.left(), area.bottom() - 1), area.width())
        room = area.adjusted(px(20 if index.column() == SUBJECT else 8), 0, -px(8), 0)
        column = index.column()
        if column == SUBJECT:
            middle = Qt.TextElideMode.ElideMiddle
            if line.is_first:
                paint.text(painter, theme, room, line.subject, "text", elide=middle)
        elif column == FIELD:
            paint.text(painter, theme, room, line.field, "text2")
        elif column == CHANGE:
            self._change(painter, room, line)
        else:
            paint.text(painter, theme, room, line.who, "text3")

    def _change(self, painter: QPainter, room: QRectF, line: PackageLine) -> None:
        theme, px = self._theme, self._theme.px
        if line.is_open:
            tag = QRectF(room.left(), room.center().y() - px(10), px(40), px(20))
            paint.box(painter, theme, tag, "yellowbg", radius=3)
            paint.text(painter, theme, tag, "冲突", "yellowt", px=12, align=paint.CENTER)
            room = room.adjusted(px(48), 0, 0, 0)
        if not line.field:
            paint.text(painter, theme, room, line.after)
            return
        half = QRectF(room.left(), room.top(), room.width() * 0.45, room.height())
        taken = paint.text(painter, theme, half, line.before or "（空）", "text3")
        arrow = QRectF(room.left() + taken + px(6), room.top(), px(16), room.height())
        paint.text(painter, theme, arrow, "→", "text3", elide=Qt.TextElideMode.ElideNone)
        rest = QRectF(arrow.right() + px(4), room.top(), room.right() - arrow.right() - px(4), room.height())
        paint.text(painter, theme, rest, line.after or "（空）", "text", medium=True)


class PackageFigures(QWidget):
    """Counts in one line: 新改动 214, 冲突 3."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures: tuple[tuple[str, int], ...] = ()
        theme.changed.connect(self.update)

    def show_figures(self, figures: tuple[tuple[str, int], ...]) -> None:
        """Replaces the counts."""
        self._figures = figures
        self.setAccessibleName("，".join(f"{word} {count}" for word, count in figures))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(400), self._theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        left, none = 0.0, Qt.TextElideMode.ElideNone
        for number, (word, count) in enumerate(self._figures):
            area = QRectF(left, 0, px(120), self.height())
            left += paint.text(painter, theme, area, word, "text2", elide=none) + px(6)
            ink = "yellowt" if word == "冲突" else "accent2" if number == 0 and count else "text"
            area = QRectF(left, 0, px(120), self.height())
            left += paint.text(painter, theme, area, str(count), ink, medium=ink != "text", elide=none) + px(18)
        painter.end()
