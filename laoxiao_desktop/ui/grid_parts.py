"""What a sheet of cells asks of its parts: the table behind it, one row, one heading, the strokes that draw them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter

from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.ui.grid_columns import Column

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Span:
    """A visible column: its number among all columns and where it stands in the viewport."""

    number: int
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Edited:
    """What an editor opened on a cell works on: the row's uid, the field, where its draft is kept, the text in full."""

    uid: str
    field: Field
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What all rows of one paint share: columns, the cell in hand, what is under the mouse, what is selected."""

    spans: tuple[Span, ...]
    width: int
    frozen: int
    row: int
    column: int
    hover: int
    has_focus: bool
    chosen: tuple[tuple[int, int, int, int], ...]

    def is_chosen(self, row: int, column: int) -> bool:
        """Whether a cell lies in a selected stretch."""
        return any(top <= row <= bottom and left <= column <= right for top, bottom, left, right in self.chosen)


class SheetLine(Protocol):
    """One row of cells."""

    @property
    def uid(self) -> str:
        """Whose row it is."""

    @property
    def values(self) -> Mapping[str, object]:
        """Stored values by name."""

    def text(self, number: int) -> str:
        """What the cell in column `number` shows."""


class SheetGroup(Protocol):
    """One heading."""

    @property
    def value(self) -> str:
        """What its rows have in common."""


class SheetRows(Protocol):
    """Which row shows what."""

    @property
    def groups(self) -> Sequence[SheetGroup]:
        """The groups from the top."""

    @property
    def headings(self) -> Sequence[int]:
        """The row of each heading."""

    @property
    def closed(self) -> frozenset[str]:
        """The values of the groups that show their heading only."""


class SheetTable(Protocol):
    """The table behind a sheet; it is a QAbstractItemModel too."""

    @property
    def rows(self) -> SheetRows:
        """Which row shows what."""

    def heading(self, row: int) -> SheetGroup | None:
        """The heading in `row`."""

    def line(self, row: int) -> SheetLine | None:
        """The cells in `row`; None for a heading."""

    def uid_at(self, row: int) -> str | None:
        """Whose row it is."""

    def edited(self, row: int, column: int) -> Edited | None:
        """What an editor on this cell would change; None where nothing is typed."""

    def draft(self, uid: str, field: str) -> tuple[str, str] | None:
        """A text that was typed and refused, and why."""

    def keep_draft(self, uid: str, field: str, draft: tuple[str, str] | None) -> None:
        """Keep a refused text in its cell, or forget it."""

    def rowCount(self) -> int: ...  # noqa: N802  (Qt's own)

    def index(self, row: int, column: int, /) -> QModelIndex: ...

    def flags(self, index: Index, /) -> Qt.ItemFlag: ...


class SheetCells(Protocol):
    """The strokes that draw a sheet."""

    @property
    def columns(self) -> Sequence[Column]:
        """All columns, shown or not."""

    def color(self, token: str) -> QColor:
        """A token's colour."""

    def seek(self, search: str) -> None:
        """Mark these words where they stand."""

    def explain(self, number: int, line: SheetLine, width: float) -> str:
        """What the mouse learns of a cell that is `width` wide; "" for nothing."""


class SheetPainter(Protocol):
    """Paints one row of a sheet at a time."""

    def paint(self, painter: QPainter, row: int, top: int, height: int, scene: Scene, area: QRect) -> None:
        """The row with its ground, cells, hairline and accent."""
