"""Forms without a window: written for a unit, filled in, taken in by `import`; the list of who is missing printed."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from laoxiao_desktop.cli import main
from laoxiao_desktop.exchange.forms import HEAD_ROWS, PLACE, SHEET
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import months
from tests import builders


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of two projects of two units, June 2024 open."""
    with builders.new_ledger(tmp_path) as made:
        builders.add_project(made, "江北街道中心")
        builders.add_project(made, "打洛镇中心", responsible_unit="勐海县民政局", county="532822", place="勐海县")
        months.open_month(made, "2024-06")
        return made.path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, object]]:
    status = main([*map(str, words), "--json"])
    return status, json.loads(capsys.readouterr().out)


def _fill(path: Path, key: str, value: object) -> None:
    book = load_workbook(path)
    book[SHEET].cell(HEAD_ROWS + 1, PLACE[key]).value = value  # type: ignore[assignment]
    book.save(path)


def test_a_form_goes_out_and_comes_back_by_import(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "f.xlsx"
    status, said = run(capsys, "form", "--unit", "景洪市民政局", "--out", out, "--ledger", ledger)
    assert (status, said["projects"], said["month"]) == (0, 1, "2024-06")
    _fill(out, "cum_completed", 12.34)
    status, said = run(capsys, "import", out, "--ledger", ledger)
    assert status == 0
    assert [cell["new"] for cell in said["cells"]] == ["12.34"]  # type: ignore[attr-defined, index]
    with ledgers.open(ledger, builders.CLERK) as opened:
        row = next(row for row in months.grid(opened, "2024-06") if row.name == "江北街道中心")
        assert row.now is not None
        assert row.now.cum_completed == 12_340_000


def test_a_form_with_a_mistake_is_refused_whole_unless_problems_are_accepted(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "f.xlsx"
    run(capsys, "form", "--unit", "景洪市民政局", "--out", out, "--ledger", ledger)
    _fill(out, "cum_completed", "很多")
    _fill(out, "problem", "征地未完")
    status, said = run(capsys, "import", out, "--ledger", ledger)
    assert status == 1
    assert "很多" in said["error"]["what"]  # type: ignore[index]
    status, said = run(capsys, "import", out, "--accept-problems", "--ledger", ledger)
    assert status == 0
    with ledgers.open(ledger, builders.CLERK) as opened:
        row = next(row for row in months.grid(opened, "2024-06") if row.name == "江北街道中心")
        assert row.now is not None
        assert (row.now.cum_completed, row.now.problem) == (None, "征地未完")


def test_a_unit_that_fills_in_nothing_is_told_the_ones_that_do(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = run(capsys, "form", "--unit", "民政局", "--out", tmp_path / "f.xlsx", "--ledger", ledger)
    assert status == 1
    assert "景洪市民政局" in said["error"]["remedy"]  # type: ignore[index]


def test_who_is_missing_is_printed(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(capsys, "report", "chase", "--out", tmp_path / "c.pdf", "--ledger", ledger)
    assert (status, said["projects"], said["units"]) == (0, 2, 2)
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
