"""The rules of the lights: each looks at one project on one day and says what it found, with its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from laoxiao_desktop.models.dates import first_day, last_day, show_date
from laoxiao_desktop.models.lights import ALL_WELL, Colour, Light, Override, Reason, Thresholds, overridden, worst
from laoxiao_desktop.models.money import FEN_PER_WAN
from laoxiao_desktop.models.monthly import COUNTED, EXEMPT, MonthReport, ProjectFacts, Step, show_month
from laoxiao_desktop.models.rates import elapsed, quotient, rounded
from laoxiao_desktop.models.sites import RolledUp

START, PROGRESS, MILESTONE, REPORT, SAME = "开工", "投资进度", "里程碑", "报送", "形象进度"
STARTED: Final = frozenset({"在建", "停工", "完工", "投用", "决算"})  # statuses that tell that work has begun
FINISHED: Final = frozenset({"完工", "投用", "决算"})
OPENED: Final = frozenset({"投用", "决算"})
START_CODES: Final = ("M09", "M10", "M11", "M12", "M13", "M14", "M15")  # reaching one of them means having begun
FINISH_CODES: Final = ("M13", "M14", "M15")
OPEN_CODES: Final = ("M14",)
_START_CURE: Final = "开工后填里程碑“开工”的实际日期；批准延期的，改计划日期"
_SAME_CURE: Final = "按本月实际改写形象进度说明"
_NO_SITES: Final = RolledUp()
_elapsed = lru_cache(maxsize=4096)(elapsed)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a project is on a day: begun, finished, opened; when it should begin; its latest milestone."""

    is_started: bool
    is_finished: bool
    is_opened: bool
    planned_start: str | None = None
    late_step: str = ""
    late_since: str = ""  # the stored date that has passed
    late_days: int = 0
    late_count: int = 0
    has_steps: bool = False


def standing_of(facts: ProjectFacts, steps: Iterable[Step], day: dt.date, sites: RolledUp | None = None) -> Standing:
    """From the status, the milestones and the sites; what was reached after `day` does not count on it.

    A bundled project has begun with its first site, and is finished and open with its last.
    """
    today = day.isoformat()
    reached = set()
    planned_start: str | None = None
    late_step, late_since, late_days, late_count, has_steps = "", "", 0, 0, False
    for step in steps:
        has_steps = True
        if step.code == "M09":
            planned_start = step.planned or step.forecast
        if step.actual and step.actual <= today:
            reached.add(step.code)
            continue
        deadline = step.planned or step.forecast
        if deadline is None or deadline >= today[: len(deadline)]:  # a month is over when its last day is
            continue
        late_count += 1
        days = days_late(step, day)
        if days > late_days:
            late_step, late_since, late_days = step.name, deadline, days
    sites = sites or _NO_SITES
    return Standing(
        is_started=facts.status in STARTED or not reached.isdisjoint(START_CODES) or sites.started > 0,
        is_finished=facts.status in FINISHED or not reached.isdisjoint(FINISH_CODES) or sites.is_finished,
        is_opened=facts.status in OPENED or not reached.isdisjoint(OPEN_CODES) or sites.is_opened,
        planned_start=planned_start,
        late_step=late_step,
        late_since=late_since,
        late_days=late_days,
        late_count=late_count,
        has_steps=has_steps,
    )


def days_late(step: Step, day: dt.date) -> int:
    """Days since the planned, else the expected day passed; more where the unit itself expects more."""
    past = (day - last_day(step.planned or step.forecast or "")).days
    if step.planned and step.forecast:
        return max(past, (first_day(step.forecast) - last_day(step.planned)).days)
    return past


def lights_of(
    facts: ProjectFacts,
    standing: Standing,
    report: MonthReport | None,
    previous: MonthReport | None,
    day: dt.date,
    thresholds: Thresholds,
    override: Override | None = None,
    *,
    month: str | None = None,
    due_on: str | None = None,
    asked_on: dt.date | None = None,
) -> Light | None:
    """The light of a project on `day` (the end of `month`, or today); None where there is nothing to judge it by.

    `report` is this month's, `previous` what was known before. Whether the report is missing is judged on `asked_on`.
    An override holds while `asked_on` (else `day`) has not passed its last day.
    """
    if facts.status == "取消":
        return None
    reasons = [
        *_start(facts, standing, day, thresholds, is_month=month is not None),
        *_progress(facts, standing, report, previous, day, thresholds),
        *_milestone(standing, thresholds),
        *_missing(facts, report, month, due_on, asked_on or day, thresholds),
        *_same(standing, report, previous, thresholds),
    ]
    light: Light | None = None
    if reasons:
        light = worst(reasons)
    elif month is not None or standing.has_steps:
        light = worst([Reason("绿", ALL_WELL, _well(facts, standing, report, previous, day))])
    if override is not None and override.expires_on >= (asked_on or day).isoformat():
        return overridden(light, override)
    return light


