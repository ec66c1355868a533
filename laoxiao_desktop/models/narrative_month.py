"""The words of a reported month: money with its change against the month before, lights, and the problems reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.overview import Figures
from laoxiao_desktop.models.rates import Rate, rounded, show
from laoxiao_desktop.models.report_text import Block, Text
from laoxiao_desktop.models.summary import LightFact, MonthPart, ProblemFact

NAMED_AT_MOST: Final = 10


def money(month: MonthPart) -> str:
    """How many have reported; completed, arrived and paid with their rates and the change against the month before."""
    now, before = month.figures, month.previous
    text = f"{named(month.month)}应报月报的项目{now.reported + now.missing}个，已报{now.reported}个"
    text += f"，未报{now.missing}个。" if now.missing else "。"
    if before is None:
        text += "（上月月报不在台账中，不作环比。）"
    text += f"累计完成投资{show_money(now.completed)}万元，投资完成率{_percent(now.completed_rate, '没有总投资')}"
    text += _change(now, before, "completed", "完成率", lambda one: one.completed_rate)
    text += f"；本年完成{show_money(now.year_completed)}万元"
    if now.year_planned:
        text += f"，年度计划{show_money(now.year_planned)}万元，年度完成率{_percent(now.year_rate, '')}"
    text += (
        f"；累计到位资金{show_money(now.arrived)}万元，到位率（到位/下达）{_percent(now.arrived_rate, '尚未登记下达')}"
    )
    text += _change(now, before, "arrived", "到位率", lambda one: one.arrived_rate)
    text += f"；累计支付资金{show_money(now.paid)}万元，支付率（支付/完成）{_percent(now.paid_rate, '尚无完成投资')}"
    text += _change(now, before, "paid", "支付率", lambda one: one.paid_rate) + "。"
    if now.central_allocated or now.central_arrived or now.central_completed or now.central_paid:
        text += (
            f"其中，中央预算内投资下达{show_money(now.central_allocated)}万元，到位{show_money(now.central_arrived)}万元，"
            f"完成{show_money(now.central_completed)}万元，支付{show_money(now.central_paid)}万元。"
        )
    text += f"已开工项目{now.started}个，开工率{_percent(now.started_rate, '')}"
    if before is not None:
        text += _count_change(now.started - before.started)
    return text + f"；已完工{now.finished}个，已投用{now.opened}个。"


def lights(month: MonthPart) -> list[Block]:
    """The lights of the month, and those that are not green with rule and numbers."""
    now, before = month.figures, month.previous
    if not (now.red or now.yellow or now.green):
        return []
    text = f"{named(month.month)}红灯{now.red}个、黄灯{now.yellow}个、绿灯{now.green}个"
    if before is not None:
        changes = [("红灯", now.red - before.red), ("黄灯", now.yellow - before.yellow)]
        said = "、".join(f"{name}{_more(number)}" for name, number in changes if number)
        text += f"；较上月{said}" if said else "；红灯、黄灯个数与上月持平"
    blocks: list[Block] = [Text(text + "。")]
    red = [one for one in month.lights if one.light == "红"]
    if red:
        shown = red[:NAMED_AT_MOST]
        head = f"红灯项目中列前{len(shown)}个：" if len(red) > len(shown) else "红灯项目是："
        blocks.append(Text(head))
        blocks += [Text(f"{number}.{_light(one)}。") for number, one in enumerate(shown, 1)]
        if len(red) > len(shown):
            blocks.append(Text(f"其余{len(red) - len(shown)}个见附件。"))
    return blocks


def problems(month: MonthPart) -> list[Block]:
    """What the reports of the month state as problems, as they state it."""
    if not month.problems:
        return [Text(f"{named(month.month)}月报没有反映新的问题。")]
    shown = month.problems[:NAMED_AT_MOST]
    head = f"{named(month.month)}月报反映的问题{len(month.problems)}个"
    blocks: list[Block] = [
        Text(head + ("，列前" + str(len(shown)) + "个：" if len(month.problems) > len(shown) else "："))
    ]
    blocks += [Text(f"{number}.{_problem(one)}。") for number, one in enumerate(shown, 1)]
    return blocks


def named(month: str) -> str:
    """2024年6月."""
    return f"{int(month[:4])}年{int(month[5:7])}月"


def _percent(rate: Rate, nothing: str) -> str:
    if rate.value is None:
        return f"—（{nothing}）" if nothing else "—"
    return f"{show(rate)}%"


def _change(now: Figures, before: Figures | None, name: str, label: str, rate_of: Callable[[Figures], Rate]) -> str:
    if before is None:
        return ""
    more = getattr(now, name) - getattr(before, name)
    text = f"，较上月{'增加' if more > 0 else '减少'}{show_money(abs(more))}万元" if more else "，与上月持平"
    rate, earlier = rate_of(now).value, rate_of(before).value
    if rate is None or earlier is None:
        return text
    points = rounded((rate - earlier) * 100, 1)
    if points in ("0.0", "-0.0"):
        return text
    return f"{text}，{label}{'降低' if points.startswith('-') else '提高'}{points.removeprefix('-')}个百分点"


def _count_change(more: int) -> str:
    return f"，较上月{_more(more)}" if more else "，与上月持平"


def _more(number: int) -> str:
    return f"{'增加' if number > 0 else '减少'}{abs(number)}个"


def _light(one: LightFact) -> str:
    return f"{_of(one)}：{one.rule}，{''.join(one.why.split())}"


def _problem(one: ProblemFact) -> str:
    kind = f"（{one.kind}）" if one.kind else ""
    text = f"{_of(one)}{kind}：{_line(one.text)}"
    return f"{text}；需协调：{_line(one.help_needed)}" if one.help_needed.strip() else text


def _of(one: LightFact | ProblemFact) -> str:
    return f"{one.project}（{'、'.join(one.units)}）" if one.units else one.project


def _line(text: str) -> str:
    return " ".join(text.split()).rstrip("。；;，, ")
