"""Lists that other prefectures might print: other columns, another order, other wording, and the layout's traps."""

import random
from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

import pytest

from laoxiao_desktop.exchange import plan_text
from laoxiao_desktop.exchange.columns import column_of
from laoxiao_desktop.models.plan_draft import Amount, PlanDraft, ProjectDraft

HEAD = "永安州“一老一小”整体解决方案\n\n一、实施背景\n\n全州现有养老机构20个。\n\n附件1\n\n"
HEADER = (
    "序号", "项目名称", "建设性质", "建设起止年限", "建设地点", "建设规模及内容", "总投资（万元）",
    "拟申请中央预算内投资（万元）", "责任单位",
)  # fmt: skip
ROWS = (
    ("1", "东山市老年养护院", "新建", "2022-2024", "东山市", "新建床位200张，建筑面积3500.5平方米。", "2500.5", "1200", "东山市民政局"),
    ("2", "南河县普惠托育中心项目", "改扩建", "2023年3月—2025年12月", "南河县", "新增托位120个。", "800", "120", "南河县卫生健康局"),
    ("3", "西岭县敬老院改造", "改建", "2023", "西岭县", "改造床位60张，电梯2部。", "300", "240", "西岭县民政局"),
)  # fmt: skip
FIGURES = [("2500.5", "1200"), ("800", "120"), ("300", "240")]


def flowing(cells: Sequence[str], title: str = "永安州重点项目清单") -> str:
    return HEAD + title + "\n\n" + "\n\n".join(cells) + "\n\n附件2\n\n名单\n"


def read(cells: Sequence[str], title: str = "永安州重点项目清单") -> PlanDraft:
    return plan_text.read(flowing(cells, title))


def figures(projects: Sequence[ProjectDraft]) -> list[tuple[str | None, str | None]]:
    return [(row.total_investment, row.central_request) for row in projects]


