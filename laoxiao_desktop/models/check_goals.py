"""Check-up: year goals against the stated total, growth against base and target, capacities against the goals."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from laoxiao_desktop.models.capacity import plain
from laoxiao_desktop.models.check_indicators import is_part, value_of
from laoxiao_desktop.models.check_rows import (
    IndicatorRow,
    PlanRows,
    Row,
    found,
    percent,
    row_subject,
    text_of,
)
from laoxiao_desktop.models.finding import Finding, Subject
from laoxiao_desktop.models.stored import whole_in
from laoxiao_desktop.models.target import Target

_ADDED: Final = re.compile(r"新增|还需|需要|需|建设|数$|总量$|每年|养老(?=床位)|目标")
_RANGE: Final = re.compile(r"([0-9]+)[-—–~至]([0-9]+)")
_LEVEL: Final = re.compile(r"占比|比例|率|每千|每百")
_KINDS: Final = re.compile(r"^新增(公办|普惠性?|市场化|民办|社会)托位数?$")
_USUAL_YEARS: Final = 5
_ENOUGH: Final = Decimal("0.5")


def check(plan: PlanRows) -> Iterator[Finding]:
    """All rules on the goals of a plan."""
    by_name: dict[str, list[Row]] = defaultdict(list)
    for goal in plan.goals:
        by_name[text_of(goal, "name")].append(goal)
    yield from _sums(plan, by_name)
    yield from _falls(plan, by_name)
    yield from _names(plan, by_name)
    yield from _growth(plan)
    yield from _years(plan)
    yield from _parts(plan, by_name)
    yield from _capacities(plan, by_name)


def core(name: str) -> str:
    """What a name counts, without that it is added: 还需新增养老床位数 and 新增养老床位 are 床位."""
    return _ADDED.sub("", name)


def _is_added(name: str) -> bool:
    return "新增" in name and "每年" not in name


def _sum(goals: list[Row]) -> Decimal | None:
    values = [Target.parse(text_of(goal, "target")).value for goal in goals]
    return None if None in values else sum((value for value in values if value is not None), Decimal(0))


def _subject(goal: Row) -> Subject:
    return row_subject("goal", goal, f"{goal.get('year')} 年{text_of(goal, 'name')}")


def _sums(plan: PlanRows, by_name: dict[str, list[Row]]) -> Iterator[Finding]:
    for name, goals in by_name.items():
        total = _sum(goals)
        if len(goals) < 2 or total is None or _LEVEL.search(name) or not _is_added(name):
            continue
        said = "+".join(plain(Target.parse(text_of(goal, "target")).value or Decimal(0)) for goal in goals)
        seen: set[Decimal] = set()
        for row in plan.indicators:
            value = value_of(row.last_target, row.unit)
            if value is None or value in seen or not _is_added(row.name) or core(row.name) != core(name):
                continue
            seen.add(value)
            is_least = Target.parse(row.last_target).op in (">=", ">")
            if total == value or (is_least and total > value):
                continue
            message = (
                f"“{name}”各年目标 {said} = {plain(total)}，“{row.name}”写 {row.last_target}，"
                f"相差 {plain(abs(total - value))}。"
            )
            yield found(
                plan, "goal_sum", "error", row.subject, "各年目标之和与总目标不符", message,
                figures={"各年之和": plain(total), "总目标": row.last_target}, suggestion=plain(total),
                others=[_subject(goal) for goal in goals], row=row.row,
            )  # fmt: skip


def _falls(plan: PlanRows, by_name: dict[str, list[Row]]) -> Iterator[Finding]:
    for name, goals in by_name.items():
        if not _LEVEL.search(name):
            continue
        ordered = sorted(goals, key=lambda goal: whole_in(goal, "year") or 0)
        for goal, later in pairwise(ordered):
            one, two = (Target.parse(text_of(each, "target")).value for each in (goal, later))
            if one is not None and two is not None and two < one:
                yield found(
                    plan, "goal_falls", "warning", _subject(later), "后一年的目标更低",
                    f"“{name}”{goal.get('year')} 年 {plain(one)}，{later.get('year')} 年 {plain(two)}，不升反降。",
                    figures={str(goal.get("year")): plain(one), str(later.get("year")): plain(two)},
                    field_name="target", row=later,
                )  # fmt: skip


def _names(plan: PlanRows, by_name: dict[str, list[Row]]) -> Iterator[Finding]:
    """A goal that one year calls by another name than all the others."""
    years = {whole_in(goal, "year") for goal in plan.goals}
    for name, goals in by_name.items():
        if len(goals) != 1 or len(years) < 3:
            continue
        year = whole_in(goals[0], "year")
        for usual, others in by_name.items():
            absent = years - {whole_in(goal, "year") for goal in others}
            is_same_unit = text_of(goals[0], "unit") == text_of(others[0], "unit")
            if absent == {year} and is_same_unit and SequenceMatcher(None, name, usual).ratio() > 0.5:
                yield found(
                    plan, "goal_name", "note", _subject(goals[0]), "年度目标名称不一",
                    f"{year} 年写“{name}”，其他年份写“{usual}”。", figures={str(year): name, "其他年份": usual},
                    suggestion=usual, field_name="name", suggested=usual, row=goals[0],
                )  # fmt: skip


def _growth(plan: PlanRows) -> Iterator[Finding]:
    """Base + what is added = target, where all three are stated."""
    for table in plan.indicators:
        base, target = value_of(table.base, table.unit), value_of(table.last_target, table.unit)
        if base is None or target is None or _LEVEL.search(table.name) or not re.search("床位|托位", table.name):
            continue
        added = next(
            (
                (row, value)
                for row in plan.indicators
                if row.sector == table.sector and _is_added(row.name) and core(row.name) == core(table.name)
                if (value := value_of(row.last_target, row.unit)) is not None
            ),
            None,
        )
        if added is None or base + added[1] == target:
            continue
        row, value = added
        message = (
            f"“{table.name}”{table.base_year or '基期'} 年 {plain(base)}，加“{row.name}”{plain(value)} 是 "
            f"{plain(base + value)}，目标却写 {plain(target)}，相差 {plain(abs(target - base - value))}。"
        )
        yield found(
            plan, "growth", "error", table.subject, "基期加新增不等于目标", message,
            figures={"基期": plain(base), "新增": plain(value), "目标": plain(target)}, suggestion=plain(base + value),
            others=[row.subject], row=table.row,
        )  # fmt: skip


def _years(plan: PlanRows) -> Iterator[Finding]:
    """So much a year for the years of the plan against the stated total."""
    for row in plan.indicators:
        if (
            "每年" not in row.name
            or "新增" not in row.name
            or is_part(row.name.replace("每年", "").replace("新增", ""))
        ):
            continue
        match = _RANGE.search(row.last_target)
        single = value_of(row.last_target, row.unit)
        low, high = (Decimal(match[1]), Decimal(match[2])) if match else (single, single)
        total = next(
            (
                (other, value)
                for other in plan.indicators
                if other.sector == row.sector and _is_added(other.name) and core(other.name) == core(row.name)
                if (value := value_of(other.last_target, other.unit)) is not None
            ),
            None,
        )
        if low is None or high is None or total is None or plan.end_year is None or not plan.issued_on:
            continue
        left = plan.end_year - int(plan.issued_on[:4]) + 1
        spans = {left, plan.end_year - (plan.start_year or plan.end_year - _USUAL_YEARS + 1) + 1, _USUAL_YEARS}
        other, value = total
        if left < 1 or any(low * count <= value <= high * count for count in spans) or high * left >= value:
            continue
        message = (
            f"“{row.name}”{row.last_target}，从印发的 {plan.issued_on[:4]} 年到 {plan.end_year} 年共 {left} 年，"
            f"是 {plain(low * left)}—{plain(high * left)}；“{other.name}”却写 {other.last_target}。"
        )
        yield found(
            plan, "yearly_sum", "warning", row.subject, "每年的数加起来与总目标不符", message,
            figures={"每年": row.last_target, f"{left} 年": f"{plain(low * left)}—{plain(high * left)}", "总目标": other.last_target},
            others=[other.subject], row=row.row,
        )  # fmt: skip


def _parts(plan: PlanRows, by_name: dict[str, list[Row]]) -> Iterator[Finding]:
    parts = [
        (row, value)
        for row in plan.indicators
        if _KINDS.match(row.name) and (value := value_of(row.last_target, row.unit)) is not None
    ]
    total = _stated_total(plan, by_name, "托位")
    if len({row.name for row, _ in parts}) < 2 or total is None:
        return
    summed = sum((value for _, value in parts), Decimal(0))
    if summed < total[0]:
        said = "、".join(f"{row.name} {row.last_target}" for row, _ in parts)
        yield found(
            plan, "parts_sum", "note", parts[0][0].subject, "分项之和小于总目标",
            f"{said}，合计 {plain(summed)}；{total[1]}是 {plain(total[0])}，少 {plain(total[0] - summed)}。",
            figures={"分项之和": plain(summed), "总目标": plain(total[0])},
            others=[row.subject for row, _ in parts[1:]], row=parts[0][0].row,
        )  # fmt: skip


def _stated_total(plan: PlanRows, by_name: dict[str, list[Row]], noun: str) -> tuple[Decimal, str, IndicatorRow | None] | None:  # fmt: skip
    """What a plan promises to add: a sentence of the text, or the sum of its year goals."""
    for row in plan.indicators:
        is_promise = not row.is_table and core(row.name) == noun and re.match(r"新增|建设|还?需新增", row.name)
        if is_promise and (value := value_of(row.last_target, row.unit)) is not None:
            return value, f"“{row.name}”的目标", row
    for name, goals in by_name.items():
        total = _sum(goals)
        if core(name) == noun and _is_added(name) and total is not None:
            return total, f"各年“{name}”之和", None
    return None


def _capacities(plan: PlanRows, by_name: dict[str, list[Row]]) -> Iterator[Finding]:
    """What the listed projects say they build against what the plan promises."""
    for sector, noun, fields, measure in (
        ("养老", "床位", ("beds", "nursing_beds"), "张床位"),
        ("托育", "托位", ("places", "inclusive_places"), "个托位"),
    ):
        rows = [project for project in plan.projects if project.sector == sector]
        total = _stated_total(plan, by_name, noun)
        if not rows or total is None or total[0] <= 0:
            continue
        stating = [row for row in rows if any(name in row.capacities for name in fields)]
        built = sum(
            (next(row.capacities[n] for n in fields if n in row.capacities).minimum for row in stating), Decimal(0)
        )
        if built >= total[0] * _ENOUGH:
            continue
        message = (
            f"{sector}清单 {len(rows)} 项，写明数量的 {len(stating)} 项共 {plain(built)} {measure}；"
            f"{total[1]}是 {plain(total[0])}，清单只占 {percent(int(built), int(total[0]))}。"
        )
        if len(stating) < len(rows):
            message += f"另有 {len(rows) - len(stating)} 项没有写数量。"
        yield found(
            plan, "capacity_below_goal", "note", plan.subject, f"清单{noun}远少于目标", message,
            figures={"清单": plain(built), "目标": plain(total[0]), "类别": sector},
            others=[total[2].subject] if total[2] is not None else [],
        )  # fmt: skip
