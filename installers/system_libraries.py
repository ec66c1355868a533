"""The shelf of system libraries: which ones Qt needs, which are missing, and how they get here."""

import os
import shutil
import subprocess
from collections.abc import Sequence

from problem import SetupError, say

# Library as `ldconfig -p` names it → Debian package. On Debian 13 the t64 packages answer to the same names.
DRAWING = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
}


def install_missing(*, with_window: bool) -> None:
    """Installs the libraries that are not here; without the right to, stops with the exact line to run."""
    needed = {**DRAWING, **WINDOW} if with_window else DRAWING
    present = known_libraries()
    packages = [package for library, package in needed.items() if library not in present]
    if packages:
        install_packages(packages, "系统缺少显示窗口所需的程序库")


def known_libraries() -> frozenset[str]:
    """The names of all libraries that the loader knows; all of ours where it cannot be asked (not glibc)."""
    ldconfig = shutil.which("ldconfig") or next(
        (p for p in ("/sbin/ldconfig", "/usr/sbin/ldconfig") if os.path.exists(p)), None
    )
    if ldconfig is None:
        return frozenset({**DRAWING, **WINDOW})
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout
    return frozenset(line.split()[0] for line in listing.splitlines() if "=>" in line)


def install_packages(packages: Sequence[str], why: str) -> None:
    """Installs Debian packages when root or sudo without a password allow it, else stops with the exact line."""
    by_hand = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    asker = may_install()
    if asker is None:
        raise SetupError(f"{why}。请执行下面一行，再运行一次：\n    {by_hand}")
    say(f"{why}，正在安装：{' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        done = subprocess.run([*asker, *command], env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise SetupError(f"{why}，自动安装没有成功，上面是原因。可手工执行：\n    {by_hand}")


def may_install() -> list[str] | None:
    """What stands before apt-get: nothing as root, sudo where it asks no password, None where neither works."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None
