"""The project in hand and the rows selected, kept by id while the rows around them change."""

from dataclasses import dataclass
from itertools import chain

from laoxiao_desktop.ui.grid_columns import INDEX
from laoxiao_desktop.ui.grid_view import GridView

_MOST_KEPT = 2000  # selected rows that are selected again after the rows changed


@dataclass(frozen=True, slots=True)
class Held:
    """What was in hand before a change: id, where it stood, its column, and the ids of whole selected rows."""

    id: int | None = None
    row: int = -1
    column: int = INDEX["name"]
    chosen: frozenset[int] = frozenset()


class Hand:
    """Reads and restores what is in hand in a GridView."""

    def __init__(self, view: GridView) -> None:
        self._view = view
        self._table = view.table
        self._lost = Held()  # what a search hid; it comes back in hand when it is shown again

    def hold(self) -> Held:
        """What is in hand now."""
        view, table = self._view, self._table
        index = view.currentIndex()
        if not index.isValid() or index.row() >= table.rowCount():
            return self._lost
        chosen: frozenset[int] = frozenset()
        if view.has_whole_rows():
            ids = table.ids_in(view.selected_stretches())
            chosen = frozenset(ids) if len(ids) <= _MOST_KEPT else chosen
        return Held(table.id_at(index.row()), index.row(), index.column(), chosen)

    def give_back(self, held: Held, *, nearest: bool = False) -> None:
        """Take the same project in hand where it stands now; `nearest` takes its neighbour when it is gone."""
        view, table = self._view, self._table
        found = table.row_of_id(held.id) if held.id is not None else None
        if found is None and nearest and table.rowCount() and held.row >= 0:
            found = self.nearest(min(held.row, table.rowCount() - 1))
        if held.chosen and found is not None:
            view.choose_rows(table.rows_of_ids(held.chosen) or [found], found, held.column)
        elif found is not None:
            view.take(table.index(found, held.column))
        else:
            view.forget_current()
        self._lost = held if found is None else Held()

    def nearest(self, row: int) -> int | None:
        """The row of the project at `row`, a little below it, or above; None when there is none."""
        below = range(row, min(row + 3, self._table.rowCount()))
        for candidate in chain(below, range(row - 1, -1, -1)):
            if self._table.id_at(candidate) is not None:
                return candidate
        return None

    def take_first(self) -> None:
        """Take the first project in hand."""
        row = self.nearest(0) if self._table.rowCount() else None
        if row is not None:
            self._view.choose_row(row, INDEX["name"])

    def step(self, way: int) -> None:
        """Take the project before or after the one in hand, past headings."""
        row = self._view.currentIndex().row() + way
        while 0 <= row < self._table.rowCount():
            if self._table.id_at(row) is not None:
                self._view.choose_row(row)
                return
            row += way
