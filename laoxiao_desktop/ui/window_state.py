"""What the window remembers between two days: person, recent ledgers, look, sizes; one JSON file."""

from __future__ import annotations

import base64
import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray

from laoxiao_desktop.models.change import Person
from laoxiao_desktop.ui.theme import FACTORS, Mode

RECENT_LIMIT = 8

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Recent:
    """A ledger that was opened here: where it is, its name, when (ISO), how many projects it had then."""

    path: Path
    name: str
    opened_at: str
    projects: int
    is_demo: bool


class Settings:
    """A small dictionary in a file. Written whole at each change; a file that cannot be read is put aside.

    Without a file (None) it lives only as long as the window, for tests. Keys with a dot belong to a place:
    `projects.columns`.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._held: dict[str, Plain] = {}
        if file is not None and file.is_file():
            self._held = _read(file)

    def get(self, key: str) -> Plain:
        """What stands under a key; None when nothing does."""
        return self._held.get(key)

    def text(self, key: str, default: str = "") -> str:
        """The text under a key."""
        held = self._held.get(key)
        return held if isinstance(held, str) else default

    def number(self, key: str, default: float) -> float:
        """The number under a key."""
        held = self._held.get(key)
        return held if isinstance(held, int | float) and not isinstance(held, bool) else default

    def flag(self, key: str, default: bool = False) -> bool:
        """The yes or no under a key."""
        held = self._held.get(key)
        return held if isinstance(held, bool) else default

    def put(self, key: str, value: Plain) -> None:
        """Remember a value; None forgets the key."""
        if self._held.get(key) == value and (key in self._held) == (value is not None):
            return
        if value is None:
            self._held.pop(key, None)
        else:
            self._held[key] = value
        if self._file is not None:
            _write(self._file, self._held)

    def state(self, key: str) -> QByteArray:
        """What Qt gave to be remembered (geometry, splitter, header); empty when nothing is."""
        return QByteArray(base64.b64decode(self.text(key)))

    def put_state(self, key: str, state: QByteArray) -> None:
        """Remember what Qt gave."""
        self.put(key, base64.b64encode(state.data()).decode())

    @property
    def person(self) -> Person | None:
        """Who works here; None before the first use."""
        name, unit = self.text("person.name"), self.text("person.unit")
        return Person(name, unit) if name else None

    @person.setter
    def person(self, person: Person) -> None:
        self.put("person.name", person.name)
        self.put("person.unit", person.unit)

    @property
    def mode(self) -> Mode:
        """Light, dark, or as the desktop."""
        modes: dict[str, Mode] = {"dark": "dark", "system": "system"}
        return modes.get(self.text("look.mode"), "light")

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self.put("look.mode", mode)

    @property
    def factor(self) -> float:
        """The large-font factor."""
        held = self.number("look.factor", 1.0)
        return held if held in FACTORS else 1.0

    @factor.setter
    def factor(self, factor: float) -> None:
        self.put("look.factor", factor)

    @property
    def recents(self) -> tuple[Recent, ...]:
        """The ledgers opened here, the last one first."""
        held = self._held.get("recents")
        return tuple(_recent(line) for line in held if isinstance(line, dict)) if isinstance(held, list) else ()

    def remember(self, recent: Recent) -> None:
        """Put a ledger first among the recent ones."""
        lines = [recent, *(line for line in self.recents if line.path != recent.path)][:RECENT_LIMIT]
        self.put("recents", [_line(line) for line in lines])

    def forget(self, path: Path) -> None:
        """Take a ledger out of the recent ones."""
        self.put("recents", [_line(line) for line in self.recents if line.path != path])


def _recent(line: Mapping[str, Plain]) -> Recent:
    projects = line.get("projects")
    return Recent(
        path=Path(str(line.get("path", ""))),
        name=str(line.get("name", "")),
        opened_at=str(line.get("opened_at", "")),
        projects=projects if isinstance(projects, int) else 0,
        is_demo=line.get("is_demo") is True,
    )


def _line(recent: Recent) -> dict[str, Plain]:
    return {
        "path": str(recent.path),
        "name": recent.name,
        "opened_at": recent.opened_at,
        "projects": recent.projects,
        "is_demo": recent.is_demo,
    }


def _read(file: Path) -> dict[str, Plain]:
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        with contextlib.suppress(OSError):
            file.replace(file.with_suffix(".unreadable.json"))
        return {}
    return held if isinstance(held, dict) else {}


def _write(file: Path, held: Mapping[str, Plain]) -> None:
    """Write beside and move over, so that a power cut leaves the old or the new. A full disk loses only settings."""
    beside = file.with_suffix(".new")
    with contextlib.suppress(OSError):
        beside.write_text(json.dumps(held, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(beside, file)
