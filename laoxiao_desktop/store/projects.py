"""Finding projects: the question of the grid as SQL, answered with ids in order, sums and groups."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from laoxiao_desktop.models.dictionary import TABLES
from laoxiao_desktop.models.query import Found, Group, Query, Sums
from laoxiao_desktop.store import search

_SUMS = "count(*), coalesce(sum(p.total_investment), 0), coalesce(sum(p.central_request), 0)"
_NUMBERED = ("capacity",)

_LATEST = """(SELECT {figure} FROM monthly_report r WHERE r.project = p.uid AND r.deleted = 0
    AND r.{name} IS NOT NULL ORDER BY r.month DESC LIMIT 1)"""

# columns of the grid that are not fields of the project itself
_EXTRA = {
    "plan_title": "(SELECT title FROM plan WHERE uid = p.plan)",
    "kind": "coalesce(nullif(p.build_kind, ''), p.facility_type)",  # plans print one of the two under 类型
    "ratio": "CASE WHEN p.total_investment > 0 THEN p.central_request * 1.0 / p.total_investment END",
    # what was last known to be completed, over the investment
    "completed_share": (
        "CASE WHEN p.total_investment > 0 THEN (SELECT r.cum_completed FROM monthly_report r WHERE r.project = p.uid"
        " AND r.deleted = 0 AND r.cum_completed IS NOT NULL ORDER BY r.month DESC LIMIT 1) * 1.0 / p.total_investment END"
    ),
    "milestone_count": "(SELECT count(*) FROM milestone m WHERE m.project = p.uid AND m.deleted = 0)",
    "milestone_done": (
        "(SELECT count(*) FROM milestone m WHERE m.project = p.uid AND m.deleted = 0 AND m.actual IS NOT NULL)"
    ),
    "next_milestone": (
        "(SELECT m.name FROM milestone m WHERE m.project = p.uid AND m.deleted = 0 AND m.actual IS NULL"
        " ORDER BY m.ord, m.id LIMIT 1)"
    ),
    "next_planned": (
        "(SELECT m.planned FROM milestone m WHERE m.project = p.uid AND m.deleted = 0 AND m.actual IS NULL"
        " ORDER BY m.ord, m.id LIMIT 1)"
    ),
    **{
        name: _LATEST.replace("{name}", name).replace("{figure}", f"r.{name}")
        for name in ("cum_completed", "cum_arrived", "cum_paid")
    },
    "completed_ratio": _LATEST.replace("{name}", "cum_completed").replace(
        "{figure}", "CASE WHEN p.total_investment > 0 THEN r.cum_completed * 1.0 / p.total_investment END"
    ),
    # days since the oldest planned date that has passed without the milestone being reached
    "late_days": (
        "(SELECT CAST(julianday(today()) - julianday(min(d)) AS INTEGER) FROM ("
        " SELECT CASE length(m.planned) WHEN 7 THEN date(m.planned || '-01', '+1 month', '-1 day') ELSE m.planned END d"
        " FROM milestone m WHERE m.project = p.uid AND m.deleted = 0 AND m.actual IS NULL)"
        " WHERE d < today())"
    ),
}
LIGHT_RANK = "light_rank"
_EXTRA["light"] = f"{LIGHT_RANK}(p.uid)"  # as shown by all rules; the workspace tells it with rank_by
_KINDS = {field.name: field.kind for field in TABLES["project"]}
_PLAIN_CONDITIONS = ("plan", "county", "sector", "build_kind", "facility_type", "status", "list_title")
_GROUPED = ("county", "sector", "build_kind", "facility_type", "responsible_unit", "plan", "status")


def find(connection: sqlite3.Connection, query: Query, sort_keys: dict[str, dict[str, int]]) -> Found:
    """Ids in order, sums and groups for a query, in one pass. `sort_keys` gives choice fields the order of their list."""
    source, where, bound = source_of(query)
    order = order_of(query, sort_keys)
    heading = "''"
    if query.group:
        name = group_field(query.group)
        heading = f"coalesce(p.{name}, '')"
        order = f"{heading} = '', {_ranked(heading, sort_keys.get(name))}, {order}"
    sql = (
        f"SELECT p.id, coalesce(p.total_investment, 0), coalesce(p.central_request, 0), {heading}"  # noqa: S608
        f" FROM {source} WHERE {where} ORDER BY {order}"
    )
    found = connection.execute(sql, bound).fetchall()
    groups = []
    if query.group:
        for value, members in groupby(found, key=itemgetter(3)):
            groups.append(Group(str(value), str(value), summed(list(members))))
    return Found(array("q", map(itemgetter(0), found)), summed(found), tuple(groups))


def rank_by(connection: sqlite3.Connection, ranks: Mapping[str, int]) -> None:
    """Lets queries be ordered by “light”: `ranks` tells by uid where a project stands; one that is missing stands last."""
    connection.create_function(LIGHT_RANK, 1, ranks.get)


def summed(found: list[tuple[int, int, int, str]]) -> Sums:
    return Sums(len(found), sum(map(itemgetter(1), found)), sum(map(itemgetter(2), found)))


def cells(connection: sqlite3.Connection, ids: Sequence[int], columns: Sequence[str]) -> dict[int, tuple[object, ...]]:
    """The asked columns of some projects by id, each prefixed by id and uid."""
    picked = ", ".join(_EXTRA[name] if name in _EXTRA else f'p."{_field(name)}"' for name in columns)
    head = "p.id, p.uid" + (", " + picked if picked else "")
    found: dict[int, tuple[object, ...]] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        sql = f"SELECT {head} FROM project p WHERE p.id IN ({', '.join('?' * len(part))})"  # noqa: S608
        found.update((row[0], row) for row in connection.execute(sql, tuple(part)))
    return found


def sums(connection: sqlite3.Connection, ids: Iterable[int]) -> Sums:
    """Count and money of exactly these projects."""
    total = Sums()
    ids = list(ids)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        sql = f"SELECT {_SUMS} FROM project p WHERE p.id IN ({', '.join('?' * len(part))})"  # noqa: S608
        count, investment, request = connection.execute(sql, part).fetchone()
        total = Sums(total.count + count, total.total_investment + investment, total.central_request + request)
    return total


def money_of(connection: sqlite3.Connection, uids: Sequence[str] | None = None) -> list[tuple[int, int, int]]:
    """(id, investment, request) of some projects, or of all that are there."""
    where = "deleted = 0" if uids is None else "uid IN (SELECT value FROM json_each(?))"
    return connection.execute(
        "SELECT id, coalesce(total_investment, 0), coalesce(central_request, 0)"  # noqa: S608
        f" FROM project WHERE {where}",
        () if uids is None else (json.dumps(uids),),
    ).fetchall()


def counts(connection: sqlite3.Connection, field: str, plan: str | None) -> list[tuple[object, int]]:
    """Each value of a field with the number of its projects."""
    name = _field(field)
    return connection.execute(
        f'SELECT "{name}", count(*) FROM project WHERE deleted = 0 AND (? IS NULL OR plan = ?) GROUP BY 1',  # noqa: S608
        (plan, plan),
    ).fetchall()


def source_of(query: Query) -> tuple[str, str, list[str | int]]:
    """FROM, WHERE and the bound values of a query."""
    source, where = "project p", ["p.deleted = 0"]
    bound: list[str | int] = []
    match = search.match_of(query.search)
    if match:
        source = "project_search s CROSS JOIN project p ON p.id = s.rowid"
        where.insert(0, "project_search MATCH ?")
        bound.append(match)
    for field, values in query.conditions:
        if field == "uids":  # as many as there are: one bound value, no chain of ORs
            where.append("p.uid IN (SELECT value FROM json_each(?))")
            bound.append(json.dumps(values))
            continue
        parts = []
        for value in values:
            part, more = _condition(field, value)
            parts.append(part)
            bound += more
        where.append("(" + " OR ".join(parts) + ")")
    return source, " AND ".join(where), bound


def _condition(field: str, value: str) -> tuple[str, list[str | int]]:
    if field == "year":  # the projects being built in that year
        return (
            "(substr(p.span, 1, 4) <= ? AND CASE substr(p.span, instr(p.span, '/') + 1, 4)"
            " WHEN '' THEN '9999' ELSE substr(p.span, instr(p.span, '/') + 1, 4) END >= ?)",
            [value, value],
        )
    if field == "responsible_unit":
        if not value:
            return "coalesce(p.responsible_unit, '') = ''", []
        return "instr('、' || p.responsible_unit || '、', '、' || ? || '、')", [value]
    if field not in _PLAIN_CONDITIONS:
        raise KeyError(field)
    if not value:
        return f"coalesce(p.{field}, '') = ''", []
    return f"p.{field} = ?", [value]


def order_of(query: Query, sort_keys: dict[str, dict[str, int]]) -> str:
    """ORDER BY of a query, its groups left aside."""
    parts = []
    for name, descending in query.order:
        way = " DESC" if descending else ""
        expression = _EXTRA[name] if name in _EXTRA else f'p."{_field(name)}"'
        if _KINDS.get(name) in _NUMBERED:
            expression = f"CAST({expression} AS REAL)"
        elif name in sort_keys:
            whens = _whens(sort_keys[name])
            expression = f"CASE {expression} {whens} ELSE 999 END"
        # rows without a value stand last in both directions
        parts.append(f"{expression} IS NULL, {expression}{way}")
    if not query.order:
        parts.append("(SELECT ord FROM plan WHERE uid = p.plan), p.sector, p.list_no")
    return ", ".join([*parts, "p.id"])


def _ranked(expression: str, ranks: dict[str, int] | None) -> str:
    if not ranks:
        return expression
    return f"CASE {expression} {_whens(ranks)} ELSE 999 END, {expression}"


def _whens(ranks: dict[str, int]) -> str:
    return " ".join(f"WHEN '{value}' THEN {rank:d}" for value, rank in ranks.items() if "'" not in value)


def _field(name: str) -> str:
    if name not in _KINDS:
        raise KeyError(name)
    return name


def group_field(name: str) -> str:
    """The column a query groups by; KeyError for one that cannot be grouped by."""
    if name not in _GROUPED:
        raise KeyError(name)
    return name
