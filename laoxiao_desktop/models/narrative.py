"""Narrative: the words of the monthly report, written from its summary in official Chinese.

Every sentence states a figure of the summary or says plainly that nothing was reported (尚未填报). No deadline, reason or
judgement is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from laoxiao_desktop.models import narrative_month, narrative_parts, narrative_problems
from laoxiao_desktop.models.dates import show_date_in_words
from laoxiao_desktop.models.milestone import DUE_DAYS, RED_DAYS
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.narrative_parts import counted, named
from laoxiao_desktop.models.narrative_words import NAMED_AT_MOST, in_words, numbered, of_project, share
from laoxiao_desktop.models.report_text import Block, Head, Report, Text
from laoxiao_desktop.models.summary import UNFILLED, MonthlySummary, Part, PlanFact, StepFact

ANNEX: Final = "项目进展情况表"
_NUMERALS: Final = "一二三四五六七八九十"


def monthly(summary: MonthlySummary) -> Report:
    """The monthly report in words."""
    blocks: list[Block] = [Text(_opening(summary))]
    if summary.total.count == 0:
        blocks.append(Text(f"截至{in_words(summary.as_of)}，台账在此范围内没有项目，无进展可报。"))
    else:
        sections = (
            ("总体情况", _overall(summary)),
            (
                "分领域和分县（市、区）进展" if narrative_parts.has_counties(summary) else "分领域进展",
                narrative_parts.by_part(summary),
            ),
            ("滞后与临期" if summary.month is None else "红黄灯和滞后、临期情况", _late_and_due(summary)),
            ("存在问题", narrative_problems.problems(summary)),
            ("下一步工作", narrative_problems.next_steps(summary)),
        )
        for numeral, (title, content) in zip(_NUMERALS, sections, strict=False):
            blocks += [Head(1, f"{numeral}、{title}"), *content]
    return Report(
        title=(f"{summary.scope_name}“一老一小”项目", "月度进展情况报告"),
        subtitle=f"（截至{in_words(summary.as_of)}）",
        blocks=tuple(blocks),
        annexes=(ANNEX,) if summary.total.count else (),
        office=summary.office,
        day=in_words(summary.as_of),
    )


def _opening(summary: MonthlySummary) -> str:
    plans = summary.plans or summary.plans_without_projects
    text = ""
    if 0 < len(plans) <= 3:
        text = f"按照{'、'.join(_plan(plan) for plan in plans)}，"
    elif plans:
        text = f"按照{'、'.join(plan.region for plan in plans)}共{len(plans)}个“一老一小”方案，"
    of_county = f"其中{summary.scope_name}的" if summary.is_county and plans else ""
    text += f"现将{of_county}项目截至{in_words(summary.as_of)}的进展情况报告如下。"
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
    text = f"列入台账的项目共{counted(total)}。"
    if len(summary.sectors) > 1:
        text += "其中，" + "；".join(f"{named(part)}{counted(part)}" for part in summary.sectors) + "。"
    elif summary.sectors[0].label != UNFILLED:
        text += f"{'全部' if total.count > 1 else '该项目'}为{summary.sectors[0].label}项目。"
    if total.unpriced:
        text += f"有{total.unpriced}个项目尚未填报总投资，未计入投资合计。"
    told = (text, _kinds(summary), _progress(summary), *_money(summary))
    return [Text(one) for one in told]


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
    whose = "各项目的" if summary.total.count > 1 else "该项目的"
    return text + (f"{whose}{'、'.join(empty)}尚未填报。" if empty else "")


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
        return text + "各项里程碑的实际完成日期均尚未填报，完成情况不作统计。"
    text += f"截至{in_words(summary.as_of)}，已完成{total.done}项，占{share(total.done, total.steps)}；"
    reached = summary.reached
    if not reached:
        return f"{text}本月没有完成里程碑{_change(summary)}。"
    text += f"本月完成{len(reached)}项{_change(summary)}。"
    shown = "；".join(f"{step.project}（{step.step}）" for step in reached[:NAMED_AT_MOST])
    head = f"本月完成的前{NAMED_AT_MOST}项是" if len(reached) > NAMED_AT_MOST else "本月完成的是"
    return f"{text}{head}：{shown}。"


def _change(summary: MonthlySummary) -> str:
    if summary.previous is None:
        return f"（{in_words(summary.previous_day)}前的数据不在台账中，不作环比）"
    difference = summary.total.done - summary.previous.done
    if difference == 0:
        return "，累计完成数与上月末持平"
    return f"，累计完成数较上月末{'增加' if difference > 0 else '减少'}{abs(difference)}项"


def _money(summary: MonthlySummary) -> list[str]:
    if summary.month is not None:
        return narrative_month.money(summary.month)
    if summary.money is None:
        return ["各项目的累计完成投资、到位资金和支付资金尚未填报，本报告不作统计。"]
    money = summary.money
    text = f"{money.count}个项目已填报资金数据：累计完成投资{show_money(money.completed)}万元"
    if summary.total.total_investment:
        text += f"，占总投资的{share(money.completed, summary.total.total_investment)}"
    text += f"；到位资金{show_money(money.arrived)}万元；支付资金{show_money(money.paid)}万元。"
    missing = summary.total.count - money.count
    return [text + (f"其余{missing}个项目尚未填报。" if missing > 0 else "")]


def _late_and_due(summary: MonthlySummary) -> list[Block]:
    if summary.month is None:
        if summary.total.steps == 0:
            return [Text("项目均尚未设置里程碑，滞后与临期情况待设置后统计。")]
        return [Head(2, "（一）滞后情况"), *_late(summary), Head(2, "（二）临期情况"), *_due(summary)]
    blocks: list[Block] = [Head(2, "（一）红黄灯情况"), *narrative_month.lights(summary.month, summary.as_of)]
    if summary.total.steps == 0:
        return [*blocks, Head(2, "（二）滞后与临期情况"), Text("项目均尚未设置里程碑，待设置后统计。")]
    return [*blocks, Head(2, "（二）滞后情况"), *_late(summary), Head(2, "（三）临期情况"), *_due(summary)]


def _late(summary: MonthlySummary) -> list[Block]:
    day, late = in_words(summary.as_of), summary.late
    if not late:
        return [Text(f"截至{day}，没有逾期的里程碑。")]
    text = f"截至{day}，逾期（已过计划日期，未填报完成）的里程碑{len(late)}项"
    if len(late) == 1:
        return [Text(f"{text}：{_late_step(late[0])}。")]
    red = sum(step.light == "红" for step in late)
    text += f"，涉及{summary.total.late_projects}个项目。"
    if 0 < red < len(late):
        text += f"其中，红灯（逾期超过{RED_DAYS}天）{red}项，黄灯（逾期{RED_DAYS}天以内）{len(late) - red}项。"
    else:
        text += f"全部为{'红灯（逾期超过' if red else '黄灯（逾期'}{RED_DAYS}天{'' if red else '以内'}）。"
    by_project: dict[str, list[StepFact]] = {}
    for step in late:
        by_project.setdefault(step.uid or step.project, []).append(step)
    told = [_late_project(steps) for steps in by_project.values()]
    if len(told) == 1:
        return [Text(f"{text}具体是：{told[0]}。")]
    is_cut = len(told) > NAMED_AT_MOST
    text += f"逾期时间最长的{NAMED_AT_MOST}个项目是：" if is_cut else "具体是："
    listed = [Text(line) for line in numbered(told[:NAMED_AT_MOST])]
    return [Text(text), *listed, *([Text("各项目的进展和红黄灯见附件。")] if is_cut else [])]


def _late_project(steps: Sequence[StepFact]) -> str:
    """The step that is late the longest, and how many others are."""
    return _late_step(steps[0]) + (f"；另有{len(steps) - 1}项逾期" if len(steps) > 1 else "")


def _due(summary: MonthlySummary) -> list[Block]:
    due = summary.due
    if not due:
        return [Text(f"{DUE_DAYS}天内没有到期的里程碑。")]
    if len(due) == 1:
        return [Text(f"{DUE_DAYS}天内到期的里程碑1项：{_due_step(due[0])}。")]
    shown = due[:NAMED_AT_MOST]
    text = f"{DUE_DAYS}天内到期的里程碑{len(due)}项。"
    text += f"最先到期的{len(shown)}项是：" if len(due) > len(shown) else "具体是："
    return [Text(text), *(Text(line) for line in numbered([_due_step(step) for step in shown]))]


def _late_step(step: StepFact) -> str:
    text = f"{of_project(step.project, step.units)}：{step.step}，计划{show_date_in_words(step.day)}，逾期{step.days}天"
    if step.slip > step.days:
        text += f"，预计推迟{step.slip}天"
    return f"{text}，{step.light}灯"


def _due_step(step: StepFact) -> str:
    return f"{of_project(step.project, step.units)}：{step.step}，计划{show_date_in_words(step.day)}"
