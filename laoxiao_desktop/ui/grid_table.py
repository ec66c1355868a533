"""The project grid as a Qt table: ids of all that was found, the rows around what is painted, and headings."""

from array import array
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.query import Found, Group, Query, Sums
from laoxiao_desktop.ui.grid_cells import Line, edit_text, group_text
from laoxiao_desktop.ui.grid_columns import COLUMNS, GLANCED, INDEX, needed
from laoxiao_desktop.ui.grid_parts import Edited
from laoxiao_desktop.ui.grid_rows import RowMap, map_rows
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.workspace import glances, projects
from laoxiao_desktop.workspace.glances import Gathered

Index = QModelIndex | QPersistentModelIndex
PAGE = 64  # rows read at once around a row that is painted
KEPT = 4096  # rows kept in memory
GLANCED_AT_ONCE = 16  # rows whose light is asked together: those in sight, not all that were read
GATHERED = 200  # projects up to which a heading tells completion and lights of its group
JUDGED = ("light",)  # orders that judge every project; after an edit, which keeps the order, that can wait
NEW_GROUP = "\0new"
_NO_INDEX = QModelIndex()


class GridTable(QAbstractTableModel):
    """Rows are read only when they are painted; what was read stays until it is touched.

    A model row is a heading (`heading(row)`) or a project (`line(row)`). After an edit the order stays as it is, so
    that nothing jumps under the hand; the next question sorts again.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._query = Query()
        self._sums = Sums()
        self._map = map_rows(array("q"), (), ())
        self._count = 0
        self._names: tuple[str, ...] = ()
        self._is_glanced = False  # whether lights and completion are read with a row
        self._lines: dict[int, Line] = {}
        self._gathered: dict[bytes, Gathered] = {}
        self._pinned: list[str] = []
        self._drafts: dict[tuple[str, str], tuple[str, str]] = {}

    # --- what is asked -------------------------------------------------------------------------------------------

    @property
    def query(self) -> Query:
        """What was asked last."""
        return self._query

    @property
    def sums(self) -> Sums:
        """Count and money of all that was found."""
        return self._sums

    @property
    def rows(self) -> RowMap:
        """Which row shows what."""
        return self._map

    def show_columns(self, names: Collection[str]) -> None:
        """Read what the columns `names` need from now on."""
        wanted = needed(("name", *names))
        is_glanced = not GLANCED.isdisjoint(names)
        if set(wanted) - set(self._names) or (is_glanced and not self._is_glanced):
            self._names = tuple(dict.fromkeys((*self._names, *wanted)))
            self._lines.clear()
        self._is_glanced = is_glanced

    def ask(self, query: Query) -> None:
        """Show what `query` finds; rows already read are used again."""
        self._query = query
        self._pinned.clear()
        self._take(self._find())

    def refresh(self, change: Change) -> None:
        """Read again what `change` touched; everything else, and the order, stays."""
        self._gathered.clear()
        touched = {uid for table, uid in change.touched if table == "project"}
        if touched:
            self._lines = {key: line for key, line in self._lines.items() if line.uid not in touched}
        if change.tables - {"project"}:
            self._lines.clear()
        quick = replace(self._query, order=tuple(one for one in self._query.order if one[0] not in JUDGED))
        found = self._find(quick)
        if _ids(found) != self._map.ids:
            if self._stands_together(found):
                found = Found(self._map.ids, found.sums, found.groups)
            elif quick != self._query:
                found = self._find()
        self._take(found)

    def _stands_together(self, found: Found) -> bool:
        """Whether the same projects stand in the same groups as now, in whatever order."""
        ids, old, before = _ids(found), self._map.ids, self._map.groups
        sizes = [(group.value, group.sums.count) for group in found.groups]
        if len(ids) != len(old) or sizes != [(group.value, group.sums.count) for group in before]:
            return False
        starts = (*self._map.offsets, len(ids)) if before else (0, len(ids))
        return all(set(ids[start:end]) == set(old[start:end]) for start, end in pairwise(starts))

    def reread(self) -> None:
        """Read everything again, for example after another ledger was opened."""
        self._lines.clear()
        self._gathered.clear()
        self._drafts.clear()
        self._pinned.clear()
        self._take(self._find())

    def pin(self, uid: str) -> None:
        """Keep a project that was just made on screen, even where it does not fit what was asked."""
        self._pinned.append(uid)
        self._take(self._find())

    def close_groups(self, closed: Collection[str]) -> None:
        """Show only the headings of the groups with these values."""
        self._lay(map_rows(self._map.ids, self._map.groups, closed))

    def _find(self, query: Query | None = None) -> Found:
        if not self._session.has_ledger:
            return Found(array("q"), Sums())
        found = self._session.read(projects.find, query or self._query)
        return self._with_pinned(found) if self._pinned else found

    def _with_pinned(self, found: Found) -> Found:
        ids = _ids(found)
        present = set(ids)
        new = array("q")
        for uid in self._pinned:
            number = self._session.read(projects.id_of, uid)
            if number is not None and number not in present:
                new.append(number)
        if not new:
            return found
        sums = self._session.read(projects.sums, new)
        groups = (*found.groups, Group(NEW_GROUP, "刚新增，不在当前条件内", sums)) if found.groups else ()
        return Found(ids + new, found.sums, groups)

    def _take(self, found: Found) -> None:
        self._sums = found.sums
        self._lay(map_rows(_ids(found), found.groups, self._map.closed))

    def _lay(self, new: RowMap) -> None:
        """Put `new` in place by adding or taking rows at the end, so that columns and sizes are left alone."""
        if new.count < self._count:
            self.beginRemoveRows(_NO_INDEX, new.count, self._count - 1)
            self._count = new.count
            self.endRemoveRows()
        self._map = new
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(COLUMNS) - 1))
        if new.count > self._count:
            self.beginInsertRows(_NO_INDEX, self._count, new.count - 1)
            self._count = new.count
            self.endInsertRows()

    # --- rows ----------------------------------------------------------------------------------------------------

    def heading(self, row: int) -> Group | None:
        """The group whose heading stands in `row`; None for a project."""
        place = self._map.place(row)
        return self._map.groups[~place] if place < 0 else None

    def gathered(self, row: int) -> Gathered | None:
        """Completion and lights of the group whose heading stands in `row`; None where they are not shown, or too many."""
        group = ~self._map.place(row)
        start = self._map.offsets[group]
        members = self._map.ids[start : start + self._map.groups[group].sums.count]
        if not self._is_glanced or len(members) > GATHERED:
            return None
        found = self._gathered.get(key := members.tobytes())
        if found is None:
            told = self._session.read(glances.gathered, self.uids_of(members))
            found = self._gathered[key] = told
        return found

    def line(self, row: int) -> Line | None:
        """The project in `row`, read now if it was not yet; None for a heading."""
        place = self._map.place(row)
        if place < 0:
            return None
        found = self._lines.get(self._map.ids[place])
        found = found if found is not None else self._read_around(place)
        if self._is_glanced and found is not None and "glance" not in found.values:
            self._glance_around(place)
        return found

    def _read_around(self, place: int) -> Line | None:
        ids = self._map.ids
        start = place // PAGE * PAGE
        wanted = array("q", (number for number in ids[start : start + PAGE] if number not in self._lines))
        if len(self._lines) > KEPT:
            self._lines.clear()
        for row in self._session.read(projects.rows_of, wanted, self._names):
            line = Line(self._names, row)
            self._lines[line.id] = line
        return self._lines.get(ids[place])

    def _glance_around(self, place: int) -> None:
        """Ask for the lights and completion of the rows around one that is painted."""
        start = place // GLANCED_AT_ONCE * GLANCED_AT_ONCE
        near = (self._lines.get(number) for number in self._map.ids[start : start + GLANCED_AT_ONCE])
        lines = [line for line in near if line is not None and "glance" not in line.values]
        told = self._session.read(glances.of, [line.uid for line in lines])
        for line in lines:
            line.values["glance"] = told.get(line.uid)
            line.texts.clear()

    def id_at(self, row: int) -> int | None:
        """The id of the project in `row`; None for a heading."""
        place = self._map.place(row)
        return None if place < 0 else self._map.ids[place]

    def uid_at(self, row: int) -> str | None:
        """The uid of the project in `row`; None for a heading."""
        line = self.line(row)
        return line.uid if line else None

    def row_of_id(self, number: int) -> int | None:
        """Where a project stands now; None when it is not shown."""
        try:
            return self._map.row_of(self._map.ids.index(number))
        except ValueError:
            return None

    def row_of_uid(self, uid: str) -> int | None:
        """Where a project stands now; None when it is not shown."""
        for number, line in self._lines.items():
            if line.uid == uid:
                return self.row_of_id(number)
        number_of = self._session.read(projects.id_of, uid)
        return None if number_of is None else self.row_of_id(number_of)

    def group_at(self, row: int) -> str | None:
        """The value of the group that `row` belongs to; None without groups."""
        if not self._map.groups or not 0 <= row < self._count:
            return None
        place = self._map.place(row)
        return self._map.groups[~place if place < 0 else self._map.group_of(place)].value

    def group_of_uid(self, uid: str) -> str:
        """The value of the group a project stands in, closed or not; "" without groups."""
        number = self._session.read(projects.id_of, uid)
        if not self._map.groups or number is None or number not in self._map.ids:
            return ""
        return self._map.groups[self._map.group_of(self._map.ids.index(number))].value

    def rows_of_ids(self, numbers: Collection[int]) -> list[int]:
        """Where several projects stand now, from the top."""
        wanted = set(numbers)
        places = (place for place, number in enumerate(self._map.ids) if number in wanted)
        return [row for row in map(self._map.row_of, places) if row is not None]

    def ids_in(self, rows: Iterable[range]) -> "array[int]":
        """The ids of the projects in these stretches of rows; a heading stands for nothing."""
        if not self._map.groups:
            ids = array("q")
            for stretch in rows:
                ids.extend(self._map.ids[stretch.start : stretch.stop])
            return ids
        return array("q", (i for stretch in rows for i in map(self.id_at, stretch) if i is not None))

    def uids_of(self, ids: "array[int]") -> list[str]:
        """The uids of projects by id, in the same order."""
        return self._session.read(projects.uids_of, ids)

    def edited(self, row: int, column: int) -> Edited | None:
        """What an editor on this cell would change; None for a heading and for what is computed."""
        line, found = self.line(row), COLUMNS[column]
        field = found.field_at(line.values) if line else None
        return Edited(line.uid, field, found.name, edit_text(found, line.values)) if line and field else None

    # --- wrong values kept in place ------------------------------------------------------------------------------

    def draft(self, uid: str, field: str) -> tuple[str, str] | None:
        """A value that was typed and refused: the text and why; None when there is none."""
        return self._drafts.get((uid, field))

    def keep_draft(self, uid: str, field: str, draft: tuple[str, str] | None) -> None:
        """Keep a refused text in its cell, or forget it (None)."""
        if draft is None:
            self._drafts.pop((uid, field), None)
        else:
            self._drafts[uid, field] = draft
        if self._count:
            self.dataChanged.emit(self.index(0, INDEX[field]), self.index(self._count - 1, INDEX[field]))

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
        is_cell = self._map.place(index.row()) >= 0
        if is_cell and COLUMNS[index.column()].is_editable and not self._session.ledger.is_read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        column = COLUMNS[index.column()]
        group = self.heading(index.row())
        if group is not None:
            if index.column() == INDEX["name"]:
                return f"{group.title or '未填写'} {group.sums.count} 项"
            return group_text(column, group.sums, self.gathered(index.row()) if column.name in GLANCED else None)
        line = self.line(index.row())
        if line is None:
            return None
        return line.text(index.column()) if role == Qt.ItemDataRole.DisplayRole else edit_text(column, line.values)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return COLUMNS[section].title if 0 <= section < len(COLUMNS) else None


def _ids(found: Found) -> "array[int]":
    if not isinstance(found.ids, array):
        raise TypeError("Found.ids must be an array")
    return found.ids
