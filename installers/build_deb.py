"""Builds the Linux package: one command, from a clean checkout to out/laoxiao-desktop_VERSION_amd64.deb (or, with --arm64, _arm64.deb)."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import elf
import licences
import linux_tree
import portable_python
from debian_sources import DebianSources
from portable_python import AMD64, ARM64, Machine
from problem import SetupError, say
from workshop import (
    HOUSE,
    INSTALLERS,
    OUT,
    SOURCES,
    folder_size,
    need_programs,
    run,
    tool,
    version,
    weigh,
    write_log,
    zig,
)

HOME = "opt/laoxiao-desktop"
BUDGET_MB = 60
ICONS = (32, 48, 64, 128, 256)
# Library → the package that brings it; each alternative is the name on Debian 13 and Ubuntu 24.04.
SYSTEM = {
    **dict.fromkeys(
        ("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"),
        "libc6 (>= {glibc})",
    ),
    "libgcc_s.so.1": "libgcc-s1 | libgcc1",
    "libstdc++.so.6": "libstdc++6 (>= {gcc})",
    **dict.fromkeys(
        ("libglib-2.0.so.0", "libgobject-2.0.so.0", "libgio-2.0.so.0", "libgthread-2.0.so.0"), "libglib2.0-0 | libglib2.0-0t64"
    ),
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libcups.so.2": "libcups2 | libcups2t64",
}  # fmt: skip
# Qt leaves these plugins alone where the system lacks what they load: GTK; on arm64 an older libwebp.
OPTIONAL = ("Qt/plugins/platformthemes/libqgtk3.so", "Qt/plugins/imageformats/libqwebp.so")


def main(words: Sequence[str]) -> int:
    """Python, libraries, tree, check of every file, package."""
    machine = ARM64 if "--arm64" in words else AMD64
    try:
        need_programs({
            "dpkg-source": "dpkg-dev", "dpkg-deb": "dpkg", "readelf": "binutils", f"{machine.tools}strip": f"binutils-{machine.triple.replace('_', '-')}",
            "make": "make", "rsvg-convert": "librsvg2-bin", "tclsh": "tcl",
        })  # fmt: skip
        sources, uv = DebianSources(SOURCES), tool("uv")
        host = portable_python.build(_work(AMD64), sources, zig())
        python = host if machine is AMD64 else portable_python.build(_work(machine), sources, zig(), machine, host)
        tree = _work(machine) / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        linux_tree.assemble(tree / HOME, machine, python, sources, uv, zig())
        facts = _check(tree / HOME, machine)
        packed = licences.gather(tree / HOME, _runtimes(sources, machine))
        linux_tree.compile_modules(tree / HOME, host / "bin" / "python3.11", f"/{HOME}")
        package = _package(tree, machine)
        weigh(package, BUDGET_MB)
        write_log(
            package,
            [
                (_work(machine) / "python.done").read_text(encoding="utf-8").strip(),
                *packed,
                *facts,
                *_sizes(tree / HOME),
            ],
        )
    except SetupError as problem:
        say(str(problem))
        return 1
    return 0


def _work(machine: Machine) -> Path:
    return HOUSE / "build" / f"deb-{machine.architecture}"


def _runtimes(sources: DebianSources, machine: Machine) -> dict[str, Path]:
    """Licence texts that lie in the sources of what we compile."""
    return {
        "CPython": SOURCES / "python3.11-source" / "LICENSE",
        "SQLite": SOURCES / "sqlite3-source" / "LICENSE.md",
        "zlib": SOURCES / "zlib-source" / "debian" / "copyright",
        "bzip2": SOURCES / "bzip2-source" / "LICENSE",
        "libffi": SOURCES / "libffi-source" / "LICENSE",
        "xcb-util": sources.library("libxcb-util1", machine.architecture) / "usr/share/doc/libxcb-util1/copyright",
    }


def _check(folder: Path, machine: Machine) -> list[str]:
    """Every file runs on old office Linux, and what it loads is inside or in Depends."""
    found = elf.programs(folder)
    newest = elf.newest_asked(found, {"GLIBC": machine.glibc, "GLIBCXX": machine.glibcxx})
    unknown = {
        library: [str(path.relative_to(folder)) for path in users if not str(path).endswith(OPTIONAL)]
        for library, users in elf.from_outside(found).items()
        if library not in SYSTEM
    }
    homeless = [f"{library}（{'，'.join(users)}）" for library, users in unknown.items() if users]
    if homeless:
        raise SetupError("这些程序库既不在包里，也不在 Depends 里：\n" + "\n".join(homeless))
    return [newest]


def _sizes(folder: Path) -> list[str]:
    """What the room goes to."""
    parts = [path for path in sorted(folder.iterdir()) if path.is_dir()]
    return [
        f"tree {folder_size(folder):.1f} MB, of a package's {BUDGET_MB} MB",
        *(f"  {folder_size(p):6.1f} MB  {p.name}" for p in parts),
    ]


def _package(tree: Path, machine: Machine) -> Path:
    """The tree as it will lie on the disk, and the .deb around it."""
    linux = INSTALLERS / "linux"
    for source, place in {
        linux / "laoxiao-desktop.desktop": "usr/share/applications/laoxiao-desktop.desktop",
        linux / "laoxiao-desktop.svg": "usr/share/icons/hicolor/scalable/apps/laoxiao-desktop.svg",
        linux / "laoxiao-desktop.xml": "usr/share/mime/packages/laoxiao-desktop.xml",
        linux / "laoxiao-desktop.metainfo.xml": "usr/share/metainfo/laoxiao-desktop.metainfo.xml",
        HOUSE / "LICENSE": "usr/share/doc/laoxiao-desktop/copyright",
    }.items():
        (tree / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, tree / place)
    for size in ICONS:  # for desktops that draw no SVG
        icon = tree / f"usr/share/icons/hicolor/{size}x{size}/apps/laoxiao-desktop.png"
        icon.parent.mkdir(parents=True, exist_ok=True)
        run(["rsvg-convert", "-w", str(size), "-h", str(size), "-o", icon, linux / "laoxiao-desktop.svg"])
    depends = sorted(
        {
            SYSTEM[name].format(glibc=machine.glibc, gcc=machine.gcc)
            for name in elf.from_outside(elf.programs(tree))
            if name in SYSTEM
        }
    )
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/laoxiao-desktop").symlink_to(f"/{HOME}/laoxiao-desktop")
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(_control(machine, depends, int(folder_size(tree) * 1000)), encoding="utf-8")
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    OUT.mkdir(exist_ok=True)
    package = OUT / f"laoxiao-desktop_{version()}_{machine.architecture}.deb"
    run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", tree, package])
    return package


def _control(machine: Machine, depends: Sequence[str], kilobytes: int) -> str:
    return f"""\
Package: laoxiao-desktop
Version: {version()}
Architecture: {machine.architecture}
Section: misc
Priority: optional
Installed-Size: {kilobytes}
Maintainer: laoxiao-desktop
Depends: {", ".join(depends)}
Description: ledger for the projects of elderly-care and childcare plans
 一老一小项目台账：州市养老托育整体解决方案的项目台账、月度调度与报告。
 Ledgers lie in the home folders of their owners; removing the package keeps them.
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
