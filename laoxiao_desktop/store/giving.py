"""What goes into a package: the ops that the receiver lacks, in stretches of each site's log, with the chain over what is held back."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from laoxiao_desktop.models.package import Scope
from laoxiao_desktop.models.parcel import Gap, Item, Knowledge, Known, Op, Run
from laoxiao_desktop.store import log, scoping

_OPS = """
    SELECT seq, lam, at, actor, chg, tbl, row, fld, val, prev, seen, chain FROM _op
    WHERE site = ? AND seq BETWEEN ? AND ? ORDER BY seq
"""
_NOTHING = Known(0)
_BLOB_TABLES = ("attachment", "kept_report")


@dataclass(slots=True)
class Outgoing:
    """A package being given out. `items` is gone through once; what it counts and names is known after that."""

    connection: sqlite3.Connection
    scope: Scope
    receiver: Knowledge
    has_contacts: bool
    ops: int = 0
    held_back: int = 0
    since: dict[str, int] = field(default_factory=dict)
    upto: dict[str, int] = field(default_factory=dict)
    _blobs: dict[str, None] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """The stretches of every site's log that the receiver lacks."""
        includes = scoping.chooser(self.connection, self.scope, self.receiver)
        for site, (end, _) in log.ends(self.connection).items():
            known = self.receiver.get(site, _NOTHING)
            for first, last in known.holes:
                if first <= end:
                    yield from self._of_hole(site, first, min(last, end), includes)
            if known.seq < end:
                self.since[site], self.upto[site] = known.seq, end
                yield from self._counted(self._stretch(site, known.seq + 1, end, includes))

    def personal(self) -> Iterator[tuple[str, str | None]]:
        """(reference, value) of the contacts that go out; those that were erased always do, so that they are erased there."""
        includes = scoping.chooser(self.connection, self.scope, self.receiver)
        found = self.connection.execute(
            """
            SELECT DISTINCT o.site, o.seq, o.chg, o.tbl, o.row, o.fld, p.ref, p.value FROM _op o
            JOIN _personal p ON p.ref = o.val WHERE substr(o.val, 1, 9) = 'personal:' ORDER BY p.id
            """
        )
        for *op, reference, value in found:
            if (value is None or self.has_contacts) and includes(*op):
                yield reference, value

    def blobs(self) -> Iterator[tuple[str, bytes]]:
        """(SHA-256, content) of the attachments that the ops speak of, as far as they are here."""
        for name in self._blobs:
            found = self.connection.execute("SELECT content FROM _blob WHERE sha256 = ?", (name,)).fetchone()
            if found:
                yield name, bytes(found[0])

    def _counted(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            if isinstance(item, Op):
                self.ops += 1
                if item.table in _BLOB_TABLES and item.field == "sha256" and isinstance(item.value, str):
                    self._blobs[item.value] = None
            elif isinstance(item, Gap):
                self.held_back += item.ops
            yield item

    def _of_hole(self, site: str, first: int, last: int, includes: scoping.Includes) -> Iterator[Item]:
        """What fills a hole of the receiver; nothing when no op of it goes out."""
        items = list(self._stretch(site, first, last, includes))
        if any(isinstance(item, Op) for item in items):
            yield from self._counted(items)

    def _stretch(self, site: str, first: int, last: int, includes: scoping.Includes) -> Iterator[Item]:
        connection = self.connection
        holes = connection.execute(
            "SELECT first, last, chain FROM _hole WHERE site = ? AND last >= ? AND first <= ? ORDER BY first",
            (site, first, last),
        ).fetchall()
        if holes and holes[0][0] < first:  # the chain is known only where our own hole begins
            first = holes[0][0]
        if holes and holes[-1][1] > last:  # and where it ends
            last = holes.pop()[0] - 1
        if last < first:
            return
        end = next((link for _, end, link in holes if end == last), None)
        yield Run(site, first, self._link(site, first - 1), last, end or self._link(site, last))
        held, link = 0, ""
        for seq, lam, at, actor, chg, table, row, name, value, prev, seen, chain in connection.execute(
            _OPS, (site, first, last)
        ):
            while holes and holes[0][0] < seq:
                held, link = held + holes[0][1] - holes[0][0] + 1, holes[0][2]
                holes.pop(0)
            if not includes(site, seq, chg, table, row, name):
                held, link = held + 1, chain
                continue
            if held:
                yield Gap(held, link)
                held = 0
            yield Op(lam, at, actor, chg, table, row, name, value, prev, seen)
        for start, stop, chain in holes:
            held, link = held + stop - start + 1, chain
        if held:
            yield Gap(held, link)

    def _link(self, site: str, seq: int) -> str:
        """The chain of a site at an op or at the end of a hole."""
        found = self.connection.execute(
            "SELECT chain FROM _op WHERE site = ?1 AND seq = ?2"
            " UNION ALL SELECT chain FROM _hole WHERE site = ?1 AND last = ?2",
            (site, seq),
        ).fetchone()
        return str(found[0]) if found else ""


def knowledge(connection: sqlite3.Connection) -> dict[str, Known]:
    """All that this copy has: declared in every package, so that the answer holds only what it lacks."""
    holes: dict[str, list[tuple[int, int]]] = {}
    for site, first, last in connection.execute("SELECT site, first, last FROM _hole ORDER BY site, first"):
        holes.setdefault(site, []).append((first, last))
    return {site: Known(seq, tuple(holes.get(site, ()))) for site, (seq, _) in log.ends(connection).items()}


def meet(declared: Iterable[Knowledge]) -> dict[str, Known]:
    """What all of several copies have: a package for a unit must fit every copy there."""
    all_of = list(declared)
    common: dict[str, Known] = {}
    for site in set.intersection(*(set(one) for one in all_of)) if all_of else ():
        seq = min(one[site].seq for one in all_of)
        holes = sorted({hole for one in all_of for hole in one[site].holes if hole[0] <= seq})
        merged: list[tuple[int, int]] = []
        for first, last in holes:
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        common[site] = Known(seq, tuple((first, min(last, seq)) for first, last in merged))
    return common


def lamport(connection: sqlite3.Connection) -> int:
    """This copy's Lamport counter."""
    return int(connection.execute("SELECT lam FROM _self").fetchone()[0])


def as_json(known: Knowledge) -> dict[str, list[object]]:
    """Knowledge as it is written down: {site: [number, [[first, last], …]]}."""
    return {site: [one.seq, [list(hole) for hole in one.holes]] for site, one in known.items()}


def from_json(text: str) -> dict[str, Known]:
    """And read again."""
    return {
        site: Known(seq, tuple((first, last) for first, last in holes))
        for site, (seq, holes) in json.loads(text).items()
    }
