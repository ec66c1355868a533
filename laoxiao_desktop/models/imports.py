"""What reading a file in would do to the ledger: shown row by row and field by field before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from laoxiao_desktop.models.dictionary import TABLES

State = Literal["new", "changed", "same", "gone", "doubt", "skipped"]
Table = Literal["project", "indicator", "goal", "list_item"]
Stored = str | int | None
TARGET = "target:"  # target:2025 is the target of an indicator for a year


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that would change; stored forms, and the texts a person sees.

    `note` says why it is not simply taken (曾更正: a person corrected what was published); then `is_chosen` is False
    until the person chooses it.
    """

    field: str
    old: Stored
    new: Stored
    old_text: str
    new_text: str
    note: str = ""
    is_chosen: bool = True


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that the ledger cannot take as a value: it is kept as published text only."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the ledger that may be meant, and why: 名称相近 0.92, 同序号."""

    uid: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row of the file, or one row of the ledger that the file no longer has (`gone`).

    `key` names the row within the comparison; `values` are all the stored values of a file's row, or what would be
    written to a gone one; a row in doubt has candidates and is left alone until a person decides, a skipped one stays
    out by the person's wish.
    """

    key: str
    table: Table
    state: State
    title: str
    where: str  # 第 437 行, 附件3 第 12 行
    group: str = ""  # the list it stands in: 养老, task, 2025
    lines: tuple[int, int] | None = None
    uid: str | None = None
    values: Mapping[str, Stored] = field(default_factory=dict)
    changes: tuple[FieldChange, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    problems: tuple[CellProblem, ...] = ()

    @property
    def chosen(self) -> tuple[FieldChange, ...]:
        """The changes that would be written."""
        return tuple(change for change in self.changes if change.is_chosen)

    def change_of(self, name: str) -> FieldChange | None:
        """What would happen to a field."""
        return next((change for change in self.changes if change.field == name), None)

    def choosing(self, name: str, is_chosen: bool) -> "ComparedRow":
        """The same row with one change taken or left."""
        changes = tuple(replace(c, is_chosen=is_chosen) if c.field == name else c for c in self.changes)
        return replace(self, changes=changes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows of a file against one plan of the ledger (None: a plan that would be new)."""

    plan: str | None
    plan_title: str
    rows: tuple[ComparedRow, ...]

    def count(self, state: State) -> int:
        """How many rows are in a state."""
        return sum(row.state == state for row in self.rows)

    @property
    def writable(self) -> tuple[str, ...]:
        """The keys of the rows that would be written: new ones, changed ones, gone ones that were decided."""
        return tuple(row.key for row in self.rows if is_written(row))


def is_written(row: ComparedRow) -> bool:
    """Whether accepting would write this row; of a changed one whose changes are all left, what was published."""
    return row.state in ("new", "changed") or (row.state == "gone" and bool(row.values))


def label_of(table: str, name: str) -> str:
    """A field in words; a name that is no field of the table is the head of a column, and stays."""
    if name.startswith(TARGET):
        return f"{name.removeprefix(TARGET)} 年目标"
    return next((field.label for field in TABLES[table] if field.name == name), name)
