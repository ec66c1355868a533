"""The charts of 总览: questions, and the bars that answer them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from laoxiao_desktop.models.capacity import plain
from laoxiao_desktop.models.money import show_money_fixed
from laoxiao_desktop.models.overview import CapacityLine, Line, Overview
from laoxiao_desktop.models.pace import added_targets
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.models.rates import Rate
from laoxiao_desktop.models.rates import show as show_rate
from laoxiao_desktop.ui.overview_page import BarLine, Chart, Words
from laoxiao_desktop.ui.overview_say import NONE, gap_of, gap_words, money, part, points
from laoxiao_desktop.ui.way import Place, Rows, Way
from laoxiao_desktop.workspace.briefing import Briefing


def slow_chart(
    told: Briefing,
    by: str,
    question: str,
    lines: tuple[Line, ...],
    pace: Mapping[str, Fraction],
    *,
    is_elastic: bool = False,
) -> Chart:
    """Who is behind: completed beside 序时, the furthest behind first, by county or by sector."""
    overview = told.overview
    made = [(gap_of(line.figures, pace.get(line.key)), line) for line in lines]
    made.sort(key=lambda pair: (pair[0] is None, pair[0] or 0))
    return Chart(
        key=by,
        question=question,
        note="按与序时的差距排列，竖线为序时进度" if is_elastic else "",
        columns=(("完成 %", 62), ("与序时 点", 74), ("较上月", 56)),
        lines=tuple(_slow_line(overview, by, line, pace.get(line.key), gap) for gap, line in made),
        has_lights=True,
        is_elastic=is_elastic,
        empty="没有项目",
    )


def _slow_line(overview: Overview, by: str, line: Line, pace: Fraction | None, gap: Fraction | None) -> BarLine:
    figures = line.figures

    def ask(figure: str) -> Way:
        if by == "county":
            return Rows(overview.query(figure, county=line.key))
        return Rows(overview.query(figure, sector=line.key))

    rate = figures.completed_rate.value
    month = Rate(figures.month_completed, figures.total_investment).value
    change = points(month, Fraction(0)) if overview.previous_month else ""
    return BarLine(
        key=f"{by}:{line.key}",
        name=line.label,
        count=f"{figures.projects} 项",
        share=float(rate or 0),
        tick=float(pace) if pace is not None else None,
        cells=(
            Words(show_rate(figures.completed_rate), "text", medium=True),
            gap_words(gap),
            Words(change or NONE, "text2" if change else "ghost"),
        ),
        lights=(
            ("red", figures.red, ask("red") if figures.red else None),
            ("yellow", figures.yellow, ask("yellow") if figures.yellow else None),
        ),
        way=ask("projects"),
        says=f"{figures.projects} 项，累计完成 {money(figures.completed)}，总投资 {money(figures.total_investment)} 万元",
    )


def money_chart(overview: Overview) -> Chart:
    """Where the investment of the plans lies, before anything is reported."""
    most = max((line.figures.total_investment for line in overview.by_county), default=0)
    lines = sorted(overview.by_county, key=lambda line: -line.figures.total_investment)
    return Chart(
        key="county",
        question="投资在哪些县市？",
        note="深色为申请中央，整条为总投资",
        columns=(("总投资 万元", 92), ("申请中央", 84), ("占比 %", 56)),
        lines=tuple(
            BarLine(
                key=f"county:{line.key}",
                name=line.label,
                count=f"{line.figures.projects} 项",
                share=part(line.figures.central_request, most),
                second=part(line.figures.total_investment, most),
                cells=(
                    Words(show_money_fixed(line.figures.total_investment), "text", medium=True),
                    Words(show_money_fixed(line.figures.central_request)),
                    Words(show_rate(Rate(line.figures.central_request, line.figures.total_investment))),
                ),
                way=Rows(overview.query(county=line.key)),
                says=f"{line.figures.projects} 项，总投资 {money(line.figures.total_investment)} 万元",
            )
            for line in lines
        ),
        is_elastic=True,
        empty="还没有项目",
    )


def end_chart(told: Briefing) -> Chart:
    """In which year projects are to be completed by their span."""
    most = max((end.total_investment for end in told.ends), default=0)
    return Chart(
        key="ends",
        question="计划哪年建成？",
        note="按建设期限的止年",
        columns=(("总投资 万元", 92), ("项目", 84), ("", 56)),
        lines=tuple(
            BarLine(
                key=f"end:{end.year}",
                name=f"{end.year} 年" if end.year else "未写明",
                share=0.0,
                second=part(end.total_investment, most),
                cells=(
                    Words(show_money_fixed(end.total_investment), "text", medium=True),
                    Words(f"{len(end.uids)} 项"),
                    Words(""),
                ),
                way=Rows(
                    Query(conditions=(("uids", end.uids),)),
                    f"{end.year} 年建成" if end.year else "未写明止年",
                ),
                says=f"{len(end.uids)} 项，总投资 {money(end.total_investment)} 万元",
            )
            for end in told.ends
        ),
        empty="项目没有写建设期限",
    )


def capacity_chart(told: Briefing) -> Chart:
    """Beds and places of opened and of all projects against what the plans want to add."""
    overview = told.overview
    listed = {plan.region or plan.title for plan in told.plans if plan.projects}
    lines = []
    years: set[int] = set()
    for line in overview.capacities:
        # a county's share of a plan's target is stated nowhere, so that a county is not measured against it
        targets = [one for one in added_targets(line.goals) if one.plan in listed] if overview.county is None else []
        years |= {one.year for one in targets}
        lines.append(_capacity_line(overview, line, sum((one.value for one in targets), Decimal(0)) or None))
    when = f"（{max(years)} 年）" if years else ""
    return Chart(
        key="capacity",
        question="床位与托位够不够？",
        note=f"已投用 / 全部项目 / 方案要新增{when}",
        columns=(("", 150), ("", 102)),
        lines=tuple(lines),
    )


def _capacity_line(overview: Overview, line: CapacityLine, target: Decimal | None) -> BarLine:
    opened = line.opened.minimum if line.opened else Decimal(0)
    planned = line.planned.minimum if line.planned else Decimal(0)
    whole = max(target or 0, planned, opened, Decimal(1))
    lacking = (target or Decimal(0)) - max(planned, opened)
    more = "+" if line.planned and line.planned.maximum is None else ""
    if target is None:
        verdict = Words("方案按全州提" if overview.county else "方案未提总数", "text3")
    elif lacking > 0:
        verdict = Words(f"还差 {plain(lacking)} {line.unit}", "redt", medium=True)
    else:
        verdict = Words("项目够", "greent")
    goal = f" / {plain(target)}" if target is not None else ""
    says = (
        f"已投用项目 {plain(opened)} {line.unit}，全部项目 {plain(planned)} {line.unit}{'以上' if more else ''}"
        + (f"，方案要新增 {plain(target)} {line.unit}" if target is not None else "")
        + (f"；已投用的 {line.proposed} 个项目数字读自建设内容，还没有人核定" if line.proposed else "")
    )
    return BarLine(
        key=f"capacity:{line.what}",
        name=f"养老{line.what}" if line.what == "床位" else f"新增{line.what}",
        share=float(opened / whole),
        second=float(max(planned, opened) / whole),
        cells=(Words(f"{plain(opened)} / {plain(planned)}{more}{goal} {line.unit}", "text", medium=True), verdict),
        way=Rows(overview.query("opened")) if line.opened_projects else Place("indicators"),
        says=says,
    )
