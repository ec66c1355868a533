"""From the briefing of a month to the page of 总览: what is known is said, what is not known is said to be so."""

from laoxiao_desktop.models.dates import add_months
from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.models.overview import Overview
from laoxiao_desktop.ui import exchange_ways
from laoxiao_desktop.ui.overview_charts import capacity_chart, end_chart, money_chart, slow_chart
from laoxiao_desktop.ui.overview_figures import known_figures, month_figures
from laoxiao_desktop.ui.overview_lists import (
    due_section,
    lit_section,
    missing_section,
    plans_section,
    reminders_section,
    steps_section,
)
from laoxiao_desktop.ui.overview_page import Page
from laoxiao_desktop.ui.overview_say import UNKNOWN, day_words
from laoxiao_desktop.ui.projects_empty import READ
from laoxiao_desktop.ui.way import Place
from laoxiao_desktop.workspace.briefing import Briefing

_BARE = "台账里还没有项目。先读入公布的方案，或者单位的清单，数字就有了。"


def page_of(told: Briefing, *, can_open_month: bool) -> Page:
    """The page without the findings, which are counted beside it; of an earlier month without what is to be done now."""
    overview = told.overview
    if overview.month is None:
        is_bare = overview.figures.projects == 0 and not told.plans
        return Page(
            title="总览",
            subtitle=f"截至 {day_words(overview.day)}，只有方案公布的数字",
            notice=_BARE if is_bare else UNKNOWN + "，完成、到位、支付的数字从第一次月报起才有。",
            button=(READ if is_bare else "打开月度调度") if can_open_month else "",
            button_way=Place(exchange_ways.KEY, exchange_ways.READ) if is_bare else Place("monthly"),
            figures=tuple(known_figures(told)),
            charts=(money_chart(overview), end_chart(told), capacity_chart(told)),
            sections=(reminders_section(told), steps_section(told), plans_section(told)),
        )
    now = (reminders_section(told),) if told.is_newest else ()
    return Page(
        title=f"{show_month(overview.month)}进展",
        subtitle=_subtitle(overview),
        month=overview.month,
        figures=tuple(month_figures(told)),
        charts=(
            slow_chart(told, "county", "哪个县市慢？", overview.by_county, told.pace.by_county, is_elastic=True),
            slow_chart(told, "sector", "养老和托育哪个慢？", overview.by_sector, told.pace.by_sector),
            capacity_chart(told),
        ),
        sections=(*now, lit_section(told), *((due_section(told),) if told.is_newest else ()), missing_section(told)),
    )


def _subtitle(overview: Overview) -> str:
    month = overview.month or ""
    parts = [f"截至 {overview.day.month}月{overview.day.day}日"]
    if overview.previous_month:
        before = overview.previous_month
        year = "" if before[:4] == month[:4] else f"{before[:4]}年"
        parts.append(f"同 {year}{int(before[5:7])}月比较")
        if before != add_months(month, -1):
            parts[-1] += "（中间月份没有调度）"
    else:
        parts.append("第一次调度，没有上月可比")
    if overview.is_locked:
        parts.append("已锁定")
    return "，".join(parts)
