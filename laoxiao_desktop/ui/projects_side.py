"""The record pane beside the grid: what it shows, how wide it is, when it stands alone."""

from PySide6.QtCore import QObject, QTimer, Signal

from laoxiao_desktop.ui.grid_view import GridView
from laoxiao_desktop.ui.place_frame import PlaceFrame
from laoxiao_desktop.ui.record_pane import RecordPane
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme

USUAL, WIDE, NARROW = 376, 420, 360
WIDE_WINDOW, NARROW_WINDOW, TINY_WINDOW = 1600, 1200, 900
_LEAST = 320
_DELAY = 60  # ms; while ↓ is held down the pane waits


class PaneSide(QObject):
    """Joins a GridView and a RecordPane in a splitter. `placed` tells that the room of the grid changed."""

    placed = Signal()

    def __init__(self, session: Session, theme: Theme, view: GridView, pane: RecordPane, splitter: PlaceFrame) -> None:
        super().__init__(splitter)
        self._session = session
        self._settings = session.settings
        self._theme = theme
        self._view = view
        self._pane = pane
        self._splitter = splitter
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self.follow)
        view.row_chosen.connect(lambda _: self._timer.start())
        pane.closed.connect(lambda: self.show(False))
        splitter.splitterMoved.connect(lambda *_: self._remember())
        self._is_over = False  # in a very narrow window the pane stands over the grid only when asked for
        pane.setVisible(self._settings.flag("projects.pane", True))

    @property
    def is_hidden(self) -> bool:
        """Whether the person hid the pane."""
        return self._pane.isHidden()

    def follow_soon(self) -> None:
        """Show the project in hand when the hand rests."""
        self._timer.start()

    def follow(self) -> None:
        """Show the project in hand; a heading leaves the record that was there."""
        if self._pane.isHidden() or not self._session.has_ledger:
            return
        table, index = self._view.table, self._view.currentIndex()
        is_row = index.isValid() and index.row() < table.rowCount()
        uid = table.uid_at(index.row()) if is_row else None
        if uid is None and is_row:
            return
        if uid != self._pane.uid:
            self._pane.show_record(uid)
        self._pane.set_position(table.rows.place(index.row()) + 1 if uid else 0, len(table.rows.ids))

    def show(self, is_shown: bool) -> None:
        """Hide or show the pane."""
        if self._is_tiny():
            self._is_over = is_shown
        else:
            self._settings.put("projects.pane", is_shown)
        self.place()
        if is_shown:
            self.follow()
        else:
            self._view.setFocus()

    def place(self) -> None:
        """Give the pane its width; in a very narrow window it stands in place of the grid."""
        parent = self._splitter.parentWidget() or self._splitter
        room = parent.width()
        logical = self._splitter.window().width() / self._theme.factor
        usual = WIDE if logical >= WIDE_WINDOW else NARROW if logical < NARROW_WINDOW else USUAL
        is_tiny = self._is_tiny()
        self._pane.setVisible(self._is_over if is_tiny else self._settings.flag("projects.pane", True))
        self._splitter.left.setVisible(not (is_tiny and self._is_over))
        kept = self._settings.number("projects.pane_width", usual)
        width = max(self._theme.px(_LEAST), min(self._theme.px(kept), room // 2))
        self._splitter.setSizes([max(1, room - width - 1), width])
        self.placed.emit()

    def _is_tiny(self) -> bool:
        return self._splitter.window().width() / self._theme.factor < TINY_WINDOW

    def _remember(self) -> None:
        self._settings.put("projects.pane_width", round(self._pane.width() / self._theme.factor))
        self.placed.emit()
