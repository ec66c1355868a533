"""Finding words in the pages of a report: beside the window, the first place from the page in hand shown at once."""

from PySide6.QtCore import QObject, QTimer, Signal

from laoxiao_desktop.ui.background import Job
from laoxiao_desktop.ui.page_reading import ReadingView
from laoxiao_desktop.ui.page_text import find_all

PAUSE_MS = 200  # after the last letter


class PageFinder(QObject):
    """`told` carries what to say of the search, and whether there are places to step through."""

    told = Signal(str, bool)

    def __init__(self, pages: ReadingView, parent: QObject) -> None:
        super().__init__(parent)
        self._pages = pages
        self._content, self._words = b"", ""
        self._job: Job | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._begin)

    def take(self, content: bytes) -> None:
        """Another document; the words are found in it again."""
        self._content = content
        if self._words:
            self._begin()

    def search(self, words: str) -> None:
        """Finds words; with none what was found is forgotten."""
        self._words = words.strip()
        self._pause.start()

    def step(self, by: int) -> None:
        """Goes to the next or the previous place, round the ends."""
        text = self._pages.words
        if text.hits:
            self._pages.show_hit((text.current + by) % len(text.hits))
            self._tell()

    def _begin(self) -> None:
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if not self._words or not self._content:
            self._pages.show_hits(())
            self._tell()
            return
        content, words = self._content, self._words
        job = Job(lambda progress: find_all(content, words, progress))
        job.done.connect(self._show)
        self._job = job
        job.start()

    def _show(self, hits: object) -> None:
        if self.sender() is not self._job or not isinstance(hits, tuple):
            return
        self._job = None
        self._pages.show_hits(hits)
        if hits:
            here = self._pages.page_in_hand
            first = next((number for number, hit in enumerate(hits) if hit.page >= here), 0)
            self._pages.show_hit(first)
        self._tell()

    def _tell(self) -> None:
        text = self._pages.words
        if not self._words:
            self.told.emit("", False)
        elif text.hits:
            self.told.emit(f"找到 {text.current + 1} / {len(text.hits)}", True)
        else:
            self.told.emit(f"没有“{self._words[:12]}”", False)
