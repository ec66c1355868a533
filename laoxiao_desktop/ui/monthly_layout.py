"""Which columns of the month stand on screen and how wide: chosen by the person, or by the room there is."""

from PySide6.QtCore import QObject, Signal

from laoxiao_desktop.ui.grid_paint import PADDING
from laoxiao_desktop.ui.monthly_columns import COLUMNS, INDEX, arranged, fitting, spread
from laoxiao_desktop.ui.monthly_view import MonthView
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Settings

_WIDEST, _SAMPLE = 480, 200


class MonthLayout(QObject):
    """Lays the columns of a MonthView and remembers them. `changed` tells that the person chose others."""

    changed = Signal()

    def __init__(self, theme: Theme, view: MonthView, settings: Settings) -> None:
        super().__init__(view)
        self._theme, self._view, self._settings = theme, view, settings
        kept = settings.get("monthly.widths")
        known = kept.items() if isinstance(kept, dict) else ()
        self._widths = {k: v for k, v in known if isinstance(v, int) and k in INDEX}
        names = settings.get("monthly.columns")
        self._chosen = tuple(str(name) for name in names if name in INDEX) if isinstance(names, list) else None
        self._last: tuple[object, ...] = ()
        view.header.moved.connect(lambda: self.choose(view.header.names()))
        view.header.sized.connect(self._remember)
        view.header.fit_asked.connect(self.fit)
        view.resized.connect(self.lay)
        theme.changed.connect(self.lay)

    def choose(self, names: tuple[str, ...] | None) -> None:
        """Show these columns; None leaves the choice to the room."""
        self._chosen = names
        self._settings.put("monthly.columns", None if names is None else list(names))
        if names is None:
            self._widths.clear()
            self._settings.put("monthly.widths", None)
        self.lay()
        self.changed.emit()

    def lay(self) -> None:
        """Show what finds room; the name takes what is left."""
        room = self._view.viewport().width() / self._theme.factor
        names = fitting(room, self._widths) if self._chosen is None else arranged(self._chosen)
        widths = spread(names, self._widths, room)
        wanted = (names, tuple(widths.items()), self._theme.factor)
        if wanted != self._last:
            self._last = wanted
            self._view.header.lay(names, {name: self._theme.px(width) for name, width in widths.items()})
            self._view.viewport().update()

    def hide(self, name: str) -> None:
        """Take a column away."""
        self.choose(tuple(shown for shown in self._view.header.names() if shown != name))

    def fit(self, name: str) -> None:
        """Make a column as wide as its title and the texts in sight need."""
        column, cells, view = COLUMNS[INDEX[name]], self._view.painter_of_cells, self._view
        title = view.header.titles.get(name, column.title)
        widest = cells.text_width(title, 12, True) + self._theme.px(22)
        if column.unit:
            widest += cells.text_width(column.unit, 11) + self._theme.px(4)
        first = max(0, view.rowAt(0))
        for row in range(first, min(first + _SAMPLE, view.table.rowCount())):
            line = view.table.line(row)
            if line is not None:
                widest = max(widest, cells.text_width(line.text(INDEX[name])))
        if column.style in ("ratio", "light", "state"):
            widest = max(widest, self._theme.px(column.width - 2 * PADDING))
        self._remember(name, min(round(widest) + 2 * self._theme.px(PADDING) + 2, self._theme.px(_WIDEST)))

    def _remember(self, name: str, width: int) -> None:
        self._widths[name] = round(width / self._theme.factor)
        self._settings.put("monthly.widths", dict(self._widths))
        self.lay()
