"""任务与清单进展表 as a value: tasks, policies and the other lists of the plans with state and latest progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from laoxiao_desktop.models.dates import show_date
from laoxiao_desktop.models.dictionary import ITEM_KINDS
from laoxiao_desktop.models.report_table import ReportTable, TableColumn, TableRow, chosen, numeral

COLUMNS = (
    TableColumn("no", "序号", 9, "whole", is_centred=True),
    TableColumn("group", "分类", 26, is_optional=True),
    TableColumn("name", "事项", 62),
    TableColumn("measure", "主要措施", 58, is_optional=True),
    TableColumn("expected", "预期成效", 40, is_optional=True),
    TableColumn("units", "责任单位", 44, is_optional=True),
    TableColumn("state", "状态", 19, is_centred=True),
    TableColumn("note", "最近进展", 52, is_optional=True),
)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a list with the newest note about it."""

    uid: str
    plan: str
    kind: str
    no: int | None
    group: str
    name: str
    measure: str
    expected: str
    units: str
    state: str
    noted_on: str = ""
    note: str = ""


def tables(lines: Sequence[ItemLine]) -> list[ReportTable]:
    """A table for each list, with the columns that it has; the plans under one another."""
    order = list(ITEM_KINDS)
    kinds = sorted({line.kind for line in lines}, key=lambda kind: order.index(kind) if kind in order else len(order))
    made = []
    for kind in kinds:
        columns, rows = chosen(COLUMNS, list(_rows([line for line in lines if line.kind == kind])))
        made.append(ReportTable(f"{ITEM_KINDS.get(kind, '清单')}进展表", columns, rows, subject="list_item"))
    return made


def _rows(lines: Sequence[ItemLine]) -> Iterator[TableRow]:
    plans = {line.plan for line in lines}
    places = {plan: place for place, plan in enumerate(dict.fromkeys(line.plan for line in lines))}
    ordered = sorted(lines, key=lambda one: places[one.plan])
    heading, number = None, 0
    for line in ordered:
        if (line.plan, line.kind) != heading:
            heading, number = (line.plan, line.kind), number + 1
            there = [one for one in ordered if (one.plan, one.kind) == heading]
            begun = sum(one.state in ("推进中", "已完成", "长期坚持") for one in there)
            done = sum(one.state == "已完成" for one in there)
            title = f"{line.plan if len(plans) > 1 else ''}{ITEM_KINDS.get(line.kind, '清单')}"
            told = (
                f"（{len(there)}项，已启动{begun}项，已完成{done}项）"
                if any(one.state for one in there)
                else f"（{len(there)}项）"
            )
            yield TableRow((f"{numeral(number)}、{title}{told}", *[None] * (len(COLUMNS) - 1)), "group", len(COLUMNS))
        note = f"{show_date(line.noted_on)}　{line.note}".strip("　") if line.note else None
        yield TableRow(
            (line.no, line.group, line.name, line.measure, line.expected, line.units, line.state or "未填", note),
            uid=line.uid,
        )
