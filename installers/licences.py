"""What ships and under which licence: read from resources/licences/parts.toml, written as THIRD_PARTY.md, gathered for an installer."""

import re
import shutil
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from problem import SetupError

HOUSE = Path(__file__).resolve().parent.parent
RESOURCES = HOUSE / "resources"
TABLE = HOUSE / "THIRD_PARTY.md"
NATIVE = (".so", ".dll", ".pyd", ".exe")
TEXT = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One thing that ships; `versions` of a locked library are those of the lock."""

    key: str
    name: str
    licence: str
    versions: tuple[str, ...]
    packages: tuple[str, ...]
    files: tuple[str, ...]
    texts: tuple[str, ...]
    runtime: str


def parts() -> tuple[Part, ...]:
    """All parts in their order."""
    pins = locked()
    found = tomllib.loads((RESOURCES / "licences" / "parts.toml").read_text(encoding="utf-8"))
    return tuple(
        Part(
            key,
            str(entry["name"]),
            str(entry["licence"]),
            (str(entry["version"]),) if "version" in entry else _versions(entry.get("packages", ()), pins),
            tuple(entry.get("packages", ())),
            tuple(entry.get("files", ())),
            tuple(entry.get("texts", ())),
            str(entry.get("runtime", "")),
        )
        for key, entry in found.items()
    )


def locked() -> dict[str, tuple[str, ...]]:
    """Library → the versions that runtime.lock names for it."""
    pins: dict[str, tuple[str, ...]] = {}
    for line in (HOUSE / "installers" / "runtime.lock").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9_.-]+)==([^\s;]+)", line):
            pins[found[1]] = (*pins.get(found[1], ()), found[2])
    return pins


def table() -> str:
    """THIRD_PARTY.md."""
    rows = [
        f"| {part.name} | {' / '.join(part.versions)} | {part.licence} | {_where(part)} |"
        for part in parts()
        if part.key != "laoxiao-desktop"
    ]
    return "\n".join([
        "# What ships with laoxiao_desktop, and under which licence", "",
        "Written by `python installers/licences.py` from resources/licences/parts.toml. In the program: 设置 → 关于 → 许可文本.", "",
        "| part | version | licence | text |", "|---|---|---|---|", *rows, "",
        "Qt is used as shared libraries, which anyone may replace. The five plans in resources/plans are published government documents; only their "
        "contents are carried, with their sources.", "",
    ])  # fmt: skip


def gather(tree: Path, runtimes: Mapping[str, Path]) -> list[str]:
    """Puts every licence text into tree/licences, a folder per part; stops at a library that belongs to no part and at a part without text."""
    known = parts()
    shipped = _owners(tree, known)
    target = tree / "licences"
    shutil.rmtree(target, ignore_errors=True)
    said = []
    for part in known:
        infos = [info for name in part.packages if (info := _info(tree / "site-packages", name)) is not None]
        if (part.packages and not infos) or (part.runtime and part.runtime not in runtimes and part not in shipped):
            continue
        texts = [
            path
            for info in infos
            for path in sorted(info.rglob("*"))
            if path.is_file() and TEXT.search(str(path.relative_to(info)))
        ]
        texts += [RESOURCES / name for name in part.texts]
        texts += [runtimes[part.runtime]] if part.runtime in runtimes else []
        if not texts or not all(path.is_file() for path in texts):
            raise SetupError(f"{part.name} 没有许可文本。")
        for text in texts:
            place = target / part.key / _short(text, infos)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(text, place.with_suffix(".txt") if not place.suffix else place)
        said.append(f"{part.name} {' / '.join(part.versions)}: {part.licence}")
    shutil.copy(TABLE, target / TABLE.name)
    return said


def _owners(tree: Path, known: Sequence[Part]) -> set[Part]:
    """The parts whose libraries lie in the tree."""
    owners, homeless = set(), []
    for path in sorted(tree.rglob("*")):
        name = path.relative_to(tree).as_posix()
        is_native = path.is_file() and (path.suffix in NATIVE or ".so." in path.name or name == "laoxiao-desktop")
        if not is_native or (name.startswith("resources/")):
            continue
        owner = next((part for part in known if any(fnmatch(name, pattern) for pattern in part.files)), None)
        if owner is None:
            homeless.append(name)
        else:
            owners.add(owner)
    packages = {name for part in known for name in part.packages}
    homeless += [
        info.name
        for info in (tree / "site-packages").glob("*.dist-info")
        if _plain(info.name.partition("-")[0]) not in packages
    ]
    if homeless:
        raise SetupError("这些文件不属于 resources/licences/parts.toml 里的任何一项：\n" + "\n".join(homeless))
    return owners


def _versions(packages: Sequence[str], pins: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(version for name in packages for version in pins.get(name, ())))


def _info(site_packages: Path, name: str) -> Path | None:
    return next(
        (info for info in site_packages.glob("*.dist-info") if _plain(info.name.partition("-")[0]) == name), None
    )


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _short(text: Path, infos: Sequence[Path]) -> Path:
    """Where a text goes within its part: below its wheel's name when it came with one."""
    info = next((info for info in infos if info in text.parents), None)
    return (
        Path(text.name) if info is None else Path(info.name.removesuffix(".dist-info"), *text.relative_to(info).parts)
    )


def _where(part: Part) -> str:
    places = ["in its wheel"] if part.packages and not part.texts else []
    places += [f"resources/{name}" for name in part.texts]
    places += ["with the installers"] if part.runtime else []
    return ", ".join(places)


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
    sys.stdout.write(f"{TABLE}\n")
