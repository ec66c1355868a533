"""The proof that the tables are what the log says: heads and rows are built anew from the ops and compared."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from laoxiao_desktop.models.dictionary import TABLES
from laoxiao_desktop.store import late as late_ops
from laoxiao_desktop.store import log, timeline
from laoxiao_desktop.store.refusals import refusal
from laoxiao_desktop.store.rows import Stored, names
from laoxiao_desktop.store.transactions import reading

Key = tuple[str, str, str]
Head = tuple[int, str, int]  # lam, site, seq


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: sentences about every difference (at most 50), the number of ops, the chain's head."""

    problems: tuple[str, ...]
    ops: int
    head: str

    @property
    def is_sound(self) -> bool:
        """Whether file, chain, heads and tables agree."""
        return not self.problems


def verify(connection: sqlite3.Connection) -> Verdict:
    """Checks the file's pages, every link of the chain, the heads, and each field of each row against the log.

    Where a page is so damaged that reading ends there, what was found so far is the verdict.
    """
    problems: list[str] = []
    ops, link = 0, ""
    try:
        with reading(connection):
            for (line,) in connection.execute("PRAGMA integrity_check(5)"):
                if line != "ok":
                    problems.append(f"文件结构有损坏：{line}")
            ops, link = _against_log(connection, problems)
    except sqlite3.DatabaseError as problem:
        if refusal(problem) is None:
            raise
        problems.append(f"文件结构有损坏，读不下去：{problem}")
    return Verdict(tuple(problems[:50]), ops, link[:8])


def _against_log(connection: sqlite3.Connection, problems: list[str]) -> tuple[int, str]:
    """The number of ops and the newest link; what does not agree with the log is added to the problems."""
    problems += _broken_links(connection)
    late = late_ops.compute(connection)
    if late != set(connection.execute("SELECT site, seq FROM _late").fetchall()):
        problems.append("锁定后才到的修改与日志不一致")
    heads, over, values = _replay(connection, late)
    problems += _wrong_heads(connection, heads)
    if over != {ref for (ref,) in connection.execute("SELECT site || '.' || seq FROM _over")}:
        problems.append("被替换的修改与日志不一致")
    problems += _wrong_cells(connection, values)
    return connection.execute("SELECT count(*) FROM _op").fetchone()[0], log.newest_link(connection)


def _broken_links(connection: sqlite3.Connection) -> Iterator[str]:
    """Every op and, where ops were held back from this copy, the chain over the hole."""
    last: tuple[str, int, str] = ("", 0, "")
    ends: dict[str, tuple[int, str]] = {}
    holes = {
        (site, first): (seq, link)
        for site, first, seq, link in connection.execute("SELECT site, first, last, chain FROM _hole")
    }
    rows = connection.execute(
        "SELECT site, seq, lam, at, actor, chg, tbl, row, fld, val, prev, seen, chain FROM _op ORDER BY site, seq"
    )
    for *op, link in rows:
        site, seq = op[0], op[1]
        if last[0] != site:
            last = (site, 0, "")
        while hole := holes.pop((site, last[1] + 1), None):
            last = (site, *hole)
        if seq != last[1] + 1:
            yield f"日志缺少记录：{site} 第 {last[1] + 1} 条"
        elif log.chain(last[2], *op) != link:
            yield f"日志被改动过：{site} 第 {seq} 条"
        last = (site, seq, link)
        ends[site] = (seq, link)
    for (site, first), (seq, link) in sorted(holes.items()):  # those at the end of a site's log
        if first != ends.get(site, (0, ""))[0] + 1:
            yield f"日志缺少记录：{site} 第 {first} 条以前"
        ends[site] = (seq, link)
    if ends != log.ends(connection):
        yield "日志的末尾与记录的位置不一致"


def _replay(
    connection: sqlite3.Connection, late: set[tuple[str, int]]
) -> tuple[dict[Key, set[Head]], set[str], dict[Key, Stored]]:
    heads: dict[Key, set[Head]] = {}
    over: set[str] = set()
    shown: dict[Key, tuple[Head, Stored]] = {}
    for site, seq, lam, table, row, field, value, prev in connection.execute(
        "SELECT site, seq, lam, tbl, row, fld, val, prev FROM _op ORDER BY lam, site, seq"
    ):
        key = (table, row, field)
        head = (lam, site, seq)
        over.update(timeline.references(prev))
        heads.setdefault(key, set()).add(head)
        if (site, seq) not in late and (key not in shown or head > shown[key][0]):
            shown[key] = (head, value)
    live = {key: {head for head in all_of if f"{head[1]}.{head[2]}" not in over} for key, all_of in heads.items()}
    return live, over, {key: value for key, (_, value) in shown.items()}


def _wrong_heads(connection: sqlite3.Connection, heads: dict[Key, set[Head]]) -> Iterator[str]:
    kept: dict[Key, set[Head]] = {}
    for table, row, field, site, seq, lam in connection.execute("SELECT tbl, row, fld, site, seq, lam FROM _head"):
        kept.setdefault((table, row, field), set()).add((lam, site, seq))
    for key in heads.keys() | kept.keys():
        if heads.get(key) != kept.get(key):
            yield f"当前值的索引与日志不一致：{key[0]}.{key[2]}（{key[1]}）"


def _wrong_cells(connection: sqlite3.Connection, values: dict[Key, Stored]) -> Iterator[str]:
    shown: dict[str, tuple[str, ...]] = {}
    for table in TABLES:
        there = {column[1] for column in connection.execute(f'PRAGMA table_info("{table}")')}
        fields = ("deleted", *(name for name in names(table) if name in there))  # an old file has fewer columns
        shown[table] = fields
        columns = ", ".join(f'"{name}"' for name in fields)
        rows = connection.execute(f'SELECT uid, {columns} FROM "{table}"')  # noqa: S608 - names of the dictionary
        for uid, *cells in rows:
            if cells[0] == 1 and (table, uid, "deleted") not in values:
                continue  # all that is known of the row came too late for its month
            for field, cell in zip(fields, cells, strict=True):
                logged = timeline.plain(connection, values.pop((table, uid, field), None))
                if logged != cell:
                    yield f"内容与日志不一致：{table}.{field}（{uid}）"
    # a row whose beginning was held back from this copy is not shown
    begun = {key[:2] for key in values if key[2] == "deleted"}
    known = {key for key in values if key[0] in TABLES and key[:2] in begun and key[2] in shown[key[0]]}
    for key in sorted(known):
        yield f"日志里有，表里没有：{key[0]}.{key[2]}（{key[1]}）"
