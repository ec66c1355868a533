"""A table report as a workbook that people keep using: real types, frozen head, filters, print set-up, hidden identity.

Text is text even when it begins like a formula. The last, hidden column of each sheet bears the uid of its row and is
sorted with it; a hidden sheet tells what the workbook is and what stood in every cell, so that a changed copy can be
read back (exchange/exported.py).
"""

import json
import math
import re
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Final, Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from laoxiao_desktop.errors import UserError, reason_of
from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.models.rates import Rate
from laoxiao_desktop.models.report_table import Document, ReportTable, TableColumn, TableRow, Value, show_cell

IDENTITY: Final = "表格标识"  # another one than that of a form
FORMAT: Final = "laoxiao-table 2"
UID_HEAD: Final = "标识"
NO_ROW: Final = "-"  # stands for a uid beside sums, heads of groups and notes
BASE_ROW: Final = 5  # of the hidden sheet: from here the rows as exported: table, uid, cells
HEAD_ROW: Final = 3
FEN_PER_WAN: Final = 1_000_000
_FORMATS: Final = {"money": "0.######", "whole": "0", "percent": "0.0"}
_FONT: Final = "宋体"  # stands on every office PC
_LINE: Final = Side(style="thin", color="000000")
_BOX: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD, _SUM = (PatternFill("solid", fgColor=colour) for colour in ("E7E6E6", "F2F2F2"))
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\']")
_LIKE_FORMULAS: Final = ("=", "+", "-", "@")
_LONGEST: Final = 32_000
_WIDEST, _NARROWEST = 60.0, 6.0
_ROOM: Final = {"landscape": 160.0, "portrait": 104.0}  # characters on A4: more makes the print small
_FORM_HEIGHT: Final = 34.0  # room for a signature
_LINE_HEIGHT: Final = 14.0  # points, of 10 pt letters


class _Look(NamedTuple):
    """How a cell looks: bold in sums, free of inner lines under a label, how its value stands."""

    is_sum: bool
    is_label: bool
    align: str
    form: str
    is_quoted: bool
    edge: tuple[bool, bool]  # whether a line stands at the left, at the right


