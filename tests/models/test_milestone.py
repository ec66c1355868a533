"""Milestones say what is done, what is late and by how much."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.models.dates import first_day, last_day
from laoxiao_desktop.models.milestone import (
    RENOVATION_TEMPLATE,
    TEMPLATE,
    Milestone,
    done_share,
    headline,
    slip_days,
    spread,
    state,
    template_for,
)
from laoxiao_desktop.models.span import Span

TODAY = dt.date(2024, 6, 15)


def step(
    planned: str | None = None, actual: str | None = None, forecast: str | None = None, name: str = "开工"
) -> Milestone:
    return Milestone("u", "M09", name, planned, forecast, actual)


def test_the_template_has_fifteen_steps_and_weighs_one_hundred() -> None:
    assert [line.code for line in TEMPLATE] == [f"M{number:02d}" for number in range(1, 16)]
    for template in (TEMPLATE, RENOVATION_TEMPLATE):
        assert sum(line.weight for line in template) == 100
    assert len(RENOVATION_TEMPLATE) < len(TEMPLATE)
    assert template_for("改建") is RENOVATION_TEMPLATE
    assert template_for("新建") is template_for(None) is TEMPLATE


@given(st.integers(2000, 2050), st.integers(0, 5), st.booleans())
def test_planned_months_keep_their_order_within_the_span(year: int, years: int, is_renovation: bool) -> None:
    span = Span(str(year), str(year + years))
    steps = RENOVATION_TEMPLATE if is_renovation else TEMPLATE
    planned = spread(span, steps)
    inside = [planned[line.code] for line in steps if line.code != "M15"]
    assert inside == sorted(inside)
    assert span.first_day <= first_day(inside[0])
    assert span.last_day == last_day(inside[-1])
    assert (first_day(planned["M15"]) - first_day(planned["M13"])).days <= 92


def test_nothing_is_planned_without_an_end() -> None:
    assert spread(None) == spread(Span("2023", None)) == {}


@pytest.mark.parametrize(
    ("milestone", "expected", "slip"),
    [
        (step("2024-05", "2024-05-20"), "done", -11),
        (step("2024-05-01", "2024-05-20"), "done", 19),
        (step("2024-05", "2024-05"), "done", 0),
        (step("2024-05", "2024-06"), "done", 1),
        (step("2024-05"), "late", 15),
        (step("2024-05-01", forecast="2024-08-01"), "late", 92),
        (step("2024-06"), "due", 0),
        (step("2024-07-15", forecast="2024-07-20"), "due", 5),
        (step("2024-12"), "open", 0),
        (step(), "open", 0),
    ],
)
def test_a_step_has_a_state_and_a_slip(milestone: Milestone, expected: str, slip: int) -> None:
    assert (state(milestone, TODAY), slip_days(milestone, TODAY)) == (expected, slip)


def test_the_headline_names_the_worst_step_and_its_light() -> None:
    done = step("2024-01", "2024-01-20", name="立项")
    assert headline([], TODAY) == ("尚未设置里程碑", "")
    assert headline([done], TODAY) == ("已完成 1/1", "绿")
    assert headline([done, step("2024-07")], TODAY) == ("已完成 1/2，下一步开工（2024.07）", "绿")
    assert headline([done, step("2024-05")], TODAY) == ("已完成 1/2，开工逾期 15 天", "黄")
    assert headline([step("2024-05", name="招标"), step("2024-03")], TODAY) == (
        "已完成 0/2，开工逾期 76 天，共 2 项逾期",
        "红",
    )


def test_a_milestone_with_a_date_that_is_none_does_not_exist() -> None:
    with pytest.raises(ValueError, match="not a stored date"):
        step("2024-13")


def test_done_steps_are_weighed() -> None:
    assert done_share([]) is None
    assert done_share([step(), step("2024-01", "2024-01")]) == 50
    weighed = [Milestone("a", "M1", "甲", actual="2024-01", weight=30), Milestone("b", "M2", "乙", weight=70)]
    assert done_share(weighed) == 30
