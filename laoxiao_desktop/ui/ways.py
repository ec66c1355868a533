"""Ways from one place to another: to exactly the rows behind a figure, to one project, to a place as it stands."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laoxiao_desktop.models.query import Query
from laoxiao_desktop.ui import focus
from laoxiao_desktop.ui.place_stack import PlaceStack


@dataclass(frozen=True, slots=True)
class Rows:
    """Projects to be shown in 项目: the question, and what they are called where they are a plain list of uids."""

    query: Query
    title: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One project to be shown in 项目, at one of its fields if any."""

    uid: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place to go to by its key; `of` names what to show there (a month), if anything."""

    key: str
    of: str = ""


Way = Rows | Record | Place


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
