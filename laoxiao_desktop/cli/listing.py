"""`list`: rows as the screens show them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, cast

import click

from laoxiao_desktop import clock
from laoxiao_desktop.cli import checking, dispatching, row_json
from laoxiao_desktop.cli.frame import Json, for_reading, one_of, say, table, verb
from laoxiao_desktop.cli.scope import Scope, scope_of
from laoxiao_desktop.models.dictionary import ITEM_KINDS, SECTORS
from laoxiao_desktop.models.lights import COLOURS
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.workspace import lists, milestones, projects
from laoxiao_desktop.workspace.ledger import Ledger

_HAS_COUNTY: Final = ("projects", "milestones")
_HAS_SECTOR: Final = ("projects", "milestones", "indicators", "findings")


@verb("list", "列出项目、指标、年度目标、清单事项、里程碑、月份或校核结果", "ledger")
@click.argument("what", metavar="projects|indicators|goals|items|milestones|months|findings")
@click.option("--plan", metavar="文字", help="方案名称或地区的一部分，如 玉溪")
@click.option("--county", metavar="县市区", help="只列这个县市区")
@click.option("--sector", metavar="|".join(SECTORS), callback=one_of(SECTORS), help="只列养老或托育")
@click.option("--light", metavar="|".join(COLOURS), callback=one_of(COLOURS), help="只列亮这个灯的项目")
def list_command(  # the options of a verb are its arguments
    what: str,
    path: Path | None,
    plan: str | None,
    county: str | None,
    sector: str | None,
    light: str | None,
    as_json: bool,
) -> None:
    """`{what: [rows]}`; projects also with sums and the printed totals."""
    if what not in _LISTS:
        raise click.UsageError(f"要列什么请写 {'、'.join(_LISTS)} 之一。")
    if county and what not in _HAS_COUNTY:
        raise click.UsageError("只有项目和里程碑能按县市区列出。")
    if sector and what not in _HAS_SECTOR:
        raise click.UsageError("年度目标和清单事项不分养老、托育。")
    if light and what not in _HAS_COUNTY:
        raise click.UsageError("只有项目和里程碑能按灯列出。")
    with for_reading(path) as ledger:
        scope = scope_of(ledger, plan, county, sector, light)
        rows = _LISTS[what](ledger, scope)
        sums = _sums(ledger, scope) if what == "projects" else {}
    head, cells = _SHOWN[what]
    text = table(head, [cells(row) for row in rows]) if rows else "没有符合条件的行。"
    say({what: rows, **sums}, text, as_json=as_json)


def project_rows(ledger: Ledger, ids: Sequence[int]) -> list[Json]:
    """Projects by their ids, as JSON."""
    names = ("id", "uid", *row_json.PROJECT_COLUMNS)
    found = projects.rows_of(ledger, ids, row_json.PROJECT_COLUMNS)
    return [row_json.project(dict(zip(names, row, strict=True))) for row in found]


def _projects(ledger: Ledger, scope: Scope) -> list[Json]:
    return project_rows(ledger, _ids(ledger, scope))


def _ids(ledger: Ledger, scope: Scope) -> Sequence[int]:
    return cast("Sequence[int]", projects.find(ledger, Query(conditions=scope.conditions)).ids)


def _indicators(ledger: Ledger, scope: Scope) -> list[Json]:
    rows = [row for plan in scope.plans_or_all for row in lists.indicators(ledger, plan)]
    return [row_json.indicator(row) for row in rows if scope.sector in (None, row["sector"])]


def _goals(ledger: Ledger, scope: Scope) -> list[Json]:
    return [row_json.goal(row) for plan in scope.plans_or_all for row in lists.goals(ledger, plan)]


def _items(ledger: Ledger, scope: Scope) -> list[Json]:
    return [row_json.item(row) for plan in scope.plans_or_all for row in lists.items(ledger, None, plan)]


def _milestones(ledger: Ledger, scope: Scope) -> list[Json]:
    names = ("id", "uid", "name", "plan_title", "milestone_count")
    found = projects.rows_of(ledger, _ids(ledger, scope), names[2:])
    owners = [dict(zip(names, row, strict=True)) for row in found]
    return [
        row_json.milestone(step, owner, clock.today())
        for owner in owners
        if owner["milestone_count"]
        for step in milestones.of(ledger, str(owner["uid"]))
    ]


def _sums(ledger: Ledger, scope: Scope) -> Json:
    """Sums of the listed projects; and, where whole plans are listed, their printed totals beside the present sums."""
    shown = projects.find(ledger, Query(conditions=scope.conditions)).sums
    document: Json = {
        "sums": {
            "count": shown.count,
            "total_investment": show_money(shown.total_investment),
            "central_request": show_money(shown.central_request),
        }
    }
    if scope.county is None and scope.sector is None and scope.light is None:
        document["totals"] = _totals(ledger, scope)
    return document


def _totals(ledger: Ledger, scope: Scope) -> list[Json]:
    by_plan: dict[str, list[dict[str, str | int | None]]] = defaultdict(list)
    for total in ledger.rows_as_of("plan_total"):
        by_plan[str(total["plan"])].append(total)
    listed: list[Json] = []
    for uid, title in scope.titles.items():
        for total in sorted(by_plan[uid], key=lambda row: int(row["ord"] or 0)):
            sector = (("sector", (str(total["scope"]),)),) if total["scope"] in SECTORS else ()
            now = projects.find(ledger, Query(conditions=(("plan", (uid,)), *sector))).sums
            printed = (total["row_count"], total["total_investment"], total["central_request"])
            present = (now.count, now.total_investment, now.central_request)
            listed.append(
                {
                    "plan": title,
                    "label": total["label"],
                    "scope": total["scope"],
                    "count": total["row_count"],
                    "total_investment": row_json.money(total["total_investment"]),
                    "central_request": row_json.money(total["central_request"]),
                    "sum_count": now.count,
                    "sum_total_investment": show_money(now.total_investment),
                    "sum_central_request": show_money(now.central_request),
                    "agrees": all(a is None or a == b for a, b in zip(printed, present, strict=True)),
                }
            )
    return listed


def _months(ledger: Ledger, _: Scope) -> list[Json]:
    return dispatching.month_rows(ledger)


def _month_cells(row: Json) -> list[str]:
    counts = row["counts"]
    shown = "、".join(f"{state} {count}" for state, count in counts.items()) if isinstance(counts, dict) else ""
    return [str(row["month"]), "已锁定" if row["is_locked"] else "填报中", str(row["due_on"]), shown]


_LISTS: Final[dict[str, Callable[[Ledger, Scope], list[Json]]]] = {
    "projects": _projects,
    "indicators": _indicators,
    "goals": _goals,
    "items": _items,
    "milestones": _milestones,
    "months": _months,
    "findings": checking.finding_rows,
}


def _cells(*names: str) -> Callable[[Json], list[str]]:
    return lambda row: ["" if row[name] is None else str(row[name]) for name in names]


def _indicator_cells(row: Json) -> list[str]:
    targets = row["targets"]
    shown = (
        "；".join(f"{year} {target['text']}" for year, target in targets.items()) if isinstance(targets, dict) else ""
    )
    return [*_cells("sector", "seq", "name", "unit")(row), shown, str(row["uid"])]


def _item_cells(row: Json) -> list[str]:
    return [ITEM_KINDS.get(str(row["kind"]), ""), *_cells("no", "class", "name", "uid")(row)]


_SHOWN: Final[dict[str, tuple[tuple[str, ...], Callable[[Json], list[str]]]]] = {
    "projects": (
        ("类别", "序号", "项目名称", "县市区", "总投资", "申请中央", "状态", "标识"),
        _cells("sector", "list_no", "name", "county_name", "total_investment", "central_request", "status", "uid"),
    ),
    "indicators": (("类别", "序号", "指标", "单位", "目标", "标识"), _indicator_cells),
    "goals": (("年度", "目标", "关系", "数值", "单位", "标识"), _cells("year", "name", "op", "value", "unit", "uid")),
    "items": (("清单", "序号", "分类", "名称", "标识"), _item_cells),
    "milestones": (
        ("项目", "编号", "里程碑", "计划", "预计", "实际"),
        _cells("project_name", "code", "name", "planned", "forecast", "actual"),
    ),
    "months": (("月份", "状态", "截止", "月报"), _month_cells),
    "findings": (checking.HEAD, checking.cells),
}
