"""The columns of the month: last month's figures beside the new ones, what follows from both, texts and state."""

from collections.abc import Collection, Mapping
from itertools import groupby
from typing import Final

from laoxiao_desktop.models.monthly import DEFINITIONS
from laoxiao_desktop.ui.grid_columns import Column

_NAME: Final = 240  # room a name is given before more columns come


def _entry(name: str, title: str, width: int, style: str, rank: int | None, *, unit: str = "", most: int = 0) -> Column:
    """A column that is filled in; its title tells the official meaning."""
    return Column(
        name,
        title,
        width,
        style,  # type: ignore[arg-type]  # one of the styles below
        unit,
        rank,
        most=most,
        table="monthly_report",
        help=DEFINITIONS.get(name, ""),
    )


def _told(name: str, title: str, width: int, style: str, rank: int | None, help: str = "", unit: str = "") -> Column:
    """A column that follows from others and is only read."""
    return Column(name, title, width, style, unit, rank, is_editable=False, help=help)  # type: ignore[arg-type]


_MONEY: Final = 92
COLUMNS: Final[tuple[Column, ...]] = (
    _told("list_no", "序号", 50, "count", 0),
    _told("name", "项目名称", 262, "text", 0),
    _told("before_completed", "上月累计", _MONEY, "number", 1, "上次填报的累计完成投资，只供对照，不能改。"),
    _entry("cum_completed", "累计完成", 112, "number", 0, unit="万元"),
    _told("month_completed", "本月", 84, "change", 1, "本月完成 = 本月累计 − 上月累计。"),
    _told("year_completed", "本年", 84, "number", 7, "本年完成 = 本月累计 − 上年末累计。"),
    _told("rate", "完成率", 96, "ratio", 6, "累计完成 ÷ 总投资；短竖线是序时进度。", "%"),
    _told("before_arrived", "上月到位", _MONEY, "number", 9, "上次填报的累计到位资金，只供对照。"),
    _entry("cum_arrived", "到位", _MONEY, "number", 2, unit="万元"),
    _told("before_paid", "上月支付", _MONEY, "number", 9, "上次填报的累计支付资金，只供对照。"),
    _entry("cum_paid", "支付", _MONEY, "number", 2, unit="万元"),
    _entry("central_completed", "中央完成", _MONEY, "number", 10),
    _entry("central_arrived", "中央到位", _MONEY, "number", 10),
    _entry("central_paid", "中央支付", _MONEY, "number", 10),
    _entry("stage", "形象进度", 88, "quiet", 3),
    _entry("image_progress", "进度说明", 130, "quiet", 8, most=180),
    _entry("problem", "存在问题", 132, "quiet", 4, most=180),
    _entry("next_step", "下一步", 130, "quiet", 11, most=180),
    _told("light", "灯", 56, "light", 5, "红黄绿灯，鼠标停在灯上看是哪条规则、哪些数。"),
    _told("state", "状态", 64, "state", 0, "草稿 → 已报 → 已审；退回的要改后重报；锁定后不能改。"),
    _told("month_arrived", "本月到位", _MONEY, "change", None),
    _told("month_paid", "本月支付", _MONEY, "change", None),
    _told("year_arrived", "本年到位", _MONEY, "number", None),
    _told("year_paid", "本年支付", _MONEY, "number", None),
    _told("year_plan", "年度计划", _MONEY, "number", None, unit="万元"),
    _told("year_rate", "年度完成率", 96, "ratio", None, "本年完成 ÷ 年度计划；短竖线是月份 ÷ 12。", "%"),
    _told("paid_rate", "支付率", 84, "count", None, "累计支付 ÷ 累计完成。", "%"),
    _told("before_stage", "上月形象", 92, "quiet", None),
    _told("total_investment", "总投资", _MONEY, "number", None, unit="万元"),
    _told("county_name", "县市区", 84, "quiet", None),
    _told("unit", "责任单位", 130, "quiet", None),
    _told("sector", "类别", 62, "quiet", None),
    _entry("problem_kind", "问题类别", 96, "quiet", None),
    _entry("help_needed", "需协调事项", 130, "quiet", None),
    _entry("reporter", "填报人", 84, "quiet", None),
    _entry("correction", "更正说明", 140, "quiet", None),
)
INDEX: Final[Mapping[str, int]] = {column.name: number for number, column in enumerate(COLUMNS)}
BEFORE: Final = {
    "cum_completed": "before_completed",
    "cum_arrived": "before_arrived",
    "cum_paid": "before_paid",
}  # the column that holds what stood before a cumulative amount


def titles(month: str) -> dict[str, str]:
    """The titles that name their month: 5月累计, 6月累计完成."""
    now = int(month[5:7])
    last = 12 if now == 1 else now - 1
    return {
        "before_completed": f"{last}月累计",
        "before_arrived": f"{last}月到位",
        "before_paid": f"{last}月支付",
        "before_stage": f"{last}月形象",
        "cum_completed": f"{now}月累计完成",
    }


def fitting(room: float, widths: Mapping[str, int], without: Collection[str] = ()) -> tuple[str, ...]:
    """The columns that find room (unscaled px), the important ones first, in their usual order."""
    ranked = sorted((c for c in COLUMNS if c.rank is not None and c.name not in without), key=lambda c: c.rank or 0)
    shown: set[str] = set()
    used = 0
    for rank, columns in groupby(ranked, lambda column: column.rank):  # columns of one rank come together
        names = [column.name for column in columns]
        used += sum(widths.get(name, _NAME if name == "name" else COLUMNS[INDEX[name]].width) for name in names)
        if used > room and rank:
            break
        shown.update(names)
    return tuple(column.name for column in COLUMNS if column.name in shown)


def arranged(names: Collection[str]) -> tuple[str, ...]:
    """These columns, the frozen two first, the rest in the person's order."""
    head = ("list_no", "name")
    return (*head, *(name for name in names if name in INDEX and name not in head))


def spread(names: Collection[str], widths: Mapping[str, int], room: float) -> dict[str, int]:
    """The width of each column (unscaled px); the name takes what is left, texts grow first where there is room."""
    found = {name: widths.get(name, COLUMNS[INDEX[name]].width) for name in names}
    if "name" in widths:
        return found
    left = int(room) - sum(width for name, width in found.items() if name != "name")
    for name in names:
        extra = COLUMNS[INDEX[name]].most - found[name]
        if name not in widths and 0 < extra <= left - 300:
            found[name] += extra
            left -= extra
    found["name"] = max(left, 210)
    return found
