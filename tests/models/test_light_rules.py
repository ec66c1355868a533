"""Every rule of the lights at its edges, with its numbers; the worst counts, a person can override for a time."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from laoxiao_desktop.errors import FieldError
from laoxiao_desktop.models.light_rules import lights_of, standing_of
from laoxiao_desktop.models.lights import PRESETS, Light, Override, Thresholds
from laoxiao_desktop.models.milestone import Milestone
from laoxiao_desktop.models.money import FEN_PER_WAN
from laoxiao_desktop.models.monthly import MonthReport, ProjectFacts
from laoxiao_desktop.models.sites import RolledUp

A, B = PRESETS["A"], PRESETS["B"]
DAY = dt.date(2024, 6, 30)
FACTS = ProjectFacts("p", total_investment=1000, span="2024/2024", status="在建")
REPORT = MonthReport("r", "p", "2024-06", "已报", cum_completed=500, image_progress="二层")
BEFORE = MonthReport("b", "p", "2024-05", "已审", cum_completed=400, image_progress="一层")


def light(
    facts: ProjectFacts = FACTS,
    steps: tuple[Milestone, ...] = (),
    report: MonthReport | None = REPORT,
    before: MonthReport | None = BEFORE,
    day: dt.date = DAY,
    thresholds: Thresholds = A,
    override: Override | None = None,
    asked: str = "2024-07-05",
) -> Light | None:
    return lights_of(
        facts,
        standing_of(facts, steps, day),
        report,
        before,
        day,
        thresholds,
        override,
        month="2024-06",
        due_on="2024-07-05",
        asked_on=dt.date.fromisoformat(asked),
    )


def told(found: Light | None) -> tuple[str, str]:
    assert found is not None
    return found.colour, found.rule


def test_all_is_well_with_numbers() -> None:
    found = light()
    assert told(found) == ("绿", "正常")
    assert found is not None
    assert found.why == "投资完成率 50.0%，序时 49.7%，没有逾期"


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ("2024-06", ("绿", "正常")),
        ("2024-05", ("黄", "开工")),
        ("2024-04", ("黄", "开工")),
        ("2024-03", ("红", "开工")),
    ],
)
def test_a_start_month_that_passed(planned: str, expected: tuple[str, str]) -> None:
    facts = replace(FACTS, status="")
    steps = (Milestone("s", "M09", "开工", forecast=planned),)
    found = light(
        facts,
        (replace(steps[0], forecast=None, planned=planned),),
        thresholds=replace(A, milestone_yellow=365, milestone_red=365),
    )
    assert told(found) == expected
    if expected[0] == "红":
        assert found is not None
        assert found.why == "计划 2024.03 开工，到 2024.06 未开工，超期 3 个月"
    begun = (replace(steps[0], forecast=None, planned=planned, actual="2024-06-30"),)
    assert told(light(facts, begun)) == ("绿", "正常")
    assert (
        told(
            light(
                facts,
                (replace(begun[0], actual="2024-07-01"),),
                thresholds=replace(A, milestone_yellow=365, milestone_red=365),
            )
        )
        == expected
    )


def test_without_a_milestone_the_span_tells_the_start_in_favour_of_the_unit() -> None:
    facts = replace(FACTS, status="", span="2023/2025")
    found = light(facts, report=replace(REPORT, cum_completed=None), before=None)
    assert told(found) == ("红", "开工")
    assert told(light(replace(facts, span="2024/2025"), report=REPORT, before=BEFORE)) == ("绿", "正常")


@pytest.mark.parametrize(("completed", "colour"), [(398, "绿"), (397, "黄"), (198, "黄"), (197, "红"), (196, "红")])
def test_progress_behind_by_points(completed: int, colour: str) -> None:
    # 序时 on 30 June of a leap year: 182/366 = 49.73 %; 10 points behind is 39.73 %, 30 points 19.73 %
    found = light(report=replace(REPORT, cum_completed=completed))
    assert found is not None
    assert found.colour == colour
    if completed == 196:
        assert found.why == "投资完成率 19.6%，序时 49.7%，落后 30.1 个百分点"


@pytest.mark.parametrize(("completed", "colour"), [(398, "绿"), (397, "黄"), (299, "黄"), (298, "红")])
def test_progress_as_a_share(completed: int, colour: str) -> None:
    # 80 % of 49.73 % is 39.78 %, 60 % is 29.84 %
    found = light(report=replace(REPORT, cum_completed=completed), thresholds=B)
    assert found is not None
    assert found.colour == colour


@pytest.mark.parametrize(
    ("planned", "colour"), [("2024-06", "绿"), ("2024-06-29", "黄"), ("2024-05-31", "黄"), ("2024-05-30", "红")]
)
def test_a_late_milestone(planned: str, colour: str) -> None:
    found = light(steps=(Milestone("s", "M11", "主体封顶", planned=planned),))
    assert found is not None
    assert found.colour == colour
    if colour == "红":
        assert (found.rule, found.why) == ("里程碑", "主体封顶计划 2024.05.30，逾期 31 天")


def test_no_report_by_the_due_day() -> None:
    assert told(light(report=None, asked="2024-07-05")) == ("绿", "正常")
    assert told(light(report=None, asked="2024-07-06")) == ("黄", "报送")
    assert told(light(report=replace(REPORT, state="草稿"), asked="2024-07-06")) == ("黄", "报送")
    assert told(light(replace(FACTS, status="决算"), report=None, asked="2024-07-06")) == ("绿", "正常")


def test_the_same_words_two_months_running() -> None:
    found = light(report=replace(REPORT, image_progress=" 一 层"))
    assert told(found) == ("黄", "形象进度")
    assert told(light(report=replace(REPORT, image_progress=""), before=replace(BEFORE, image_progress=""))) == (
        "绿",
        "正常",
    )


def test_the_worst_counts_and_all_reasons_are_told() -> None:
    steps = (
        Milestone("s", "M11", "主体封顶", planned="2024-01"),
        Milestone("t", "M12", "装修与设备", planned="2024-06-20"),
    )
    found = light(steps=steps, report=replace(REPORT, cum_completed=390, image_progress="一层"))
    assert found is not None
    assert (found.colour, found.rule) == ("红", "里程碑")
    assert [one.rule for one in found.reasons] == ["里程碑", "投资进度", "形象进度"]
    assert "共 2 项逾期" in found.why


def test_what_is_finished_or_taken_off_is_not_chased() -> None:
    assert told(light(replace(FACTS, status="完工"), report=replace(REPORT, cum_completed=1))) == ("绿", "正常")
    assert light(replace(FACTS, status="取消")) is None


def test_before_the_first_month_nothing_is_judged_that_nobody_reported() -> None:
    facts = ProjectFacts("p", span="2022/2023", total_investment=1)
    assert lights_of(facts, standing_of(facts, (), DAY), None, None, DAY, A) is None
    steps = (Milestone("s", "M09", "开工", planned="2024-01"),)
    found = lights_of(facts, standing_of(facts, steps, DAY), None, None, DAY, A)
    assert told(found) == ("红", "开工")


def test_an_override_holds_until_its_day_and_keeps_the_rules_in_sight() -> None:
    override = Override("o", "p", "绿", "州长办公会同意延期", "2024-07-31")
    late = (Milestone("s", "M11", "主体封顶", planned="2024-01"),)
    found = light(steps=late, override=override, asked="2024-07-31")
    assert found is not None
    assert (found.colour, found.is_override) == ("绿", True)
    assert "州长办公会同意延期，有效至 2024.07.31；按规则为红灯" in found.why
    assert told(light(steps=late, override=override, asked="2024-08-01")) == ("红", "里程碑")


def test_sites_tell_how_far_a_bundled_project_is() -> None:
    facts = replace(FACTS, status="")
    some = standing_of(facts, (), DAY, RolledUp(count=3, started=1, finished=1, opened=1))
    assert (some.is_started, some.is_finished, some.is_opened) == (True, False, False)
    whole = standing_of(facts, (), DAY, RolledUp(count=3, started=3, finished=3, opened=3))
    assert (whole.is_started, whole.is_finished, whole.is_opened) == (True, True, True)


def test_thresholds_are_kept_and_refused_when_upside_down() -> None:
    assert Thresholds.from_stored(B.stored) == B
    assert Thresholds.from_stored({"behind_red": 40, "unknown": 1, "due_day": "5"}) == replace(A, behind_red=40)
    assert Thresholds.from_stored(None) == A
    with pytest.raises(FieldError, match="颠倒"):
        replace(A, behind_yellow=31)


@pytest.mark.parametrize("thresholds", [A, B])
def test_a_light_behind_says_the_amount_that_makes_it_green_and_no_less(thresholds: Thresholds) -> None:
    facts = replace(FACTS, total_investment=360 * FEN_PER_WAN)
    found = light(facts, report=replace(REPORT, cum_completed=50 * FEN_PER_WAN), thresholds=thresholds)
    assert found is not None
    wanted = int(re.findall(r"累计完成达到 (\d+) 万元", found.reasons[0].cure)[0])
    for amount, colour in ((wanted, "绿"), (wanted - 1, "黄")):
        again = light(facts, report=replace(REPORT, cum_completed=amount * FEN_PER_WAN), thresholds=thresholds)
        assert again is not None
        assert again.colour == colour


def test_every_light_that_is_not_green_says_how_it_becomes_so() -> None:
    late = Milestone("s", "M09", "开工", planned="2024-02")
    found = light(replace(FACTS, status="前期"), (late,), None, BEFORE, asked="2024-07-20")
    assert found is not None
    assert len(found.reasons) >= 3
    assert all(reason.cure and reason.told.endswith(f"转绿：{reason.cure}") for reason in found.reasons)
