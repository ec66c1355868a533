"""Indicators that stand in prose: figures a plan sets itself, told apart from figures that describe what is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from laoxiao_desktop.exchange.paragraphs import Outline, Paragraph
from laoxiao_desktop.exchange.quantities import Statement, clauses, clean_name, sentences, statements
from laoxiao_desktop.exchange.restating import restated_row
from laoxiao_desktop.exchange.sectors import sector_of
from laoxiao_desktop.models.plan_draft import GoalDraft, IndicatorDraft, Lines, PlanFacts, TargetDraft

_AIM = re.compile(r"目标|指标")
_BACKGROUND = re.compile(r"背景|基础|现状|形势|趋势|问题|挑战|机遇|回顾|思路|原则|成效")
_YEAR = re.compile(r"(?:到|至|在)?(?<!自)(?P<year>20\d\d)年(?:底|末)?(?!以来|起|初)")
_AHEAD = re.compile(r"(?:到|至)(?P<year>20\d\d)年|“十[四五六]五”(?:期末|末|期间)")
_PAST = re.compile(
    r"截至|(?<!实)现有|已有|已建(?!成(?:居住|住宅)?(?:小区|区))|已完成|已注册|目前|近年|以来|原有|据[^，]{0,12}(?:统计|普查|预测)|“十[二三]五”"
)
_FORECAST = re.compile(
    r"(?:人口|老年人|婴幼儿|人数)(?:数|总数|比例|占比|比重)?$|占(?:全[州市])?总?(?:常住)?人口|缺口|出生"
)
_INTENT = re.compile(r"需|应|要|达到|达|新增|以上|不低于|不少于|(?:提高|提升|增加)[到至]")
_BUILDING = re.compile(r"(?:新建|打造|建成|建立|建设|设立|培育|创建|新增|完成|改造|建有|引进|配备|组建|形成)(?:至少)?$")
_CONDITION = re.compile(r"(?:计算|测算|的目标任务)$")
_REACHES = re.compile(r"达到?\d")
_SUBSIDY = re.compile(r"补助|奖补|补贴")
_SHARED = re.compile(r"(?<=[率面比])、(?=[^、]*[率面比]$)")
_EVERYWHERE = re.compile(r"(?P<name>.{4,40}?)(?:实现)(?P<what>.{2,20})全覆盖")
_BOTH = "养老托育"
_LONGEST_CLAUSE = 400


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a sentence stands: among the aims, in the background, or among the tasks."""

    is_aim: bool
    is_background: bool


def prose_indicators_of(
    outline: Outline, in_tables: Sequence[IndicatorDraft], goals: Sequence[GoalDraft], plan: PlanFacts
) -> tuple[IndicatorDraft, ...]:
    """The indicators of the running text in its order; the row of a table that one repeats is named in `restates`.

    A figure without a year of its own counts for the plan's last year. Figures of `goals` are left to them.
    """
    taken = {(goal.where, goal.quote) for goal in goals}
    found: list[IndicatorDraft] = []
    for paragraph in outline.paragraphs:
        found += _of_paragraph(paragraph, plan, taken)
    return tuple(replace(draft, restates=restated_row(draft, in_tables)) for draft in found)


def _of_paragraph(
    paragraph: Paragraph, plan: PlanFacts, taken: set[tuple[Lines | None, str | None]]
) -> Iterator[IndicatorDraft]:
    scope = _scope(paragraph)
    sector: str | None = None
    spoken: set[str] = set()  # sectors of the sentence before
    for whole in re.split(r"[。！？]", paragraph.text):
        year: int | None = None
        earlier, spoken = spoken, set()
        lent: str | None = None  # the last name that was spelt out
        is_ahead = False
        context = ""
        for sentence in sentences(whole):
            for clause in clauses(sentence):
                if opened := re.search(r"(养老|托育)(?:服务)?(?:体系)?方面", clause):
                    sector = opened[1]
                is_ahead = is_ahead or bool(_AHEAD.search(clause))
                if marked := _YEAR.match(_without_lead(clause)):
                    year = int(marked["year"])
                for statement in statements(clause):
                    words = clause if len(clause) <= _LONGEST_CLAUSE else statement.quote
                    if (paragraph.where, clause) in taken or not _is_aimed(statement, words, scope, is_ahead, year):
                        continue
                    if _has_own_name(statement):
                        lent, named = statement.name, statement
                    else:
                        lent = lent or clean_name(context or clauses(sentence)[-1])
                        named = replace(statement, name=lent + statement.name)
                    cue = sector or _only(spoken or earlier)
                    for draft in _drafts(named, scope, year, cue, paragraph, plan):
                        spoken.add(draft.sector)
                        yield draft
                if year and (everywhere := _EVERYWHERE.fullmatch(clause)):
                    yield _everywhere(everywhere, clause, year, sector, paragraph)
                context = clause


