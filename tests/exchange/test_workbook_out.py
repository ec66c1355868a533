"""Table reports as workbooks: types, set-up, identity, and text that stays text."""

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import workbook_out
from laoxiao_desktop.models.rates import Rate
from laoxiao_desktop.models.report_table import Document, ReportTable, TableColumn, TableRow

COLUMNS = (
    TableColumn("list_no", "序号", 9, "whole", is_centred=True),
    TableColumn("name", "项目名称", 60),
    TableColumn("total_investment", "总投资\n（万元）", 16, "money"),
    TableColumn("rate", "完成率\n（%）", 12, "percent"),
    TableColumn("due_on", "时限", 20, "date"),
)
ROWS = (
    TableRow(("合　计", None, 4_256_700_000, Rate(1, 3), None), "total", 2),
    TableRow((1, "景洪市㑇𬜬䶮敬老院", 65_670_000, Rate(2, 3), "2024-06-30"), uid="uid-1"),
    TableRow((2, '=HYPERLINK("http://x","点")', 4_191_030_000, Rate(0, 0), None), uid="uid-2"),
    TableRow((3, "+86-000", None, None, "2024-06"), uid="uid-3"),
)


def document(rows: tuple[TableRow, ...] = ROWS) -> Document:
    table = ReportTable("项目进展情况表", COLUMNS, rows, "单位：万元", ("完成率＝累计完成投资÷总投资。",))
    return Document("projects", ("玉溪市", "项目进展情况表"), (table,), dt.date(2024, 6, 30), office="市发展改革委")


def sheet_of(path: Path) -> Worksheet:
    sheet = openpyxl.load_workbook(path)["项目进展情况表"]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.fixture
def sheet(tmp_path: Path) -> Worksheet:
    return sheet_of(workbook_out.write(document(), tmp_path / "表.xlsx"))


def test_figures_are_numbers_in_wan_and_percent(sheet: Worksheet) -> None:
    assert [sheet.cell(5, column).value for column in (1, 3, 5)] == [1, 65.67, "2024.06.30"]
    assert sheet.cell(5, 4).value == pytest.approx(66.6667, abs=1e-4)
    assert (sheet.cell(5, 4).number_format, sheet.cell(5, 3).number_format) == ("0.0", "0.######")
    assert sheet.cell(6, 4).value == "—"
    assert sheet.cell(7, 3).value is None


def test_text_never_becomes_a_formula(sheet: Worksheet) -> None:
    cell = sheet.cell(6, 2)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x","点")')
    assert cell.quotePrefix
    assert sheet.cell(7, 2).value == "+86-000"
    assert sheet.cell(5, 2).value == "景洪市㑇𬜬䶮敬老院"


def test_the_head_is_frozen_filtered_and_printed_on_every_page(sheet: Worksheet) -> None:
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:F7"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.paperSize in (9, "9")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_rows_bear_a_hidden_identity(tmp_path: Path) -> None:
    path = workbook_out.write(document(), tmp_path / "表.xlsx")
    sheet = sheet_of(path)
    assert sheet.column_dimensions["F"].hidden
    assert [sheet.cell(row, 6).value for row in range(4, 8)] == ["-", "uid-1", "uid-2", "uid-3"]
    hidden = openpyxl.load_workbook(path)[workbook_out.IDENTITY]
    assert hidden.sheet_state == "hidden"
    told = json.loads(str(hidden["A2"].value))
    assert told["tables"][0]["columns"][2] == ["total_investment", "money", "总投资\n（万元）"]


def test_no_rows_and_a_thousand_rows_are_written(tmp_path: Path) -> None:
    assert sheet_of(workbook_out.write(document(()), tmp_path / "空.xlsx")).auto_filter.ref == "A3:F3"
    many = tuple(TableRow((n, "名" * 200, n, Rate(n, 1000), None), uid=str(n)) for n in range(1000))
    assert sheet_of(workbook_out.write(document(many), tmp_path / "千.xlsx")).max_row == 1004


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有保存到"):
        workbook_out.write(document(), tmp_path / "没有" / "表.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_wide_table_fits_a_page_and_wrapped_rows_are_tall_enough(tmp_path: Path) -> None:
    columns = tuple(TableColumn(f"t{number}", f"栏目{number}", 30) for number in range(9))
    long = TableRow(tuple("很长的内容" * number for number in range(9)), uid="u")
    made = Document("projects", ("表",), (ReportTable("项目进展情况表", columns, (long,)),), dt.date(2024, 6, 30))
    sheet = sheet_of(workbook_out.write(made, tmp_path / "宽.xlsx"))
    assert sum(sheet.column_dimensions[letter].width for letter in "ABCDEFGHI") <= 160
    assert sheet.row_dimensions[4].height is not None
    assert sheet.row_dimensions[4].height > 50
