"""The words of the parts of a report: sectors, and counties ranked by what they have completed, with their table."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.narrative_words import NAMED_AT_MOST, beside
from laoxiao_desktop.models.rates import rounded, show
from laoxiao_desktop.models.report_text import Block, Figures, Head, Text
from laoxiao_desktop.models.summary import UNFILLED, MonthlySummary, MonthPart, Part, PartMonth

_TITLE = "表1　各县（市、区）项目情况"


def by_part(summary: MonthlySummary) -> list[Block]:
    """Sectors, then counties where there are any to tell apart."""
    of_sectors = {part.label: part for part in summary.month.by_sector} if summary.month else {}
    texts: list[Block] = [Text(_sector(part, of_sectors.get(part.label))) for part in summary.sectors]
    if not has_counties(summary):
        return texts
    return [
        Head(2, "（一）分领域"),
        *texts,
        Head(2, "（二）分县（市、区）"),
        Text(_county_text(summary)),
        _month_table(summary.month) if summary.month and summary.total.completed is not None else _table(summary),
    ]


def has_counties(summary: MonthlySummary) -> bool:
    """Whether the report tells counties apart."""
    return not summary.is_county and any(part.label != UNFILLED for part in summary.counties)


def counted(part: Part) -> str:
    """3个，总投资705.67万元，申请中央预算内投资440.54万元."""
    total = f"{show_money(part.total_investment)}万元" if part.unpriced < part.count else "尚未填报"
    request = f"{show_money(part.central_request)}万元" if part.unrequested < part.count else "尚未填报"
    return f"{part.count}个，总投资{total}，申请中央预算内投资{request}"


def named(part: Part) -> str:
    """养老项目, 未填类别的项目."""
    return f"{part.label}项目" if part.label != UNFILLED else "未填类别的项目"


def _sector(part: Part, month: PartMonth | None) -> str:
    if month is None or part.completed is None:
        text = f"{named(part)}{counted(part)}。" + ("累计完成投资尚未填报。" if month is not None else "")
    else:
        now = month.figures
        text = f"{named(part)}{part.count}个，总投资{show_money(part.total_investment)}万元，"
        text += f"累计完成投资{show_money(now.completed)}万元"
        if now.completed_rate.value is not None:
            text += f"，投资完成率{show(now.completed_rate)}%{beside(now.completed_rate, month.expected)}"
        text += f"；已开工{now.started}个，已完工{now.finished}个，红灯{now.red}个、黄灯{now.yellow}个。"
    scales = [
        f"{name}{capacity.show(unit)}"
        for name, capacity, unit in (("床位", part.beds, "张"), ("托位", part.places, "个"))
        if capacity is not None
    ]
    if scales:
        text += f"按台账已填规模合计，{'、'.join(scales)}。"
    if part.steps == 0:
        return text + "尚未设置里程碑。"
    text += f"设置里程碑{part.steps}项"
    text += f"，已完成{part.done}项" if part.has_actuals else "，完成情况尚未填报"
    return text + (f"，逾期{part.late}项，涉及{part.late_projects}个项目。" if part.late else "，没有逾期。")


def _county_text(summary: MonthlySummary) -> str:
    filled = [part for part in summary.counties if part.label != UNFILLED]
    text = f"项目分布在{len(filled)}个县（市、区），详见表1。"
    if len(filled) == 1:
        text = f"项目均在{filled[0].label}，详见表1。"
    elif summary.month is not None and summary.total.completed is not None:
        text += _ranked([part for part in summary.month.by_county if part.label != UNFILLED])
    else:
        most = max(filled, key=lambda part: (part.count, part.total_investment))
        largest = max(filled, key=lambda part: part.total_investment)
        text += f"项目数最多的是{most.label}，{most.count}个；"
        text += f"总投资最高的是{largest.label}，{show_money(largest.total_investment)}万元。"
    late = sorted((part for part in filled if part.late), key=lambda part: -part.late)
    if late:
        text += "逾期里程碑的分布：" + "、".join(f"{part.label}{part.late}项" for part in late) + "。"
    missing = sum(part.count for part in summary.counties if part.label == UNFILLED)
    return text + (f"另有{missing}个项目尚未填报县（市、区）。" if missing else "")


def _ranked(parts: Sequence[PartMonth]) -> str:
    """Counties by what they have completed of their investment, and those that are behind the time that has passed."""
    told = [part for part in parts if part.is_told]
    rated = [(value, part.label) for part in told if (value := part.figures.completed_rate.value) is not None]
    ranked = sorted(rated, key=lambda one: -one[0])
    text = "按投资完成率由高到低排列：" + "、".join(f"{label}{show(value)}%" for value, label in ranked) + "。"
    silent = [part.label for part in parts if not part.is_told]
    if silent:
        text += f"{'、'.join(silent)}尚未填报累计完成投资。"
    behind = sorted(((points, part.label) for part in told if (points := _behind(part)) > 0), key=lambda one: -one[0])
    if not behind:
        return text + ("均不低于序时进度。" if told and all(part.expected is not None for part in told) else "")
    shown = "、".join(f"{label}低{rounded(points, 1)}个百分点" for points, label in behind[:NAMED_AT_MOST])
    more = "等" if len(behind) > NAMED_AT_MOST else ""
    if len(behind) == len(parts):
        return text + f"均低于序时进度，其中{shown}{more}。"
    return text + f"低于序时进度的县（市、区）{len(behind)}个：{shown}{more}。"


def _behind(part: PartMonth) -> Fraction:
    """Points behind the time that has passed, as they are printed; 0 where one of both is absent."""
    rate = part.figures.completed_rate.value
    if rate is None or part.expected is None:
        return Fraction(0)
    points = (part.expected - rate) * 100
    return points if rounded(points, 1) != "0.0" else Fraction(0)


def _month_table(month: MonthPart) -> Figures:
    """The counties of a reported month, the highest rate on top."""
    heads: tuple[tuple[str, float], ...] = (
        ("县（市、区）", 3),
        ("项目数\n（个）", 2),
        ("总投资\n（万元）", 3),
        ("累计完成\n（万元）", 3),
        ("完成率\n（%）", 2.2),
        ("序时进度\n（%）", 2.2),
        ("已开工\n（个）", 2),
        ("已完工\n（个）", 2),
        ("红灯\n（个）", 2),
        ("黄灯\n（个）", 2),
    )
    ordered = sorted(month.by_county, key=_place)
    whole = PartMonth("合计", month.figures, month.expected)
    return Figures(f"{_TITLE}（按完成率排列）", heads, tuple(map(_month_row, ordered)), _month_row(whole))


def _place(part: PartMonth) -> tuple[bool, bool, Fraction]:
    """The highest rate first, then those without one, what has no county last."""
    rate = part.figures.completed_rate.value if part.is_told else None
    return part.label == UNFILLED, rate is None, -(rate or Fraction(0))


def _month_row(part: PartMonth) -> tuple[str, ...]:
    now = part.figures
    money = (show_money(now.total_investment), show_money(now.completed) if part.is_told else "")
    rates = (show(now.completed_rate if part.is_told else None), show(part.expected))
    return (part.label, str(now.projects), *money, *rates, *map(str, (now.started, now.finished, now.red, now.yellow)))


def _table(summary: MonthlySummary) -> Figures:
    has_steps = summary.total.steps > 0
    has_money = summary.total.completed is not None
    heads: tuple[tuple[str, float], ...] = (
        ("县（市、区）", 3),
        ("项目数\n（个）", 2),
        ("总投资\n（万元）", 3),
        ("申请中央\n（万元）", 3),
    )
    if has_money:
        heads += (("累计完成\n（万元）", 3), ("完成率\n（%）", 2.2))
    if has_steps:
        heads += (("里程碑\n（项）", 2.2), ("已完成\n（项）", 2.2), ("逾期\n（项）", 2))
    rows = tuple(_row(part, has_steps, has_money) for part in summary.counties)
    return Figures(_TITLE, heads, rows, _row(summary.total, has_steps, has_money))


def _row(part: Part, has_steps: bool, has_money: bool) -> tuple[str, ...]:
    row: tuple[str, ...] = (
        part.label,
        str(part.count),
        show_money(part.total_investment),
        show_money(part.central_request),
    )
    if has_money:
        row = (*row, show_money(part.completed), show(part.completed_rate))
    return (*row, str(part.steps), str(part.done), str(part.late)) if has_steps else row
