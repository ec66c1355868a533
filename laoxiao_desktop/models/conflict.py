"""Conflicts: two people changed the same field without having seen each other's value, and a person must choose."""

from dataclasses import dataclass
from typing import Literal

Stored = str | int | None
# value: both changed a field; deleted: one deleted the row that the other changed;
# locked: a change came in for a month that was locked before it was seen, so it is held back
Kind = Literal["value", "deleted", "locked"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values to choose from: the op (“site.seq”) that wrote it, its value, who wrote it and when.

    `value` is the stored form, `shown` what people read; `shown` of a deletion is 删除, of its other side 保留（…）.
    """

    op: str
    value: Stored
    shown: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field with more than one live value, a row deleted there and edited here, or a change too late for a locked month.

    `subject` names the row as people do, `base` is what both sides started from, `shown_now` what stands until a person
    chooses. The sides stand in the order of the log, the latest last. A `locked` one cannot be resolved before its month
    is unlocked; then it applies by itself, or becomes a `value` one.
    """

    id: str  # “table|row|field”, the same in every copy of the ledger
    table: str
    row: str
    field: str
    subject: str
    field_title: str
    kind: Kind
    base: str
    sides: tuple[Side, ...]
    shown_now: str
