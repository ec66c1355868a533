"""Finds the tables of a sheet and says of every row what it is: a row of the list, a total, a section, a note."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from laoxiao_desktop.exchange.reading_values import RowKind, SourceRow
from laoxiao_desktop.exchange.sheet import Merge, Sheet, SheetRow
from laoxiao_desktop.exchange.sheet_form import form_of
from laoxiao_desktop.exchange.sheet_header import SheetHeader, header_at, looks_like_labels, plain_header
from laoxiao_desktop.exchange.table import is_section_mark, is_total
from laoxiao_desktop.exchange.text_lines import tidy

_NOTE: Final = re.compile(
    r"(?:备?注|说明|填表说明|填报说明|填\s*报|填\s*表|制\s*表|审\s*核|联系人|联系电话|单位负责人|填报日期)\s*[\d一二三四五]*\s*[：:.、．]|注\d|[*＊※]"
)
_LONGEST_SECTION: Final = 60
_INDEX: Final = re.compile(r"[（(]?(?:\d{1,2}|[甲乙丙丁戊己])[）)]?")


@dataclass(frozen=True, slots=True)
class Region:
    """One table of a sheet: the lines above it, its header, and its rows from the header to the last note."""

    above: tuple[SheetRow, ...]
    header: SheetHeader
    rows: tuple[SourceRow, ...]
    is_form: bool = False

    @property
    def first_no(self) -> int:
        """The number of its first row."""
        return self.rows[0].no


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet taken apart: its tables, and the rows that belong to none."""

    regions: tuple[Region, ...]
    rest: tuple[SheetRow, ...]


def laid_out(sheet: Sheet, *, with_hidden: bool = False) -> Laid:
    """The tables of a sheet from top to bottom; a sheet without a table may be a form."""
    rows = sheet.rows
    merges = _by_row(sheet.merges)
    hidden = frozenset[int]() if with_hidden else sheet.hidden_rows
    regions: list[Region] = []
    rest: list[SheetRow] = []
    pending: list[SheetRow] = list(sheet.above)
    at = 0
    while at < len(rows):
        header = header_at(rows, at, merges)
        if header is None:
            pending.append(rows[at])
            rest.append(rows[at])
            at += 1
            continue
        body, at, back = _body(sheet, rows, at, header, merges, hidden)
        regions.append(Region(tuple(pending[-8:]), header, tuple(body)))
        pending = list(back)
        rest += back
    if not regions:
        form = form_of(sheet)
        if form is not None:
            return Laid((Region(form.above, form.header, form.rows, is_form=True),), form.above)
        return _unknown(sheet, hidden)
    return Laid(tuple(regions), tuple(rest))


def _unknown(sheet: Sheet, hidden: frozenset[int]) -> Laid:
    """A sheet in which no wording is known, taken as one table for a person to name its columns."""
    rows = sheet.rows
    for at, row in enumerate(rows[:30]):
        if (
            looks_like_labels(row.cells)
            and sum(sum(map(bool, below.cells)) >= 2 for below in rows[at + 1 : at + 4]) >= 1
        ):
            header = plain_header(row)
            body, _, _ = _body(sheet, rows, at, header, {}, hidden)
            return Laid((Region(tuple(rows[max(0, at - 8) : at]), header, tuple(body)),), tuple(rows[:at]))
    return Laid((), tuple(rows))


