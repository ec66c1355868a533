"""The words of a reported month at zero, one and many: right grammar, nothing said that nobody reported."""

import datetime as dt
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from laoxiao_desktop.models import narrative_month
from laoxiao_desktop.models.narrative import monthly
from laoxiao_desktop.models.narrative_words import dates_in_words, tight
from laoxiao_desktop.models.overview import Figures
from laoxiao_desktop.models.report_text import Figures as Table
from laoxiao_desktop.models.report_text import Head, Text
from laoxiao_desktop.models.summary import LightFact, MonthPart, PartMonth, ProblemFact
from laoxiao_desktop.models.vague_words import vague_words
from tests.reports.samples import PROJECTS, june

WAN = 1_000_000
MONEY = frozenset({"cum_completed", "cum_arrived", "cum_paid", "central_completed", "central_arrived", "central_paid"})
RED = LightFact("甲项目", ("甲局",), "红", "开工", "计划 2024.03 开工，到 2024.06 未开工，超期 3 个月")
NOW = Figures(
    projects=3, total_investment=700 * WAN, allocated=300 * WAN, arrived=200 * WAN, completed=350 * WAN, paid=175 * WAN,
    year_planned=100 * WAN, year_completed=150 * WAN, year_of_plan=40 * WAN, started=2, finished=1, red=1, yellow=1,
    green=1, missing=1, reported=2,
)  # fmt: skip
BEFORE = replace(NOW, completed=280 * WAN, arrived=200 * WAN, started=1, red=2, yellow=0)


def part(figures: Figures = NOW, **values: object) -> MonthPart:
    known: dict[str, object] = {
        "month": "2024-06", "is_locked": False, "figures": figures, "previous": BEFORE, "previous_month": "2024-05",
        "lights": (RED,) if figures.red else (), "problems": (), "expected": Fraction(3, 5), "planned_projects": 1,
        "untold": frozenset({"central_completed", "central_arrived", "central_paid"}), **values,
    }  # fmt: skip
    return MonthPart(**known)  # type: ignore[arg-type]


def said(month: MonthPart, as_of: dt.date = dt.date(2024, 6, 30)) -> str:
    lights = [block.text for block in narrative_month.lights(month, as_of) if isinstance(block, Text)]
    problems = [block.text for block in narrative_month.problems(month) if isinstance(block, Text)]
    return "\n".join([*narrative_month.money(month), *lights, *problems])


def test_money_stands_beside_last_month_and_the_time_that_has_passed() -> None:
    text = said(part())
    assert "应报月报的项目3个，已报2个，未报1个。" in text
    assert (
        "累计完成投资350万元，较上月增加70万元；投资完成率50.0%，较上月提高10.0个百分点，低于序时进度（60.0%）10.0个百分点。"
        in text
    )
    assert (
        "登记了年度计划的1个项目，年度计划100万元，本年完成40万元，年度完成率40.0%，低于年度序时进度（50.0%）10.0个百分点。"
        in text
    )
    assert "累计到位资金200万元，与上月持平，到位率（到位/下达）66.7%" in text
    assert "已开工项目2个，开工率66.7%，较上月增加1个；已完工项目1个，完工率33.3%；尚无投用项目。" in text
    assert "红灯1个、黄灯1个、绿灯1个；较上月红灯减少1个、黄灯增加1个。" in text


def test_no_vague_word_is_said_of_a_month() -> None:
    assert not vague_words(said(part(lights=(replace(RED, owner="岩某"),) * 12)))


def test_a_month_that_was_left_out_is_named() -> None:
    assert "较2024年3月增加70万元" in said(part(previous_month="2024-03"))


