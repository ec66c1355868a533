"""Named views of a place: what was filtered, sorted, grouped and shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.store import rows
from laoxiao_desktop.workspace.ledger import Ledger


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: its name and its settings."""

    uid: str
    name: str
    settings: dict[str, object]


def of(ledger: Ledger, place: str) -> list[View]:
    """The saved views of a place, oldest first."""
    found = rows.select(ledger.connection, "saved_view", "place = ? AND deleted = 0", (place,), "ord, id")
    return [View(str(row["uid"]), str(row["name"]), json.loads(str(row["settings"]))) for row in found]


def save(ledger: Ledger, place: str, name: str, settings: Mapping[str, object]) -> Change | None:
    """Keeps a view under a name; a view of that name is replaced."""
    text = json.dumps(settings, ensure_ascii=False)
    old = next((view for view in of(ledger, place) if view.name == name), None)
    with ledger.change(f"保存视图“{name}”") as writing:
        if old:
            rows.update(ledger.connection, "saved_view", old.uid, {"settings": text})
        else:
            writing.created = rows.insert(
                ledger.connection, "saved_view", {"place": place, "name": name, "settings": text}
            )
    return writing.written


def rename(ledger: Ledger, uid: str, name: str) -> Change | None:
    """Gives a view another name."""
    with ledger.change(f"视图改名为“{name}”") as writing:
        rows.update(ledger.connection, "saved_view", uid, {"name": name})
    return writing.written


def delete(ledger: Ledger, uid: str) -> Change | None:
    """Takes a view away; undo brings it back."""
    row = rows.one(ledger.connection, "saved_view", uid)
    with ledger.change(f"删除视图“{row['name'] if row else ''}”") as writing:
        rows.update(ledger.connection, "saved_view", uid, {"deleted": 1})
    return writing.written
