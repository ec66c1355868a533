"""The fill-in workbook of a unit: its projects with last month's figures, open cells for the new ones, checks by formula.

Identity stands in hidden, protected cells; only the open cells can be filled in. Made for WPS and Excel alike: no macro,
no function that one of them lacks.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from laoxiao_desktop.models.dictionary import STAGES
from laoxiao_desktop.models.form import FormIdentity, stamp
from laoxiao_desktop.models.money import FEN_PER_WAN
from laoxiao_desktop.models.monthly import DEFINITIONS, MonthRow, show_month

SHEET, IDENTITY = "填报表", "台账标识"
FORMAT: Final = "laoxiao-form 1"
HEAD_ROWS: Final = 5

# (key, group, title, width); a key that begins with "." is shown and locked
COLUMNS: Final = (
    (".uid", "", "标识", 4),
    (".stamp", "", "校验码", 4),
    (".list_no", "", "序号", 5),
    (".name", "", "项目名称", 30),
    (".total", "", "总投资", 10),
    (".before.cum_completed", "完成投资", "上月累计", 10),
    ("cum_completed", "完成投资", "本月累计", 10),
    ("central_completed", "完成投资", "其中中央", 9),
    (".before.cum_arrived", "到位资金", "上月累计", 10),
    ("cum_arrived", "到位资金", "本月累计", 10),
    ("central_arrived", "到位资金", "其中中央", 9),
    (".before.cum_paid", "支付资金", "上月累计", 10),
    ("cum_paid", "支付资金", "本月累计", 10),
    ("central_paid", "支付资金", "其中中央", 9),
    ("stage", "形象进度", "进度", 10),
    ("image_progress", "形象进度", "说明", 22),
    ("problem", "", "存在问题", 22),
    ("help_needed", "", "需协调事项", 16),
    ("next_step", "", "下一步", 18),
    ("correction", "", "更正说明", 14),
    ("reporter", "", "填报人", 9),
    (".check", "", "自动核对", 24),
)
PLACE: Final = {key: number for number, (key, *_) in enumerate(COLUMNS, start=1)}
_HIDDEN: Final = (".uid", ".stamp")
_MONEY: Final = tuple(key for key in PLACE if key.startswith(("cum_", "central_")))
_GREY, _HEAD, _OPEN = (PatternFill("solid", fgColor=colour) for colour in ("F0F2F3", "E1EFF2", "FFFFFF"))
_LINE: Final = Side(style="thin", color="B8C3C9")
_BOX: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FONT: Final = "宋体"  # stands on every office PC
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(path: Path, identity: FormIdentity, rows: Sequence[MonthRow]) -> None:
    """Writes the form of one unit; the file is whole or not there."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has one worksheet")
    sheet.title = SHEET
    _head(sheet, identity)
    last = HEAD_ROWS + len(rows)
    for number, row in enumerate(rows, start=HEAD_ROWS + 1):
        _project(sheet, number, identity.month, row)
    _total(sheet, last)
    _validate(sheet, last)
    _colour(sheet, last)
    _lay(sheet, last)
    _identify(book, identity, rows)
    part = path.with_name(f".{path.name}.part")
    try:
        book.save(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _letter(key: str) -> str:
    return get_column_letter(PLACE[key])


def _text(words: object) -> str:
    return _ILLEGAL.sub("", str(words))[:32_000]


def _put(sheet: Worksheet, row: int, key: str, value: object) -> None:
    """A value into a cell; text is text, even when it begins like a formula."""
    cell = sheet.cell(row, PLACE[key])
    if isinstance(value, str):
        cell.value = _text(value)
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    elif isinstance(value, int | float):
        cell.value = value


def _head(sheet: Worksheet, identity: FormIdentity) -> None:
    first, last = _letter(".list_no"), _letter(".check")
    due = f"{int(identity.due_on[5:7])}月{int(identity.due_on[8:10])}日前" if len(identity.due_on) == 10 else "按时"
    lines = (
        (f"{show_month(identity.month)}项目调度填报表", 16, True, "center"),
        (f"填报单位：{identity.unit}　　　　请于{due}填好发回", 11, False, "left"),
        (
            "只填白色格，单位：万元；累计数从开工算起，没有变化的照上月累计填；灰色格由台账带出，不能改，也不要增删行。",
            10,
            False,
            "left",
        ),
    )
    for number, (words, size, is_bold, side) in enumerate(lines, start=1):
        sheet.merge_cells(f"{first}{number}:{last}{number}")
        cell = sheet[f"{first}{number}"]
        cell.value = _text(words)
        cell.font = Font(name=_FONT, size=size, bold=is_bold)
        cell.alignment = Alignment(horizontal=side, vertical="center")
    sheet.row_dimensions[1].height = 30
    for key, group, title, _ in COLUMNS:
        column = PLACE[key]
        top, low = sheet.cell(HEAD_ROWS - 1, column), sheet.cell(HEAD_ROWS, column)
        top.value, low.value = (group or title), title
        for cell in (top, low):
            cell.font = Font(name=_FONT, size=10, bold=True)
            cell.fill, cell.border = _HEAD, _BOX
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if key in DEFINITIONS:
            note = Comment(DEFINITIONS[key], "台账")
            note.width, note.height = 260, 90
            low.comment = note
    for start, end in _runs():
        if start == end:
            sheet.merge_cells(start_row=HEAD_ROWS - 1, end_row=HEAD_ROWS, start_column=start, end_column=start)
            sheet.cell(HEAD_ROWS - 1, start).comment = _moved(sheet, start)
        else:
            sheet.merge_cells(start_row=HEAD_ROWS - 1, end_row=HEAD_ROWS - 1, start_column=start, end_column=end)


def _moved(sheet: Worksheet, column: int) -> Comment | None:
    """The definition of a title that takes both rows."""
    key = COLUMNS[column - 1][0]
    if key not in DEFINITIONS:
        return None
    note = Comment(DEFINITIONS[key], "台账")
    note.width, note.height = 260, 90
    return note


def _runs() -> list[tuple[int, int]]:
    """The columns whose titles share a group, as (first, last)."""
    found: list[tuple[int, int]] = []
    before = ""
    for number, (_, group, _, _) in enumerate(COLUMNS, start=1):
        if group and group == before:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
        before = group
    return found


def _project(sheet: Worksheet, number: int, month: str, row: MonthRow) -> None:
    facts, before, now = row.facts, row.before, row.now
    shown: dict[str, object] = {
        ".uid": row.uid,
        ".stamp": stamp(month, row),
        ".list_no": facts.list_no,
        ".name": facts.name,
        ".total": _wan(facts.total_investment),
    }
    for key in PLACE:
        if key.startswith(".before."):
            shown[key] = _wan(before.money(key.removeprefix(".before."))) if before else None
        elif not key.startswith("."):
            value = getattr(now, key) if now is not None else None
            shown[key] = _wan(value) if key in _MONEY else value or None
    for key in PLACE:
        cell = sheet.cell(number, PLACE[key])
        is_open = not key.startswith(".")
        cell.protection = Protection(locked=not is_open)
        cell.fill = _OPEN if is_open else _GREY
        cell.border = _BOX
        cell.font = Font(name=_FONT, size=10)
        is_figure = key in _MONEY or key == ".total" or key.startswith(".before.")
        side = "right" if is_figure else "center" if key in (".list_no", "stage", "reporter") else "left"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
        _put(sheet, number, key, shown.get(key))
    sheet.cell(number, PLACE[".check"]).value = _check(number)
    sheet.cell(number, PLACE[".check"]).font = Font(name=_FONT, size=9, color="B02A2A")
    sheet.row_dimensions[number].height = 42


def _wan(fen: int | None) -> int | float | None:
    """万元 as a number of the sheet: whole where it is whole; the six decimals of 分 stay exact in a double."""
    if fen is None:
        return None
    whole, rest = divmod(fen, FEN_PER_WAN)
    return whole if rest == 0 else fen / FEN_PER_WAN


def _check(row: int) -> str:
    """The rules as a formula: falling figures, parts above their whole, paid above arrived, completed above total."""

    def at(key: str) -> str:
        return f"{_letter(key)}{row}"

    parts: list[str] = []
    for title, whole, part in (
        ("完成", "cum_completed", "central_completed"),
        ("到位", "cum_arrived", "central_arrived"),
        ("支付", "cum_paid", "central_paid"),
    ):
        now, then = at(whole), at(f".before.{whole}")
        parts.append(
            f'IF(AND(ISNUMBER({now}),ISNUMBER({then}),{now}<{then},{at("correction")}=""),"累计{title}比上月少；","")'
        )
        parts.append(f'IF(AND(ISNUMBER({at(part)}),ISNUMBER({now}),{at(part)}>{now}),"{title}中央多于合计；","")')
        parts.append(f'IF(AND({now}<>"",NOT(ISNUMBER({now}))),"{title}不是数字；","")')
    paid, arrived, done, total = at("cum_paid"), at("cum_arrived"), at("cum_completed"), at(".total")
    parts.append(f'IF(AND(ISNUMBER({paid}),ISNUMBER({arrived}),{paid}>{arrived}),"支付多于到位，请核对；","")')
    parts.append(f'IF(AND(ISNUMBER({done}),ISNUMBER({total}),{done}>{total}),"完成多于总投资，请核对；","")')
    empty = f'IF(AND({done}="",{arrived}="",{paid}=""),"还没有填","")'
    return f"={empty}&{'&'.join(parts)}"


def _total(sheet: Worksheet, last: int) -> None:
    row = last + 1
    for key in PLACE:
        cell = sheet.cell(row, PLACE[key])
        cell.fill, cell.border = _GREY, _BOX
        cell.font = Font(name=_FONT, size=10, bold=True)
        if key in _MONEY or key == ".total" or key.startswith(".before."):
            cell.value = f"=SUM({_letter(key)}{HEAD_ROWS + 1}:{_letter(key)}{last})"
            cell.alignment = Alignment(horizontal="right", vertical="center")
    sheet.cell(row, PLACE[".name"]).value = "合计"


def _validate(sheet: Worksheet, last: int) -> None:
    first = HEAD_ROWS + 1
    stages = DataValidation(type="list", formula1=f'"{",".join(STAGES)}"', allow_blank=True, showErrorMessage=True)
    stages.errorTitle, stages.error = "形象进度", "请从下拉列表里选；具体做到哪里，写在“说明”里。"
    stages.promptTitle, stages.prompt = "形象进度", DEFINITIONS["stage"]
    stages.showInputMessage = True
    stages.add(f"{_letter('stage')}{first}:{_letter('stage')}{last}")
    sheet.add_data_validation(stages)
    for key in _MONEY:
        money = DataValidation(
            type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True, showErrorMessage=True
        )
        money.errorTitle, money.error = "金额", "请填数字，单位万元，不带“万元”二字。"
        money.promptTitle, money.prompt = COLUMNS[PLACE[key] - 1][1], DEFINITIONS[key]
        money.showInputMessage = True
        money.add(f"{_letter(key)}{first}:{_letter(key)}{last}")
        sheet.add_data_validation(money)


def _colour(sheet: Worksheet, last: int) -> None:
    first = HEAD_ROWS + 1
    red, yellow = PatternFill(bgColor="FCEBEB"), PatternFill(bgColor="FBF1DD")
    for whole in ("cum_completed", "cum_arrived", "cum_paid"):
        now, then = f"{_letter(whole)}{first}", f"{_letter(f'.before.{whole}')}{first}"
        falls = f'AND(ISNUMBER({now}),ISNUMBER({then}),{now}<{then},${_letter("correction")}{first}="")'
        area = f"{_letter(whole)}{first}:{_letter(whole)}{last}"
        sheet.conditional_formatting.add(area, _rule(falls, red, Font(color="B02A2A")))
    paid, arrived = f"{_letter('cum_paid')}{first}", f"{_letter('cum_arrived')}{first}"
    more = f"AND(ISNUMBER({paid}),ISNUMBER({arrived}),{paid}>{arrived})"
    area = f"{_letter('cum_paid')}{first}:{_letter('cum_paid')}{last}"
    sheet.conditional_formatting.add(area, _rule(more, yellow))


def _rule(formula: str, fill: PatternFill, font: Font | None = None) -> Rule:
    return Rule(type="expression", dxf=DifferentialStyle(font=font, fill=fill), formula=[formula])


def _lay(sheet: Worksheet, last: int) -> None:
    for key, _, _, width in COLUMNS:
        dimension = sheet.column_dimensions[_letter(key)]
        dimension.width = width
        dimension.hidden = key in _HIDDEN
    sheet.row_dimensions[HEAD_ROWS].height = 20
    sheet.freeze_panes = f"{_letter('.total')}{HEAD_ROWS + 1}"
    sheet.sheet_view.zoomScale = 90
    sheet.sheet_view.topLeftCell = f"{_letter('.list_no')}1"
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = f"{_letter('cum_completed')}{HEAD_ROWS + 1}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False  # widths and heights may be changed
    sheet.protection.formatRows = False
    sheet.protection.selectLockedCells = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD_ROWS - 1}:{HEAD_ROWS}"
    sheet.print_area = f"{_letter('.list_no')}1:{_letter('.check')}{last + 1}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    footer = sheet.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "第 &P 页，共 &N 页"


def _identify(book: Workbook, identity: FormIdentity, rows: Sequence[MonthRow]) -> None:
    hidden = book.create_sheet(IDENTITY)
    kept = {**asdict(identity), "projects": [row.uid for row in rows]}
    hidden["A1"], hidden["A2"] = FORMAT, json.dumps(kept, ensure_ascii=False)
    hidden["A3"] = "这一页供读回时认出单位、月份和项目，请不要删除。"
    hidden.sheet_state = "veryHidden"
    hidden.protection.sheet = True
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.title = f"{identity.unit} {show_month(identity.month)}填报表"
    book.properties.creator = "一老一小项目台账"


__all__ = ["COLUMNS", "FORMAT", "HEAD_ROWS", "IDENTITY", "PLACE", "SHEET", "write"]
