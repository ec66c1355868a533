"""What 进度图 draws of a project: its plan, what was reached, what is expected, its steps, and the days it slips."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.dates import first_day, is_date, last_day
from laoxiao_desktop.models.span import Span

FINAL_ACCOUNT: Final = "M15"  # 竣工决算 follows the work, so that no bar runs up to it

Days = tuple[int, int]  # the first and the last day, as ordinals


@dataclass(frozen=True, slots=True)
class Mark:
    """One milestone on the chart. Dates are stored forms; `baseline` is the planned one of the latest baseline."""

    uid: str
    code: str
    name: str
    weight: int = 0
    planned: str | None = None
    forecast: str | None = None
    actual: str | None = None
    baseline: str | None = None

    @property
    def at(self) -> str | None:
        """Where it stands: reached, else expected, else planned."""
        return self.actual or self.forecast or self.planned

    @property
    def due(self) -> str | None:
        """What it is measured against: the latest baseline, else the plan."""
        return self.baseline or self.planned


@dataclass(frozen=True, slots=True)
class Subject:
    """The project of a bar. The span is the stored form."""

    uid: str
    name: str
    county: str = ""
    list_no: int | None = None
    status: str = ""
    span: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the chart; days are ordinals.

    `plan` runs over the planned steps, else over 建设期限; its end is None while that is open. `actual` runs from the
    first to the last step that was reached, `forecast_end` stands where the last open step is expected, None when that
    day has passed or nothing is known. `slip` is the worst delay of the open steps (of the last one when all are
    reached); None without anything to measure by.
    """

    subject: Subject
    plan_start: int | None = None
    plan_end: int | None = None
    actual: Days | None = None
    forecast_end: int | None = None
    slip: int | None = None
    overdue: int = 0
    share: int | None = None
    is_finished: bool = False
    marks: tuple[Mark, ...] = ()
    light: str = ""  # 红, 黄, 绿; "" without anything to judge by
    why: str = ""

    @property
    def reach(self) -> Days | None:
        """The first and last day that are drawn of it."""
        days = [day for day in (self.plan_start, self.plan_end, self.forecast_end, *(self.actual or ())) if day]
        return (min(days), max(days)) if days else None


@dataclass(slots=True)
class Calendar:
    """Days of stored dates, each worked out once: the same months stand thousands of times in a ledger."""

    _known: dict[str, Days] = field(default_factory=dict)

    def days(self, stored: str) -> Days:
        """The first and last day of a stored date."""
        found = self._known.get(stored)
        if found is None:
            found = self._known[stored] = (first_day(stored).toordinal(), last_day(stored).toordinal())
        return found

    def known(self, stored: str | None) -> str | None:
        """The date itself; None where it is none, as in a damaged ledger."""
        return stored if stored and (stored in self._known or is_date(stored)) else None


def bar_of(subject: Subject, marks: Sequence[Mark], today: dt.date, calendar: Calendar | None = None) -> Bar:
    """The line of one project as it stands today."""
    calendar = calendar or Calendar()
    work = [mark for mark in marks if mark.code != FINAL_ACCOUNT] or list(marks)
    plan_start, plan_end = _plan(subject.span, work, calendar)
    reached = [calendar.days(mark.actual) for mark in work if mark.actual]
    waiting = [mark for mark in work if not mark.actual]
    is_finished = bool(work) and not waiting
    slips = [slip for mark in (waiting or work[-1:]) if (slip := slip_of(mark, today, calendar)) is not None]
    return Bar(
        subject=subject,
        plan_start=plan_start,
        plan_end=plan_end,
        actual=(min(first for first, _ in reached), max(last for _, last in reached)) if reached else None,
        forecast_end=_forecast_end(waiting, bool(reached), today, calendar),
        slip=max(slips, default=None),
        overdue=_overdue(waiting, today, calendar),
        share=_share(marks),
        is_finished=is_finished,
        marks=tuple(marks),
    )


def slip_of(mark: Mark, today: dt.date, calendar: Calendar | None = None) -> int | None:
    """Days behind its baseline or plan, negative when early; None without one.

    Months are read in favour of the unit, as everywhere: a month of plan ends on its last day, the month in which a
    step was or will be reached begins on its first. An open step whose day has passed is late until today at least.
    """
    calendar = calendar or Calendar()
    if mark.due is None:
        return None
    deadline = calendar.days(mark.due)[1]
    reached = mark.actual or mark.forecast or (mark.planned if mark.baseline else None)
    behind = 0
    if reached is not None:
        first, last = calendar.days(reached)
        behind = max(first - deadline, 0) or min(last - deadline, 0)
    if mark.actual:
        return behind
    return max(behind, today.toordinal() - deadline) if today.toordinal() > deadline else behind


def mean_share(bars: Iterable[Bar]) -> int | None:
    """The mean of the shares that are known, in percent; None when none is."""
    shares = [bar.share for bar in bars if bar.share is not None]
    return (2 * sum(shares) + len(shares)) // (2 * len(shares)) if shares else None


def show_slip(slip: int | None) -> str:
    """+66 天, 按期, 提前 12 天; — where there is nothing to measure by."""
    if slip is None:
        return "—"
    return f"+{slip} 天" if slip > 0 else f"提前 {-slip} 天" if slip < 0 else "按期"


def _plan(span: str | None, work: Sequence[Mark], calendar: Calendar) -> tuple[int | None, int | None]:
    planned = [calendar.days(mark.planned) for mark in work if mark.planned]
    if planned:
        return min(first for first, _ in planned), max(last for _, last in planned)
    try:
        read = Span.from_stored(span) if span else None
    except UserError:
        read = None
    if read is None:
        return None, None
    return read.first_day.toordinal(), read.last_day.toordinal() if read.last_day else None


def _forecast_end(waiting: Sequence[Mark], has_begun: bool, today: dt.date, calendar: Calendar) -> int | None:
    """Where the last open step is expected; nothing is expected of a project of which only the plan is known."""
    if not has_begun and not any(mark.forecast for mark in waiting):
        return None
    end = max((calendar.days(mark.at)[1] for mark in waiting if mark.at), default=0)
    return end if end >= today.toordinal() else None


def _overdue(waiting: Sequence[Mark], today: dt.date, calendar: Calendar) -> int:
    deadlines = [mark.planned or mark.forecast for mark in waiting]
    return max((today.toordinal() - calendar.days(day)[1] for day in deadlines if day), default=0)


def _share(marks: Sequence[Mark]) -> int | None:
    """As `milestone.done_share`: the weight of the steps that were reached."""
    if not marks:
        return None
    has_weights = any(mark.weight for mark in marks)
    whole = sum(mark.weight for mark in marks) if has_weights else len(marks)
    done = sum(mark.weight if has_weights else 1 for mark in marks if mark.actual)
    return (done * 200 + whole) // (2 * whole)
