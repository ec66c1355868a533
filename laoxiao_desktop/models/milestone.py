"""Milestone: a step of a project with its planned, expected and actual date; the templates and how late a step is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from laoxiao_desktop.models.dates import add_months, first_day, is_date, last_day, show_date
from laoxiao_desktop.models.span import Span

State = Literal["done", "late", "due", "open"]
Light = Literal["红", "黄", "绿", ""]

DUE_DAYS: Final = 30  # a step is “due” this many days ahead
RED_DAYS: Final = 30  # up to here late is 黄, beyond it 红


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a template; `part` is the share of the span at which it is planned, 0 to 1."""

    code: str
    name: str
    weight: int
    part: float


TEMPLATE: Final = (
    Step("M01", "立项", 4, 0.00),
    Step("M02", "用地预审与选址", 4, 0.06),
    Step("M03", "可研批复", 6, 0.12),
    Step("M04", "初设及概算", 6, 0.18),
    Step("M05", "用地/规划许可", 6, 0.22),
    Step("M06", "资金下达", 6, 0.26),
    Step("M07", "招标与合同", 6, 0.32),
    Step("M08", "施工许可", 6, 0.36),
    Step("M09", "开工", 8, 0.38),
    Step("M10", "基础/正负零", 10, 0.50),
    Step("M11", "主体封顶", 14, 0.68),
    Step("M12", "装修与设备", 10, 0.86),
    Step("M13", "竣工验收(含消防)", 8, 0.95),
    Step("M14", "备案投用", 4, 1.00),
    Step("M15", "竣工决算", 2, 1.00),
)
RENOVATION_TEMPLATE: Final = (
    Step("M01", "立项", 10, 0.00),
    Step("M04", "方案及概算", 10, 0.15),
    Step("M06", "资金下达", 10, 0.25),
    Step("M07", "招标与合同", 15, 0.35),
    Step("M09", "开工", 10, 0.42),
    Step("M12", "装修与设备", 25, 0.80),
    Step("M13", "竣工验收(含消防)", 10, 0.92),
    Step("M14", "备案投用", 5, 1.00),
    Step("M15", "竣工决算", 5, 1.00),
)
_RENOVATIONS: Final = frozenset({"改建", "设备购置"})


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of a project. Dates are stored forms ("2023-05-30" or "2023-05"); `actual` means done."""

    uid: str
    code: str
    name: str
    planned: str | None = None
    forecast: str | None = None
    actual: str | None = None
    note: str | None = None
    weight: int | None = None
    evidence: str | None = None

    def __post_init__(self) -> None:
        for date in (self.planned, self.forecast, self.actual):
            if date is not None and not is_date(date):
                raise ValueError(f"not a stored date: {date!r}")


def template_for(build_kind: str | None) -> tuple[Step, ...]:
    """The steps to start from: a shorter list where nothing new is built."""
    return RENOVATION_TEMPLATE if build_kind in _RENOVATIONS else TEMPLATE


def spread(span: Span | None, steps: Sequence[Step] = TEMPLATE) -> dict[str, str]:
    """Planned months by code, spread over the span; empty for an absent or open one.

    The final account stands three months after the acceptance, the longest the rule allows.
    """
    if span is None or span.last_day is None:
        return {}
    first, last = span.first_day, span.last_day
    months = (last.year - first.year) * 12 + last.month - first.month
    start = f"{first.year:04d}-{first.month:02d}"
    planned = {step.code: add_months(start, round(step.part * months)) for step in steps}
    if "M15" in planned and "M13" in planned:
        planned["M15"] = add_months(planned["M13"], 3)
    return planned


def state(milestone: Milestone, today: dt.date) -> State:
    """done; late: the planned day has passed; due: planned within 30 days; open otherwise.

    A month has passed when its last day has. Without a planned date the expected one counts.
    """
    if milestone.actual:
        return "done"
    deadline = milestone.planned or milestone.forecast
    if deadline is None:
        return "open"
    left = (last_day(deadline) - today).days
    return "late" if left < 0 else "due" if left <= DUE_DAYS else "open"


def slip_days(milestone: Milestone, today: dt.date) -> int:
    """Days behind plan: the actual, else the expected date, else today once the plan has passed. Negative is early.

    Months are read in favour of the unit: a month of plan ends on its last day, an actual month begins on its first.
    """
    if milestone.planned is None:
        return 0
    deadline = last_day(milestone.planned)
    reached = milestone.actual or milestone.forecast
    behind = 0
    if reached is not None:
        early = (last_day(reached) - deadline).days
        behind = max((first_day(reached) - deadline).days, 0) or min(early, 0)
    if milestone.actual:
        return behind
    overdue = (today - deadline).days
    return max(behind, overdue) if overdue > 0 else behind


def done_share(milestones: Iterable[Milestone]) -> int | None:
    """Weight of the done steps in percent; steps count alike where no weight is given; None without steps."""
    steps = tuple(milestones)
    has_weights = any(step.weight for step in steps)
    weights = [(step.weight or 0) if has_weights else 1 for step in steps]
    if not steps:
        return None
    done = sum(weight for step, weight in zip(steps, weights, strict=True) if step.actual)
    return (done * 200 + sum(weights)) // (2 * sum(weights))


def headline(milestones: Sequence[Milestone], today: dt.date) -> tuple[str, Light]:
    """One line for a project and its milestone light: what is done, what comes next, how late the worst step is."""
    if not milestones:
        return "尚未设置里程碑", ""
    done = sum(1 for step in milestones if step.actual)
    text = f"已完成 {done}/{len(milestones)}"
    waiting = [step for step in milestones if not step.actual]
    if not waiting:
        return text, "绿"
    late = [step for step in waiting if state(step, today) == "late"]
    if late:
        worst = max(late, key=lambda step: slip_days(step, today))
        days = max(slip_days(worst, today), (today - last_day(worst.planned or worst.forecast or "")).days)
        more = f"，共 {len(late)} 项逾期" if len(late) > 1 else ""
        return f"{text}，{worst.name}逾期 {days} 天{more}", "红" if days > RED_DAYS else "黄"
    upcoming = min(waiting, key=lambda step: step.forecast or step.planned or "9999")
    when = upcoming.forecast or upcoming.planned
    return f"{text}，下一步{upcoming.name}" + (f"（{show_date(when)}）" if when else ""), "绿"
