"""对列 and 核对: the sheet itself under its columns, what would happen to each row, and what is to be decided."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laoxiao_desktop.models.imports import is_written
from laoxiao_desktop.ui import keys
from laoxiao_desktop.ui.import_bar import ImportBar
from laoxiao_desktop.ui.import_decision import Decision
from laoxiao_desktop.ui.import_grid import ImportGrid
from laoxiao_desktop.ui.import_sheets import Sheet
from laoxiao_desktop.ui.import_state import ImportState
from laoxiao_desktop.ui.import_table import ImportTable
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme


class ImportReview(QWidget):
    """`sheet_changed`: the key of the sheet in view."""

    sheet_changed = Signal(str)

    def __init__(self, session: Session, theme: Theme, state: ImportState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._key = ""
        self._is_checking = True
        self.bar = ImportBar(session, theme, state)
        self.table = ImportTable(self)
        self.grid = ImportGrid(theme, self.table)
        self.decision = Decision(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.grid, 1)
        column.addWidget(self.decision)
        self.heart: QWidget = self.grid  # the keyboard goes here; a focus proxy would take the bar from Tab
        self.grid.header.read_as.connect(lambda number, role, unit: state.read_as(self._key, number, role, unit))
        self.table.fixed.connect(lambda row, number, text: state.fix(self._key, row, number, text))
        self.grid.row_changed.connect(lambda _: self._tell())
        self.grid.turned.connect(self._turn)
        self.decision.decided.connect(state.decide, Qt.ConnectionType.QueuedConnection)
        self.decision.chosen.connect(state.choose, Qt.ConnectionType.QueuedConnection)
        self.decision.left.connect(state.leave, Qt.ConnectionType.QueuedConnection)
        self.bar.only_news.connect(lambda _: self.refresh())
        self.bar.open_asked.connect(self.go_to_open)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, do in (
            ("F8", self.go_to_open),
            ("Ctrl+PgDown", lambda: self.step_sheet(1)),
            ("Ctrl+PgUp", lambda: self.step_sheet(-1)),
        ):
            QShortcut(QKeySequence(key), self, do, context=context)
        keys.bind(self.grid, "Ctrl+C", self.grid.copy)

    @property
    def sheet(self) -> Sheet | None:
        """The sheet in view."""
        return self._state.sheet(self._key)

    def begin(self, *, is_checking: bool) -> None:
        """Comes to the front, to set the columns right or to look the rows through."""
        self._is_checking = is_checking
        if self.sheet is None or (not is_checking and not self.sheet.questions):
            self._key = self._first(is_checking)
        self.refresh()

    def _first(self, is_checking: bool) -> str:
        """The sheet to look at first: one that asks something, else the one with most to write."""
        sheets, left = self._state.sheets, frozenset(self._state.left)
        asking = [sheet.key for sheet in sheets.sheets if sheet.questions]
        if asking and not is_checking:
            return asking[0]
        by_news = sorted(sheets.sheets, key=lambda sheet: -sheets.written_in(sheet, left))
        return by_news[0].key if by_news else ""

    def show_sheet(self, key: str) -> None:
        """Puts another sheet in view."""
        if key != self._key:
            self._key = key
            self.refresh()

    def step_sheet(self, by: int) -> None:
        """The next or previous sheet."""
        keys = [sheet.key for sheet in self._state.sheets.sheets]
        if self._key in keys:
            self.show_sheet(keys[(keys.index(self._key) + by) % len(keys)])

    def refresh(self) -> None:
        """After anything changed."""
        state = self._state
        if state.file is None:
            return
        self.bar.refresh(is_checking=self._is_checking)
        sheet = self.sheet or (state.sheets.sheets[0] if state.sheets.sheets else None)
        if sheet is None:
            return
        self._key = sheet.key
        only_news = self._is_checking and self.bar.news.isChecked()
        self.table.show(
            sheet,
            state.sheets.rows,
            frozenset(state.left),
            is_checking=self._is_checking,
            is_unread=sheet.key in state.unread,
            only_news=only_news,
        )
        self.grid.refresh()
        self._tell()
        self.sheet_changed.emit(sheet.key)

    def go_to_open(self) -> None:
        """To the next row that needs a person, in whichever sheet it stands."""
        keys = [sheet.key for sheet in self._state.sheets.sheets]
        if self._key not in keys:
            return
        start = keys.index(self._key)
        for step in range(len(keys)):
            self.show_sheet(keys[(start + step) % len(keys)])
            if self.grid.go_to_open():
                self.grid.setFocus()
                return

    def _tell(self) -> None:
        at = self.grid.currentIndex().row()
        if not self._is_checking or not 0 <= at < len(self.table.lines):
            self.decision.hide()
            return
        line = self.table.lines[at]
        why = line.why_unread if line.key is None else ""
        self.decision.show_row(self.table.row(at), why, self.table.is_left(at))
        # what is asked may take room from the rows: the one in hand stays in sight
        QTimer.singleShot(0, self.grid, lambda: self.grid.scrollTo(self.grid.currentIndex()))

    def _turn(self, at: int, section: int) -> None:
        """The space bar: takes or leaves a correction in its cell, else the whole row."""
        row = self.table.row(at)
        if row is None or not self._is_checking:
            return
        view = self.table.cell(at, section)
        if view.change is not None and view.change.note:
            self._state.choose(row.key, view.change.field, not view.change.is_chosen)
        elif is_written(row) and row.state != "gone":
            self._state.leave(row.key, not self.table.is_left(at))
