"""Narrative: the words of the monthly report, written from its summary in official Chinese.

Every sentence states a figure of the summary or says plainly that nothing was reported (尚未填报). No deadline, reason or
judgement is invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from laoxiao_desktop.models import narrative_month
from laoxiao_desktop.models.dates import show_date_in_words
from laoxiao_desktop.models.milestone import DUE_DAYS, RED_DAYS
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.rates import show
from laoxiao_desktop.models.report_text import Block, Figures, Head, Report, Text
from laoxiao_desktop.models.summary import UNFILLED, MonthlySummary, Part, PlanFact, StepFact

NAMED_AT_MOST: Final = 10  # steps written out in the text; the annex has them all
ANNEX: Final = "项目进展情况表"
_NUMERALS: Final = "一二三四五六七八九十"


def monthly(summary: MonthlySummary) -> Report:
    """The monthly report in words."""
    blocks: list[Block] = [Text(_opening(summary))]
    if summary.total.count == 0:
        blocks.append(Text(f"截至{_day(summary.as_of)}，台账在此范围内没有项目，无进展可报。"))
    else:
        sections = (
            ("总体情况", _overall(summary)),
            ("分领域和分县（市、区）进展" if _has_counties(summary) else "分领域进展", _by_part(summary)),
            ("滞后与临期", _late_and_due(summary)),
            ("存在问题", _problems(summary)),
            ("下一步工作", _next(summary)),
        )
        for numeral, (title, content) in zip(_NUMERALS, sections, strict=False):
            blocks += [Head(1, f"{numeral}、{title}"), *content]
    return Report(
        title=(f"{summary.scope_name}“一老一小”项目", "月度进展情况报告"),
        subtitle=f"（截至{_day(summary.as_of)}）",
        blocks=tuple(blocks),
        annexes=(ANNEX,) if summary.total.count else (),
        office=summary.office,
        day=_day(summary.as_of),
    )


def _opening(summary: MonthlySummary) -> str:
    plans = summary.plans or summary.plans_without_projects
    text = ""
    if 0 < len(plans) <= 3:
        text = f"按照{'、'.join(_plan(plan) for plan in plans)}，"
    elif plans:
        text = f"按照{'、'.join(plan.region for plan in plans)}共{len(plans)}个“一老一小”方案，"
    of_county = f"其中{summary.scope_name}的" if summary.is_county and plans else ""
    text += f"现将{of_county}项目截至{_day(summary.as_of)}的进展情况报告如下。"
    silent = summary.plans_without_projects
    if silent and summary.plans:
        text += f"{'、'.join(plan.region for plan in silent)}方案在台账中没有项目，本报告不涉及。"
    return text


def _plan(plan: PlanFact) -> str:
    issued = f"{show_date_in_words(plan.issued_on)}印发" if plan.issued_on else ""
    notes = "，".join(note for note in (plan.doc_no, issued) if note)
    return f"《{plan.title}》" + (f"（{notes}）" if notes else "")


def _overall(summary: MonthlySummary) -> list[Block]:
    total = summary.total
    text = f"列入台账的项目共{_counted(total)}。"
    sectors = [part for part in summary.sectors if part.label != UNFILLED]
    if len(sectors) > 1:
        text += "其中，" + "；".join(f"{part.label}项目{_counted(part)}" for part in sectors) + "。"
    elif sectors:
        text += f"全部为{sectors[0].label}项目。"
    if total.unpriced:
        text += f"有{total.unpriced}个项目尚未填报总投资，未计入投资合计。"
    blocks: list[Block] = [Text(text)]
    blocks.append(Text(_kinds(summary)))
    blocks.append(Text(_progress(summary)))
    blocks.append(Text(_money(summary)))
    return blocks


def _counted(part: Part) -> str:
    return (
        f"{part.count}个，总投资{show_money(part.total_investment)}万元，"
        f"申请中央预算内投资{show_money(part.central_request)}万元"
    )


def _kinds(summary: MonthlySummary) -> str:
    """By build kind, facility type and state; what nobody has filled is named once, at the end."""
    text, empty = "", []
    for parts, what in (
        (summary.build_kinds, "建设性质"),
        (summary.facility_types, "项目类型"),
        (summary.statuses, "建设状态"),
    ):
        filled = [part for part in parts if part.label != UNFILLED]
        if filled:
            text += f"按{what}分，{_listed(filled)}{_rest(parts, what)}。"
        else:
            empty.append(what)
    return text + (f"各项目的{'、'.join(empty)}尚未填报。" if empty else "")


def _listed(parts: Sequence[Part]) -> str:
    return "、".join(f"{part.label}{part.count}个" for part in parts)


def _rest(parts: Sequence[Part], what: str) -> str:
    missing = sum(part.count for part in parts if part.label == UNFILLED)
    return f"，{missing}个尚未填报{what}" if missing else ""


def _progress(summary: MonthlySummary) -> str:
    total = summary.total
    if total.without_steps == total.count:
        return "项目均尚未设置里程碑，建设进度待里程碑设置并填报后统计。"
    text = f"已设置里程碑的项目{total.count - total.without_steps}个，里程碑共{total.steps}项"
    text += f"；{total.without_steps}个项目尚未设置里程碑。" if total.without_steps else "。"
    if not total.has_actuals:
        text += "各项里程碑的实际完成日期均尚未填报，完成情况不作统计。"
    else:
        text += f"截至{_day(summary.as_of)}，已完成{total.done}项，占{_share(total.done, total.steps)}；"
        text += f"本月完成{len(summary.reached)}项{_change(summary)}。"
        if summary.reached:
            text += f"本月完成的是：{_step_list(summary.reached)}。"
    return text


def _change(summary: MonthlySummary) -> str:
    if summary.previous is None:
        return f"（{_day(summary.previous_day)}前的数据不在台账中，不作环比）"
    difference = summary.total.done - summary.previous.done
    if difference == 0:
        return "，累计完成数与上月末持平"
    return f"，累计完成数较上月末{'增加' if difference > 0 else '减少'}{abs(difference)}项"


def _money(summary: MonthlySummary) -> str:
    if summary.month is not None:
        return narrative_month.money(summary.month)
    if summary.money is None:
        return "各项目的累计完成投资、到位资金和支付资金尚未填报，本报告不作统计。"
    money = summary.money
    text = f"{money.count}个项目已填报资金数据：累计完成投资{show_money(money.completed)}万元"
    if summary.total.total_investment:
        text += f"，占总投资的{_share(money.completed, summary.total.total_investment)}"
    text += f"；到位资金{show_money(money.arrived)}万元；支付资金{show_money(money.paid)}万元。"
    missing = summary.total.count - money.count
    return text + (f"其余{missing}个项目尚未填报。" if missing > 0 else "")


def _by_part(summary: MonthlySummary) -> list[Block]:
    blocks: list[Block] = []
    has_counties = _has_counties(summary)
    if has_counties:
        blocks.append(Head(2, "（一）分领域"))
    for part in summary.sectors:
        blocks.append(Text(_sector(part)))
    if has_counties:
        blocks += [Head(2, "（二）分县（市、区）"), Text(_county_text(summary)), _county_table(summary)]
    return blocks


def _has_counties(summary: MonthlySummary) -> bool:
    return not summary.is_county and any(part.label != UNFILLED for part in summary.counties)


def _sector(part: Part) -> str:
    label = f"{part.label}项目" if part.label != UNFILLED else "未填类别的项目"
    text = f"{label}{_counted(part)}。"
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
    return text + f"，逾期{_items(part)}。"


def _items(part: Part) -> str:
    return f"{part.late}项，涉及{part.late_projects}个项目" if part.late else "0项"


def _county_text(summary: MonthlySummary) -> str:
    filled = [part for part in summary.counties if part.label != UNFILLED]
    most = max(filled, key=lambda part: (part.count, part.total_investment))
    largest = max(filled, key=lambda part: part.total_investment)
    text = f"项目分布在{len(filled)}个县（市、区），详见表1。"
    if len(filled) > 1:
        text += f"项目数最多的是{most.label}，{most.count}个；"
        text += f"总投资最高的是{largest.label}，{show_money(largest.total_investment)}万元。"
    late = [part for part in filled if part.late]
    if late:
        text += "逾期的里程碑，" + "、".join(f"{part.label}{part.late}项" for part in late) + "。"
    missing = sum(part.count for part in summary.counties if part.label == UNFILLED)
    return text + (f"另有{missing}个项目尚未填报县（市、区）。" if missing else "")


def _county_table(summary: MonthlySummary) -> Figures:
    has_steps = summary.total.steps > 0
    heads: tuple[tuple[str, float], ...] = (
        ("县（市、区）", 3),
        ("项目数\n（个）", 2),
        ("总投资\n（万元）", 3),
        ("申请中央\n（万元）", 3),
    )
    has_money = summary.total.completed is not None
    if has_money:
        heads += (("累计完成\n（万元）", 3), ("完成率\n（%）", 2.2))
    if has_steps:
        heads += (("里程碑\n（项）", 2.2), ("已完成\n（项）", 2.2), ("逾期\n（项）", 2))
    rows = tuple(_county_row(part, has_steps, has_money) for part in summary.counties)
    return Figures("表1　各县（市、区）项目情况", heads, rows, _county_row(summary.total, has_steps, has_money))


def _county_row(part: Part, has_steps: bool, has_money: bool) -> tuple[str, ...]:
    row: tuple[str, ...] = (
        part.label,
        str(part.count),
        show_money(part.total_investment),
        show_money(part.central_request),
    )
    if has_money:
        row = (*row, show_money(part.completed), show(part.completed_rate))
    return (*row, str(part.steps), str(part.done), str(part.late)) if has_steps else row


def _late_and_due(summary: MonthlySummary) -> list[Block]:
    day = _day(summary.as_of)
    of_month = narrative_month.lights(summary.month) if summary.month is not None else []
    if summary.total.steps == 0:
        return [*of_month, Text("项目均尚未设置里程碑，滞后与临期情况待设置后统计。")]
    blocks: list[Block] = [*of_month, Head(2, "（一）滞后情况")]
    late = summary.late
    if late:
        red = sum(step.light == "红" for step in late)
        text = f"截至{day}，逾期（已过计划日期，未填报完成）的里程碑{len(late)}项，涉及{summary.total.late_projects}个项目。"
        text += f"其中，红灯（逾期超过{RED_DAYS}天）{red}项，黄灯（逾期{RED_DAYS}天以内）{len(late) - red}项。"
        shown = late[:NAMED_AT_MOST]
        text += f"逾期时间最长的{len(shown)}项是：" if len(late) > len(shown) else "具体是："
        blocks.append(Text(text))
        blocks += [Text(f"{number}.{_late_step(step)}。") for number, step in enumerate(shown, 1)]
        if len(late) > len(shown):
            blocks.append(Text("各项目的进展和红黄灯见附件。"))
    else:
        blocks.append(Text(f"截至{day}，没有逾期的里程碑。"))
    blocks.append(Head(2, "（二）临期情况"))
    due = summary.due
    if due:
        shown = due[:NAMED_AT_MOST]
        text = f"{DUE_DAYS}天内到期的里程碑{len(due)}项。"
        text += f"最先到期的{len(shown)}项是：" if len(due) > len(shown) else "具体是："
        blocks.append(Text(text))
        blocks += [Text(f"{number}.{_due_step(step)}。") for number, step in enumerate(shown, 1)]
    else:
        blocks.append(Text(f"{DUE_DAYS}天内没有到期的里程碑。"))
    return blocks


def _late_step(step: StepFact) -> str:
    text = f"{_of(step)}：{step.step}，计划{show_date_in_words(step.day)}，逾期{step.days}天"
    if step.slip > step.days:
        text += f"，预计推迟{step.slip}天"
    return f"{text}，{step.light}灯"


def _due_step(step: StepFact) -> str:
    return f"{_of(step)}：{step.step}，计划{show_date_in_words(step.day)}"


def _of(step: StepFact) -> str:
    notes = "、".join(step.units)
    return f"{step.project}（{notes}）" if notes else step.project


def _step_list(found: Sequence[StepFact]) -> str:
    shown = "；".join(f"{step.project}（{step.step}）" for step in found[:NAMED_AT_MOST])
    return shown + (f"等{len(found)}项" if len(found) > NAMED_AT_MOST else "")


def _problems(summary: MonthlySummary) -> list[Block]:
    issues = summary.issues
    if issues:
        blocks: list[Block] = [Text(f"台账登记的未销号问题{len(issues)}个：")]
        for number, issue in enumerate(issues, 1):
            text = f"{number}.{issue.project}：{issue.text.rstrip('。；;')}"
            text += f"，责任人{issue.owner}" if issue.owner else ""
            text += f"，办理时限{show_date_in_words(issue.due_on)}" if issue.due_on else ""
            blocks.append(Text(text + "。"))
    else:
        blocks = [Text("台账中没有登记未销号的问题。")]
    if summary.month is not None:
        blocks += narrative_month.problems(summary.month)
    gaps = _gaps(summary)
    if gaps:
        blocks.append(Text(f"数据填报尚不完整：{'；'.join(gaps)}。"))
    return blocks


def _gaps(summary: MonthlySummary) -> list[str]:
    total = summary.total
    found = []
    if total.without_steps:
        found.append(f"{total.without_steps}个项目尚未设置里程碑")
    if total.steps and not total.has_actuals:
        found.append("里程碑实际完成日期均尚未填报")
    for parts, what in (
        (summary.statuses, "建设状态"),
        (summary.build_kinds, "建设性质"),
        (summary.counties, "县（市、区）"),
    ):
        missing = sum(part.count for part in parts if part.label == UNFILLED)
        if missing:
            found.append(f"{missing}个项目尚未填报{what}")
    if total.unpriced:
        found.append(f"{total.unpriced}个项目尚未填报总投资")
    if summary.month is not None and summary.month.figures.missing:
        found.append(f"{summary.month.figures.missing}个项目尚未报送{narrative_month.named(summary.month.month)}月报")
    if summary.money is None:
        found.append("完成投资、到位资金、支付资金尚未填报")
    return found


def _next(summary: MonthlySummary) -> list[Block]:
    tasks = []
    if summary.late:
        units = _units(step for step in summary.late)
        tasks.append(
            f"对逾期的{len(summary.late)}项里程碑，{units}逐项核实：已完成的，填报实际完成日期；未完成的，说明原因并填报预计完成日期。"
        )
    if summary.due:
        units = _units(step for step in summary.due)
        tasks.append(f"对{DUE_DAYS}天内到期的{len(summary.due)}项里程碑，{units}按计划日期推进，完成后及时填报。")
    if summary.issues:
        dated = sum(issue.due_on is not None for issue in summary.issues)
        tasks.append(f"对未销号的{len(summary.issues)}个问题逐个办理，其中{dated}个已明确办理时限。")
    gaps = _gaps(summary)
    if gaps:
        tasks.append(f"补齐“存在问题”中列出的{len(gaps)}类尚未填报的数据。")
    if not tasks:
        return [Text("台账数据已填报齐全，没有逾期、临期事项和未销号问题，继续按计划推进。")]
    if len(tasks) == 1:
        return [Text(tasks[0])]
    return [Text(f"{number}.{task}") for number, task in enumerate(tasks, 1)]


def _units(found: Iterable[StepFact]) -> str:
    units = list(dict.fromkeys(unit for step in found for unit in step.units))
    if not units:
        return "由项目单位"
    if len(units) > 3:
        return f"由{'、'.join(units[:3])}等{len(units)}个责任单位"
    return f"由{'、'.join(units)}"


def _share(part: int, whole: int) -> str:
    if not whole:
        return "—"
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share}%"


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
