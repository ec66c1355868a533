"""The words of 四、存在问题 and 五、下一步工作: open problems by kind, gaps in the data, and what follows from both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from laoxiao_desktop.models import narrative_month
from laoxiao_desktop.models.dates import last_day, show_date_in_words
from laoxiao_desktop.models.milestone import DUE_DAYS
from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.models.narrative_words import by_kind, numbered, one_kind, rank, tight, units_of
from laoxiao_desktop.models.report_text import Block, Text
from laoxiao_desktop.models.summary import UNFILLED, IssueFact, MonthlySummary


def problems(summary: MonthlySummary) -> list[Block]:
    """The open problems as they are registered, what the month reports, and what is not filled in."""
    blocks: list[Block] = _issues(summary.issues, summary.as_of)
    if summary.month is not None:
        blocks += narrative_month.problems(summary.month)
    gaps = _gaps(summary)
    if gaps:
        blocks.append(Text(f"数据填报尚不完整：{'；'.join(gaps)}。"))
    return blocks


def next_steps(summary: MonthlySummary) -> list[Block]:
    """What follows from the figures; nothing that nobody has planned."""
    tasks = []
    red = [one for one in summary.month.lights if one.light == "红"] if summary.month else []
    if red:
        units = units_of(unit for one in red for unit in one.units)
        each = "核实原因" if len(red) == 1 else "逐项核实原因"
        tasks.append(f"对{len(red)}个红灯项目，{units}{each}，明确整改措施、责任人和完成时限。")
    if summary.late:
        units, count = units_of(unit for step in summary.late for unit in step.units), len(summary.late)
        each = "核实" if count == 1 else "逐项核实"
        tasks.append(
            f"对逾期的{count}项里程碑，{units}{each}：已完成的，填报实际完成日期；未完成的，说明原因并填报预计完成日期。"
        )
    if summary.due:
        units = units_of(unit for step in summary.due for unit in step.units)
        tasks.append(f"对{DUE_DAYS}天内到期的{len(summary.due)}项里程碑，{units}按计划日期完成，完成后填报实际日期。")
    if summary.issues:
        tasks.append(_issue_task(summary.issues, summary.as_of))
    gaps = _gaps(summary)
    if gaps:
        tasks.append(f"补齐“存在问题”中列出的{len(gaps)}类尚未填报的数据。")
    if not tasks:
        return [Text("台账数据已填报齐全，没有逾期、临期事项和未销号问题，下一步按各项目里程碑的计划日期组织实施。")]
    return [Text(line) for line in numbered([task.rstrip("。") for task in tasks])]


def _issues(found: Sequence[IssueFact], day: dt.date) -> list[Block]:
    if not found:
        return [Text("台账中没有登记未销号的问题。")]
    places = rank(one.kind for one in found)
    issues = sorted(found, key=lambda one: places[one.kind])
    kinds, kind = by_kind(one.kind for one in issues), one_kind(one.kind for one in issues)
    head = f"台账登记的未销号问题{len(issues)}个"
    if kinds:
        head += f"，其中{kinds}"
    elif kind:
        head += f"，{'均' if len(issues) > 1 else ''}为{kind.removesuffix('类')}类"
    over = sum(_is_over(one, day) for one in issues)
    if over and len(issues) > 1:
        head += f"；已超过办理时限的{over}个"
    if len(issues) == 1:
        return [Text(f"{head}：{_issue(issues[0], day)}。")]
    return [Text(head + "："), *(Text(line) for line in numbered([_issue(one, day) for one in issues]))]


def _issue(issue: IssueFact, day: dt.date) -> str:
    text = f"{issue.project}：{tight(issue.text)}"
    text += f"，责任人{issue.owner}" if issue.owner else ""
    text += f"，办理时限{show_date_in_words(issue.due_on)}" if issue.due_on else ""
    return text + (f"，已超期{(day - last_day(issue.due_on)).days}天" if issue.due_on and _is_over(issue, day) else "")


def _is_over(issue: IssueFact, day: dt.date) -> bool:
    return issue.due_on is not None and last_day(issue.due_on) < day


def _issue_task(issues: Sequence[IssueFact], day: dt.date) -> str:
    count, dated = len(issues), sum(one.due_on is not None for one in issues)
    over = sum(_is_over(one, day) for one in issues)
    if count == 1:
        return (
            f"对未销号的1个问题，{'重新明确时限并办结' if over else '按时限办结' if dated else '登记办理时限并办理'}。"
        )
    text = f"对未销号的{count}个问题逐个办理，"
    if not dated:
        return f"{text}并登记办理时限。"
    text += "均已登记办理时限" if dated == count else f"其中{dated}个已登记办理时限"
    text += f"，已超过时限的{over}个重新明确时限并办结" if over else ""
    return text + ("。" if dated == count else f"，其余{count - dated}个补登办理时限。")


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
        found.append(f"{summary.month.figures.missing}个项目尚未报送{show_month(summary.month.month)}的月报")
    if summary.money is None:
        found.append("完成投资、到位资金、支付资金尚未填报")
    return found
