"""Taking the ops of a package into the log: every stretch must fit what is here, or all of it is refused."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.dictionary import TABLES
from laoxiao_desktop.models.parcel import Gap, Item, Op, Run
from laoxiao_desktop.store import log
from laoxiao_desktop.store.cells import Key
from laoxiao_desktop.store.rows import names

_INSERT = """
    INSERT INTO _op (site, seq, lam, at, actor, chg, tbl, row, fld, val, prev, seen, chain)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SUPERSEDED = """
    INSERT OR IGNORE INTO _over (site, seq)
        SELECT substr(r.value, 1, instr(r.value, '.') - 1), CAST(substr(r.value, instr(r.value, '.') + 1) AS INTEGER)
        FROM temp.taken_op t JOIN _op o ON o.site = t.site AND o.seq = t.seq, json_each(o.prev) r
"""
# an op can only have seen earlier ops, and supersedes those of its own field alone
_ASTRAY = """
    SELECT EXISTS (
        SELECT 1 FROM temp.taken_op t JOIN _op o ON o.site = t.site AND o.seq = t.seq, json_each(o.prev) r
        JOIN _op p ON p.site = substr(r.value, 1, instr(r.value, '.') - 1)
            AND p.seq = CAST(substr(r.value, instr(r.value, '.') + 1) AS INTEGER)
        WHERE p.lam >= o.lam OR p.tbl <> o.tbl OR p.row <> o.row OR p.fld <> o.fld)
"""
_LINKS_OF_OPS = "SELECT seq, chain FROM _op WHERE site = ? AND seq BETWEEN ? AND ?"
_LINKS_OF_HOLES = "SELECT last, chain FROM _hole WHERE site = ? AND last BETWEEN ? AND ?"
_BATCH = 5000


def refuse_broken() -> UserError:
    """A package whose content contradicts itself."""
    return UserError("这个数据包已损坏或被改动过，没有收入。", "请对方重新生成一个包再发来。")


def _refuse_gap(site: str) -> UserError:
    return UserError(
        f"这个数据包接不上：副本 {site[:8]} 在它之前的记录这里还没有，没有收入。",
        "请先给对方发一个包（对方由此知道这里有什么），或请对方另发一个“完整”的包。",
    )


def _refuse_fork(site: str, seq: int) -> UserError:
    return UserError(
        f"这个数据包与本台账的记录对不上：副本 {site[:8]} 的第 {seq} 条两边不同，没有收入。",
        "可能是台账文件被直接复制后在两处用同一身份修改过。请用备份核对，以其中一份为准重新分发。",
    )


@dataclass(slots=True)
class Incoming:
    """What came in: how many ops were new or known, and the fields that they touch."""

    new: int = 0
    known: int = 0
    unknown: int = 0  # new ones of tables and fields that only a newer version knows
    lam: int = 0
    keys: set[Key] = field(default_factory=set)
    references: set[str] = field(default_factory=set)  # “site.seq” of the new ones


@dataclass(slots=True)
class _Stretch:
    """Where the log of a site stands while a stretch of it is read."""

    run: Run
    seq: int
    link: str
    there: dict[int, str]  # chains known here within the stretch, by number
    ops: frozenset[int]  # those of them whose op is here
    lam: int = 0


