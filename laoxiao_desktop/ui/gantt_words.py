"""What is said of a milestone on 进度图: its dates, how late it is, and where a drag would put it."""

import datetime as dt

from laoxiao_desktop.models.dates import show_date
from laoxiao_desktop.models.gantt import Bar, Calendar, Mark, show_slip, slip_of


def explain_mark(mark: Mark, today: dt.date, calendar: Calendar) -> str:
    """All dates of a milestone, one a line."""
    lines = [f"{mark.name}{'' if mark.actual else '（未完成）'}"]
    dates = (("版次", mark.baseline), ("计划", mark.planned), ("预计", mark.forecast), ("实际", mark.actual))
    lines += [f"{label} {show_date(date)}" for label, date in dates if date]
    slip = slip_of(mark, today, calendar)
    if slip:
        against = "比版次" if mark.baseline else "比计划"
        lines.append(f"{against}晚 {slip} 天" if slip > 0 else f"{against}早 {-slip} 天")
    return "\n".join(lines)


def line_words(bar: Bar, today: dt.date, calendar: Calendar) -> str:
    """A line of the chart for the clipboard, with tabs for a table: the project, then its milestones."""
    share = "" if bar.share is None else f"完成 {bar.share} %"
    lines = ["\t".join((bar.subject.name, share, show_slip(bar.slip)))]
    lines += [explain_mark(mark, today, calendar).replace("\n", "\t") for mark in bar.marks]
    return "\n".join(lines)


def drag_hint(mark: Mark, stored: str, calendar: Calendar) -> str:
    """Said beside the mouse while a mark is dragged: 主体封顶 预计 2024.08，比计划晚 31 天."""
    words = f"{mark.name}  预计 {show_date(stored)}"
    if mark.due is None:
        return words
    deadline = calendar.days(mark.due)[1]
    first, last = calendar.days(stored)
    behind = max(first - deadline, 0) or min(last - deadline, 0)
    against = "比版次" if mark.baseline else "比计划"
    return f"{words}，" + (
        f"{against}晚 {behind} 天" if behind > 0 else f"{against}早 {-behind} 天" if behind else "按期"
    )


def snapped(day: int, *, to_days: bool) -> str:
    """The stored date for a day of the axis: the day itself, or its month where a day is less than a pixel."""
    date = dt.date.fromordinal(day)
    return date.isoformat() if to_days else date.isoformat()[:7]
