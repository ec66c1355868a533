"""Bars of 进度图: what is drawn of a project, and the days it slips; the pace and the targets of 总览."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from laoxiao_desktop.models.gantt import Mark, Subject, bar_of, mean_share, show_slip, slip_of
from laoxiao_desktop.models.milestone import Milestone, slip_days
from laoxiao_desktop.models.monthly import ProjectFacts
from laoxiao_desktop.models.overview import GoalLine
from laoxiao_desktop.models.pace import added_targets, pace_of
from laoxiao_desktop.models.target import Target

TODAY = dt.date(2024, 7, 12)


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def mark(code: str, planned: str | None = None, **dates: str | None) -> Mark:
    return Mark(code, code, code, 1, planned, **dates)


def test_without_milestones_a_bar_is_the_span_and_nothing_is_invented() -> None:
    bar = bar_of(Subject("p", "名", span="2022/2023-06"), (), TODAY)
    assert (bar.plan_start, bar.plan_end) == (day("2022-01-01"), day("2023-06-30"))
    assert (bar.actual, bar.forecast_end, bar.slip, bar.share) == (None, None, None, None)
    assert bar_of(Subject("p", "名", span="2023/"), (), TODAY).plan_end is None
    assert bar_of(Subject("p", "名", span="damaged"), (), TODAY).reach is None


def test_the_reached_part_runs_to_the_last_reached_step_and_the_rest_is_expected() -> None:
    marks = (
        mark("M01", "2023-01", actual="2023-02"),
        mark("M09", "2023-06", actual="2023-08-10"),
        mark("M13", "2024-12", forecast="2025-02"),
        mark("M15", "2025-03"),
    )
    bar = bar_of(Subject("p", "名", span="2023/2024"), marks, TODAY)
    assert bar.actual == (day("2023-02-01"), day("2023-08-10"))
    assert (bar.plan_start, bar.plan_end) == (day("2023-01-01"), day("2024-12-31"))  # the final account aside
    assert bar.forecast_end == day("2025-02-28")
    assert bar.slip == 32
    assert bar.share == 50


def test_an_expected_end_that_has_passed_is_not_drawn_as_one() -> None:
    bar = bar_of(Subject("p", "名"), (mark("M01", "2023-01", actual="2023-01"), mark("M13", "2024-05")), TODAY)
    assert bar.forecast_end is None
    assert bar.overdue == (TODAY - dt.date(2024, 5, 31)).days == bar.slip


@pytest.mark.parametrize("planned", ["2024-03", "2024-03-15", None])
@pytest.mark.parametrize("forecast", ["2024-02", "2024-03", "2024-09-01", None])
@pytest.mark.parametrize("actual", ["2024-01", "2024-03-20", "2024-06", None])
def test_without_a_baseline_slips_are_those_of_the_record(
    planned: str | None, forecast: str | None, actual: str | None
) -> None:
    step = Milestone("u", "M09", "开工", planned, forecast, actual)
    found = slip_of(mark("M09", planned, forecast=forecast, actual=actual), TODAY)
    assert found == (None if planned is None else slip_days(step, TODAY))


def test_a_plan_moved_after_the_baseline_counts_as_expected() -> None:
    assert slip_of(mark("M13", "2025-03", baseline="2024-12"), TODAY) == 60
    assert slip_of(mark("M13", "2024-12", baseline="2024-12"), TODAY) == 0
    assert [show_slip(slip) for slip in (66, 0, -12, None)] == ["+66 天", "按期", "提前 12 天", "—"]


def test_the_share_of_a_county_is_the_mean_of_what_is_known() -> None:
    bars = [
        bar_of(Subject("p", "名"), marks, TODAY) for marks in ((), (mark("M01", actual="2023-01"),), (mark("M01"),))
    ]
    assert mean_share(bars) == 50
    assert mean_share(bars[:1]) is None


def test_the_pace_weighs_by_investment_and_leaves_open_spans_aside() -> None:
    facts = [
        ProjectFacts("a", county="1", sector="养老", total_investment=300, span="2023/2024"),
        ProjectFacts("b", county="2", sector="托育", total_investment=100, span="2024/2024"),
        ProjectFacts("c", county="2", sector="托育", total_investment=100, span="2024/"),
    ]
    pace = pace_of(facts, dt.date(2024, 12, 31))
    assert pace.whole == 1
    half = pace_of(facts, dt.date(2023, 12, 31))
    assert half.by_county["2"] == 0
    assert half.whole == half.by_county["1"] * Fraction(3, 4)
    assert pace_of((), TODAY).whole is None


def goal(name: str, year: int, text: str, unit: str = "个", plan: str = "文山州") -> GoalLine:
    return GoalLine(plan, year, name, unit, Target.parse(text), None)


def test_goals_of_single_years_add_up_to_the_target_that_stands_beside_them() -> None:
    years = [
        goal("新增托位", year, text) for year, text in ((2022, "3377"), (2023, "3906"), (2024, "3000"), (2025, "2300"))
    ]
    whole = [goal("新增托位", 2025, "12583个以上"), goal("新增托位", 2025, "12583个")]
    for goals in (years, whole, years + whole):
        assert [(one.year, one.value) for one in added_targets(goals)] == [(2025, Decimal(12583))]


def test_shares_yearly_rates_and_parts_are_no_target_for_what_is_added() -> None:
    goals = [
        goal("普惠性托位占比", 2025, "≥60", "%"),
        goal("每年需要新增托位数", 2025, "1200"),
        goal("新增公办托位", 2025, "1500"),
        goal("新增托位", 2025, "5500个以上"),
        goal("每千人口拥有3岁以下婴幼儿托位数", 2025, "4.5"),
    ]
    assert [one.value for one in added_targets(goals)] == [Decimal(5500)]
    assert [one.value for one in added_targets([goal("新增护理型养老床位", 2025, "2300张以上", "张")])] == [
        Decimal(2300)
    ]
