"""Pinyin initials for marking what a search by letters found, loaded beside the window."""

from PySide6.QtCore import QObject

from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.grid_view import GridView
from laoxiao_desktop.ui.record_choices import initials


class Initials(QObject):
    """The dictionaries take 0.15 s to load, so they are asked for by the first search in letters and not before."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self._view = view
        self._job: Job | None = None

    def load(self) -> None:
        """Load them unless that was begun; the marks appear when they are there."""
        if self._job is None:
            self._job = Job(_first)
            self._job.done.connect(self._use)
            self._job.start()

    def _use(self, _: object) -> None:
        self._view.painter_of_cells.initials = initials
        self._view.viewport().update()


def _first(_: Progress) -> str:
    return initials("景洪市")
