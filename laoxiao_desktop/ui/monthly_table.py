"""The month as a Qt table: headings, projects, and under a project with a mistake a row that says it and the way out."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from typing_extensions import override

from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.money import show_money_fixed
from laoxiao_desktop.models.monthly import APPROVED, COUNTED, LOCKED, MonthRow
from laoxiao_desktop.models.project import FieldProblem
from laoxiao_desktop.ui.grid_parts import Edited, Index
from laoxiao_desktop.ui.monthly_columns import COLUMNS, INDEX
from laoxiao_desktop.ui.monthly_lines import MonthLine, signed, sums

_NO_INDEX = QModelIndex()
CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """One heading: its value, title, how many of its projects have reported, its sums, its lines."""

    value: str
    title: str
    lines: tuple[MonthLine, ...]

    @property
    def reported(self) -> str:
        """已报 8 / 8, of those that have to report."""
        due = [line for line in self.lines if not line.row.is_exempt]
        done = sum(line.row.state in COUNTED or line.row.state == LOCKED for line in due)
        return f"已报 {done} / {len(due)}"


@dataclass(frozen=True, slots=True)
class Said:
    """The row under a project: what is wrong with it."""

    line: MonthLine
    problem: FieldProblem


@dataclass(frozen=True, slots=True)
class MonthRows:
    """Which row shows what."""

    groups: tuple[MonthGroup, ...] = ()
    headings: tuple[int, ...] = ()
    closed: frozenset[str] = frozenset()
    shown: tuple[MonthGroup | MonthLine | Said, ...] = ()


class MonthTable(QAbstractTableModel):
    """Shows the lines of `show`, gathered and folded. A value that a rule refuses stays in its line as pending."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = MonthRows()
        self._count = 0
        self._lines: dict[str, MonthLine] = {}
        self._base: dict[str, MonthRow] = {}
        self._pending: dict[str, dict[str, Stored]] = {}
        self._drafts: dict[tuple[str, str], tuple[str, str]] = {}
        self._month = ""
        self._put_away: dict[str, tuple[dict[str, dict[str, Stored]], dict[tuple[str, str], tuple[str, str]]]] = {}
        self._group_sums: dict[tuple[str, int], dict[str, int]] = {}
        self._gather: Callable[[Sequence[MonthLine]], tuple[MonthGroup, ...]] = lambda lines: ()
        self._order: Sequence[str] = ()
        self._is_grouped = False
        self.is_editable = True

    # --- what is shown -------------------------------------------------------------------------------------------

    @property
    def rows(self) -> MonthRows:
        """Which row shows what."""
        return self._rows

    @property
    def lines(self) -> list[MonthLine]:
        """The projects found, in their order, folded ones too."""
        return [self._lines[uid] for uid in self._order]

    def show(
        self,
        found: Sequence[MonthRow],
        gather: Callable[[Sequence[MonthLine]], tuple[MonthGroup, ...]],
        *,
        is_grouped: bool,
    ) -> None:
        """Take other rows; `gather` puts them under headings."""
        self._base = {row.uid: row for row in found}
        kept = self._lines
        self._lines = {}
        for row in found:
            old, pending = kept.get(row.uid), self._pending.get(row.uid)
            is_same = old is not None and old.base is row and not pending and not old.pending
            self._lines[row.uid] = old if is_same and old is not None else MonthLine(row, pending)
        self._order, self._gather, self._is_grouped = tuple(self._lines), gather, is_grouped
        self._lay()

    def turn_to(self, month: str) -> None:
        """Another month: what was typed and not taken stays with its own month and stands there again later."""
        if month != self._month:
            self._put_away[self._month] = self._pending, self._drafts
            self._pending, self._drafts = self._put_away.pop(month, ({}, {}))
            self._month = month

    def forget_typed(self, *, of_all_months: bool = True) -> None:
        """Let go of what was typed and not taken: another ledger is shown, or the month was locked."""
        self._pending.clear()
        self._drafts.clear()
        if of_all_months:
            self._put_away.clear()

    def close_groups(self, closed: Collection[str]) -> None:
        """Show only the headings of the groups with these values."""
        self._lay(frozenset(closed))

    def _lay(self, closed: frozenset[str] | None = None) -> None:
        lines = self.lines
        groups = self._gather(lines) if self._is_grouped else ()
        folded = self._rows.closed if closed is None else closed
        shown: list[MonthGroup | MonthLine | Said] = []
        headings: list[int] = []
        self._group_sums.clear()
        for group in groups or (MonthGroup("", "", tuple(lines)),):
            if groups:
                headings.append(len(shown))
                shown.append(group)
                if group.value in folded:
                    continue
            for line in group.lines:
                shown.append(line)
                shown.extend(Said(line, problem) for problem in line.errors[:1])
        self._put(MonthRows(groups, tuple(headings), folded, tuple(shown)))

    def _put(self, new: MonthRows) -> None:
        """Put `new` in place by adding or taking rows at the end, so that columns and sizes are left alone."""
        count = len(new.shown)
        if count < self._count:
            self.beginRemoveRows(_NO_INDEX, count, self._count - 1)
            self._rows, self._count = new, count
            self.endRemoveRows()
        self._rows = new
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(COLUMNS) - 1))
        if count > self._count:
            self.beginInsertRows(_NO_INDEX, self._count, count - 1)
            self._count = count
            self.endInsertRows()

    # --- rows ----------------------------------------------------------------------------------------------------

    def _at(self, row: int) -> MonthGroup | MonthLine | Said | None:
        return self._rows.shown[row] if 0 <= row < self._count else None

    def heading(self, row: int) -> MonthGroup | None:
        """The heading in `row`."""
        found = self._at(row)
        return found if isinstance(found, MonthGroup) else None

    def line(self, row: int) -> MonthLine | None:
        """The project in `row`; None for a heading and for what is said under a project."""
        found = self._at(row)
        return found if isinstance(found, MonthLine) else None

    def said(self, row: int) -> Said | None:
        """What is said in `row` of the project above it."""
        found = self._at(row)
        return found if isinstance(found, Said) else None

    def uid_at(self, row: int) -> str | None:
        """The project in `row`, or above it where something is said of it."""
        found = self._at(row)
        return found.uid if isinstance(found, MonthLine) else found.line.uid if isinstance(found, Said) else None

    def row_of_uid(self, uid: str) -> int | None:
        """Where a project stands; None when it is folded away or not found."""
        return next(
            (n for n, found in enumerate(self._rows.shown) if isinstance(found, MonthLine) and found.uid == uid), None
        )

    def line_of(self, uid: str) -> MonthLine | None:
        """A project by its uid."""
        return self._lines.get(uid)

    def lines_in(self, rows: Iterable[range]) -> list[MonthLine]:
        """The projects in these stretches, each once; a heading stands for nothing."""
        found: dict[str, MonthLine] = {}
        for stretch in rows:
            for row in stretch:
                shown = self._at(row)
                line = shown.line if isinstance(shown, Said) else shown
                if isinstance(line, MonthLine):
                    found[line.uid] = line
        return list(found.values())

    def group_at(self, row: int) -> MonthGroup | None:
        """The group that `row` belongs to; None without groups."""
        place = bisect_right(self._rows.headings, row) - 1
        return self._rows.groups[place] if place >= 0 else None

    def sum_text(self, group: MonthGroup, number: int) -> str:
        """The subtotal of a group in a column."""
        column = COLUMNS[number]
        if column.style not in ("number", "change"):
            return ""
        found = self._group_sums.get((group.value, number))
        if found is None:
            found = self._group_sums[group.value, number] = sums(group.lines, (column.name,))
        value = found.get(column.name)
        if value is None:
            return ""
        return signed(value) if column.style == "change" else show_money_fixed(value)

    # --- what is typed -------------------------------------------------------------------------------------------

    def edited(self, row: int, column: int) -> Edited | None:
        """What an editor would change: the cell, or 更正说明 where a mistake is told."""
        if not self.is_editable:
            return None
        found = self._at(row)
        if isinstance(found, Said):
            place = INDEX[CORRECTION]
            field = COLUMNS[place].field
            return Edited(found.line.uid, field, CORRECTION, found.line.edit_text(place)) if field else None
        field = COLUMNS[column].field
        if not isinstance(found, MonthLine) or field is None or found.row.state == APPROVED:
            return None
        return Edited(found.uid, field, field.name, found.edit_text(column))

    def pend(self, uid: str, values: Mapping[str, Stored]) -> None:
        """Keep values that a rule refuses in their cells, with the row under them that says why."""
        self._pending.setdefault(uid, {}).update(values)
        self._renew(uid)

    def pending(self, uid: str) -> Mapping[str, Stored]:
        """The values kept for a project."""
        return self._pending.get(uid, {})

    def forget_pending(self, uid: str, fields: Collection[str] | None = None) -> None:
        """Let go of the values kept for a project."""
        kept = self._pending.get(uid, {})
        for name in list(kept) if fields is None else fields:
            kept.pop(name, None)
        if not kept:
            self._pending.pop(uid, None)
        self._renew(uid)

    def _renew(self, uid: str) -> None:
        if uid in self._base:
            self._lines[uid] = MonthLine(self._base[uid], self._pending.get(uid))
            self._lay()

    def preview(self, uid: str, values: Mapping[str, Stored] | None) -> MonthLine | None:
        """Show a project as it would be while a value is typed (None: as it is), rows staying where they are."""
        old = self._lines.get(uid)
        row = self.row_of_uid(uid)
        if old is None or row is None:
            return None
        kept = self._pending.get(uid, {})
        new = MonthLine(self._base[uid], {**kept, **(values or {})})
        self._lines[uid] = new
        shown = list(self._rows.shown)
        shown[row] = new
        self._rows = MonthRows(self._rows.groups, self._rows.headings, self._rows.closed, tuple(shown))
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        return new

    def draft(self, uid: str, field: str) -> tuple[str, str] | None:
        """A text that was typed and does not read: the text and why."""
        return self._drafts.get((uid, field))

    def keep_draft(self, uid: str, field: str, draft: tuple[str, str] | None) -> None:
        """Keep a refused text in its cell, or forget it."""
        if draft is None:
            self._drafts.pop((uid, field), None)
        else:
            self._drafts[uid, field] = draft
        row = self.row_of_uid(uid)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    # --- what Qt asks --------------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.edited(index.row(), index.column()) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        found, number = self._at(index.row()), index.column()
        if isinstance(found, MonthGroup):
            return f"{found.title} {found.reported}" if number == INDEX["name"] else self.sum_text(found, number)
        if isinstance(found, Said):
            return found.problem.message if number == INDEX["name"] else ""
        return found.text(number) if found is not None else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return COLUMNS[section].title if 0 <= section < len(COLUMNS) else None
