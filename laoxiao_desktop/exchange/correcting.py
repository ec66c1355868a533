"""A read file put right by hand: one cell written anew, and where each row of its tables stands in the draft."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import exported, reading
from laoxiao_desktop.exchange.cells import Cell
from laoxiao_desktop.exchange.reading_values import ReadFile
from laoxiao_desktop.exchange.table import Row, Table
from laoxiao_desktop.exchange.understood import Understood
from laoxiao_desktop.models.plan_draft import Lines


def with_cell(file: ReadFile, table_key: str, row: int, column: int, text: str) -> ReadFile:
    """The file with another text in one cell of a table; `row` counts from 0 over all rows of the table.

    The file on disk is not touched. UserError when the table is gone.
    """
    back = exported.exported_origin(file)
    if back is not None:
        return exported.with_cell(file, back, table_key, row, column, text)
    origin = reading.origin_of(file)
    tables = list(origin.tables)
    at = next((number for number, table in enumerate(tables) if table.source.key == table_key), None)
    if at is None:
        raise UserError("这张表已经不在了。", "请重新读一次文件。")
    tables[at] = _with_cell(tables[at], row, column, text)
    corrected = replace(file, origin=replace(origin, tables=tuple(tables)))
    return reading.with_mapping(corrected, table_key, {})


def places_of(file: ReadFile) -> Mapping[str, Sequence[Lines]]:
    """For each table, by key, the lines that each of its rows takes in the draft."""
    back = exported.exported_origin(file)
    if back is not None:
        return exported.places_of(back)
    return {
        table.source.key: [_lines(table, at) for at in range(len(table.source.rows))]
        for table in reading.origin_of(file).tables
    }


def _lines(table: Understood, at: int) -> Lines:
    if table.original is not None:
        return table.original.header.where if at == 0 else _span(table.original.rows[at - 1])
    line = table.source.rows[at].no + table.offset
    return line, line


def _span(row: Row) -> Lines:
    cells = [*row.cells.values(), *([row.label] if row.label else [])]
    return min((cell.where[0] for cell in cells), default=0), max((cell.where[1] for cell in cells), default=0)


def _with_cell(table: Understood, row: int, column: int, text: str) -> Understood:
    rows = list(table.source.rows)
    if not 0 <= row < len(rows) or not 0 <= column < len(rows[row].cells):
        raise UserError("这一格已经不在了。", "请重新读一次文件。")
    cells = list(rows[row].cells)
    cells[column] = text
    rows[row] = replace(rows[row], cells=tuple(cells))
    original = table.original
    if original is not None and row > 0:
        original = _with_original(original, row - 1, column, text)
    return replace(table, source=replace(table.source, rows=tuple(rows)), original=original)


def _with_original(table: Table, at: int, column: int, text: str) -> Table:
    row = table.rows[at]
    there = row.cells.get(column)
    cell = replace(there, text=text) if there is not None else Cell(text, _span(row))
    rows = list(table.rows)
    rows[at] = replace(row, cells={**row.cells, column: cell})
    return replace(table, rows=tuple(rows))
