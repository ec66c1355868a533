"""What a data package does to a ledger that takes it in: the log grows, the tables follow, and the receipt tells of it."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange.package_in import Package
from laoxiao_desktop.models.conflict import Conflict
from laoxiao_desktop.models.dictionary import TABLES, is_personal
from laoxiao_desktop.models.package import Taken, TakenLine
from laoxiao_desktop.models.parcel import Item
from laoxiao_desktop.models.table_labels import TABLE_LABELS
from laoxiao_desktop.store import (
    blobs,
    cells,
    conflicts,
    late,
    log,
    origin,
    receiving,
    rows,
    subjects,
    taking,
    timeline,
)
from laoxiao_desktop.store import receipts as kept
from laoxiao_desktop.store.cells import Followed

Tell = Callable[[int, int, str], None]
_TOLD_EVERY = 500
_QUIET = frozenset({"change", "saved_view", "setting", "kept_report"})  # no news to a person


def untold(done: int, total: int, words: str) -> None:
    """Nobody hears."""


def take_in(
    connection: sqlite3.Connection, package: Package, person: str, *, keeps_blobs: bool = True, tell: Tell = untold
) -> tuple[Taken, bool]:
    """What taking the package does, inside the caller's transaction; and whether it erased contacts."""
    manifest, moment = package.manifest, clock.now().isoformat()
    if manifest.origin != origin.site(connection):
        raise UserError(
            f"“{package.file}”是另一份台账（{manifest.sender.ledger}）的数据包，与这份台账没有共同的来源，没有收入。",
            "请打开对应的台账再收入；第一次使用时，用“从数据包开始”新建台账。",
        )
    head_before = log.newest_link(connection)[:8]
    incoming = taking.into_log(connection, _heard(package.items(), manifest.count, tell), manifest.lam)
    tell(0, 0, "合并改动")
    references, has_erased = receiving.contacts(connection, package.contacts())
    held = late.settle(connection)
    keys = incoming.keys | held | cells.keys_of(connection, references)
    followed = cells.follow(connection, keys)
    attachments = sum(blobs.keep_new(connection, content, is_kept=keeps_blobs) for _, content in package.blobs())
    if manifest.sender.site != log.head(connection)[0]:
        kept.note_peer(connection, manifest.sender, manifest.past_sites, manifest.has, moment)
    clashes = [
        one
        for one in conflicts.of(connection)
        if (one.table, one.row, one.field) in held or any(side.op in incoming.references for side in one.sides)
    ]
    taken = Taken(
        uid=log.new_uid(),
        taken_at=moment,
        taken_by=person,
        file=package.file,
        sha256=package.sha256,
        sender=manifest.sender,
        to=manifest.to,
        made_at=manifest.made_at,
        new_ops=incoming.new,
        known_ops=incoming.known,
        lines=_lines(connection, followed),
        added=_added(followed),
        conflicts=tuple(_kept_conflict(one) for one in clashes),
        unknown_ops=incoming.unknown,
        attachments=attachments,
        head_before=head_before,
        head_after=log.newest_link(connection)[:8],
        touched=frozenset(key[:2] for key in keys),
    )
    return taken, has_erased


def _heard(items: Iterable[Item], total: int, tell: Tell) -> Iterator[Item]:
    """The items as they come, told of now and then."""
    for number, item in enumerate(items):
        if number % _TOLD_EVERY == 0:
            tell(min(number, total), total, "收入记录")
        yield item


def _lines(connection: sqlite3.Connection, followed: Followed) -> tuple[TakenLine, ...]:
    names: dict[tuple[str, str], str] = {}
    found = []
    for one in followed.changed:
        if one.table in _QUIET:
            continue
        row = (one.table, one.row)
        if row not in names:
            names[row] = subjects.subject(connection, *row)
        author, at = timeline.author_of(connection, one.op) if one.op else ("", "")
        found.append(
            TakenLine(
                names[row],
                subjects.field_title(one.table, one.field),
                _shown(connection, one.table, one.field, one.before),
                _shown(connection, one.table, one.field, one.after),
                author,
                at,
            )
        )
    return tuple(found)


def _shown(connection: sqlite3.Connection, table: str, field: str, value: rows.Stored) -> str:
    """A receipt holds no contacts: they could not be erased from it."""
    if is_personal(table, field):
        return "（已填）" if value else ""
    return subjects.shown(connection, table, field, value)


def _kept_conflict(conflict: Conflict) -> Conflict:
    if not is_personal(conflict.table, conflict.field):
        return conflict
    sides = tuple(replace(side, value=None, shown="（已填）" if side.value else "") for side in conflict.sides)
    return replace(conflict, sides=sides, base="", shown_now="")


def _added(followed: Followed) -> tuple[tuple[str, int], ...]:
    counted = Counter(table for table, _ in followed.added if table not in _QUIET)
    return tuple((TABLE_LABELS.get(table, table), counted[table]) for table in TABLES if counted[table])
