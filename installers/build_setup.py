"""Builds the Windows set-up on Linux: one command, from a clean checkout to out/laoxiao-desktop_VERSION_setup.exe."""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import licences
import windows_python
from problem import SetupError, say
from workshop import (
    INSTALLERS,
    OUT,
    copy_source,
    folder_size,
    need_programs,
    run,
    tool,
    version,
    weigh,
    write_log,
)

WORK = INSTALLERS.parent / "build" / "setup"
TREE = WORK / "tree"
BUDGET_MB = 60
# Its LICENSE.txt holds the terms of all that is inside.
IN_ITS_LICENCE = ("CPython", "SQLite", "libffi", "zlib", "bzip2")
# Of the embeddable CPython: the program opens no connection, installs nothing and has launchers of its own.
NOT_NEEDED = frozenset(
    (
        "_msi.pyd",
        "_ssl.pyd",
        "libssl-3.dll",
        "libcrypto-3.dll",
        "_hashlib.pyd",
        "winsound.pyd",
        "python.exe",
        "pythonw.exe",
        "python.cat",
    )
)
# Parts of the wheels that the program never loads; patterns under site-packages.
PRUNE = (
    "PySide6/*.exe", "PySide6/*.pyi", "PySide6/*.lib", "PySide6/qml", "PySide6/typesystems", "PySide6/include", "PySide6/glue", "PySide6/doc",
    "PySide6/scripts", "PySide6/support", "PySide6/resources", "PySide6/metatypes", "PySide6/lib", "PySide6/opengl32sw.dll",
    "PySide6/*Qml*", "PySide6/*Quick*", "PySide6/*Designer*", "PySide6/*Help*", "PySide6/*Network*", "PySide6/*Labs*", "PySide6/*Sql*",
    "PySide6/*Test*", "PySide6/*UiTools*", "PySide6/*Xml*", "PySide6/*Concurrent*", "PySide6/*OpenGL*", "PySide6/*ExampleIcons*",
    "PySide6/*VirtualKeyboard*", "PySide6/assistant*", "PySide6/*qml*", "PySide6/plugins/imageformats/qpdf.dll", "PySide6/plugins/qmltooling", "PySide6/plugins/qmllint", "PySide6/plugins/designer",
    "PySide6/plugins/sqldrivers", "PySide6/plugins/tls", "PySide6/plugins/networkinformation", "PySide6/plugins/generic",
    "PySide6/plugins/platforminputcontexts", "PySide6/plugins/platforms/qdirect2d.dll", "PySide6/plugins/platforms/qminimal.dll",
    "PySide6/plugins/imageformats/qtiff.dll", "PySide6/plugins/imageformats/qtga.dll", "PySide6/plugins/imageformats/qwbmp.dll",
    "PySide6/plugins/imageformats/qicns.dll", "PySide6/translations/qtwebengine_locales", "pip", "pip-*", "bin", "Scripts", "shiboken6/*.pyi",
)  # fmt: skip


def main() -> int:
    """Python, library, wheels, launchers, set-up."""
    try:
        need_programs({
            "makensis": "nsis", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32", "rsvg-convert": "librsvg2-bin",
            "convert": "imagemagick",
        })  # fmt: skip
        python = _python()
        uv = tool("uv")
        shutil.rmtree(TREE, ignore_errors=True)
        TREE.mkdir(parents=True)
        runtime = _runtime()
        _wheels(uv)
        copy_source(TREE)
        _compile(python)
        _launchers()
        text = runtime / "LICENSE.txt"
        packed = licences.gather(TREE, dict.fromkeys((*IN_ITS_LICENCE, "CPython-for-Windows"), text))
        installer = _installer()
        weigh(installer, BUDGET_MB)
        write_log(installer, [
            f"{windows_python.EMBED} sha256 {windows_python.EMBED_SHA256}", *packed, f"tree {folder_size(TREE):.1f} MB",
            *_checksums(path for path in TREE.rglob("*") if path.is_file()),
        ])  # fmt: skip
    except SetupError as problem:
        say(str(problem))
        return 1
    return 0


def _runtime() -> Path:
    """The signed programs of CPython and its library beside the launchers; gives the folder with all that came."""
    runtime = windows_python.unpacked(WORK)
    for path in runtime.iterdir():
        if path.suffix in (".dll", ".pyd") and path.name not in NOT_NEEDED:
            shutil.copy(path, TREE)
    windows_python.write_library(runtime, TREE / "python311.zip")
    (TREE / "python311._pth").write_text("python311.zip\n.\nsite-packages\n", encoding="utf-8")
    return runtime


def _python() -> Path:
    """A Python of the same version as the one that ships, to compile with."""
    for path in (Path(sys.executable), Path(shutil.which("python3.11") or "-")):
        if path.exists() and run([path, "-c", "import sys; print(sys.version_info[:2])"]).strip() == "(3, 11)":
            return path
    raise SetupError("制作 Windows 安装程序要用 Python 3.11 来编译。请先安装 python3.11。")


def _compile(python: Path) -> None:
    """Modules are compiled here, so that the first start is as quick as the next, also where nothing may be written."""
    for name in ("laoxiao_desktop", "site-packages"):
        run([python, "-m", "compileall", "-q", "-s", TREE, "--invalidation-mode", "unchecked-hash", TREE / name])


