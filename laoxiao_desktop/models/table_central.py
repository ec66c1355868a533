"""中央预算内投资汇总表 as a value: a line for each county, its sectors under it, 合计 on top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from laoxiao_desktop.models.overview import Figures, Line
from laoxiao_desktop.models.report_table import ReportTable, TableColumn, TableRow

COLUMNS: Final = (
    TableColumn("label", "区划", 26),
    TableColumn("projects", "项目数\n（个）", 12, "whole"),
    TableColumn("total_investment", "总投资\n（万元）", 18, "money"),
    TableColumn("central_request", "申请中央\n（万元）", 18, "money"),
    TableColumn("allocated", "下达\n（万元）", 17, "money"),
    TableColumn("central_allocated", "其中中央\n（万元）", 17, "money"),
    TableColumn("started", "已开工\n（个）", 12, "whole"),
    TableColumn("started_rate", "开工率\n（%）", 12, "percent"),
    TableColumn("finished", "已完工\n（个）", 12, "whole"),
    TableColumn("finished_rate", "完工率\n（%）", 12, "percent"),
    TableColumn("completed", "完成投资\n（万元）", 17, "money"),
    TableColumn("completed_rate", "完成率\n（%）", 12, "percent"),
    TableColumn("arrived", "到位资金\n（万元）", 17, "money"),
    TableColumn("arrived_rate", "到位率\n（%）", 12, "percent"),
    TableColumn("paid", "支付资金\n（万元）", 17, "money"),
    TableColumn("paid_rate", "支付率\n（%）", 12, "percent"),
)
NOTES: Final = (
    "开工率＝已开工÷项目数；完工率＝已完工÷项目数；完成率＝完成投资÷总投资；到位率＝到位资金÷下达；支付率＝支付资金÷完成投资。分母为零的记“—”；从未填报的按零计。",
)


def table(total: Figures, counties: Sequence[tuple[Line, Sequence[Line]]]) -> ReportTable:
    """The table of some counties, each with the lines of its sectors where it has more than one."""
    return ReportTable(
        "中央预算内投资汇总表", COLUMNS, tuple(_rows(total, counties)), "单位：个、万元、%", NOTES, "county"
    )


def _rows(total: Figures, counties: Sequence[tuple[Line, Sequence[Line]]]) -> Iterator[TableRow]:
    if not counties:
        return
    yield _row("合　计", total, "total")
    for county, sectors in counties:
        yield _row(county.label, county.figures)
        if len(sectors) > 1:
            for sector in sectors:
                yield _row(f"其中：{sector.label}", sector.figures)


def _row(label: str, figures: Figures, kind: str = "plain") -> TableRow:
    cells = (label, *(getattr(figures, column.key) for column in COLUMNS[1:]))
    return TableRow(cells, "total" if kind == "total" else "plain")
