"""Reads the text of a published plan: everything it lists, aims at and charges somebody with."""

from collections.abc import Sequence
from dataclasses import dataclass

from laoxiao_desktop.exchange.annexes import annexes_of
from laoxiao_desktop.exchange.draft_problems import problems_of
from laoxiao_desktop.exchange.indicator_table import indicators_of, merged
from laoxiao_desktop.exchange.item_list import items_of, kind_of
from laoxiao_desktop.exchange.leading_group import members_of
from laoxiao_desktop.exchange.paragraphs import Outline, outline_of
from laoxiao_desktop.exchange.plan_facts import plan_facts_of
from laoxiao_desktop.exchange.project_list import projects_of
from laoxiao_desktop.exchange.prose_indicators import prose_indicators_of
from laoxiao_desktop.exchange.table import Table
from laoxiao_desktop.exchange.tables import tables_of
from laoxiao_desktop.exchange.text_lines import Line, lines_of
from laoxiao_desktop.exchange.unit_blocks import block_tasks, heading_tasks
from laoxiao_desktop.exchange.year_goals import goals_of
from laoxiao_desktop.models.plan_draft import (
    AnnexDraft,
    GoalDraft,
    IndicatorDraft,
    ItemDraft,
    PlanDraft,
    PlanFacts,
    Problem,
    ProjectDraft,
    TotalDraft,
)


@dataclass(frozen=True, slots=True)
class Part:
    """What one table of a document gives."""

    projects: tuple[ProjectDraft, ...] = ()
    totals: tuple[TotalDraft, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()
    goals: tuple[GoalDraft, ...] = ()
    items: tuple[ItemDraft, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(text: str) -> PlanDraft:
    """All that a published plan says, each value with the lines where it stands; never raises on odd text.

    The text may hold its tables one cell per line, as web pages copy, or as rows of cells set apart by tabs.
    """
    lines = lines_of(text)
    plan = plan_facts_of(lines)
    found = tables_of(lines)
    parts = [part_of(table, plan) for table in found.tables]
    return problems_of(*assembled(lines, plan, found.taken, parts), found.tables)


def part_of(table: Table, plan: PlanFacts) -> Part:
    """The rows of one table as what the table lists."""
    if table.subject == "project" or (table.subject is None and table.column("total_investment") is not None):
        listed = projects_of(table)
        return Part(listed.projects, listed.totals, problems=listed.problems)
    if table.subject == "indicator":
        return Part(indicators=indicators_of(table, plan))
    if (kind := kind_of(table)) is not None:
        return Part(items=items_of(table, kind))
    return Part(problems=(_unknown(table),))


def assembled(
    lines: Sequence[Line], plan: PlanFacts, taken: frozenset[int], parts: Sequence[Part]
) -> tuple[PlanDraft, Outline]:
    """The draft of a document: what its tables give, and what the lines say that no table takes."""
    outline = outline_of(lines, taken)
    items = [item for part in parts for item in part.items]
    annexes = annexes_of(lines)
    tasks = block_tasks(outline)
    if not tasks and _lost_its_tasks(items, annexes):
        tasks = heading_tasks(outline)
    in_tables = merged([part.indicators for part in parts if part.indicators])
    goals = goals_of(outline)
    draft = PlanDraft(
        plan=plan,
        projects=tuple(project for part in parts for project in part.projects),
        totals=tuple(total for part in parts for total in part.totals),
        indicators=(*in_tables, *prose_indicators_of(outline, in_tables, goals, plan)),
        goals=(*goals, *(goal for part in parts for goal in part.goals)),
        items=(*tasks, *items, *members_of(lines, outline)),
        annexes=annexes,
        problems=tuple(problem for part in parts for problem in part.problems),
    )
    return draft, outline


def _lost_its_tasks(items: list[ItemDraft], annexes: tuple[AnnexDraft, ...]) -> bool:
    """The document names a list of tasks that does not follow: the headings of its text stand in for it."""
    has_list = any(item.kind == "task" for item in items)
    return not has_list and any(
        not annex.is_present and ("任务" in annex.title or "分工" in annex.title) for annex in annexes
    )


def _unknown(table: Table) -> Problem:
    title = table.title.text if table.title else table.header.text
    return Problem(
        "warning", "table_unknown", f"第 {table.header.where[0]} 行", f"表“{title}”看不出列的是什么，没有读入。"
    )
