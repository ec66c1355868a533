"""The header of a table in a sheet: one to three rows, merged or not, wherever they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from laoxiao_desktop.exchange.mapping import Mapped, is_known, meaning_of, settled
from laoxiao_desktop.exchange.sheet import Merge, SheetRow
from laoxiao_desktop.exchange.table import is_total
from laoxiao_desktop.exchange.text_lines import tidy

_MOST_ROWS = 3
_LONGEST_LABEL = 40
_NUMBER = re.compile(r"[-+]?[\d,.]+%?")
_NAME_ROLES = frozenset({"name", "content", "measure"})
_FIRST_LOOKED_AT = 6


@dataclass(frozen=True, slots=True)
class SheetHeader:
    """A header: how many rows it takes, and what each column of the sheet means."""

    rows: int
    columns: tuple[Mapped, ...]
    labels: tuple[str, ...]  # cells of its first row, by which a repetition is known
    worded: tuple[bool, ...] = ()  # columns whose wording is known, before their neighbours were looked at

    @property
    def known(self) -> int:
        """How many columns have a role."""
        return sum(mapped.role is not None for mapped in self.columns)


def header_at(rows: Sequence[SheetRow], at: int, merges: Mapping[int, Sequence[Merge]]) -> SheetHeader | None:
    """The header whose first row is `at`; None when none begins there."""
    if not _may_begin(rows[at].cells):
        return None
    best: SheetHeader | None = None
    for count in range(1, _MOST_ROWS + 1):
        if at + count > len(rows) or (count > 1 and not _goes_on(rows, at, count - 1, merges)):
            break
        header = _header(rows[at : at + count], merges)
        if _is_header(header) and (best is None or header.known >= best.known):
            best = header
    return best


def plain_header(row: SheetRow) -> SheetHeader:
    """A header whose wording is not known: every cell a column for a person to name."""
    return _header([row], {})


def looks_like_labels(cells: Sequence[str]) -> bool:
    """Three or more short different words and no figures: a header, even when its wording is not known."""
    filled = [tidy(cell) for cell in cells if cell.strip()]
    return (
        len(filled) >= 3
        and len(set(filled)) == len(filled)
        and not any(_NUMBER.fullmatch(text) or len(text) > 20 or is_total(text) for text in filled)
    )


def _may_begin(cells: Sequence[str]) -> bool:
    looked = 0
    for cell in cells:
        if not cell:
            continue
        if looked == 0 and cell[0].isdigit() and not cell.startswith("20"):
            return False
        if len(cell) <= _LONGEST_LABEL and is_known(cell):
            return True
        looked += 1
        if looked >= _FIRST_LOOKED_AT:
            return False
    return False


def _goes_on(rows: Sequence[SheetRow], at: int, more: int, merges: Mapping[int, Sequence[Merge]]) -> bool:
    """The row belongs to the header above it: labels under labels, nothing that a row of the list would hold."""
    row, above = rows[at + more], rows[at + more - 1]
    if row.no != above.no + 1:
        return False
    filled = {number: tidy(cell) for number, cell in enumerate(row.cells) if cell.strip()}
    if not filled or any(len(text) > _LONGEST_LABEL for text in filled.values()):
        return False
    if is_total(next(iter(filled.values()))) and (min(filled) == 0 or len(filled) == 1):
        return False  # 合计 beside other labels is the name of a column
    if any(_NUMBER.fullmatch(text) and not re.fullmatch(r"20\d\d", text) for text in filled.values()):
        return False
    covered = {
        number
        for merge in merges.get(rows[at].no, ())
        if merge.last_row >= row.no
        for number in range(merge.first_column, merge.last_column + 1)
    }
    known = sum(is_known(text) or is_total(text) or text.startswith(("（", "(")) for text in filled.values())
    if covered:
        return not covered & set(filled) and known >= 1
    is_under_groups = len(filled) < sum(bool(cell.strip()) for cell in above.cells) or 0 not in filled
    return is_under_groups and known * 2 >= len(filled)


def _header(rows: Sequence[SheetRow], merges: Mapping[int, Sequence[Merge]]) -> SheetHeader:
    width = max(_width(row.cells) for row in rows)
    grid = [[*row.cells[:width], *[""] * (width - len(row.cells))] for row in rows]
    for row_at, row in enumerate(rows):
        for merge in merges.get(row.no, ()):
            text = grid[row_at][merge.first_column] if merge.first_column < width else ""
            for column in range(merge.first_column, min(merge.last_column + 1, width)):
                grid[row_at][column] = text
    if len(rows) > 1 and not any(merges.get(row.no) for row in rows):
        _spread_groups(grid)
    labels = [[line[column] for line in grid] for column in range(width)]
    named = [meaning_of(parts) for parts in labels]
    return SheetHeader(
        len(rows),
        tuple(settled(named)),
        tuple(tidy(cell) for cell in rows[0].cells if cell.strip()),
        tuple(mapped.role is not None for mapped in named),
    )


def _spread_groups(grid: list[list[str]]) -> None:
    """Without merges a group header stands over its first column only; it holds for those to its right as well."""
    for upper, lower in pairwise(grid):
        group = ""
        for column, text in enumerate(upper):
            if text.strip():
                group = text if column < len(lower) and lower[column].strip() else ""
            elif group and lower[column].strip():
                upper[column] = group


def _width(cells: Sequence[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width


def _is_header(header: SheetHeader) -> bool:
    roles = {mapped.role for mapped in header.columns if mapped.role is not None}
    known = [is_known for mapped, is_known in zip(header.columns, header.worded, strict=True) if mapped.column.label]
    filled = len(known)
    if sum(known) < 2 or not roles & _NAME_ROLES:
        return False
    if known == [True, False] * (filled // 2):  # label, blank filled in, label, …: a line of a form
        return False
    return len(roles) >= 3 or filled <= 4
