"""`manual` without a window: the book is written, and without a place to write it to the verb says what is missing."""

from pathlib import Path

import pytest

from laoxiao_desktop.cli import main


def test_the_manual_is_printed_without_a_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manual", "--out", str(tmp_path / "手册.pdf")]) == 0
    assert (tmp_path / "手册.pdf").read_bytes().startswith(b"%PDF-")
    assert "页" in capsys.readouterr().out
    assert main(["manual"]) == 2
    assert "缺少 --out" in capsys.readouterr().err
