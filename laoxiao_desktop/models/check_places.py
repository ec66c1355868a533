"""Check-up: places against names, units and counties."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from laoxiao_desktop.models.check_rows import PlanRows, ProjectRow, found, listed
from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.models.region import COUNTIES, counties_of, find_county, find_region, prefecture_of, short_name_of

_TOWN: Final = re.compile(r"([㐀-鿿]{1,7}?(?:乡|镇|街道))")
_SEVERAL: Final = re.compile(r"各|全[州市县区]|[一二两三四五六七八九十0-9]+个?[县市区]|县[、（(]市|市[、（(]区")
_MOST_NEAR: Final = 50
_LEAST_LIST: Final = 5  # a shorter list need not reach every county


def check(plan: PlanRows) -> Iterator[Finding]:
    """All rules on the places of the projects of a plan."""
    homes: dict[str, list[ProjectRow]] = defaultdict(list)
    for project in plan.projects:
        if town := town_of(project.name):
            homes[town[1]].append(project)
    for project in plan.projects:
        yield from _town(plan, project, homes)
        yield from _county(plan, project)
        yield from _no_county(plan, project)
    yield from _coverage(plan)


def _town(plan: PlanRows, project: ProjectRow, homes: Mapping[str, Sequence[ProjectRow]]) -> Iterator[Finding]:
    named, sited = town_of(project.name), town_of(project.place)
    if named is None or sited is None or named[1] == sited[1]:
        return
    mended = project.place.replace(sited[1], named[1], 1)
    near = homes.get(sited[1], ())[:_MOST_NEAR]
    twin = min(near, key=lambda other: abs((other.no or 0) - (project.no or 0)), default=None)
    message = f"项目名称写{named[1]}，建设地点写{sited[1]}。"
    if twin is not None:
        beside = "，两项相邻，应是抄录时带下来的" if abs((twin.no or 0) - (project.no or 0)) == 1 else ""
        message += f"{sited[1]}是第 {twin.no} 项的地点{beside}。"
    yield found(
        plan, "place_unlike_name", "error", project.subject, "建设地点与项目名称不符", message,
        figures={"名称中": named[1], "地点中": sited[1], "公布地点": project.place}, suggestion=mended,
        field_name="place", suggested=mended, others=[twin.subject] if twin is not None else (), row=project.row,
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def town_of(text: str) -> tuple[str, str] | None:
    """The county and the township named after it at the start of a name or place; None where none is."""
    words = text
    for region in COUNTIES:
        at = words.find(region.name)
        name = region.name if at >= 0 else region.short_name
        at = at if at >= 0 else words.find(name)
        if 0 <= at <= 12:
            match = _TOWN.match(words[at + len(name) :])
            if match:
                return name, match[1]
    return None


@lru_cache(maxsize=50_000)
def county_in(text: str, prefecture: str) -> str | None:
    """The county that a text speaks of; asked again and again for the same few units and places."""
    return find_county(text, prefecture) if text else None


def _county(plan: PlanRows, project: ProjectRow) -> Iterator[Finding]:
    sited, county = county_in(project.place, ""), project.county
    if county and sited and county != sited:
        message = f"建设地点“{project.place}”在{short_name_of(sited)}，县市区填的是{short_name_of(county)}。"
        yield found(
            plan, "county_unlike_place", "error", project.subject, "县市区与建设地点不符", message,
            figures={"建设地点": project.place, "县市区": short_name_of(county)}, suggestion=short_name_of(sited),
            field_name="county", suggested=sited, row=project.row,
        )  # fmt: skip
    named = county_in(project.name, plan.region)
    if sited and named and named != sited and not town_of(project.name):
        message = f"项目名称写{short_name_of(named)}，建设地点“{project.place}”在{short_name_of(sited)}。"
        yield found(
            plan, "place_unlike_name", "error", project.subject, "建设地点与项目名称不符", message,
            figures={"名称中": short_name_of(named), "公布地点": project.place}, field_name="place", row=project.row,
        )  # fmt: skip
    here = sited or county
    for unit in project.units:
        home = county_in(unit, "")
        if here and home and home != here:
            message = f"责任单位“{unit}”属{short_name_of(home)}，项目在{short_name_of(here)}。"
            yield found(
                plan, "unit_unlike_county", "warning", project.subject, "责任单位与县市区不符", message,
                figures={"责任单位": unit, "县市区": short_name_of(here)}, field_name="responsible_unit", row=project.row,
            )  # fmt: skip


def _no_county(plan: PlanRows, project: ProjectRow) -> Iterator[Finding]:
    if not project.place:
        yield found(
            plan, "place_missing", "note", project.subject, "没有建设地点", "建设地点没有填写。",
            figures={"建设地点": ""}, field_name="place", row=project.row,
        )  # fmt: skip
        return
    if county_in(project.place, plan.region) or _SEVERAL.search(project.place) or not counties_of(plan.region):
        return
    if find_region(project.county) is not None and project.county[:4] != _code(plan.region):
        return
    known = project.county or county_in(project.name, plan.region) or county_in(project.unit_text, plan.region)
    message = f"建设地点“{project.place}”没有写县市区。"
    suggested = None
    if known:
        suggested = short_name_of(known) + project.place
        message += f"从名称和单位看在{short_name_of(known)}。"
    else:
        message += "本行其他内容也看不出在哪个县市区，县市报表里会漏掉它。"
    yield found(
        plan, "place_without_county", "note", project.subject, "地点未写县市", message,
        figures={"公布地点": project.place}, suggestion=suggested or "", field_name="place" if known else "county",
        suggested=suggested, cause=(project.place, known), row=project.row,
    )  # fmt: skip


def _code(region: str) -> str:
    prefecture = prefecture_of(region)
    return prefecture.code[:4] if prefecture is not None else ""


def _coverage(plan: PlanRows) -> Iterator[Finding]:
    """A list of projects that leaves whole counties of the prefecture out."""
    counties = [county for county in counties_of(plan.region) if not county.is_local] if _code(plan.region) else []
    by_sector: dict[str, list[ProjectRow]] = defaultdict(list)
    for project in plan.projects:
        by_sector[project.sector].append(project)
    for sector, rows in by_sector.items():
        counted: dict[str, int] = defaultdict(int)
        for project in rows:
            counted[project.county] += 1
        absent = [county.short_name for county in counties if county.code not in counted]
        covered = [county for county in counties if county.code in counted]
        if len(rows) < _LEAST_LIST or not absent or not covered or any(_SEVERAL.search(row.place) for row in rows):
            continue
        held = listed((f"{county.short_name} {counted[county.code]} 项" for county in covered), 12)
        open_ = counted[""]
        message = f"{len(rows)} 个{sector}项目中，{held}{f'，{open_} 项未写县市' if open_ else ''}；{listed(absent)}没有项目。"
        yield found(
            plan, "county_uncovered", "note", plan.subject, f"{sector}项目没有覆盖全部县市", message,
            figures={"类别": sector, "没有项目": "、".join(absent)},
        )  # fmt: skip
