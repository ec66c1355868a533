"""A sheet of cells on screen: painted rows, 序号 and 名称 that stay when scrolled sideways, keys as in WPS."""

from html import escape
from typing import Generic, TypeVar, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QToolTip, QWidget
from typing_extensions import override

from laoxiao_desktop.ui.grid_columns import FROZEN
from laoxiao_desktop.ui.grid_delegate import GridDelegate
from laoxiao_desktop.ui.grid_filling import Filling
from laoxiao_desktop.ui.grid_header import GridHeader
from laoxiao_desktop.ui.grid_paint import GROUP_ROW, ROW
from laoxiao_desktop.ui.grid_parts import Index, Scene, SheetCells, SheetPainter, SheetTable, Span
from laoxiao_desktop.ui.theme import Theme

Flag = QItemSelectionModel.SelectionFlag


T = TypeVar("T", bound=SheetTable)
C = TypeVar("C", bound=SheetCells)


class SheetView(QTableView, Generic[T, C]):
    """Shows a table by a painter of cells and one of rows. `row_chosen` names the project in hand, `selected` says that the selection changed."""

    row_chosen = Signal(object)
    selected = Signal()
    heading_clicked = Signal(str)
    context_menu_asked = Signal(QPoint)
    edit_refused = Signal(str)
    resized = Signal()

    def __init__(self, table: T, cells: C, rows: SheetPainter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hover = -1
        self._from_number = False  # whether the mouse went down on 序号, which selects whole rows
        self._tall: set[int] = set()
        self.table = table
        self.painter_of_cells = cells
        self._rows = rows
        self._index = {column.name: number for number, column in enumerate(cells.columns)}
        model = cast(QAbstractItemModel, table)
        self.setModel(model)
        self.delegate = GridDelegate(table, cells.columns, theme, self)
        self.setItemDelegate(self.delegate)
        self.header = GridHeader(theme, self, cells.columns)
        self.setHorizontalHeader(self.header)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self._filling = Filling(table)
        self.delegate.left.connect(self._on_editor_left)
        model.rowsInserted.connect(self.lay_rows)
        model.rowsRemoved.connect(self.lay_rows)
        theme.changed.connect(self._restyle)
        self._restyle()

    # --- geometry ------------------------------------------------------------------------------------------------

    def spans(self) -> list[Span]:
        """The visible columns from left to right, the frozen ones where they stay."""
        header, frozen = self.horizontalHeader(), 0.0
        found: list[Span] = []
        for visual in range(header.count()):
            number = header.logicalIndex(visual)
            if header.isSectionHidden(number):
                continue
            width = header.sectionSize(number)
            if len(found) < FROZEN:
                found.append(Span(number, frozen, width))
                frozen += width
            else:
                found.append(Span(number, header.sectionViewportPosition(number), width))
        return found

    def frozen_width(self) -> int:
        """How far the columns that never scroll away reach."""
        return sum(self.columnWidth(number) for number in range(FROZEN))

    @override
    def indexAt(self, pos: QPoint) -> QModelIndex:
        if pos.x() < self.frozen_width():
            row = self.rowAt(pos.y())
            if row < 0:
                return QModelIndex()
            return self.table.index(row, 0 if pos.x() < self.columnWidth(0) else 1)
        return super().indexAt(pos)

    @override
    def visualRect(self, index: Index) -> QRect:
        rect = super().visualRect(index)
        if index.isValid() and index.column() < FROZEN:
            rect.moveLeft(0 if index.column() == 0 else self.columnWidth(0))
        return rect

    @override
    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if not index.isValid():
            return
        if index.column() < FROZEN:
            bar.setValue(before)
            return
        left = self.columnViewportPosition(index.column())
        if left < self.frozen_width():
            bar.setValue(bar.value() - (self.frozen_width() - left))

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()
            self.header.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.context_menu_asked.emit(event.globalPos())

    @override
    def sizeHintForColumn(self, column: int) -> int:
        """Qt fits a column after a double click on its border; ColumnLayout has done so already."""
        return self.columnWidth(column)

    def set_words(self, search: str) -> None:
        """Mark what is searched for where it stands."""
        self.painter_of_cells.seek(search)
        self.viewport().update()

    def forget_current(self) -> None:
        """Nothing is in hand any more."""
        self.selectionModel().clear()

    def lay_rows(self) -> None:
        """Give headings their height after the rows changed in kind."""
        header = self.verticalHeader()
        wanted = set(self.table.rows.headings) if self.table.rows.groups else set()
        count = self.table.rowCount()
        row, tall = self._theme.px(ROW), self._theme.px(GROUP_ROW)
        header.setUpdatesEnabled(False)
        for number in self._tall - wanted:
            if number < count:
                header.resizeSection(number, row)
        for number in wanted:
            if number < count and header.sectionSize(number) != tall:
                header.resizeSection(number, tall)
        header.setUpdatesEnabled(True)
        self._tall = wanted

    def _restyle(self) -> None:
        header = self.verticalHeader()
        header.setMinimumSectionSize(self._theme.px(ROW))
        header.setDefaultSectionSize(self._theme.px(ROW))
        self._tall = set(range(self.table.rowCount())) if self.table.rows.groups else set()
        self.lay_rows()
        self.viewport().update()

    # --- painting ------------------------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        cells, area = self.painter_of_cells, event.rect()
        painter.fillRect(area, cells.color("surface"))
        scene = self._scene()
        for row in self._rows_in(area):
            self._rows.paint(painter, row, self.rowViewportPosition(row), self.rowHeight(row), scene, area)
        painter.end()

    def _rows_in(self, area: QRect) -> range:
        first = self.rowAt(area.top())
        if first < 0:
            return range(0)
        last = self.rowAt(area.bottom())
        return range(first, (last if last >= 0 else self.table.rowCount() - 1) + 1)

    def _scene(self) -> Scene:
        index = self.currentIndex()
        return Scene(
            spans=tuple(self.spans()),
            width=self.viewport().width(),
            frozen=self.frozen_width(),
            row=index.row(),
            column=index.column(),
            hover=self._hover,
            has_focus=self.hasFocus(),
            chosen=self._chosen(),
        )

    def _chosen(self) -> tuple[tuple[int, int, int, int], ...]:
        """Selected stretches as (top, bottom, first column, last column); none while a single cell is."""
        selection = self.selectionModel().selection()
        found = tuple((s.top(), s.bottom(), s.left(), s.right()) for s in selection.toList())
        is_single = len(found) == 1 and found[0][0] == found[0][1] and found[0][2] == found[0][3]
        return () if is_single else found

    # --- selection -----------------------------------------------------------------------------------------------

    def selected_stretches(self) -> list[range]:
        """The rows that hold a selected cell, as stretches from the top, none twice."""
        found: list[range] = []
        spans = sorted((stretch.top(), stretch.bottom() + 1) for stretch in self.selectionModel().selection().toList())
        for start, stop in spans:
            if found and start <= found[-1].stop:
                found[-1] = range(found[-1].start, max(stop, found[-1].stop))
            else:
                found.append(range(start, stop))
        return found

    def selected_columns(self) -> list[int]:
        """The visible columns that hold a selected cell, from left to right."""
        stretches = [(stretch.left(), stretch.right()) for stretch in self.selectionModel().selection().toList()]
        return [s.number for s in self.spans() if any(left <= s.number <= right for left, right in stretches)]

    def has_whole_rows(self) -> bool:
        """Whether rows were selected as such (by 序号), not cells."""
        selection = self.selectionModel().selection().toList()
        return bool(selection) and all(stretch.width() == len(self.painter_of_cells.columns) for stretch in selection)

    def choose_row(self, row: int, column: int | None = None) -> None:
        """Take the project in `row` in hand, in the same column as before if none is given."""
        here = self.currentIndex().column()
        number = column if column is not None else here if here >= 0 else self._index["name"]
        self.take(self.table.index(row, number))

    def take(self, index: Index) -> None:
        """Take one cell in hand and nothing else, whatever keys are held down (Ctrl+N must not add to a selection)."""
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)
        self.scrollTo(index)

    def choose_rows(self, rows: list[int], current: int | None, column: int) -> None:
        """Select whole rows again after the table changed, without any sound of it."""
        selection = QItemSelection()
        last = len(self.painter_of_cells.columns) - 1
        for row in rows:
            selection.select(self.table.index(row, 0), self.table.index(row, last))
        model = self.selectionModel()
        if current is not None:
            model.setCurrentIndex(self.table.index(current, column), Flag.NoUpdate)
        model.select(selection, Flag.ClearAndSelect)

    @override
    def selectionCommand(self, index: Index, event: QEvent | None = None) -> Flag:
        command = super().selectionCommand(index, event)
        if isinstance(event, QMouseEvent) and self._from_number:
            command |= Flag.Rows
        return command

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self.viewport().update()
        self.selected.emit()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and current.row() != previous.row():
            self.row_chosen.emit(self.table.uid_at(current.row()))

    # --- keys and mouse ------------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        group = self.table.heading(index.row()) if index.isValid() else None
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if group is not None and plain and self._turns_group(event.key(), group.value):
            self.heading_clicked.emit(group.value)
        elif (event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain) or (
            event.key() == Qt.Key.Key_F2 and plain
        ):
            self.open_cell()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            rows = [row for stretch in self.selected_stretches() for row in stretch]
            self.choose_rows(rows, index.row(), index.column())
        else:
            super().keyPressEvent(event)

    def open_cell(self) -> None:
        """Edit the cell in hand; a cell that is computed, or a ledger that is read-only, says so instead."""
        index = self.currentIndex()
        if not index.isValid() or self.table.heading(index.row()) is not None or self.delegate.editor is not None:
            return
        if self.table.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self.edit_refused.emit(self.painter_of_cells.columns[index.column()].name)

    def _turns_group(self, key: int, value: str) -> bool:
        is_closed = value in self.table.rows.closed
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            return True
        return key == (Qt.Key.Key_Right if is_closed else Qt.Key.Key_Left)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Typing edits a cell; searching is the search field's work and never walks 100 000 rows."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._from_number = index.isValid() and index.column() == self._index["list_no"]
        super().mousePressEvent(event)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and index.column() < FROZEN:
            group = self.table.heading(index.row())
            if group is not None:
                self.heading_clicked.emit(group.value)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(self.rowAt(event.position().toPoint().y()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, row: int) -> None:
        if row != self._hover:
            before, self._hover = self._hover, row
            for number in (before, row):
                if number >= 0:
                    top = self.rowViewportPosition(number)
                    self.viewport().update(0, top, self.viewport().width(), self.rowHeight(number))

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            words = self._explanation(index) if index.isValid() else ""
            if words:
                QToolTip.showText(event.globalPos(), f"<div>{escape(words)}</div>", self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _explanation(self, index: Index) -> str:
        line = self.table.line(index.row())
        if line is None:
            return ""
        draft = self.table.draft(line.uid, self.painter_of_cells.columns[index.column()].name)
        if draft is not None:
            return f"{draft[1]}（按 F2 改，按 Esc 恢复）"
        return self.painter_of_cells.explain(index.column(), line, self.columnWidth(index.column()))

    # --- leaving an editor ---------------------------------------------------------------------------------------

    def _on_editor_left(self, how: str) -> None:
        self.setFocus()
        index = self._filling.after(how, self.currentIndex(), [span.number for span in self.spans()])
        if index is not None:
            self.take(index)
