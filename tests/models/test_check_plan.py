"""The check-up of indicators, goals, lists and annexes; no false alarms."""

import pytest

from laoxiao_desktop.models.check import check
from tests.models.check_plan import Values, codes, indicator, only, plan

BEDS = "新增养老床位"


def goals(*values: int, name: str = BEDS) -> list[dict[str, str | int | None]]:
    """A goal for each year from 2022 on."""
    return [
        {"uid": f"g{year}", "year": year, "name": name, "target": str(value), "unit": "张"}
        for year, value in enumerate(values, start=2022)
    ]


def test_a_sound_table_is_not_mentioned() -> None:
    rows = [
        indicator(1, "失能特困人员集中供养率", "≥60", base="28", base_year=2020),
        indicator(2, "每千名老人拥有养老床位数", "35", unit="张", base="20.3"),
        indicator(None, "失能特困人员集中供养率", "60%以上", restates="i1≥60"),
    ]
    assert check(plan(indicators=rows)) == []


@pytest.mark.parametrize(
    ("base", "target", "is_told"),
    [("58", "≥55", True), ("28", "≥60", False), ("—", "60", False), ("28", "持续增加", False), ("5", "≤3", False)],
)
def test_a_target_below_its_base_is_told(base: str, target: str, is_told: bool) -> None:
    assert ("target_below_base" in codes(plan(indicators=[indicator(1, "投入比例", target, base=base)]))) is is_told


def test_a_death_rate_may_fall() -> None:
    assert codes(plan(indicators=[indicator(1, "婴儿死亡率", "3", base="5", unit="‰")])) == set()


def test_the_table_against_the_text_that_repeats_it_counts_in_the_same_unit() -> None:
    table = indicator(7, "托育机构保育人员", "0.4", unit="万人")
    same = indicator(None, "托育机构保育人员", "4000人", unit="人", restates="i70.4")
    other = indicator(None, "托育机构保育人员", "5000人", unit="人", restates="i70.4")
    assert "table_unlike_prose" not in codes(plan(indicators=[table, same]))
    finding = only(plan(indicators=[table, other]), "table_unlike_prose")
    assert (finding.severity, finding.figures) == ("error", {"指标表": "0.4", "正文": "5000人"})


def test_a_goal_of_one_county_is_not_compared_with_the_whole() -> None:
    table = indicator(7, "示范性婴幼儿照护服务数", "9", unit="个")
    part = indicator(None, "文山市示范性婴幼儿照护服务机构", "至少2个", unit="个", restates="i79")
    assert "table_unlike_prose" not in codes(plan(indicators=[table, part]))


def test_a_missing_unit_of_measure_is_proposed_from_the_text() -> None:
    rows = [
        indicator(11, "社工数量", "≥1", unit=None),
        indicator(None, "社工数量", "不低于1名", unit="名", restates="i11≥1"),
    ]
    assert only(plan(indicators=rows), "indicator_unit").suggested == "名"


def test_year_goals_that_add_up_to_the_total_pass_and_others_do_not() -> None:
    total = indicator(None, BEDS, "7700张", unit="张")
    rest = indicator(None, "养老床位数还需新增", "7700张", unit="张")
    assert codes(plan(indicators=[total, rest], goals=goals(1500, 2500, 2500, 1200), issued_on="2022-01-01")) == set()
    wrong = plan(indicators=[total], goals=goals(1500, 2500, 2500, 1300), issued_on="2022-01-01")
    assert only(wrong, "goal_sum").figures == {"各年之和": "7800", "总目标": "7700张"}


def test_at_least_so_many_is_kept_by_more() -> None:
    total = indicator(None, BEDS, "7700张以上", unit="张")
    assert codes(plan(indicators=[total], goals=goals(4000, 4000), issued_on="2022-01-01")) == set()


def test_base_and_growth_that_are_not_the_target_are_told() -> None:
    rows = [indicator(6, "养老床位总量", "17850", unit="张", base="10144", base_year=2020), indicator(None, BEDS, "7700张", unit="张")]  # fmt: skip
    assert only(plan(indicators=rows), "growth").suggestion == "17844"


def test_a_yearly_number_that_cannot_reach_the_total_is_told() -> None:
    rows = [
        indicator(None, "每年需要新增托位数", "1200—1300个", unit="个", sector="托育"),
        indicator(None, "新增托位", "5500个以上", unit="个", sector="托育"),
    ]
    assert "3600—3900" in only(plan(indicators=rows), "yearly_sum").message
    rows[1] = indicator(None, "新增托位", "3800个", unit="个", sector="托育")
    assert codes(plan(indicators=rows)) == set()


def test_a_goal_for_a_year_that_was_over_is_a_note() -> None:
    assert only(plan(goals=goals(1500, 2500), issued_on="2022-11-07"), "goal_before_issue").severity == "note"
    assert codes(plan(goals=goals(1500, 2500), issued_on="2022-03-13")) == set()


def test_a_unit_twice_in_one_cell_and_two_spellings_of_one_are_mended() -> None:
    def item(no: int, units: str) -> dict[str, str | int | None]:
        return {"uid": f"l{no}", "kind": "policy", "no": no, "name": f"政策{no}", "responsible_unit": units}

    items = [item(1, "州财政局、州市场监管局、州财政局"), item(2, "州市场监管局"), item(3, "州市场监督管理局")]
    rows = plan(items=items)
    assert only(rows, "unit_twice").suggested == "州财政局、州市场监管局"
    assert (only(rows, "unit_variant").subject.no, only(rows, "unit_variant").suggested) == (3, "州市场监管局")


def test_units_without_a_seat_are_told_only_where_a_list_of_offices_stands() -> None:
    work: Values = {"uid": "w", "kind": "task", "no": 1, "name": "任务", "responsible_unit": "州民政局、州金融办"}  # fmt: skip
    offices = ["民政", "财政", "教育体育", "公安", "司法", "商务", "统计", "医保", "应急", "税务", "林草"]
    seats: list[Values] = [{"uid": name, "kind": "member", "name": f"州{name}局局长"} for name in offices]
    assert only(plan(items=[work, *seats]), "unit_without_seat").figures == {"单位": "州金融办"}
    assert "unit_without_seat" not in codes(plan(items=[work, *seats[:3]]))


def test_missing_annexes_are_one_note_and_present_ones_nothing() -> None:
    annexes: list[Values] = [{"uid": f"a{no}", "no": no, "title": title, "is_present": here} for no, title, here in ((1, "重大项目清单", None), (2, "重大政策清单", 1))]  # fmt: skip
    finding = only(plan(annexes=annexes), "annex_missing")
    assert (finding.severity, finding.figures["附件"]) == ("note", "重大项目清单")


def test_two_names_of_the_leading_group_are_an_error() -> None:
    annex: Values = {
        "uid": "a",
        "no": 4,
        "title": "西双版纳州“一老一小”整体解决工作领导小组组成人员名单",
        "is_present": 1,
    }
    item: Values = {"uid": "e", "kind": "element", "no": 1, "name": "西双版纳州“一老一小”工作领导小组"}
    assert only(plan(annexes=[annex], items=[item]), "group_name").severity == "error"
