"""How a sheet that is being read in is painted: the state of each row, old beside new, what cannot be read."""

from html import escape
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.models.imports import FieldChange
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.import_table import FIXED, NUMBER, STATE, ImportTable, Index
from laoxiao_desktop.ui.theme import Theme

ROW: Final = 28
PADDING: Final = 8
_MARKS: Final = {
    "new": ("add", "greent"),
    "changed": ("edit", "yellowt"),
    "doubt": ("warning", "yellowt"),
    "gone": ("dismiss", "text3"),
}


class ImportDelegate(QStyledItemDelegate):
    """Paints the cells and opens the editor that puts one right."""

    def __init__(self, theme: Theme, table: ImportTable, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = table
        self._typed: tuple[int, int, str] | None = None
        self.hovered = -1
        self.in_hand = -1
        self.has_focus = False

    # --- painting ------------------------------------------------------------------------------------------------

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._theme, QRect(option.rect)  # type: ignore[attr-defined]  # absent from the stubs
        flags: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # absent from the stubs
        at, section = index.row(), index.column()
        state = self._table.state(at) if self._table.is_checking else ""
        is_left = bool(state) and self._table.is_left(at)
        ground = "greenbg" if state == "new" and not is_left else "surface"
        if flags & QStyle.StateFlag.State_Selected and at != self.in_hand:
            ground = "select"
        elif at == self.in_hand:
            ground = "selectrow" if ground == "surface" else ground
        elif at == self.hovered and ground == "surface":
            ground = "hover"
        painter.save()
        painter.fillRect(rect, theme.color(ground))
        if section == STATE:
            self._paint_state(painter, rect, at, state)
        elif section == NUMBER:
            inner = rect.adjusted(0, 0, -theme.px(PADDING), 0)
            paint.text(painter, theme, inner, self._table.lines[at].no, "text3", px=12, align=paint.RIGHT)
        else:
            self._paint_cell(painter, rect, at, section, state, is_left)
        paint.hairline(painter, theme, QPointF(rect.left(), rect.bottom()), rect.width())
        if at == self.in_hand and section == STATE:
            painter.fillRect(QRect(rect.left(), rect.top(), theme.px(3), rect.height()), theme.color("accent"))
        if self.has_focus and flags & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, theme, QRectF(rect).adjusted(0, 0, 0, -1), None, border="accent", radius=2)
        painter.restore()

    def _paint_state(self, painter: QPainter, rect: QRect, at: int, state: str) -> None:
        theme = self._theme
        if not state:
            words = "" if self._table.lines[at].kind == "row" else "不读"
            paint.text(painter, theme, rect.adjusted(theme.px(40), 0, 0, 0), words, "text3", px=12)
            return
        words = self._table.state_words(at)
        icon, token = _MARKS.get(state, ("", "text3"))
        if words == "不写":
            icon, token = "", "text3"
        if icon:
            spot = QPointF(rect.left() + theme.px(20), rect.center().y() - theme.px(8) + 1)
            paint.icon(painter, theme, spot, icon, token, 16)
        inner = rect.adjusted(theme.px(40), 0, 0, 0)
        paint.text(painter, theme, inner, words, token, px=12, medium=bool(icon))

    def _paint_cell(self, painter: QPainter, rect: QRect, at: int, section: int, state: str, is_left: bool) -> None:
        theme, pad = self._theme, self._theme.px(PADDING)
        view = self._table.cell(at, section)
        align = paint.RIGHT if self._table.is_right(section) else paint.LEFT
        inner = rect.adjusted(pad, 0, -pad, 0)
        if view.problem:
            painter.fillRect(rect, theme.color("redbg"))
            inner = self._with_icon(painter, inner, "warning", "redt")
            paint.text(painter, theme, inner, view.text, "redt", align=align)
        elif view.change is not None and not is_left:
            self._paint_change(painter, rect, inner, view.change, align)
        else:
            is_loud = state in ("new", "changed", "doubt") and not is_left
            name = self._table.field_name(section) == "name"
            is_quiet = is_left or state in ("unread", "gone", "skipped") or self._table.lines[at].kind != "row"
            token = "text3" if is_quiet else "text" if is_loud or not state or name else "text2"
            middle = Qt.TextElideMode.ElideMiddle if name else Qt.TextElideMode.ElideRight
            paint.text(painter, theme, inner, view.text, token, medium=is_loud and name, align=align, elide=middle)

    def _paint_change(
        self, painter: QPainter, rect: QRect, inner: QRect, change: FieldChange, align: Qt.AlignmentFlag
    ) -> None:
        theme = self._theme
        if not change.is_chosen:  # what a person corrected stays
            painter.fillRect(rect, theme.color("head"))
            inner = self._with_icon(painter, inner, "person", "accent2")
            paint.text(painter, theme, inner, change.old_text, "text", align=align)
            return
        painter.fillRect(rect, theme.color("yellowbg"))
        metrics = QFontMetrics(theme.font(13, medium=True))
        old = QFontMetrics(theme.font(13)).horizontalAdvance(change.old_text)
        room = metrics.horizontalAdvance(change.new_text) + old + theme.px(24)
        if not change.old_text:
            paint.text(painter, theme, inner, change.new_text, medium=True, align=align)
        elif room <= inner.width():
            self._paint_both(painter, inner, change.old_text, change.new_text, old, align)
        else:
            inner = self._with_icon(painter, inner, "history", "yellowt")
            paint.text(painter, theme, inner, change.new_text, medium=True, align=align)

    def _paint_both(
        self, painter: QPainter, inner: QRect, old: str, new: str, width: int, align: Qt.AlignmentFlag
    ) -> None:
        theme = self._theme
        new_width = QFontMetrics(theme.font(13, medium=True)).horizontalAdvance(new)
        arrow = theme.px(24)
        left = inner.right() + 1 - new_width - arrow - width if align == paint.RIGHT else inner.left()
        spot = QRect(left, inner.top(), width + 1, inner.height())
        none = Qt.TextElideMode.ElideNone
        paint.text(painter, theme, spot, old, "text3", elide=none)
        painter.fillRect(QRectF(left, inner.center().y() + 1, width, 1), theme.color("text3"))
        middle = QRect(left + width, inner.top(), arrow, inner.height())
        paint.text(painter, theme, middle, "→", "text3", align=paint.CENTER, elide=none)
        rest = QRect(left + width + arrow, inner.top(), new_width + 2, inner.height())
        paint.text(painter, theme, rest, new, medium=True, elide=none)

    def _with_icon(self, painter: QPainter, inner: QRect, name: str, token: str) -> QRect:
        theme = self._theme
        spot = QPointF(inner.right() - theme.px(15), inner.center().y() - theme.px(8) + 1)
        paint.icon(painter, theme, spot, name, token, 16)
        return inner.adjusted(0, 0, -theme.px(20), 0)

    # --- tooltips ------------------------------------------------------------------------------------------------

    @override
    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        words = self.hint(index)
        QToolTip.showText(event.globalPos(), f"<div>{escape(words)}</div>".replace("\n", "<br>") if words else "", view)
        return True

    def hint(self, index: Index) -> str:
        """What the tooltip of a cell says."""
        at, section = index.row(), index.column()
        if section < FIXED:
            return self._table.lines[at].why_unread if self._table.state(at) == "unread" else ""
        view = self._table.cell(at, section)
        lines = [view.text]
        if view.problem:
            lines = [view.problem, "按 Enter 改这一格；不改也可以，读入后只保留原文。"]
        elif view.change is not None and not view.change.is_chosen:
            change = view.change
            lines = [
                f"{change.note}，现为 {change.old_text}；清单写 {change.new_text}。",
                "不覆盖；按空格键改用清单的值。",
            ]
        elif view.change is not None:
            lines = [f"{view.change.old_text or '（空）'} → {view.change.new_text}"]
        return "\n".join([*lines, view.hint] if view.hint else lines)

    # --- putting a cell right ------------------------------------------------------------------------------------

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(f"改第 {self._table.lines[index.row()].no} 行")
        editor.setFont(self._theme.font(13))
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            self._typed = (index.row(), index.column(), editor.text())

    @override
    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        super().destroyEditor(editor, index)
        typed, self._typed = self._typed, None
        if typed is not None:  # the editor goes before the rows change
            QTimer.singleShot(0, lambda: self._table.setData(self._table.index(typed[0], typed[1]), typed[2]))

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # absent from the stubs
        wide = max(rect.width(), self._theme.px(120))
        editor.setGeometry(QRect(rect.left(), rect.top(), wide, rect.height()))