def test_nothing_is_said_of_what_nobody_reported() -> None:
    silent = Figures(projects=2, total_investment=700 * WAN, missing=2)
    text = said(part(silent, previous=None, previous_month=None, untold=MONEY))
    assert "应报月报的项目2个，均未报送。" in text
    assert "累计完成投资尚未填报。" in text
    assert "资金下达尚未登记；到位资金尚未填报；支付资金尚未填报。" in text
    assert "尚无开工、完工、投用项目。" in text
    assert "没有可以判定红黄绿灯的项目" in text
    assert "月报均未报送，所反映的问题不作统计" in text
    assert not re.search(r"(?<![0-9])0(个|万元|%)", text)
    assert "中央预算内投资" not in text


@pytest.mark.parametrize("count", [1, 2, 12])
def test_red_projects_are_named_with_cause_owner_and_deadline(count: int) -> None:
    owned = replace(
        RED, problem="用地手续未办结。", owner="岩某", due_on="2024-07-31", next_step="7月15日前取得许可证。"
    )
    text = said(part(replace(NOW, red=count), lights=(owned, *(RED,) * (count - 1))))
    line = "甲项目（甲局）：计划2024年3月开工，到2024年6月未开工，超期3个月；问题：用地手续未办结；责任人岩某，整改时限2024年7月31日；下一步：7月15日前取得许可证。"
    assert (f"红灯项目是：{line}" if count == 1 else f"1.{line}") in text
    assert ("其余2个见附件。红灯项目中有11个尚未登记责任人或整改时限。" in text) == (count == 12)
    assert ("红灯项目中有1个尚未登记" in text) == (count == 2)


def test_days_that_end_before_the_day_of_the_report_say_so() -> None:
    late = replace(RED, rule="里程碑", why="立项计划 2024.03，逾期 91 天")
    month = part(replace(NOW, red=1), lights=(late,))
    assert "红灯项目是（天数算到2024年6月30日）：甲项目" in said(month, dt.date(2024, 7, 20))
    assert "红灯项目是：甲项目" in said(month)


def test_problems_are_told_by_kind_with_their_counts() -> None:
    kinds = ("用地", "资金", "", "用地")
    told = [ProblemFact(f"{n}号项目", (), kind, "卡在审批。") for n, kind in enumerate(kinds)]
    assert "反映问题4个，其中用地类2个、资金类1个，未分类的1个：" in said(part(problems=tuple(told)))
    assert "的月报反映问题1个：0号项目（用地）：卡在审批。" in said(part(problems=(told[0],)))
    assert "反映问题2个（均为用地类）：" in said(part(problems=(told[0], told[3])))


def test_counties_are_ranked_and_those_behind_are_named() -> None:
    ahead = PartMonth("景洪市", replace(NOW, projects=2, completed=630 * WAN), Fraction(3, 5))
    behind = PartMonth("勐腊县", replace(NOW, projects=1, completed=70 * WAN), Fraction(3, 5))
    silent = PartMonth("勐海县", replace(NOW, projects=1, completed=0), Fraction(3, 5), is_told=False)
    month = part(by_county=(silent, behind, ahead), by_sector=())
    told = tuple(replace(project, completed=WAN) for project in PROJECTS)
    report = monthly(june(told, month=month))
    text = "\n".join(block.text for block in report.blocks if isinstance(block, Head | Text))
    assert "按投资完成率由高到低排列：景洪市90.0%、勐腊县10.0%。勐海县尚未填报累计完成投资。" in text
    assert "低于序时进度的县（市、区）1个：勐腊县低50.0个百分点。" in text
    assert "三、红黄灯和滞后、临期情况" in text
    table = next(block for block in report.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["景洪市", "勐腊县", "勐海县"]
    assert table.rows[2][3:5] == ("", "—")
    assert table.rows[0][4:6] == ("90.0", "60.0")


def test_a_sentence_made_for_the_screen_is_set_for_paper() -> None:
    assert tight("立项计划 2023.01，逾期 700 天\n，共 9 项。") == "立项计划2023.01，逾期700天，共9项"
    assert tight("by Mr Smith 说明") == "by Mr Smith说明"
    assert dates_in_words("计划2023.07.05开工，完成率12.05%") == "计划2023年7月5日开工，完成率12.05%"
