"""Check-up: names that stand twice, are worded in several ways, or do not fit the unit."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from laoxiao_desktop.models.check_rows import PlanRows, ProjectRow, found, listed, numbers, together
from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.models.region import COUNTIES, PREFECTURES

_TOWN: Final = re.compile(r"^[㐀-鿿]{1,6}?(?:街道|乡|镇)")
_LEAST_CONTENT: Final = 20


def check(plan: PlanRows) -> Iterator[Finding]:
    """All rules on the names of the projects of a plan."""
    yield from _duplicates(plan)
    yield from _variants(plan)
    for project in plan.projects:
        yield from _unlike_unit(plan, project)


def _duplicates(plan: PlanRows) -> Iterator[Finding]:
    named: dict[str, list[ProjectRow]] = defaultdict(list)
    for project in plan.projects:
        if project.name:
            named[project.name].append(project)
    for name, rows in named.items():
        if len(rows) < 2:
            continue
        first = rows[0]
        message = f"“{name}”是{together(row.label for row in rows)}的名称"
        if len({row.place for row in rows}) > 1:
            message += f"，建设地点不同（{listed(row.place or '未写' for row in rows)}）"
        message += "。同名不等于重复：核对是不是两个项目，名称最好能分得清。"
        yield found(
            plan, "duplicate_name", "warning", first.subject, "同名项目", message,
            figures={"项目": together(row.label for row in rows)}, cause=sorted(row.uid for row in rows),
            field_name="name", others=[row.subject for row in rows[1:]], row=first.row,
        )  # fmt: skip


def _variants(plan: PlanRows) -> Iterator[Finding]:
    """Rows of the same content whose names differ beyond the place they name."""
    alike: dict[tuple[object, str], list[ProjectRow]] = defaultdict(list)
    for project in plan.projects:
        if len(project.content) >= _LEAST_CONTENT:
            alike[project.group, project.skeleton].append(project)
    for rows in alike.values():
        if len(rows) < 3:
            continue
        worded: dict[str, list[ProjectRow]] = defaultdict(list)
        for project in rows:
            worded[_beyond_place(project)].append(project)
        if not 2 <= len(worded) <= 3 or "" in worded:
            continue
        usual = max(worded, key=lambda words: len(worded[words]))
        if len(worded[usual]) < 2:
            continue
        others = [project for words, part in worded.items() if words != usual for project in part]
        said = "；".join(f"“{words}”（{numbers(part)}）" for words, part in worded.items())
        yield found(
            plan, "name_variant", "note", others[0].subject, "同类项目名称写法不一",
            f"建设内容相同的 {len(rows)} 项名称有 {len(worded)} 种写法：{said}。",
            figures={"写法": "、".join(worded)}, cause=sorted((row.uid, row.name) for row in rows),
            suggestion=usual, field_name="name", others=[row.subject for row in others[1:]], row=others[0].row,
        )  # fmt: skip


def _beyond_place(project: ProjectRow) -> str:
    words = project.name
    for region in (*PREFECTURES, *COUNTIES):
        for name in (region.name, region.short_name):
            words = words.removeprefix(name)
    return _TOWN.sub("", words)


def _unlike_unit(plan: PlanRows, project: ProjectRow) -> Iterator[Finding]:
    """A name that begins with the unit but leaves part of it out: 州保健院 of the unit 州妇幼保健院."""
    for unit in project.units:
        start = _common_start(project.name, unit)
        rest, left = unit[len(start) :], project.name[len(start) :]
        if len(start) < 3 or not rest:
            continue
        for skipped in range(1, len(rest) - 2):
            if not left.startswith(rest[skipped:]):
                continue
            mended = unit + left[len(rest) - skipped :]
            message = (
                f"项目名称以“{start}{rest[skipped:]}”开头，责任单位是“{unit}”，名称少“{rest[:skipped]}”二字。"
                if skipped == 2
                else f"项目名称以“{start}{rest[skipped:]}”开头，责任单位是“{unit}”，名称少“{rest[:skipped]}”。"
            )
            yield found(
                plan, "name_unlike_unit", "error", project.subject, "名称与单位不符", message,
                figures={"名称": project.name, "责任单位": unit}, suggestion=mended, field_name="name",
                suggested=mended, row=project.row,
            )  # fmt: skip
            break


def _common_start(one: str, two: str) -> str:
    length = next(
        (place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )
    return one[:length]
