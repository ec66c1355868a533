"""催报名单 as a table value: every project that has not reported, by unit."""

from __future__ import annotations

from collections.abc import Iterator

from laoxiao_desktop.models.chase import ASKING, NO_UNIT, Chase, opening
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


def lead(chase: Chase, *, has_projects: bool = True) -> tuple[Text, ...]:
    """When it was due and how much is missing, and what is asked for; or that no report was to come."""
    if not has_projects:
        return (Text(f"{show_month(chase.month)}在此范围内没有应报月报的项目。"),)
    return (Text(opening(chase)), Text(ASKING)) if chase.units else (Text(opening(chase)),)


def _rows(chase: Chase, *, has_contacts: bool) -> Iterator[TableRow]:
    number = 0
    for place, unit in enumerate(chase.units, 1):
        people = f"，{'、'.join(unit.contacts)}" if has_contacts and unit.contacts else ""
        label = f"{numeral(place)}、{unit.unit or NO_UNIT}（{len(unit.projects)}个{people}）"
        yield TableRow((label, None, None, None), "group", len(COLUMNS))
        for one in unit.projects:
            number += 1
            yield TableRow((number, one.name, one.county, one.why), uid=one.uid)
