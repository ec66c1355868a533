"""The grid of a list: moving, folding, copying, and editing a cell where it stands."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QToolTip, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import plain_table
from laoxiao_desktop.ui.lists_delegate import ListDelegate, ListHeader
from laoxiao_desktop.ui.lists_edit import CellEdit, Checked, Options
from laoxiao_desktop.ui.lists_kinds import Column, fitting
from laoxiao_desktop.ui.lists_rows import Row
from laoxiao_desktop.ui.lists_table import Index, ListTable
from laoxiao_desktop.ui.theme import Theme

Check = Callable[[Column, str], Checked]


class ListView(QTableView):
    """Shows a ListTable; what is typed goes through `check` and leaves by `edited`."""

    row_changed = Signal(object)  # Row in hand, or None
    edited = Signal(object, object, object)  # Row, Column, stored value
    order_asked = Signal(str)
    delete_asked = Signal()
    add_asked = Signal()
    menu_asked = Signal(object)  # global point

    def __init__(self, theme: Theme, table: ListTable, check: Check, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = table
        self._check = check
        self._all_columns: tuple[Column, ...] = ()
        self._edit: CellEdit | None = None
        self._column_in_hand = "name"  # by name, since columns come and go
        self.is_editable = True
        self.options: Options = lambda field: field.choices
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._set_heights)
        self.delegate = ListDelegate(
            theme, table, self
        )  # before the model, which some versions of Qt answer by a current cell
        self.setItemDelegate(self.delegate)
        self.setModel(table)
        self.header = ListHeader(theme, table, self)
        self.setHorizontalHeader(self.header)
        self.header.sectionClicked.connect(lambda section: self.order_asked.emit(table.columns[section].name))
        self.header.sectionResized.connect(lambda *_: self._later.start())
        plain_table.dress(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # so that columns never shift
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda spot: self.menu_asked.emit(self.viewport().mapToGlobal(spot)))
        theme.changed.connect(self._dress)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────

    def show_columns(self, columns: tuple[Column, ...]) -> None:
        """Sets the columns worth showing; the view leaves out what finds no room. Call it after the rows changed."""
        self._all_columns = columns
        self._lay_out()

    def in_hand(self) -> Row | None:
        """The row that has the keyboard."""
        return self._table.row(self.currentIndex().row())

    def selected_rows(self) -> list[Row]:
        """The rows touched by the selection, top down."""
        lines = sorted({index.row() for index in self.selectedIndexes()})
        return [row for line in lines if (row := self._table.row(line)) is not None]

    def take_in_hand(self, uid: str, column: int | None = None) -> bool:
        """Puts the keyboard on a row; False when it is not shown."""
        line = self._table.line_of(uid)
        if line is None:
            return False
        names = [each.name for each in self._table.columns]
        if column is None:
            column = names.index(self._column_in_hand if self._column_in_hand in names else "name")
        index = self._table.index(line, max(0, min(column, len(names) - 1)))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)
        if self._table.heading(line - 1) is not None:
            self.scrollTo(self._table.index(line - 1, 0))
        self.scrollTo(index)
        return True

    def take_first(self) -> None:
        """Puts the keyboard on the first row."""
        for line in range(self._table.rowCount()):
            row = self._table.row(line)
            if row is not None:
                self.take_in_hand(str(row["uid"]))
                return
        self.row_changed.emit(None)

    def block(self, with_titles: bool) -> str:
        """The selected cells as tab-separated lines, as a spreadsheet takes them."""
        cells = [index for index in self.selectedIndexes() if self._table.row(index.row()) is not None]
        if not cells:
            return ""
        lines = sorted({index.row() for index in cells})
        columns = sorted({index.column() for index in cells})
        texts = [[_cell(self._table.text(line, column)) for column in columns] for line in lines]
        if with_titles:
            texts.insert(0, [self._table.columns[column].label for column in columns])
        return "\n".join("\t".join(line) for line in texts)

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _dress(self) -> None:
        self.delegate.forget()
        self._lay_out()
        self.viewport().update()

    def _lay_out(self) -> None:
        factor = self._theme.factor
        room = self.viewport().width()
        kept, widths = fitting(self._all_columns, int(room / factor))
        here = self.in_hand()
        self._table.set_columns(kept)
        self.header.blockSignals(True)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, round(width * factor))
        self.header.blockSignals(False)
        self._set_heights()
        if here is not None:
            self.take_in_hand(str(here["uid"]))

    def _set_heights(self) -> None:
        widths = [self.columnWidth(column) for column in range(len(self._table.columns))]
        self.clearSpans()
        for line in range(self._table.rowCount()):
            self.setRowHeight(line, self.delegate.height(line, widths))
            if len(widths) > 1 and self._table.heading(line) is not None:
                self.setSpan(line, 0, 1, len(widths))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self._all_columns:
            self._lay_out()

    # ── moving ───────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.delegate.in_hand = current.row()
        if current.isValid() and self._table.row(current.row()) is not None:
            self._column_in_hand = self._table.columns[current.column()].name
        if current.row() != previous.row() or not previous.isValid():
            self.row_changed.emit(self._table.row(current.row()))
        self.viewport().update()

    @override
    def reset(self) -> None:
        self.end_edit()
        super().reset()
        self.delegate.in_hand = -1

    def toggle(self, line: int) -> None:
        """Folds or opens the group at a heading; the keyboard stays there."""
        heading = self._table.heading(line)
        if heading is None:
            return
        at = self.verticalScrollBar().value()
        self._table.fold(heading.key, not self._table.is_folded(heading.key))
        self._lay_out()
        self.setCurrentIndex(self._table.index(line, 0))
        self.verticalScrollBar().setValue(at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        current = self.currentIndex()
        heading = self._table.heading(current.row())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if heading is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle(current.row())
        elif heading is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if self._table.is_folded(heading.key) == (key == Qt.Key.Key_Right):
                self.toggle(current.row())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not control:
            self.begin_edit(current)
        elif key == Qt.Key.Key_Delete and not control:
            self._clear_or_delete()
        elif control and key == Qt.Key.Key_Minus:
            self.delete_asked.emit()
        elif key == Qt.Key.Key_Insert or (control and key == Qt.Key.Key_N):
            self.add_asked.emit()
        elif key == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.selectRow(current.row())
        elif heading is None and not control and event.text().isprintable() and event.text().strip():
            self.begin_edit(current)
            if self._edit is not None:
                self._edit.replace(event.text())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _clear_or_delete(self) -> None:
        """Whole rows are deleted; else the cell in hand is emptied, if it may be empty."""
        chosen = self.selectedIndexes()
        lines = {index.row() for index in chosen}
        if chosen and len(chosen) >= len(lines) * len(self._table.columns) > 1:
            self.delete_asked.emit()
            return
        index = self.currentIndex()
        row = self._table.row(index.row())
        if row is None or not self.is_editable or not self._table.text(index.row(), index.column()):
            return
        column = self._table.columns[index.column()]
        checked = self._check(column, "")
        if not column.is_editable or checked.error is not None:
            self.begin_edit(index)
            return
        self.edited.emit(row, column, checked.value)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self.rowAt(event.position().toPoint().y())
        if event.button() == Qt.MouseButton.LeftButton and self._table.heading(line) is not None:
            self.toggle(line)
            return
        super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._table.row(index.row()) is not None:
            self.begin_edit(index)

    @property
    def meaning_key(self) -> str:
        """The key under which the column in hand is explained."""
        column = self.currentIndex().column()
        return self._table.kind.meaning_key(self._table.columns[column]) if column >= 0 else ""

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_whole(event)
            return True
        return super().viewportEvent(event)

    def _hover(self, line: int) -> None:
        if line != self.delegate.hovered:
            self.delegate.hovered = line
            self.viewport().update()

    def _show_whole(self, event: QHelpEvent) -> None:
        index = self.indexAt(event.pos())
        if not index.isValid() or self._table.row(index.row()) is None:
            QToolTip.hideText()
            return
        cell = self.delegate.cell(index.row(), index.column(), self.columnWidth(index.column()))
        if not cell.is_cut:
            QToolTip.hideText()
            return
        whole = [self._table.text(index.row(), index.column()), self._table.quote(index.row(), index.column())]
        words = "<br>".join(escape(part).replace("\n", "<br>") for part in whole if part)
        QToolTip.showText(event.globalPos(), f"<p>{words}</p>", self.viewport(), self.visualRect(index))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.delegate.has_focus = True

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.delegate.has_focus = False

    # ── editing ──────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def edit_in_hand(self) -> CellEdit | None:
        """The editor over a cell while one is open."""
        return self._edit

    @property
    def is_editing(self) -> bool:
        """Whether a cell is being edited."""
        return self._edit is not None

    def begin_edit(self, index: QModelIndex) -> None:
        """Opens the editor over a cell, if it may be edited."""
        row = self._table.row(index.row())
        if row is None or not self.is_editable or not self._table.columns[index.column()].is_editable:
            return
        self.end_edit()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        column = self._table.columns[index.column()]
        text = self._table.text(index.row(), index.column())
        cell = self.delegate.cell(index.row(), index.column(), self.columnWidth(index.column()))
        field = self._table.kind.field(column)
        edit = CellEdit(self._theme, field, text, self.viewport(), is_wrapped=len(cell.lines) > 1)
        edit.options = self.options
        edit.place(QRect(self.visualRect(index)))
        edit.check = lambda typed: self._check(column, typed)
        edit.finished.connect(lambda how, checked: self._finish(row, column, how, checked))
        self._edit = edit
        edit.open()

    def end_edit(self) -> None:
        """Takes the editor away without saving."""
        if self._edit is not None:
            edit, self._edit = self._edit, None
            edit.close_editor()

    def _finish(self, row: Row, column: Column, how: str, checked: Checked | None) -> None:
        had_focus = how != "away"
        self.end_edit()
        if checked is not None:
            self.edited.emit(row, column, checked.value)
        if had_focus:
            self.setFocus()
        if how in ("next", "previous"):
            self._edit_beside(str(row["uid"]), column, 1 if how == "next" else -1)

    def _edit_beside(self, uid: str, column: Column, step: int) -> None:
        line = self._table.line_of(uid)
        names = [each.name for each in self._table.columns]
        if line is None or column.name not in names:
            return
        place = names.index(column.name) + step
        while 0 <= place < len(names):
            if self._table.columns[place].is_editable:
                self.begin_edit(self._table.index(line, place))
                return
            place += step


def _cell(text: str) -> str:
    """A text as a spreadsheet expects it in a tab-separated line."""
    if any(mark in text for mark in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text
