"""Proves the unsigned python311.zip: each module is what a source signed by the Python Software Foundation compiles to."""

import argparse
import hashlib
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import CodeType
from zipimport import zipimporter

import windows_python
from problem import SetupError, say

# In no catalog of the PSF, and the same text in CPython 3.11.2 (from Debian, signed), 3.11.7 and 3.11.11.
SAME_IN_ALL = {"xml/__init__.py": "8e7bc2b8a9974751e0bf0be8e8fd3c116fb0ed2ff2e372f693a7e3659a46f8dc"}

BESIDES = (
    "co_filename",
    "co_qualname",
    "co_flags",
    "co_stacksize",
    "co_linetable",
    "co_exceptiontable",
    "co_freevars",
    "co_cellvars",
)


def main(words: Sequence[str] | None = None) -> int:
    """Says how many modules are proven, and names those that are not; 1 when one that is shipped is among them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("work", type=Path, help="a folder for the download, e.g. build/setup")
    asked.add_argument("lib", type=Path, nargs="+", help="Lib folders with CPython sources, e.g. of the tag v3.11.9")
    given = asked.parse_args(words)
    if sys.version_info[:2] != (3, 11):
        say("要用 Python 3.11 来编译。")
        return 1
    try:
        folder = windows_python.unpacked(given.work)
    except SetupError as problem:
        say(str(problem))
        return 1
    catalog = (folder / "python.cat").read_bytes()
    proven, unsigned, different = 0, [], []
    with zipfile.ZipFile(folder / "python311.zip") as library:
        for name in (n.removesuffix("c") for n in library.namelist() if n.endswith(".pyc")):
            text = _signed_text(name, given.lib, catalog)
            if text is None:
                unsigned.append(name)
            elif not _same(_compiled(name, text), _shipped(folder / "python311.zip", name)):
                different.append(name)
            else:
                proven += 1
    say(f"{proven} modules are proven")
    for title, names in (
        ("without a signed source here", unsigned),
        ("not what the signed source compiles to", different),
    ):
        say(f"{len(names)} {title}: {' '.join(names)}")
    shipped = [n for n in unsigned + different if n.split("/")[0] not in windows_python.NOT_IN_LIBRARY]
    return int(bool(shipped))


def _signed_text(name: str, folders: Sequence[Path], catalog: bytes) -> bytes | None:
    """The first source of `name` whose checksum, with the line ends of Windows, stands in the signed catalog."""
    for path in (folder / name for folder in folders):
        if path.is_file():
            text = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            digest = hashlib.sha256(text)
            if not text or digest.digest() in catalog or SAME_IN_ALL.get(name) == digest.hexdigest():
                return text
    return None


def _compiled(name: str, text: bytes) -> CodeType:
    """As the PSF compiles its library: without docstrings and assertions, under the short name, which Windows writes so."""
    return compile(text, name.replace("/", "\\"), "exec", dont_inherit=True, optimize=2)


def _shipped(library: Path, name: str) -> CodeType:
    """What the library holds for the module of that file."""
    module = Path(name).parent if name.endswith("/__init__.py") else Path(name).with_suffix("")
    code = zipimporter(str(library / module.parent)).get_code(module.name)
    if code is None:
        raise SetupError(f"{library.name} 里没有 {name}。")
    return code


def _same(one: CodeType, other: CodeType) -> bool:
    """Equal in everything that runs, and in what Python leaves out of ==: lines, exceptions, flags and file names, all the way down."""
    inner, others = ([const for const in code.co_consts if isinstance(const, CodeType)] for code in (one, other))
    return (
        one == other
        and all(getattr(one, name) == getattr(other, name) for name in BESIDES)
        and len(inner) == len(others)
        and all(map(_same, inner, others))
    )


if __name__ == "__main__":
    sys.exit(main())
