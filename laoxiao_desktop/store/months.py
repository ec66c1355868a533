"""The rows of the month: months opened, reports with what stood before them, milestones and funds they are judged with."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from laoxiao_desktop.models.monthly import MONEY, MonthReport, ProjectFacts
from laoxiao_desktop.models.sites import Site, site_of
from laoxiao_desktop.store.rows import Stored, names, select

_COLUMNS: Final = ("uid", *names("monthly_report"))


def _sql(text: str) -> str:
    """SQL of ours with the parts that several questions share put in their places."""
    amount = """coalesce(b.{name}, (SELECT x.{name} FROM monthly_report x WHERE x.project = p.uid AND x.month <= :month
        AND x.deleted = 0 AND x.{name} IS NOT NULL ORDER BY x.month DESC LIMIT 1))"""
    nullable = ("uid", *MONEY)
    plain = ", ".join(f'b."{name}"' if name in nullable else f"coalesce(b.\"{name}\", '')" for name in _COLUMNS)
    filled = ", ".join(
        amount.replace("{name}", name)
        if name in MONEY
        else f'b."{name}"'
        if name == "uid"
        else f"coalesce(b.\"{name}\", '')"
        for name in _COLUMNS
    )
    for mark, part in {
        "{filled}": filled,
        "{plain}": plain,
        "{amounts}": ", ".join(amount.replace("{name}", name) for name in MONEY),
        "{scope}": """p.deleted = 0 AND (:plan IS NULL OR p.plan = :plan) AND (:county IS NULL OR p.county = :county)
            AND (:project IS NULL OR p.uid = :project)""",
        "{last}": """b.id = (SELECT x.id FROM monthly_report x WHERE x.project = p.uid AND x.month <= :month
            AND x.deleted = 0 ORDER BY x.month DESC LIMIT 1)""",
    }.items():
        text = text.replace(mark, part)
    return text


_PROJECTS: Final = _sql("""
    SELECT p.uid, p.plan, p.list_no, coalesce(p.name, ''), coalesce(p.county, ''), coalesce(p.sector, ''),
        coalesce(p.responsible_unit, ''), p.total_investment, p.central_request, p.span, coalesce(p.status, '')
    FROM project p WHERE {scope}
    ORDER BY (SELECT ord FROM plan WHERE uid = p.plan), p.sector, p.list_no, p.id
""")
_REPORTS: Final = _sql(
    "SELECT {plain} FROM monthly_report b WHERE b.month = ?1 AND b.deleted = 0 AND (?2 IS NULL OR b.project = ?2) ORDER BY b.id"
)
_BEFORE: Final = _sql("SELECT {filled} FROM project p JOIN monthly_report b ON {last} WHERE {scope}")
_KNOWN: Final = _sql("SELECT p.uid, {amounts} FROM project p JOIN monthly_report b ON {last} WHERE {scope}")
_OF_PROJECT: Final = _sql(
    "SELECT {plain} FROM monthly_report b WHERE b.project = ? AND b.deleted = 0 ORDER BY b.month, b.id"
)
_STEPS: Final = _sql("""
    SELECT m.project, coalesce(m.code, ''), m.name, m.planned, m.forecast, m.actual
    FROM project p CROSS JOIN milestone m ON m.project = p.uid AND m.deleted = 0
    WHERE {scope} ORDER BY p.id, m.ord, m.id
