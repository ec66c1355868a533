"""The program's folder on Linux: our Python, the locked wheels without what is never loaded, our modules, a launcher."""

import os
import shutil
import sys
from pathlib import Path

import elf
from debian_sources import DebianSources
from portable_python import Machine
from problem import SetupError
from workshop import INSTALLERS, copy_source, run

NOT_IN_LIBRARY = {
    "test", "idlelib", "tkinter", "turtledemo", "turtle.py", "lib2to3", "ensurepip", "distutils", "pydoc_data", "msilib", "venv",
    "site-packages", "unittest", "curses", "dbm", "__pycache__", "_aix_support.py", "_osx_support.py", "antigravity.py", "this.py",
}  # fmt: skip
# Of PySide6 only this is taken; of Qt's libraries those that these load.
QT = (
    "__init__.py", "_config.py", "_git_pyside_version.py", "libpyside6.abi3.so.*",
    "QtCore.abi3.so", "QtDBus.abi3.so", "QtGui.abi3.so", "QtPrintSupport.abi3.so", "QtSvg.abi3.so", "QtWidgets.abi3.so",
    "Qt/plugins/platforms/libqxcb.so", "Qt/plugins/platforms/libqoffscreen.so", "Qt/plugins/xcbglintegrations/*.so",
    "Qt/plugins/platforminputcontexts/libcompose*.so", "Qt/plugins/platforminputcontexts/libibus*.so",
    "Qt/plugins/platformthemes/*.so", "Qt/plugins/printsupport/*.so", "Qt/plugins/iconengines/*.so",
    "Qt/plugins/imageformats/libqgif.so", "Qt/plugins/imageformats/libqico.so", "Qt/plugins/imageformats/libqjpeg.so",
    "Qt/plugins/imageformats/libqsvg.so", "Qt/plugins/imageformats/libqwebp.so",
    "Qt/translations/qtbase_zh_CN.qm",
)  # fmt: skip
# Parts of the other wheels that the program never loads.
PRUNE = (
    "pip", "pip-*.dist-info", "bin", "tzdata", "tzdata-*.dist-info", "PIL/_avif.*", "PIL/_imagingft.*", "PIL/_imagingtk.*", "PIL/_imagingmath.*",
    "PIL/_imagingmorph.*", "reportlab/fonts", "reportlab/graphics/samples", "sqlite_utils/cli.py", "*.dist-info/sboms", "*.dist-info/RECORD",
    "**/*.pyi", "**/*.h", "**/*.c", "**/py.typed", "**/__pycache__",
)  # fmt: skip


def assemble(tree: Path, machine: Machine, python: Path, sources: DebianSources, uv: Path, zig: Path) -> None:
    """Fills `tree`; `python` is the folder that portable_python made for this machine."""
    tree.mkdir(parents=True)
    _library(tree / "python", python)
    _wheels(tree / "site-packages", machine, uv)
    copy_source(tree)
    _launcher(tree, machine, python, zig)
    # Qt's window plugin loads it, and UOS 20, as Debian 10, has it under an older number only.
    util = sources.library("libxcb-util1", machine.architecture).glob(f"usr/lib/{machine.triple}/libxcb-util.so.1.*")
    shutil.copy(next(util), tree / "site-packages" / "PySide6" / "Qt" / "lib" / "libxcb-util.so.1")
    _keep_what_is_loaded(tree)
    for program in elf.programs(tree):
        run([f"{machine.tools}strip", "--strip-unneeded", program.path])


def compile_modules(tree: Path, host_python: Path, home: str) -> None:
    """Every module as .pyc beside nothing: the same bytes on every build, and no source to be changed by chance."""
    step = (
        "import compileall, py_compile, sys; sys.exit(not compileall.compile_dir(sys.argv[1], quiet=1, legacy=True, "
        "stripdir=sys.argv[1], prependdir=sys.argv[2], invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH))"
    )
    run([host_python, "-c", step, tree, home])
    for path in list(tree.rglob("*.py")):
        path.unlink()


def _library(target: Path, python: Path) -> None:
    """CPython's own modules and its shared library."""
    library = python / "lib" / "python3.11"

    def unneeded(folder: str, names: list[str]) -> list[str]:
        at_top = Path(folder) == library
        return [n for n in names if n == "__pycache__" or (at_top and (n in NOT_IN_LIBRARY or n.startswith("config-")))]

    shutil.copytree(library, target, ignore=unneeded)
    for failed in target.glob("lib-dynload/*_failed.so"):
        failed.unlink()
    shutil.copy(python / "lib" / "libpython3.11.so.1.0", target)


def _wheels(target: Path, machine: Machine, uv: Path) -> None:
    """The locked libraries for that machine, by their hashes, and without what the program never loads."""
    run(
        [uv, "pip", "install", "-q", "--target", target, "--python", sys.executable, "--python-platform", machine.wheels,
         "--python-version", "3.11", "--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", INSTALLERS / "runtime.lock"],
        env={**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "1"},
    )  # fmt: skip
    qt = target / "PySide6"
    taken = {path for pattern in QT for path in qt.glob(pattern)}
    missing = [pattern for pattern in QT if not any(qt.glob(pattern))]
    if missing:
        raise SetupError(f"PySide6 里没有：{'，'.join(missing)}")
    for path in list(qt.rglob("*")):
        if path.is_file() and path not in taken and path.parent != qt / "Qt" / "lib":
            path.unlink()
    for pattern in PRUNE:
        for path in list(target.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _launcher(tree: Path, machine: Machine, python: Path, zig: Path) -> None:
    """A small program that carries our name, so that the task list and the window manager know it."""
    run([
        zig, "cc", "-target", machine.target, "-O2", "-s", "-Wall", "-I", python / "include" / "python3.11",
        INSTALLERS / "linux" / "launcher.c", "-o", tree / "laoxiao-desktop", f"-L{python / 'lib'}", "-lpython3.11", "-Wl,-rpath,$ORIGIN/python",
    ])  # fmt: skip


def _keep_what_is_loaded(tree: Path) -> None:
    """Libraries that came with the wheels and that nothing left here loads go."""
    found = elf.programs(tree)
    carried = [p.path for p in found if p.path.parent.name == "pillow.libs" or p.path.parent.parent.name == "Qt"]
    starts = [program.path for program in found if program.path not in carried]
    kept = elf.closure(found, starts)
    for path in carried:
        if path not in kept:
            path.unlink()
    for folder in sorted((p for p in tree.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
