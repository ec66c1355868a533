"""Builds the Linux package: one command, from a clean checkout to out/laoxiao-desktop_VERSION_amd64.deb."""

import os
import re
import shutil
import sys
from pathlib import Path

import portable_python
from debian_sources import DebianSources
from problem import SetupError, say
from workshop import (
    HOUSE,
    INSTALLERS,
    OUT,
    SOURCES,
    folder_size,
    gather_licences,
    need_programs,
    run,
    tool,
    version,
    weigh,
    write_log,
    zig,
)

WORK = HOUSE / "build" / "deb"
HOME = "opt/laoxiao-desktop"
BUDGET_MB = 60
NEWEST = {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 25)}
# Each alternative is the name on Debian 13 and Ubuntu 24.04.
DEPENDS = (
    "libc6 (>= 2.28)", "libstdc++6 (>= 8)", "libglib2.0-0 | libglib2.0-0t64", "libegl1", "libgl1", "libdbus-1-3", "libfontconfig1",
    "libfreetype6", "libx11-6", "libx11-xcb1", "libxkbcommon0", "libxkbcommon-x11-0", "libxcb1", "libxcb-cursor0", "libxcb-icccm4",
    "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render0", "libxcb-render-util0", "libxcb-shape0", "libxcb-shm0",
    "libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1", "libcups2 | libcups2t64",
)  # fmt: skip


def main() -> int:
    """Python, libraries, bundle, check of every file, package."""
    try:
        need_programs({
            "dpkg-source": "dpkg-dev", "dpkg-deb": "dpkg", "objdump": "binutils", "strip": "binutils", "make": "make", "tclsh": "tcl",
        })  # fmt: skip
        uv = tool("uv")
        python = portable_python.build(WORK, DebianSources(SOURCES), zig())
        venv = _environment(uv, python)
        bundle = _bundle(venv, python)
        needs = _check_versions(bundle)
        package = _package(bundle, next(venv.glob("lib/python3*/site-packages")))
        weigh(package, BUDGET_MB)
        write_log(package, [
            (WORK / "python.done").read_text(encoding="utf-8").strip(),
            run([uv, "pip", "freeze", "--python", venv / "bin" / "python"]).strip(),
            f"bundle {folder_size(bundle):.1f} MB, {needs}",
        ])  # fmt: skip
    except SetupError as problem:
        say(str(problem))
        return 1
    return 0


def _environment(uv: Path, python: Path) -> Path:
    """A venv of our Python with the locked libraries and PyInstaller."""
    venv = WORK / "venv"
    quiet = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NATIVE_TLS": "1", "UV_SYSTEM_CERTS": "1"}
    run([uv, "venv", "-q", "--clear", "--python", python, venv], env=quiet)
    locks = [word for name in ("runtime.lock", "bundle.lock") for word in ("-r", INSTALLERS / name)]
    install: list[str | Path] = [
        uv,
        "pip",
        "install",
        "-q",
        "--python",
        venv / "bin" / "python",
        "--require-hashes",
        "--only-binary",
        ":all:",
    ]
    run([*install, *locks], env=quiet)
    return venv


def _bundle(venv: Path, python: Path) -> Path:
    """The folder that PyInstaller makes, stripped."""
    made = WORK / "bundle"
    surroundings = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "LAOXIAO_HOUSE": str(HOUSE),
        "LAOXIAO_ROOTS": os.pathsep.join((str(venv), str(python.parent.parent))),
        "PYTHONPATH": str(HOUSE),  # where the spec looks for our modules
        "PYTHONHASHSEED": "1",
    }
    command: list[str | Path] = [
        venv / "bin" / "python",
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--clean",
        "--distpath",
        made,
        "--workpath",
        WORK / "pyinstaller",
    ]
    said = run([*command, INSTALLERS / "bundle.spec"], env=surroundings)
    (WORK / "logs" / "pyinstaller.log").write_text(said, encoding="utf-8")
    folder = made / "laoxiao-desktop"
    for path in _programs(folder):
        if path.name != "laoxiao-desktop":  # the archive of our modules hangs at its end
            run(["strip", "--strip-unneeded", path])
    return folder


def _programs(folder: Path) -> list[Path]:
    """Every ELF file."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    found.append(path)
    return found


def _check_versions(folder: Path) -> str:
    """Refuses a file that asks for a newer C or C++ library than office Linux has; says the newest asked for."""
    seen: dict[str, tuple[int, ...]] = dict.fromkeys(NEWEST, (0,))
    late = []
    programs = _programs(folder)
    for path in programs:
        for name, text in re.findall(r"\b(GLIBC|GLIBCXX)_([0-9.]+)", run(["objdump", "-T", path])):
            asked = tuple(int(part) for part in text.split("."))
            seen[name] = max(seen[name], asked)
            if asked > NEWEST[name]:
                late.append(f"{path.relative_to(folder)}: {name}_{text}")
    if late:
        raise SetupError("这些文件在老系统上不能用：\n" + "\n".join(sorted(set(late))))
    newest = ", ".join(f"{name} {'.'.join(map(str, asked))}" for name, asked in seen.items())
    return f"{len(programs)} ELF files need at most {newest}"


def _package(bundle: Path, site_packages: Path) -> Path:
    """The tree as it will lie on the disk, and the .deb around it."""
    tree = WORK / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(bundle, tree / HOME, symlinks=True)
    gather_licences(tree / HOME / "licences", site_packages, {
        "CPython.txt": SOURCES / "python3.11-source" / "LICENSE",
        "SQLite.txt": SOURCES / "sqlite3-source" / "LICENSE.md",
        "zlib.txt": SOURCES / "zlib-source" / "debian" / "copyright",
        "bzip2.txt": SOURCES / "bzip2-source" / "LICENSE",
        "libffi.txt": SOURCES / "libffi-source" / "LICENSE",
        "Qt-LGPL-3.txt": Path("/usr/share/common-licenses/LGPL-3"),
        "Qt-GPL-3.txt": Path("/usr/share/common-licenses/GPL-3"),
    })  # fmt: skip
    linux = INSTALLERS / "linux"
    for source, place in {
        linux / "laoxiao-desktop.desktop": "usr/share/applications/laoxiao-desktop.desktop",
        linux / "laoxiao-desktop.svg": "usr/share/icons/hicolor/scalable/apps/laoxiao-desktop.svg",
        linux / "laoxiao-desktop.xml": "usr/share/mime/packages/laoxiao-desktop.xml",
        HOUSE / "LICENSE": "usr/share/doc/laoxiao-desktop/copyright",
    }.items():
        (tree / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, tree / place)
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/laoxiao-desktop").symlink_to(f"/{HOME}/laoxiao-desktop")
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(_control(int(folder_size(tree) * 1000)), encoding="utf-8")
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    OUT.mkdir(exist_ok=True)
    package = OUT / f"laoxiao-desktop_{version()}_amd64.deb"
    run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", tree, package])
    return package


def _control(kilobytes: int) -> str:
    return f"""\
Package: laoxiao-desktop
Version: {version()}
Architecture: amd64
Section: misc
Priority: optional
Installed-Size: {kilobytes}
Maintainer: laoxiao-desktop
Depends: {", ".join(DEPENDS)}
Description: ledger for the projects of elderly-care and childcare plans
 一老一小项目台账：州市养老托育整体解决方案的项目台账、月度调度与报告。
 Ledgers lie in the home folders of their owners; removing the package keeps them.
"""


if __name__ == "__main__":
    sys.exit(main())
