"""Rows for 进度图: the milestones of all projects at once, and the planned dates of the latest baseline of each."""

import sqlite3

_STEPS = (
    "SELECT project, uid, coalesce(code, ''), coalesce(name, ''), coalesce(weight, 0), planned, forecast, actual"
    " FROM milestone WHERE deleted = 0 ORDER BY project, ord, id"
)
_BASELINES = "SELECT project, planned_dates FROM baseline WHERE deleted = 0 ORDER BY project, no, id"

Step = tuple[str, str, str, int, str | None, str | None, str | None]


def steps(connection: sqlite3.Connection) -> dict[str, list[Step]]:
    """(uid, code, name, weight, planned, forecast, actual) of every milestone by project, in order."""
    found: dict[str, list[Step]] = {}
    for project, *step in connection.execute(_STEPS):
        found.setdefault(project, []).append(tuple(step))
    return found


def latest_baselines(connection: sqlite3.Connection) -> dict[str, str]:
    """The planned dates (JSON) of the latest baseline by project."""
    return {str(project): str(dates or "{}") for project, dates in connection.execute(_BASELINES)}


def planned_count(connection: sqlite3.Connection) -> int:
    """How many projects have a milestone with a planned date."""
    found = connection.execute(
        "SELECT count(DISTINCT m.project) FROM milestone m JOIN project p ON p.uid = m.project AND p.deleted = 0"
        " WHERE m.deleted = 0 AND m.planned IS NOT NULL"
    ).fetchone()
    return int(found[0])
