"""What ships with the program and under which licence, with the texts that lie beside it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

from laoxiao_desktop import __version__, paths

_TEXT: Final = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that ships: its name and version, its licence, what it is for, and the files with the texts."""

    name: str
    version: str
    licence: str
    remark: str
    texts: tuple[Path, ...]

    def read(self) -> str:
        """All its texts, one below the other."""
        return "\n\n".join(text.read_text("utf-8", errors="replace").strip("\n") for text in self.texts)


@cache
def parts() -> tuple[Part, ...]:
    """Everything whose text is here: all that an installer brought, or what this Python's libraries bring."""
    entries = tomllib.loads((paths.resources() / "licences" / "parts.toml").read_text("utf-8"))
    found = [_part(key, entry) for key, entry in entries.items()]
    return tuple(part for part in found if part.texts)


def _part(key: str, entry: dict[str, str | list[str]]) -> Part:
    packages = [str(name) for name in entry.get("packages", ())]
    gathered = paths.resources().parent / "licences"
    texts = [path for path in sorted((gathered / key).rglob("*")) if path.is_file()]
    if not gathered.is_dir():
        texts = [path for name in packages for path in _of_package(name)]
        texts += [paths.resources() / str(name) for name in entry.get("texts", ())]
    return Part(
        str(entry["name"]),
        __version__ if key == "laoxiao-desktop" else str(entry.get("version", "")) or _version(packages),
        str(entry["licence"]),
        str(entry["remark"]),
        tuple(texts),
    )


def _of_package(name: str) -> list[Path]:
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return []
    kept = [file for file in files if ".dist-info" in file.parts[0] and _TEXT.search("/".join(file.parts[1:]))]
    return [Path(str(file.locate())) for file in kept if Path(str(file.locate())).is_file()]


def _version(packages: list[str]) -> str:
    try:
        return " / ".join(dict.fromkeys(metadata.version(name) for name in packages))
    except metadata.PackageNotFoundError:
        return ""
