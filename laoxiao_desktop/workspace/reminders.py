"""What waits for a person on a day: the month to open, reports, milestones, problems, orders, stale texts, overrides."""

import datetime as dt
from collections.abc import Iterable, Iterator

from laoxiao_desktop.models.dates import add_months, last_day, show_date
from laoxiao_desktop.models.lights import Colour
from laoxiao_desktop.models.milestone import DUE_DAYS
from laoxiao_desktop.models.monthly import COUNTED, EXEMPT, show_month
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.models.reminder import Reminder
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.workspace import issues, lights, month_facts
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.month_facts import MonthFacts

SOON: int = 7  # days before something expires or falls due
_ALL = Scope()
_RANK: dict[str, int] = {"红": 0, "黄": 1, "绿": 2}


def reminders(ledger: Ledger, day: dt.date, scope: Scope = _ALL) -> list[Reminder]:
    """Everything that waits, the most pressing first."""
    facts = month_facts.read(ledger, scope, month_facts.latest_month(ledger))
    inside = {project.uid for project in facts.facts}
    found = [
        *_month(ledger, facts, day),
        *_missing(facts, day),
        *_milestones(facts, day),
        *_issues(ledger, inside, day),
        *_supervisions(ledger, inside, day),
        *_stale(facts),
        *_overrides(ledger, inside, day),
    ]
    return sorted(found, key=lambda one: _RANK[one.colour])


def _month(ledger: Ledger, facts: MonthFacts, day: dt.date) -> Iterator[Reminder]:
    """The month that is over and not opened yet; nothing before the first month was ever opened."""
    over = add_months(day.isoformat()[:7], -1)
    if facts.month is not None and facts.month < over:
        following = add_months(facts.month, 1)
        yield Reminder("month", "黄", f"{show_month(following)}月度调度还没有开启", 1, None, following)


def _missing(facts: MonthFacts, day: dt.date) -> Iterator[Reminder]:
    if facts.month is None or facts.due_on is None or facts.is_locked:
        return
    waiting = [
        project.uid
        for project in facts.facts
        if project.status not in EXEMPT
        and ((report := facts.reports.get(project.uid)) is None or report.state not in COUNTED)
    ]
    left = (dt.date.fromisoformat(facts.due_on) - day).days
    if not waiting or left > SOON:
        return
    when = f"截止 {show_date(facts.due_on)}，" + (f"还有 {left} 天" if left >= 0 else f"已过 {-left} 天")
    colour: Colour = "红" if left < 0 else "黄"
    text = f"{show_month(facts.month)}月报还有 {len(waiting)} 个项目没有报送（{when}）"
    yield Reminder("missing", colour, text, len(waiting), _those(waiting), facts.month)


def _milestones(facts: MonthFacts, day: dt.date) -> Iterator[Reminder]:
    late: dict[str, int] = {}
    due: dict[str, int] = {}
    for project in facts.facts:
        if project.status == "取消":
            continue
        for step in facts.steps.get(project.uid, ()):
            deadline = step.planned or step.forecast
            if step.actual or deadline is None:
                continue
            left = (last_day(deadline) - day).days
            if left <= DUE_DAYS:
                counted = late if left < 0 else due
                counted[project.uid] = counted.get(project.uid, 0) + 1
    if late:
        text = f"{sum(late.values())} 项里程碑已经逾期，涉及 {len(late)} 个项目"
        yield Reminder("overdue", "红", text, sum(late.values()), _those(late))
    if due:
        text = f"{sum(due.values())} 项里程碑在 {DUE_DAYS} 天内到期，涉及 {len(due)} 个项目"
        yield Reminder("due", "黄", text, sum(due.values()), _those(due))


def _issues(ledger: Ledger, inside: set[str], day: dt.date) -> Iterator[Reminder]:
    today = day.isoformat()
    open_ones = [one for one in issues.of(ledger, only_open=True) if one.project in inside]
    late = [one.project for one in open_ones if one.is_overdue(today)]
    if late:
        yield Reminder("issue", "红", f"{len(late)} 个问题已过办理时限没有销号", len(late), _those(late))
    soon = [
        one.project
        for one in open_ones
        if one.due_on and not one.is_overdue(today) and (last_day(one.due_on) - day).days <= SOON
    ]
    if soon:
        yield Reminder("issue", "黄", f"{len(soon)} 个问题在 {SOON} 天内到办理时限", len(soon), _those(soon))


def _supervisions(ledger: Ledger, inside: set[str], day: dt.date) -> Iterator[Reminder]:
    today = day.isoformat()
    late = [
        one.project
        for one in issues.supervisions(ledger, only_open=True)
        if one.project in inside and one.is_overdue(today)
    ]
    if late:
        yield Reminder("supervision", "红", f"{len(late)} 张督办单过了时限没有回复", len(late), _those(late))


def _stale(facts: MonthFacts) -> Iterator[Reminder]:
    """Reports of this month that say of the progress what the last one said."""
    same = []
    for project in facts.facts:
        now, before = facts.reports.get(project.uid), facts.before.get(project.uid)
        text = now.image_progress.strip() if now else ""
        is_same = before is not None and text != "" and text == before.image_progress.strip()
        if is_same and not facts.standing(project).is_finished:
            same.append(project.uid)
    if same and facts.month:
        told = f"{len(same)} 个项目的形象进度说明与上月一字不差"
        yield Reminder("stale", "黄", told, len(same), _those(same), facts.month)


def _overrides(ledger: Ledger, inside: set[str], day: dt.date) -> Iterator[Reminder]:
    until = (day + dt.timedelta(days=SOON)).isoformat()
    soon = [one for one in lights.overrides(ledger) if one.project in inside and one.expires_on <= until]
    if soon:
        first = show_date(soon[0].expires_on)
        text = f"{len(soon)} 个人工改灯在 {SOON} 天内到期，最早 {first}"
        yield Reminder("override", "黄", text, len(soon), _those(one.project for one in soon))


def _those(uids: Iterable[str]) -> Query:
    return Query(conditions=(("uids", tuple(dict.fromkeys(uids))),))
