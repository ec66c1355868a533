"""The inspection round: format, lint, types, import rules and tests, with one summary at the end."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from problem import SetupError

LOCKS = {"runtime.lock": ["--no-dev"], "dev.lock": [], "bundle.lock": ["--only-group", "bundle"]}


def run_all(python: Path, house: Path) -> int:
    """Runs every check, also after one has failed, and prints a line for each; 0 when all passed."""
    sources = ["laoxiao_desktop", "tests", "installers"]
    steps = {
        "format": ["-m", "ruff", "format", "--check", *sources],
        "lint": ["-m", "ruff", "check", *sources],
        "types": ["-m", "mypy", "-p", "laoxiao_desktop"],
        "types of set-up": [
            "-m",
            "mypy",
            "installers/bootstrap.py",
            "installers/build_deb.py",
            "installers/build_setup.py",
            "installers/compare_library.py",
        ],
        "import rules": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        "tests": ["-m", "pytest", "-q", "-n", "2"],
    }
    lines, failed = [], False
    for name, arguments in steps.items():
        print(f"── {name}", flush=True)
        started = time.monotonic()
        status = subprocess.run([python, *arguments], cwd=house, env=surroundings(house), check=False).returncode
        failed = failed or status != 0
        lines.append(f"{'failed' if status else 'ok':>6}  {name:<16} {time.monotonic() - started:5.1f} s")
    print("\n".join(["── summary", *lines]), flush=True)
    return int(failed)


def run_tests(python: Path, house: Path, arguments: Sequence[str]) -> int:
    """Runs pytest alone with the given words."""
    return subprocess.run(
        [python, "-m", "pytest", *arguments], cwd=house, env=surroundings(house), check=False
    ).returncode


def surroundings(house: Path) -> dict[str, str]:
    """The environment of a check: no screen, UTF-8, the house importable, nothing of the caller's Python."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "LAOXIAO_"))}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "PYTHONPATH": str(house)}


def write_locks(house: Path) -> int:
    """Resolves pyproject.toml anew with uv and writes both hashed locks, without the address of any index."""
    uv = shutil.which("uv")
    if uv is None:
        raise SetupError("写入锁定文件需要 uv。请先执行：\n    python3 -m pip install uv")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(house / "pyproject.toml", folder)
        (Path(folder) / "laoxiao_desktop").mkdir()  # uv asks it for the version
        shutil.copy(house / "laoxiao_desktop" / "__init__.py", Path(folder) / "laoxiao_desktop")
        export = [
            uv,
            "export",
            "-q",
            "--format",
            "requirements-txt",
            "--no-emit-project",
            "--no-header",
            "--no-annotate",
        ]
        for name, choice in LOCKS.items():
            text = subprocess.run([*export, *choice], cwd=folder, capture_output=True, text=True, check=True).stdout
            if "://" in text:
                raise SetupError(f"{name} 中出现了网址，没有写入。")
            (house / "installers" / name).write_text(text, encoding="utf-8")
    return 0
