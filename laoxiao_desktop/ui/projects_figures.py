"""The figures of the status line: what is shown and what is selected."""

from array import array

from PySide6.QtCore import QObject, QTimer, Signal

from laoxiao_desktop.models.money import show_money_fixed
from laoxiao_desktop.models.query import Sums
from laoxiao_desktop.ui.grid_view import GridView
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.workspace import projects


class Figures(QObject):
    """Counts and sums of a GridView. `changed` gives (label, value); they are told once the hand rests."""

    changed = Signal(object)

    def __init__(self, session: Session, view: GridView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.last: tuple[tuple[str, str], ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._tell)
        view.selected.connect(self._timer.start)

    def tell_soon(self) -> None:
        """Count again when the event loop comes round."""
        self._timer.start()

    def _tell(self) -> None:
        if not self._session.has_ledger:
            return
        table = self._view.table
        figures = [
            ("", f"{table.sums.count} 项"),
            ("总投资", show_money_fixed(table.sums.total_investment)),
            ("申请中央", show_money_fixed(table.sums.central_request)),
        ]
        ids = table.ids_in(self._view.selected_stretches())
        if ids:
            chosen = self._sums_of(ids)
            figures.append((f"选中 {chosen.count} 项", show_money_fixed(chosen.total_investment)))
        if tuple(figures) != self.last:
            self.last = tuple(figures)
            self.changed.emit(self.last)

    def _sums_of(self, ids: "array[int]") -> Sums:
        table = self._view.table
        return table.sums if len(ids) == len(table.rows.ids) else self._session.read(projects.sums, ids)
