"""The places one behind the other; each is built when it is first shown."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.places import PlaceEntry
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme


class PlaceStack(QStackedWidget):
    """Shows one place at a time and hands it what the frame holds: search words, the moment it is seen.

    `built` carries a place that was just made, `figures_changed` the figures of the place in view.
    """

    built = Signal(object)
    figures_changed = Signal(object)

    def __init__(self, entries: Sequence[PlaceEntry], session: Session, theme: Theme) -> None:
        super().__init__()
        self._entries = {entry.key: entry for entry in entries}
        self._session = session
        self.theme = theme
        self._built: dict[str, QWidget] = {}
        self._figures: dict[str, object] = {}
        self._key = ""

    @property
    def key(self) -> str:
        """The key of the place in view; empty before the first."""
        return self._key

    @property
    def place(self) -> QWidget | None:
        """The place in view."""
        return self._built.get(self._key)

    @property
    def is_searchable(self) -> bool:
        """Whether the place in view answers to the search field."""
        return hasattr(self.place, "set_search")

    @property
    def keys(self) -> Sequence[tuple[str, str, str]]:
        """What the place in view adds to the list of keys: its KEYS, if it has any."""
        return getattr(self.place, "KEYS", ())

    def go_to(self, key: str) -> QWidget:
        """Show a place, built if need be."""
        place = self._built.get(key) or self._build(key)
        self._key = key
        self.setCurrentWidget(place)
        self.refresh()
        self.figures_changed.emit(self._figures.get(key, ()))
        return place

    def refresh(self) -> None:
        """Tell the place in view that it is seen."""
        activate = getattr(self.place, "activate", None)
        if activate is not None:
            activate()

    def search(self, words: str) -> None:
        """Hand the words of the search field to the place in view."""
        if self.is_searchable:
            getattr(self.place, "set_search")(words)  # noqa: B009 - the protocol of a place is optional

    def renew(self, key: str) -> None:
        """Build a place again; the keyboard stays where it was when its control has a name."""
        old = self._built.pop(key, None)
        if old is None:
            return
        focused = QApplication.focusWidget()
        name = focused.accessibleName() if focused is not None and old.isAncestorOf(focused) else ""
        if key == self._key:
            new = self.go_to(key)
            for child in new.findChildren(QWidget) if name else ():
                if child.accessibleName() == name:  # after the old page is gone, which takes the keyboard along
                    QTimer.singleShot(0, child, child.setFocus)
        self.removeWidget(old)
        old.deleteLater()

    def _build(self, key: str) -> QWidget:
        place = self._entries[key].build(self._session, self.theme)
        changed = getattr(place, "figures_changed", None)
        if changed is not None:
            changed.connect(lambda figures, key=key: self._take_figures(key, figures))
        self._built[key] = place
        self.addWidget(place)
        self.built.emit(place)
        return place

    def _take_figures(self, key: str, figures: object) -> None:
        self._figures[key] = figures
        if key == self._key:
            self.figures_changed.emit(figures)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self.theme, self.rect(), "surface")
