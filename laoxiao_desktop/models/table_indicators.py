"""指标完成情况表 as a value: every indicator with its targets, what was last reported, and whether it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from laoxiao_desktop.models.dictionary import SECTORS
from laoxiao_desktop.models.report_table import ReportTable, TableColumn, TableRow, chosen, numeral
from laoxiao_desktop.models.report_text import Text
from laoxiao_desktop.models.target import Target

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
NOT_REPORTED: Final = "未填报"
NOTE: Final = "完成情况按最近一次填报数与不早于该年的最近目标比较；目标为文字的不作比较，记“—”。"


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator with its targets by year and the latest value that was reported (period, value)."""

    uid: str
    plan: str  # its region or title
    sector: str
    seq: int | None
    name: str
    unit: str
    nature: str  # 约束性 or 预期性
    base_year: int | None
    base: str
    targets: dict[int, str]
    responsible_unit: str
    period: str = ""
    value: str = ""

    @property
    def aim(self) -> tuple[int, str] | None:
        """The target it is measured by: that of the year of the value, else the next one after it, else the last."""
        years = sorted(year for year, text in self.targets.items() if text)
        if not years:
            return None
        year = next((one for one in years if self.period and one >= int(self.period[:4])), years[-1])
        return year, self.targets[year]

    @property
    def state(self) -> str:
        """已达到, 未达到, — for what cannot be compared, 未填报."""
        if not self.value:
            return NOT_REPORTED
        found = _NUMBER.fullmatch(self.value.strip().rstrip("%％"))
        met = Target.parse(self.aim[1]).is_met_by(Decimal(found[0])) if self.aim and found else None
        if met is None or self.aim is None:
            return "—"
        return f"已达到{self.aim[0]}年目标" if met else f"未达到{self.aim[0]}年目标"


def table(lines: Sequence[IndicatorLine]) -> ReportTable:
    """All indicators by plan and sector; a column for each year that has targets."""
    places = {plan: place for place, plan in enumerate(dict.fromkeys(line.plan for line in lines))}
    lines = sorted(lines, key=lambda one: (places[one.plan], _rank(one.sector)))
    years = sorted({year for line in lines for year in line.targets})
    bases = {line.base_year for line in lines if line.base}
    (base_year,) = bases if len(bases) == 1 else (None,)
    columns = (
        TableColumn("seq", "序号", 9, "whole", is_centred=True),
        TableColumn("name", "指标", 62),
        TableColumn("unit", "单位", 12, is_centred=True),
        TableColumn("property", "属性", 13, is_centred=True, is_optional=True),
        TableColumn("base", f"{base_year}年\n基期" if base_year else "基期", 15, is_centred=True, is_optional=True),
        *(TableColumn(f"target{year}", f"{year}年\n目标", 16, is_centred=True) for year in years),
        TableColumn("value", "最近填报", 18, is_centred=True),
        TableColumn("state", "完成情况", 36, is_centred=True),
        TableColumn("responsible_unit", "责任单位", 44, is_optional=True),
    )
    columns, rows = chosen(columns, list(_rows(lines, years, len(columns))))
    return ReportTable("指标完成情况表", columns, rows, "", (NOTE,) if rows else (), "indicator")


def lead(lines: Sequence[IndicatorLine]) -> tuple[Text, ...]:
    """How many there are, how many were reported, and how they stand."""
    if not lines:
        return ()
    told = [line for line in lines if line.value]
    if not told:
        return (Text(f"指标{len(lines)}项，完成情况均未填报。"),)
    states = [line.state for line in told]
    counts = (
        ("达到目标", sum(state.startswith("已达到") for state in states)),
        ("未达到目标", sum(state.startswith("未达到") for state in states)),
        ("不作比较", states.count("—")),
    )
    parts = "、".join(f"{words}{count}项" for words, count in counts if count)
    silent = len(lines) - len(told)
    rest = f"；未填报{silent}项" if silent else ""
    return (Text(f"指标{len(lines)}项，已填报{len(told)}项，其中{parts}{rest}。"),)


def _rank(sector: str) -> int:
    return SECTORS.index(sector) if sector in SECTORS else len(SECTORS)


def _rows(lines: Sequence[IndicatorLine], years: Sequence[int], width: int) -> Iterator[TableRow]:
    number, heading = 0, None
    plans = {line.plan for line in lines}
    for line in lines:
        now = (line.plan if len(plans) > 1 else "", line.sector)
        if now != heading and any(now):
            heading, number = now, number + 1
            there = [one for one in lines if (one.plan if len(plans) > 1 else "", one.sector) == now]
            words = f"{now[0]}{line.sector or ''}指标" if line.sector else f"{now[0]}其他指标"
            label = f"{numeral(number)}、{words}（{len(there)}项）"
            yield TableRow((label, *[None] * (width - 1)), "group", width)
        base = f"{line.base}（{line.base_year}）" if line.base and line.base_year else line.base
        yield TableRow(
            (
                line.seq,
                line.name,
                line.unit,
                line.nature,
                line.base if len({one.base_year for one in lines if one.base}) == 1 else base,
                *(line.targets.get(year) for year in years),
                f"{line.value}（{line.period.replace('-', '.')}）" if line.value else None,
                line.state,
                line.responsible_unit,
            ),
            uid=line.uid,
        )
