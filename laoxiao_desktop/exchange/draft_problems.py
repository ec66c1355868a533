"""What the reader wants a person to look at, beside the draft it read."""

from collections.abc import Sequence
from dataclasses import replace

from laoxiao_desktop.exchange.columns import MONEY_ROLES
from laoxiao_desktop.exchange.paragraphs import Outline
from laoxiao_desktop.exchange.table import Table
from laoxiao_desktop.models.plan_draft import PlanDraft, Problem


def problems_of(draft: PlanDraft, outline: Outline, tables: Sequence[Table]) -> PlanDraft:
    """The draft with its problems added: annexes that are missing, headings without content, sums that do not tie out."""
    problems = [*draft.problems]
    if not draft.plan.title:
        problems.append(Problem("error", "no_title", "第 1 行", "没有找到方案名称。"))
    for annex in draft.annexes:
        if not annex.is_present:
            where = f"第 {annex.where[0]} 行" if annex.where else ""
            problems.append(Problem("warning", "annex_missing", where, f"附件“{annex.title}”有名目，正文后没有内容。"))
    for heading in outline.empty:
        problems.append(
            Problem(
                "warning",
                "section_empty",
                f"第 {heading.where[0]} 行",
                f"“{heading.title}”下没有内容，原文可能是图片或空表。",
            )
        )
    for total in draft.totals:
        if not total.agrees:
            where = f"第 {total.where[0]} 行" if total.where else ""
            problems.append(
                Problem(
                    "warning",
                    "total_differs",
                    where,
                    f"{total.label}印作 {_figures(total.count, total.total_investment, total.central_request)}，"
                    f"各行相加为 {_figures(total.sum_count, total.sum_total_investment, total.sum_central_request)}。",
                )
            )
    for table in tables:
        problems += _about(table)
    return replace(draft, problems=tuple(problems))


def _figures(count: int | None, investment: str | None, request: str | None) -> str:
    parts = [f"{count} 个"] if count is not None else []
    parts += [f"总投资 {investment} 万元"] if investment is not None else []
    parts += [f"申请 {request} 万元"] if request is not None else []
    return "、".join(parts) or "空"


def _about(table: Table) -> list[Problem]:
    where = f"第 {table.header.where[0]} 行"
    problems = [
        Problem("note", "column_unread", where, f"列“{column.label}”没有读入。")
        for column in table.columns
        if column.role == "other"
    ]
    unnamed = [column.label for column in table.columns if column.role in MONEY_ROLES and column.factor is None]
    if unnamed and table.factor is None:
        problems.append(
            Problem("note", "money_unit_unstated", where, f"列“{'、'.join(unnamed)}”没有写金额单位，按万元读。")
        )
    return problems
