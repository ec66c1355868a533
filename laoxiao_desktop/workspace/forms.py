"""Whose fill-in form it is: what a form must bear to be known again when it comes back."""

from collections.abc import Sequence

from laoxiao_desktop.models.form import FormIdentity
from laoxiao_desktop.models.monthly import MonthRow
from laoxiao_desktop.store import log
from laoxiao_desktop.workspace import months
from laoxiao_desktop.workspace.ledger import Ledger


def identity(ledger: Ledger, unit: str, month: str, rows: Sequence[MonthRow]) -> FormIdentity:
    """Unit, month, this copy of the ledger and the projects asked for; UserError when the month was never opened."""
    due_on = months.opened(ledger, month).due_on
    site, *_ = log.head(ledger.connection)
    return FormIdentity(unit, month, ledger.name, str(site), due_on, tuple(row.uid for row in rows))
