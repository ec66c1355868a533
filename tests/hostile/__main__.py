"""`python -m tests.hostile [WORD…]`: every file of the corpus in a limited process; a ledger beside them keeps its bytes."""

import os
import sys
import tempfile
from pathlib import Path

from laoxiao_desktop import paths
from laoxiao_desktop.workspace import ledger as ledgers
from tests.builders import CLERK
from tests.hostile import parcels
from tests.hostile.corpus import CASES
from tests.hostile.trial import tried


def main(words: list[str]) -> int:
    """How many files were not refused or contained as they should be."""
    failed = 0
    chosen = [case for case in CASES if not words or any(word in case.name for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        own = home / paths.default_ledger().name
        own.write_bytes(parcels.sound().ledger)
        os.environ["LAOXIAO_HOME"] = str(home)
        ledgers.open(own, CLERK).close()  # this machine knows it
        before = own.read_bytes()
        worst_seconds = worst_megabytes = 0.0
        for number, case in enumerate(chosen):
            place = Path(folder) / str(number)
            place.mkdir()
            case.make(place / case.name)
            result = tried(case, place / case.name, home)
            worst_seconds, worst_megabytes = (
                max(worst_seconds, result.seconds),
                max(worst_megabytes, result.megabytes),
            )
            mark = "ok  " if not result.objections else "BAD "
            print(f"{mark}{result.seconds:5.2f} s {result.megabytes:4.0f} MB  {case.name}  {result.sentence}")
            for objection in result.objections:
                print(f"          {objection}")
            failed += bool(result.objections)
            if own.read_bytes() != before:
                print("          the ledger changed")
                failed += 1
            for left in place.iterdir():
                left.unlink()
    print(
        f"{len(chosen)} files, {failed} failed; at most {worst_seconds:.2f} s and {worst_megabytes:.0f} MB, the start of Python included"
    )
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
