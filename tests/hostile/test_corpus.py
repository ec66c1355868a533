"""The cheap majority of the hostile corpus, read in this process; `python -m tests.hostile` takes all of it, limited."""

import json
from pathlib import Path

import pytest

from laoxiao_desktop.cli import main
from tests.hostile import parcels
from tests.hostile.corpus import CASES, Case
from tests.hostile.trial import judged

CHEAP = [case for case in CASES if case.is_cheap]


def test_the_corpus_has_forty_files_and_more() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 40
    assert len(CHEAP) >= 40


@pytest.mark.parametrize("case", CHEAP, ids=[case.name for case in CHEAP])
def test_it_is_refused_with_a_remedy_or_contained(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, own = tmp_path / case.name, tmp_path / "台账.laoxiao"
    case.make(path)
    verb = ["read", str(path)]
    if path.suffix == ".lxp":
        own.write_bytes(parcels.sound().ledger)
        verb = ["package", "take", str(path), "--ledger", str(own)]
    before = path.read_bytes()
    status = main([*verb, "--json"])
    out, err = capsys.readouterr()
    assert [*judged(case, status, out, err)] == []
    assert path.read_bytes() == before
    assert json.loads(out)
