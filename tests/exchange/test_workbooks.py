"""Workbooks as units send them: headers anywhere, totals, sections, units of money, hidden and merged cells."""

from pathlib import Path

import openpyxl
import pytest

from laoxiao_desktop.errors import Cancelled, UserError
from laoxiao_desktop.exchange import reading
from laoxiao_desktop.exchange.reading_values import ReadFile, SourceTable
from laoxiao_desktop.exchange.understood import STRIDE
from tests.exchange import office_files
from tests.exchange.office_files import Block, Rows

HEADER = ["序号", "项目名称", "建设地点", "建设期限", "总投资（万元）", "申请中央预算内资金（万元）", "责任单位"]
FIRST = [1, "勐海县第一养老服务中心", "勐海县", "2023年-2025年", 360, 288, "勐海县民政局"]
SECOND = [2, "勐海县第二托育服务中心", "勐海县", "2023.03-2025.12", 65.67, 50, "勐海县卫生健康局"]


def read(tmp_path: Path, rows: Rows, lines: list[str] | None = None, merges: tuple[str, ...] = ()) -> ReadFile:
    """One sheet with these lines and rows."""
    return reading.read(office_files.xlsx(tmp_path / "清单.xlsx", [Block(lines or [], rows, "清单", merges)]))


def only(file: ReadFile) -> SourceTable:
    """The only table."""
    (table,) = file.tables
    return table


def kinds(file: ReadFile) -> list[str]:
    """The kinds of the rows of the only table."""
    return [row.kind for row in only(file).rows]


def codes(file: ReadFile) -> set[str]:
    """The codes of all problems."""
    return {problem.code for problem in file.draft.problems}


def test_a_header_is_found_wherever_it_stands(tmp_path: Path) -> None:
    found = read(tmp_path, [[], [None, *HEADER], [None, *FIRST]], ["附件2", "勐海县项目清单", "填报单位：勐海县民政局"])
    assert only(found).title == "勐海县项目清单"
    assert [column.ref for column in only(found).columns if column.role == "name"] == ["C"]
    (project,) = found.draft.projects
    assert (project.name, project.total_investment, project.start, project.end) == (FIRST[1], "360", "2023", "2025")
    assert only(found).rows[-1].where == "清单!6"


def test_a_header_of_three_merged_rows_names_every_column(tmp_path: Path) -> None:
    rows = [
        ["序号", "项目名称", "建设规模", None, "投资情况", None, "责任单位"],
        [None, None, "床位", "建筑面积", "总投资", "其中：申请中央预算内资金", None],
        [None, None, "（张）", "（平方米）", "（万元）", "（万元）", None],
        [1, "勐海县第一养老服务中心", 30, 1200.5, 360, 288, "勐海县民政局"],
    ]
    merges = ("A1:A3", "B1:B3", "C1:D1", "E1:F1", "G1:G3")
    found = read(tmp_path, rows, merges=merges)
    roles = [column.role for column in only(found).columns]
    assert roles == ["seq", "name", "beds", "floor_area_m2", "total_investment", "central_request", "unit"]
    (project,) = found.draft.projects
    assert (project.total_investment, project.central_request) == ("360", "288")
    assert project.beds is not None
    assert (project.beds.minimum, project.floor_area_m2 and project.floor_area_m2.minimum) == ("30", "1200.5")
    unmerged = read(tmp_path, rows)
    assert [column.role for column in only(unmerged).columns] == roles


@pytest.mark.parametrize("central", ["其中：申请中央预算内", "中央预算内", "中央补助", "申请中央资金"])
def test_under_a_heading_of_money_only_its_own_amount_is_the_investment(central: str, tmp_path: Path) -> None:
    rows = [
        ["序号", "项目名称", "总投资（元）", None, None, "责任单位"],
        [None, None, "合计", central, "自筹", None],
        [1, "勐海县第一养老服务中心", 3_600_000, 2_880_000, 720_000, "勐海县民政局"],
        ["合计", None, 3_600_000, 2_880_000, 720_000, None],
    ]
    for merges in (("A1:A2", "B1:B2", "C1:E1", "F1:F2"), ()):
        found = read(tmp_path, rows, merges=merges)
        roles = [column.role for column in only(found).columns]
        assert roles == ["seq", "name", "total_investment", "central_request", None, "unit"]
        assert [(row.total_investment, row.central_request) for row in found.draft.projects] == [("360", "288")]
        assert [total.agrees for total in found.draft.totals] == [True]