def test_rows_are_cut_where_one_cell_stands_on_a_line() -> None:
    draft = read([*HEADER, *chain(*ROWS), "合计", "3600.5", "1560"])
    first, second, third = draft.projects
    assert (first.name, first.project_type, first.start, first.end) == ("东山市老年养护院", "新建", "2022", "2024")
    assert (first.beds, first.floor_area_m2) == (Amount("200", "200"), Amount("3500.5", "3500.5"))
    assert (second.sector, second.start, second.end, second.places) == (
        "托育",
        "2023-03",
        "2025-12",
        Amount("120", "120"),
    )
    assert (third.period, third.start, third.end) == ("2023", "2023", "2023")
    assert [(total.scope, total.sum_total_investment, total.agrees) for total in draft.totals] == [
        ("全部", "3600.5", True)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_columns_does_not_matter(seed: int) -> None:
    order = list(range(len(HEADER)))
    random.Random(seed).shuffle(order)
    draft = read([HEADER[at] for at in order] + [row[at] for row in ROWS for at in order])
    assert [row.name for row in draft.projects] == [row[1] for row in ROWS]
    assert figures(draft.projects) == FIGURES
    assert [row.responsible_units for row in draft.projects] == [(row[8],) for row in ROWS]


@pytest.mark.parametrize("delimiter", ["\t", "|", "   ", " "])
def test_rows_may_stand_on_one_line(delimiter: str) -> None:
    lines = [delimiter.join(cells) for cells in (HEADER, *ROWS)]
    total = (
        delimiter.join(("合计", " ", " ", " ", " ", " ", "3600.5", "1560", " "))
        if delimiter.strip(" ")
        else "合计 3600.5 1560"
        if delimiter == " "
        else ""
    )
    draft = plan_text.read(HEAD + "项目清单\n" + "\n".join([*lines, total]) + "\n\n三、重点任务\n")
    assert [row.name for row in draft.projects] == [row[1] for row in ROWS]
    assert figures(draft.projects) == FIGURES
    assert [total.agrees for total in draft.totals] == ([True] if total else [])
    assert draft.projects[1].where["name"] == (12, 12)


@pytest.mark.parametrize("label", ["合计（3项）", "总计：", "共计3个项目"])
def test_a_total_above_its_rows_is_no_project_however_it_counts_them(label: str) -> None:
    total = "\t".join(("", label, "", "", "", "", "3600.5", "1560", ""))
    draft = plan_text.read(
        HEAD + "\n".join(["永安州重点项目清单", "\t".join(HEADER), total, *map("\t".join, ROWS)]) + "\n"
    )
    assert figures(draft.projects) == FIGURES
    (printed,) = draft.totals
    assert (printed.total_investment, printed.count in (3, None), printed.agrees) == ("3600.5", True, True)


def test_other_words_in_the_header_name_the_same_columns() -> None:
    header = [
        "编号",
        "工程名称",
        "所属领域",
        "建设年限",
        "实施地点",
        "主要建设内容",
        "投资估算（亿元）",
        "申请中央资金（亿元）",
        "主管部门",
        "备注",
    ]
    rows = [
        [
            no,
            name,
            sector,
            period,
            place,
            content,
            str(Decimal(total) / 10000),
            str(Decimal(request) / 10000),
            unit,
            " ",
        ]
        for (no, name, _, period, place, content, total, request, unit), sector in zip(
            ROWS, ("养老", "托育", "养老"), strict=True
        )
    ]
    draft = read([*header, *chain(*rows)])
    assert [row.category for row in draft.projects] == ["养老", "托育", "养老"]
    assert figures(draft.projects) == FIGURES


def test_money_of_a_caption_is_turned_into_ten_thousands() -> None:
    draft = read(
        ["序号", "项目名称", "总投资", "责任单位", "1", "甲养老院", "12000000", "某县民政局"], "项目清单\n\n单位：元"
    )
    assert draft.projects[0].total_investment == "1200"


def test_a_money_unit_that_is_not_stated_is_told() -> None:
    draft = read(["序号", "项目名称", "总投资", "责任单位", "1", "甲养老院", "1200", "某县民政局"])
    assert "money_unit_unstated" in {problem.code for problem in draft.problems}


def test_a_cell_broken_over_lines_is_one_cell() -> None:
    rows = [list(row) for row in ROWS]
    rows[0][1:2] = ["东山市老年", "养护院"]
    rows[0][4:5] = ["2022—", "2024"]
    rows[1][5:6] = ["新增托位", "120个。"]
    rows[2][8:9] = ["西岭县", "民政局"]
    draft = read([*HEADER[:3], "建设起止", "年限", *HEADER[4:6], "总投资", "（万元）", *HEADER[7:], *chain(*rows)])
    assert [row.name for row in draft.projects] == [row[1] for row in ROWS]
    assert draft.projects[0].period == "2022—2024"
    assert draft.projects[1].content == "新增托位120个。"
    assert draft.projects[2].responsible_units == ("西岭县民政局",)
    assert figures(draft.projects) == FIGURES


def test_a_name_broken_before_its_class_keeps_its_end() -> None:
    rows = [[row[0], row[1], sector, *row[3:]] for row, sector in zip(ROWS, ("养老", "托育", "养老"), strict=True)]
    rows[1][1:2] = ["南河县 普惠", "托育中心项目"]
    rows[2][1:2] = ["西岭县敬老院", "改造"]
    draft = read([*HEADER[:2], "类别", *HEADER[3:], *chain(*rows)])
    assert [(row.name, row.category) for row in draft.projects] == [
        ("东山市老年养护院", "养老"),
        ("南河县普惠托育中心项目", "托育"),
        ("西岭县敬老院改造", "养老"),
    ]


def test_blank_cells_are_empty_and_stray_blank_lines_are_none() -> None:
    rows = [list(row) for row in ROWS]
    rows[0][7] = "\u00a0"
    rows[1][4] = " "
    rows[2][2] = "—"
    rows[0].insert(6, " ")  # a line of spaces inside the row that is no cell
    draft = read([*HEADER, *chain(*rows)])
    assert figures(draft.projects) == [("2500.5", None), ("800", "120"), ("300", "240")]
    assert [row.place for row in draft.projects] == ["东山市", None, "西岭县"]
    assert draft.projects[2].project_type is None


def test_a_class_printed_once_holds_for_the_rows_below() -> None:
    header = ["序号", "类别", "项目名称", "总投资（万元）"]
    cells = [
        "合计（3个）",
        "350",
        "1",
        "养老",
        "甲养老院",
        "100",
        "2",
        "乙敬老院",
        "200",
        "托育项目小计（1个）",
        "50",
        "3",
        "托育",
        "丙托育园",
        "50",
    ]
    draft = read([*header, *cells])
    assert [(row.category, row.sector) for row in draft.projects] == [
        ("养老", "养老"),
        ("养老", "养老"),
        ("托育", "托育"),
    ]
    assert [(total.label, total.count, total.agrees) for total in draft.totals] == [
        ("合计", 3, True),
        ("托育项目小计", 1, True),
    ]


def test_section_rows_and_subtotals_are_no_projects() -> None:
    header = ["序号", "项目名称", "总投资（万元）", "责任单位"]
    cells = [
        "一",
        "养老项目",
        "1",
        "甲园",
        "100",
        "某县民政局",
        "小计",
        "100",
        "二",
        "托育项目",
        "1",
        "乙园",
        "50",
        "某县卫健局",
        "小计",
        "60",
    ]
    draft = read([*header, *cells])
    assert [(row.list_no, row.sector, row.name) for row in draft.projects] == [(1, "养老", "甲园"), (1, "托育", "乙园")]
    assert [(total.scope, total.agrees) for total in draft.totals] == [("养老", True), ("托育", False)]
    assert "total_differs" in {problem.code for problem in draft.problems}


def test_subtotals_may_stand_above_their_rows_for_each_county() -> None:
    header = ["序号", "项目名称", "总投资（万元）", "建设地点"]
    cells = ["东山市小计（2个）", "300", "1", "甲养老院", "100", "东山市", "2", "乙养老院", "200", "东山市"]
    draft = read([*header, *cells, "南河县小计（1个）", "50", "3", "丙托育园", "50", "南河县", "合计", "350"])
    assert [(total.count, total.sum_count, total.agrees) for total in draft.totals] == [
        (2, 2, True),
        (1, 1, True),
        (None, 3, True),
    ]


def test_a_county_in_a_row_of_its_own_is_no_column() -> None:
    header = ["序号", "项目名称", "总投资（万元）", "建设地点"]
    draft = read(
        [*header, "东山市", "1", "甲养老院", "100万元", "东山市", "南河县", "2", "丙托育园", "１,050", "南河县"]
    )
    assert [(row.name, row.total_investment) for row in draft.projects] == [("甲养老院", "100"), ("丙托育园", "1050")]
    assert not draft.problems


def test_a_period_without_years_is_kept_as_printed_and_told() -> None:
    draft = read(
        [
            "序号",
            "项目名称",
            "建设周期",
            "总投资（万元）",
            "（1）",
            "甲养老院",
            "12个月",
            "100",
            "（2）",
            "乙养老院",
            "两年",
            "200",
        ]
    )
    assert [(row.list_no, row.period, row.start) for row in draft.projects] == [(1, "12个月", None), (2, "两年", None)]
    assert [problem.code for problem in draft.problems] == ["period_unread", "period_unread"]


def test_project_codes_are_read() -> None:
    header = ["序号", "项目名称", "项目代码", "总投资（万元）"]
    draft = read([*header, "1", "甲养老院", "2305-532801-04-01-123456", "100", "2", "乙养老院", " ", "200"])
    assert [row.project_code for row in draft.projects] == ["2305-532801-04-01-123456", None]


def test_a_name_is_no_key() -> None:
    rows = [ROWS[0], ("2", *ROWS[0][1:6], "260", "80", ROWS[0][8])]
    assert figures(read([*HEADER, *chain(*rows)]).projects) == [("2500.5", "1200"), ("260", "80")]


def test_a_header_repeated_on_the_next_page_is_no_row() -> None:
    draft = read([*HEADER, *ROWS[0], *HEADER, *ROWS[1], *ROWS[2]])
    assert [row.list_no for row in draft.projects] == [1, 2, 3]


def test_columns_that_are_not_known_are_told_and_left() -> None:
    draft = read(
        ["序号", "项目名称", "总投资（万元）", "填报人", "1", "甲养老院", "100", "张某", "2", "乙养老院", "200", "李某"]
    )
    assert [row.name for row in draft.projects] == ["甲养老院", "乙养老院"]
    assert [problem.message for problem in draft.problems if problem.code == "column_unread"] == [
        "列“填报人”没有读入。"
    ]


def test_indicators_are_read_from_a_table_without_numbers() -> None:
    cells = [
        "指标名称", "单位", "2021年基期值", "2023年目标值", "2025年目标值", "指标属性", "牵头单位",
        "养老机构护理型床位占比", "%", "30", "45", "≥55", "约束性", "市民政局",
        "示范性老年友好社区占比", "%", "—", "持续增加", "明显增长", "预期性", "市卫生健康委、市民政局按职责分工负责",
    ]  # fmt: skip
    first, second = read(cells, "主要发展指标表").indicators
    assert (first.base_year, first.base, first.property) == (2021, "30", "约束性")
    assert {year: (target.op, target.value, target.text) for year, target in first.targets.items()} == {
        "2023": ("=", "45", "45"),
        "2025": (">=", "55", "≥55"),
    }
    assert [target.op for target in second.targets.values()] == ["text", "text"]
    assert second.responsible_units == ("市卫生健康委", "市民政局")


def test_lists_are_told_by_their_columns() -> None:
    cells = [
        "序号",
        "改革事项",
        "主要举措",
        "预期成效",
        "牵头单位",
        "配合单位",
        "1",
        "成立行业协会",
        "市县两级成立。",
        "形成合力。",
        "市卫生健康委",
        "市民政局、市财政局",
    ]
    (item,) = read(cells, "重大改革清单").items
    assert (item.kind, item.name, item.measure, item.expected) == (
        "reform",
        "成立行业协会",
        "市县两级成立。",
        "形成合力。",
    )
    assert (item.lead_units, item.support_units) == (("市卫生健康委",), ("市民政局", "市财政局"))
    assert item.responsible_units == ("市卫生健康委", "市民政局", "市财政局")


@pytest.mark.parametrize(
    ("words", "role", "year"),
    [
        ("总投资（亿元）", "total_investment", None),
        ("其中：中央预算内投资（万元）", "central_request", None),
        ("2025年全市目标值", "target", 2025),
        ("文山州2020年基础值", "base", 2020),
        ("“十四五”保障举措", "measure", None),
        ("组织实施单位", "unit", None),
        ("项目业主", "owner", None),
        ("景洪市民政局", None, None),
    ],
)
def test_header_words_name_their_column(words: str, role: str | None, year: int | None) -> None:
    column = column_of(words)
    assert (column and column.role, column and column.year) == (role, year)


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "\n \n\t\n", "\x00\ud800", "序号\n项目名称\n总投资\n", "（" * 5000, "1\n" * 5000]
)
def test_odd_text_is_read_without_a_fault(text: str) -> None:
    draft = plan_text.read(text)
    assert not draft.projects
    assert all(problem.message for problem in draft.problems)
