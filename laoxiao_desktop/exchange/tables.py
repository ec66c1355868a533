"""All tables of a document, from cells that stand one per line or from lines that are whole rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from laoxiao_desktop.exchange.cells import Cell, cells_of, joined, row_of
from laoxiao_desktop.exchange.columns import MONEY_ROLES, Column, column_of, money_factor
from laoxiao_desktop.exchange.table import Row, Table, is_amount, is_section_mark, is_total, section_title
from laoxiao_desktop.exchange.table_header import Header, header_at, header_of_row
from laoxiao_desktop.exchange.table_rows import rows_of
from laoxiao_desktop.exchange.text_lines import Line

_DELIMITERS = ("\t", "|", "  ", ",")
_ANNEX_MARK = re.compile(r"附\s*[件表]\s*[\d一二三四五六七八九十]*[：:]?")
_TITLE_MARK = re.compile(r"^附\s*[件表]\s*\d*[：:]?\s*|^表\s*\d+[：:.、\s]*")
_CAPTION = re.compile(r"[（(]?(?:金额)?单位[：:].{1,12}[）)]?")
_NOT_A_TITLE = ("。", "，", "；", "：", ":", "、", "！", "？")
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of a document and the lines they take, so that prose is read from the rest only."""

    tables: tuple[Table, ...]
    taken: frozenset[int]


def tables_of(lines: Sequence[Line]) -> Found:
    """Every table of the document in the order of its lines."""
    tables: list[Table] = []
    taken: set[int] = set()
    stream = _stream(lines)
    at = 0
    while at < len(lines):
        read = _delimited(lines, at) or _flowing(lines, at, stream) or _spaced(lines, at)
        if read is None:
            at += 1
            continue
        table, next_at = read
        first = table.title.where[0] if table.title else lines[at].no
        taken.update(range(first, lines[next_at - 1].no + 1))
        tables.append(table)
        at = next_at
    return Found(tuple(tables), frozenset(taken))


def table_of_rows(
    grid: Sequence[Sequence[Cell]],
    columns: tuple[Column, ...],
    title: Cell | None,
    header: Cell,
    factor: Decimal | None,
) -> Table:
    """A table from rows whose cells are already set apart, as a sheet, a web page or tabs give them."""
    rows = tuple(row for row in (_row_of_grid(cells, columns) for cells in grid) if row is not None)
    return Table(title, columns, rows, header, factor)


