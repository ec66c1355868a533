"""The order, money and groups of all projects, kept in memory between two keystrokes while nothing is written."""

import re
import sqlite3
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import compress
from operator import itemgetter

from laoxiao_desktop import clock
from laoxiao_desktop.models.query import Found, Group, Query, Sums
from laoxiao_desktop.store import log, projects

Ranks = dict[str, dict[str, int]]
_MOST_ORDERS = 12
_MOST_OPS = 2_000  # after more edits than these everything is asked anew
_WORDS = re.compile(r"(?:p\.)?\w+")
_FEW = 8  # below one eighth of all, sorting the hits is cheaper than going through everything in order


def version_of(connection: sqlite3.Connection) -> tuple[object, ...]:
    """Something that differs once anything was written, here or by another process, or another day has come."""
    (seen,) = connection.execute("PRAGMA data_version").fetchone()
    return (connection.total_changes, seen, clock.today())


class Finder:
    """Answers queries like `projects.find`, from memory where that is faster.

    The first question goes to SQL as it is; from the second on the money and groups of every project and each order
    that is asked for are kept, so that SQL only has to say which projects match. Edits through the same connection
    take out of memory just what they may have changed, as the log tells it; any other writer empties it.
    """

    def __init__(self) -> None:
        self._version: tuple[object, ...] = ()
        self._head: tuple[str, int] = ("", 0)
        self.forget()

    def forget(self) -> None:
        """Keeps nothing; for writes that the log of this copy does not tell of."""
        self._version = ()
        self._clear()

    def forget_orders(self, word: str) -> None:
        """Keeps no order in which a word stands, because what it tells has changed."""
        for order in [order for order in self._orders if word in order]:
            del self._orders[order]

    def _clear(self) -> None:
        self._money: tuple[array[int], array[int]] | None = None
        self._orders: dict[str, array[int]] = {}
        self._groups: dict[str, tuple[list[str], array[int]]] = {}

    def find(self, connection: sqlite3.Connection, query: Query, sort_keys: Ranks) -> Found:
        """Ids in order, sums and groups for a query."""
        version = version_of(connection)
        if version != self._version:
            is_ours = self._version[1:] == version[1:] and bool(self._orders)
            before, self._head = self._head, log.head(connection)[:2]
            self._version = version
            if not is_ours or not self._follow(connection, before):
                self._clear()
                return projects.find(connection, query, sort_keys)
        ids = self._in_order(connection, query, sort_keys)
        investment, request = self._money_of(connection)

        def summed(part: Sequence[int]) -> Sums:
            return Sums(len(part), sum(map(investment.__getitem__, part)), sum(map(request.__getitem__, part)))

        if not query.group:
            return Found(ids, summed(ids))
        return self._grouped(connection, query, sort_keys, ids, summed)

    def _follow(self, connection: sqlite3.Connection, before: tuple[str, int]) -> bool:
        """Puts what was edited since `before` right in memory; False when that is more than a little."""
        site, last = before
        ops = connection.execute(
            "SELECT DISTINCT tbl, fld, CASE tbl WHEN 'project' THEN row END FROM _op WHERE site = ? AND seq > ? LIMIT ?",
            (site, last, _MOST_OPS),
        ).fetchall()
        fields = {field for table, field, _ in ops if table == "project"}
        if self._head[0] != site or len(ops) == _MOST_OPS or "deleted" in fields:
            return False
        words = {table for table, *_ in ops if table != "project"} | {f"p.{field}" for field in fields}
        for order in list(self._orders):
            if not words.isdisjoint(_WORDS.findall(order.replace('"', ""))):
                del self._orders[order]
        for name in fields & self._groups.keys():
            del self._groups[name]
        if self._money is not None and fields & {"total_investment", "central_request"}:
            rows = [row for table, _, row in ops if table == "project"]
            for number, investment, request in projects.money_of(connection, rows):
                self._money[0][number], self._money[1][number] = investment, request
        return True

    def _in_order(self, connection: sqlite3.Connection, query: Query, sort_keys: Ranks) -> "array[int]":
        everything = self._order(connection, query, sort_keys)
        if not query.conditions and not query.search.strip():
            return everything
        source, where, bound = projects.source_of(query)
        if source == "project p":
            sql = f"SELECT p.id FROM project p WHERE {where}"  # noqa: S608
        elif query.conditions:
            sql = f"SELECT p.id FROM {source} WHERE {where}"  # noqa: S608
        else:  # what is deleted is not in the order, so that the wide rows need not be looked at
            sql = "SELECT rowid FROM project_search WHERE project_search MATCH ?"
        hits = list(map(itemgetter(0), connection.execute(sql, bound).fetchall()))
        size = max(max(everything, default=0), max(hits, default=0)) + 1
        if len(hits) * _FEW < len(everything):
            chosen = set(hits)
            return array("q", (number for number in everything if number in chosen))
        marks = bytearray(size)
        for number in hits:
            marks[number] = 1
        return array("q", compress(everything, map(marks.__getitem__, everything)))

    def _order(self, connection: sqlite3.Connection, query: Query, sort_keys: Ranks) -> "array[int]":
        """The ids of all projects in the order of a query."""
        order = projects.order_of(query, sort_keys)
        found = self._orders.get(order)
        if found is None:
            if len(self._orders) >= _MOST_ORDERS:
                self._orders.clear()
            sql = f"SELECT p.id FROM project p WHERE p.deleted = 0 ORDER BY {order}"  # noqa: S608
            found = array("q", map(itemgetter(0), connection.execute(sql).fetchall()))
            self._orders[order] = found
        return found

    def _money_of(self, connection: sqlite3.Connection) -> "tuple[array[int], array[int]]":
        """(investment, request) of every project, by its id."""
        if self._money is None:
            found = projects.money_of(connection)
            size = max(map(itemgetter(0), found), default=0) + 1
            self._money = (array("q", bytes(8 * size)), array("q", bytes(8 * size)))
            for number, investment, request in found:
                self._money[0][number] = investment
                self._money[1][number] = request
        return self._money

    def _group_of(
        self, connection: sqlite3.Connection, name: str, ranks: dict[str, int]
    ) -> "tuple[list[str], array[int]]":
        """The values of a field in the order of their headings, and for every project by its id which one it has."""
        found = self._groups.get(name)
        if found is None:
            sql = f"SELECT id, coalesce({projects.group_field(name)}, '') FROM project WHERE deleted = 0"  # noqa: S608
            pairs = [(number, str(value)) for number, value in connection.execute(sql)]
            values = sorted(
                {value for _, value in pairs}, key=lambda value: (value == "", ranks.get(value, 999), value)
            )
            numbers = {value: number for number, value in enumerate(values)}
            codes = array("q", bytes(8 * (max(map(itemgetter(0), pairs), default=0) + 1)))
            for number, value in pairs:
                codes[number] = numbers[value]
            found = self._groups[name] = (values, codes)
        return found

    def _grouped(
        self,
        connection: sqlite3.Connection,
        query: Query,
        sort_keys: Ranks,
        ids: "array[int]",
        summed: Callable[[Sequence[int]], Sums],
    ) -> Found:
        name = str(query.group)
        values, codes = self._group_of(connection, name, sort_keys.get(name, {}))
        parts = [array("q") for _ in values]
        put = [part.append for part in parts]
        for number in ids:
            put[codes[number]](number)
        together = array("q")
        groups = []
        total = Sums()
        for value, part in zip(values, parts, strict=True):
            if part:
                together.extend(part)
                sums = summed(part)
                groups.append(Group(value, value, sums))
                total = replace(
                    total,
                    count=total.count + sums.count,
                    total_investment=total.total_investment + sums.total_investment,
                    central_request=total.central_request + sums.central_request,
                )
        return Found(together, total, tuple(groups))
