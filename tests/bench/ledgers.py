"""The ledgers that are measured on: many made-up projects, made once and kept in build/."""

import hashlib
import shutil
from pathlib import Path

from tests.builders import many_projects, new_ledger

HOUSE = Path(__file__).parents[2]


def ledger_of(size: int, folder: Path) -> Path:
    """A copy in `folder` of a ledger with `size` projects; made anew when the archive's code has changed."""
    sources = [*sorted((HOUSE / "laoxiao_desktop/store").glob("*.py")), HOUSE / "tests/builders.py"]
    stamp = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    kept = HOUSE / "build" / "bench" / stamp / f"{size}.laoxiao"
    if not kept.exists():
        shutil.rmtree(kept.parent / f"{size}.part", ignore_errors=True)
        with new_ledger(kept.parent / f"{size}.part") as ledger:
            many_projects(ledger, size)
            made = ledger.path
        made.replace(kept)
    return Path(shutil.copy(kept, folder / kept.name))
