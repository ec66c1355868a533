"""项目进展情况表 as a value: its columns, and its rows grouped with their sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from laoxiao_desktop.models.capacity import show_capacity
from laoxiao_desktop.models.dictionary import SECTORS
from laoxiao_desktop.models.lights import SHAPES, Light
from laoxiao_desktop.models.monthly import MonthReport
from laoxiao_desktop.models.rates import Rate
from laoxiao_desktop.models.report_request import Group
from laoxiao_desktop.models.report_table import ReportTable, TableColumn, TableRow, Value, chosen, numeral
from laoxiao_desktop.models.span import show_span
from laoxiao_desktop.models.summary import UNFILLED

COLUMNS: Final = (
    TableColumn("list_no", "序号", 9, "whole", is_centred=True),
    TableColumn("name", "项目名称", 60),
    TableColumn("county", "县市区", 15, is_centred=True, is_extra=True),
    TableColumn("sector", "类别", 10, is_centred=True, is_extra=True),
    TableColumn("facility_type", "项目类型", 28, is_extra=True),
    TableColumn("build_kind", "建设\n性质", 12, is_centred=True, is_extra=True),
    TableColumn("place", "建设地点", 28, is_extra=True),
    TableColumn("content", "建设内容和规模", 60, is_extra=True),
    TableColumn("scale", "规模", 20, is_optional=True),
    TableColumn("span", "建设期限", 25, is_centred=True, is_optional=True),
    TableColumn("unit", "责任单位", 26, is_optional=True),
    TableColumn("contact", "联系人", 18, is_extra=True),
    TableColumn("phone", "联系电话", 22, is_extra=True),
    TableColumn("total_investment", "总投资\n（万元）", 16, "money"),
    TableColumn("central_request", "申请中央\n资金（万元）", 16, "money"),
    TableColumn("allocated", "下达\n（万元）", 15, "money", is_optional=True),
    TableColumn("arrived", "到位\n（万元）", 15, "money", is_optional=True),
    TableColumn("completed", "累计完成\n（万元）", 16, "money", is_optional=True),
    TableColumn("paid", "累计支付\n（万元）", 16, "money", is_extra=True),
    TableColumn("rate", "完成率\n（%）", 12, "percent", is_optional=True),
    TableColumn("month_completed", "本月完成\n（万元）", 15, "money", is_extra=True),
    TableColumn("status", "状态", 10, is_centred=True, is_optional=True),
    TableColumn("progress", "形象进度", 30, is_optional=True),
    TableColumn("milestones", "里程碑\n（完成）", 13, is_centred=True, is_optional=True),
    TableColumn("next_step", "下一节点（计划）", 22, is_extra=True),
    TableColumn("problem", "存在问题", 34, is_extra=True),
    TableColumn("light", "灯", 14, is_centred=True, is_optional=True),
)
_SUMMED: Final = (
    "total_investment",
    "central_request",
    "allocated",
    "arrived",
    "completed",
    "paid",
    "month_completed",
)
_SPARE: Final = ("place", "facility_type", "build_kind")  # the first that fits stands last
NOTE: Final = "完成率＝累计完成投资÷总投资；里程碑为已完成项数／应完成项数。"


@dataclass(frozen=True, slots=True)
class ProjectState:
    """A project as a table tells it. Amounts are 分; None is not filled in."""

    uid: str
    list_no: int | None
    name: str
    county: str  # its name
    sector: str
    unit: str
    total_investment: int | None = None
    central_request: int | None = None
    span: str | None = None
    status: str = ""
    build_kind: str = ""
    facility_type: str = ""
    place: str = ""
    content: str = ""
    beds: str | None = None
    places: str | None = None
    floor_area_m2: str | None = None
    contact: str = ""
    phone: str = ""
    allocated: int | None = None
    arrived: int | None = None
    completed: int | None = None
    paid: int | None = None
    month_completed: int | None = None
    done: int = 0
    steps: int = 0
    next_step: str = ""
    report: MonthReport | None = None
    light: Light | None = None

    @property
    def scale(self) -> str:
        """床位30张以上，托位80个."""
        stated = ((self.beds, "床位", "张"), (self.places, "托位", "个"), (self.floor_area_m2, "", "㎡"))
        return "，".join(f"{name}{show_capacity(stored, unit)}" for stored, name, unit in stated if stored)

    @property
    def progress(self) -> str:
        """形象进度 with its words."""
        if self.report is None:
            return ""
        return "，".join(part for part in (self.report.stage, self.report.image_progress) if part)

    @property
    def problem(self) -> str:
        """What its report states as a problem."""
        return self.report.problem if self.report is not None and self.report.has_problem else ""


def table(
    projects: Sequence[ProjectState], group: Group, columns: Sequence[str] = (), *, has_contacts: bool = False
) -> ReportTable:
    """合计, then the groups with their sums, then the projects of each."""
    wanted = [key for key in columns if has_contacts or key not in ("contact", "phone")]
    listed = list(_rows(projects, group))
    if not wanted:
        wanted = _filled(listed, has_contacts=has_contacts)
    kept, rows = chosen(COLUMNS, listed, wanted)
    notes = (NOTE,) if any(column.key == "rate" for column in kept) else ()
    return ReportTable("项目进展情况表", kept, rows, "单位：万元", notes)


def _filled(rows: Sequence[TableRow], *, has_contacts: bool) -> list[str]:
    """The columns that have something to say; where others fall away, facts of the plan take their room."""
    keys = [column.key for column in chosen(COLUMNS, rows)[0]]
    if has_contacts:
        place = keys.index("unit") + 1 if "unit" in keys else 2
        keys[place:place] = ["contact", "phone"]
    by_key = {column.key: column for column in COLUMNS}
    room = sum(column.share for column in COLUMNS if not column.is_extra) - sum(by_key[key].share for key in keys)
    for key in _SPARE:
        place = next(number for number, column in enumerate(COLUMNS) if column.key == key)
        county = next(number for number, column in enumerate(COLUMNS) if column.key == "county")
        says = (row.cells[place] not in (None, "", row.cells[county]) for row in rows if row.kind == "plain")
        if by_key[key].share <= room and any(says):
            keys.insert(2, key)
            room -= by_key[key].share
    return keys


def _rows(projects: Sequence[ProjectState], group: Group) -> Iterator[TableRow]:
    if not projects:
        return
    yield _sum("合　计", projects, is_total=True)
    if group == "none":
        yield from map(_row, projects)
        return
    first: Callable[[ProjectState], str] = {
        "sector": lambda one: one.sector,
        "county": lambda one: one.county,
        "unit": lambda one: one.unit,
    }[group]
    for number, (label, inside) in enumerate(_grouped(projects, first, group == "sector"), 1):
        yield _sum(f"{numeral(number)}、{_named(label, group)}（{len(inside)}个）", inside)
        if group != "sector":
            yield from map(_row, inside)
            continue
        counties = _grouped(inside, lambda one: one.county, False)
        for place, (county, there) in enumerate(counties, 1):
            if len(counties) > 1 or county:
                yield _sum(f"（{numeral(place)}）{_named(county, 'county')}（{len(there)}个）", there)
            yield from map(_row, there)


def _grouped(
    projects: Iterable[ProjectState], key_of: Callable[[ProjectState], str], is_sector: bool
) -> list[tuple[str, list[ProjectState]]]:
    """In the order in which the groups come, 养老 before 托育, what is not filled in last."""
    groups: dict[str, list[ProjectState]] = {}
    for one in projects:
        groups.setdefault(key_of(one), []).append(one)
    keys = list(groups)
    if is_sector:
        keys.sort(key=lambda key: SECTORS.index(key) if key in SECTORS else len(SECTORS))
    keys.sort(key=lambda key: key == "")
    return [(key, groups[key]) for key in keys]


def _named(label: str, what: str) -> str:
    names = {"sector": "类别", "county": "县（市、区）", "unit": "责任单位"}
    return label or f"{UNFILLED}{names[what]}"


def _row(one: ProjectState) -> TableRow:
    return TableRow(tuple(_value(one, column.key) for column in COLUMNS), uid=one.uid)


def _value(one: ProjectState, key: str) -> Value:
    match key:
        case "span":
            return show_span(one.span) or None
        case "rate":
            return None if one.completed is None else Rate(one.completed, one.total_investment or 0)
        case "milestones":
            return f"{one.done}/{one.steps}" if one.steps else None
        case "light":
            return f"{SHAPES[one.light.colour]}{one.light.colour}" if one.light else None
        case _:
            value: Value = getattr(one, key)
            return value


def _sum(label: str, projects: Sequence[ProjectState], *, is_total: bool = False) -> TableRow:
    sums: dict[str, Value] = {}
    for key in _SUMMED:
        known = [value for one in projects if (value := getattr(one, key)) is not None]
        sums[key] = sum(known) if known else None
    if sums["completed"] is not None:
        sums["rate"] = Rate(int(str(sums["completed"])), int(str(sums["total_investment"] or 0)))
    steps = sum(one.steps for one in projects)
    if steps:
        sums["milestones"] = f"{sum(one.done for one in projects)}/{steps}"
    place = next(number for number, column in enumerate(COLUMNS) if column.key in _SUMMED)
    cells = (label, *([None] * (place - 1)), *(sums.get(column.key) for column in COLUMNS[place:]))
    return TableRow(cells, "total" if is_total else "group", place)
