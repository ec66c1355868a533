"""Report kinds and what is asked of one: the list that the screen and the command line read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

Option = Literal[
    "text", "county", "sector", "unit", "project", "month", "group", "columns", "paper", "contacts", "office", "receipt"
]
Group = Literal["county", "sector", "unit", "none"]
GROUPS: Final[tuple[tuple[Group, str], ...]] = (
    ("sector", "先类别后县市区"),
    ("county", "按县市区"),
    ("unit", "按责任单位"),
    ("none", "不分组"),
)
PAPERS: Final = (("A4", "A4 分页"), ("A3", "A3 挂图"), ("A0", "A0 挂图"))
NUMBERINGS: Final = (("outer", "单右双左"), ("center", "居中"))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report: its name on the command line, its title, its drawing, what can be chosen for it."""

    kind: str
    title: str
    icon: str
    options: frozenset[Option]
    is_table: bool  # it has a workbook beside the pages; that of the monthly report holds its annex


def _kind(kind: str, title: str, icon: str, options: str, *, is_table: bool = True) -> Kind:
    return Kind(kind, title, icon, frozenset(options.split()), is_table)  # type: ignore[arg-type]


KINDS: Final[tuple[Kind, ...]] = (
    _kind("monthly", "月度进展报告", "document_text", "county month office text"),
    _kind("projects", "项目进展情况表", "table_simple", "county sector unit month group columns contacts office"),
    _kind("central", "中央预算内投资汇总表", "money", "county sector month office"),
    _kind("card", "单项目卡片", "document_copy", "county project month contacts", is_table=False),
    _kind("gantt", "横道图、挂图", "gantt_chart", "county sector unit paper", is_table=False),
    _kind("lights", "红黄灯通报", "flag", "county sector unit month office text"),
    _kind("supervise", "督办单", "edit", "county project office", is_table=False),
    _kind("indicators", "指标完成情况表", "target", "unit office"),
    _kind("items", "任务与清单进展表", "clipboard", "unit office"),
    _kind("chase", "催报名单", "clock", "county unit month contacts office"),
    _kind("findings", "校核报告", "shield_checkmark", "office"),
    _kind("receipt", "数据包合并回执", "arrow_swap", "receipt"),
    _kind("annual", "年度总结附表", "calendar", "county month office"),
)
TITLES: Final = {one.kind: one.title for one in KINDS}


def kind_of(name: str) -> Kind:
    """The kind of this name; KeyError when there is none."""
    for one in KINDS:
        if one.kind == name:
            return one
    raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Request:
    """A report as it is asked for. Absent means all of them; `month` outweighs `as_of`.

    `columns` are the keys of the columns wanted, in their order; empty for those that have something to say.
    """

    kind: str
    as_of: dt.date
    plan: str | None = None
    county: str | None = None
    sector: str | None = None
    unit: str | None = None
    month: str | None = None
    project: str | None = None
    group: Group = "sector"
    columns: tuple[str, ...] = ()
    paper: str = "A4"
    numbering: str = "outer"
    has_contacts: bool = False
    office: str = ""
    uids: tuple[str, ...] = ()  # exactly these projects, in this order
    receipt: str | None = None  # the uid of one; None is the newest
