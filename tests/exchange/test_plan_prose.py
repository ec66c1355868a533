"""What a plan says in running text: figures it sets itself, year goals, units under their headings, members, annexes."""

import pytest

from laoxiao_desktop.exchange import plan_text
from laoxiao_desktop.models.plan_draft import PlanDraft

HEAD = "关于印发永安市“一老一小”整体解决方案（2021—2025年）的通知\n\n"


def read(body: str) -> PlanDraft:
    return plan_text.read(HEAD + body)


def set_figures(body: str, chapter: str = "二、发展目标") -> list[tuple[str, str, str | None, str | None]]:
    return [
        (row.name, next(iter(row.targets.values())).op, next(iter(row.targets.values())).value, row.unit)
        for row in read(f"{chapter}\n\n{body}\n").indicators
    ]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("全州护理型床位占比从“十三五”末的12%提升至55%以上", ("护理型床位占比", ">=", "55", "%")),
        ("社区日间照料服务覆盖率不低于90%", ("社区日间照料服务覆盖率", ">=", "90", "%")),
        ("经常性参加教育活动的老年人占比超过20%", ("经常性参加教育活动的老年人占比", ">", "20", "%")),
        ("每千人口拥有3岁以下婴幼儿托位数4.5个", ("每千人口拥有3岁以下婴幼儿托位数", "=", "4.5", "个")),
        ("每千名老年人配备社会工作者人数≥1", ("每千名老年人配备社会工作者人数", ">=", "1", None)),
        ("东山市建成至少2个具有示范效应的托育机构", ("东山市具有示范效应的托育机构", ">=", "2", "个")),
        ("50%以上乡镇建有老年学校", ("乡镇建有老年学校", ">=", "50", "%")),
        ("建成示范项目10个（市级1个和县级9个）", ("示范项目", "=", "10", "个")),
        ("每年新增托位1200—1300个", ("每年新增托位", "text", None, "个")),
        ("养老床位总数达到1.2万张", ("养老床位总数", "=", "1.2", "万张")),
    ],
)
def test_a_figure_is_read_with_its_name_and_unit(
    clause: str, expected: tuple[str, str, str | None, str | None]
) -> None:
    assert set_figures(f"到2025年，{clause}。") == [expected]


def test_what_a_preamble_aims_at_is_read_too_but_not_what_it_tells() -> None:
    body = (
        "全州现有托位1200个。为此，到2025年，全州护理型床位占比提高到58%，每千人口托位数达到4.8个。\n\n一、总体要求\n"
    )
    rows = plan_text.read("永安州“一老一小”整体解决方案\n\n" + body).indicators
    assert [(row.name, row.targets["2025"].value) for row in rows] == [
        ("护理型床位占比", "58"),
        ("每千人口托位数", "4.8"),
    ]


def test_two_rates_that_share_a_figure_are_two_indicators_among_the_aims() -> None:
    names = [name for name, *_ in set_figures("科学育儿知识普及率、科学育儿指导率均达到90%。")]
    assert names == ["科学育儿知识普及率", "科学育儿指导率"]


def test_what_is_the_case_is_no_target() -> None:
    body = "截至2020年底，全市60岁以上老年人达33.8万人。现有养老机构48家，护理型床位占比达42%。完善现有的48家养老机构。"
    assert not set_figures(body, "一、实施背景")
    assert not set_figures(
        "在建筑面积超过1万平方米的公共场所建立母婴室。床位数达10张及以上的，给予支持。", "三、重点任务"
    )


def test_targets_among_tasks_need_a_year_or_a_norm() -> None:
    body = "推进机构建设。到2025年，打造5家示范单位和10家示范机构。每百户不低于20平方米的标准配建设施。"
    assert [(value, unit) for _, _, value, unit in set_figures(body, "三、重点任务")] == [
        ("5", "家"),
        ("10", "家"),
        ("20", "平方米/百户"),
    ]


def test_prose_that_repeats_a_table_row_names_it() -> None:
    draft = read(
        "二、发展目标\n\n到2025年，养老机构护理型床位占比达55%，普惠性托位占比30%。\n\n主要指标表\n\n序号\n\n主要指标\n\n2025年\n\n目标值\n\n责任单位\n\n"
        "1\n\n月探访率（%）\n\n100\n\n市民政局\n\n2\n\n养老机构护理型养老床位占比（%）\n\n≥55\n\n市民政局\n"
    )
    assert [(row.source, row.seq, row.restates) for row in draft.indicators] == [
        ("table", 1, None),
        ("table", 2, None),
        ("prose", None, 2),
        ("prose", None, None),
    ]


def test_goals_of_single_years_are_told_from_the_total() -> None:
    draft = read("二、发展目标\n\n新增养老床位7700张，其中：2022年新增1500张，2023年新增6200张。\n")
    assert [(goal.year, goal.name, goal.value, goal.unit) for goal in draft.goals] == [
        (2022, "新增养老床位", "1500", "张"),
        (2023, "新增养老床位", "6200", "张"),
    ]
    assert [row.name for row in draft.indicators] == ["新增养老床位"]


