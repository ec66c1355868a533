"""A finding of the data check-up: what, how bad, where, the figures behind it, and what to do."""

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: a row of the ledger. `kind` is its table; `uid` is None for the plan's own text."""

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