def test_totals_and_sections_are_never_projects_and_are_checked(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["合计", None, None, None, 785.67, 626, None],
        ["一、养老项目"],
        FIRST,
        [2, "勐海县敬老院", "勐海县", "2023年", 360, 288, "勐海县民政局"],
        ["小计", None, None, None, 720, 576, None],
        ["二、托育项目"],
        SECOND,
        ["小计", None, None, None, 65.67, 51, None],
        ["注：总投资按概算填报。"],
    ]
    found = read(tmp_path, rows)
    assert kinds(found) == ["header", "total", "section", "row", "row", "total", "section", "row", "total", "note"]
    assert [(p.name, p.sector) for p in found.draft.projects] == [
        (FIRST[1], "养老"), ("勐海县敬老院", "养老"), (SECOND[1], "托育"),
    ]  # fmt: skip
    assert [(t.label, t.scope, t.agrees, t.sum_central_request) for t in found.draft.totals] == [
        ("合计", "全部", True, "626"), ("小计", "养老", True, "576"), ("小计", "托育", False, "50"),
    ]  # fmt: skip
    (differs,) = [problem for problem in found.draft.problems if problem.code == "total_differs"]
    assert differs.where == "清单!9"


def test_a_subtotal_may_stand_above_its_rows_and_a_section_may_carry_it(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["一", "养老服务项目", None, None, 360, 288, None],
        FIRST,
        ["二", "托育服务项目", None, None, 65.67, 50, None],
        SECOND,
    ]
    found = read(tmp_path, rows)
    assert [p.name for p in found.draft.projects] == [FIRST[1], SECOND[1]]
    assert [(t.label, t.agrees) for t in found.draft.totals] == [("一养老服务项目", True), ("二托育服务项目", True)]


def test_a_repeated_header_and_a_row_of_column_numbers_are_passed_over(tmp_path: Path) -> None:
    numbers = [1, 2, 3, 4, 5, 6, 7]
    found = read(tmp_path, [HEADER, numbers, FIRST, [], HEADER, SECOND])
    assert kinds(found) == ["header", "header", "row", "header", "row"]
    assert len(found.draft.projects) == 2


def test_several_tables_on_a_sheet_are_told_apart(tmp_path: Path) -> None:
    rows = [
        ["养老项目清单"], HEADER, FIRST, ["合计", None, None, None, 360, 288, None], [],
        ["主要指标"], ["序号", "指标名称", "单位", "2020年", "2025年", "属性"],
        [1, "护理型床位占比", "%", "45.5", "≥60", "约束性"],
    ]  # fmt: skip
    found = read(tmp_path, rows)
    assert [(table.title, table.subject) for table in found.tables] == [
        ("养老项目清单", "project"), ("主要指标", "indicator"),
    ]  # fmt: skip
    (indicator,) = found.draft.indicators
    assert (indicator.base_year, indicator.base, indicator.targets["2025"].value) == (2020, "45.5", "60")


def test_every_county_may_have_its_sheet(tmp_path: Path) -> None:
    header = [name for name in HEADER if name != "建设地点"]
    blocks = [
        Block([], [header, [1, f"{county}养老服务中心", "2023年", 360, 288, "民政局"]], county)
        for county in ("勐海县", "勐腊县")
    ]
    found = reading.read(office_files.xlsx(tmp_path / "清单.xlsx", blocks))
    assert [(p.name, p.more["county"]) for p in found.draft.projects] == [
        ("勐海县养老服务中心", "勐海县"), ("勐腊县养老服务中心", "勐腊县"),
    ]  # fmt: skip
    second = found.draft.projects[1]
    assert divmod(second.where["name"][0], STRIDE) == (1, 2)  # sheet, row


