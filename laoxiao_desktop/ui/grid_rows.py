"""Which row of the grid shows what: a heading or a project, with closed groups left out."""

from array import array
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from laoxiao_desktop.models.query import Group


@dataclass(frozen=True, slots=True)
class RowMap:
    """Rows of a grouped or plain list. A place is ≥ 0 for a project (its position in `ids`), ~group for a heading."""

    ids: "array[int]"
    groups: tuple[Group, ...]
    closed: frozenset[str]
    count: int
    headings: tuple[int, ...]  # row of each heading
    offsets: tuple[int, ...]  # position in ids of the first project of each group

    def place(self, row: int) -> int:
        """What stands in `row`: a position in `ids`, or ~(number of the group)."""
        if not self.groups:
            return row
        group = bisect_right(self.headings, row) - 1
        below = row - self.headings[group]
        return ~group if below == 0 else self.offsets[group] + below - 1

    def row_of(self, position: int) -> int | None:
        """The row of the project at `position` of `ids`; None when its group is closed."""
        if not self.groups:
            return position
        group = self.group_of(position)
        if self.groups[group].value in self.closed:
            return None
        return self.headings[group] + 1 + position - self.offsets[group]

    def group_of(self, position: int) -> int:
        """The number of the group that holds `position`."""
        return bisect_right(self.offsets, position) - 1


def map_rows(ids: "array[int]", groups: Sequence[Group], closed: Collection[str]) -> RowMap:
    """Lay out `ids` under `groups`; groups whose value is in `closed` show their heading only."""
    headings: list[int] = []
    offsets: list[int] = []
    row = offset = 0
    for group in groups:
        headings.append(row)
        offsets.append(offset)
        row += 1 + (0 if group.value in closed else group.sums.count)
        offset += group.sums.count
    return RowMap(ids, tuple(groups), frozenset(closed), row if groups else len(ids), tuple(headings), tuple(offsets))
