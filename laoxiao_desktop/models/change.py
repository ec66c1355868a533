"""What one change of the ledger was: its label, what it touched, and who made it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Who is at the desk; every change carries both."""

    name: str
    unit: str

    def __str__(self) -> str:
        return f"{self.unit} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Change:
    """What a workspace function did in one transaction.

    `label` is the Chinese sentence shown in the status line and in 撤销; `touched` names the rows as (table, uid),
    so that only they are read again; `created` is the uid of the first new row, if any.
    """

    uid: str
    label: str
    touched: frozenset[tuple[str, str]]
    created: str | None = None

    @property
    def tables(self) -> frozenset[str]:
        """The tables in which something changed."""
        return frozenset(table for table, _ in self.touched)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One field of one row changed once: who, when, old, new, why. `old` and `new` are stored values.

    `site` is the copy of the ledger in which it was done.
    """

    at: str
    actor: str
    table: str
    row: str
    field: str
    old: object
    new: object
    label: str
    reason: str
    kind: str  # edit, undo or redo
    site: str = ""