def _body(
    sheet: Sheet,
    rows: Sequence[SheetRow],
    at: int,
    header: SheetHeader,
    merges: Mapping[int, Sequence[Merge]],
    hidden: frozenset[int],
) -> tuple[list[SourceRow], int, list[SheetRow]]:
    """The rows of a table with their kinds, where it ends, and the rows at its end that head the next table."""
    width = len(header.columns)
    body = [_source(sheet, row, "header", width) for row in rows[at : at + header.rows]]
    at += header.rows
    last_of_list = len(body)
    where = sheet.where
    while at < len(rows):
        row = rows[at]
        cells = row.cells
        first = next((cell for cell in cells if cell), "")
        if not first[:1].isdigit():
            found = header_at(rows, at, merges)
            if found is not None:
                if not _is_repeated(found, header):
                    break
                body += [_source(sheet, row, "header", width) for row in rows[at : at + found.rows]]
                at += found.rows
                continue
        kind: RowKind = "hidden" if row.no in hidden else _kind(cells, first, header)
        if kind == "row" and at < len(rows) and len(body) == header.rows and _is_index(cells):
            kind = "header"
        body.append(SourceRow(row.no, kind, _cut(cells, width), where(row.no)))
        at += 1
        if kind in ("row", "total", "hidden"):
            last_of_list = len(body)
    tail = body[last_of_list:]
    back: list[SheetRow] = []
    if at < len(rows):
        keep = 0
        for number, row_ in enumerate(tail):
            if row_.kind == "note":
                keep = number + 1
        back = [SheetRow(row_.no, row_.cells) for row_ in tail[keep:]]
        tail = tail[:keep]
    body[last_of_list:] = [
        SourceRow(row.no, "note" if row.kind == "section" else row.kind, row.cells, row.where) for row in tail
    ]
    return body, at, back


def _kind(cells: Sequence[str], first: str, header: SheetHeader) -> RowKind:
    filled = len(cells) - cells.count("") if isinstance(cells, list | tuple) else sum(map(bool, cells))
    if filled == 0:
        return "blank"
    looked = [tidy(cell) for cell in cells[:6] if cell and "计" in cell and len(cell) <= 40][:3]
    if any(is_total(text) for text in looked):
        return "total"
    if filled <= 2:
        return _kind_of_few(cells, first, filled, header)
    if filled > 2 and is_section_mark(first.strip()) and _is_section_with_sums(cells, header):
        return "total"
    return "row"


def _kind_of_few(cells: Sequence[str], first: str, filled: int, header: SheetHeader) -> RowKind:
    text = tidy(first)
    if filled == 1:
        if _NOTE.match(text) or len(text) > _LONGEST_SECTION:
            return "note"
        if text.replace(".", "").isdigit():
            return "blank"
        at = next((number for number, cell in enumerate(cells) if cell), 0)
        role = header.columns[at].role if at < len(header.columns) else None
        return "row" if role == "name" and at > 0 and not is_section_mark(text[:1]) else "section"
    if is_section_mark(text):
        return "section"
    if _NOTE.match(text):
        return "note"
    return "row"


def _is_section_with_sums(cells: Sequence[str], header: SheetHeader) -> bool:
    """一 | 养老服务项目 | … | 15979.67: a section row that carries the sums of its rows."""
    roles = {mapped.role for number, mapped in enumerate(header.columns) if number < len(cells) and cells[number]}
    return not roles & {"content", "place", "period", "unit", "owner", "start", "end", "type", "target"} and bool(
        roles & {"total_investment", "central_request"}
    )


def _is_repeated(found: SheetHeader, header: SheetHeader) -> bool:
    return found.labels == header.labels


def _is_index(cells: Sequence[str]) -> bool:
    """A row of column numbers under the header: 1 2 3, (1) (2), 甲 乙 1."""
    filled = [tidy(cell) for cell in cells if cell]
    figures = [int(text) for cell in filled if (text := cell.strip("（）()")).isdigit() and len(text) <= 2]
    return (
        len(filled) >= 3
        and all(_INDEX.fullmatch(cell) for cell in filled)
        and len(figures) >= len(filled) - 3
        and figures == list(range(figures[0], figures[0] + len(figures)))
    )


def _source(sheet: Sheet, row: SheetRow, kind: RowKind, width: int) -> SourceRow:
    return SourceRow(row.no, kind, _cut(row.cells, width), sheet.where(row.no))


def _cut(cells: Sequence[str], width: int) -> tuple[str, ...]:
    if len(cells) == width:
        return tuple(cells)
    return (*cells[:width], *("",) * (width - len(cells)))


def _by_row(merges: Sequence[Merge]) -> dict[int, list[Merge]]:
    """Merges by each row they touch, as far as a header may be that high."""
    found: dict[int, list[Merge]] = {}
    for merge in merges:
        for row in range(merge.first_row, min(merge.last_row, merge.first_row + 3) + 1):
            found.setdefault(row, []).append(merge)
    return found
