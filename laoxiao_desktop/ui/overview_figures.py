"""The large figures of 总览, of a month or of what the plans say."""

from collections.abc import Iterable
from fractions import Fraction

from laoxiao_desktop.models.overview import Figures, Overview
from laoxiao_desktop.models.rates import Rate, rounded
from laoxiao_desktop.models.rates import show as show_rate
from laoxiao_desktop.ui.overview_page import Figure, Words
from laoxiao_desktop.ui.overview_say import (
    LIGHTS,
    MINUS,
    NONE,
    UNKNOWN,
    change_token,
    gap_words,
    money,
    points,
    signed,
    whole,
)
from laoxiao_desktop.ui.way import Rows, Way
from laoxiao_desktop.workspace.briefing import Briefing


def month_figures(told: Briefing) -> Iterable[Figure]:
    """The figures of a month with what changed since the month before."""
    overview = told.overview
    now, before = overview.figures, overview.previous
    all_rows = Rows(overview.query())
    yield Figure(
        "projects",
        "项目",
        str(now.projects),
        "项",
        (Words(f"完工 {now.finished}，投用 {now.opened}"),),
        all_rows,
        Rows(overview.query("finished")),
        says=f"完工 {now.finished} 项，投用 {now.opened} 项",
    )
    yield _investment_figure(overview)
    yield Figure(
        "started",
        "开工率",
        show_rate(now.started_rate),
        "%",
        (Words(f"未开工 {now.projects - now.started}，"), *_since(before, now, "started")),
        Rows(overview.query("started")),
        Rows(overview.query("not_started")),
        says=f"已开工 {now.started} 项，共 {now.projects} 项",
    )
    yield _rate_figure(
        "completed",
        "投资完成率",
        now.completed_rate,
        before.completed_rate if before else None,
        _pace_words(now, told.pace.whole),
        all_rows,
        f"累计完成 {money(now.completed)}，总投资 {money(now.total_investment)} 万元",
    )
    yield _rate_figure(
        "arrived",
        "资金到位率",
        now.arrived_rate,
        before.arrived_rate if before else None,
        (Words(f"到位 {whole(now.arrived)} / 下达 {whole(now.allocated)}"),),
        all_rows,
        f"到位 {money(now.arrived)}，下达 {money(now.allocated)} 万元"
        f"；其中中央到位 {money(now.central_arrived)}，下达 {money(now.central_allocated)} 万元",
    )
    yield _rate_figure(
        "paid",
        "支付率",
        now.paid_rate,
        before.paid_rate if before else None,
        (),
        all_rows,
        f"支付 {money(now.paid)}，完成 {money(now.completed)} 万元；支付/下达 {show_rate(now.paid_of_allocated)} %",
    )
    yield from _light_figures(overview)


def known_figures(told: Briefing) -> Iterable[Figure]:
    """Before the first month: what plans and milestones say; what is not known is a dash with the reason."""
    overview = told.overview
    now, all_rows = overview.figures, Rows(overview.query())
    sectors = "，".join(f"{line.label} {line.figures.projects}" for line in overview.by_sector)
    yield Figure("projects", "项目", str(now.projects), "项", (Words(sectors),), all_rows, says=sectors)
    yield _investment_figure(overview)
    is_known = bool(told.with_milestones) or now.started > 0
    yield Figure(
        "started",
        "开工率",
        show_rate(now.started_rate) if is_known else NONE,
        "%" if is_known else "",
        (Words(f"开工 {now.started}，完工 {now.finished}" if is_known else "没有登记开工", "text3"),),
        Rows(overview.query("started")) if is_known else None,
    )
    # sums without a month come from the sources of money, where they were filled in
    for key, label, rate, amount, word in (
        ("completed", "投资完成率", now.completed_rate, now.completed, "完成"),
        ("arrived", "资金到位率", now.arrived_rate, now.arrived, "到位"),
        ("paid", "支付率", now.paid_rate, now.paid, "支付"),
    ):
        has_any = amount > 0
        notes = (Words(f"{word} {whole(amount)} 万元") if has_any else Words(UNKNOWN, "text3"),)
        value = show_rate(rate) if has_any else NONE
        unit = "%" if value != NONE else ""
        yield Figure(key, label, value, unit, notes, all_rows if has_any else None, says=UNKNOWN)
    if now.red or now.yellow or now.green:
        yield from _light_figures(overview)


def _investment_figure(overview: Overview) -> Figure:
    now = overview.figures
    share = show_rate(Rate(now.central_request, now.total_investment))
    return Figure(
        "investment",
        "总投资",
        money(now.total_investment),
        "万元",
        (Words(f"申请中央 {money(now.central_request)}"),),
        Rows(overview.query()),
        says=f"万元，申请中央 {money(now.central_request)} 万元，占 {share} %",
    )


def _rate_figure(
    key: str, label: str, rate: Rate, before: Rate | None, notes: tuple[Words, ...], way: Way, says: str
) -> Figure:
    change = points(rate.value, before.value if before else None)
    if change:
        change = "持平" if change.lstrip(f"+{MINUS}") == "0.0" else change
        lead = (*notes, Words("，")) if notes else (Words("较上月 "),)
        notes = (*lead, Words(change, change_token(change), medium=True))
    return Figure(key, label, show_rate(rate), "%" if rate.value is not None else "", notes, way, says=says)


def _light_figures(overview: Overview) -> Iterable[Figure]:
    now, before = overview.figures, overview.previous
    for colour, light in LIGHTS:
        count = now.lights[colour]
        change = signed(count - before.lights[colour]) if before else ""
        yield Figure(
            light,
            "灯" if colour == "红" else "",
            str(count),
            "",
            (Words(f"{colour}灯"), *([Words(f" {change}")] if change else [])),
            Rows(overview.query(colour)),
            light=light,
            says=f"{colour}灯 {count} 项",
        )


def _since(before: Figures | None, now: Figures, name: str) -> tuple[Words, ...]:
    if before is None:
        return (Words("首月"),)
    change = signed(getattr(now, name) - getattr(before, name))
    return (Words("较上月 "), Words(change, change_token(change), medium=True))


def _pace_words(now: Figures, pace: Fraction | None) -> tuple[Words, ...]:
    rate = now.completed_rate.value
    if pace is None or rate is None:
        return (Words("序时不详", "text3"),)
    return (Words(f"序时 {rounded(pace * 100, 1)}，"), gap_words(rate - pace, suffix=" 点"))
