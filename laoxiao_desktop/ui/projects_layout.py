"""Which columns stand in the grid and how wide: chosen by the person, or by the room there is."""

from PySide6.QtCore import QObject, Signal

from laoxiao_desktop.ui.grid_columns import COLUMNS, INDEX, arrange, fit, spread
from laoxiao_desktop.ui.grid_paint import PADDING
from laoxiao_desktop.ui.grid_view import GridView
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Settings
from laoxiao_desktop.workspace import glances, milestones

_SAMPLE = 200  # rows looked at to fit a column to its texts
_WIDEST = 480


class ColumnLayout(QObject):
    """Lays the columns of a GridView. `chosen` gives the columns after the person moved or hid one."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, view: GridView, settings: Settings) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._settings = settings
        self._chosen: tuple[str, ...] | None = None
        kept = settings.get("projects.widths")
        self._widths = (
            {k: v for k, v in kept.items() if isinstance(v, int) and k in INDEX} if isinstance(kept, dict) else {}
        )
        self._last: tuple[object, ...] = ()
        self.without: frozenset[str] = frozenset()  # columns that would be empty in every row
        view.header.moved.connect(lambda: self.chosen.emit(view.header.names()))
        view.header.sized.connect(self._remember)
        view.header.fit_asked.connect(self.fit)
        view.resized.connect(self.lay)
        theme.changed.connect(self.lay)

    def set_chosen(self, names: tuple[str, ...] | None) -> None:
        """Show these columns; None leaves the choice to the room."""
        self._chosen = names
        self.lay()

    def lay(self) -> None:
        """Show what finds room; the name takes what is left."""
        across = self._view.width() - self._view.verticalScrollBar().sizeHint().width()  # whether the bar shows or not
        room = across / self._theme.factor
        names = (
            arrange(self._chosen, self._chosen) if self._chosen is not None else fit(room, self._widths, self.without)
        )
        widths = spread(names, self._widths, room)
        wanted = (names, tuple(widths.items()), self._theme.factor)
        if wanted == self._last:
            return
        self._last = wanted
        self._view.table.show_columns(names)
        on_screen = {name: self._theme.px(width) for name, width in widths.items()}
        rest = sum(width for name, width in on_screen.items() if name != "name")
        slack = across - rest - on_screen["name"]
        if "name" not in self._widths and 0 < slack < len(names):
            on_screen["name"] += slack  # what rounding to whole px left over
        self._view.header.lay(names, on_screen)
        self._view.viewport().update()

    def hide(self, name: str) -> None:
        """Take a column away."""
        self.chosen.emit(tuple(shown for shown in self._view.header.names() if shown != name))

    def fit(self, name: str) -> None:
        """Make a column as wide as its title and the texts in sight need."""
        column, cells, view = COLUMNS[INDEX[name]], self._view.painter_of_cells, self._view
        widest = cells.text_width(column.title, 12, True) + self._theme.px(22)
        if column.unit:
            widest += cells.text_width(column.unit, 11) + self._theme.px(4)
        first = max(0, view.rowAt(0))
        for row in range(first, min(first + _SAMPLE, view.table.rowCount())):
            line = view.table.line(row)
            if line is not None:
                widest = max(widest, cells.text_width(line.text(INDEX[name])))
        if column.style in ("ratio", "milestone", "light"):
            widest = max(widest, self._theme.px(column.width - 2 * PADDING))
        needed = round((widest + 2 * self._theme.px(PADDING) + 2) / self._theme.factor)
        self._remember(name, self._theme.px(min(needed, _WIDEST)))

    def fit_all(self) -> None:
        """Fit every shown column."""
        for name in self._view.header.names():
            self.fit(name)

    def forget(self) -> None:
        """Go back to the usual widths and columns."""
        self._widths.clear()
        self._settings.put("projects.widths", None)
        self._last = ()

    def _remember(self, name: str, width: int) -> None:
        self._widths[name] = round(width / self._theme.factor)
        self._settings.put("projects.widths", dict(self._widths))
        self.lay()


SHOWN = frozenset(  # tables of which a change may show in the grid
    ("project", "milestone", "plan", "region", "month", "monthly_report", "light_override", "site", "setting")
)


def empty_columns(session: Session) -> frozenset[str]:
    """The columns that would be empty in every row: 里程碑, 投资完成 and 灯 before there is something to tell."""
    has_any, has_months = session.read(milestones.has_any), glances.has_months(session.ledger)
    told = (("milestones", has_any), ("completed", has_months), ("light", has_any or has_months))
    return frozenset(name for name, is_told in told if not is_told)
