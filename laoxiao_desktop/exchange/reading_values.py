"""What was understood of a file, as a person sees and corrects it: tables, columns, rows, and the draft made of them."""

from dataclasses import dataclass, field
from typing import Literal

from laoxiao_desktop.models.plan_draft import PlanDraft, Problem

RowKind = Literal["row", "total", "section", "header", "note", "hidden", "blank"]
Factor = Literal["元", "千元", "万元", "亿元"]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a sheet or text: its number there, what it is taken for, and its cells as shown."""

    no: int
    kind: RowKind
    cells: tuple[str, ...]
    where: str  # Sheet1!12, 第 437 行


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """One column: its header as printed, the role proposed for it, and the unit of its money (None: to be asked)."""

    header: str
    role: str | None
    factor: Factor | None
    ref: str  # C


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One table of a file. `shape` is the same for every file with the same headers, so that a mapping is remembered."""

    key: str
    title: str
    sheet: str
    shape: str
    subject: str | None  # project, indicator, goal, task, policy … ; None: not recognised
    columns: tuple[SourceColumn, ...]
    rows: tuple[SourceRow, ...]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A whole file as read; `draft` is what all its tables and its prose give under the mapping in force."""

    name: str
    tables: tuple[SourceTable, ...]
    draft: PlanDraft
    hidden: tuple[str, ...] = ()  # hidden sheets, rows and columns: told, never taken silently
    problems: tuple[Problem, ...] = field(default=())
    origin: object = field(default=None, repr=False, compare=False)  # what reading.with_mapping drafts anew from
