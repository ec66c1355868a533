"""The ways between the check-up and the rest of the window: the count in the bar, to a project, to a finding."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laoxiao_desktop.ui.findings_watch import FindingsWatch
from laoxiao_desktop.ui.place_stack import PlaceStack
from laoxiao_desktop.ui.places_bar import PlacesBar
from laoxiao_desktop.ui.session import Session


class FindingsGuide(QObject):
    """Starts the check-up of the session; `go_to` shows a place by its key."""

    def __init__(
        self, session: Session, bar: PlacesBar, places: PlaceStack, go_to: Callable[[str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._bar = bar
        self._places = places
        self._go_to = go_to
        self._watch = FindingsWatch.of(session)
        self._watch.told.connect(self._count)
        self._watch.wanted.connect(self._show_finding)
        session.scope_changed.connect(self._count)
        places.built.connect(self._welcome)

    def _count(self, _: object = None) -> None:
        """Say in the bar how many findings of the scope are open."""
        plan = self._session.scope.plan
        self._bar.show_count("findings", sum(plan in (None, finding.plan) for finding in self._watch.newest.open))

    def _welcome(self, place: QWidget) -> None:
        wanted = getattr(place, "project_wanted", None)
        if wanted is not None:
            wanted.connect(self._show_project)

    def _show_project(self, uid: str, field: str) -> None:
        """Go to a project, at one of its fields."""
        from laoxiao_desktop.ui.projects import ProjectsPlace  # noqa: PLC0415 - a place is loaded when it is shown

        self._go_to("projects")
        place = self._places.place
        if isinstance(place, ProjectsPlace):
            place.show_uid(uid)
            place.side.show(True)
            place.pane.show_record(uid)
            place.pane.show_field(field)

    def _show_finding(self, key: str) -> None:
        """Go to a finding, ready to be kept with a reason."""
        from laoxiao_desktop.ui.findings import FindingsPlace  # noqa: PLC0415 - a place is loaded when it is shown

        self._go_to("findings")
        place = self._places.place
        if isinstance(place, FindingsPlace):
            place.show_finding(key)
