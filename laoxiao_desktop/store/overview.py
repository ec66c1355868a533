"""Money by project for the overview: what was allocated by a day, and what the sources say arrived and was spent."""

import sqlite3
from typing import Final

from laoxiao_desktop.models.funding import CENTRAL

_ALLOCATED: Final = """
    SELECT project, coalesce(source, ''), sum(amount) FILTER (
        WHERE CASE WHEN allocated_on IS NOT NULL THEN allocated_on <= :day ELSE coalesce(year, 0) <= :year END)
    FROM allocation WHERE deleted = 0 AND amount IS NOT NULL GROUP BY project, source
"""
_FUNDED: Final = """
    SELECT project, coalesce(source, ''), sum(allocated), sum(arrived), sum(completed), sum(paid)
    FROM funding WHERE deleted = 0 GROUP BY project, source
"""

Sums = list[int | None]  # allocated, central allocated, then arrived, completed, paid and their central parts


def money(connection: sqlite3.Connection, day: str) -> dict[str, Sums]:
    """By project: [allocated, central allocated, arrived, completed, paid, central arrived, completed, paid].

    Allocations outweigh the allocated amount of their source. An amount that nobody filled in is None; an allocation
    without a date counts from its year on.
    """
    found: dict[str, Sums] = {}
    has_allocations = set()
    for project, source, amount in connection.execute(_ALLOCATED, {"day": day, "year": int(day[:4])}):
        has_allocations.add((project, source))
        if amount is not None:
            _add(found, project, source, 0, amount, 1)
    for project, source, allocated, arrived, completed, paid in connection.execute(_FUNDED):
        if allocated is not None and (project, source) not in has_allocations:
            _add(found, project, source, 0, allocated, 1)
        for place, amount in ((2, arrived), (3, completed), (4, paid)):
            if amount is not None:
                _add(found, project, source, place, amount, place + 3)
    return found


def _add(found: dict[str, Sums], project: str, source: str, place: int, amount: int, central_place: int) -> None:
    sums = found.get(project)
    if sums is None:
        sums = found[project] = [None] * 8
    sums[place] = (sums[place] or 0) + amount
    if source == CENTRAL:
        sums[central_place] = (sums[central_place] or 0) + amount
