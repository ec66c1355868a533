"""The rows of one list as a Qt table: headings that fold, and rows with their cells as text."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from laoxiao_desktop.ui import meaning_tip
from laoxiao_desktop.ui.lists_kinds import KINDS, Column, Kind
from laoxiao_desktop.ui.lists_rows import Group, Heading, Row, quote_of, shown

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class ListTable(QAbstractTableModel):
    """What stands in the grid now. A line is a Heading or a row; cells are the texts people read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind: Kind = KINDS[0]
        self.columns: tuple[Column, ...] = ()
        self._groups: tuple[Group, ...] = ()
        self._folded: set[str] = set()
        self._lines: list[Heading | Row] = []

    def show(self, kind: Kind, columns: Sequence[Column], groups: Sequence[Group]) -> None:
        """Takes other rows."""
        self.beginResetModel()
        self.kind, self.columns, self._groups = kind, tuple(columns), tuple(groups)
        self._lines = self._unfolded()
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Shows other columns of the same rows."""
        if tuple(columns) != self.columns:
            self.beginResetModel()
            self.columns = tuple(columns)
            self.endResetModel()

    def fold(self, key: str, is_folded: bool) -> None:
        """Folds a group under its heading, or opens it."""
        if (key in self._folded) != is_folded:
            self.beginResetModel()
            self._folded.symmetric_difference_update({key})
            self._lines = self._unfolded()
            self.endResetModel()

    def is_folded(self, key: str) -> bool:
        """Whether only the heading of a group is shown."""
        return key in self._folded

    def _unfolded(self) -> list[Heading | Row]:
        lines: list[Heading | Row] = []
        for group in self._groups:
            if group.heading is not None:
                lines.append(group.heading)
                if group.heading.key in self._folded:
                    continue
            lines.extend(group.rows)
        return lines

    def heading(self, line: int) -> Heading | None:
        """The heading that stands at a line, if one does."""
        found = self._lines[line] if 0 <= line < len(self._lines) else None
        return found if isinstance(found, Heading) else None

    def row(self, line: int) -> Row | None:
        """The row that stands at a line, if one does."""
        found = self._lines[line] if 0 <= line < len(self._lines) else None
        return None if isinstance(found, Heading) else found

    def rows(self) -> list[Row]:
        """All rows, folded ones too, in the order shown."""
        return [row for group in self._groups for row in group.rows]

    def line_of(self, uid: str) -> int | None:
        """The line on which a row stands."""
        for line, found in enumerate(self._lines):
            if not isinstance(found, Heading) and found["uid"] == uid:
                return line
        return None

    def text(self, line: int, column: int) -> str:
        """The text of a cell; nothing for a heading."""
        row = self.row(line)
        return shown(self.kind, self.columns[column], row) if row is not None else ""

    def quote(self, line: int, column: int) -> str:
        """The quoted sentence that stands under a name."""
        row = self.row(line)
        return quote_of(row) if row is not None and self.columns[column].name == "name" else ""

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        heading = self.heading(index.row())
        if heading is not None:
            return f"{heading.title} {heading.detail} {heading.count} {heading.word}" if index.column() == 0 else ""
        return self.text(index.row(), index.column())

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label if section < len(self.columns) else None
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return (
                meaning_tip.tip(self.kind.meaning_key(self.columns[section])) if section < len(self.columns) else None
            )
        return None
