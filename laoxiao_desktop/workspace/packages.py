"""Packages between copies of a ledger: giving changes out, looking at what came, taking it in."""

import contextlib
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import package_in, package_out
from laoxiao_desktop.models.change import Person
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
)
from laoxiao_desktop.models.parcel import Manifest
from laoxiao_desktop.models.plain_text import one_line
from laoxiao_desktop.store import (
    database,
    giving,
    lock,
    log,
    origin,
    rows,
    schema,
    scratch,
    sites,
)
from laoxiao_desktop.store import receipts as kept
from laoxiao_desktop.store.refusals import told
from laoxiao_desktop.store.transactions import reading, writing
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.merging import Tell, take_in, untold


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
    with reading(connection):
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
        with told(), writing(connection):
            kept.note_given(connection, log.new_uid(), given)
    return given


def ahead(
    ledger: Ledger, *, to: str, county: str | None = None, plan: str | None = None, is_whole: bool = False
) -> Ahead:
    """What `give` would write; counts only."""
    connection = ledger.connection
    with reading(connection):
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
                    taken, _ = take_in(connection, package, str(ledger.person), keeps_blobs=False)
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


def take(ledger: Ledger, path: Path, tell: Tell = untold) -> Taken:
    """Takes a package in as one transaction, all or nothing; taking it twice is harmless. No 撤销 takes it back.

    `tell` hears how far it is (done, of how many, words) and may stop it, of which nothing is kept then.
    """
    return take_all(ledger, [path], tell)[0]


def take_all(ledger: Ledger, paths: Sequence[Path], tell: Tell = untold) -> list[Taken]:
    """Takes several packages in, one after the other, as one transaction: when one is refused, none is taken."""
    if ledger.is_read_only:
        raise UserError("台账是只读打开的，不能收入数据包。", ledger.read_only_reason)
    connection, all_taken, has_erased = ledger.connection, [], False
    with told(), writing(connection):
        for path in paths:
            with package_in.opened(path) as package:
                taken, has_erased_here = take_in(connection, package, str(ledger.person), tell=tell)
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


def start_from(package: Path, ledger_path: Path, person: Person, tell: Tell = untold) -> Ledger:
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


def _refused(seen: PackageLook, refusal: UserError) -> PackageLook:
    return replace(seen, refusal=str(refusal))


def _refuse_unknown(ledger: Ledger, scope: Scope) -> None:
    if scope.plan is not None and rows.one(ledger.connection, "plan", scope.plan) is None:
        raise UserError("没有这个方案。", "请重新选择。")
    if scope.county is not None and not any(rows.select(ledger.connection, "region", "code = ?", (scope.county,))):
        raise UserError("没有这个县市区。", "请重新选择。")
