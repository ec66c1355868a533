"""A CPython for old office Linux: 3.11 with zlib, bzip2, libffi and SQLite inside, linked against glibc 2.28."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from debian_sources import DebianSources
from problem import SetupError, say

GLIBC = "2.28"
SOURCES = ("python3.11", "sqlite3", "zlib", "bzip2", "libffi")
# What the program does not use and what would draw in further libraries of the machine that builds.
_LEFT_OUT = (
    "_ssl _hashlib nis _curses _curses_panel readline _tkinter _gdbm _dbm ossaudiodev _crypt spwd _uuid _lzma "
    "_testcapi _testinternalcapi _testbuffer _testimportmultiple _testmultiphase _testclinic _xxtestfuzz "
    "xxlimited xxlimited_35 _ctypes_test"
)
_SQLITE = (
    "-DSQLITE_THREADSAFE=1 -DSQLITE_ENABLE_FTS3 -DSQLITE_ENABLE_FTS4 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE "
    "-DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_DBSTAT_VTAB "
    "-DSQLITE_MAX_VARIABLE_NUMBER=250000"
)
# Two lines of CPython's Makefile that zig's linker does not take (the second makes a library that nothing here uses),
# two of its setup.py that would look into this machine's own headers, and one that Debian's patch needs outside the core.
_CHANGES = {
    "Makefile.pre.in": {
        "-Wl,-h$(INSTSONAME)": "-Wl,-soname,$(INSTSONAME)",
        "$(BLDSHARED) $(NO_AS_NEEDED) -o $@ -Wl,-h$@ $^": "ln -sf $^ $@",
    },
    "setup.py": {
        "        self.add_multiarch_paths()\n": "",
        "system_include_dirs = ['/usr/include']": "system_include_dirs = []",
    },
    "configure": {  # Debian names the module otherwise when it compiles for another machine
        "_PYTHON_SYSCONFIGDATA_NAME=_sysconfigdata_$(ABIFLAGS)_$(MACHDEP)_": "_PYTHON_SYSCONFIGDATA_NAME=_sysconfigdata_$(ABIFLAGS)_",
    },
    "Modules/pyexpat.c": {'#include "Python.h"': '#define Py_BUILD_CORE_MODULE 1\n#include "Python.h"'},
}
# What configure cannot try out when it compiles for another machine.
_KNOWN = {"ac_cv_file__dev_ptmx": "yes", "ac_cv_file__dev_ptc": "no", "ac_cv_buggy_getaddrinfo": "no"}
_LOOK = """
import bz2, ctypes, decimal, pyexpat, sqlite3, sys, xml.etree.ElementTree, zlib
db = sqlite3.connect(":memory:")
db.execute("create virtual table t using fts5(x, tokenize='trigram')")
assert sqlite3.sqlite_version_info >= (3, 40), sqlite3.sqlite_version
print(f"CPython {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, zlib {zlib.ZLIB_VERSION}")
"""


@dataclass(frozen=True)
class Machine:
    """A kind of processor, as each tool names it; the newest C and C++ library that Qt's wheel for it may ask for."""

    architecture: str
    triple: str
    wheels: str
    tools: str
    glibc: str
    glibcxx: str
    gcc: str

    @property
    def target(self) -> str:
        """What zig compiles for."""
        return f"{self.triple}.{GLIBC}"


AMD64 = Machine("amd64", "x86_64-linux-gnu", "x86_64-manylinux_2_28", "", "2.28", "3.4.25", "8")
ARM64 = Machine("arm64", "aarch64-linux-gnu", "aarch64-manylinux_2_31", "aarch64-linux-gnu-", "2.31", "3.4.28", "9.3")


def build(work: Path, sources: DebianSources, zig: Path, machine: Machine = AMD64, host: Path | None = None) -> Path:
    """The folder `python` under `work` with bin, include and lib; built once, about three minutes on two cores.

    For a machine that this one cannot run, `host` is the same Python built for this one.
    """
    prefix, stamp = work / "python", work / "python.done"
    if stamp.exists() and prefix.exists():
        return prefix
    folders = {name: sources.unpacked(name) for name in SOURCES}
    builder = _Builder(work, zig, machine, host)
    builder.static_libraries(folders)
    builder.interpreter(folders["python3.11"])
    if host is None:
        looked = subprocess.run(
            [prefix / "bin" / "python3.11", "-c", _LOOK], capture_output=True, text=True, check=False
        )
        if looked.returncode:
            raise SetupError(f"编译出的 Python 不能用：\n{looked.stderr}")
        said = looked.stdout
    else:
        missing = {module.name.split(".")[0] for module in host.glob("lib/python3.11/lib-dynload/*.so")} - {
            module.name.split(".")[0] for module in prefix.glob("lib/python3.11/lib-dynload/*.so")
        }
        if missing:
            raise SetupError(f"{machine.architecture} 的 Python 缺少：{'，'.join(sorted(missing))}")
        said = (host.parent / "python.done").read_text(encoding="utf-8")
    say(f"{machine.architecture}: {said.strip()}")
    stamp.write_text(said, encoding="utf-8")
    return prefix


