"""Which copy of a ledger this is: a copied or restored file must write under a new site id.

What this machine last saw of each site stands outside the ledger, in the person's own folder.
"""

import json
import os
import secrets
import sqlite3
from pathlib import Path

from laoxiao_desktop import paths
from laoxiao_desktop.store import log


def settle(connection: sqlite3.Connection, ledger: Path) -> bool:
    """Gives the ledger a new site id when it is a copy, a restored backup or from another machine; tells whether it did.

    Moving or renaming the file keeps its id.
    """
    machine = _machine_token()
    site, seq, _ = log.head(connection)
    token = connection.execute("SELECT token FROM _self").fetchone()[0]
    known = _read().get(site)
    is_new = token == "" and seq == 0
    is_ours = token == machine and known is not None and _is_same_file(known, ledger) and int(str(known["seq"])) <= seq
    if is_ours:
        remember(connection, ledger)
        return False
    if not is_new:
        site = log.start_site(connection)
    connection.execute("UPDATE _self SET token = ?", (machine,))
    remember(connection, ledger)
    return not is_new


def remember(connection: sqlite3.Connection, ledger: Path) -> None:
    """Notes outside the ledger how far its site is; called when it is opened and closed."""
    site, seq, _ = log.head(connection)
    known = _read()
    known[site] = {"path": str(ledger.resolve()), "seq": seq}
    _write(known)


def _is_same_file(known: dict[str, object], ledger: Path) -> bool:
    path = Path(str(known["path"]))
    return path == ledger.resolve() or not path.exists() or path.samefile(ledger)


def _file() -> Path:
    return paths.user_folder() / "sites.json"


def _read() -> dict[str, dict[str, object]]:
    try:
        known = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(known: dict[str, dict[str, object]]) -> None:
    part = _file().with_suffix(".part")
    part.write_text(json.dumps(known, indent=1), encoding="utf-8")  # ASCII: a path may hold bytes that are no text
    part.chmod(0o600)
    os.replace(part, _file())


def _machine_token() -> str:
    file = paths.user_folder() / "machine"
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        token = secrets.token_hex(16)
        file.write_text(token, encoding="ascii")
        file.chmod(0o600)
        return token
