"""The short crash test; the long one is `sh run.sh crash`."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are of Unix")
def test_no_acknowledged_edit_is_lost_when_the_writer_is_killed() -> None:
    # a process of its own: a fork must not inherit the threads of the test runner
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", "--kills", "40", "--seed", "7"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "40 kills" in done.stdout
    assert " 0 acknowledged" not in done.stdout
