"""Where the keyboard goes when a cell was filled: the habit of the hand from WPS."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt

from laoxiao_desktop.ui.grid_parts import Index, SheetTable

_ROWS: Final = 200  # further down nobody looks
_STEPS: Final = {"next": 1, "previous": -1}


class Filling:
    """Tab goes to the next cell that can be filled, Enter one row down, back under the cell where the Tabs began."""

    def __init__(self, table: SheetTable) -> None:
        self._table = table
        self._began: int | None = None  # the column where a run of Tabs began
        self._expected: tuple[int, int] | None = None  # the cell that the last Tab went to

    def after(self, how: str, here: Index, shown: Sequence[int]) -> QModelIndex | None:
        """The cell to go to; None to stay. `shown` are the columns from left to right."""
        is_run = self._expected == (here.row(), here.column())
        began = self._began if is_run and self._began is not None else here.column()
        self._began = self._expected = None
        if how in _STEPS:
            found = self._beside(here, shown, _STEPS[how])
            if found is not None:
                self._began, self._expected = began, (found.row(), found.column())
            return found
        if how != "stay":
            return None
        row = here.row() + 1
        while self._table.heading(row) is not None:
            row += 1
        return self._table.index(row, began) if row < self._table.rowCount() else None

    def _beside(self, here: Index, shown: Sequence[int], step: int) -> QModelIndex | None:
        """The next cell that can be filled in this row, else in the rows that follow, as one reads."""
        if here.column() not in shown:
            return None
        place, row = shown.index(here.column()) + step, here.row()
        for _ in range(_ROWS):
            while 0 <= place < len(shown):
                index = self._table.index(row, shown[place])
                if self._table.line(row) is not None and self._table.flags(index) & Qt.ItemFlag.ItemIsEditable:
                    return index
                place += step
            row += step
            place = 0 if step > 0 else len(shown) - 1
            if not 0 <= row < self._table.rowCount():
                return None
        return None
