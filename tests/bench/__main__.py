"""`sh run.sh bench`: runs every measurement, prints the table, writes docs/benchmarks.md with the date."""

import argparse
import importlib
import os
import platform
import sys
import tempfile
from pathlib import Path

from laoxiao_desktop import clock
from tests.bench.ledgers import HOUSE
from tests.bench.pairs import Line

MEASURES = ("start", "grid", "edit", "report", "preview", "reading", "overview", "exchange")
HEAD = "| what | ours | reference | | ratio | goal | |\n|---|---:|---|---:|---:|---:|---|\n"
INTRODUCTION = """\
# Benchmarks

Written by `sh run.sh bench` on {day}: {machine}, Python {python}, {cores} cores, offscreen. Ours and the reference take turns in one run; the figures are
medians, the ratio is the median of the pairs. Only ratios carry over to another machine.

"""


def main() -> int:
    """Measures what was asked (all, when nothing was) and shows it; the page is written only by a whole run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measure", nargs="*", choices=[[], *MEASURES])
    asked = parser.parse_args().measure or MEASURES
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    lines = []
    for name in asked:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["LAOXIAO_HOME"] = str(Path(folder) / "home")
            lines += importlib.import_module(f"tests.bench.{name}").measure(Path(folder))
    table = HEAD + "".join(row(line) for line in lines)
    print(table)
    if tuple(asked) == MEASURES:
        machine = f"{platform.system()} {platform.machine()}"
        words = {"day": clock.today(), "machine": machine, "python": platform.python_version(), "cores": os.cpu_count()}
        (HOUSE / "docs" / "benchmarks.md").write_text(INTRODUCTION.format(**words) + table, encoding="utf-8")
    return 0


def row(line: Line) -> str:
    """One line of the table."""
    ratio = "–" if line.ratio is None else f"{line.ratio:.2f}"
    mark = {True: "reached", False: "missed", None: ""}[line.is_reached]
    return f"| {line.what} | {line.ours} | {line.reference} | {line.theirs} | {ratio} | {line.goal} | {mark} |\n"


if __name__ == "__main__":
    sys.exit(main())
