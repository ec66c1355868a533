"""Reminder: what waits for a person, in one sentence, with the rows it is about."""

from dataclasses import dataclass
from typing import Literal

from laoxiao_desktop.models.lights import Colour
from laoxiao_desktop.models.query import Query

Kind = Literal["month", "missing", "overdue", "due", "issue", "supervision", "stale", "override"]


@dataclass(frozen=True, slots=True)
class Reminder:
    """`text` says what and how many; `colour` how pressing it is; `query` leads to its projects (None: to the month)."""

    kind: Kind
    colour: Colour
    text: str
    count: int
    query: Query | None
    month: str | None = None
