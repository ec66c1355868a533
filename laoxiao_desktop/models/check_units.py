"""Check-up: responsible units: variants of one name, places and operators instead of offices, doubles, shorthand."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from laoxiao_desktop.models.check_rows import PlanRows, ProjectRow, Row, found, item_subject, listed, text_of, together
from laoxiao_desktop.models.finding import Finding, Subject
from laoxiao_desktop.models.region import COUNTIES, prefecture_of
from laoxiao_desktop.models.units import join_units, split_units

_FIELDS: Final = ("responsible_unit", "lead_units", "support_units")
_PLACE: Final = re.compile(r"(?:街道|乡|镇|村|社区|[县区])$")
_BUREAU: Final = re.compile(r"(?:局|委|政府|办|办公室|委员会|残联|妇联)$")
_SHORTHAND: Final = re.compile(r"^各?[省州市县区]、")  # 州、县、市民政局: three offices in one
_PUBLIC: Final = re.compile(r"(?:局|委|政府|委员会|办事处|办公室|党工委|医院|保健院)$")
# Long forms beside the short ones that offices use for the same body.
_SHORTER: Final = (
    ("监督管理", "监管"), ("发展和改革", "发展改革"), ("改革委员会", "改革委"), ("健康委员会", "健康委"),
    ("人力资源和社会保障", "人力资源社会保障"), ("住房和城乡建设", "住房城乡建设"), ("自然资源和规划", "自然资源规划"),
    ("教育和体育", "教育体育"), ("工业信息化", "工业和信息化"), ("文化旅游", "文化和旅游"), ("医疗保障局", "医保局"),
    ("残疾人联合会", "残联"), ("妇女联合会", "妇联"), ("应急管理局", "应急局"), ("老干部局", "老干局"),
    ("机构编制委员会办公室", "编办"), ("人行", "人民银行"), ("退役军人事务局", "退役军人局"), ("科学技术局", "科技局"),
)  # fmt: skip
_MOST_OTHERS: Final = 6  # rows named beside a finding
_LEAST_MEMBERS: Final = 10  # a shorter list of members names roles, not offices


@dataclass(frozen=True, slots=True)
class _Mention:
    subject: Subject
    field: str
    units: tuple[str, ...]
    row: Row
    label: str


def check(plan: PlanRows) -> Iterator[Finding]:
    """All rules on the units of a plan."""
    mentions = tuple(_mentions(plan))
    yield from _variants(plan, mentions)
    yield from _doubles(plan, mentions)
    yield from _places(plan)
    yield from _missing(plan)
    yield from _operators(plan)
    yield from _shorthand(plan, mentions)
    yield from _seats(plan, mentions)


def _mentions(plan: PlanRows) -> Iterator[_Mention]:
    for project in plan.projects:
        yield _Mention(project.subject, "responsible_unit", project.units, project.row, project.label)
        for name in _FIELDS[1:]:
            if project.row.get(name):
                yield _Mention(project.subject, name, _split(str(project.row[name])), project.row, project.label)
    for indicator in plan.indicators:
        if indicator.unit_text:
            units = _split(indicator.unit_text)
            yield _Mention(indicator.subject, "responsible_unit", units, indicator.row, indicator.label)
    for item in plan.items:
        if item.get("kind") == "member":
            continue
        for name in _FIELDS:
            if item.get(name) and (
                name != "responsible_unit" or not (item.get("lead_units") or item.get("support_units"))
            ):
                subject = item_subject(item)
                label = f"{item.get('list_title') or '清单'}第 {subject.no} 项"
                yield _Mention(subject, name, _split(str(item[name])), item, label)


@lru_cache(maxsize=5_000)
def _split(text: str) -> tuple[str, ...]:
    return split_units(text)


@lru_cache(maxsize=50_000)
def standard(unit: str) -> str:
    """One form for all spellings of a unit: long words shortened, a county's bare stem completed (勐腊民政局)."""
    words = unit
    for long, short in _SHORTER:
        words = words.replace(long, short)
    for county in COUNTIES:
        stem = county.stem
        if len(stem) >= 2 and words.startswith(stem) and len(words) > len(stem) + 2:
            rest = words[len(stem) :]
            if rest[0] not in "县市区州新彝哈傣拉布壮苗佤族" and _BUREAU.search(rest) and len(rest) <= 12:
                return county.short_name + rest
    return words


