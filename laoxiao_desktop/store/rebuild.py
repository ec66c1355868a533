"""The proof that the tables are what the log says: heads and rows are built anew from the ops and compared."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from laoxiao_desktop.models.dictionary import TABLES
from laoxiao_desktop.store import log, timeline
from laoxiao_desktop.store.rows import Stored, names

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
    """Checks the file's pages, every link of the chain, the heads, and each field of each row against the log."""
    problems: list[str] = []
    connection.execute("BEGIN")
    try:
        for (line,) in connection.execute("PRAGMA integrity_check(5)"):
            if line != "ok":
                problems.append(f"文件结构有损坏：{line}")
        problems += _broken_links(connection)
        heads, values = _replay(connection)
        problems += _wrong_heads(connection, heads)
        problems += _wrong_cells(connection, values)
        ops = connection.execute("SELECT count(*) FROM _op").fetchone()[0]
        link = log.newest_link(connection)
    finally:
        connection.execute("ROLLBACK")
    return Verdict(tuple(problems[:50]), ops, link[:8])


def _broken_links(connection: sqlite3.Connection) -> Iterator[str]:
    last: tuple[str, int, str] = ("", 0, "")
    rows = connection.execute(
        "SELECT site, seq, lam, at, actor, chg, tbl, row, fld, val, prev, seen, chain FROM _op ORDER BY site, seq"
    )
    for *op, link in rows:
        site, seq = op[0], op[1]
        previous = last[2] if last[0] == site else ""
        expected = last[1] + 1 if last[0] == site else 1
        if seq != expected:
            yield f"日志缺少记录：{site} 第 {expected} 条"
        elif log.chain(previous, *op) != link:
            yield f"日志被改动过：{site} 第 {seq} 条"
        last = (site, seq, link)
    own = connection.execute("SELECT site, seq, chain FROM _self").fetchone()
    if (
        own[1]
        and last[0]
        and own[1:]
        != connection.execute(
            "SELECT seq, chain FROM _op WHERE site = ? ORDER BY seq DESC LIMIT 1", (own[0],)
        ).fetchone()
    ):
        yield "日志的末尾与记录的位置不一致"


def _replay(connection: sqlite3.Connection) -> tuple[dict[Key, set[Head]], dict[Key, Stored]]:
    heads: dict[Key, set[Head]] = {}
    over: set[str] = set()
    shown: dict[Key, tuple[Head, Stored]] = {}
    for site, seq, lam, table, row, field, value, prev in connection.execute(
        "SELECT site, seq, lam, tbl, row, fld, val, prev FROM _op ORDER BY lam, site, seq"
    ):
        key = (table, row, field)
        head = (lam, site, seq)
        over.update(timeline.references(prev))
        live = {old for old in heads.get(key, ()) if f"{old[1]}.{old[2]}" not in over}
        live.add(head)
        heads[key] = live
        if key not in shown or head > shown[key][0]:
            shown[key] = (head, value)
    return heads, {key: value for key, (_, value) in shown.items()}


def _wrong_heads(connection: sqlite3.Connection, heads: dict[Key, set[Head]]) -> Iterator[str]:
    kept: dict[Key, set[Head]] = {}
    for table, row, field, site, seq, lam in connection.execute("SELECT tbl, row, fld, site, seq, lam FROM _head"):
        kept.setdefault((table, row, field), set()).add((lam, site, seq))
    for key in heads.keys() | kept.keys():
        if heads.get(key) != kept.get(key):
            yield f"当前值的索引与日志不一致：{key[0]}.{key[2]}（{key[1]}）"


def _wrong_cells(connection: sqlite3.Connection, values: dict[Key, Stored]) -> Iterator[str]:
    for table in TABLES:
        fields = ("deleted", *names(table))
        columns = ", ".join(f'"{name}"' for name in fields)
        rows = connection.execute(f'SELECT uid, {columns} FROM "{table}"')  # noqa: S608 - names of the dictionary
        for uid, *cells in rows:
            for field, cell in zip(fields, cells, strict=True):
                logged = timeline.plain(connection, values.pop((table, uid, field), None))
                if logged != cell:
                    yield f"内容与日志不一致：{table}.{field}（{uid}）"
    known = {key for key in values if key[0] in TABLES and key[2] in ("deleted", *names(key[0]))}
    for key in sorted(known):
        yield f"日志里有，表里没有：{key[0]}.{key[2]}（{key[1]}）"
