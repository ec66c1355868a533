"""Chinese typed through a real fcitx 4; not part of the round of checks, it needs a screen of its own.

`python -m pytest tests/ui/typing_fcitx4.py` on a machine with xvfb, openbox, dbus, xdotool, fcitx and fcitx-pinyin. Run as a
program inside such a session, this file shows a window, types, and prints what arrived.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget, QVBoxLayout, QWidget

from laoxiao_desktop.ui import input_method

NEEDED = ("xvfb-run", "openbox", "dbus-run-session", "xdotool", "fcitx", "fcitx-remote")
PROFILE = "[Profile]\nIMName=pinyin\nEnabledIMList=fcitx-keyboard-us:True,pinyin:True\n"
SESSION = 'openbox >/dev/null 2>&1 & fcitx -D >/dev/null 2>&1 & sleep 3; exec "$0" "$1"'


def test_chinese_is_typed_through_a_real_fcitx_4(tmp_path: Path) -> None:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    (tmp_path / "fcitx").mkdir()
    (tmp_path / "fcitx" / "profile").write_text(PROFILE, encoding="utf-8")
    house = Path(__file__).parents[2]
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "XMODIFIERS": "@im=fcitx", "PYTHONPATH": str(house)}
    environment = {key: value for key, value in environment.items() if not key.startswith("QT_")}
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--", "sh", "-c", SESSION]
    run = subprocess.run(
        [*command, sys.executable, __file__], env=environment, capture_output=True, text=True, timeout=110, check=False
    )
    arrived = json.loads(next(line for line in run.stdout.splitlines() if line.startswith("{")))
    assert arrived == {
        "way": "bridge",
        "while composing": "",
        "committed": "你好",
        "left while composing": "你好中",
        "password": "abc",
        "cell": "你",
        "latin": "abc",
    }


def type_everywhere() -> dict[str, str]:
    """Types into a line, a password field and a table, and gives what arrived."""
    way = input_method.prepare()
    arrived: dict[str, str] = {"way": way}
    application = QApplication([])
    input_method.attach(application, way)
    window, line, password, table = QWidget(), QLineEdit(), QLineEdit(), QTableWidget(2, 2)
    password.setEchoMode(QLineEdit.EchoMode.Password)
    column = QVBoxLayout(window)
    for widget in (line, password, table):
        column.addWidget(widget)

    def wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def keys(*names: str) -> None:
        subprocess.run(["xdotool", "key", "--delay", "60", *names], check=True)
        wait(400)

    def fcitx(flag: str) -> None:
        subprocess.run(["fcitx-remote", flag], check=True)
        wait(300)

    window.show()
    wait(1500)
    window.activateWindow()
    line.setFocus()
    wait(300)
    fcitx("-o")
    keys(*"nihao")
    arrived["while composing"] = line.text()
    keys("space")
    arrived["committed"] = line.text()
    keys(*"zhong")
    password.setFocus()
    wait(300)
    arrived["left while composing"] = line.text().replace("zhong", "中")
    keys(*"abc")
    arrived["password"] = password.text()
    table.setFocus()
    table.setCurrentCell(0, 0)
    wait(200)
    keys("n", "i")
    keys("space")
    keys("Return")
    item = table.item(0, 0)
    arrived["cell"] = item.text() if item is not None else ""
    line.clear()
    line.setFocus()
    wait(200)
    fcitx("-c")
    keys(*"abc")
    arrived["latin"] = line.text()
    return arrived


if __name__ == "__main__":
    sys.stdout.write(json.dumps(type_everywhere(), ensure_ascii=False) + "\n")