def _variants(plan: PlanRows, mentions: tuple[_Mention, ...]) -> Iterator[Finding]:
    """One body under several names; the name most rows use is proposed, a short form without 县 never."""
    counted: Counter[str] = Counter(unit for mention in mentions for unit in mention.units)
    forms: dict[str, list[str]] = defaultdict(list)
    for unit in counted:
        forms[standard(unit)].append(unit)
    proposed: dict[str, str] = {}
    for norm, units in forms.items():
        known = [unit for unit in units if not _is_bare(unit)]
        right = max(known, key=lambda unit: counted[unit]) if known else norm
        proposed.update({unit: right for unit in units if unit != right})
    used: dict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions if proposed else ():
        for unit in mention.units:
            used[unit].append(mention)
    for mention in mentions if proposed else ():
        for unit in dict.fromkeys(mention.units):
            if unit not in proposed:
                continue
            right = proposed[unit]
            mended = join_units(right if each == unit else each for each in mention.units)
            rows = together((other.label for other in used[right][:_MOST_OTHERS]), _MOST_OTHERS)
            message = f"这里写“{unit}”，{rows}写“{right}”。" if rows else f"“{unit}”的规范名称是“{right}”。"
            yield found(
                plan, "unit_variant", "error", mention.subject, "责任单位写法不一", message,
                figures={"公布单位": unit, "规范名称": right}, suggestion=right, field_name=mention.field,
                suggested=mended, others=[other.subject for other in used[right][:_MOST_OTHERS]], row=mention.row,
            )  # fmt: skip


def _is_bare(unit: str) -> bool:
    return any(unit.startswith(county.stem) and not unit.startswith(county.short_name) for county in COUNTIES if len(county.stem) >= 2) and standard(unit) != unit  # fmt: skip


def _doubles(plan: PlanRows, mentions: tuple[_Mention, ...]) -> Iterator[Finding]:
    for mention in mentions:
        twice = [unit for unit, count in Counter(mention.units).items() if count > 1]
        if twice:
            mended = join_units(dict.fromkeys(mention.units))
            yield found(
                plan, "unit_twice", "error", mention.subject, "责任单位重复",
                f"同一格里“{listed(twice)}”写了两次，共 {len(mention.units)} 个单位。",
                figures={"重复单位": "、".join(twice)}, suggestion=f"删去重复的{listed(twice)}",
                field_name=mention.field, suggested=mended, row=mention.row,
            )  # fmt: skip


def _places(plan: PlanRows) -> Iterator[Finding]:
    """Rows whose unit is a street or a township; the office that like rows of the county name is told."""
    offices: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for project in plan.projects:
        offices[project.sector, project.county].update(unit for unit in project.units if unit.endswith("局"))
    for project in plan.projects:
        for unit in project.units:
            if len(unit) < 3 or not _PLACE.search(unit):
                continue
            same = "，与建设地点相同" if unit == project.place else ""
            message = f"责任单位写“{unit}”{same}，是地名，不是单位。"
            mended = f"{unit}办事处" if unit.endswith("街道") else f"{unit}人民政府" if unit[-1] in "乡镇县区" else ""
            usual = offices[project.sector, project.county].most_common(1)
            office = usual[0][0] if usual else ""
            if office:
                message += f"同类项目写“{office}”。"
            suggested = join_units(mended if each == unit else each for each in project.units) if mended else None
            yield found(
                plan, "unit_is_place", "warning", project.subject, "责任单位是地名", message,
                figures={"公布单位": unit}, suggestion=mended or office, field_name="responsible_unit",
                suggested=suggested, row=project.row,
            )  # fmt: skip


