"""Editing in place: the editor stands in its cell, a wrong value stays there with the reason under it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.grid_columns import Column
from laoxiao_desktop.ui.grid_paint import PADDING
from laoxiao_desktop.ui.grid_parts import Edited, SheetTable
from laoxiao_desktop.ui.record_choices import Option
from laoxiao_desktop.ui.record_editors import LineEditor, LongEditor, editor_for
from laoxiao_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_LONG_WIDTH = 380
_LIST_WIDTH = 160
_LONG_LINES = 10


class CellEditor(QWidget):
    """One open cell: an editor within a 2 px border, red with a note below while the value is wrong."""

    def __init__(self, field: Field, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field = field
        self.has_options = False
        self.text = editor_for(field, theme, self, is_long=field.kind == "long")
        self.text.typed.connect(lambda _: self.complain(""))
        if isinstance(self.text, LongEditor):
            self.text.grown.connect(self._grow)
        self.setFocusProxy(self.text)
        self.note = QLabel(parent)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setObjectName("cell_note")
        self.note.hide()
        self.destroyed.connect(self.note.deleteLater)

    @property
    def is_wrong(self) -> bool:
        """Whether the value in the editor was refused."""
        return not self.note.isHidden()

    def stand(self, cell: QRect) -> None:
        """Take the place of a cell; a long text gets a box that reaches over the rows below."""
        room = self._room()
        rect = QRect(cell)
        if isinstance(self.text, LongEditor):
            rect.setWidth(max(cell.width(), self._theme.px(_LONG_WIDTH)))
            rect.setHeight(self._height_of(3))
        elif self.has_options:
            rect.setWidth(max(cell.width(), self._theme.px(_LIST_WIDTH)))
        rect.setRight(min(rect.right(), room.right()))
        self.setGeometry(rect)
        self._place_text()

    def complain(self, words: str) -> None:
        """Mark the value as wrong and say why under the cell; "" takes the mark away."""
        self.note.setVisible(bool(words))
        if words:
            tokens, pad = self._theme.tokens, self._theme.px(6)
            self.note.setText(words)
            self.note.setFont(self._theme.font(12))
            self.note.setStyleSheet(
                f"background: {tokens.redbg}; color: {tokens.redt}; border: 1px solid {tokens.red}; padding: {pad}px;"
            )
            self.note.setAccessibleName(words)
            self.note.adjustSize()
            below = self.geometry().bottomLeft() + QPoint(0, 1)
            room = self._room()
            if below.y() + self.note.height() > room.bottom():
                below.setY(self.y() - self.note.height() - 1)
            below.setX(max(0, min(below.x(), room.right() - self.note.width())))
            self.note.move(below)
            self.note.raise_()
        self.update()

    def _room(self) -> QRect:
        parent = self.parentWidget()
        return parent.rect() if parent is not None else self.rect()

    def _height_of(self, lines: int) -> int:
        return self._theme.px(20) * lines + 2 * self._theme.px(6)

    def _grow(self, lines: int) -> None:
        wanted = self._height_of(max(3, min(_LONG_LINES, lines)))
        room = self._room()
        top = max(0, min(self.y(), room.bottom() - wanted))
        self.setGeometry(self.x(), top, self.width(), wanted)
        self._place_text()

    def _place_text(self) -> None:
        pad = self._theme.px(PADDING)
        if isinstance(self.text, LongEditor):
            self.text.setGeometry(self.rect().adjusted(pad, self._theme.px(6), -pad, -self._theme.px(6)))
        else:
            self.text.place(self.rect().adjusted(pad, 2, -pad, -2))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        paint.box(painter, self._theme, self.rect(), None, border="red" if self.is_wrong else "accent", width=2)
        painter.end()


class GridDelegate(QStyledItemDelegate):
    """Opens editors. `put` writes a typed text and gives the refusal, "" when it was taken; `typed` hears every stroke."""

    left = Signal(str)

    def __init__(self, table: SheetTable, columns: Sequence[Column], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._columns = columns
        self._theme = theme
        self.options: Callable[[Field], Sequence[Option]] = lambda field: [Option(text) for text in field.choices]
        self.put: Callable[[str, Field, str], str] = lambda uid, field, text: ""
        self.typed: Callable[[CellEditor, Edited, str], None] = lambda editor, edited, text: None
        self.editor: CellEditor | None = None

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The sheet paints whole rows itself."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(self._columns[index.column()].width), self._theme.px(30))

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column, edited = self._columns[index.column()], self._table.edited(index.row(), index.column())
        if edited is None:
            raise LookupError("only fields are edited")
        editor = CellEditor(edited.field, self._theme, parent)
        if column.is_right and column.name == edited.column and isinstance(editor.text, LineEditor):
            editor.text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        editor.text.typed.connect(lambda text: self.typed(editor, edited, text))
        editor.text.left.connect(lambda how: self._leave(editor, edited.uid, edited.column, how))
        self.editor = editor
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not isinstance(editor, CellEditor) or editor.property("is_begun"):
            return
        editor.setProperty("is_begun", True)
        edited = self._table.edited(index.row(), index.column())
        if edited is None:
            return
        draft = self._table.draft(edited.uid, edited.column)
        editor.text.begin(draft[0] if draft else edited.text)
        if isinstance(editor.text, LineEditor):
            options = self.options(editor.field)
            if options:
                editor.has_options = True
                editor.stand(self._cell_of(index))
                editor.text.offer(options, has_parts=editor.field.kind == "units")
        if draft:
            editor.complain(draft[1])

    def _is_still_held(self) -> bool:
        """Whether the view has not closed the editor itself, as it does when another cell is taken in hand."""
        view = self.parent()
        return not isinstance(view, QAbstractItemView) or view.state() == QAbstractItemView.State.EditingState

    def _cell_of(self, index: Index) -> QRect:
        view = self.parent()
        return view.visualRect(index) if isinstance(view, QAbstractItemView) else QRect()

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        if isinstance(editor, CellEditor):
            editor.stand(QRect(option.rect))  # type: ignore[attr-defined]  # absent from the stubs

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Writing is done when the person leaves the editor, where a refusal can be shown."""

    def finish(self) -> None:
        """Save what is being typed, as if the person had clicked elsewhere."""
        if self.editor is not None:
            self.editor.text.left.emit("away")

    def _leave(self, editor: CellEditor, uid: str, column: str, how: str) -> None:
        if self.editor is not editor:
            return
        self.editor = None  # writing may move the row, whereupon Qt closes the editor and it says “away” once more
        text = editor.text.value_text()
        refusal = "" if how == "escape" else self.put(uid, editor.field, text)
        if refusal and how == "stay":
            self.editor = editor
            editor.complain(refusal)
            return
        self._table.keep_draft(uid, column, (text, refusal) if refusal else None)
        editor.note.hide()
        editor.text.close_list()
        if editor.isVisible() and self._is_still_held():
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        if how != "away":
            self.left.emit(how)