def into_log(connection: sqlite3.Connection, items: Iterable[Item], lam: int) -> Incoming:
    """Writes the new ops, heads and holes; the tables follow later. Inside the caller's transaction.

    `lam` is the sender's clock: ours goes on from the later of the two.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS taken_op (site, seq, PRIMARY KEY (site, seq)) WITHOUT ROWID")
    connection.execute("DELETE FROM temp.taken_op")
    taker = _Taker(connection)
    for item in items:
        taker.take(item)
    taker.finish()
    _supersede(connection)
    found = taker.incoming
    found.keys.update(
        connection.execute(
            "SELECT o.tbl, o.row, o.fld FROM temp.taken_op t JOIN _op o ON o.site = t.site AND o.seq = t.seq"
        ).fetchall()
    )
    connection.execute("UPDATE _self SET lam = max(lam, ?)", (max(found.lam, lam),))
    connection.execute("DELETE FROM temp.taken_op")
    return found


class _Taker:
    """Reads stretch after stretch, chain by chain."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.incoming = Incoming()
        self._connection = connection
        self._ends = log.ends(connection)
        self._own = log.head(connection)[0]
        self._fields = {table: frozenset(names(table)) for table in TABLES}
        self._at: _Stretch | None = None
        self._rows: list[tuple[object, ...]] = []
        self._points: dict[str, dict[int, str]] = {}  # chains at the ends of held-back stretches, by site

    def take(self, item: Item) -> None:
        if isinstance(item, Run):
            self._begin(item)
            return
        at = self._at
        if at is None:
            raise refuse_broken()
        if isinstance(item, Gap):
            at.seq, at.link = at.seq + item.ops, item.link
            self._points[at.run.site][at.seq] = item.link
        else:
            before, at.seq = at.link, at.seq + 1
            at.link = log.chain(before, at.run.site, at.seq, *item)
        if at.seq > at.run.last:
            raise refuse_broken()
        known = at.there.get(at.seq)
        if known is not None and known != at.link:
            raise _refuse_fork(at.run.site, at.seq)
        if isinstance(item, Op):
            self._keep(at, item)

    def finish(self) -> None:
        """After the last item: how far each site is known now, and its holes."""
        self._close()
        self._flush()
        for site, points in self._points.items():
            if site != self._own:
                self._settle_holes(site, points)
        self._connection.executemany(
            "INSERT OR REPLACE INTO _known (site, seq, chain) VALUES (?, ?, ?)",
            [(site, seq, link) for site, (seq, link) in self._ends.items() if site != self._own],
        )

    def _begin(self, run: Run) -> None:
        self._close()
        end, link = self._ends.get(run.site, (0, ""))
        if run.first - 1 > end:
            raise _refuse_gap(run.site)
        if run.site == self._own and run.last > end:
            raise _refuse_fork(run.site, end + 1)
        span = (run.site, run.first - 1, min(run.last, end))
        there = dict(self._connection.execute(_LINKS_OF_OPS, span).fetchall())
        ops = frozenset(there)
        there.update(self._connection.execute(_LINKS_OF_HOLES, span).fetchall())
        there.setdefault(end, link)
        if run.first == 1:
            there[0] = ""
        known = there.get(run.first - 1)
        if known is not None and known != run.link:
            raise _refuse_fork(run.site, run.first - 1)
        points = self._points.setdefault(run.site, {})
        points[run.first - 1] = run.link
        self._at = _Stretch(run, run.first - 1, run.link, there, ops)

    def _close(self) -> None:
        at, self._at = self._at, None
        if at is None:
            return
        if at.seq != at.run.last or at.link != at.run.end:
            raise refuse_broken()
        if at.seq > self._ends.get(at.run.site, (0, ""))[0]:
            self._ends[at.run.site] = (at.seq, at.link)

    def _keep(self, at: _Stretch, op: Op) -> None:
        if op.lam <= at.lam:
            raise refuse_broken()
        at.lam = op.lam
        self.incoming.lam = max(self.incoming.lam, op.lam)
        if at.seq in at.ops:
            self.incoming.known += 1
            return
        self.incoming.new += 1
        self.incoming.unknown += not (
            op.table in TABLES and (op.field == "deleted" or op.field in self._fields[op.table])
        )
        self.incoming.references.add(f"{at.run.site}.{at.seq}")
        self._rows.append((at.run.site, at.seq, *op, at.link))
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._connection.executemany(_INSERT, self._rows)
        self._connection.executemany(
            "INSERT INTO temp.taken_op (site, seq) VALUES (?, ?)", [row[:2] for row in self._rows]
        )
        self._rows.clear()

    def _settle_holes(self, site: str, points: dict[int, str]) -> None:
        """Notes anew which ops of a site are not here, each stretch with the chain at its end."""
        connection = self._connection
        there = connection.execute("SELECT last, chain FROM _hole WHERE site = ?", (site,)).fetchall()
        links = {**points, **dict(there)}
        held: list[tuple[str, int, int, str]] = []
        expected = 1
        numbers = [seq for (seq,) in connection.execute("SELECT seq FROM _op WHERE site = ? ORDER BY seq", (site,))]
        for seq in (*numbers, self._ends[site][0] + 1):
            if seq > expected:
                if seq - 1 not in links:
                    raise refuse_broken()
                held.append((site, expected, seq - 1, links[seq - 1]))
            expected = seq + 1
        connection.execute("DELETE FROM _hole WHERE site = ?", (site,))
        connection.executemany("INSERT INTO _hole (site, first, last, chain) VALUES (?, ?, ?, ?)", held)


def _supersede(connection: sqlite3.Connection) -> None:
    """Heads are the ops that no other names as seen, whichever of the two came first."""
    connection.execute(_SUPERSEDED)
    if connection.execute(_ASTRAY).fetchone()[0]:
        raise refuse_broken()
    connection.execute(
        """
        DELETE FROM _head WHERE (tbl, row, fld) IN (
            SELECT o.tbl, o.row, o.fld FROM temp.taken_op t JOIN _op o ON o.site = t.site AND o.seq = t.seq)
            AND EXISTS (SELECT 1 FROM _over o WHERE o.site = _head.site AND o.seq = _head.seq)
        """
    )
    connection.execute(
        """
        INSERT INTO _head (tbl, row, fld, site, seq, lam)
            SELECT o.tbl, o.row, o.fld, o.site, o.seq, o.lam FROM temp.taken_op t
            JOIN _op o ON o.site = t.site AND o.seq = t.seq
            WHERE NOT EXISTS (SELECT 1 FROM _over v WHERE v.site = o.site AND v.seq = o.seq)
        """
    )
