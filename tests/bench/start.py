"""From the start of the process to a painted window with its rows, and the memory at that moment."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.pairs import Line

HOUSE = Path(__file__).resolve().parents[2]
RUNS = 9
BARE = "bare PySide6 window with a table"


def measure(folder: Path) -> "list[Line]":
    """Start to the first picture and to the rows, with a small and a large ledger, each beside a bare window."""
    # not above: the child must import no more than the program does
    from tests.bench.ledgers import ledger_of
    from tests.bench.pairs import Line, paired

    small, large = ledger_of(84, folder), ledger_of(100_000, folder)
    mine, theirs = list[int](), list[int]()
    first = paired(lambda: started([], "ours"), lambda: started([], "bare"), RUNS)
    rows = paired(lambda: started(mine, "ours", small), lambda: started(theirs, "bare"), RUNS)
    growth = paired(lambda: started([], "ours", large), lambda: started([], "ours", small), RUNS)
    memory = [kib / 1024 for kib in mine[1:]], [kib / 1024 for kib in theirs[1:]]
    return [
        Line.of("start to painted window", BARE, *first, "≤ 1.4"),
        Line.of("start to painted rows, ledger of 84 projects opened", BARE, *rows, "≤ 1.4"),
        Line.of("memory then", BARE, *memory, "≤ 1.4", "MiB"),
        Line.of("start to painted rows, 100,000 projects", "ours with 84", *growth, "≤ 1.15"),
    ]


def started(memory: list[int], *words: object) -> float:
    """Milliseconds from the start of a child to its painted window; adds the child's peak memory (KiB) to `memory`."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "tests.bench.start", *map(str, words)]
    # as on any PC, compiled modules are kept: the first pair, which is thrown away, writes them
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    said = json.loads(
        subprocess.run(
            command, cwd=HOUSE, capture_output=True, text=True, check=True, timeout=120, env=environment
        ).stdout
    )
    memory.append(said["memory"])
    return float(said["at"] - begun) * 1000


def tell() -> None:
    """What the child says once its window is painted."""
    at = time.monotonic()
    status = Path("/proc/self/status")  # not getrusage: its peak is inherited from the parent
    peak = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    print(json.dumps({"at": at, "memory": int(peak[1]) if peak else 0}), flush=True)


def ours(path: Path | None) -> None:
    """Our window: its first picture, or opened with a ledger as a double click on the file does."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    from laoxiao_desktop import app, paths
    from laoxiao_desktop.models.change import Person
    from laoxiao_desktop.ui.window_state import Settings

    application = app.make_application()
    settings = Settings(paths.settings_file())
    settings.person = Person("王芳", "景洪市民政局")
    settings.put("window.place", "projects")
    window = app.make_window(application, settings)

    def painted() -> None:
        grids = window.places.findChildren(QWidget, "project_grid")
        for grid in grids:
            grid.repaint()
        tell()
        application.exit(0 if grids else 1)

    if path is None:
        window.painted.connect(tell)
        window.painted.connect(application.quit)
    else:
        window.session.ledger_opened.connect(lambda: QTimer.singleShot(0, painted))
        window.painted.connect(lambda: window.open_named(path))
    window.show()
    if application.exec():
        sys.exit("the window showed no project grid")


def bare() -> None:
    """The reference: nothing but Qt, a window and a table with as many rows."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem

    application = QApplication([])
    window, table = QMainWindow(), QTableWidget(84, 8)
    for row in range(84):
        for column in range(8):
            table.setItem(row, column, QTableWidgetItem(f"景洪市 {row} {column}"))
    window.setCentralWidget(table)
    window.resize(1280, 760)
    window.show()

    def painted() -> None:
        table.viewport().repaint()
        tell()
        application.exit()

    QTimer.singleShot(0, painted)
    application.exec()


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        ours(Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    else:
        bare()