def _start(
    facts: ProjectFacts, standing: Standing, day: dt.date, thresholds: Thresholds, *, is_month: bool
) -> Iterator[Reason]:
    """The month of the planned start passed without 开工. Without a milestone the span tells, its year read to its end."""
    planned = standing.planned_start or (_span_start(facts.span) if is_month else None)
    if standing.is_started or planned is None:
        return
    months = (day.year - int(planned[:4])) * 12 + day.month - int(planned[5:7])
    if months >= thresholds.start_yellow:
        colour: Colour = "红" if months >= thresholds.start_red else "黄"
        yield Reason(
            colour,
            START,
            f"计划 {show_date(planned[:7])} 开工，到 {day.year}.{day.month:02d} 未开工，超期 {months} 个月",
            _START_CURE,
        )


@lru_cache(maxsize=4096)
def _span_start(span: str | None) -> str | None:
    start = (span or "").partition("/")[0]
    return None if not start else start if len(start) == 7 else f"{start}-12"


def _progress(
    facts: ProjectFacts,
    standing: Standing,
    report: MonthReport | None,
    previous: MonthReport | None,
    day: dt.date,
    thresholds: Thresholds,
) -> Iterator[Reason]:
    """投资完成率 beside 序时进度; not judged before anything was reported, nor once the project is finished."""
    completed = _completed(report, previous)
    part = _elapsed(facts.span, day)
    if completed is None or not facts.total_investment or part is None or standing.is_finished or not part:
        return
    total, elapsed_part, whole = facts.total_investment, part.numerator, part.denominator
    behind = elapsed_part * total - completed * whole  # points behind, over `scale`
    scale = whole * total
    if thresholds.preset == "A":
        if behind * 100 >= thresholds.behind_yellow * scale:
            colour: Colour = "红" if behind * 100 > thresholds.behind_red * scale else "黄"
            yield Reason(
                colour,
                PROGRESS,
                f"{_numbers(completed, total, part)}，落后 {quotient(behind * 100, scale, 1)} 个百分点",
                _amount_cure(total * (elapsed_part * 100 - thresholds.behind_yellow * whole), whole * 100),
            )
    elif completed * whole * 100 < elapsed_part * total * thresholds.share_yellow:
        is_red = completed * whole * 100 < elapsed_part * total * thresholds.share_red
        share = quotient(completed * whole * 100, elapsed_part * total, 1)
        why = f"{_numbers(completed, total, part)}，只到序时的 {share}%"
        enough = _amount_cure(total * elapsed_part * thresholds.share_yellow, whole * 100)
        yield Reason("红" if is_red else "黄", PROGRESS, why, enough)


def _amount_cure(numerator: int, denominator: int) -> str:
    """What has to be completed so that the rule is silent, in whole 万元 above the exact amount."""
    return f"累计完成达到 {numerator // (denominator * FEN_PER_WAN) + 1} 万元"


def _numbers(completed: int, total: int, part: Fraction) -> str:
    return f"投资完成率 {quotient(completed * 100, total, 1)}%，序时 {rounded(part * 100, 1)}%"


def _milestone(standing: Standing, thresholds: Thresholds) -> Iterator[Reason]:
    if standing.late_days < max(thresholds.milestone_yellow, 1):
        return
    colour: Colour = "红" if standing.late_days > thresholds.milestone_red else "黄"
    more = f"，共 {standing.late_count} 项逾期" if standing.late_count > 1 else ""
    why = f"{standing.late_step}计划 {show_date(standing.late_since)}，逾期 {standing.late_days} 天{more}"
    cure = f"达到后填“{standing.late_step}”的实际日期；批准延期的，改计划日期"
    yield Reason(colour, MILESTONE, why, cure)


def _missing(
    facts: ProjectFacts,
    report: MonthReport | None,
    month: str | None,
    due_on: str | None,
    asked_on: dt.date,
    thresholds: Thresholds,
) -> Iterator[Reason]:
    if not thresholds.has_missing or month is None or due_on is None or facts.status in EXEMPT:
        return
    if (report is None or report.state not in COUNTED) and asked_on.isoformat() > due_on:
        days = (asked_on - dt.date.fromisoformat(due_on)).days
        why = f"{show_month(month)}月报应于 {show_date(due_on)} 前报送，已过 {days} 天未报"
        yield Reason("黄", REPORT, why, f"上报{show_month(month)}月报")


def _same(
    standing: Standing, report: MonthReport | None, previous: MonthReport | None, thresholds: Thresholds
) -> Iterator[Reason]:
    if not thresholds.has_same_text or report is None or previous is None or standing.is_finished:
        return
    text = "".join(report.image_progress.split())
    if text and text == "".join(previous.image_progress.split()):
        shown = text if len(text) <= 16 else text[:15] + "…"
        yield Reason("黄", SAME, f"形象进度说明与{show_month(previous.month)}相同：“{shown}”", _SAME_CURE)


def _well(
    facts: ProjectFacts, standing: Standing, report: MonthReport | None, previous: MonthReport | None, day: dt.date
) -> str:
    """Why a light is green, with the numbers there are."""
    if standing.is_finished:
        return "已完工"
    completed, part = _completed(report, previous), _elapsed(facts.span, day)
    if completed is not None and facts.total_investment and part is not None:
        return f"{_numbers(completed, facts.total_investment, part)}，没有逾期"
    return "没有逾期的里程碑" if standing.has_steps else f"到 {day.year}.{day.month:02d} 没有逾期事项"


def _completed(report: MonthReport | None, previous: MonthReport | None) -> int | None:
    now = report.cum_completed if report else None
    return now if now is not None else previous.cum_completed if previous else None