def _missing(plan: PlanRows) -> Iterator[Finding]:
    rows = [project for project in plan.projects if not project.units]
    if rows:
        yield found(
            plan, "unit_missing", "note", rows[0].subject, "没有责任单位",
            f"{len(rows)} 个项目没有责任单位：{together(row.label for row in rows)}。",
            figures={"项数": str(len(rows))}, cause=[row.uid for row in rows], field_name="responsible_unit",
            others=[row.subject for row in rows[1:]], row=rows[0].row,
        )  # fmt: skip
    tasks = [item for item in plan.items if item.get("kind") == "task"]
    idle = [item for item in tasks if not any(item.get(name) for name in _FIELDS)]
    if idle:
        subjects = [item_subject(item) for item in idle]
        named = listed((subject.name for subject in subjects), 4)
        yield found(
            plan, "task_without_unit", "note", subjects[0], "任务没有责任单位",
            f"{len(tasks)} 项任务中 {len(idle)} 项没有责任单位：{named}。", figures={"项数": str(len(idle))},
            cause=[subject.uid for subject in subjects], field_name="responsible_unit", others=subjects[1:],
            row=idle[0],
        )  # fmt: skip
    table = [indicator for indicator in plan.indicators if indicator.is_table]
    bare = [indicator for indicator in table if not indicator.unit_text]
    if len(bare) >= 3 and len(bare) == len(table):
        yield found(
            plan, "indicator_without_unit", "note", plan.subject, "指标表没有责任单位",
            f"指标表 {len(table)} 项都没有责任单位，分不清由谁完成。", figures={"项数": str(len(table))},
        )  # fmt: skip
    elif bare:
        yield found(
            plan, "indicator_without_unit", "note", bare[0].subject, "指标没有责任单位",
            f"指标表 {len(table)} 项中 {len(bare)} 项没有责任单位：{together(row.label for row in bare)}。",
            figures={"项数": str(len(bare))}, cause=[row.uid for row in bare], field_name="responsible_unit",
            others=[row.subject for row in bare[1:]], row=bare[0].row,
        )  # fmt: skip


def _operators(plan: PlanRows) -> Iterator[Finding]:
    """Rows that name only the private operator: no office answers for them."""
    by_list: dict[tuple[str, str], list[ProjectRow]] = defaultdict(list)
    for project in plan.projects:
        is_alone = bool(project.units) and all(unit in project.name for unit in project.units)
        if is_alone and not project.row.get("supervising_unit") and not any(map(_PUBLIC.search, project.units)):
            by_list[project.group].append(project)
    for (sector, _), rows in by_list.items():
        if len(rows) < 3:
            continue
        yield found(
            plan, "unit_is_operator", "note", rows[0].subject, "责任单位就是经营单位",
            f"{len(rows)} 个{sector}项目的责任单位就是项目自己的经营单位，没有负责的部门："
            f"{together(row.label for row in rows)}。可以在“监管单位”里补上主管部门。",
            figures={"项数": str(len(rows))}, cause=sorted(row.uid for row in rows), field_name="supervising_unit",
            others=[row.subject for row in rows[1:]], row=rows[0].row,
        )  # fmt: skip


def _shorthand(plan: PlanRows, mentions: tuple[_Mention, ...]) -> Iterator[Finding]:
    short = [mention for mention in mentions if any(map(_SHORTHAND.search, mention.units))]
    if not short:
        return
    units = dict.fromkeys(unit for mention in short for unit in mention.units if _SHORTHAND.search(unit))
    yield found(
        plan, "unit_shorthand", "note", short[0].subject, "责任单位用了简写",
        f"{len(short)} 处责任单位一格里是几级或几个单位：{listed((f'“{unit}”' for unit in units), 4)}。"
        "催报和填报表按单位分发时，要写成具体单位。",
        figures={"处数": str(len(short)), "简写": "；".join(units)}, field_name=short[0].field,
        others=[mention.subject for mention in short[1:]], row=short[0].row,
    )  # fmt: skip


def _seats(plan: PlanRows, mentions: tuple[_Mention, ...]) -> Iterator[Finding]:
    """Units of the prefecture that bear tasks but have no seat in the leading group."""
    seats = [standard(text_of(item, "name")) for item in plan.items if item.get("kind") == "member"]
    prefecture = prefecture_of(plan.region)
    if len(seats) < _LEAST_MEMBERS or prefecture is None:
        return
    level = prefecture.name[-1] if prefecture.name.endswith("市") else "州"
    absent = dict.fromkeys(
        unit
        for mention in mentions
        if mention.subject.kind != "project"
        for unit in mention.units
        if (unit.startswith(level) or prefecture.stem in unit)
        and not unit.startswith(f"{level}、")
        and not any(standard(unit) in seat for seat in seats)
    )
    if absent:
        yield found(
            plan, "unit_without_seat", "note", plan.subject, "责任单位不在领导小组",
            f"{len(absent)} 个单位在各表里承担任务，领导小组名单里没有：{listed(absent, 8)}。",
            figures={"单位": "、".join(absent)},
        )  # fmt: skip
