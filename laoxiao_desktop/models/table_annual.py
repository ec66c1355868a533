"""年度总结附表 as a value: what a year planned and completed by county, and how its targets for beds and places stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from laoxiao_desktop.models.capacity import Capacity
from laoxiao_desktop.models.overview import CapacityLine, Figures
from laoxiao_desktop.models.report_table import ReportTable, TableColumn, TableRow

COLUMNS: Final = (
    TableColumn("label", "区划", 24),
    TableColumn("projects", "项目数\n（个）", 13, "whole"),
    TableColumn("total_investment", "总投资\n（万元）", 19, "money"),
    TableColumn("year_planned", "年度计划\n（万元）", 18, "money"),
    TableColumn("year_completed", "当年完成\n（万元）", 18, "money"),
    TableColumn("year_rate", "年度完成率\n（%）", 16, "percent"),
    TableColumn("completed", "累计完成\n（万元）", 18, "money"),
    TableColumn("completed_rate", "投资完成率\n（%）", 16, "percent"),
    TableColumn("begun", "当年开工\n（个）", 15, "whole"),
    TableColumn("finished", "当年完工\n（个）", 15, "whole"),
    TableColumn("opened", "当年投用\n（个）", 15, "whole"),
    TableColumn("beds", "投用床位\n（张）", 16, is_centred=True),
    TableColumn("places", "投用托位\n（个）", 16, is_centred=True),
)
NOTES: Final = (
    "年度完成率＝登记了年度计划的项目当年完成投资÷其年度计划；投资完成率＝累计完成投资÷总投资；从未填报的按零计。",
    "当年开工、完工、投用按里程碑的实际日期计；床位、托位为当年投用项目的确认数，没有登记的记“—”。",
)


@dataclass(frozen=True, slots=True)
class YearLine:
    """A county's year."""

    label: str
    figures: Figures
    begun: int
    finished: int
    opened: int
    beds: Capacity | None = None
    places: Capacity | None = None


def table(year: int, total: YearLine, lines: Sequence[YearLine]) -> ReportTable:
    """The investment of a year by county."""
    rows = (_row(total, "total"), *(_row(line) for line in lines)) if lines else ()
    return ReportTable(f"{year}年项目建设和投资完成情况", COLUMNS, rows, "单位：个、万元、%", NOTES, "county")


def targets(year: int, capacities: Sequence[CapacityLine]) -> ReportTable:
    """What the plans want of beds and places, and what opened projects bring."""
    columns = (
        TableColumn("what", "类别", 16, is_centred=True),
        TableColumn("plan", "方案", 36, is_centred=True),
        TableColumn("year", "目标年度", 18, "whole", is_centred=True),
        TableColumn("name", "目标", 88),
        TableColumn("target", "目标值", 24, is_centred=True),
        TableColumn("unit", "单位", 14, is_centred=True),
        TableColumn("opened", "已投用项目新增", 30, is_centred=True),
        TableColumn("state", "对照", 22, is_centred=True),
    )
    return ReportTable(f"截至{year}年床位、托位目标对照", columns, tuple(_targets(capacities)), subject="goal")


def _targets(capacities: Sequence[CapacityLine]) -> Iterator[TableRow]:
    for line in capacities:
        for goal in line.goals:
            state = {True: "已达到", False: "未达到", None: "—"}[goal.is_met]
            opened = line.opened.show(line.unit) if line.opened and goal.is_met is not None else "—"
            yield TableRow((line.what, goal.plan, goal.year, goal.name, goal.target.text, goal.unit, opened, state))


def _row(line: YearLine, kind: str = "plain") -> TableRow:
    figures = line.figures
    cells = (
        line.label,
        figures.projects,
        figures.total_investment,
        figures.year_planned or None,
        figures.year_completed,
        figures.year_rate,
        figures.completed,
        figures.completed_rate,
        line.begun,
        line.finished,
        line.opened,
        _shown(line, line.beds),
        _shown(line, line.places),
    )
    return TableRow(cells, "total" if kind == "total" else "plain")


def _shown(line: YearLine, capacity: Capacity | None) -> str:
    """A sum of beds or places; 0 where nothing opened, — where nobody told."""
    return capacity.show("") if capacity else "—" if line.opened else "0"
