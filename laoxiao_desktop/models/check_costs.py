"""Check-up: what a bed, a place or a square metre costs, against like projects of all plans."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import Final

from laoxiao_desktop.models.check_rows import PlanRows, ProjectRow, found, numbers, wan
from laoxiao_desktop.models.finding import Finding, Subject
from laoxiao_desktop.models.money import FEN_PER_WAN

# field, sector it is judged in (None: all), name of one, measure word, how far from the median is far
_MEASURES: Final = (
    ("beds", "养老", "床", "张", Decimal("2.2")),
    ("places", "托育", "个托位", "个", Decimal("3")),
    ("floor_area_m2", None, "平方米", "㎡", Decimal("3.5")),
)
_LEAST_PEERS: Final = 4
_LEAST_AREA: Final = 100  # ㎡; smaller areas are annexes of a larger work
_SPREAD: Final = Decimal("1.5")
_LEAST_SPREAD: Final = 4
_HEAD: Final = 16  # characters by which contents are known as worded alike
_MOST_TWINS: Final = 20


def check(plan: PlanRows) -> Iterator[Finding]:
    """Outliers among all projects that state the same measure, and spreads within rows of one content."""
    peers = plan.peers or plan.projects
    flagged: set[str] = set()
    alike: dict[tuple[object, str], list[ProjectRow]] = defaultdict(list)
    for project in plan.projects:
        if len(project.skeleton) >= _HEAD:
            alike[project.group, project.skeleton[:_HEAD]].append(project)
    for name, sector, one, measure, far in _MEASURES:
        costs = {p.uid: (p, cost) for p in peers if sector in (None, p.sector) and (cost := _cost(p, name)) is not None}
        middle = median(cost for _, cost in costs.values()) if len(costs) > _LEAST_PEERS else None
        for project in plan.projects:
            if middle is None or project.uid not in costs or project.uid in flagged:
                continue
            cost = costs[project.uid][1]
            if cost > middle * far or cost * far < middle:
                flagged.add(project.uid)
                twins = alike[project.group, project.skeleton[:_HEAD]][:_MOST_TWINS]
                twin = next((row for row in twins if row.uid != project.uid and _cost(row, name) is not None), None)
                yield _outlier(plan, project, twin, (name, one, measure), cost, middle, len(costs) - 1)
    yield from _spreads(plan)


def _cost(project: ProjectRow, name: str) -> Decimal | None:
    """万元 for one; None where the row does not say, or states another measure that the money is for."""
    capacity = project.capacities.get(name)
    if name == "places":
        capacity = capacity or project.capacities.get("inclusive_places")
    if name == "beds":
        capacity = capacity or project.capacities.get("nursing_beds")
    if capacity is None or not project.total:
        return None
    count = capacity.minimum or capacity.maximum
    if not count or (name == "floor_area_m2" and count < _LEAST_AREA):
        return None
    if name != "floor_area_m2" and "sites" in project.capacities and capacity.maximum != capacity.minimum:
        return None  # 25 centres of 5 to 10 beds each: the centre costs, not the bed
    return Decimal(project.total) / FEN_PER_WAN / count


def _outlier(
    plan: PlanRows,
    project: ProjectRow,
    twin: ProjectRow | None,
    words: tuple[str, str, str],
    cost: Decimal,
    middle: Decimal,
    peers: int,
) -> Finding:
    name, one, measure = words
    capacity = project.capacities.get(name) or project.capacities.get(f"inclusive_{name}") or project.capacities.get("nursing_beds")  # fmt: skip
    count = (capacity.minimum or capacity.maximum or Decimal(1)) if capacity is not None else Decimal(1)
    total = project.total or 0
    way = "偏高" if cost > middle else "偏低"
    message = (
        f"总投资 {wan(total)} 万元，{count.normalize():f} {measure}，每{one} {_short(cost)} 万元；"
        f"其他 {peers} 个写明数量的项目中间值是 {_short(middle)} 万元。"
    )
    field_name, suggestion = "total_investment", ""
    suggested: str | int | None = None
    others: tuple[Subject, ...] = ()
    if cost > middle and middle / 2 <= cost / 10 <= middle * 2 and (project.request or 0) <= total // 10:
        suggestion, suggested = wan(total // 10), total // 10
        message += f"如果小数点错了一位，总投资是 {suggestion} 万元，每{one} {_short(cost / 10)} 万元。"
    elif twin is not None and name in project.capacities:
        their = _cost(twin, name) or middle
        right = int((Decimal(total) / FEN_PER_WAN / their).to_integral_value())
        field_name, suggestion, suggested, others = name, f"{right} {measure}", str(right), (twin.subject,)
        message += f"内容写法相同的第 {twin.no} 项每{one} {_short(their)} 万元，按此应为 {right} {measure}。"
    return found(
        plan, f"cost_{name}", "warning", project.subject, f"每{one}投资明显{way}", message,
        figures=_figures(total, count, one, measure, cost, middle), cause=(total, str(count)),
        suggestion=suggestion, field_name=field_name, suggested=suggested, others=others, row=project.row,
    )  # fmt: skip


def _figures(total: int, count: Decimal, one: str, measure: str, cost: Decimal, middle: Decimal) -> dict[str, str]:
    return {
        f"每{one}": f"{_short(cost)} 万元",
        "总投资": wan(total),
        "数量": f"{count.normalize():f} {measure}",
        "同类中间值": f"{_short(middle)} 万元",
    }


def _short(cost: Decimal) -> str:
    return f"{round(cost, 2):f}"


def _spreads(plan: PlanRows) -> Iterator[Finding]:
    """Rows worded alike and built alike whose cost for one bed or place lies far apart."""
    alike: dict[tuple[object, ...], list[ProjectRow]] = defaultdict(list)
    for project in plan.projects:
        if len(project.skeleton) >= 20:
            alike[project.group, project.skeleton, project.build_kind].append(project)
    for rows in alike.values():
        for name, _, one, _, _ in _MEASURES:
            by_cost: dict[Decimal, list[ProjectRow]] = defaultdict(list)
            for project in rows:
                if (cost := _cost(project, name)) is not None:
                    by_cost[cost].append(project)
            count = sum(map(len, by_cost.values()))
            if count < _LEAST_SPREAD or len(by_cost) < 2 or max(by_cost) < min(by_cost) * _SPREAD:
                continue
            yield _spread(plan, by_cost, one, count)


def _spread(plan: PlanRows, by_cost: Mapping[Decimal, Sequence[ProjectRow]], one: str, count: int) -> Finding:  # fmt: skip
    costs = sorted(by_cost)
    said = "；".join(f"{numbers(by_cost[cost])}每{one} {_short(cost)} 万元" for cost in costs)
    rows = [project for cost in reversed(costs) for project in by_cost[cost]]
    message = (
        f"{count} 个建设内容写法相同的项目，{said}，最高是最低的 {_short(max(costs) / min(costs))} 倍。"
        "请核对投资或规模。"
    )
    return found(
        plan, "cost_spread", "warning", rows[0].subject, f"同类项目每{one}投资相差大", message,
        figures={"最高": f"{_short(max(costs))} 万元", "最低": f"{_short(min(costs))} 万元"},
        cause=sorted((project.uid, project.total) for project in rows), field_name="total_investment",
        others=[project.subject for project in rows[1:]], row=rows[0].row,
    )  # fmt: skip