def write(document: Document, path: Path) -> Path:
    """Writes the workbook to `path`, whole or not at all; UserError when it cannot be written."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in document.tables:
        _sheet(book, document, table)
    if not document.tables:
        sheet = book.create_sheet("说明")
        for number, block in enumerate(document.lead, 1):
            _put(sheet.cell(number, 1), block.text)
    _identify(book, document)
    part = path.with_name(f".{path.name}.part")
    try:
        book.save(part)
        part.replace(path)
    except OSError as problem:
        raise UserError(
            f"没有保存到“{path}”：{reason_of(problem)}。", "请换一个文件夹，或关闭正在打开它的程序后重试。"
        ) from problem
    finally:
        part.unlink(missing_ok=True)
    return path


def _sheet(book: Workbook, document: Document, table: ReportTable) -> None:
    sheet = book.create_sheet(_NOT_IN_TITLES.sub(" ", table.title)[:31])
    width = len(table.columns)
    title = document.plain_title if table is document.tables[0] and not document.is_long else table.title
    _banner(sheet, 1, width, title, size=16, is_bold=True, side="center")
    office = f"填报单位：{document.office}" if document.office else ""
    month = f"{show_month(document.month)}调度数据" if document.month else ""
    told = "　　".join(part for part in (office, month, f"截至{document.as_of.isoformat()}", table.unit) if part)
    _banner(sheet, 2, width, told, size=10, is_bold=False, side="left")
    sheet.row_dimensions[1].height = 30
    for number, column in enumerate(table.columns, 1):
        cell = sheet.cell(HEAD_ROW, number)
        _put(cell, column.head)
        cell.font, cell.fill, cell.border = Font(name=_FONT, size=10, bold=True), _HEAD, _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    _put(sheet.cell(HEAD_ROW, width + 1), UID_HEAD)
    wide = _widths(table)
    looks: dict[_Look, StyleArray] = {}
    for place, row in enumerate(table.rows, HEAD_ROW + 1):
        _row(sheet, place, table.columns, row, wide, looks)
        if table.is_form:
            sheet.row_dimensions[place].height = _FORM_HEIGHT
    last = HEAD_ROW + len(table.rows)
    for number, note in enumerate(table.notes, 1):
        _banner(sheet, last + number, width, f"注：{note}" if number == 1 else note, size=9, is_bold=False, side="left")
        _put(sheet.cell(last + number, width + 1), NO_ROW)
    _lay(sheet, table, last, wide)


def _row(
    sheet: Worksheet,
    place: int,
    columns: Sequence[TableColumn],
    row: TableRow,
    wide: Sequence[float],
    looks: dict[_Look, StyleArray],
) -> None:
    lines = 1
    is_sum = row.kind != "plain"
    for number, (column, value) in enumerate(zip(columns, row.cells, strict=True), 1):
        cell = _at(sheet, place, number)
        is_label = is_sum and number <= row.span
        typed, form = (
            (None, "General") if is_label and number > 1 else _typed("text" if is_label else column.kind, value)
        )
        _set(cell, typed)
        if not is_label and typed is not None:
            lines = max(lines, _lines(show_cell(column.kind, value), wide[number - 1]))
        is_quoted = isinstance(typed, str) and typed[:1] in _LIKE_FORMULAS
        edge = (number == 1, number == row.span) if is_label else (True, True)
        _dress(cell, _Look(is_sum, is_label, "left" if is_label else column.align, form, is_quoted, edge), looks)
    if lines > 1:  # not every program fits the height of wrapped rows by itself
        sheet.row_dimensions[place].height = lines * _LINE_HEIGHT + 2
    _set(_at(sheet, place, len(columns) + 1), row.uid or NO_ROW)


def _dress(cell: Cell, look: _Look, looks: dict[_Look, StyleArray]) -> None:
    """Gives a cell its look; each look is worked out once."""
    if look in looks:
        cell._style = looks[look]  # type: ignore[attr-defined]  # as openpyxl itself copies a look; ten times faster
        return
    cell.font = Font(name=_FONT, size=10, bold=look.is_sum)
    left, right = (_LINE if is_there else None for is_there in look.edge)
    cell.border = Border(left=left, right=right, top=_LINE, bottom=_LINE)  # nothing parts the cells under a label
    if look.is_sum:
        cell.fill = _SUM
    cell.alignment = Alignment(horizontal=look.align, vertical="center", wrap_text=not look.is_label)
    cell.number_format, cell.quotePrefix = look.form, look.is_quoted
    looks[look] = copy(cell._style)  # type: ignore[attr-defined]  # as above


def _lines(text: str, wide: float) -> int:
    """How many lines a text takes in a column."""
    room = max(wide - 0.8, 2.0)
    return sum(max(1, math.ceil(0.95 * _count(part) / room)) for part in text.split("\n"))


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("the rows of a table are never merged")
    return cell


def _typed(kind: str, value: Value) -> tuple[str | int | float | None, str]:
    """A value with its real type and its number format: 万元 and percent as numbers, everything else as text."""
    if value is None or value == "":
        return None, "General"
    if isinstance(value, Rate):
        if value.value is None:
            return show_cell("percent", value), "@"
        return float(value.value * 100), _FORMATS["percent"]
    if kind == "money" and isinstance(value, int):
        whole, rest = divmod(value, FEN_PER_WAN)
        return (whole, _FORMATS["whole"]) if rest == 0 else (value / FEN_PER_WAN, _FORMATS["money"])
    if isinstance(value, int):
        return value, _FORMATS["whole"]
    return show_cell("date" if kind == "date" else "text", value), "@"


def _set(cell: Cell, value: str | float | None) -> None:
    """A value alone; text is text, even when it begins like a formula."""
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("", value)[:_LONGEST]
        cell.data_type = "s"
    elif value is not None:
        cell.value = value


def _put(cell: Cell, text: str) -> None:
    """Text in a cell of its own look."""
    _set(cell, text)
    cell.quotePrefix = text[:1] in _LIKE_FORMULAS
    cell.number_format = "@"


def _banner(sheet: Worksheet, row: int, width: int, words: str, *, size: int, is_bold: bool, side: str) -> None:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    cell = sheet.cell(row, 1)
    if isinstance(cell, Cell):
        _put(cell, words)
        cell.font = Font(name=_FONT, size=size, bold=is_bold)
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=side == "left" and size < 10)


def _lay(sheet: Worksheet, table: ReportTable, last: int, wide: Sequence[float]) -> None:
    width = len(table.columns)
    for number, each in enumerate(wide, 1):
        sheet.column_dimensions[get_column_letter(number)].width = each
    hidden = sheet.column_dimensions[get_column_letter(width + 1)]
    hidden.width, hidden.hidden = 4, True
    sheet.row_dimensions[HEAD_ROW].height = 30
    names = [column.key for column in table.columns]
    frozen = names.index("name") + 2 if "name" in names[:4] else 2
    sheet.freeze_panes = f"{get_column_letter(frozen)}{HEAD_ROW + 1}"
    # the hidden column belongs to it: else a sort would leave the uids where they stood
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(width + 1)}{max(last, HEAD_ROW)}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:{get_column_letter(width)}{last + len(table.notes)}"
    sheet.page_setup.orientation = _orientation(table)
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.45
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.65
    footer = sheet.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "— &P —"


def _orientation(table: ReportTable) -> Literal["landscape", "portrait"]:
    return "landscape" if len(table.columns) > 5 else "portrait"


def _widths(table: ReportTable) -> list[float]:
    """By what stands in the columns; where that is more than a page holds, text wraps, each as its share on paper is."""
    wide = [_wide(table, place, column) for place, column in enumerate(table.columns)]
    room = _ROOM[_orientation(table)]
    held, part = wide, 1.0
    while sum(held) > room and part > 0.1:
        part -= 0.02
        held = [
            min(each, max(part * column.share, 2 * _NARROWEST))
            for each, column in zip(wide, table.columns, strict=True)
        ]
    return held


def _wide(table: ReportTable, place: int, column: TableColumn) -> float:
    """A Chinese character counts two, long text wraps."""
    shown = [show_cell(column.kind, row.cells[place]) for row in table.plain_rows[:500]]
    longest = max((_count(text) for text in (*shown, *column.head.split("\n"))), default=0)
    most = 24.0 if column.is_centred else _WIDEST if column.share >= 50 else 40.0
    return min(max(longest + 2.0, _NARROWEST), most)


def _count(text: str) -> int:
    return sum(1 if ord(char) < 0x2E80 and char not in "—“”" else 2 for char in text)


def _identify(book: Workbook, document: Document) -> None:
    hidden = book.create_sheet(IDENTITY)
    hidden["A1"] = FORMAT
    _put(
        hidden["A2"],
        json.dumps(
            {
                "kind": document.kind,
                "as_of": document.as_of.isoformat(),
                "month": document.month,
                "stamp": document.stamp,
                "tables": [
                    {
                        "title": table.title,
                        "subject": table.subject,
                        "head_row": HEAD_ROW,
                        "columns": [[column.key, column.kind, column.head] for column in table.columns],
                    }
                    for table in document.tables
                ],
            },
            ensure_ascii=False,
        ),
    )
    _put(hidden["A3"], "这一页供读回时认出各行，请不要删除。")
    place = BASE_ROW
    for number, table in enumerate(document.tables):
        for row in table.plain_rows:
            if row.uid:
                held = (
                    str(number),
                    row.uid,
                    *(_typed(c.kind, v)[0] for c, v in zip(table.columns, row.cells, strict=True)),
                )
                for at, each in enumerate(held, 1):
                    _set(_at(hidden, place, at), each)
                place += 1
    hidden.sheet_state = "hidden"
    book.properties.title = document.plain_title
    book.properties.creator = "一老一小项目台账"
