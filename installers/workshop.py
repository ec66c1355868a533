"""What both installers need: the tools by their lock, the version, sizes, checksums and the build log."""

import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import system_libraries
from problem import SetupError, say

HOUSE = Path(__file__).resolve().parent.parent
INSTALLERS = HOUSE / "installers"
SOURCES = HOUSE / "build" / "sources"
OUT = HOUSE / "out"


def version() -> str:
    """The program's version, kept in laoxiao_desktop/__init__.py and nowhere else."""
    text = (HOUSE / "laoxiao_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, flags=re.MULTILINE)
    if found is None:
        raise SetupError("laoxiao_desktop/__init__.py 里没有 __version__。")
    return found[1]


def tool(name: str) -> Path:
    """A tool of bundle.lock, which `sh run.sh deb` or `sh run.sh setup` has installed beside this Python."""
    found = Path(sys.executable).parent / name
    if not found.exists():
        raise SetupError("缺少打包工具。请用：\n    sh run.sh deb\n    sh run.sh setup")
    return found


def zig() -> Path:
    """The compiler that comes as a wheel."""
    module = importlib.util.find_spec("ziglang")
    if module is None or module.origin is None:
        raise SetupError("缺少编译器 ziglang。请用：\n    sh run.sh deb")
    return Path(module.origin).parent / "zig"


def need_programs(packages: dict[str, str]) -> None:
    """Installs the Debian packages whose programs are missing; `packages` is program → package."""
    missing = [package for program, package in packages.items() if shutil.which(program) is None]
    if missing:
        system_libraries.install_packages(list(dict.fromkeys(missing)), "打包还缺少工具")


def run(command: Sequence[str | Path], **more: object) -> str:
    """Runs one step and gives what it printed; a failing step stops the build with its own words."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-30:])
        raise SetupError(f"没有成功：{' '.join(str(word) for word in command)}\n{tail}")
    return str(done.stdout)


def copy_source(target: Path) -> None:
    """Our package and its resources, as they lie in the checkout."""
    without = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("laoxiao_desktop", "resources"):
        shutil.copytree(HOUSE / name, target / name, ignore=without, dirs_exist_ok=True)


def weigh(artefact: Path, budget_mb: int) -> None:
    """Stops when the installer is heavier than its budget."""
    size = artefact.stat().st_size / 1e6
    if size > budget_mb:
        raise SetupError(f"{artefact.name} 为 {size:.1f} MB，超过 {budget_mb} MB。")
    say(f"{artefact.relative_to(HOUSE)}  {size:.1f} MB")


def write_log(artefact: Path, facts: Iterable[str]) -> None:
    """Beside the installer: its checksum, and how it was made."""
    digest = hashlib.sha256(artefact.read_bytes()).hexdigest()
    artefact.with_name(artefact.name + ".sha256").write_text(f"{digest}  {artefact.name}\n", encoding="utf-8")
    lines = [f"{artefact.name} {artefact.stat().st_size} bytes sha256 {digest}", *facts]
    artefact.with_name(artefact.name + ".log").write_text("\n".join(lines) + "\n", encoding="utf-8")


def folder_size(folder: Path) -> float:
    """MB of all files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6
