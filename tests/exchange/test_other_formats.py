"""OpenDocument, XML workbooks and old workbooks: what is hidden, repeated, merged or shown otherwise than stored."""

from datetime import date
from pathlib import Path

import xlwt

from laoxiao_desktop.exchange import reading
from laoxiao_desktop.exchange.understood import STRIDE
from tests.exchange.office_files import package

ODS_NAMES = 'xmlns:office="office" xmlns:table="table" xmlns:text="text" xmlns:style="style" xmlns:calcext="calcext"'


def test_an_open_document_tells_what_is_hidden_and_reads_stored_figures(tmp_path: Path) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    header = "".join(map(cell, ("序号", "项目名称", "建设地点", "开工时间", "总投资（万元）")))
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    day = cell("五月", 'office:value-type="date" office:date-value="2023-05-01"')
    money = cell("66", 'office:value-type="float" office:value="65.67"')
    error = cell(
        "#DIV/0!", 'office:value-type="float" office:value="0" table:formula="of:=1/0" calcext:value-type="error"'
    )
    sheet = (
        '<table:table table:name="清单">'
        f"<table:table-row>{header}</table:table-row>"
        f'<table:table-row>{cell("1")}<table:table-cell>{note}<text:p>甲<text:s text:c="2"/>中心</text:p></table:table-cell>'
        f"{cell('勐海县', 'table:number-rows-spanned=' + chr(34) + '2' + chr(34))}{day}{money}</table:table-row>"
        f"<table:table-row>{cell('2')}{cell('乙中心')}<table:covered-table-cell/>{day}{error}</table:table-row>"
        f'<table:table-row table:visibility="collapse">{cell("3")}{cell("丙中心")}</table:table-row></table:table>'
        f'<table:table table:name="旧表" table:style-name="ta2"><table:table-row>{header}</table:table-row></table:table>'
    )
    styles = (
        '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    content = f"<office:document-content {ODS_NAMES}>{styles}<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document-content>"
    found = reading.read(package(tmp_path / "清单.ods", {"mimetype": "x", "content.xml": content}))
    assert [(p.name, p.place, p.start, p.total_investment) for p in found.draft.projects] == [
        ("甲中心", "勐海县", "2023-05", "65.67"),
        ("乙中心", "勐海县", "2023-05", None),
    ]
    assert found.hidden == ("工作表“清单”：隐藏了第 4 行", "工作表“旧表”：隐藏")
    assert [problem.where for problem in found.draft.problems if problem.code == "cell_error"] == ["清单!E3"]


def test_an_old_workbook_tells_what_is_hidden_and_merged(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清单")
    for column, text in enumerate(("序号", "项目名称", "建设地点", "开工时间", "总投资（万元）", "责任单位")):
        sheet.write(0, column, text)
    sheet.write_merge(1, 2, 2, 2, "勐海县")
    for at, name in enumerate(("甲中心", "乙中心", "丙中心"), start=1):
        sheet.write(at, 0, at)
        sheet.write(at, 1, name)
        sheet.write(at, 3, date(2023, 5, 1), xlwt.easyxf(num_format_str="YYYY年M月"))
        sheet.write(at, 4, 65.67)
        sheet.write(at, 5, "局")
    sheet.row(3).hidden = True
    sheet.col(5).hidden = True
    book.add_sheet("旧表").visibility = 1
    book.save(str(tmp_path / "清单.xls"))
    found = reading.read(tmp_path / "清单.xls")
    assert [(p.name, p.place, p.start, p.total_investment, p.unit_text) for p in found.draft.projects] == [
        ("甲中心", "勐海县", "2023-05", "65.67", None),
        ("乙中心", "勐海县", "2023-05", "65.67", None),
    ]
    assert found.hidden == ("工作表“清单”：隐藏了第 4 行", "工作表“清单”：隐藏了 F 列", "工作表“旧表”：隐藏")


def test_an_xml_workbook_is_read_under_any_name(tmp_path: Path) -> None:
    def row(*cells: str, more: str = "") -> str:
        return f"<Row {more}>" + "".join(cells) + "</Row>"

    def cell(text: str | float, more: str = "") -> str:
        kind = "String" if isinstance(text, str) else "Number"
        return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'

    rows = (
        row(cell("项目清单", 'ss:MergeAcross="3"'))
        + row(*map(cell, ("序号", "项目名称", "建设地点", "总投资（万元）")), more='ss:Index="3"')
        + row(cell(1), cell("甲中心"), cell("勐海县", 'ss:MergeDown="1"'), cell(65.67))
        + row(cell(2), cell("乙中心"), cell(40, 'ss:Index="4"'))
    )
    path = tmp_path / "清单.xls"
    path.write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="清单"><Table>{rows}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    found = reading.read(path)
    assert found.tables[0].title == "项目清单"
    assert [(p.name, p.place, p.total_investment) for p in found.draft.projects] == [
        ("甲中心", "勐海县", "65.67"),
        ("乙中心", "勐海县", "40"),
    ]
    assert divmod(found.draft.projects[1].where["name"][0], STRIDE) == (0, 5)  # sheet, row


def test_a_text_that_bears_the_name_of_a_workbook_is_read_and_told(tmp_path: Path) -> None:
    file = tmp_path / "清单.xlsx"
    file.write_text("今天开会，讨论养老工作。\n没有表格。\n", encoding="utf-8")
    assert "named_otherwise" in {problem.code for problem in reading.read(file).problems}


def test_years_below_the_title_are_the_years_of_the_plan(tmp_path: Path) -> None:
    file = tmp_path / "方案.txt"
    file.write_text("普洱市“一老一小”整体解决方案\n（2023—2025年）\n到2025年，床位达到500张。\n", encoding="utf-8")
    plan = reading.read(file).draft.plan
    assert (plan.start_year, plan.end_year, plan.where["start_year"]) == (2023, 2025, (2, 2))
