"""What ELF files ask of a machine, read with readelf, so that files for another processor can be asked too."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from problem import SetupError
from workshop import run


@dataclass(frozen=True)
class Program:
    """One ELF file: the libraries it loads, and the versions of the C and C++ library that it asks for."""

    path: Path
    libraries: frozenset[str]
    versions: frozenset[str]


def programs(folder: Path) -> tuple[Program, ...]:
    """Every ELF file under a folder."""
    return tuple(asked(path) for path in sorted(folder.rglob("*")) if is_program(path))


def is_program(path: Path) -> bool:
    """Whether it is an ELF file itself, not a link to one."""
    if not path.is_file() or path.is_symlink():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def asked(path: Path) -> Program:
    """What one file asks for."""
    text = run(["readelf", "-W", "-d", "-V", path])
    return Program(
        path,
        frozenset(re.findall(r"\(NEEDED\).*\[(.+)\]", text)),
        frozenset(re.findall(r"Name: ((?:GLIBC|GLIBCXX)_[0-9.]+)\s", text)),
    )


def newest_asked(found: Iterable[Program], limits: Mapping[str, str]) -> str:
    """Refuses a file that asks for a newer C or C++ library than office Linux has; says the newest asked for."""
    newest = {name: numbers(text) for name, text in limits.items()}
    seen: dict[str, tuple[int, ...]] = dict.fromkeys(newest, (0,))
    late, count = [], 0
    for program in found:
        count += 1
        for text in program.versions:
            name, _, number = text.partition("_")
            wanted = numbers(number)
            seen[name] = max(seen[name], wanted)
            if wanted > newest[name]:
                late.append(f"{program.path}: {text}")
    if late:
        raise SetupError("这些文件在老系统上不能用：\n" + "\n".join(sorted(late)))
    return f"{count} ELF files need at most " + ", ".join(
        f"{name} {'.'.join(map(str, wanted))}" for name, wanted in seen.items()
    )


def numbers(text: str) -> tuple[int, ...]:
    """2.28 as something to compare."""
    return tuple(int(part) for part in text.split("."))


def closure(found: Iterable[Program], starts: Iterable[Path]) -> frozenset[Path]:
    """The files that `starts` load, directly or through others, out of `found`; a library is known by its file name."""
    by_name = {program.path.name: program for program in found}
    waiting, reached = [path.name for path in starts], set[str]()
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in reached:
            reached.add(name)
            waiting += by_name[name].libraries
    return frozenset(by_name[name].path for name in reached)


def from_outside(found: Iterable[Program]) -> dict[str, list[Path]]:
    """Each library that the system must bring → the files that load it."""
    found = tuple(found)
    inside = {program.path.name for program in found}
    wanted: dict[str, list[Path]] = {}
    for program in found:
        for library in sorted(program.libraries - inside):
            wanted.setdefault(library, []).append(program.path)
    return wanted
