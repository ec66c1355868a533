"""The finished pages of a PDF: their sizes, and their pictures drawn away from the window's thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QSizeF, QThreadPool, Signal
from PySide6.QtGui import QImage
from typing_extensions import override

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

PDFIUM = threading.Lock()  # pdfium is one per process and must never be entered twice at a time
MOST_PIXELS = 24_000_000  # above this a page is drawn a little softer rather than filling the memory


def page_sizes(content: bytes) -> tuple[QSizeF, ...]:
    """The size of each page in points, as it is seen (rotation counted in)."""
    with opened(content) as pages:
        return tuple(QSizeF(*pages.get_page_size(index)) for index in range(len(pages)))


@contextmanager
def opened(content: bytes) -> Iterator["PdfDocument"]:
    """A document of pdfium, closed again at the end; holds the lock all the time."""
    import pypdfium2  # noqa: PLC0415  (loaded with the first report)

    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            yield document
        finally:
            document.close()


def draw_page(document: "PdfDocument", index: int, scale: float) -> QImage:
    """One page as a picture, `scale` pixels to the point. Call it with PDFIUM held."""
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


class PageSource(QObject):
    """Draws pages of one document on its own thread, the last asked first, and drops what is no longer wanted."""

    drawn = Signal(int, int, QImage)  # page, width asked for, picture

    def __init__(self, content: bytes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._document: PdfDocument | None = None
        self._wanted: dict[int, tuple[int, float]] = {}
        self._guard = threading.Lock()
        self._is_drawing = False
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(10_000)

    def want(self, pages: dict[int, tuple[int, float]]) -> None:
        """Sets what is to be drawn: page → (width in pixels, pixels to the point), most urgent first."""
        with self._guard:
            self._wanted = dict(pages)
            if self._is_drawing or not self._wanted:
                return
            self._is_drawing = True
        self._pool.start(_Draw(self))

    def close(self) -> None:
        """Stops drawing and lets the document go."""
        with self._guard:
            self._wanted = {}
        self._pool.waitForDone()
        if self._document is not None:
            with PDFIUM:
                self._document.close()
            self._document = None

    def draw_wanted(self) -> None:
        """Runs on the drawing thread until nothing is wanted any more."""
        while True:
            with self._guard:
                if not self._wanted:
                    self._is_drawing = False
                    return
                index = next(iter(self._wanted))
                width, scale = self._wanted.pop(index)
            picture = self._draw(index, scale)
            self.drawn.emit(index, width, picture)

    def _draw(self, index: int, scale: float) -> QImage:
        import pypdfium2  # noqa: PLC0415  (loaded with the first report)

        with PDFIUM:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._content)
            return draw_page(self._document, index, scale)


class _Draw(QRunnable):
    def __init__(self, source: PageSource) -> None:
        super().__init__()
        self._source = source

    @override
    def run(self) -> None:
        self._source.draw_wanted()
