"""What reading a file in would do to the ledger: shown row by row and field by field before anything is written."""

from dataclasses import dataclass, field
from typing import Literal

State = Literal["new", "changed", "same", "gone", "doubt"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that would change; stored forms, and the texts a person sees."""

    field: str
    old: str | int | None
    new: str | int | None
    old_text: str
    new_text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the ledger that may be meant, and why: 名称相近 0.92, 同序号."""

    uid: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row of the file, or one row of the ledger that the file no longer has (`gone`).

    `key` names the row within the comparison; `values` are the stored values that would be written; a row in doubt has
    candidates and is left alone until a person decides.
    """

    key: str
    table: str  # project, indicator, goal, list_item
    state: State
    title: str
    where: str  # Sheet1!A12, 第 437 行
    uid: str | None = None
    values: dict[str, str | int | None] = field(default_factory=dict)
    changes: tuple[FieldChange, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows of a file against one plan of the ledger (None: a plan that would be new)."""

    plan: str | None
    plan_title: str
    rows: tuple[ComparedRow, ...]

    def count(self, state: State) -> int:
        """How many rows are in a state."""
        return sum(row.state == state for row in self.rows)
