"""The lists of 总览: reminders, lights, what is due and missing, plans, findings."""

from collections.abc import Iterable

from laoxiao_desktop.models.dates import last_day
from laoxiao_desktop.models.overview import MissingReport
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.ui.overview_page import ListLine, Section
from laoxiao_desktop.ui.overview_say import TOKENS, day_words, money, short_why
from laoxiao_desktop.ui.way import Place, Record, Rows
from laoxiao_desktop.workspace.briefing import Briefing
from laoxiao_desktop.workspace.glances import light_words


def reminders_section(told: Briefing) -> Section:
    """What waits for a person; each leads to its projects or to the month."""
    return Section(
        key="reminders",
        title="提醒",
        count=len(told.reminders) or None,
        lines=tuple(
            ListLine(
                key=f"reminder:{one.kind}:{one.colour}",
                text=one.text,
                light=TOKENS[one.colour],
                way=Rows(one.query, _REMINDED.get(one.kind, "提醒"))
                if one.query
                else Place("monthly", one.month or ""),
                says=f"{one.colour}色提醒",
            )
            for one in told.reminders
        ),
    )


_REMINDED = {
    "missing": "没有报送",
    "overdue": "里程碑逾期",
    "due": "30 天内到期",
    "issue": "问题到时限",
    "supervision": "督办未回复",
    "stale": "进度说明未变",
    "override": "改灯将到期",
}


def lit_section(told: Briefing) -> Section:
    """The projects under red, else those under yellow, with how much they lack."""
    reds = [one for one in told.lit if one.light.colour == "红"]
    shown = reds or list(told.lit)
    colour = "红" if reds else "黄"
    return Section(
        key="lit",
        title=f"{colour}灯",
        count=len(shown),
        tone="redt" if reds else "yellowt",
        link="全部" if shown else "",
        way=Rows(told.overview.query(colour)),
        lines=tuple(
            ListLine(
                key=f"lit:{one.uid}",
                text=one.name,
                right=short_why(one.light.why),
                tone=f"{TOKENS[one.light.colour]}t",
                light=TOKENS[one.light.colour],
                way=Record(one.uid),
                says="\n".join(light_words(one.light)),
            )
            for one in shown
        ),
        empty="没有红灯和黄灯",
    )


def due_section(told: Briefing) -> Section:
    """The milestones of the next 30 days."""
    due = told.overview.due
    uids = tuple(dict.fromkeys(step.project for step in due))
    return Section(
        key="due",
        title="30 天内到期",
        count=len(due),
        link="全部" if due else "",
        way=Rows(Query(conditions=(("uids", uids),)), "30 天内到期"),
        lines=tuple(
            ListLine(
                key=f"due:{step.project}:{step.step}",
                text=step.project_name,
                middle=step.step,
                right=day_words(last_day(step.day)),
                way=Record(step.project),
                says=f"{step.step}，还有 {step.days} 天",
            )
            for step in due
        ),
        empty="没有 30 天内到期的里程碑" if told.with_milestones else "项目还没有里程碑",
    )


def missing_section(told: Briefing) -> Section:
    """Whose reports of the month have not come, by unit."""
    overview = told.overview
    month = overview.month or ""
    groups: dict[str, list[MissingReport]] = {}
    for one in overview.missing:
        groups.setdefault(one.unit or "未填责任单位", []).append(one)
    ordered = sorted(groups.items(), key=lambda pair: -len(pair[1]))
    return Section(
        key="missing",
        title=f"{int(month[5:7])}月未报",
        count=len(overview.missing),
        tone="yellowt" if overview.missing else "text3",
        link="" if not overview.missing else "催报" if told.is_newest and not overview.is_locked else "看月报",
        way=Place("monthly", month),
        lines=tuple(
            ListLine(
                key=f"missing:{unit}",
                text=unit,
                middle=f"{len(ones)} 项",
                right="、".join(sorted({one.state or "未填" for one in ones})),
                way=Rows(Query(conditions=(("uids", tuple(one.project for one in ones)),)), f"{unit}未报"),
                says=f"{len(ones)} 个项目没有报送",
            )
            for unit, ones in ordered
        ),
        empty="全部已报",
    )


def steps_section(told: Briefing) -> Section:
    """How many projects have milestones, before the first month."""
    overview = told.overview
    bare = overview.figures.projects - told.with_milestones
    lines = [
        ListLine(
            key="steps:with",
            text="已有里程碑的项目",
            right=f"{told.with_milestones} 项",
            way=Place("gantt"),
            says="到进度图",
        )
    ]
    if bare:
        lines.append(
            ListLine(
                key="steps:bare",
                text="还没有里程碑的项目，横道按建设期限画",
                right=f"{bare} 项",
                way=Place("gantt"),
                says="到进度图，在项目记录里按模板建立里程碑",
            )
        )
    due = due_section(told)
    return Section(
        key="steps",
        title="里程碑",
        link="进度图",
        way=Place("gantt"),
        lines=(*lines, *due.lines),
    )


def plans_section(told: Briefing) -> Section:
    """The plans of the ledger."""
    scope = told.overview.plan
    chosen = [plan for plan in told.plans if scope in (None, plan.uid)]
    return Section(
        key="plans",
        title="方案",
        count=len(chosen),
        link="指标清单",
        way=Place("indicators"),
        lines=tuple(
            ListLine(
                key=f"plan:{plan.uid}",
                text=plan.region or plan.title,
                middle=f"指标 {plan.indicators}",
                right=f"{plan.projects} 项  {money(plan.total_investment)}" if plan.projects else "没有公布项目清单",
                tone="text2" if plan.projects else "text3",
                way=Rows(Query(conditions=(("plan", (plan.uid,)),))) if plan.projects else Place("indicators"),
                says=plan.title,
            )
            for plan in chosen
        ),
    )


def findings_section(counted: Iterable[tuple[str, str, int]] | None, *, is_running: bool = True) -> Section:
    """The findings by their title, the gravest first: (title, severity, how many); None while they are not counted."""
    if counted is None:
        empty = "正在校核……" if is_running else "项目很多，进入“校核”时才校核"
        return Section("findings", "校核", None, link="逐条处理", way=Place("findings"), empty=empty)
    from laoxiao_desktop.models.check import SEVERITIES  # noqa: PLC0415 - the rules are loaded after the first paint

    said: dict[str, str] = dict(SEVERITIES.items())
    listed = list(counted)
    whole = sum(count for _, _, count in listed)
    return Section(
        key="findings",
        title="校核",
        count=whole,
        tone="redt" if whole else "text3",
        link="逐条处理" if whole else "",
        way=Place("findings"),
        lines=tuple(
            ListLine(
                key=f"finding:{title}",
                text=title,
                right=f"{said.get(severity, '')} {count}",
                tone="redt" if severity == "error" else "text2",
                way=Place("findings", title),
                says=f"{count} 条",
            )
            for title, severity, count in listed
        ),
        empty="没有发现问题",
    )
