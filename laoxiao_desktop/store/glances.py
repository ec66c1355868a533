"""What lights and completion of a few projects are judged by, read by their uids, whatever the size of the ledger."""

import json
import sqlite3
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from laoxiao_desktop.models.monthly import MonthReport, ProjectFacts
from laoxiao_desktop.models.sites import Site, site_of
from laoxiao_desktop.store.months import Step
from laoxiao_desktop.store.rows import select


def projects(connection: sqlite3.Connection, uids: Sequence[str]) -> list[ProjectFacts]:
    """The facts of these projects, in no order."""
    found = connection.execute(
        """
        SELECT p.uid, p.plan, p.list_no, coalesce(p.name, ''), coalesce(p.county, ''), coalesce(p.sector, ''),
            coalesce(p.responsible_unit, ''), p.total_investment, p.central_request, p.span, coalesce(p.status, '')
        FROM project p WHERE p.uid IN (SELECT value FROM json_each(?)) AND p.deleted = 0
        """,
        (json.dumps(uids),),
    )
    return [ProjectFacts(*row) for row in found]


def reports(
    connection: sqlite3.Connection, uids: Sequence[str], month: str
) -> tuple[dict[str, MonthReport], dict[str, MonthReport]]:
    """What lights ask of the reports of these projects: those of a month, and what stood before it.

    They hold state, completed amount (before: the last one known) and 形象进度说明, nothing else.
    """
    now: dict[str, MonthReport] = {}
    before: dict[str, MonthReport] = {}
    found = connection.execute(
        """
        SELECT project, month, coalesce(state, ''), cum_completed, coalesce(image_progress, '') FROM monthly_report
        WHERE project IN (SELECT value FROM json_each(?)) AND month <= ? AND deleted = 0 ORDER BY project, month, id
        """,
        (json.dumps(uids), month),
    )
    for project, rows_of_project in groupby(found, key=itemgetter(0)):
        last, known = None, None
        for row in rows_of_project:
            if row[1] == month:
                now[project] = MonthReport(None, project, month, row[2], row[3], image_progress=row[4])
            else:
                last, known = row, row[3] if row[3] is not None else known
        if last is not None:
            before[project] = MonthReport(None, project, last[1], last[2], known, image_progress=last[4])
    return now, before


def steps(connection: sqlite3.Connection, uids: Sequence[str]) -> dict[str, list[Step]]:
    """The milestones of these projects in their order."""
    found: dict[str, list[Step]] = {}
    for project, *step in connection.execute(
        """
        SELECT m.project, coalesce(m.code, ''), m.name, m.planned, m.forecast, m.actual FROM milestone m
        WHERE m.project IN (SELECT value FROM json_each(?)) AND m.deleted = 0 ORDER BY m.project, m.ord, m.id
        """,
        (json.dumps(uids),),
    ):
        found.setdefault(project, []).append(Step(*step))
    return found


def sites(connection: sqlite3.Connection, uids: Sequence[str]) -> dict[str, list[Site]]:
    """The sites of these projects."""
    found: dict[str, list[Site]] = {}
    condition = "project IN (SELECT value FROM json_each(?)) AND deleted = 0"
    for row in select(connection, "site", condition, (json.dumps(uids),), "ord, id"):
        found.setdefault(str(row["project"]), []).append(site_of(row))
    return found


def month_lights(
    connection: sqlite3.Connection, uids: Sequence[str], month: str
) -> dict[str, tuple[str, str, str, int | None]]:
    """The lights kept for a month of these projects: light, rule, why, whether a person set it."""
    found = connection.execute(
        """
        SELECT project, light, coalesce(rule, ''), coalesce(why, ''), is_override FROM month_light
        WHERE month = ? AND project IN (SELECT value FROM json_each(?)) AND deleted = 0 ORDER BY id
        """,
        (month, json.dumps(uids)),
    )
    return {row[0]: row[1:] for row in found}


def counts(connection: sqlite3.Connection, project: str) -> tuple[int, int, int, int]:
    """How many open problems, open orders, attachments and sites a project has."""
    found = connection.execute(
        """
        SELECT
            (SELECT count(*) FROM issue WHERE project = ?1 AND deleted = 0 AND coalesce(state, '') <> '已销号'),
            (SELECT count(*) FROM supervision WHERE project = ?1 AND deleted = 0 AND coalesce(state, '') <> '已销号'),
            (SELECT count(*) FROM attachment WHERE project = ?1 AND deleted = 0),
            (SELECT count(*) FROM site WHERE project = ?1 AND deleted = 0)
        """,
        (project,),
    ).fetchone()
    return int(found[0]), int(found[1]), int(found[2]), int(found[3])