def test_a_form_per_sheet_gives_a_project_each(tmp_path: Path) -> None:
    def form(name: str) -> Rows:
        return [
            ["项目申报表"],
            ["项目名称", name, None, "建设地点", "勐海县"],
            ["总投资（万元）", 360, None, "建设期限", "2023年-2025年"],
            ["建设内容及规模", "新建床位30张"],
            ["责任单位", "勐海县民政局"],
        ]

    blocks = [Block([], form(name), f"表{n}") for n, name in enumerate(("甲养老中心", "乙养老中心"))]
    found = reading.read(office_files.xlsx(tmp_path / "表.xlsx", blocks))
    assert [(p.name, p.total_investment, p.place) for p in found.draft.projects] == [
        ("甲养老中心", "360", "勐海县"), ("乙养老中心", "360", "勐海县"),
    ]  # fmt: skip
    assert all(p.beds and p.beds.minimum == "30" for p in found.draft.projects)


@pytest.mark.parametrize(
    ("header", "caption", "cell", "expected"),
    [
        ("总投资（元）", "", 3600000, "360"),
        ("总投资", "单位：元", "3,600,000.00", "360"),
        ("总投资", "金额单位：亿元", 0.036, "360"),
        ("总投资（千元）", "", 3600, "360"),
        ("总投资（亿元）", "单位：万元", 0.036, "360"),
        ("总投资（万元）", "", "３６０．５", "360.5"),
        ("总投资（万元）", "", "360万元", "360"),
        ("总投资（万元）", "", "3600000元", "360"),
        ("总投资（万元）", "", "0.036亿元", "360"),
        ("总投资（万元）", "", "￥1,360.00", "1360.00"),
        ("总投资（万元）", "", "/", None),
        ("总投资（万元）", "", "—", None),
    ],
)
def test_money_is_read_in_the_unit_that_is_stated(
    header: str, caption: str, cell: str | float, expected: str | None, tmp_path: Path
) -> None:
    found = read(
        tmp_path, [["序号", "项目名称", header, "责任单位"], [1, "养老中心", cell, "民政局"]], ["清单", caption]
    )
    assert [p.total_investment for p in found.draft.projects] == [expected]
    assert "money_unread" not in codes(found)


def test_an_unstated_or_contradicted_unit_of_money_is_asked(tmp_path: Path) -> None:
    def question(header: str, cell: float) -> tuple[str, ...]:
        return only(read(tmp_path, [["序号", "项目名称", header, "责任单位"], [1, "养老中心", cell, "局"]])).questions

    assert "没有写金额单位" in question("总投资", 360)[0]
    assert "像是元" in question("总投资（万元）", 3_600_000)[0]
    assert "像是万元" in question("总投资（元）", 360)[0]
    assert question("总投资（万元）", 360) == ()


def test_what_is_no_money_is_told_with_its_cell(tmp_path: Path) -> None:
    found = read(tmp_path, [HEADER, FIRST, [2, "乙中心", "勐海县", "2023年", "待定", -5, "局"]])
    places = {(problem.code, problem.where) for problem in found.draft.problems}
    assert ("money_unread", "清单!E3") in places
    assert ("money_negative", "清单!F3") in places


def test_dates_come_as_serials_days_and_words(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["序号", "项目名称", "开工时间", "竣工时间", "责任单位"])
    sheet.append([1, "甲", 45047, "2025年12月", "局"])
    sheet.append([2, "乙", None, "2025.6", "局"])
    sheet["C3"] = __import__("datetime").date(2023, 5, 1)
    book.save(tmp_path / "日期.xlsx")
    found = reading.read(tmp_path / "日期.xlsx")
    assert [(p.start, p.end) for p in found.draft.projects] == [("2023-05", "2025-12"), ("2023-05", "2025-06")]


def test_shares_shown_in_percent_are_read_as_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["序号", "指标名称", "单位", "2020年", "2025年"])
    sheet.append([1, "护理型床位占比", "%", 0.455, 0.6])
    sheet["D2"].number_format, sheet["E2"].number_format = "0.0%", "0%"
    book.save(tmp_path / "指标.xlsx")
    (indicator,) = reading.read(tmp_path / "指标.xlsx").draft.indicators
    assert (indicator.base, indicator.targets["2025"].text) == ("45.5%", "60%")


