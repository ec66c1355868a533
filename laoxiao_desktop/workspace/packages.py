"""Packages between copies of a ledger: giving changes out, looking at what came, taking it in."""

from pathlib import Path

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.package import Given, PackageLook, Peer, ReceiptLine, Taken
from laoxiao_desktop.workspace.ledger import Ledger

_NOT_YET = UserError("这个功能还没有做好。", "请等下一版。")


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
    """Writes what the receiver `to` has not declared to have; narrowed to a county's code or a plan's uid on wish."""
    raise _NOT_YET


def look(ledger: Ledger, path: Path) -> PackageLook:
    """What a package holds and would do; writes nothing."""
    raise _NOT_YET


def take(ledger: Ledger, path: Path) -> Taken:
    """Takes a package in as one transaction, all or nothing; taking it twice is harmless. No 撤销 takes it back."""
    raise _NOT_YET


def receipts(ledger: Ledger) -> tuple[ReceiptLine, ...]:
    """The receipts of what was taken, the newest first."""
    return ()


def receipt(ledger: Ledger, uid: str) -> Taken:
    """One receipt; UserError when there is none."""
    raise UserError("没有这份回执。", "请重新选择。")


def peers(ledger: Ledger) -> tuple[Peer, ...]:
    """The other copies that were given to or taken from, the latest first."""
    return ()


def start_from(package: Path, ledger_path: Path, person: Person) -> Ledger:
    """A new ledger that begins with a package, open for writing; UserError when the package is refused, then no file is left."""
    raise _NOT_YET
