"""What this copy keeps of its exchanges, for itself alone: receipts, what was given out, and what the others declared to have."""

import json
import sqlite3

from laoxiao_desktop.models.package import Given, Peer, ReceiptLine, Scope, Sender, Taken, taken_from_json
from laoxiao_desktop.models.parcel import Knowledge, Known
from laoxiao_desktop.store import giving


def keep(connection: sqlite3.Connection, taken: Taken) -> None:
    """Keeps a receipt, inside the transaction of the taking."""
    connection.execute(
        "INSERT INTO _receipt (uid, taken_at, file, sender, new_ops, conflicts, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            taken.uid,
            taken.taken_at,
            taken.file,
            str(taken.sender),
            taken.new_ops,
            len(taken.conflicts),
            taken.to_json(),
        ),
    )


def all_of(connection: sqlite3.Connection) -> tuple[ReceiptLine, ...]:
    """The receipts, the newest first."""
    found = connection.execute(
        "SELECT uid, taken_at, file, sender, new_ops, conflicts FROM _receipt ORDER BY taken_at DESC, uid"
    )
    return tuple(ReceiptLine(*row) for row in found)


def one(connection: sqlite3.Connection, uid: str) -> Taken | None:
    """One receipt as it was kept."""
    found = connection.execute("SELECT body FROM _receipt WHERE uid = ?", (uid,)).fetchone()
    return taken_from_json(found[0]) if found else None


def note_given(connection: sqlite3.Connection, uid: str, given: Given) -> None:
    """Notes a package that was written."""
    scope = given.scope
    row = (uid, given.to, given.made_at, scope.county, scope.plan, given.ops, given.path, given.sha256)
    connection.execute(
        "INSERT INTO _given (uid, receiver, given_at, county, plan, ops, file, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )


def note_peer(
    connection: sqlite3.Connection, sender: Sender, past_sites: tuple[str, ...], has: Knowledge, taken_at: str
) -> None:
    """Notes what another copy declares to have; what it declared under its earlier sites is over."""
    declared = {"name": sender.name, "unit": sender.unit, "taken_at": taken_at, "has": giving.as_json(has)}
    connection.executemany("DELETE FROM _peer WHERE site = ?", [(site,) for site in past_sites])
    connection.execute(
        "INSERT OR REPLACE INTO _peer (site, has) VALUES (?, ?)",
        (sender.site, json.dumps(declared, ensure_ascii=False)),
    )


def declared_by(connection: sqlite3.Connection, name: str) -> dict[str, Known] | None:
    """What every copy at the desk of a person or unit has; None when nobody of that name has ever answered."""
    found = [
        giving.from_json(json.dumps(told["has"]))
        for told in _told(connection).values()
        if name in (told["name"], told["unit"], f"{told['unit']} {told['name']}".strip())
    ]
    return giving.meet(found) if found else None


def peers(connection: sqlite3.Connection) -> tuple[Peer, ...]:
    """The copies that answered, then those that were only given to; the latest first."""
    given: dict[str, tuple[str, Scope]] = {}
    for name, at, county, plan in connection.execute(
        "SELECT receiver, given_at, county, plan FROM _given ORDER BY given_at"
    ):
        given[name] = (at, Scope(county, plan))
    found: list[Peer] = []
    answered: set[str] = set()
    for site, told in _told(connection).items():
        names = (told["unit"], told["name"], f"{told['unit']} {told['name']}".strip())
        answered.update(names)
        at, scope = max((given[name] for name in names if name in given), default=(None, Scope()), key=str)
        found.append(Peer(site, told["unit"] or told["name"], at, told["taken_at"], scope))
    found += [Peer("", name, at, None, scope) for name, (at, scope) in given.items() if name not in answered]
    return tuple(sorted(found, key=lambda peer: max(peer.last_given or "", peer.last_taken or ""), reverse=True))


def _told(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    return {site: json.loads(has) for site, has in connection.execute("SELECT site, has FROM _peer ORDER BY site")}
