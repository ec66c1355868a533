"""A sheet that is being read in, as a Qt table: what becomes of each row, its number in the file, its cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.imports import TARGET, ComparedRow, FieldChange, is_written
from laoxiao_desktop.ui.import_sheets import Column, Line, Sheet

Index = QModelIndex | QPersistentModelIndex
STATE, NUMBER, FIXED = 0, 1, 2  # the columns before those of the file
WORDS: Final[Mapping[str, str]] = {
    "new": "新增", "changed": "有变", "same": "相同", "gone": "已无", "doubt": "待定", "skipped": "不读",
}  # fmt: skip
_NO_INDEX = QModelIndex()
_RIGHT: Final = frozenset({"list_no", "seq", "no", "total_investment", "central_request", "beds", "places"})


@dataclass(frozen=True, slots=True)
class CellView:
    """What one cell shows: its text, what stands in the ledger instead, and why it is marked."""

    text: str
    change: FieldChange | None = None
    problem: str = ""
    hint: str = ""


class ImportTable(QAbstractTableModel):
    """`fixed`: a cell of the file (row and column in its table) was written anew."""

    fixed = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet("", "", None, (), ())
        self.lines: tuple[Line, ...] = ()
        self._rows: Mapping[str, ComparedRow] = {}
        self._left: frozenset[str] = frozenset()
        self.is_checking = True
        self.is_unread = False

    def show(
        self,
        sheet: Sheet,
        rows: Mapping[str, ComparedRow],
        left: frozenset[str],
        *,
        is_checking: bool,
        is_unread: bool,
        only_news: bool,
    ) -> None:
        """Takes another sheet, or the same one after something was decided."""
        self.beginResetModel()
        self.sheet, self._rows, self._left = sheet, rows, left
        self.is_checking, self.is_unread = is_checking, is_unread
        self.lines = tuple(line for line in sheet.lines if self.is_news(line)) if only_news else sheet.lines
        self.endResetModel()

    def row(self, at: int) -> ComparedRow | None:
        """The row of the comparison at a line."""
        line = self.lines[at] if 0 <= at < len(self.lines) else None
        return self._rows.get(line.key) if line is not None and line.key is not None else None

    def is_news(self, line: Line) -> bool:
        """Whether something would happen to a line, or is to be decided about it."""
        row = self._rows.get(line.key or "")
        return row is not None and (is_written(row) or row.state in ("doubt", "gone") or bool(row.problems))

    def is_open(self, at: int) -> bool:
        """Whether a person has to look at a line: in doubt, or a cell that cannot be read."""
        row = self.row(at)
        return row is not None and (row.state == "doubt" or bool(row.problems))

    def is_left(self, at: int) -> bool:
        """Whether a line is left out when the rest is written."""
        line = self.lines[at]
        return self.is_unread or line.key in self._left

    def state(self, at: int) -> str:
        """The state of a line: one of WORDS, or unread."""
        row = self.row(at)
        if row is None or (self.is_unread and row.state != "gone"):
            return "unread"
        return row.state

    def state_words(self, at: int) -> str:
        """The state of a line in words."""
        state = self.state(at)
        row = self.row(at)
        if row is not None and row.state == "gone" and row.values:
            return "删除" if "deleted" in row.values else "取消"
        if row is not None and is_written(row) and self.is_left(at):
            return "不写"
        return WORDS.get(state, "不读")

    def column(self, section: int) -> Column | None:
        """The column of the file that stands in a section."""
        at = section - FIXED
        return self.sheet.columns[at] if 0 <= at < len(self.sheet.columns) else None

    def is_right(self, section: int) -> bool:
        """Whether a section holds figures."""
        column = self.column(section)
        return section == NUMBER or (column is not None and any(name in _RIGHT for name in column.fields))

    def field_name(self, section: int) -> str:
        """The field that a section speaks of; "" for none."""
        column = self.column(section)
        return column.fields[0] if column is not None and column.fields else ""

    def cell(self, at: int, section: int) -> CellView:
        """What a cell of the file shows."""
        line, column = self.lines[at], self.column(section)
        printed = line.cells[section - FIXED] if column is not None else ""
        row = self.row(at)
        if column is None or row is None or not self.is_checking or row.state == "gone":
            return CellView(printed)
        problem = next((each for each in row.problems if each.field in column.fields), None)
        if problem is not None:
            return CellView(printed, problem=problem.message)
        change = next((each for each in row.changes if each.field in column.fields), None)
        name = next((each for each in column.fields if row.values.get(each) is not None), None)
        if name is None:
            return CellView(printed if change is None else change.new_text, change)
        text = self._shown(row, name)
        hint = f"表中为：{printed}" if text != printed else ""
        return CellView(change.new_text if change is not None else text, change, hint=hint)

    def _shown(self, row: ComparedRow, name: str) -> str:
        value = row.values[name]
        return str(value) if name.startswith(TARGET) else fields.show(field_of(row.table, name), value)

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else FIXED + len(self.sheet.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        at, section = index.row(), index.column()
        if role == Qt.ItemDataRole.EditRole and section >= FIXED:
            return self.lines[at].cells[section - FIXED]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if section == STATE:
            return self.state_words(at)
        if section == NUMBER:
            return self.lines[at].no
        view = self.cell(at, section)
        if role == Qt.ItemDataRole.AccessibleTextRole and view.change is not None:
            return f"{view.change.old_text} 改为 {view.change.new_text}"
        return view.text

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line, column = self.lines[index.row()], self.column(index.column())
        if column is None or str(value) == line.cells[index.column() - FIXED]:
            return False
        self.fixed.emit(line.at, column.number, str(value))
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        line = self.lines[index.row()]
        column = self.column(index.column())
        can_fix = column is not None and column.number >= 0 and line.at >= 0 and line.kind in ("row", "total")
        return base | Qt.ItemFlag.ItemIsEditable if can_fix else base

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        column = self.column(section)
        return column.header if column is not None else ("状态" if section == STATE else "行")
