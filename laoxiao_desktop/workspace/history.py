"""What happened in the ledger, and taking it back."""

from laoxiao_desktop.models.change import Change, HistoryLine
from laoxiao_desktop.store import inverse, rows, timeline
from laoxiao_desktop.workspace.ledger import Ledger

_OF_PROJECT = (
    "milestone", "site", "funding", "allocation", "year_plan", "monthly_report", "issue", "supervision", "attachment",
    "light_override",
)  # fmt: skip


def of_row(ledger: Ledger, table: str, uid: str, limit: int = 500) -> list[HistoryLine]:
    """Who changed what of a row, newest first; a project includes what belongs to it: milestones, sites, money, months …"""
    keys = [(table, uid)]
    for other in _OF_PROJECT if table == "project" else ():
        keys += [(other, str(row["uid"])) for row in rows.select(ledger.connection, other, "project = ?", (uid,))]
    return timeline.of_rows(ledger.connection, keys, limit)


def recent(ledger: Ledger, limit: int = 200) -> list[HistoryLine]:
    """The latest lines of the whole ledger, newest first."""
    return timeline.recent(ledger.connection, limit)


def undo(ledger: Ledger) -> Change | None:
    """Takes back the newest change that still stands; None when there is nothing to take back."""
    step = inverse.next_undo(ledger.connection)
    if step is None:
        return None
    with ledger.change(f"撤销：{step.label}", undoes=step.uid) as writing:
        _note(ledger, writing.uid, inverse.apply(ledger.connection, step))
    return writing.written


def redo(ledger: Ledger) -> Change | None:
    """Does again what was last undone; None when something else was done since."""
    step = inverse.next_redo(ledger.connection)
    if step is None:
        return None
    with ledger.change(f"重做：{_bare(step.label)}", redoes=step.uid) as writing:
        _note(ledger, writing.uid, inverse.apply(ledger.connection, step))
    return writing.written


def next_undo(ledger: Ledger) -> str | None:
    """What 撤销 would take back, in words."""
    step = inverse.next_undo(ledger.connection)
    return _bare(step.label) if step else None


def next_redo(ledger: Ledger) -> str | None:
    """What 重做 would do again, in words."""
    step = inverse.next_redo(ledger.connection)
    return _bare(step.label) if step else None


def _note(ledger: Ledger, change: str, kept: int) -> None:
    if kept:
        words = f"有 {kept} 处后来又改过，或别人同时在改，保持不变"
        rows.update(ledger.connection, "change", change, {"reason": words})


def _bare(label: str) -> str:
    while label.startswith(("撤销：", "重做：")):
        label = label.partition("：")[2]
    return label