def _delimited(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """A table whose header is one line; rows go on while lines are cut the same way."""
    line = lines[at]
    for delimiter in _DELIMITERS:
        if delimiter not in line.text and not (delimiter == "  " and "\u3000" in line.text):
            continue
        header_row = row_of(line, delimiter)
        columns = header_of_row(header_row) if len(header_row) >= 3 else None
        if columns is None:
            continue
        end = at + 1
        grid: list[tuple[Cell, ...]] = []
        while end < len(lines):
            if lines[end].is_empty:
                end += 1
                continue
            cells = row_of(lines[end], delimiter)
            if len(cells) < 2 and not (cells and (is_total(cells[0].text) or section_title(cells[0].text))):
                break
            if not all(set(cell.text) <= set("-:") for cell in cells):  # the rule below a header of bars
                grid.append(cells)
            end += 1
        title, factor = _title_above(lines, at)
        return table_of_rows(grid, columns, title, joined(header_row), factor), end
    return None


def _spaced(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """A table whose lines are rows with single spaces between the cells, as copied from a PDF."""
    header_row = _words(lines[at])
    if len(header_row) < 3 or not all(column_of(cell.text) for cell in header_row):
        return None
    columns = header_of_row(header_row)
    if columns is None:
        return None
    cells = [cell for line in lines[at + 1 :] if not line.is_blank for cell in _words(line)]
    rows, taken = rows_of(cells, columns)
    if not rows:
        return None
    title, factor = _title_above(lines, at)
    table = Table(title, columns, rows, joined(header_row), factor)
    return table, _index_after(lines, cells[taken - 1].where[1])


def _words(line: Line) -> tuple[Cell, ...]:
    return tuple(Cell(word, (line.no, line.no)) for word in line.text.split())


@dataclass(frozen=True, slots=True)
class _Stream:
    """All cells of the document as they follow each other, the place of each line's first one, and every header."""

    cells: tuple[Cell, ...]
    starts: tuple[int, ...]
    headers: tuple[Header, ...]


def _stream(lines: Sequence[Line]) -> _Stream:
    cells: list[Cell] = []
    starts: list[int] = []
    for line in lines:
        starts.append(len(cells))
        cells.extend(cells_of(line))
    headers = (header_at(cells, at) for at in range(len(cells)))
    return _Stream(tuple(cells), tuple(starts), tuple(header for header in headers if header is not None))


def _flowing(lines: Sequence[Line], at: int, stream: _Stream) -> tuple[Table, int] | None:
    """A table whose cells stand one per line."""
    if lines[at].is_blank:
        return None
    header = header_at(stream.cells, stream.starts[at])
    if header is None:
        return None
    body = stream.cells[header.end : _stop(stream, header)]
    rows, taken = rows_of(body, header.columns)
    if not rows:
        return None
    title, factor = _title_above(lines, at)
    last_line = body[taken - 1].where[1]
    table = Table(title, header.columns, rows, header.cell, factor)
    return table, _index_after(lines, last_line)


def _stop(stream: _Stream, header: Header) -> int:
    """Where the cells of the table end at the latest: at the next annex or before the header of another table."""
    roles = [column.role for column in header.columns]
    end = len(stream.cells)
    for other in stream.headers:
        if other.start >= header.end and (
            [column.role for column in other.columns] != roles or _has_title_before(stream.cells, other.start)
        ):
            end = other.start
            break
    annexes = (at for at in range(header.end, end) if _ANNEX_MARK.fullmatch(stream.cells[at].text))
    return next(annexes, end)


def _has_title_before(cells: Sequence[Cell], at: int) -> bool:
    before = next((cell for cell in reversed(cells[max(0, at - 3) : at]) if not cell.is_blank), None)
    return before is not None and bool(re.search(r"(?:清单|表|名单|目录|项目库)(?:（.*）)?$", before.text))


def _index_after(lines: Sequence[Line], line_no: int) -> int:
    return line_no - lines[0].no + 1


def _title_above(lines: Sequence[Line], at: int) -> tuple[Cell | None, Decimal | None]:
    """The title that stands above a header, and the unit of money of a caption between them."""
    factor: Decimal | None = None
    for line in reversed(lines[max(0, at - 8) : at]):
        if line.is_blank:
            continue
        text = _TITLE_MARK.sub("", joined(cells_of(line)).text).rstrip("：:")
        if not text:
            return None, factor
        if _CAPTION.fullmatch(text):
            factor = money_factor(text)
            continue
        if len(text) <= _LONGEST_TITLE and not text.endswith(_NOT_A_TITLE) and not _ANNEX_MARK.fullmatch(text):
            return Cell(text, (line.no, line.no)), factor or money_factor(text)
        return None, factor
    return None, factor


def _row_of_grid(cells: Sequence[Cell], columns: Sequence[Column]) -> Row | None:
    filled = [cell for cell in cells if not cell.is_blank]
    if not filled:
        return None
    label = next((cell for cell in filled[:3] if is_total(cell.text)), None)
    if label is not None:
        amounts = {
            number: cell
            for number, (cell, column) in enumerate(zip(cells, columns, strict=False))
            if column.role in MONEY_ROLES and is_amount(cell.text)
        }
        return Row("total", amounts, label)
    words = {cell.text for cell in filled}
    if len(filled) <= 2 and is_section_mark(filled[0].text) and len(filled) == 2:
        return Row("section", {}, filled[1])
    if len(words) == 1 and len(columns) > 2:
        title = section_title(filled[0].text) or filled[0].text
        return Row("section", {}, Cell(title, filled[0].where))
    texts = [cell.text for cell in cells]
    if header_of_row(list(cells)) and texts[0] == columns[0].label:
        return None
    return Row("row", dict(enumerate(cells[: len(columns)])))
