"""Check-up: indicators against their base, against the prose that repeats them, and against each other."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from laoxiao_desktop.models.capacity import plain
from laoxiao_desktop.models.check_rows import IndicatorRow, PlanRows, found, listed
from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.models.region import COUNTIES
from laoxiao_desktop.models.target import Target

_LESS_IS_BETTER: Final = re.compile(r"死亡|发生率|发病|缺口|空置|事故|流失|辍")
_PART: Final = re.compile(r"每个|每县|各县|各[建设]|其他|新增|每年|每处|单处")
_SIGNS: Final = {">=": "不低于", ">": "高于", "=": "等于", "<=": "不高于", "<": "低于"}
_LEAST_RESTATED: Final = 2  # so many rows of the table in one paragraph make it the paragraph of the goals


def check(plan: PlanRows) -> Iterator[Finding]:
    """All rules on the indicators of a plan."""
    for indicator in plan.indicators:
        yield from _base(plan, indicator)
        yield from _course(plan, indicator)
        yield from _wording(plan, indicator)
    yield from _standing_still(plan)
    yield from _restated(plan)
    yield from _one_sided(plan)
    yield from _twice(plan)
    yield from _shares(plan)
    yield from _each_county(plan)
    yield from _full_coverage(plan)


def value_of(text: str, unit: str) -> Decimal | None:
    """The number of a target in single units: 0.4 of 万人 is 4000."""
    value = Target.parse(text).value
    return value * 10_000 if value is not None and unit.startswith("万") else value


def is_part(name: str) -> bool:
    """Whether a name speaks of a part: one county, each county, what is added."""
    return bool(_PART.search(name)) or any(county.short_name in name for county in COUNTIES)


def _base(plan: PlanRows, indicator: IndicatorRow) -> Iterator[Finding]:
    base, target = Target.parse(indicator.base).value, Target.parse(indicator.last_target)
    if base is None or target.value is None or target.op not in (">=", ">", "=") or target.value >= base:
        return
    if _LESS_IS_BETTER.search(indicator.name):
        return
    year = indicator.base_year
    message = (
        f"“{indicator.name}”{f'{year} 年' if year else '基期'}已是 {plain(base)}{indicator.unit}，"
        f"目标却是 {target.text}，低 {plain(base - target.value)}。"
    )
    yield found(
        plan, "target_below_base", "warning", indicator.subject, "目标低于基期", message,
        figures={"基期": indicator.base, "目标": target.text}, row=indicator.row,
    )  # fmt: skip


def _course(plan: PlanRows, indicator: IndicatorRow) -> Iterator[Finding]:
    steps = [(year, value_of(text, "")) for year, text in sorted(indicator.targets.items())]
    known = [(year, value) for year, value in steps if value is not None]
    for (year, value), (later, then) in pairwise(known):
        if then < value and not _LESS_IS_BETTER.search(indicator.name):
            yield found(
                plan, "target_falls", "warning", indicator.subject, "后一年的目标更低",
                f"“{indicator.name}”{year} 年目标 {plain(value)}，{later} 年目标 {plain(then)}，不升反降。",
                figures={str(year): plain(value), str(later): plain(then)}, row=indicator.row,
            )  # fmt: skip


def _wording(plan: PlanRows, indicator: IndicatorRow) -> Iterator[Finding]:
    if not indicator.is_table:
        return
    target = Target.parse(indicator.last_target)
    is_words = bool(indicator.last_target) and target.value is None and target.text not in ("—", "/", "-")
    if is_words:
        yield found(
            plan, "target_in_words", "note", indicator.subject, "目标是文字",
            f"“{indicator.name}”的目标是“{target.text}”，没有数值，到期时不好判断是否完成。",
            figures={"目标": target.text}, row=indicator.row,
        )  # fmt: skip
    if not indicator.unit and not is_words:
        said = next((row.unit for row in plan.indicators if row.restates == indicator.uid and row.unit), "")
        message = f"“{indicator.name}”目标 {target.text or '未写'}，没有计量单位。"
        if said:
            message += f"正文写的是“{said}”。"
        yield found(
            plan, "indicator_unit", "note", indicator.subject, "指标没有计量单位", message,
            figures={"目标": target.text, "正文单位": said}, suggestion=said, field_name="unit",
            suggested=said or None, row=indicator.row,
        )  # fmt: skip


def _standing_still(plan: PlanRows) -> Iterator[Finding]:
    rows = []
    for indicator in plan.indicators:
        base, target = Target.parse(indicator.base).value, Target.parse(indicator.last_target)
        if base is not None and target.value == base and target.op in (">=", "="):
            rows.append(indicator)
    if rows:
        said = listed((f"{row.sector} {row.seq}（{row.base} → {row.last_target}）" for row in rows), 12)
        yield found(
            plan, "target_equals_base", "note", rows[0].subject, "目标等于基期",
            f"{len(rows)} 项指标的目标与基期相同，没有提高：{said}。", figures={"项数": str(len(rows))},
            cause=[(row.uid, row.base, row.last_target) for row in rows],
            others=[row.subject for row in rows[1:]], row=rows[0].row,
        )  # fmt: skip


def _restated(plan: PlanRows) -> Iterator[Finding]:
    """A row of the table beside the sentence that repeats it: other value, other sign, other name."""
    by_uid = {indicator.uid: indicator for indicator in plan.indicators}
    order = {indicator.uid: place for place, indicator in enumerate(plan.indicators)}
    signs: list[tuple[IndicatorRow, str]] = []
    names: dict[str, tuple[IndicatorRow, dict[str, None]]] = {}
    for prose in plan.indicators:
        table = by_uid.get(prose.restates or "")
        if table is None or is_part(prose.name) != is_part(table.name):
            continue
        if prose.name != table.name:
            names.setdefault(table.uid, (table, {}))[1].setdefault(prose.name)
        elif prose.unit and table.unit and prose.unit != table.unit:
            names.setdefault(table.uid, (table, {}))[1].setdefault(f"{prose.name}（{prose.unit}）")
        printed, said = Target.parse(table.last_target), Target.parse(prose.last_target)
        one, two = value_of(table.last_target, table.unit), value_of(prose.last_target, prose.unit)
        if one is None or two is None:
            continue
        if one != two:
            message = f"指标表写“{table.name}”{printed.text}{table.unit}，正文写“{prose.name}”{said.text}，两处不一。"
            yield found(
                plan, "table_unlike_prose", "error", table.subject, "指标表与正文不一", message,
                figures={"指标表": printed.text, "正文": said.text}, others=[prose.subject], row=table.row,
            )  # fmt: skip
        elif printed.op != said.op:
            signs.append((table, f"{table.sector} {table.seq}“{printed.text}”与“{said.text}”"))
    signs.sort(key=lambda pair: order[pair[0].uid])
    if signs:
        rows = _once([table for table, _ in signs])
        yield found(
            plan, "table_prose_sign", "note", rows[0].subject, "目标写法与正文不一",
            f"{len(rows)} 项指标的数值相同，但一处是“以上”，一处是等于：{listed(dict.fromkeys(words for _, words in signs), 8)}。",
            figures={"项数": str(len(rows))}, cause=[words for _, words in signs],
            others=[row.subject for row in rows[1:]], row=rows[0].row,
        )  # fmt: skip
    if names:
        pairs = sorted(names.values(), key=lambda pair: order[pair[0].uid])
        said_names = [f"“{table.name}”正文作“{'”“'.join(others)}”" for table, others in pairs]
        rows = [table for table, _ in pairs]
        yield found(
            plan, "indicator_names", "note", rows[0].subject, "同一指标有几种叫法",
            f"{len(rows)} 项指标在正文里换了名称或单位：{'；'.join(said_names[:8])}。",
            figures={"项数": str(len(rows))}, cause=said_names, others=[row.subject for row in rows[1:]],
            row=rows[0].row,
        )  # fmt: skip


def _once(rows: list[IndicatorRow]) -> list[IndicatorRow]:
    return list({row.uid: row for row in rows}.values())


def _one_sided(plan: PlanRows) -> Iterator[Finding]:
    """Goals that stand in the paragraph of the goals but not in the table, and the other way round."""
    by_uid = {indicator.uid: indicator for indicator in plan.indicators}
    paragraphs: dict[int, list[IndicatorRow]] = defaultdict(list)
    restated: dict[str, set[str]] = defaultdict(set)
    tables: dict[str, list[IndicatorRow]] = defaultdict(list)
    for indicator in plan.indicators:
        if indicator.is_table:
            tables[indicator.sector].append(indicator)
        elif indicator.line is not None:
            paragraphs[indicator.line].append(indicator)
        if indicator.restates in by_uid:
            restated[by_uid[str(indicator.restates)].sector].add(str(indicator.restates))
    for sector, table in tables.items():
        only_prose = [
            row
            for rows in paragraphs.values()
            if len({row.restates for row in rows if row.restates}) >= _LEAST_RESTATED
            for row in rows
            if row.restates is None and row.sector == sector
        ]
        share = len(restated[sector]) / len(table)
        only_table = [row for row in table if row.uid not in restated[sector]] if share >= 0.6 else []
        if not only_prose and not only_table:
            continue
        parts = []
        if only_prose:
            parts.append(f"正文有、指标表没有：{listed((f'{r.name} {r.last_target}' for r in only_prose), 8)}")
        if only_table:
            parts.append(f"指标表有、正文没有：{listed((f'第 {r.seq} 项{r.name}' for r in only_table), 8)}")
        rows = [*only_prose, *only_table]
        yield found(
            plan, "table_and_prose", "note", rows[0].subject, f"{sector}指标表与正文没有一一对应",
            "；".join(parts) + "。", figures={"只在正文": str(len(only_prose)), "只在表中": str(len(only_table))},
            cause=sorted(row.uid for row in rows), others=[row.subject for row in rows[1:]], row=rows[0].row,
        )  # fmt: skip


def _twice(plan: PlanRows) -> Iterator[Finding]:
    """One name with two values in different places of the text."""
    named: dict[tuple[str, str], list[IndicatorRow]] = defaultdict(list)
    for indicator in plan.indicators:
        if indicator.restates is None and not indicator.unit.startswith("元"):
            named[indicator.sector, indicator.name].append(indicator)
    for rows in named.values():
        values = {value_of(row.last_target, row.unit): row for row in rows}
        if len(values) < 2 or None in values or len({row.line for row in rows}) < 2:
            continue
        first, *others = rows
        said = "、".join(row.last_target for row in values.values())
        yield found(
            plan, "indicator_values", "error", first.subject, "同一指标有几个数值",
            f"“{first.name}”在方案里有不同的数值：{said}。", figures={"数值": said},
            others=[row.subject for row in others], row=first.row,
        )  # fmt: skip


def _shares(plan: PlanRows) -> Iterator[Finding]:
    """普惠 places of a thousand people against all places, and the share that is stated."""
    whole = part = share = None
    for row in plan.indicators:
        value = value_of(row.last_target, row.unit)
        if value is None or value <= 0 or "托位" not in row.name:
            continue
        is_general = "普惠" not in row.name
        if "每千" in row.name and row.unit == "个":
            whole, part = (whole or (row, value), part) if is_general else (whole, part or (row, value))
        elif not is_general and row.unit == "%" and "占比" in row.name:
            share = share or (row, value)
    if whole is None or part is None or share is None:
        return
    computed = part[1] * 100 / whole[1]
    if abs(computed - share[1]) > 5:
        message = (
            f"“{part[0].name}”{plain(part[1])} 个，“{whole[0].name}”{plain(whole[1])} 个，"
            f"占 {plain(round(computed, 1))} %；“{share[0].name}”却写 {share[0].last_target}。"
        )
        yield found(
            plan, "share_contradiction", "error", share[0].subject, "普惠托位占比前后矛盾", message,
            figures={"公布占比": share[0].last_target, "按每千人计": f"{plain(round(computed, 1))} %"},
            suggestion=f"{plain(round(computed, 1))} %", others=[part[0].subject, whole[0].subject], row=share[0].row,
        )  # fmt: skip


def _each_county(plan: PlanRows) -> Iterator[Finding]:
    """Every county at least two, yet one named county has one."""
    each = [row for row in plan.indicators if re.search(r"^(?:每个|各)县", row.name) and "其他" not in row.name]
    for row in plan.indicators:
        county = next((county for county in COUNTIES if row.name.startswith(county.short_name)), None)
        value = value_of(row.last_target, row.unit)
        if county is None or value is None:
            continue
        for other in each:
            least = value_of(other.last_target, other.unit)
            if least is None or least <= value or row.sector != other.sector or not _alike(row.name, other.name):
                continue
            message = (
                f"“{row.name}”{row.last_target}，而“{other.name}”{other.last_target}，"
                f"{county.short_name}少 {plain(least - value)}。"
            )
            yield found(
                plan, "county_below_each", "warning", row.subject, "县市目标与“每个县市”不一", message,
                figures={county.short_name: row.last_target, "每个县市": other.last_target},
                others=[other.subject], row=row.row,
            )  # fmt: skip


def _alike(one: str, two: str) -> bool:
    """Whether both speak of the same kind of place: 示范 … 机构."""
    kinds = ("示范", "医养结合", "失能", "老年大学", "养老服务中心")
    ends = ("机构", "中心", "大学", "单位")
    return any(kind in one and kind in two for kind in kinds) and any(
        one.endswith(end) and two.endswith(end) for end in ends
    )


def _full_coverage(plan: PlanRows) -> Iterator[Finding]:
    """全覆盖 in the text beside a table row on the same service that stays below 100 %."""
    for prose in plan.indicators:
        if prose.is_table or "全覆盖" not in prose.last_target:
            continue
        core = re.sub(r"^.*[）)]|^(?:全[州市县]|城乡|乡镇|社区|街道)+", "", prose.name)
        for table in plan.indicators:
            value = value_of(table.last_target, table.unit)
            if not table.is_table or value is None or value >= 100 or table.unit != "%" or "覆盖" not in table.name:
                continue
            if len(core) >= 5 and _is_within(core, table.name) and prose.restates in (None, table.uid):
                message = (
                    f"正文写“{prose.name}”{prose.last_target}，指标表“{table.name}”的目标只有 {table.last_target} %。"
                )
                yield found(
                    plan, "coverage_contradiction", "warning", table.subject, "覆盖目标前后不一", message,
                    figures={"指标表": f"{table.last_target} %", "正文": prose.last_target},
                    others=[prose.subject], row=table.row,
                )  # fmt: skip


def _is_within(core: str, name: str) -> bool:
    """Whether the characters of core stand in name in their order."""
    rest = iter(name)
    return all(char in rest for char in core)
