"""Reads the text of a published plan: everything it lists, aims at and charges somebody with."""

from laoxiao_desktop.exchange.annexes import annexes_of
from laoxiao_desktop.exchange.draft_problems import problems_of
from laoxiao_desktop.exchange.indicator_table import indicators_of, merged
from laoxiao_desktop.exchange.item_list import items_of, kind_of
from laoxiao_desktop.exchange.leading_group import members_of
from laoxiao_desktop.exchange.paragraphs import outline_of
from laoxiao_desktop.exchange.plan_facts import plan_facts_of
from laoxiao_desktop.exchange.project_list import projects_of
from laoxiao_desktop.exchange.prose_indicators import prose_indicators_of
from laoxiao_desktop.exchange.table import Table
from laoxiao_desktop.exchange.tables import tables_of
from laoxiao_desktop.exchange.text_lines import lines_of
from laoxiao_desktop.exchange.unit_blocks import block_tasks, heading_tasks
from laoxiao_desktop.exchange.year_goals import goals_of
from laoxiao_desktop.models.plan_draft import (
    AnnexDraft,
    IndicatorDraft,
    ItemDraft,
    PlanDraft,
    Problem,
    ProjectDraft,
    TotalDraft,
)


def read(text: str) -> PlanDraft:
    """All that a published plan says, each value with the lines where it stands; never raises on odd text.

    The text may hold its tables one cell per line, as web pages copy, or as rows of cells set apart by tabs.
    """
    lines = lines_of(text)
    plan = plan_facts_of(lines)
    found = tables_of(lines)
    outline = outline_of(lines, found.taken)
    projects: list[ProjectDraft] = []
    totals: list[TotalDraft] = []
    indicators: list[tuple[IndicatorDraft, ...]] = []
    items: list[ItemDraft] = []
    problems: list[Problem] = []
    for table in found.tables:
        if table.subject == "project" or (table.subject is None and table.column("total_investment") is not None):
            listed = projects_of(table)
            projects += listed.projects
            totals += listed.totals
            problems += listed.problems
        elif table.subject == "indicator":
            indicators.append(indicators_of(table, plan))
        elif (kind := kind_of(table)) is not None:
            items += items_of(table, kind)
        else:
            problems.append(_unknown(table))
    annexes = annexes_of(lines)
    tasks = block_tasks(outline)
    if not tasks and _lost_its_tasks(items, annexes):
        tasks = heading_tasks(outline)
    in_tables = merged(indicators)
    goals = goals_of(outline)
    draft = PlanDraft(
        plan=plan,
        projects=tuple(projects),
        totals=tuple(totals),
        indicators=(*in_tables, *prose_indicators_of(outline, in_tables, goals, plan)),
        goals=goals,
        items=(*tasks, *items, *members_of(lines, outline)),
        annexes=annexes,
        problems=tuple(problems),
    )
    return problems_of(draft, outline, found.tables)


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
