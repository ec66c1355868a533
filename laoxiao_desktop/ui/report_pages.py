"""The finished pages of a PDF: their sizes, and their pictures drawn away from the window's thread."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QSizeF, QThreadPool, Signal
from PySide6.QtGui import QImage
from typing_extensions import override

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

PDFIUM = threading.Lock()  # pdfium is one per process and must never be entered twice at a time
MOST_PIXELS = 24_000_000  # above this a page is drawn a little softer rather than filling the memory


def page_sizes(content: bytes) -> tuple[QSizeF, ...]:
    """The size of each page in points, as it is seen (rotation counted in)."""
    with opened(content) as document, PDFIUM:
        return tuple(QSizeF(*document.get_page_size(index)) for index in range(len(document)))


@contextmanager
def opened(content: bytes) -> Iterator["PdfDocument"]:
    """A document of pdfium, closed again at the end."""
    import pypdfium2  # noqa: PLC0415  (loaded with the first report)

    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        with PDFIUM:
            document.close()


def draw_page(document: "PdfDocument", index: int, scale: float) -> QImage:
    """One page as a picture, `scale` pixels to the point."""
    with PDFIUM:
        page = document[index]
        try:
            width, height = page.get_size()
            fair = min(scale, (MOST_PIXELS / (width * height)) ** 0.5)
            bitmap = page.render(scale=fair, prefer_bgrx=True)
            try:
                flat = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
                return flat.copy()
            finally:
                bitmap.close()
        finally:
            page.close()


@dataclass(frozen=True, slots=True)
class _Task:
    edition: int
    content: bytes
    index: int
    width: int
    scale: float


class PageSource(QObject):
    """Draws pages of one document at a time on its own thread; what is no longer wanted is dropped.

    `drawn` carries edition, page, width asked for and picture; `open` gives the edition, so that a picture of a
    document that was replaced meanwhile is known as such.
    """

    drawn = Signal(int, int, int, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._guard = threading.Lock()
        self._edition = 0
        self._content = b""
        self._wanted: dict[int, tuple[int, float]] = {}
        self._is_drawing = False
        self._document: PdfDocument | None = None  # of the drawing thread
        self._document_edition = 0
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(10_000)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    def open(self, content: bytes) -> int:
        """Takes another document; gives its edition."""
        with self._guard:
            self._edition += 1
            self._content = content
            self._wanted = {}
            return self._edition

    def want(self, pages: dict[int, tuple[int, float]]) -> None:
        """Sets what is to be drawn: page → (width in pixels, pixels to the point), most urgent first."""
        with self._guard:
            self._wanted = dict(pages)
            if self._is_drawing or not self._wanted:
                return
            self._is_drawing = True
        self._pool.start(_Draw(self))

    def close(self) -> None:
        """Stops drawing; waits for the page in work."""
        self.open(b"")
        self._pool.waitForDone()

    def draw_wanted(self) -> None:
        """Runs on the drawing thread until nothing is wanted any more; no document stays open after it."""
        try:
            while (task := self._next()) is not None:
                picture = draw_page(self._opened(task), task.index, task.scale)
                with contextlib.suppress(RuntimeError):  # the window went while its last page was drawn
                    self.drawn.emit(task.edition, task.index, task.width, picture)
        finally:
            self._release()

    def _next(self) -> _Task | None:
        with self._guard:
            if not self._wanted:
                self._is_drawing = False
                return None
            index = next(iter(self._wanted))
            width, scale = self._wanted.pop(index)
            return _Task(self._edition, self._content, index, width, scale)

    def _opened(self, task: _Task) -> "PdfDocument":
        import pypdfium2  # noqa: PLC0415  (loaded with the first report)

        if self._document is None or self._document_edition != task.edition:
            self._release()
            with PDFIUM:
                self._document = pypdfium2.PdfDocument(task.content)
            self._document_edition = task.edition
        return self._document

    def _release(self) -> None:
        if self._document is not None:
            with PDFIUM:
                self._document.close()
            self._document = None


class _Draw(QRunnable):
    def __init__(self, source: PageSource) -> None:
        super().__init__()
        self._source = source

    @override
    def run(self) -> None:
        self._source.draw_wanted()