class _Builder:
    """One compiler with one target; what every step says is kept in work/logs."""

    def __init__(self, work: Path, zig: Path, machine: Machine, host: Path | None) -> None:
        self._work = work
        self._host = host
        self._cross = [] if host is None else [f"--host={machine.triple}"]
        self._chost = {} if host is None else {"CHOST": machine.triple}
        self._static = work / "static"
        self._logs = work / "logs"
        for folder in (self._static / "lib", self._static / "include", self._logs):
            folder.mkdir(parents=True, exist_ok=True)
        self._tools = work / "compiler"
        self._sources = work / "sources"
        self._tools.mkdir(exist_ok=True)
        for name, command in {
            "cc": f"cc -target {machine.target}",
            "c++": f"c++ -target {machine.target}",
            "hostcc": f"cc -target {AMD64.target}",
            "ar": "ar",
            "ranlib": "ranlib",
        }.items():
            script = self._tools / name
            script.write_text(f'#!/bin/sh\nexec "{zig}" {command} "$@"\n', encoding="utf-8")
            script.chmod(0o755)
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LD_"))},
            "CC": str(self._tools / "cc"),
            "CXX": str(self._tools / "c++"),
            "AR": str(self._tools / "ar"),
            "RANLIB": str(self._tools / "ranlib"),
            "CFLAGS": "-O2 -fPIC -fno-sanitize=all -g0 -Wno-error=implicit-function-declaration -Wno-error=date-time",
            "PKG_CONFIG_LIBDIR": str(self._static / "lib" / "pkgconfig"),
        }

    def static_libraries(self, folders: Mapping[str, Path]) -> None:
        """zlib, bzip2, libffi and SQLite as archives that the extension modules swallow."""
        prefix, cc = f"--prefix={self._static}", self._environment["CC"]
        zlib, bzip2, ffi, sqlite = (self._copy(folders[name]) for name in ("zlib", "bzip2", "libffi", "sqlite3"))
        self._run("zlib", zlib, ["./configure", "--static", prefix], self._chost)
        self._run("zlib", zlib, ["make", "install"])
        flags = f"CFLAGS={self._environment['CFLAGS']} -D_FILE_OFFSET_BITS=64"
        self._run("bzip2", bzip2, ["make", f"CC={cc}", "AR=" + self._environment["AR"], flags, "libbz2.a"])
        self._run("bzip2", bzip2, ["cp", "libbz2.a", str(self._static / "lib")])
        self._run("bzip2", bzip2, ["cp", "bzlib.h", str(self._static / "include")])
        options = ["--disable-shared", "--enable-static", "--disable-docs", prefix, *self._cross]
        self._run("libffi", ffi, ["sh", "./configure", *options])
        self._run("libffi", ffi, ["make", "install"])
        host = {"CC": str(self._tools / "hostcc")}  # what it makes here is one C file for every machine
        plain = ["--disable-shared", "--disable-tcl", "--disable-readline"]
        self._run("sqlite", sqlite, ["sh", "./configure", *plain], host)
        self._run("sqlite", sqlite, ["make", f"BCC={host['CC']}", "sqlite3.c", "sqlite3.h"], host)
        self._run("sqlite", sqlite, [cc, *self._environment["CFLAGS"].split(), *_SQLITE.split(), "-c", "sqlite3.c"])
        self._run("sqlite", sqlite, ["cp", "sqlite3.h", "src/sqlite3ext.h", str(self._static / "include")])
        self._run(
            "sqlite", sqlite, [self._environment["AR"], "rcs", str(self._static / "lib/libsqlite3.a"), "sqlite3.o"]
        )

    def interpreter(self, original: Path) -> None:
        """CPython with a shared libpython, which our launcher starts."""
        source, prefix = self._copy(original), self._work / "python"
        shutil.rmtree(prefix, ignore_errors=True)
        setup = "*disabled*\n" + "\n".join(_LEFT_OUT.split()) + "\n"
        (source / "Modules" / "Setup.local").write_text(setup, encoding="utf-8")
        for name, changes in _CHANGES.items():
            text = (source / name).read_text(encoding="utf-8")
            for theirs, ours in changes.items():
                text = text.replace(theirs, ours)
            (source / name).write_text(text, encoding="utf-8")
        extra = {
            "CPPFLAGS": f"-I{self._static / 'include'}",
            "LDFLAGS": f"-L{self._static / 'lib'} -Wl,-rpath,{prefix / 'lib'}",
            "LIBFFI_INCLUDEDIR": str(self._static / "include"),
            "OPT": "-DNDEBUG -O3",
            **({} if self._host is None else _KNOWN),
        }
        options = [
            "--enable-shared",
            "--without-ensurepip",
            "--disable-test-modules",
            f"--prefix={prefix}",
            *self._cross,
        ]
        if self._host is not None:
            options += [f"--build={AMD64.triple}", f"--with-build-python={self._host / 'bin' / 'python3.11'}"]
        self._run("python", source, ["sh", "./configure", *options], extra)
        self._run("python", source, ["make", f"-j{os.cpu_count() or 1}"], extra)
        self._run("python", source, ["make", "install"], extra)

    def _copy(self, source: Path) -> Path:
        """The sources stay as they came; each machine compiles in a copy of its own."""
        copy = self._sources / source.name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(source, copy, symlinks=True)
        return copy

    def _run(self, step: str, folder: Path, command: Sequence[str], extra: Mapping[str, str] | None = None) -> None:
        log = self._logs / f"{step}.log"
        with log.open("a", encoding="utf-8") as out:
            done = subprocess.run(
                command, cwd=folder, env={**self._environment, **(extra or {})}, stdout=out, stderr=out, check=False
            )
        if done.returncode:
            tail = "\n".join(
                line[:300] for line in log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:]
            )
            raise SetupError(f"编译 {step} 没有成功：{' '.join(command)}\n{tail}\n全文：{log}")
