"""Finds the header of a table in a stream of cells, also where the layout broke header cells over lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from laoxiao_desktop.exchange.cells import Cell, joined
from laoxiao_desktop.exchange.columns import Column, column_of
from laoxiao_desktop.exchange.table import is_section_mark, is_total, settle

_LONGEST_JOIN = 3
_FIRST_NUMBER = re.compile(r"[（(]?0?1[.、．）)]?")
_SECTION_WORDS = re.compile(r".*(?:[县市区州]|项目|类|方面|部分)")
_MOST_COLUMNS = 24
_LONGEST_HEADER = 30
_CONTENT_ROLES = frozenset({"name", "content", "measure"})


@dataclass(frozen=True, slots=True)
class Header:
    """A header and the cells of the stream that it takes: from `start` up to, not including, `end`."""

    start: int
    end: int
    columns: tuple[Column, ...]
    cell: Cell


def header_at(cells: Sequence[Cell], start: int) -> Header | None:
    """The header that begins at a cell of the stream, None when none does."""
    if start >= len(cells) or not _begins(cells, start):
        return None
    found = _best(cells, start)
    if found is None:
        return None
    columns, end = found
    columns, end = _with_unknown(cells, columns, end)
    settled = settle(columns)
    if not _is_header(settled):
        return None
    return Header(start, end, settled, joined(cells[start:end]))


def header_of_row(row: Sequence[Cell]) -> tuple[Column, ...] | None:
    """The columns of a row of cells when it is a header; unknown headers become columns that are kept unread."""
    columns = [column_of(cell.text) or Column("other", cell.text) for cell in row]
    known = sum(column.role != "other" for column in columns)
    settled = settle(columns)
    return settled if known >= 2 and known * 2 >= len(columns) and _is_header(settled) else None


def _begins(cells: Sequence[Cell], start: int) -> bool:
    """A cheap look: the cell, alone or with those after it, names a column."""
    words = ""
    for cell in cells[start : start + _LONGEST_JOIN]:
        words += cell.text
        if cell.is_blank or len(words) > _LONGEST_HEADER:
            return False
        if column_of(words):
            return True
    return False


def _best(cells: Sequence[Cell], start: int) -> tuple[list[Column], int] | None:
    """The cutting of the cells into known headers that explains most cells without naming a column twice."""
    best: tuple[float, list[Column], int] | None = None
    stack: list[tuple[int, list[Column], float]] = [(start, [], 0.0)]
    while stack:
        at, columns, score = stack.pop()
        if columns and (best is None or (score, at) > (best[0], best[2])):
            best = (score, columns, at)
        if len(columns) >= _MOST_COLUMNS:
            continue
        for count in range(1, _LONGEST_JOIN + 1):
            pieces = cells[at : at + count]
            if len(pieces) < count or any(piece.is_blank or is_section_mark(piece.text) for piece in pieces):
                break
            column = column_of(joined(pieces).text)
            if column is not None:
                stack.append((at + count, [*columns, column], score + _worth(column, columns, pieces)))
    return (best[1], best[2]) if best else None


def _worth(column: Column, before: list[Column], pieces: Sequence[Cell]) -> float:
    """What a header adds: joining broken pieces counts little where each piece is a header of its own."""
    worth = 1.0
    if len(pieces) > 1:
        first = column_of(pieces[0].text)
        if first is not None and first.role == "name" and all(other.role != "name" for other in before):
            worth -= 1  # 指标 + 单位 would take the name away
        worth += -0.5 if all(column_of(piece.text) for piece in pieces) else 0.5 * (len(pieces) - 1)
    if any((column.role, column.year) == (other.role, other.year) for other in before):
        worth -= 2
    if column.role == "target" and column.year is None and before and before[-1].year is not None:
        worth -= 2
    return worth


def _with_unknown(cells: Sequence[Cell], columns: list[Column], end: int) -> tuple[list[Column], int]:
    """Further headers whose wording is not known: short cells up to the number 1 of the first row."""
    if not columns or columns[0].role != "seq":
        return columns, end
    unknown: list[Column] = []
    at = end
    while at < len(cells) and len(unknown) <= 4:
        text = cells[at].text
        if _FIRST_NUMBER.fullmatch(text) or is_section_mark(text) or is_total(text) or cells[at].is_blank:
            break
        if len(text) > 12 or (not unknown and _SECTION_WORDS.fullmatch(text) and column_of(text) is None):
            return columns, end
        column = column_of(text) or Column("other", text)
        unknown.append(column)
        at += 1
        if column.role != "other":
            known, further = _best(cells, at) or ([], at)
            unknown += known
            at = further
    else:
        return columns, end
    return ([*columns, *unknown], at) if at < len(cells) and (unknown) else (columns, end)


def _is_header(columns: Sequence[Column]) -> bool:
    roles = {column.role for column in columns if column.role != "other"}
    return len(columns) >= 3 and len(roles) >= 3 and bool(roles & _CONTENT_ROLES)
