"""The front step: makes the program's own Python environment, then runs what was asked. Standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import checks
import system_libraries
from problem import SetupError, say

HOUSE = Path(__file__).resolve().parent.parent
LOCKS = HOUSE / "installers"
VENV = HOUSE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
ON_LINUX = sys.platform.startswith("linux")

HELP = """\
sh run.sh                  open the window; without a display: make the demo ledger and print its report into ./out
sh run.sh test             format, lint, types, import rules and tests (words after it go to pytest instead)
sh run.sh bench            measure, and write docs/benchmarks.md
sh run.sh crash            kill a writing process 1,000 times and count what was lost
sh run.sh exchange         let offices exchange packages by chance, and flip every byte of one
sh run.sh pictures         take the pictures of the manual again
sh run.sh deb              build the Linux package into ./out, with --arm64 the one for arm64 (see installers/README.md)
sh run.sh setup            build the Windows set-up into ./out
sh run.sh lock             resolve the libraries again (developers; needs uv)
sh run.sh VERB …           the same verbs as the window, headless: sh run.sh --help-verbs
"""


def main(words: Sequence[str]) -> int:
    """Sets up what the asked command needs and runs it; the exit status is that command's."""
    verb, rest = (words[0], list(words[1:])) if words else ("", [])
    try:
        match verb:
            case "help" | "--help" | "-h":
                print(HELP, end="")
                return 0
            case "test":
                prepare("dev", with_window=False)
                return checks.run_tests(PYTHON, HOUSE, rest) if rest else checks.run_all(PYTHON, HOUSE)
            case "bench":
                prepare("dev", with_window=False)
                return run(["-m", "tests.bench", *rest], cwd=HOUSE, extra={"QT_QPA_PLATFORM": "offscreen"})
            case "crash":
                prepare("dev", with_window=False)
                return run(["-m", "tests.crash", *(rest or ["--kills", "1000"])], cwd=HOUSE)
            case "exchange":
                prepare("dev", with_window=False)
                return run(["-m", "tests.exchange_sweep", *rest], cwd=HOUSE)
            case "pictures":
                prepare("dev", with_window=False)
                return run(["-m", "pytest", "-q", "tests/pictures", *rest], cwd=HOUSE, extra={"LAOXIAO_PICTURES": "1"})
            case "deb" | "setup":
                prepare("bundle", with_window=False, libraries_needed=False)
                return run([str(LOCKS / f"build_{verb}.py"), *rest])
            case "lock":
                return checks.write_locks(HOUSE)
            case "":
                return open_or_print()
            case _:
                prepare("runtime", with_window=False, libraries_needed=False)
                verbs = ["--help"] if verb == "--help-verbs" else [verb, *rest]
                return run(["-m", "laoxiao_desktop", *verbs])
    except SetupError as problem:
        say(str(problem))
        return 1


def open_or_print() -> int:
    """Opens the window; where there is no display, makes the demo ledger and prints its report."""
    if has_display():
        prepare("runtime", with_window=True)
        return run(["-m", "laoxiao_desktop"])
    prepare("runtime", with_window=False, libraries_needed=False)
    out = Path.cwd() / "out"
    out.mkdir(exist_ok=True)
    ledger, report = out / "示例.laoxiao", out / "月度进展报告.pdf"
    for old in (ledger, ledger.with_name(ledger.name + "-wal"), ledger.with_name(ledger.name + "-shm"), report):
        old.unlink(missing_ok=True)
    say("没有图形界面：制作示例台账并打印月度进展报告。")
    for arguments in (
        ["demo", "--ledger", str(ledger)],
        ["report", "monthly", "--ledger", str(ledger), "--out", str(report)],
    ):
        status = run(["-m", "laoxiao_desktop", *arguments])
        if status:
            return status
    return 0


def has_display() -> bool:
    """Whether a window can be shown here."""
    return not ON_LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def prepare(kind: str, *, with_window: bool, libraries_needed: bool = True) -> None:
    """Makes the environment ready: `kind` is "runtime" or "dev", the lock to install from."""
    make_environment(kind)
    if ON_LINUX and libraries_needed:
        system_libraries.install_missing(with_window=with_window)


def make_environment(kind: str) -> None:
    """Installs the lock into .venv unless its stamp says that this was done already with this Python."""
    version = venv_version()
    if version is None:
        create_venv()
        version = venv_version()
        if version is None:
            raise SetupError(f"新建的运行环境 {VENV} 无法启动。请删除这个文件夹后再试。")
    lock = LOCKS / f"{kind}.lock"
    wanted = hashlib.sha256(lock.read_bytes() + version.encode()).hexdigest()
    stamp = VENV / f"{kind}.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("正在安装程序库（只在第一次或更新后需要，约一分钟）…")
    stamp.unlink(missing_ok=True)
    done = subprocess.run(
        [*pip(), "install", "-q", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)], check=False
    )
    if done.returncode:
        raise SetupError(
            "程序库没有装全，上面是原因。请检查网络；内网可先设置镜像，再运行一次：\n    export PIP_INDEX_URL=镜像地址"
        )
    stamp.write_text(wanted)


def venv_version() -> str | None:
    """The version of the environment's Python, or None when it is absent, broken or too old."""
    if not PYTHON.exists():
        return None
    question = "import sys; print(sys.version); sys.exit(sys.version_info < (3, 11))"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else None


def create_venv() -> None:
    """Makes .venv with pip inside, or, where the system has no ensurepip, served by a pip that is there already."""
    if VENV.exists():
        shutil.rmtree(VENV)
    if not has_module("ensurepip") and not has_module("pip"):
        if not ON_LINUX:
            raise SetupError("这个 Python 不完整（没有 venv）。请安装完整的 Python：winget install Python.Python.3.13")
        system_libraries.install_packages(
            [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"], "缺少 Python 的 venv 组件"
        )
    without = [] if has_module("ensurepip") else ["--without-pip"]
    done = subprocess.run([sys.executable, "-m", "venv", *without, str(VENV)], check=False)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(f"无法在 {VENV} 建立运行环境，上面是原因。请检查该文件夹能否写入、磁盘是否已满。")


def pip() -> list[str]:
    """The command that installs into .venv."""
    inside = subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False)
    return (
        [str(PYTHON), "-m", "pip"] if inside.returncode == 0 else [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    )


def has_module(name: str) -> bool:
    """Whether the Python that runs this file can import `name`, asked anew each time."""
    return subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True, check=False).returncode == 0


def run(arguments: Sequence[str], cwd: Path | None = None, extra: dict[str, str] | None = None) -> int:
    """Runs the environment's Python with the house importable; the caller's folder stays the working folder."""
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), "PYTHONUTF8": "1", **(extra or {})}
    return subprocess.run([PYTHON, *arguments], cwd=cwd, env=environment, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
