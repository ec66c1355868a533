"""催报名单 as a table value: every project that has not reported, by unit."""

from __future__ import annotations

from collections.abc import Iterator

from laoxiao_desktop.models.chase import NO_UNIT, Chase
from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.models.report_table import ReportTable, TableColumn, TableRow, numeral
from laoxiao_desktop.models.report_text import Text

COLUMNS = (
    TableColumn("number", "序号", 12, "whole", is_centred=True),
    TableColumn("name", "项目名称", 71),
    TableColumn("county", "县市区", 18, is_centred=True),
    TableColumn("why", "情况", 42),
)


def table(chase: Chase, *, has_contacts: bool = False) -> ReportTable:
    """Units with their projects; people and phones only when asked for."""
    return ReportTable("催报名单", COLUMNS, tuple(_rows(chase, has_contacts=has_contacts)))


def lead(chase: Chase) -> tuple[Text, ...]:
    """When it was due and how much is missing."""
    due = f"{int(chase.due_on[5:7])}月{int(chase.due_on[8:10])}日"
    today = f"{chase.today.year}年{chase.today.month}月{chase.today.day}日"
    head = f"{show_month(chase.month)}项目调度表应于{due}前报齐"
    if not chase.units:
        return (Text(f"{head}，截至{today}已全部报齐。"),)
    late = (chase.today - type(chase.today).fromisoformat(chase.due_on)).days
    over = f"，已超{late}天" if late > 0 else ""
    return (
        Text(f"{head}{over}。截至{today}，还有{len(chase.units)}个单位的{chase.count}个项目未报。"),
        Text("请尽快核实累计完成、到位、支付和形象进度后上报；没有变化的，也请确认本月无变化。"),
    )


def _rows(chase: Chase, *, has_contacts: bool) -> Iterator[TableRow]:
    number = 0
    for place, unit in enumerate(chase.units, 1):
        people = f"，{'、'.join(unit.contacts)}" if has_contacts and unit.contacts else ""
        label = f"{numeral(place)}、{unit.unit or NO_UNIT}（{len(unit.projects)}个{people}）"
        yield TableRow((label, None, None, None), "group", len(COLUMNS))
        for one in unit.projects:
            number += 1
            yield TableRow((number, one.name, one.county, one.why), uid=one.uid)
