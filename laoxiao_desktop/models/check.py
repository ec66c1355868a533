"""The data check-up: every rule over plain rows, the gravest findings first."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from laoxiao_desktop.models import (
    check_annexes,
    check_codes,
    check_contents,
    check_costs,
    check_goals,
    check_indicators,
    check_money,
    check_names,
    check_offices,
    check_periods,
    check_places,
    check_totals,
    check_units,
)
from laoxiao_desktop.models.check_rows import PlanRows
from laoxiao_desktop.models.finding import Finding, Severity

SEVERITIES: Final[dict[Severity, str]] = {"error": "差错", "warning": "可疑", "note": "提醒"}
FAMILIES: Final[tuple[tuple[str, str, Callable[[PlanRows], Iterator[Finding]]], ...]] = (
    ("totals", "合计", check_totals.check),
    ("money", "资金", check_money.check),
    ("costs", "单位造价", check_costs.check),
    ("names", "名称", check_names.check),
    ("places", "地点", check_places.check),
    ("units", "责任单位", check_units.check),
    ("offices", "单位名称", check_offices.check),
    ("contents", "建设内容", check_contents.check),
    ("periods", "期限", check_periods.check),
    ("indicators", "指标", check_indicators.check),
    ("goals", "目标", check_goals.check),
    ("codes", "项目代码", check_codes.check),
    ("annexes", "附件", check_annexes.check),
)
Step = Callable[[int, str], None]  # which family of rules is at work
_ORDER: Final = {severity: place for place, severity in enumerate(SEVERITIES)}


def check(plan: PlanRows, step: Step | None = None) -> list[Finding]:
    """All findings of one plan: by severity, projects in their order before the plan's other rows."""
    found: dict[str, Finding] = {}
    for number, (_, title, rule) in enumerate(FAMILIES):
        if step is not None:
            step(number, title)
        for finding in rule(plan):
            found.setdefault(finding.key, finding)
            if step is not None:
                step(number, title)
    return sorted(found.values(), key=_place)


def check_all(plans: Sequence[PlanRows], tell: Callable[[int, int, str], None] | None = None) -> list[Finding]:
    """The findings of several plans, by severity and plan; `tell` hears how far it is and may stop it by raising."""
    found: list[Finding] = []
    total = len(plans) * len(FAMILIES)
    for place, plan in enumerate(plans):
        before = place * len(FAMILIES)
        found += check(plan, None if tell is None else _stepping(tell, before, total))
    return sorted(found, key=lambda finding: _ORDER[finding.severity])


def _stepping(tell: Callable[[int, int, str], None], before: int, total: int) -> Step:
    return lambda number, title: tell(before + number, total, f"校核{title}")


def _place(finding: Finding) -> tuple[object, ...]:
    subject = finding.subject
    is_project = subject.kind == "project"
    return _ORDER[finding.severity], not is_project, subject.sector or "", subject.no or 0
