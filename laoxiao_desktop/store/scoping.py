"""What belongs to a narrowed give-out: the rows of a county or a plan, what everybody needs, and nothing else."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from laoxiao_desktop.models.package import Scope
from laoxiao_desktop.models.parcel import Knowledge, Known
from laoxiao_desktop.models.region import prefecture_of

SHARED_SETTINGS = ("ledger_name", "is_demo", "light_thresholds")
_OF_PROJECT = (
    "site", "funding", "allocation", "year_plan", "milestone", "baseline", "monthly_report", "light_override",
    "month_light", "issue", "supervision", "attachment",
)  # fmt: skip
_OF_PLAN = ("plan_total", "annex", "indicator", "goal", "list_item")
_FOR_ALL = ("region", "month", "org", "org_alias")
# where a project went that was given out before: without it the receiver would go on with it for ever
_WHEREABOUTS = frozenset({"county", "plan", "deleted"})
_NOTHING = Known(0)

Includes = Callable[[str, int, int, str, str, str], bool]  # site, seq, chg, table, row, field


@dataclass(frozen=True, slots=True)
class _Chosen:
    rows: frozenset[tuple[str, str]]
    gone: frozenset[str]  # projects that the receiver has and that belong to it no longer
    changes: frozenset[tuple[str, int]]

    def includes(self, site: str, seq: int, chg: int, table: str, row: str, field: str) -> bool:
        if table == "change":
            return (site, chg) in self.changes
        return (table, row) in self.rows or (table == "project" and row in self.gone and field in _WHEREABOUTS)


def chooser(connection: sqlite3.Connection, scope: Scope, receiver: Knowledge) -> Includes:
    """Tells of each op whether it goes out; all do where nothing is narrowed."""
    if not scope.is_narrowed:
        return lambda *_: True
    rows = frozenset(_rows(connection, scope))
    gone = frozenset(_gone(connection, rows, receiver))
    chosen = _Chosen(rows, gone, frozenset(_changes(connection, rows, gone)))
    return chosen.includes


def _rows(connection: sqlite3.Connection, scope: Scope) -> Iterable[tuple[str, str]]:
    found = connection.execute("SELECT uid, plan, county FROM project").fetchall()
    mine = [
        (uid, plan)
        for uid, plan, county in found
        if scope.county in (None, county) and (scope.plan is None or scope.plan == plan)
    ]
    projects = [uid for uid, _ in mine]
    plans = [scope.plan] if scope.plan is not None else _plans_of(connection, scope.county or "", mine)
    yield from (("project", uid) for uid in projects)
    yield from (("plan", uid) for uid in plans)
    for table in _OF_PROJECT:
        yield from _linked(connection, table, "project", projects)
    for table in _OF_PLAN:
        yield from _linked(connection, table, "plan", plans)
    indicators = [uid for _, uid in _linked(connection, "indicator", "plan", plans)]
    yield from _linked(connection, "indicator_target", "indicator", indicators)
    counties = dict(connection.execute("SELECT uid, coalesce(county, '') FROM indicator_value").fetchall())
    yield from (
        (table, uid)
        for table, uid in _linked(connection, "indicator_value", "indicator", indicators)
        if scope.county is None or counties.get(uid, "") in ("", scope.county)
    )
    if scope.county is None:
        items = [uid for _, uid in _linked(connection, "list_item", "plan", plans)]
        yield from _linked(connection, "progress_note", "item", items)
    for table in _FOR_ALL:
        sql = f'SELECT uid FROM "{table}"'  # noqa: S608 - one of the names above
        yield from ((table, uid) for (uid,) in connection.execute(sql))
    yield from (("setting", key) for key in SHARED_SETTINGS)


def _plans_of(connection: sqlite3.Connection, county: str, projects: Iterable[tuple[str, str]]) -> list[str]:
    """The plans of a county's prefecture, and any other that has a project of the county."""
    home, used = prefecture_of(county), {plan for _, plan in projects}
    found = connection.execute("SELECT uid, coalesce(region, '') || ' ' || coalesce(title, '') FROM plan").fetchall()
    return [uid for uid, words in found if uid in used or (home is not None and prefecture_of(words) == home)]


def _linked(
    connection: sqlite3.Connection, table: str, field: str, parents: Iterable[str]
) -> Iterable[tuple[str, str]]:
    """Rows whose log ever named one of these parents: also those that are held back or deleted."""
    found = connection.execute(
        "SELECT DISTINCT row FROM _op WHERE tbl = ? AND fld = ? AND val IN (SELECT value FROM json_each(?))",
        (table, field, json.dumps(list(parents))),
    )
    return ((table, row) for (row,) in found.fetchall())


def _gone(connection: sqlite3.Connection, rows: frozenset[tuple[str, str]], receiver: Knowledge) -> Iterable[str]:
    begun = connection.execute(
        "SELECT site, seq, row FROM _op WHERE tbl = 'project' AND fld = 'deleted' AND prev = '[]'"
    )
    for site, seq, row in begun:
        if ("project", row) not in rows and receiver.get(site, _NOTHING).has(seq):
            yield row


def _changes(
    connection: sqlite3.Connection, rows: frozenset[tuple[str, str]], gone: frozenset[str]
) -> Iterable[tuple[str, int]]:
    """The changes whose label may go out: all they touched goes out, or they opened or locked a month, which names no row."""
    whole: dict[tuple[str, int], bool] = {}
    of_month: set[tuple[str, int]] = set()
    for site, chg, table, row in connection.execute(
        "SELECT DISTINCT site, chg, tbl, row FROM _op WHERE tbl <> 'change'"
    ):
        key = (site, chg)
        if table == "month":
            of_month.add(key)
        whole[key] = whole.get(key, True) and ((table, row) in rows)
    return of_month | {key for key, is_whole in whole.items() if is_whole}
