"""The words of a reported month: money beside the month before and the time that has passed, lights, problems reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from laoxiao_desktop.models.dates import add_months, show_date_in_words
from laoxiao_desktop.models.lights import OVERRIDE
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.monthly import month_end, show_month
from laoxiao_desktop.models.narrative_words import (
    NAMED_AT_MOST,
    beside,
    by_kind,
    dates_in_words,
    in_words,
    more,
    more_money,
    numbered,
    of_project,
    one_kind,
    rank,
    tight,
)
from laoxiao_desktop.models.overview import Figures
from laoxiao_desktop.models.rates import Rate, elapsed_of_year, rounded, show
from laoxiao_desktop.models.report_text import Block, Text
from laoxiao_desktop.models.summary import LightFact, MonthPart, ProblemFact

_CENTRAL = (("central_arrived", "到位"), ("central_completed", "完成"), ("central_paid", "支付"))


def money(month: MonthPart) -> list[str]:
    """Who has reported; what was completed; what arrived and was paid; how many have begun, finished and opened."""
    return [_reported(month) + _completed(month), _funds(month), _begun(month)]


def lights(month: MonthPart, as_of: dt.date) -> list[Block]:
    """The lights of the month, and the red ones with cause, owner, deadline and next step.

    Their days are counted to the end of the month; where the report goes on to a later day, that is said.
    """
    now, before = month.figures, month.previous
    if not (now.red or now.yellow or now.green):
        return [Text(f"{show_month(month.month)}没有可以判定红黄绿灯的项目。")]
    text = f"{show_month(month.month)}红灯{now.red}个、黄灯{now.yellow}个、绿灯{now.green}个"
    if now.unlit:
        text += f"，{now.unlit}个没有可判定的数据"
    if before is not None:
        changes = [("红灯", now.red - before.red), ("黄灯", now.yellow - before.yellow)]
        said = "、".join(f"{name}{more(number)}" for name, number in changes if number)
        text += f"；{than(month)}{said}" if said else f"；红灯、黄灯个数与{_then(month)}持平"
    red = [one for one in month.lights if one.light == "红"]
    blocks: list[Block] = [Text(text + "。")]
    if not red:
        return [*blocks, Text("没有红灯项目。")]
    end = month_end(month.month, as_of)
    until = f"（天数算到{in_words(end)}）" if end < as_of and any("天" in one.why for one in red) else ""
    if len(red) == 1:
        gap = "" if red[0].owner and red[0].due_on else "该项目尚未登记责任人或整改时限。"
        return [*blocks, Text(f"红灯项目是{until}：{_light(red[0])}。{gap}")]
    shown = red[:NAMED_AT_MOST]
    head = f"红灯项目中列前{len(shown)}个{until}：" if len(red) > len(shown) else f"红灯项目是{until}："
    blocks += [Text(head), *(Text(line) for line in numbered([_light(one) for one in shown]))]
    rest = f"其余{len(red) - len(shown)}个见附件。" if len(red) > len(shown) else ""
    open_ended = sum(not (one.owner and one.due_on) for one in red)
    if open_ended:
        rest += f"红灯项目{'均' if open_ended == len(red) else f'中有{open_ended}个'}尚未登记责任人或整改时限。"
    return [*blocks, Text(rest)] if rest else blocks


def problems(month: MonthPart) -> list[Block]:
    """What the reports of the month state as problems, by kind, as they state it."""
    places = rank(one.kind for one in month.problems)
    found = sorted(month.problems, key=lambda one: places[one.kind])
    name = show_month(month.month)
    if not found:
        is_silent = month.figures.missing and not month.figures.reported
        return [Text(f"{name}的月报{'均未报送，所反映的问题不作统计' if is_silent else '没有反映问题'}。")]
    if len(found) == 1:
        return [Text(f"{name}的月报反映问题1个：{_problem(found[0])}。")]
    shown = found[:NAMED_AT_MOST]
    kinds = by_kind(one.kind for one in found)
    head = f"{name}的月报反映问题{len(found)}个" + (f"，其中{kinds}" if kinds else _all_of(one.kind for one in found))
    head += f"；列前{len(shown)}个：" if len(found) > len(shown) else "："
    return [Text(head), *(Text(line) for line in numbered([_problem(one) for one in shown]))]


def than(month: MonthPart) -> str:
    """较上月, or 较2024年3月 where months were left out."""
    return f"较{_then(month)}"


def _then(month: MonthPart) -> str:
    before = month.previous_month
    return "上月" if before is None or add_months(before, 1) == month.month else show_month(before)


def _all_of(kinds: Iterable[str]) -> str:
    kind = one_kind(kinds)
    return f"（均为{kind.removesuffix('类')}类）" if kind else ""


def _reported(month: MonthPart) -> str:
    now = month.figures
    due = now.reported + now.missing
    name = show_month(month.month)
    if not due:
        return f"{name}没有应报月报的项目。"
    if not now.missing:
        text = f"{name}应报月报的项目{due}个，已全部报送。"
    elif not now.reported:
        text = f"{name}应报月报的项目{due}个，均未报送。"
    else:
        text = f"{name}应报月报的项目{due}个，已报{now.reported}个，未报{now.missing}个。"
    return text + ("上月月报不在台账中，不作环比。" if month.previous is None else "")


def _completed(month: MonthPart) -> str:
    now = month.figures
    if "cum_completed" in month.untold:
        return "累计完成投资尚未填报。"
    text = f"累计完成投资{show_money(now.completed)}万元{_change(month, 'completed')}"
    if now.completed_rate.value is None:
        text += "；尚未填报总投资，不计投资完成率"
    else:
        text += f"；投资完成率{show(now.completed_rate)}%{_points(month, lambda one: one.completed_rate)}"
        text += beside(now.completed_rate, month.expected)
    text += f"。本年完成投资{show_money(now.year_completed)}万元"
    if now.year_planned and month.planned_projects:
        if month.planned_projects < now.projects:
            text += f"。登记了年度计划的{month.planned_projects}个项目，年度计划{show_money(now.year_planned)}万元"
            text += f"，本年完成{show_money(now.year_of_plan)}万元"
        else:
            text += f"，年度计划{show_money(now.year_planned)}万元"
        text += f"，年度完成率{show(now.year_rate)}%"
        text += beside(now.year_rate, elapsed_of_year(month.month), "年度序时进度")
    return text + "。"


def _funds(month: MonthPart) -> str:
    now = month.figures
    text = f"累计下达资金{show_money(now.allocated)}万元" if now.allocated else "资金下达尚未登记"
    if "cum_arrived" in month.untold:
        text += "；到位资金尚未填报"
    else:
        text += f"；累计到位资金{show_money(now.arrived)}万元{_change(month, 'arrived')}"
        if now.arrived_rate.value is not None:
            text += f"，到位率（到位/下达）{show(now.arrived_rate)}%{_points(month, lambda one: one.arrived_rate)}"
    if "cum_paid" in month.untold:
        text += "；支付资金尚未填报。"
    else:
        text += f"；累计支付资金{show_money(now.paid)}万元{_change(month, 'paid')}"
        if now.paid_rate.value is not None:
            text += f"，支付率（支付/完成）{show(now.paid_rate)}%{_points(month, lambda one: one.paid_rate)}"
        text += "。"
    return text + _central(month)


def _central(month: MonthPart) -> str:
    now = month.figures
    told = [(name, word) for name, word in _CENTRAL if name not in month.untold]
    silent = [word for name, word in _CENTRAL if name in month.untold]
    if not now.central_allocated and not told:
        return ""
    parts = [f"下达{show_money(now.central_allocated)}万元"] if now.central_allocated else []
    parts += [f"{word}{show_money(getattr(now, name))}万元" for name, word in told]
    text = f"其中，中央预算内投资{'，'.join(parts)}"
    return text + (f"，{'、'.join(silent)}尚未填报。" if silent else "。")


def _begun(month: MonthPart) -> str:
    now, before = month.figures, month.previous
    told, none = [], []
    for name, word, rate in (
        ("started", "开工", now.started_rate),
        ("finished", "完工", now.finished_rate),
        ("opened", "投用", None),
    ):
        count = getattr(now, name)
        changed = count - getattr(before, name) if before is not None else 0
        if not count and not changed:
            none.append(word)
            continue
        said = f"已{word}项目{count}个" + (f"，{word}率{show(rate)}%" if rate is not None else "")
        told.append(said + (f"，{than(month)}{more(changed)}" if changed else ""))
    if none:
        told.append(f"尚无{'、'.join(none)}项目")
    return "；".join(told) + "。"


def _change(month: MonthPart, name: str) -> str:
    if month.previous is None:
        return ""
    changed = getattr(month.figures, name) - getattr(month.previous, name)
    return f"，{than(month)}{more_money(changed)}" if changed else f"，与{_then(month)}持平"


def _points(month: MonthPart, rate_of: Callable[[Figures], Rate]) -> str:
    if month.previous is None:
        return ""
    rate, earlier = rate_of(month.figures).value, rate_of(month.previous).value
    if rate is None or earlier is None:
        return ""
    points = rounded((rate - earlier) * 100, 1)
    if points == "0.0":
        return ""
    return f"，{than(month)}{'降低' if points.startswith('-') else '提高'}{points.removeprefix('-')}个百分点"


def _light(one: LightFact) -> str:
    why = dates_in_words(tight(one.why))
    text = f"{of_project(one.project, one.units)}：{f'{OVERRIDE}，{why}' if one.rule == OVERRIDE else why}"
    text += f"；问题：{tight(one.problem)}" if one.problem.strip() else ""
    text += f"；责任人{one.owner}" if one.owner else ""
    text += f"{'，' if one.owner else '；'}整改时限{show_date_in_words(one.due_on)}" if one.due_on else ""
    return text + (f"；下一步：{tight(one.next_step)}" if one.next_step.strip() else "")


def _problem(one: ProblemFact) -> str:
    notes = "，".join(part for part in ("、".join(one.units), one.kind) if part)
    text = f"{of_project(one.project, [notes] if notes else [])}：{tight(one.text)}"
    return f"{text}；需协调：{tight(one.help_needed)}" if one.help_needed.strip() else text
