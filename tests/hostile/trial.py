"""One file of the corpus read in a process with limits, and what there is to object to."""

import json
import os
import resource
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from laoxiao_desktop.exchange.limits import LONGEST_CELL
from tests.hostile.corpus import Case
from tests.hostile.packages import CANARY

HOUSE = Path(__file__).parents[2]
SECONDS, MEGABYTES = 5.0, 300
_ADDRESS_SPACE = 2 << 30


@dataclass(frozen=True)
class Result:
    """What reading a file took, what was said, and what is wrong with that."""

    case: Case
    seconds: float
    megabytes: float
    sentence: str
    objections: tuple[str, ...]


def tried(case: Case, path: Path, home: Path) -> Result:
    """The file read by `read --json` in a process of its own."""
    out, err = home / "out.json", home / "err.txt"
    started = time.perf_counter()
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.reader", str(path)],
            cwd=HOUSE,
            env={**os.environ, "LAOXIAO_HOME": str(home), "PYTHONPATH": str(HOUSE), "PYTHONUTF8": "1"},
            stdout=stdout,
            stderr=stderr,
            preexec_fn=_limit,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds, megabytes = time.perf_counter() - started, usage.ru_maxrss / 1024
    objections = [*judged(case, process.returncode, out.read_text("utf-8"), err.read_text("utf-8"))]
    if seconds > SECONDS:
        objections.append(f"{seconds:.1f} s")
    if megabytes > MEGABYTES:
        objections.append(f"{megabytes:.0f} MB")
    return Result(case, seconds, megabytes, err.read_text("utf-8").strip()[:200], tuple(objections))


def judged(case: Case, status: int, out: str, err: str) -> Iterator[str]:
    """What is wrong with an answer."""
    expected = 1 if case.outcome == "refused" else 0
    if status != expected:
        yield f"exit status {status} instead of {expected}: {err[-300:]}"
        return
    document = json.loads(out)
    if status == 1 and not (document["error"]["what"] and document["error"]["remedy"]):
        yield "no sentence with a remedy"
    texts = [*_texts(document)]
    if case.words not in "".join(texts):
        yield f"“{case.words}” is not told"
    if CANARY in out:
        yield "the content of another file came along"
    if any(len(text) > LONGEST_CELL for text in texts):
        yield "a text longer than a cell"
    if any(unicodedata.category(char) in ("Cc", "Cs", "Cf", "Cn") for text in texts for char in text if char != "\n"):
        yield "characters that nobody sees"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (200 << 20, 200 << 20))