""")


class Step(NamedTuple):
    """A milestone as the rules of the lights need it."""

    code: str
    name: str
    planned: str | None
    forecast: str | None
    actual: str | None


Bound = Mapping[str, Stored]


def bound(plan: str | None, county: str | None, month: str = "", project: str | None = None) -> Bound:
    """The values of a scope, ready to be bound: of a plan, a county, one project, or all."""
    return {"plan": plan, "county": county, "month": month, "project": project}


def all_months(connection: sqlite3.Connection) -> list[dict[str, Stored]]:
    """The months that were opened, the oldest first: uid, month, is_locked, due_on, opened_by, locked_by, unlock_reason."""
    columns = ("uid", *names("month"))
    found = connection.execute(
        "SELECT uid, month, is_locked, due_on, opened_by, locked_by, unlock_reason FROM month WHERE deleted = 0"
        " ORDER BY month, id"
    )
    return [dict(zip(columns, row, strict=True)) for row in found]


def projects(connection: sqlite3.Connection, scope: Bound) -> list[ProjectFacts]:
    """The projects of a scope in the order of the lists."""
    return [ProjectFacts(*row) for row in connection.execute(_PROJECTS, scope)]


def reports(connection: sqlite3.Connection, month: str, project: str | None = None) -> dict[str, MonthReport]:
    """The reports of a month by project; of one project, if it is named."""
    return {row[1]: MonthReport(*row) for row in connection.execute(_REPORTS, (month, project))}


def reports_of(connection: sqlite3.Connection, project: str) -> list[MonthReport]:
    """All reports of a project, the oldest first."""
    return [MonthReport(*row) for row in connection.execute(_OF_PROJECT, (project,))]


def standing(connection: sqlite3.Connection, scope: Bound) -> dict[str, MonthReport]:
    """What was known at the month of the scope by project: per amount the latest one filled in, texts of the last report."""
    return {row[1]: MonthReport(*row) for row in connection.execute(_BEFORE, scope)}


def known(connection: sqlite3.Connection, scope: Bound) -> dict[str, tuple[int | None, ...]]:
    """The same amounts alone, in the order of MONEY."""
    return {row[0]: row[1:] for row in connection.execute(_KNOWN, scope)}


def steps(connection: sqlite3.Connection, scope: Bound) -> dict[str, list[Step]]:
    """The milestones of the projects of a scope."""
    found: dict[str, list[Step]] = {}
    for project, *step in connection.execute(_STEPS, scope):
        found.setdefault(project, []).append(Step(*step))
    return found


def report_uids(connection: sqlite3.Connection, month: str, projects: Sequence[str]) -> dict[str, tuple[str, int]]:
    """The report of a month by project as (uid, deleted), also one that was taken back."""
    wanted = set(projects)
    found: dict[str, tuple[str, int]] = {}
    for project, uid, deleted in connection.execute(
        "SELECT project, uid, deleted FROM monthly_report WHERE month = ? ORDER BY deleted DESC, id", (month,)
    ):
        if project in wanted:
            found[project] = (uid, deleted)
    return found


def counts_by_state(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """How many reports of each month stand in each state, of the projects that are there."""
    found: dict[str, dict[str, int]] = {}
    for month, state, count in connection.execute(
        "SELECT r.month, coalesce(r.state, ''), count(*) FROM monthly_report r JOIN project p ON p.uid = r.project"
        " WHERE r.deleted = 0 AND p.deleted = 0 GROUP BY 1, 2"
    ):
        found.setdefault(month, {})[state] = count
    return found


def year_plans(connection: sqlite3.Connection, year: int) -> dict[str, int]:
    """The planned amount of a year by project."""
    return dict(
        connection.execute(
            "SELECT project, sum(amount) FROM year_plan WHERE year = ? AND deleted = 0 AND amount IS NOT NULL GROUP BY 1",
            (year,),
        ).fetchall()
    )


def month_lights(connection: sqlite3.Connection, month: str) -> dict[str, tuple[str, str, str, int | None]]:
    """The lights kept for a month by project: light, rule, why, whether a person set it."""
    found = connection.execute(
        "SELECT project, light, coalesce(rule, ''), coalesce(why, ''), is_override FROM month_light"
        " WHERE month = ? AND deleted = 0 ORDER BY id",
        (month,),
    )
    return {row[0]: row[1:] for row in found}


def overrides(connection: sqlite3.Connection) -> list[tuple[str, str, str, str, str]]:
    """The lights set by people, the oldest first: uid, project, light, reason, expires_on."""
    return connection.execute(
        "SELECT uid, project, light, coalesce(reason, ''), coalesce(expires_on, '') FROM light_override"
        " WHERE deleted = 0 ORDER BY id"
    ).fetchall()


def sites(connection: sqlite3.Connection) -> dict[str, list[Site]]:
    """The sites of all bundled projects."""
    found: dict[str, list[Site]] = {}
    for row in select(connection, "site", "deleted = 0", (), "ord, id"):
        found.setdefault(str(row["project"]), []).append(site_of(row))
    return found
