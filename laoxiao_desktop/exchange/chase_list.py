"""催报名单 as a workbook: one row per project that has not reported, ready to print."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from laoxiao_desktop.models.chase import NO_UNIT, Chase
from laoxiao_desktop.models.monthly import show_month

_TITLES = (("责任单位", 24), ("序号", 6), ("项目名称", 44), ("县市区", 12), ("情况", 34))
_CONTACT = ("联系人", 24)
_LINE = Side(style="thin", color="B8C3C9")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def write(path: Path, chase: Chase, *, has_contacts: bool = False) -> None:
    """Writes the list; names and phones of people only when asked for."""
    titles = (*_TITLES, _CONTACT) if has_contacts else _TITLES
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has one worksheet")
    sheet.title = "催报名单"
    sheet.append([f"{show_month(chase.month)}项目调度催报名单"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(titles))
    sheet["A1"].font = Font(name="宋体", size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 30
    due = f"{int(chase.due_on[5:7])}月{int(chase.due_on[8:10])}日"
    sheet.append(
        [f"应于{due}前报齐；截至 {chase.today.isoformat()}，{len(chase.units)} 个单位、{chase.count} 个项目未报"]
    )
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(titles))
    sheet.append([title for title, _ in titles])
    for unit in chase.units:
        first = sheet.max_row + 1
        for number, one in enumerate(unit.projects, start=1):
            people = ["、".join(unit.contacts)] if has_contacts else []
            sheet.append([unit.unit or NO_UNIT, number, one.name, one.county, one.why, *people])
        if len(unit.projects) > 1:
            for column in (1, 6) if has_contacts else (1,):
                sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=column, end_column=column)
    for number, (_, width) in enumerate(titles, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line in sheet.iter_rows(min_row=3, max_col=len(titles)):
        for cell in line:
            cell.border = _BOX
            cell.font = Font(name="宋体", size=11, bold=cell.row == 3)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if isinstance(cell.value, str):
                cell.data_type = "s"
            if cell.row == 3:
                cell.fill = PatternFill("solid", fgColor="E1EFF2")
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    part = path.with_name(f".{path.name}.part")
    try:
        book.save(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
