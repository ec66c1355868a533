"""Ways from one place to another: whoever shows a figure says where it leads, and the window goes there."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from laoxiao_desktop.ui import exchange_ways, focus
from laoxiao_desktop.ui.place_stack import PlaceStack
from laoxiao_desktop.ui.way import Place, Way


class Ways(QObject):
    """Listens to every place that is built: `way_wanted` of a place carries a Way, and the window goes there.

    `search_wanted` of a place without rows of its own sends what is typed in the search field on to 项目.
    """

    def __init__(self, places: PlaceStack, window: QWidget) -> None:
        super().__init__(window)
        self._places = places
        self._window = window
        places.built.connect(self._welcome)

    def _welcome(self, place: QWidget) -> None:
        wanted = getattr(place, "way_wanted", None)
        if wanted is not None:
            wanted.connect(self.go)
        searched = getattr(place, "search_wanted", None)
        if searched is not None:
            searched.connect(self._search_on)
        read = getattr(getattr(place, "empty", None), "read_asked", None)
        if read is not None:
            read.connect(lambda: self.go(Place(exchange_ways.KEY, exchange_ways.READ)))

    def _search_on(self) -> None:
        """To 项目, while the keyboard stays in the search field."""
        field = QApplication.focusWidget()
        self._go_to("projects")
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, key: str) -> None:
        go_to = getattr(self._window, "go_to")  # noqa: B009 - the window imports this module, not the other way round
        go_to(key)

    def go(self, way: Way) -> None:
        """Go where a figure leads."""
        self._go_to(way.key if isinstance(way, Place) else "projects")
        place = self._places.place
        show = getattr(place, "follow", None)
        if show is not None:
            show(way)
        focus.enter(place)
