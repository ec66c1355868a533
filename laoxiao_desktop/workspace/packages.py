"""Packages between copies of a ledger: giving changes out, looking at what came, taking it in."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import package_in, package_out
from laoxiao_desktop.exchange.package_in import Package
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.conflict import Conflict
from laoxiao_desktop.models.dictionary import TABLES
from laoxiao_desktop.models.package import (
    Ahead,
    Given,
    PackageHead,
    PackageLook,
    Peer,
    ReceiptLine,
    Scope,
    Sender,
    Taken,
    TakenLine,
)
from laoxiao_desktop.models.parcel import Item, Manifest
from laoxiao_desktop.models.plain_text import one_line
from laoxiao_desktop.models.table_labels import TABLE_LABELS
from laoxiao_desktop.store import (
    blobs,
    cells,
    conflicts,
    database,
    giving,
    late,
    lock,
    log,
    origin,
    receiving,
    rows,
    schema,
    scratch,
    sites,
    subjects,
    taking,
    timeline,
)
from laoxiao_desktop.store import receipts as kept
from laoxiao_desktop.store.cells import Followed
from laoxiao_desktop.store.refusals import told
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger

Tell = Callable[[int, int, str], None]
_TOLD_EVERY = 500
_QUIET = frozenset({"change", "saved_view", "setting", "kept_report"})  # no news to a person


def _untold(done: int, total: int, words: str) -> None:
    """Nobody hears."""


def give(
    ledger: Ledger,
    path: Path,
    *,
    to: str,
    county: str | None = None,
    plan: str | None = None,
    has_contacts: bool = False,
    is_whole: bool = False,
) -> Given:
    """Writes what the receiver `to` (a person or unit) has not declared to have, all of it when `is_whole`.

    Narrowed to a county's code or a plan's uid on wish: of what lies outside only the chain goes along.
    """
    receiver, scope = one_line(to), Scope(county, plan)
    if not receiver:
        raise UserError("还没有写给谁。", "请写接收的单位或人，以后再给同一单位时只带新的内容。")
    _refuse_unknown(ledger, scope)
    connection, moment = ledger.connection, clock.now().isoformat()
    with _reading(connection):
        declared = None if is_whole else kept.declared_by(connection, receiver)
        out = giving.Outgoing(connection, scope, declared or {}, has_contacts)

        def manifest() -> Manifest:
            return Manifest(
                schema=schema.VERSION,
                origin=origin.site(connection),
                sender=Sender(ledger.person.name, ledger.person.unit, log.head(connection)[0], ledger.name),
                to=receiver,
                made_at=moment,
                scope=scope,
                has_contacts=has_contacts,
                lam=giving.lamport(connection),
                has=giving.knowledge(connection),
                past_sites=log.past_sites(connection),
                since=out.since,
                upto=out.upto,
                count=out.ops,
                held_back=out.held_back,
            )

        written = package_out.write(path, out.items(), out.personal(), out.blobs(), manifest)
    given = Given(
        path=str(path),
        to=receiver,
        ops=out.ops,
        size=written.size,
        sha256=written.sha256,
        made_at=moment,
        contacts=has_contacts,
        scope=scope,
        attachments=written.attachments,
        held_back=out.held_back,
        is_first=declared is None,
    )
    if not ledger.is_read_only:
        sites.remember(connection, ledger.path)  # what left this machine must never be numbered again
        with told(), _writing(connection):
            kept.note_given(connection, log.new_uid(), given)
    return given


def ahead(
    ledger: Ledger, *, to: str, county: str | None = None, plan: str | None = None, is_whole: bool = False
) -> Ahead:
    """What `give` would write; counts only."""
    connection = ledger.connection
    with _reading(connection):
        declared = None if is_whole else kept.declared_by(connection, one_line(to))
        out = giving.Outgoing(connection, Scope(county, plan), declared or {}, False)
        for _ in out.items():
            pass
    return Ahead(out.ops, out.held_back, declared is None)


def head(path: Path) -> PackageHead:
    """What a package says of itself; UserError when the file is none."""
    with package_in.opened(path) as package:
        told = package.manifest
    return PackageHead(path.name, told.sender, told.made_at, told.origin, is_whole=told.since.get(told.origin) == 0)


def is_of(ledger: Ledger, package: PackageHead) -> bool:
    """Whether a package and a ledger have the same beginning; one of an older program has given out none."""
    try:
        return package.origin == origin.site(ledger.connection)
    except sqlite3.OperationalError:
        return False


def look(ledger: Ledger, path: Path) -> PackageLook:
    """What a package holds and would do; writes nothing. It is tried on a copy of the log in memory."""
    try:
        with package_in.opened(path) as package:
            manifest = package.manifest
            seen = PackageLook(
                file=path.name,
                sender=manifest.sender,
                to=manifest.to,
                made_at=manifest.made_at,
                scope=manifest.scope,
                contacts=manifest.has_contacts,
            )
            try:
                with scratch.copy(ledger.path) as connection:
                    taken, _ = _take_in(connection, package, str(ledger.person), keeps_blobs=False)
            except UserError as refusal:
                return _refused(seen, refusal)
    except UserError as refusal:
        return _refused(PackageLook(path.name, None, "", "", Scope(), False), refusal)
    return replace(
        seen,
        new_ops=taken.new_ops,
        known_ops=taken.known_ops,
        unknown_ops=taken.unknown_ops,
        attachments=taken.attachments,
        lines=taken.lines,
        added=taken.added,
        conflicts=taken.conflicts,
    )


def take(ledger: Ledger, path: Path, tell: Tell = _untold) -> Taken:
    """Takes a package in as one transaction, all or nothing; taking it twice is harmless. No 撤销 takes it back.

    `tell` hears how far it is (done, of how many, words) and may stop it, of which nothing is kept then.
    """
    return take_all(ledger, [path], tell)[0]


def take_all(ledger: Ledger, paths: Sequence[Path], tell: Tell = _untold) -> list[Taken]:
    """Takes several packages in, one after the other, as one transaction: when one is refused, none is taken."""
    if ledger.is_read_only:
        raise UserError("台账是只读打开的，不能收入数据包。", ledger.read_only_reason)
    connection, all_taken, has_erased = ledger.connection, [], False
    with told(), _writing(connection):
        for path in paths:
            with package_in.opened(path) as package:
                taken, has_erased_here = _take_in(connection, package, str(ledger.person), tell=tell)
                kept.keep(connection, taken)
            all_taken.append(taken)
            has_erased = has_erased or has_erased_here
    ledger.refresh()
    if has_erased:
        # the package is taken whatever becomes of this; a window that is just reading may be in its way
        with contextlib.suppress(UserError):
            log.sweep(connection)
    return all_taken


def receipts(ledger: Ledger) -> tuple[ReceiptLine, ...]:
    """The receipts of what was taken, the newest first."""
    return kept.all_of(ledger.connection)


def receipt(ledger: Ledger, uid: str) -> Taken:
    """One receipt; UserError when there is none."""
    found = kept.one(ledger.connection, uid)
    if found is None:
        raise UserError("没有这份回执。", "请重新选择。")
    return found


def peers(ledger: Ledger) -> tuple[Peer, ...]:
    """The other copies that were given to or taken from, the latest first."""
    return kept.peers(ledger.connection)


def start_from(package: Path, ledger_path: Path, person: Person, tell: Tell = _untold) -> Ledger:
    """A new ledger that begins with a package, open for writing; UserError when the package is refused, then no file is left."""
    with package_in.opened(package) as read:
        beginner = read.manifest.origin
    lock.refuse_network(ledger_path)
    database.create(ledger_path)
    try:
        ledger = ledgers.open(ledger_path, person)
        try:
            origin.begin(ledger.connection, beginner)
            take(ledger, package, tell)
        except BaseException:
            ledger.close()
            raise
    except BaseException:
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                ledger_path.with_name(ledger_path.name + end).unlink(missing_ok=True)
        raise
    return ledger


def _take_in(
    connection: sqlite3.Connection, package: Package, person: str, *, keeps_blobs: bool = True, tell: Tell = _untold
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
    if _is_personal(table, field):
        return "（已填）" if value else ""
    return subjects.shown(connection, table, field, value)


def _kept_conflict(conflict: Conflict) -> Conflict:
    if not _is_personal(conflict.table, conflict.field):
        return conflict
    sides = tuple(replace(side, value=None, shown="（已填）" if side.value else "") for side in conflict.sides)
    return replace(conflict, sides=sides, base="", shown_now="")


def _is_personal(table: str, name: str) -> bool:
    return any(field.name == name and field.is_personal for field in TABLES.get(table, ()))


def _added(followed: Followed) -> tuple[tuple[str, int], ...]:
    counted = Counter(table for table, _ in followed.added if table not in _QUIET)
    return tuple((TABLE_LABELS.get(table, table), counted[table]) for table in TABLES if counted[table])


def _refused(seen: PackageLook, refusal: UserError) -> PackageLook:
    return replace(seen, refusal=str(refusal))


def _refuse_unknown(ledger: Ledger, scope: Scope) -> None:
    if scope.plan is not None and rows.one(ledger.connection, "plan", scope.plan) is None:
        raise UserError("没有这个方案。", "请重新选择。")
    if scope.county is not None and not any(rows.select(ledger.connection, "region", "code = ?", (scope.county,))):
        raise UserError("没有这个县市区。", "请重新选择。")


@contextmanager
def _reading(connection: sqlite3.Connection) -> Iterator[None]:
    """One state of the ledger for the whole block."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