def test_what_is_hidden_is_told_and_left_out_unless_asked_for(tmp_path: Path) -> None:
    path = office_files.xlsx(
        tmp_path / "清单.xlsx", [Block([], [HEADER, FIRST, SECOND], "清单"), Block([], [HEADER, FIRST], "旧表")]
    )
    book = openpyxl.load_workbook(path)
    book["清单"].row_dimensions[3].hidden = True
    book["清单"].column_dimensions["G"].hidden = True
    book["旧表"].sheet_state = "hidden"
    book.save(path)
    found = reading.read(path)
    assert found.hidden == ("工作表“清单”：隐藏了第 3 行", "工作表“清单”：隐藏了 G 列", "工作表“旧表”：隐藏")
    assert [(p.name, p.unit_text) for p in found.draft.projects] == [(FIRST[1], None)]
    whole = reading.read(path, with_hidden=True)
    assert [p.unit_text for p in whole.draft.projects] == [FIRST[6], SECOND[6], FIRST[6]]


def test_a_cell_merged_downwards_speaks_for_its_rows_but_money_does_not(tmp_path: Path) -> None:
    rows = [HEADER, FIRST, [2, "乙中心", None, None, None, 40, None]]
    found = read(tmp_path, rows, merges=("C2:C3", "D2:D3", "E2:E3", "G2:G3"))
    second = found.draft.projects[1]
    assert (second.place, second.start, second.unit_text) == ("勐海县", "2023", "勐海县民政局")
    assert second.total_investment is None


def test_formulas_give_their_stored_values_and_what_is_missing_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, [HEADER, FIRST, [2, "乙中心", "勐海县", "2023年", "=E2*2", 40, "局"]])
    (problem,) = [problem for problem in found.draft.problems if problem.code == "formula_unstored"]
    assert problem.where == "清单!E3"
    assert "保存后再读" in problem.message


def test_columns_of_unknown_wording_are_proposed_by_content_and_may_be_chosen(tmp_path: Path) -> None:
    rows = [["编号", "甲项", "乙项", "丙项"], *([n, f"第{n}养老服务中心项目", "勐海县", 360 + n] for n in range(1, 6))]
    found = read(tmp_path, rows)
    table = only(found)
    assert [column.role for column in table.columns][:3] == ["seq", "name", "county"]
    chosen = reading.with_mapping(found, table.key, {3: ("total_investment", "万元")})
    assert only(chosen).subject == "project"
    assert [p.total_investment for p in chosen.draft.projects] == ["361", "362", "363", "364", "365"]
    again = reading.read(tmp_path / "清单.xlsx", mappings={table.shape: {3: ("total_investment", "元")}})
    assert again.draft.projects[0].total_investment == "0.0361"
    with pytest.raises(UserError, match="没有"):
        reading.with_mapping(found, table.key, {0: ("colour", None)})


def test_a_role_moves_when_it_is_given_to_another_column(tmp_path: Path) -> None:
    found = read(
        tmp_path, [["序号", "项目名称", "总投资（万元）", "概算数", "责任单位"], [1, "甲中心", 360, 400, "局"]]
    )
    chosen = reading.with_mapping(found, only(found).key, {3: ("total_investment", "万元")})
    assert [column.role for column in only(chosen).columns] == ["seq", "name", None, "total_investment", "unit"]
    assert chosen.draft.projects[0].total_investment == "400"
    none = reading.with_mapping(chosen, only(found).key, {3: (None, None)})
    assert none.draft.projects[0].total_investment is None


def test_contacts_and_codes_come_along(tmp_path: Path) -> None:
    header = [
        "序号",
        "项目代码",
        "项目名称",
        "县（市、区）",
        "建设地点",
        "总投资（万元）",
        "责任单位",
        "联系人",
        "联系电话",
        "备注",
    ]
    row = [1, "2305-532822-04-01-123456", "甲中心", "勐海县", "勐海镇", 360, "局", "岩温", "0691-5122345", "续建"]
    (project,) = read(tmp_path, [header, row]).draft.projects
    assert project.project_code == row[1]
    assert project.more == {"county": "勐海县", "contact": "岩温", "phone": "0691-5122345", "remark": "续建"}


