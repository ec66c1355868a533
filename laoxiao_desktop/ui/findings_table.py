"""The findings as a Qt table: headings that fold, and rows of five cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from laoxiao_desktop.models.check import SEVERITIES
from laoxiao_desktop.ui import meaning_tip
from laoxiao_desktop.ui.findings_rows import ABOUT, Heading, Row, grouped

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, title, width at 100 % (0: the rest), and below which width of the grid it gives way."""

    name: str
    title: str
    width: int
    needs: int = 0


COLUMNS = (
    Column("severity", "级别", 68),
    Column("title", "校核结果", 0),
    Column("where", "所在", 148),
    Column("published", "公布值", 148, 690),
    Column("suggestion", "建议", 132, 540),
)


class FindingsTable(QAbstractTableModel):
    """What stands in the list now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._folded: frozenset[str] = frozenset()
        self._lines: list[Heading | Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Takes other rows."""
        if tuple(rows) != self._rows:
            self._reset(tuple(rows), self._folded)

    def fold(self, severity: str) -> None:
        """Folds a severity under its heading, or opens it."""
        self._reset(self._rows, self._folded ^ {severity})

    def _reset(self, rows: tuple[Row, ...], folded: frozenset[str]) -> None:
        self.beginResetModel()
        self._rows, self._folded = rows, folded
        self._lines = grouped(rows, folded)
        self.endResetModel()

    def is_folded(self, severity: str) -> bool:
        """Whether only the heading of a severity is shown."""
        return severity in self._folded

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, folded ones too."""
        return self._rows

    def heading(self, line: int) -> Heading | None:
        """The heading at a line, if one stands there."""
        found = self._lines[line] if 0 <= line < len(self._lines) else None
        return found if isinstance(found, Heading) else None

    def row(self, line: int) -> Row | None:
        """The row at a line, if one stands there."""
        found = self._lines[line] if 0 <= line < len(self._lines) else None
        return found if isinstance(found, Row) else None

    def shown(self) -> list[Row]:
        """The rows in the order shown, without folded ones."""
        return [line for line in self._lines if isinstance(line, Row)]

    def line_of(self, key: str) -> int | None:
        """The line of a finding."""
        for line, found in enumerate(self._lines):
            if isinstance(found, Row) and found.key == key:
                return line
        return None

    def text(self, line: int, column: int) -> str:
        """The text of a cell; nothing for a heading."""
        row = self.row(line)
        if row is None:
            return ""
        match COLUMNS[column].name:
            case "severity":
                return SEVERITIES[row.finding.severity]
            case "title":
                return row.finding.title
            case "where":
                return row.where
            case "published":
                return row.published
            case _:
                return row.suggestion

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        heading = self.heading(index.row())
        if heading is not None:
            return f"{heading.title} {heading.count} {ABOUT[heading.severity]}" if index.column() == 0 else ""
        return self.text(index.row(), index.column())

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return meaning_tip.tip(f"column.{COLUMNS[section].name}")
        return None
