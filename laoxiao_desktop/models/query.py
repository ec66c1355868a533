"""What a person asked the project grid to show: words, conditions, order, groups."""

from dataclasses import dataclass, field
from typing import Literal

# conditions that are judged at a month, and the month itself
MONTH_FIELDS = ("light", "started", "finished", "opened", "missing", "month")
GroupKey = Literal["county", "sector", "build_kind", "facility_type", "responsible_unit", "plan", "status"]


@dataclass(frozen=True, slots=True)
class Query:
    """Which projects, in which order.

    `search` is what was typed: words separated by spaces, all must match (name, place, unit, content, pinyin initials).
    `conditions` maps a field (plan, county, sector, build_kind, facility_type, status, responsible_unit, year) to the
    accepted stored values; fields combine with AND, values within one with OR; "" stands for “not filled in”. `uids` is
    a plain list of projects.
    `order` lists (field, descending). `group` gathers the rows under headings with subtotals.
    """

    search: str = ""
    conditions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    group: GroupKey | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """Count and money (分) of a set of projects."""

    count: int = 0
    total_investment: int = 0
    central_request: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """One heading of a grouped grid: its value, its title as shown, its sums; its rows follow in order."""

    value: str
    title: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a Query: row ids in order (grouped rows stand together, group after group) and sums."""

    ids: "object"  # array('q') of project ids, in order
    sums: Sums
    groups: tuple[Group, ...] = field(default=())
