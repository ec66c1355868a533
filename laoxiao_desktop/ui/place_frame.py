"""How rows stand in a place: their bar above, a page in their stead when there are none, what is in hand at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget


class PlaceFrame(QSplitter):
    """Joins a bar, rows, the page that says why there are none, and a pane; a window that grows gives to the rows."""

    def __init__(self, bar: QWidget, rows: QWidget, empty: QWidget, pane: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._rows, self._empty = rows, empty
        self._stack = QStackedWidget()
        self._stack.addWidget(rows)
        self._stack.addWidget(empty)
        self.left = QWidget()
        column = self._column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.addWidget(self.left)
        self.addWidget(pane)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)

    def put_under_bar(self, strip: QWidget) -> None:
        """Let a strip stand between the bar and the rows while it has something to tell."""
        self._column.insertWidget(1, strip)

    @property
    def has_rows(self) -> bool:
        """Whether the rows are in front, not the page in their stead."""
        return self._stack.currentWidget() is self._rows

    def show_rows(self, has_rows: bool) -> None:
        """Bring the rows to the front, or the page that says why there are none."""
        self._stack.setCurrentWidget(self._rows if has_rows else self._empty)

    def fill(self, place: QWidget) -> None:
        """Be all that a place shows."""
        whole = QVBoxLayout(place)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self)
