"""Goals for single years, as sentences set them one after another."""

import re
from collections.abc import Iterator

from laoxiao_desktop.exchange.paragraphs import Outline, Paragraph
from laoxiao_desktop.exchange.quantities import Statement, clauses, statements
from laoxiao_desktop.models.plan_draft import GoalDraft

_YEAR = re.compile(r"(?<!到)(?<!至)(?P<year>20\d\d)年(?P<rest>.*)")
_AIM = re.compile(r"目标|指标|年度|任务安排")
_STANDING = re.compile(r"基础|现状|成效|成绩|背景|形势|困难|问题|挑战")
_ADDED = re.compile(r"新增|新建|建成|建设|改造|培训|完成")
_BARE = re.compile(r"新增|完成|达到?|建成|新建|改造")


def goals_of(outline: Outline) -> tuple[GoalDraft, ...]:
    """The goals of every paragraph that sets them for two years or more, or of a section that does, by year."""
    by_section: dict[tuple[int, int], list[GoalDraft]] = {}
    for paragraph in outline.paragraphs:
        headings = (paragraph.chapter, paragraph.section, paragraph.point)
        found = list(_of_paragraph(paragraph))
        if not any(heading and _AIM.search(heading.title) for heading in headings):
            is_past = any(heading and _STANDING.search(heading.title) for heading in headings)
            found = [] if is_past else [goal for goal in found if _is_series(goal, found)]
        key = (id(paragraph.chapter), id(paragraph.section))
        by_section.setdefault(key, []).extend(found)
    goals = [goal for found in by_section.values() if len({goal.year for goal in found}) >= 2 for goal in found]
    return tuple(sorted(goals, key=lambda goal: goal.year))


def _is_series(goal: GoalDraft, found: list[GoalDraft]) -> bool:
    """Outside the aims a year is a goal's only beside other years of the same thing that is to be added."""
    return bool(_ADDED.match(goal.name)) and any(
        other.name == goal.name and other.unit == goal.unit and other.year != goal.year for other in found
    )


def _of_paragraph(paragraph: Paragraph) -> Iterator[GoalDraft]:
    year: int | None = None
    total: Statement | None = None  # what “其中：2022年新增1500张” is a part of
    for sentence in re.split(r"[。；]", paragraph.text):
        year = None
        for clause in clauses(sentence):
            found = _YEAR.fullmatch(clause)
            if found:
                year = int(found["year"])
            for statement in statements(found["rest"] if found else clause):
                if year is None:
                    total = statement
                    continue
                yield _goal(year, statement, total, clause, paragraph)


def _goal(year: int, statement: Statement, total: Statement | None, clause: str, paragraph: Paragraph) -> GoalDraft:
    name = statement.name
    if _BARE.fullmatch(name) and total is not None:
        name = total.name
    return GoalDraft(
        year=year,
        name=name,
        op=statement.op,
        value=statement.value or statement.text,
        unit=statement.unit,
        quote=clause,
        where=paragraph.where,
    )
