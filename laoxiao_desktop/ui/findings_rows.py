"""The findings as they are listed: filtered, grouped by severity, each with the texts of its cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from laoxiao_desktop.models.check import SEVERITIES
from laoxiao_desktop.models.finding import Finding, Severity
from laoxiao_desktop.models.region import prefecture_of
from laoxiao_desktop.ui.findings_watch import Told

OPEN, ACCEPTED = "未处理", "已核实"
ABOUT: dict[Severity, str] = {
    "error": "同一文本自相矛盾",
    "warning": "数值像是笔误或超出常见比例",
    "note": "内容缺少或写法不一",
}
_PUBLISHED = ("公布地点", "公布单位", "重复单位", "公布占比", "笔误", "公布合计", "公布项数")
_COUNTED = (("项数", " 项"), ("处数", " 处"), ("缺", ""), ("未写", ""), ("只在正文", " 项只在正文"))


@dataclass(frozen=True, slots=True)
class Row:
    """One finding with the texts of its cells."""

    finding: Finding
    is_accepted: bool
    where: str
    published: str
    suggestion: str

    @property
    def key(self) -> str:
        """The key of the finding."""
        return self.finding.key


@dataclass(frozen=True, slots=True)
class Heading:
    """A severity above its findings."""

    severity: Severity
    count: int

    @property
    def title(self) -> str:
        """差错, 可疑 or 提醒."""
        return SEVERITIES[self.severity]


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; an empty choice accepts all."""

    states: tuple[str, ...] = (OPEN,)
    severities: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    search: str = ""
    scope_plan: str | None = None

    def accepts(self, row: Row, *, leaving_out: str = "") -> bool:
        """Whether a finding is asked for; `leaving_out` names a choice that does not count (for counting its values)."""
        finding = row.finding
        state = ACCEPTED if row.is_accepted else OPEN
        choices = {
            "states": (self.states, state),
            "severities": (self.severities, finding.severity),
            "plans": (self.plans, finding.plan),
            "rules": (self.rules, finding.title),
        }
        if self.scope_plan is not None and finding.plan != self.scope_plan:
            return False
        if any(asked and value not in asked for name, (asked, value) in choices.items() if name != leaving_out):
            return False
        words = f"{finding.title} {finding.message} {row.where} {finding.subject.name} {finding.plan_title}".casefold()
        return all(word in words for word in self.search.casefold().split())

    def choice(self, name: str) -> tuple[str, ...]:
        """What is chosen under a chip."""
        chosen = {"states": self.states, "severities": self.severities, "plans": self.plans, "rules": self.rules}
        return tuple(chosen[name])

    def with_choice(self, name: str, values: Sequence[str]) -> "Filter":
        """The same with another choice."""
        match name:
            case "states":
                return replace(self, states=tuple(values))
            case "severities":
                return replace(self, severities=tuple(values))
            case "plans":
                return replace(self, plans=tuple(values))
            case _:
                return replace(self, rules=tuple(values))


def rows_of(told: Told, scope_plan: str | None) -> list[Row]:
    """All findings with their texts."""
    return [
        Row(
            finding,
            told.is_accepted(finding),
            finding.where if scope_plan is not None else f"{short_plan(finding)} {finding.where}",
            published(finding),
            finding.suggestion,
        )
        for finding in told.findings
    ]


def short_plan(finding: Finding) -> str:
    """The plan in two to four characters: 西双版纳, 玉溪."""
    region = prefecture_of(finding.plan_title)
    return region.stem if region is not None else finding.plan_title[:4]


def published(finding: Finding) -> str:
    """What was published, short: 360，18 %; 勐海县勐往乡; 5.93 万元."""
    figures = finding.figures
    for name in _PUBLISHED:
        if figures.get(name):
            return figures[name]
    if "占比" in figures:
        return f"{figures['申请中央']}，{figures['占比']}"
    if "基期" in figures and "目标" in figures:
        return f"{figures['基期']} → {figures['目标']}"
    for name, measure in _COUNTED:
        if figures.get(name):
            return f"{figures[name]}{measure}"
    if finding.field_name == "name":
        return figures.get("名称") or finding.subject.name
    return next((value for value in figures.values() if value), "")


def grouped(rows: Sequence[Row], folded: frozenset[str] = frozenset()) -> list[Heading | Row]:
    """Rows under the heading of their severity, the gravest first; folded headings hide theirs."""
    lines: list[Heading | Row] = []
    for severity in SEVERITIES:
        members = [row for row in rows if row.finding.severity == severity]
        if members:
            lines.append(Heading(severity, len(members)))
            lines.extend(members if severity not in folded else ())
    return lines