def test_goals_of_years_stand_in_a_table(tmp_path: Path) -> None:
    rows = [["指标名称", "单位", "2023年", "2024年", "2025年"], ["新增托位", "个", 1200, 1300, 1500]]
    found = read(tmp_path, rows, ["年度目标分解表"])
    assert [(g.year, g.name, g.value, g.unit) for g in found.draft.goals] == [
        (2023, "新增托位", "1200", "个"), (2024, "新增托位", "1300", "个"), (2025, "新增托位", "1500", "个"),
    ]  # fmt: skip


def test_reading_tells_its_steps_and_can_be_stopped(tmp_path: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    path = office_files.xlsx(tmp_path / "清单.xlsx", [Block([], [HEADER, FIRST])])
    reading.read(path, progress=lambda *step: steps.append(step))
    assert steps[0][0] == 0
    assert steps[-1][:2] == (3, 3)
    with pytest.raises(Cancelled):
        reading.read(path, cancelled=lambda: True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimited_files_have_any_encoding_and_delimiter(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "清单.csv"
    row = [1, "甲中心，含“分部”", "勐海县\n勐海镇", "2023年", "1,360", 288, "局"]
    path.write_bytes(office_files.delimited([HEADER, row], delimiter).encode(encoding))
    (project,) = reading.read(path).draft.projects
    assert (project.name, project.place, project.total_investment) == (row[1], "勐海县勐海镇", "1360")


def test_a_pasted_block_needs_no_file(tmp_path: Path) -> None:
    text = office_files.delimited([HEADER, FIRST, SECOND], "\t")
    html = office_files.html_text([[HEADER, FIRST, SECOND]])
    by_text, by_html = reading.read_pasted(text), reading.read_pasted("", html)
    assert [p.name for p in by_text.draft.projects] == [p.name for p in by_html.draft.projects] == [FIRST[1], SECOND[1]]
    with pytest.raises(UserError, match="没有文字"):
        reading.read_pasted(" \n")


def test_a_web_page_spans_cells_and_hides_rows(tmp_path: Path) -> None:
    path = tmp_path / "清单.xls"
    path.write_text(
        "<html><table><tr><th rowspan=2>序号<th rowspan=2>项目名称<th colspan=2>投资（万元）<th rowspan=2>责任单位</tr>"
        "<tr><th>总投资<th>申请中央预算内资金</tr>"
        "<tr><td>1<td>甲中心<td>360<td>288<td rowspan=2>民政局</tr><tr><td>2<td>乙<br>中心<td>65.67<td>50</tr>"
        "<tr style='display:none'><td>3<td>丙中心<td>1<td>1<td>局</tr></table></html>",
        encoding="gb18030",
    )
    found = reading.read(path)
    assert [(p.name, p.total_investment, p.central_request, p.unit_text) for p in found.draft.projects] == [
        ("甲中心", "360", "288", "民政局"), ("乙中心", "65.67", "50", "民政局"),
    ]  # fmt: skip
    assert found.hidden


def test_a_document_keeps_merged_cells_and_accepted_changes(tmp_path: Path) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(cells)}</w:tr>"

    changed = "<w:tc><w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新中心</w:t></w:r></w:ins></w:p></w:tc>"
    body = (
        "<w:p><w:r><w:t>项目清单</w:t></w:r></w:p><w:tbl>"
        + row(*map(cell, ("序号", "项目名称", "建设地点", "总投资（万元）")))
        + row(cell("1"), cell("甲中心"), cell("勐海县", '<w:vMerge w:val="restart"/>'), cell("360"))
        + row(cell("2"), changed, cell("", "<w:vMerge/>"), cell("40"))
        + row(cell("合计", '<w:gridSpan w:val="3"/>'), cell("400"))
        + "</w:tbl>"
    )
    found = reading.read(office_files.word_package(tmp_path / "清单.docx", body))
    assert [(p.name, p.place) for p in found.draft.projects] == [("甲中心", "勐海县"), ("新中心", "勐海县")]
    assert [(t.label, t.agrees) for t in found.draft.totals] == [("合计", True)]