def test_years_of_one_thing_are_goals_outside_the_aims_too() -> None:
    draft = read("三、重点任务\n\n（一）发展普惠托育\n\n1.扩大供给。2023年新增托位1200个，2024年新增托位1500个。\n")
    assert [(goal.year, goal.name, goal.value) for goal in draft.goals] == [
        (2023, "新增托位", "1200"),
        (2024, "新增托位", "1500"),
    ]
    assert draft.indicators == ()


@pytest.mark.parametrize(
    ("block", "lead", "support", "others"),
    [
        ("〔牵头单位：州民政局；配合单位：州财政局，各县（市）人民政府〕", ("州民政局",), ("州财政局", "各县（市）人民政府"), ()),
        ("（牵头单位：州民政局，责任单位：州财政局、州教育局，各县〔市〕人民政府）", ("州民政局",), ("州财政局", "州教育局", "各县〔市〕人民政府"), ()),
        ("（责任单位：市民政局、市教育体育局）", (), (), ("市民政局", "市教育体育局")),
        ("（市民政局牵头，市财政局、市发展改革委等配合）", ("市民政局",), ("市财政局", "市发展改革委"), ()),
        ("（市民政局、市卫生健康委按职责分工负责）", (), (), ("市民政局", "市卫生健康委")),
        ("（市民政局，各县、区人民政府）", (), (), ("市民政局", "各县、区人民政府")),
        ("（市民政局、各县（区）人民政府）", (), (), ("市民政局", "各县（区）人民政府")),
        ("［责任单位：市民政局、市税务局；完成时限：2023年12月］", (), (), ("市民政局", "市税务局")),
    ],
)  # fmt: skip
def test_a_block_of_units_is_read_with_its_roles(
    block: str, lead: tuple[str, ...], support: tuple[str, ...], others: tuple[str, ...]
) -> None:
    draft = read(f"三、重点任务\n\n（一）强化居家社区服务\n\n1.补齐设施短板。新建小区配建设施。{block}\n")
    (task,) = draft.items
    assert (task.kind, task.group, task.no, task.name) == ("task", "强化居家社区服务", 1, "补齐设施短板")
    assert (task.lead_units, task.support_units) == (lead, support)
    assert task.responsible_units == (*lead, *others, *support)
    assert task.measure == "新建小区配建设施。"


def test_a_signature_below_the_last_task_is_no_unit_and_a_remark_in_brackets_names_none() -> None:
    draft = read(
        "三、重点任务\n\n1.摸清底数。建设数据库（含社区、乡镇）\n\n2.加强保障。落实用地。［责任单位：市税务局］\n\n永安市人民政府\n"
    )
    assert [(task.name, task.responsible_units) for task in draft.items] == [("加强保障", ("市税务局",))]


def test_headings_stand_in_for_a_task_list_that_is_missing() -> None:
    body = "二、重点任务\n\n（一）健全体系\n\n1.统筹规划，科学布局。制定规划。\n\n2.加强用地保障。落实用\n\n地政策。\n\n附件：重点任务及责任分工\n"
    draft = read(body)
    assert [(item.no, item.group, item.name) for item in draft.items] == [
        (1, "健全体系", "统筹规划，科学布局"),
        (2, "健全体系", "加强用地保障"),
    ]
    assert [(annex.title, annex.is_present) for annex in draft.annexes] == [("重点任务及责任分工", False)]


def test_a_paragraph_cut_by_the_layout_is_put_together() -> None:
    draft = read("二、发展目标\n\n1.“促普惠”。到2025年，打造示范机构12\n\n家以上，持续发展。\n")
    assert [(row.quote, row.where) for row in draft.indicators] == [("打造示范机构12家以上", (5, 7))]


def test_the_leading_group_is_kept_by_position() -> None:
    body = (
        "三、保障\n\n附件1\n\n永安市“一老一小”工作\n\n领导小组组成人员名单\n\n组  长：张三丰  市委副书记、市长\n\n副组长：李四市委常委、副市长\n\n"
        "王小五副市长\n\n成员：欧阳明明 市民政局局长\n\n孙七市发展改革委主任\n\n领导小组办公室设在市发展改革委。\n"
    )
    assert [(item.group, item.name) for item in read(body).items] == [
        ("组长", "市委副书记、市长"),
        ("副组长", "市委常委、副市长"),
        ("副组长", "副市长"),
        ("成员", "市民政局局长"),
        ("成员", "市发展改革委主任"),
    ]


def test_a_leading_group_in_prose_is_read_where_no_list_stands() -> None:
    draft = read(
        "四、保障要素\n\n（一）建立机制\n\n成立州委书记、州长任组长，分管领导任副组长的永安州养老托育工作领导小组，定期研究。\n"
    )
    assert [(item.group, item.name) for item in draft.items] == [
        ("组长", "州委书记"),
        ("组长", "州长"),
        ("副组长", "分管领导"),
    ]
