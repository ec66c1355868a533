"""项目进展情况表: the columns of the annex and its rows, grouped by sector and county with their sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from laoxiao_desktop.models.capacity import show_capacity
from laoxiao_desktop.models.dates import show_date
from laoxiao_desktop.models.lights import SHAPES
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.rates import Rate, show
from laoxiao_desktop.models.region import short_name_of
from laoxiao_desktop.models.report_table import numeral
from laoxiao_desktop.models.span import show_span
from laoxiao_desktop.models.summary import UNFILLED, MonthlySummary, Part, ProjectLine
from laoxiao_desktop.reports.table import Column, Row


@dataclass(frozen=True, slots=True)
class Entry:
    """One column: how it stands, what it says of a project, and of the sum of some."""

    column: Column
    of_line: Callable[[ProjectLine], str]
    of_part: Callable[[Part], str] | None = None  # None: the label of the group may stand here
    is_dropped_when_empty: bool = False


def _scale(line: ProjectLine) -> str:
    fact = line.fact
    stated = ((fact.beds, "床位", "张"), (fact.places, "托位", "个"), (fact.floor_area_m2, "", "㎡"))
    return "，".join(f"{name}{show_capacity(stored, unit)}" for stored, name, unit in stated if stored)


def _done(line: ProjectLine) -> str:
    steps = line.fact.milestones
    return f"{line.done}/{len(steps)}" if steps else "未设"


def _next(line: ProjectLine) -> str:
    return f"{line.next_step} {show_date(line.next_day)}" if line.next_step else ""


def _late(line: ProjectLine) -> str:
    return f"{line.late_step}逾期{line.late_days}天" if line.late_step else ""


def _is_county(line: ProjectLine) -> bool:
    """Whether the place says no more than the county under which the row stands."""
    return line.fact.place == short_name_of(line.fact.county)


def _nothing(_part: Part) -> str:
    return ""


def _completed_rate(line: ProjectLine) -> str:
    fact = line.fact
    return "" if fact.completed is None else show(Rate(fact.completed, fact.total_investment or 0))


def _completed_rate_of_part(part: Part) -> str:
    return "" if part.completed is None else show(part.completed_rate)


ENTRIES: tuple[Entry, ...] = (
    Entry(Column("序号", 9, "center"), lambda line: str(line.fact.list_no or "")),
    Entry(Column("项目名称", 43), lambda line: line.fact.name),
    Entry(Column("建设\n性质", 12, "center"), lambda line: line.fact.build_kind, None, True),
    Entry(Column("规模", 24), _scale, None, True),
    Entry(Column("建设期限", 20.5, "center"), lambda line: show_span(line.fact.span)),
    Entry(Column("责任单位", 26), lambda line: line.fact.responsible_unit),
    Entry(
        Column("总投资\n（万元）", 16.5, "right"),
        lambda line: show_money(line.fact.total_investment),
        lambda part: show_money(part.total_investment),
    ),
    Entry(
        Column("申请中央\n（万元）", 16.5, "right"),
        lambda line: show_money(line.fact.central_request),
        lambda part: show_money(part.central_request),
    ),
    Entry(
        Column("累计完成\n（万元）", 16.5, "right"),
        lambda line: show_money(line.fact.completed),
        lambda part: show_money(part.completed),
        True,
    ),
    Entry(Column("完成率\n（%）", 11, "right"), _completed_rate, _completed_rate_of_part, True),
    Entry(Column("状态", 10, "center"), lambda line: line.fact.status, _nothing, True),
    Entry(
        Column("里程碑\n（完成）", 16, "center"), _done, lambda part: f"{part.done}/{part.steps}" if part.steps else ""
    ),
    Entry(Column("下一节点\n（计划）", 19), _next, _nothing, True),
    Entry(Column("滞后情况", 19), _late, lambda part: f"逾期{part.late}项" if part.late else "", True),
    Entry(
        Column("灯", 8, "center"),
        lambda line: f"{SHAPES[line.light]}{line.light}" if line.light else "",
        _nothing,
        True,
    ),
)
# Where columns fall away because nothing is filled in, these facts of the plan take their room.
SPARE: tuple[Entry, ...] = (
    Entry(Column("项目类型", 28), lambda line: line.fact.facility_type, None, True),
    Entry(Column("建设地点", 26), lambda line: "" if _is_county(line) else line.fact.place, None, True),
)
_FULL = sum(entry.column.share for entry in ENTRIES)
_AFTER_NAME = 2


def entries(summary: MonthlySummary) -> tuple[Entry, ...]:
    """The columns that have something to say in this report."""
    lines = [line for section in summary.sections for line in section.lines]

    def is_filled(entry: Entry) -> bool:
        return not entry.is_dropped_when_empty or any(entry.of_line(line) for line in lines)

    kept = [entry for entry in ENTRIES if is_filled(entry)]
    for entry in reversed(SPARE):
        room = _FULL - sum(one.column.share for one in kept)
        if entry.column.share <= room and is_filled(entry):
            kept.insert(_AFTER_NAME, entry)
    return tuple(kept)


def rows(summary: MonthlySummary) -> Iterator[Row]:
    """合计, then each sector and county with its sums, then its projects."""
    columns = entries(summary)
    yield _sum_row(columns, "合　计", summary.total, is_total=True)
    sectors = {part.label: part for part in summary.sectors}
    sector = county = 0
    current = ""
    for section in summary.sections:
        if section.sector != current:
            current = section.sector
            sector, county = sector + 1, 0
            label = f"{numeral(sector)}、{_named(current, '类别')}（{sectors[current].count}个）"
            yield _sum_row(columns, label, sectors[current])
        if not (summary.is_county and len(summary.counties) == 1):
            county += 1
            label = f"（{numeral(county)}）{_named(section.county, '县（市、区）')}（{section.part.count}个）"
            yield _sum_row(columns, label, section.part)
        for line in section.lines:
            yield Row([entry.of_line(line) for entry in columns])


def _sum_row(columns: Sequence[Entry], label: str, part: Part, *, is_total: bool = False) -> Row:
    span = next(number for number, entry in enumerate(columns) if entry.of_part)
    cells = [label, *([""] * (span - 1)), *(entry.of_part(part) if entry.of_part else "" for entry in columns[span:])]
    return Row(cells, "total" if is_total else "group", span)


def _named(label: str, what: str) -> str:
    return f"未填{what}" if label == UNFILLED else label
