"""The algebra of the month: differences, carrying forward, rates, and the rules between the figures."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.models.milestone import Milestone
from laoxiao_desktop.models.monthly import (
    MONEY,
    MonthReport,
    ProjectFacts,
    carried,
    check,
    difference,
    due_on,
    never,
)
from laoxiao_desktop.models.overview import NAMES, Figures, total_of
from laoxiao_desktop.models.rates import Rate, elapsed_of_year, points, rounded, show
from laoxiao_desktop.models.vague_words import vague_words

WAN = 1_000_000
PROJECT = ProjectFacts("p", total_investment=360 * WAN, span="2023/2024")
MAY = MonthReport("m", "p", "2024-05", cum_completed=100 * WAN, cum_arrived=120 * WAN, cum_paid=90 * WAN)
JUNE = MonthReport("j", "p", "2024-06", cum_completed=130 * WAN, cum_arrived=140 * WAN, cum_paid=100 * WAN)
BEGUN = (Milestone("s", "M09", "开工", planned="2023-06", actual="2023-06-18"),)
amounts = st.none() | st.integers(0, 10**13)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=24))
def test_month_differences_add_up_to_the_cumulative(additions: list[int]) -> None:
    cumulative, before, told = 0, None, []
    for added in additions:
        cumulative += added
        told.append(difference(cumulative, before))
        before = cumulative
    assert told == additions
    assert sum(told) == cumulative


@given(st.lists(st.tuples(st.integers(0, 10**12), st.booleans()), min_size=1, max_size=24))
def test_months_left_empty_carry_the_last_figure_and_lose_nothing(months: list[tuple[int, bool]]) -> None:
    reports, cumulative, last = [], 0, None
    for number, (added, is_filled) in enumerate(months):
        cumulative += added
        if is_filled:
            last = cumulative
        reports.append(
            MonthReport(
                None, "p", f"20{20 + number // 12}-{number % 12 + 1:02d}", cum_paid=cumulative if is_filled else None
            )
        )
    known = carried(reversed(reports))
    assert known is not None
    assert known.cum_paid == last
    assert known.month == reports[-1].month


@given(amounts, amounts)
def test_a_year_never_exceeds_its_cumulative(now: int | None, start: int | None) -> None:
    told = difference(now, start)
    assert (told is None) == (now is None)
    assert now is None or told is None or told <= now


@given(st.lists(st.tuples(*[st.integers(0, 10**12)] * len(NAMES)), max_size=12), st.data())
def test_figures_of_parts_add_up_to_the_whole(rows: list[tuple[int, ...]], data: st.DataObject) -> None:
    cut = [data.draw(st.integers(0, 3)) for _ in rows]
    parts = [total_of(row for row, part in zip(rows, cut, strict=True) if part == number) for number in range(4)]
    assert sum(parts, Figures()) == total_of(rows)


@given(st.integers(0, 10**14), st.integers(0, 10**14))
def test_a_rate_is_exact_and_has_none_over_nothing(numerator: int, denominator: int) -> None:
    rate = Rate(numerator, denominator)
    if denominator == 0:
        assert (show(rate), rate.as_json, rate.value) == ("—", None, None)
    else:
        assert rate.value is not None
        assert abs(float(rate.as_json or 0) - numerator / denominator) <= 0.00005000001 + 1e-9 * numerator / denominator


def test_rates_are_printed_as_people_write_them() -> None:
    assert show(Rate(193, 360)) == "53.6"
    assert Rate(193, 360).as_json == "0.5361"
    assert show(Rate(1, 3), 0) == "33"
    assert points(Rate(3, 4).value, Rate(1, 2).value) == "+25.0"
    assert points(Rate(1, 4).value, None) == "—"
    assert rounded(Rate(1, 8).value or 0, 2) == "0.13"  # type: ignore[arg-type]
    assert show(elapsed_of_year("2024-06")) == "50.0"
    assert show(Figures(projects=2).completed_rate) == "—"


def test_a_cumulative_amount_never_falls_without_a_correction() -> None:
    fallen = replace(JUNE, cum_paid=80 * WAN)
    (problem,) = never(fallen, MAY)
    assert (problem.field, problem.severity) == ("cum_paid", "error")
    assert "80 万元，比上次的 90 万元少 10 万元" in problem.message
    assert "更正说明" in problem.message
    assert never(replace(fallen, correction="重复计入的 10 万元已冲回"), MAY) == []
    assert never(fallen, None) == []
    assert never(replace(fallen, cum_paid=None), MAY) == []


def test_a_month_opened_again_stays_below_the_next() -> None:
    (problem,) = never(replace(MAY, cum_completed=131 * WAN), None, JUNE)
    assert "多于2024年6月已填的 130 万元" in problem.message


@pytest.mark.parametrize("part", ["central_completed", "central_arrived", "central_paid"])
def test_central_money_is_a_part_of_the_whole(part: str) -> None:
    (problem,) = never(replace(JUNE, **{part: 200 * WAN}), MAY)  # type: ignore[arg-type]
    assert problem.field == part


def test_what_is_only_unusual_is_a_warning() -> None:
    over = replace(JUNE, cum_paid=141 * WAN, cum_completed=361 * WAN)
    found = {(one.field, one.severity) for one in check(over, MAY, PROJECT, BEGUN)}
    assert found == {("cum_paid", "warning"), ("cum_completed", "warning")}
    assert check(JUNE, MAY, PROJECT, BEGUN) == []


def test_work_under_way_has_a_day_on_which_it_began() -> None:
    report = replace(JUNE, stage="主体施工")
    waiting = (Milestone("s", "M09", "开工", planned="2023-06"),)
    assert [(one.field, one.severity) for one in check(report, MAY, PROJECT, waiting)] == [("stage", "error")]
    assert [(one.field, one.severity) for one in check(report, MAY, PROJECT, ())] == [("stage", "warning")]
    assert check(report, MAY, PROJECT, BEGUN) == []


def test_vague_words_are_told() -> None:
    assert vague_words("主体部分完工，内部装修有序推进") == ("部分", "有序推进")
    assert vague_words("主体基本完成") == ("基本完成",)
    assert vague_words("完成二层砌筑 320 立方米，分部分项验收 3 项") == ()
    report = replace(JUNE, image_progress="装修稳步推进")
    assert [(one.field, one.severity) for one in check(report, MAY, PROJECT, BEGUN)] == [("image_progress", "warning")]


def test_reports_are_due_on_the_fifth_of_the_month_after() -> None:
    assert (due_on("2024-06"), due_on("2024-12"), due_on("2024-01", 31)) == ("2024-07-05", "2025-01-05", "2024-02-29")


def test_none_is_no_problem() -> None:
    assert not replace(JUNE, problem="无").has_problem
    assert replace(JUNE, problem="施工许可未办结").has_problem
    assert len(MONEY) == 6
