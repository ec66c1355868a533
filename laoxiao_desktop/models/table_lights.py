"""红黄灯通报 as a value: the words that say how many and where, and the table of every project under 红 or 黄."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from laoxiao_desktop.models.lights import SHAPES, Light
from laoxiao_desktop.models.narrative_words import more, tight
from laoxiao_desktop.models.overview import Figures, Line
from laoxiao_desktop.models.report_table import ReportTable, TableColumn, TableRow, chosen, numeral
from laoxiao_desktop.models.report_text import Text

COLUMNS = (
    TableColumn("number", "序号", 9, "whole", is_centred=True),
    TableColumn("light", "灯", 12, is_centred=True),
    TableColumn("name", "项目名称", 54),
    TableColumn("county", "县市区", 16, is_centred=True),
    TableColumn("unit", "责任单位", 34),
    TableColumn("leader", "包保领导", 20, is_centred=True, is_optional=True),
    TableColumn("why", "亮灯原因", 84),
    TableColumn("problem", "问题与下一步", 50, is_optional=True),
    TableColumn("owner", "责任人", 18, is_centred=True, is_optional=True),
    TableColumn("due_on", "整改时限", 25, "date", is_centred=True),
)


@dataclass(frozen=True, slots=True)
class LitLine:
    """A project that is not green: its light with all reasons, its open problem, and by when it is to be cleared."""

    uid: str
    name: str
    county: str
    unit: str
    light: Light
    leader: str = ""
    problem: str = ""
    due_on: str | None = None
    owner: str = ""

    @property
    def why(self) -> str:
        """Every rule that found something, with its numbers."""
        told = [f"{one.rule}：{one.why}" for one in self.light.reasons if one.colour != "绿"]
        first = f"{self.light.rule}：{self.light.why}"
        parts = [first, *(one for one in told if one != first)]
        return "；".join(tight(part) for part in parts) + "。"


def table(lines: Sequence[LitLine]) -> ReportTable:
    """红 first, then 黄."""
    columns, rows = chosen(COLUMNS, list(_rows(lines)))
    return ReportTable("红灯、黄灯项目情况表", columns, rows)


def lead(figures: Figures, previous: Figures | None, counties: Sequence[Line], when: str) -> tuple[Text, ...]:
    """The count, what it was a month ago, and the counties with red projects."""
    judged = figures.red + figures.yellow + figures.green
    if not figures.projects:
        return (Text(f"截至{when}，台账在此范围内没有项目，无红灯、黄灯可通报。"),)
    if not judged:
        return (Text(f"截至{when}，列入清单的{figures.projects}个项目尚无可判定的进度数据，未亮灯。"),)
    text = f"截至{when}，列入清单的{figures.projects}个项目中，红灯{figures.red}个、黄灯{figures.yellow}个、绿灯{figures.green}个"
    if figures.projects > judged:
        text += f"，{figures.projects - judged}个尚无可判定的进度数据、未亮灯"
    if previous is not None:
        changes = (("红灯", figures.red - previous.red), ("黄灯", figures.yellow - previous.yellow))
        told = "，".join(f"{name}{more(number) if number else '持平'}" for name, number in changes)
        text += f"。与上月相比，{told if any(number for _, number in changes) else '红灯、黄灯均持平'}"
    found = [Text(text + "。")]
    red = sorted((line for line in counties if line.figures.red), key=lambda line: -line.figures.red)
    if red and len(counties) > 1:
        listed = "、".join(f"{line.label}{line.figures.red}个" for line in red)
        found.append(Text(f"红灯项目分布：{listed}。"))
    clear = [line.label for line in counties if not line.figures.red and not line.figures.yellow and line.figures.green]
    if clear and len(counties) > 1:
        found.append(Text(f"{'、'.join(clear)}没有红灯、黄灯项目。"))
    if figures.red or figures.yellow:
        found.append(Text(_asked(figures.red + figures.yellow)))
    return tuple(found)


def _asked(count: int) -> str:
    if count == 1:
        return (
            "该项目的亮灯原因、责任单位和整改时限见附件。请责任单位核实原因，明确整改措施、责任人和完成时限，按期反馈。"
        )
    return (
        f"上述{count}个项目的亮灯原因、责任单位和整改时限见附件。"
        "请各责任单位逐项核实原因，明确整改措施、责任人和完成时限，按期反馈。"
    )


def _rows(lines: Sequence[LitLine]) -> Iterator[TableRow]:
    number = section = 0
    for colour in ("红", "黄"):
        there = [line for line in lines if line.light.colour == colour]
        if not there:
            continue
        section += 1
        label = f"{numeral(section)}、{colour}灯项目（{len(there)}个）"
        yield TableRow((label, *[None] * (len(COLUMNS) - 1)), "group", len(COLUMNS))
        for line in there:
            number += 1
            mark = f"{SHAPES[line.light.colour]}{line.light.colour}"
            cells = (number, mark, line.name, line.county, line.unit, line.leader, line.why, line.problem, line.owner)
            yield TableRow((*cells, line.due_on), uid=line.uid)
