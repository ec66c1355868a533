"""The monthly report of a project: cumulative figures, what a month and a year add, and the rules between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final, Protocol

from laoxiao_desktop.models.dates import add_months, last_day
from laoxiao_desktop.models.lights import Light
from laoxiao_desktop.models.money import Money
from laoxiao_desktop.models.project import FieldProblem
from laoxiao_desktop.models.rates import Rate
from laoxiao_desktop.models.vague_words import vague_words

DRAFT, SENT, RETURNED, APPROVED, LOCKED = "草稿", "已报", "退回", "已审", "锁定"
COUNTED: Final = frozenset({SENT, APPROVED})  # states in which a project has reported
EXEMPT: Final = frozenset({"决算", "取消"})  # statuses that report no more
DUE_DAY: Final = 5  # of the month after
MONEY: Final = ("cum_completed", "cum_arrived", "cum_paid", "central_completed", "central_arrived", "central_paid")
TEXTS: Final = (
    "stage",
    "image_progress",
    "problem",
    "problem_kind",
    "help_needed",
    "next_step",
    "reporter",
    "correction",
)
FIELDS: Final = (*MONEY, *TEXTS)
LABELS: Final = {
    "cum_completed": "累计完成投资",
    "cum_arrived": "累计到位资金",
    "cum_paid": "累计支付资金",
    "central_completed": "中央资金累计完成",
    "central_arrived": "中央资金累计到位",
    "central_paid": "中央资金累计支付",
}
DEFINITIONS: Final = {
    "cum_completed": "完成投资：以监理验工计价为准，从开工累计到本月末，含其中的中央资金。",
    "cum_arrived": "到位资金：已到项目单位账户的资金；实行报账制的，以到县级国库为准。",
    "cum_paid": "支付资金：已支付给施工、监理、供货等单位的资金。",
    "central_completed": "累计完成投资中使用中央预算内投资的部分。",
    "central_arrived": "累计到位资金中中央预算内投资的部分。",
    "central_paid": "累计支付资金中中央预算内投资的部分。",
    "stage": "开工：永久性工程正式破土开槽或打桩；三通一平、临时工程不算开工。",
    "image_progress": "写实物量，如“主体封顶，完成二层砌筑”；不写“部分”“基本完成”“有序推进”。",
    "problem": "写清卡在哪个环节、哪个部门、需要什么；没有问题写“无”。",
    "next_step": "写下月要完成的节点和日期。",
    "correction": "累计数比上月少时，写明原因和依据。",
}
_PARTS: Final = (
    ("central_completed", "cum_completed"),
    ("central_arrived", "cum_arrived"),
    ("central_paid", "cum_paid"),
)


class Step(Protocol):
    """A milestone as the rules need it: a Milestone, or a bare row of one."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def planned(self) -> str | None: ...
    @property
    def forecast(self) -> str | None: ...
    @property
    def actual(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class MonthReport:
    """One project's report of one month. Amounts are cumulative 分; None or "" is not filled in."""

    uid: str | None
    project: str
    month: str
    state: str = DRAFT
    cum_completed: int | None = None
    cum_arrived: int | None = None
    cum_paid: int | None = None
    central_completed: int | None = None
    central_arrived: int | None = None
    central_paid: int | None = None
    stage: str = ""
    image_progress: str = ""
    problem: str = ""
    problem_kind: str = ""
    help_needed: str = ""
    next_step: str = ""
    reporter: str = ""
    correction: str = ""
    return_reason: str = ""

    @classmethod
    def of_row(cls, row: Mapping[str, object]) -> MonthReport:
        """From a stored row; absent texts become ""."""
        values = {name: row.get(name) for name in _NAMES}
        return cls(**{name: value if value is not None or name in _NULLABLE else "" for name, value in values.items()})  # type: ignore[arg-type]

    def money(self, name: str) -> int | None:
        """One of the amounts by its name."""
        value: int | None = getattr(self, name)
        return value

    def with_money(self, amounts: Sequence[int | None]) -> MonthReport:
        """The report with all six amounts, in the order of MONEY."""
        return replace(self, **dict(zip(MONEY, amounts, strict=True)))  # type: ignore[arg-type]

    @property
    def has_figures(self) -> bool:
        """Whether any of the three cumulative amounts is filled in."""
        return any(self.money(name) is not None for name in MONEY[:3])

    @property
    def has_problem(self) -> bool:
        """Whether a problem is stated (无 states that there is none)."""
        return bool(self.problem.strip()) and self.problem.strip() not in ("无", "无。", "没有")


_NAMES: Final = tuple(field.name for field in fields(MonthReport))
_NULLABLE: Final = frozenset({"uid", *MONEY})


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the month needs to know of a project. Amounts are 分, the span is the stored form."""

    uid: str
    plan: str = ""
    list_no: int | None = None
    name: str = ""
    county: str = ""
    sector: str = ""
    unit: str = ""
    total_investment: int | None = None
    central_request: int | None = None
    span: str | None = None
    status: str = ""
    plan_short: str = ""
    county_name: str = ""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One line of the month: the project, this month's report, what stood before it, and what follows from both.

    `before` holds the latest figures known before this month (texts of the last report); `year_start` those known at
    the end of last year.
    """

    facts: ProjectFacts
    month: str
    now: MonthReport | None
    before: MonthReport | None
    year_start: MonthReport | None
    year_plan: int | None
    light: Light | None
    problems: tuple[FieldProblem, ...]
    is_exempt: bool = False

    @property
    def uid(self) -> str:
        return self.facts.uid

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def state(self) -> str:
        """草稿, 已报, 退回, 已审, 锁定; "" when nothing was filled in."""
        return self.now.state if self.now else ""

    def standing(self, name: str) -> int | None:
        """The cumulative amount at this month: this month's, else the last known one."""
        now = self.now.money(name) if self.now else None
        return now if now is not None else self.before.money(name) if self.before else None

    def month_of(self, name: str) -> int | None:
        """What this month added; None while this month's amount is empty."""
        return difference(self.now.money(name) if self.now else None, self.before.money(name) if self.before else None)

    def year_of(self, name: str) -> int | None:
        """What this year added so far; None while nothing is known."""
        return difference(self.standing(name), self.year_start.money(name) if self.year_start else None)

    @property
    def month_completed(self) -> int | None:
        return self.month_of("cum_completed")

    @property
    def month_arrived(self) -> int | None:
        return self.month_of("cum_arrived")

    @property
    def month_paid(self) -> int | None:
        return self.month_of("cum_paid")

    @property
    def year_completed(self) -> int | None:
        return self.year_of("cum_completed")

    @property
    def year_arrived(self) -> int | None:
        return self.year_of("cum_arrived")

    @property
    def year_paid(self) -> int | None:
        return self.year_of("cum_paid")

    @property
    def rate(self) -> Rate:
        """投资完成率: cumulative completed over total investment."""
        return Rate(self.standing("cum_completed") or 0, self.facts.total_investment or 0)

    @property
    def year_rate(self) -> Rate:
        """年度完成率: completed this year over the plan of the year."""
        return Rate(self.year_completed or 0, self.year_plan or 0)

    @property
    def paid_rate(self) -> Rate:
        """支付率: paid over completed."""
        return Rate(self.standing("cum_paid") or 0, self.standing("cum_completed") or 0)


def difference(now: int | None, before: int | None) -> int | None:
    """What a month added: cumulative less cumulative before; an absent earlier figure counts as nothing."""
    return None if now is None else now - (before or 0)


def carried(reports: Iterable[MonthReport]) -> MonthReport | None:
    """The figures known after these reports (in any order): per amount the latest one filled in, the latest texts."""
    ordered = sorted(reports, key=lambda report: report.month)
    if not ordered:
        return None
    known: dict[str, int] = {}
    for report in ordered:
        for name in MONEY:
            value = report.money(name)
            if value is not None:
                known[name] = value
    return replace(ordered[-1], **known)  # type: ignore[arg-type]


def due_on(month: str, due_day: int = DUE_DAY) -> str:
    """The day by which a month is reported: `due_day` of the month after, at most its last day."""
    following = add_months(month, 1)
    return f"{following}-{min(due_day, last_day(following).day):02d}"


def month_end(month: str, today: dt.date) -> dt.date:
    """The day at which a month is judged: its last one, or today while it is not over."""
    return min(last_day(month), today) if month <= today.isoformat()[:7] else last_day(month)


def show_month(month: str) -> str:
    """As written in a sentence: 2024年6月."""
    return f"{int(month[:4])}年{int(month[5:7])}月"


def check(
    report: MonthReport,
    before: MonthReport | None,
    project: ProjectFacts,
    milestones: Sequence[Step] = (),
    after: MonthReport | None = None,
) -> list[FieldProblem]:
    """All problems of a report. An error keeps it from being reported; a warning may stand."""
    return [
        *_falls(report, before),
        *_next_falls(report, after),
        *_parts(report),
        *_order(report, before, project),
        *_started(report, milestones),
        *_texts(report),
    ]


def never(report: MonthReport, before: MonthReport | None, after: MonthReport | None = None) -> list[FieldProblem]:
    """What is not even kept as a draft: a cumulative amount that falls without a 更正说明, a part above its whole."""
    return [*_falls(report, before), *_next_falls(report, after), *_parts(report)]


def _falls(report: MonthReport, before: MonthReport | None) -> Iterable[FieldProblem]:
    if before is None or report.correction.strip():
        return
    for name in MONEY:
        now, then = report.money(name), before.money(name)
        if now is not None and then is not None and now < then:
            yield FieldProblem(
                name,
                "error",
                f"{LABELS[name]} {Money(now)} 万元，比上次的 {Money(then)} 万元少 {Money(then - now)} 万元；"
                "累计数确需调减的，请填写更正说明。",
            )


def _next_falls(report: MonthReport, after: MonthReport | None) -> Iterable[FieldProblem]:
    """A month that was opened again must stay below the month after it."""
    if after is None or after.correction.strip():
        return
    for name in MONEY:
        now, then = report.money(name), after.money(name)
        if now is not None and then is not None and now > then:
            yield FieldProblem(
                name,
                "error",
                f"{LABELS[name]} {Money(now)} 万元，多于{show_month(after.month)}已填的 {Money(then)} 万元；"
                f"请先改{show_month(after.month)}，或在那里填写更正说明。",
            )


def _parts(report: MonthReport) -> Iterable[FieldProblem]:
    for part, whole in _PARTS:
        few, all_ = report.money(part), report.money(whole)
        if few is not None and all_ is not None and few > all_:
            yield FieldProblem(
                part, "error", f"{LABELS[part]} {Money(few)} 万元，多于{LABELS[whole]} {Money(all_)} 万元。"
            )


def _order(report: MonthReport, before: MonthReport | None, project: ProjectFacts) -> Iterable[FieldProblem]:
    def known(name: str) -> int | None:
        value = report.money(name)
        return value if value is not None else before.money(name) if before else None

    completed, arrived, paid = (known(name) for name in MONEY[:3])
    if paid is not None and arrived is not None and paid > arrived and report.has_figures:
        yield FieldProblem(
            "cum_paid",
            "warning",
            f"累计支付 {Money(paid)} 万元，比累计到位 {Money(arrived)} 万元多 {Money(paid - arrived)} 万元，请核对。",
        )
    total = project.total_investment
    if report.cum_completed is not None and completed is not None and total is not None and completed > total:
        yield FieldProblem(
            "cum_completed",
            "warning",
            f"累计完成 {Money(completed)} 万元，多于总投资 {Money(total)} 万元 {Money(completed - total)} 万元，请核对。",
        )


def _started(report: MonthReport, milestones: Sequence[Step]) -> Iterable[FieldProblem]:
    """Work that is under way has begun on a day: 形象进度 asks for the actual date of 开工."""
    if not report.stage:
        return
    start = next((step for step in milestones if step.code == "M09"), None)
    if start is None:
        yield FieldProblem(
            "stage", "warning", f"形象进度已到“{report.stage}”，还没有开工日期；请在里程碑里登记“开工”。"
        )
    elif not start.actual:
        yield FieldProblem(
            "stage", "error", f"形象进度已到“{report.stage}”，里程碑“开工”没有实际日期；请先登记开工日期。"
        )


def _texts(report: MonthReport) -> Iterable[FieldProblem]:
    for name in ("image_progress", "next_step"):
        found = vague_words(getattr(report, name))
        if found:
            words = "、".join(f"“{word}”" for word in found)
            yield FieldProblem(name, "warning", f"{words}说不清进度，请写实物量、数字或日期。")
