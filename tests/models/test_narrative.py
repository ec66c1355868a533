"""The words of the monthly report: every figure is there, nothing is invented."""

import re
from dataclasses import replace

from laoxiao_desktop.models.monthly_count import summarise
from laoxiao_desktop.models.narrative import monthly
from laoxiao_desktop.models.report_text import Figures, Head, Text
from laoxiao_desktop.models.summary import Money, MonthlySummary, Scope
from laoxiao_desktop.models.vague_words import vague_words
from tests.reports.samples import DAY, ISSUE, PLAN, PROJECTS, june, many

VAGUE = ("部分", "基本完成", "大部分", "有关", "若干", "一定程度", "进一步", "取得了")


def words(summary: MonthlySummary) -> str:
    return "\n".join(block.text for block in monthly(summary).blocks if isinstance(block, Head | Text))


def test_the_opening_names_the_plan_its_number_and_its_day() -> None:
    text = words(june())
    assert "《西双版纳州“一老一小”整体解决方案》（西政发〔2023〕8号，2023年5月30日印发）" in text
    assert "截至2024年6月30日" in text


def test_the_five_parts_stand_in_order() -> None:
    heads = [block.text for block in monthly(june()).blocks if isinstance(block, Head) and block.level == 1]
    assert heads == [
        "一、总体情况",
        "二、分领域和分县（市、区）进展",
        "三、滞后与临期",
        "四、存在问题",
        "五、下一步工作",
    ]


def test_money_is_printed_as_the_plans_print_it() -> None:
    text = words(june())
    assert "列入台账的项目共3个，总投资705.67万元，申请中央预算内投资440.54万元。" in text
    assert (
        "养老项目2个，总投资425.67万元，申请中央预算内投资340.54万元；托育项目1个，总投资280万元，申请中央预算内投资100万元"
        in text
    )


def test_what_was_not_reported_is_said_to_be_so() -> None:
    bare = words(june(tuple(replace(project, milestones=(), status="") for project in PROJECTS)))
    assert "项目均尚未设置里程碑" in bare
    assert "各项目的项目类型、建设状态尚未填报" in bare
    assert "累计完成投资、到位资金和支付资金尚未填报" in bare
    assert "逾期" not in bare
    unreported = tuple(
        replace(project, milestones=tuple(replace(step, actual=None) for step in project.milestones))
        for project in PROJECTS
    )
    assert "各项里程碑的实际完成日期均尚未填报，完成情况不作统计" in words(june(unreported))


def test_progress_is_compared_with_the_end_of_last_month() -> None:
    assert "不作环比" in words(june())
    assert "本月完成1项，累计完成数较上月末增加1项" in words(june(previous=PROJECTS))


def test_reported_money_is_stated_with_its_share() -> None:
    text = words(june(money=Money(2, 141_134_000, 70_000_000, 65_670_000)))
    assert (
        "2个项目已填报资金数据：累计完成投资141.134万元，占总投资的20.0%；到位资金70万元；支付资金65.67万元。其余1个项目尚未填报。"
        in text
    )


def test_late_steps_are_named_with_unit_days_and_light() -> None:
    text = words(june())
    assert "景洪市江北街道综合养老服务中心项目（景洪市民政局）：开工，计划2024年1月，逾期151天，红灯" in text
    assert "逾期（已过计划日期，未填报完成）的里程碑1项：" in text
    assert "竣工验收(含消防)，计划2024年7月15日" in text


def test_long_lists_are_cut_and_say_so() -> None:
    text = words(june(many(40)))
    assert "逾期时间最长的10个项目是" in text
    assert len(re.findall(r"^\d+\..*红灯", text, re.M)) == 10


def test_late_steps_of_one_project_stand_together() -> None:
    late = replace(PROJECTS[0], milestones=tuple(replace(step, actual=None) for step in PROJECTS[0].milestones))
    name = "景洪市江北街道综合养老服务中心项目（景洪市民政局）"
    assert (
        f"里程碑2项，涉及1个项目。全部为红灯（逾期超过30天）。具体是：{name}：立项，计划2023年1月，逾期516天，红灯；另有1项逾期。"
        in words(june((late,)))
    )
    twin = replace(late, uid="z")  # the same name is another project
    assert words(june((late, twin))).count(f"{name}：立项") == 2


def test_amounts_that_nobody_filled_in_are_no_zero() -> None:
    bare = replace(PROJECTS[0], total_investment=None, central_request=None)
    assert "列入台账的项目共1个，总投资尚未填报，申请中央预算内投资尚未填报。" in words(june((bare,)))


def test_issues_are_told_as_registered() -> None:
    told = "勐腊县农村敬老院提质改造项目：用地手续未办结，责任人李某，办理时限2024年7月31日"
    assert f"台账登记的未销号问题1个：{told}。" in words(june(issues=(ISSUE,)))
    late = replace(ISSUE, kind="资金", due_on="2024-06-20")
    text = words(june(issues=(ISSUE, late, replace(ISSUE, kind="用地"))))
    assert "未销号问题3个，其中用地类1个、资金类1个，未分类的1个；已超过办理时限的1个：" in text
    assert "办理时限2024年6月20日，已超期10天。" in text
    assert f"3.{told}。" in text
    assert "对未销号的3个问题逐个办理，均已登记办理时限，已超过时限的1个重新明确时限并办结。" in text
    assert "台账中没有登记未销号的问题" in words(june())


def test_no_vague_word_and_no_empty_figure() -> None:
    quiet = tuple(replace(one, status="在建", milestones=(), facility_type="养老服务机构") for one in PROJECTS)
    for summary in (
        june(),
        june(many(40), issues=(ISSUE, replace(ISSUE, due_on="2024-06-01")), previous=many(40)),
        june(()),
        june(quiet, money=Money(3, 1, 1, 1)),
    ):
        text = words(summary)
        assert not [word for word in VAGUE if word in text]
        assert not vague_words(text)
        assert "None" not in text
        assert not re.search(r"，。|。。|；。|，，|共，", text)


def test_the_table_of_counties_ends_in_the_sum() -> None:
    table = next(block for block in monthly(june()).blocks if isinstance(block, Figures))
    assert [row[:3] for row in table.rows] == [("景洪市", "2", "640"), ("勐腊县", "1", "65.67")]
    assert table.total[:3] == ("合计", "3", "705.67")


def test_a_county_report_has_no_table_of_counties() -> None:
    summary = summarise(PROJECTS, [PLAN], Scope(None, "532823"), DAY)
    report = monthly(summary)
    assert report.title[0] == "勐腊县“一老一小”项目"
    assert not any(isinstance(block, Figures) for block in report.blocks)
    assert "现将其中勐腊县的项目截至" in words(summary)
