"""A finding of the data check-up: what, how bad, where, the figures behind it, and what to do."""

from dataclasses import dataclass, field
from typing import Final, Literal

Severity = Literal["error", "warning", "note"]

_ITEMS: Final = {
    "task": "任务",
    "policy": "政策",
    "element": "要素",
    "platform": "平台",
    "industry": "产业",
    "reform": "改革",
    "pilot": "试点",
    "member": "领导小组",
}
_OTHERS: Final = {"plan_total": "合计", "goal": "年度目标", "annex": "附件"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: a row of the ledger. `kind` is its table; `uid` is None for the plan's own text.

    `sector` is 养老 or 托育; of a list item it is the kind of its list (policy, task …).
    """

    kind: str
    uid: str | None
    sector: str | None
    no: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `key` stays the same as long as its cause does, so that a decision about it holds.

    `field_name` is the field to look at; `suggested` the stored value that would mend it, when a rule can tell.
    """

    key: str
    code: str  # such as request_over_total
    severity: Severity
    plan: str  # uid
    plan_title: str
    subject: Subject
    title: str  # 申请中央占比明显低于同类
    message: str  # why, in one or two sentences with the numbers
    figures: dict[str, str] = field(default_factory=dict)
    suggestion: str = ""
    field_name: str | None = None
    suggested: str | int | None = None
    others: tuple[Subject, ...] = ()  # rows compared with
    lines: tuple[int, int] | None = None

    @property
    def where(self) -> str:
        """Where it stands, short: 养老 9, 养老指标 7, 政策 6, 合计, 全方案."""
        subject = self.subject
        number = "" if subject.no is None else f" {subject.no}"
        match subject.kind:
            case "project":
                return f"{subject.sector or '项目'}{number}"
            case "indicator":
                return f"{subject.sector or ''}指标{number}" if subject.no is not None else "正文指标"
            case "list_item":
                return f"{_ITEMS.get(subject.sector or '', '清单')}{number}"
            case "plan":
                return "全方案"
            case other:
                return f"{_OTHERS.get(other, '')}{number}"
