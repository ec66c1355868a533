"""The long test of the exchange: many seeded schedules of offices, and one package with every byte flipped.

`python -m tests.exchange_sweep --schedules 200`; tests/store/test_exchange.py takes a short one into the test command.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.exchange_driver import World, prove


def main() -> int:
    """Prints the tally of all schedules and of the flips; a broken promise raises with its seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedules", type=int, default=200)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started = time.monotonic()
    tally: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        os.environ["LAOXIAO_HOME"] = str(Path(name) / "home")
        for seed in range(asked.seed, asked.seed + asked.schedules):
            with tempfile.TemporaryDirectory() as folder:
                world = World(Path(folder), seed)
                try:
                    world.run(asked.steps)
                    prove(world)
                except BaseException:
                    print(f"seed {seed}: {dict(world.tally)}")
                    raise
                finally:
                    world.close()
                tally += world.tally
        print(f"{asked.schedules} schedules from seed {asked.seed}, 0 problems: {dict(tally.most_common())}")
        print(flips(Path(name), asked.seed))
    print(f"{time.monotonic() - started:.0f} s")
    return 0


def flips(folder: Path, seed: int) -> str:
    """Every byte of one small package flipped: each is refused or brings in the same."""
    world = World(folder / "flips", seed)
    world.run(10)
    package = world.give(world.offices[1], to=world.offices[0].unit)
    size = package.stat().st_size
    harmless = world.flip(world.offices[0], package, range(size))
    world.close()
    return f"{size} bytes flipped: {size - harmless} refused, {harmless} taken with the same content, 0 with another"


if __name__ == "__main__":
    sys.exit(main())
