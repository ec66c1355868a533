"""Ways from one place to another: whoever shows a figure says where it leads, and the window goes there."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laoxiao_desktop.ui import focus
from laoxiao_desktop.ui.place_stack import PlaceStack
from laoxiao_desktop.ui.way import Place, Way


class Ways(QObject):
    """Listens to every place that is built: `way_wanted` of a place carries a Way, and the window goes there."""

    def __init__(self, places: PlaceStack, window: QWidget) -> None:
        super().__init__(window)
        self._places = places
        self._window = window
        places.built.connect(self._welcome)

    def _welcome(self, place: QWidget) -> None:
        wanted = getattr(place, "way_wanted", None)
        if wanted is not None:
            wanted.connect(self.go)

    def go(self, way: Way) -> None:
        """Go where a figure leads."""
        go_to = getattr(self._window, "go_to")  # noqa: B009 - the window imports this module, not the other way round
        go_to(way.key if isinstance(way, Place) else "projects")
        place = self._places.place
        show = getattr(place, "follow", None)
        if show is not None:
            show(way)
        focus.enter(place)