def _wheels(uv: Path) -> None:
    """The locked libraries for Windows, without the parts that the program never loads."""
    target = TREE / "site-packages"
    run(
        [uv, "pip", "install", "-q", "--target", target, "--python", sys.executable, "--python-platform", "x86_64-pc-windows-msvc",
         "--python-version", "3.11", "--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", INSTALLERS / "runtime.lock"],
        env={**os.environ, "UV_SYSTEM_CERTS": "1"},
    )  # fmt: skip
    for pattern in PRUNE:
        for path in target.glob(pattern):
            if path.name.endswith(".dist-info"):
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (target / "PySide6" / "translations").glob("*.qm"):
        if not path.name.endswith("zh_CN.qm"):
            path.unlink()
    for path in list(target.rglob("__pycache__")):
        shutil.rmtree(path)


def _launchers() -> None:
    """The icon, and one launcher with a window and one for the console from the same source."""
    _icon(TREE / "laoxiao.ico")
    numbers = ",".join([*version().split("."), "0"])
    resource = WORK / "launcher.o"
    windows = INSTALLERS / "windows"
    run(["x86_64-w64-mingw32-windres", "-c", "65001", "-I", TREE, "-I", windows, f"-DVERSION_NUMBERS={numbers}",
         f'-DVERSION_TEXT=\\"{version()}\\"', windows / "launcher.rc", resource])  # fmt: skip
    for name, face in {"laoxiao-desktop.exe": ["-mwindows"], "laoxiao.exe": ["-mconsole", "-DCONSOLE"]}.items():
        run(["x86_64-w64-mingw32-gcc", "-O2", "-s", "-Wall", "-Wextra", "-finput-charset=UTF-8", "-static", *face, "-o", TREE / name,
             windows / "launcher.c", resource, "-lshell32", "-luser32"])  # fmt: skip


def _icon(target: Path) -> None:
    """An .ico with the sizes that Windows asks for, each a PNG of the program's drawing."""
    pictures = []
    for size in (16, 24, 32, 48, 64, 256):
        picture = WORK / f"icon{size}.png"
        run(
            [
                "rsvg-convert",
                "-w",
                str(size),
                "-h",
                str(size),
                "-o",
                picture,
                INSTALLERS / "linux" / "laoxiao-desktop.svg",
            ]
        )
        pictures.append((size, picture.read_bytes()))
    head = (0).to_bytes(2, "little") + (1).to_bytes(2, "little") + len(pictures).to_bytes(2, "little")
    offset, body = 6 + 16 * len(pictures), b""
    for size, picture_bytes in pictures:
        edge = size % 256
        head += bytes((edge, edge, 0, 0)) + (1).to_bytes(2, "little") + (32).to_bytes(2, "little")
        head += len(picture_bytes).to_bytes(4, "little") + (offset + len(body)).to_bytes(4, "little")
        body += picture_bytes
    target.write_bytes(head + body)


def _checksums(files: Iterable[Path]) -> list[str]:
    """A line for each file of the tree."""
    return [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(TREE)}" for path in sorted(files)]


def _installer() -> Path:
    """makensis over the tree; the list of what to remove is written from the tree, so that nothing else is ever touched."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version()):
        raise SetupError("Windows 的版本号须为三个数字，如 0.1.0。")
    lines = []
    for entry in sorted(TREE.iterdir()):
        lines.append(f'RMDir /r "$INSTDIR\\{entry.name}"' if entry.is_dir() else f'Delete "$INSTDIR\\{entry.name}"')
    remove = WORK / "remove.nsh"
    remove.write_text("\n".join(lines) + "\n", encoding="utf-8")
    OUT.mkdir(exist_ok=True)
    installer = OUT / f"laoxiao-desktop_{version()}_setup.exe"
    defines = {
        "OUT": installer, "TREE": TREE, "VERSION": version(), "REMOVE": remove, "KILOBYTES": int(folder_size(TREE) * 1000),
        "LICENCE": _licence_page(), "SIDE": _side(),
    }  # fmt: skip
    words = [f"-D{name}={value}" for name, value in defines.items()]
    run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, INSTALLERS / "windows" / "setup.nsi"])
    return installer


def _licence_page() -> Path:
    """What the page of the licence shows: the sense in Chinese, then the text that counts."""
    page = WORK / "licence.txt"
    chinese = (INSTALLERS / "windows" / "licence.zh.txt").read_text(encoding="utf-8")
    english = (INSTALLERS.parent / "LICENSE").read_text(encoding="utf-8")
    page.write_text(chinese + "\n" + english, encoding="utf-8-sig", newline="\r\n")
    return page


def _side() -> Path:
    """The picture beside the first and the last page, twice as large as on a plain screen."""
    drawn, picture = WORK / "side.png", WORK / "side.bmp"
    run(["rsvg-convert", "-z", "2", "-o", drawn, INSTALLERS / "windows" / "side.svg"])
    run(["convert", drawn, "-alpha", "off", "-type", "TrueColor", f"BMP3:{picture}"])
    return picture


if __name__ == "__main__":
    sys.exit(main())
