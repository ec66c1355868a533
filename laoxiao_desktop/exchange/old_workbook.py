"""Workbooks of the old kind (.xls): xlrd reads them, with what is merged and hidden, and lays out no empty area."""

import io
from pathlib import Path
from typing import Final

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange.limits import MOST_CELLS, Stopped, too_many_cells, unreadable
from laoxiao_desktop.exchange.sheet import Merge, Sheet, SheetRow, clean, column_letters, cut_long
from laoxiao_desktop.exchange.shown_values import number_text, percent_text, shown
from laoxiao_desktop.models.plan_draft import Problem

_MOST_BYTES: Final = 32 << 20
_ODD: Final = (AssertionError, IndexError, KeyError, TypeError, ValueError, UnicodeError, OverflowError, AttributeError)


def sheets_of(path: Path, checked: Stopped = lambda: None) -> tuple[Sheet, ...]:
    """The sheets of an old workbook, cells as shown; UserError when it is locked, damaged or too large."""
    if path.stat().st_size > _MOST_BYTES:
        raise UserError(f"{path.name} 超过 {_MOST_BYTES >> 20} MB。", "请在 WPS 或 Excel 中打开，另存为 .xlsx 后再读。")
    try:
        with xlrd.open_workbook(
            str(path), logfile=io.StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
        ) as book:
            sheets: list[Sheet] = []
            cells = 0
            for number in range(book.nsheets):
                checked()
                held = book.sheet_by_index(number)
                cells += sum(held.row_len(at) for at in range(held.nrows))
                if cells > MOST_CELLS:
                    raise too_many_cells(path.name, held.name, cells)
                sheets.append(cut_long(_sheet(book, held, number)))
                book.unload_sheet(number)
            return tuple(sheets)
    except XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise UserError(
                f"{path.name} 是加密文件，没有密码读不出。", "请在 WPS 中取消密码后另存为 .xlsx。"
            ) from error
        raise unreadable(path.name) from error
    except (*_ODD, CompDocError, OSError, MemoryError, RecursionError) as error:
        raise unreadable(path.name) from error  # xlrd checks little of a damaged file before it trips over it


def _sheet(book: xlrd.Book, held: xlrd.sheet.Sheet, number: int) -> Sheet:
    name = clean(held.name)
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    percent = _percent_formats(book)
    for at in range(held.nrows):
        if not held.row_len(at):
            continue
        cells = [
            _text(book, held, at, column, percent, name, problems) if kind not in (0, 6) else ""
            for column, kind in enumerate(held.row_types(at))
        ]
        if any(cells):
            rows.append(SheetRow(at + 1, cells))
    return Sheet(
        name,
        number,
        rows,
        tuple(
            Merge(first + 1, left, last, right - 1)
            for first, last, left, right in held.merged_cells
            if last > first and right > left
        ),
        frozenset(at + 1 for at, row in held.rowinfo_map.items() if row.hidden),
        frozenset(column for column, info in held.colinfo_map.items() if info.hidden),
        held.visibility != 0,
        problems=tuple(problems),
    )


def _text(
    book: xlrd.Book,
    held: xlrd.sheet.Sheet,
    at: int,
    column: int,
    percent: frozenset[int],
    name: str,
    problems: list[Problem],
) -> str:
    kind, value = held.cell_type(at, column), held.cell_value(at, column)
    match kind:  # xlrd's numbers: 2 number, 3 date, 4 boolean, 5 error
        case 2 if held.cell_xf_index(at, column) in percent:
            return percent_text(float(value))
        case 2:
            return number_text(float(value))
        case 3:
            try:
                return shown(xlrd.xldate.xldate_as_datetime(float(value), book.datemode))
            except (ValueError, OverflowError, xlrd.xldate.XLDateError):
                return number_text(float(value))
        case 4:
            return "是" if value else "否"
        case 5:
            ref = f"{column_letters(column)}{at + 1}"
            text = xlrd.error_text_from_code.get(int(value), "#N/A")
            if len(problems) < 50:
                problems.append(
                    Problem("warning", "cell_error", f"{name}!{ref}", f"单元格 {ref} 是错误值 {text}，按空白读。")
                )
            return ""
    return clean(str(value))


def _percent_formats(book: xlrd.Book) -> frozenset[int]:
    """The numbers of the cell formats that show a share in percent."""
    return frozenset(
        number
        for number, xf in enumerate(book.xf_list)
        if (form := book.format_map.get(xf.format_key)) is not None and "%" in form.format_str
    )