def _only(sectors: set[str]) -> str | None:
    """The one sector that was spoken of; both, where it was several; None where it was none."""
    return next(iter(sectors)) if len(sectors) == 1 else _BOTH if sectors else None


def _scope(paragraph: Paragraph) -> _Scope:
    titles = [heading.title for heading in (paragraph.chapter, paragraph.section, paragraph.point) if heading]
    return _Scope(
        is_aim=any(_AIM.search(title) for title in titles),
        is_background=not titles or any(_BACKGROUND.search(title) for title in titles[:2]),
    )


def _without_lead(clause: str) -> str:
    return re.sub(r"^(?:力争|确保|预计|争取|按照|其中)+", "", clause)


def _is_aimed(statement: Statement, clause: str, scope: _Scope, is_ahead: bool, year: int | None) -> bool:
    """The figure is set, not observed: by where it stands, the year before it, or the words around it."""
    if _PAST.search(clause) and "从" not in clause:
        return False
    if _CONDITION.search(clause) or clause.endswith("的") or statement.after.startswith("的目标任务"):
        return False
    if statement.op == ">" and not statement.is_share:
        return False  # 超过1万平方米的… is a condition
    if scope.is_aim:
        return True
    if scope.is_background:
        return (
            is_ahead
            and bool(_INTENT.search(clause))
            and not _FORECAST.search(statement.name)
            and not re.search(r"预计达?$", statement.before)
        )
    if statement.unit and statement.unit.startswith(("元", "万元", "亿元")):
        return bool(_SUBSIDY.search(clause)) and "每" in clause
    if re.match(r"^(?:及?以上)?的", statement.after) and not statement.is_share and statement.op == "=":
        return False
    if statement.name.endswith(("率", "占比", "比例", "比重", "数", "面")) and _REACHES.search(clause):
        return True
    if year is not None or statement.op in (">=", ">", "<="):
        return True
    return bool(_BUILDING.search(statement.before)) or "每年" in statement.before or statement.op == "text"


def _has_own_name(statement: Statement) -> bool:
    """The name says what is counted, and is more than a verb that speaks of what was named before."""
    return len(re.sub(r"还|共|每年|需|支持|新增|改造|完成|达到?|目标|标准", "", statement.name)) >= 2


def _drafts(
    statement: Statement,
    scope: _Scope,
    year: int | None,
    cue: str | None,
    paragraph: Paragraph,
    plan: PlanFacts,
) -> Iterator[IndicatorDraft]:
    names = _SHARED.split(statement.name) if scope.is_aim else [statement.name]
    due = year or plan.end_year
    target = TargetDraft(statement.op, statement.value, statement.text)
    for name in names:
        yield IndicatorDraft(
            sector=_sector(name, statement.quote, cue, paragraph),
            seq=None,
            name=name,
            unit=statement.unit,
            targets={str(due): target} if due else {},
            source="prose",
            quote=statement.quote,
            where=paragraph.where,
        )


def _everywhere(
    found: re.Match[str], clause: str, year: int, sector: str | None, paragraph: Paragraph
) -> IndicatorDraft:
    name = clean_name(found["name"]) + found["what"]
    return IndicatorDraft(
        sector=_sector(name, clause, sector, paragraph),
        seq=None,
        name=name,
        unit="%",
        targets={str(year): TargetDraft("=", "100", "全覆盖")},
        source="prose",
        quote=clause,
        where=paragraph.where,
    )


def _sector(name: str, quote: str, cue: str | None, paragraph: Paragraph) -> str:
    own = sector_of(name, quote)
    if own:
        return own
    heading = paragraph.heading
    return cue or sector_of(heading.title if heading else None) or _BOTH
