"""Issue and supervision: what stands in the way of a project, who clears it by when, and what was ordered in writing."""

from dataclasses import dataclass
from typing import Final

OPEN, WORKING, CLOSED = "待办", "办理中", "已销号"
STATES: Final = (OPEN, WORKING, CLOSED)


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem of a project. Dates are stored forms; None is not filled in."""

    uid: str
    project: str
    text: str
    kind: str = ""
    owner: str = ""
    due_on: str | None = None
    state: str = OPEN
    raised_on: str | None = None
    closed_on: str | None = None
    project_name: str = ""

    @property
    def is_open(self) -> bool:
        return self.state != CLOSED

    def is_overdue(self, today: str) -> bool:
        """Whether its day has passed without it being cleared."""
        return self.is_open and self.due_on is not None and self.due_on < today[: len(self.due_on)]


@dataclass(frozen=True, slots=True)
class Supervision:
    """One 督办单: number, to whom, what, by when, and the reply."""

    uid: str
    project: str
    no: str
    unit: str
    text: str
    due_on: str | None
    reply: str = ""
    replied_on: str | None = None
    state: str = OPEN
    project_name: str = ""

    @property
    def is_open(self) -> bool:
        return self.state != CLOSED

    def is_overdue(self, today: str) -> bool:
        """Whether its day has passed without a reply."""
        return self.is_open and not self.reply and self.due_on is not None and self.due_on < today[: len(self.due_on)]


def next_number(known: list[str], year: int) -> str:
    """The number after the highest of the year: 督办〔2024〕3号."""
    head = f"督办〔{year}〕"
    numbers = [int(no[len(head) : -1]) for no in known if no.startswith(head) and no[len(head) : -1].isdigit()]
    return f"{head}{max(numbers, default=0) + 1}号"
