"""Packages and conflicts without a window: words in, one JSON document out."""

import json
from pathlib import Path
from typing import Any

import pytest

from laoxiao_desktop.cli import main
from laoxiao_desktop.models.parcel import Known
from tests.builders import add_project, new_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with two projects of two counties."""
    with new_ledger(tmp_path) as made:
        add_project(made)
        add_project(made, "勐海县敬老院项目", county="532822")
        return made.path


class Face:
    """Runs verbs and reads their answers."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: object, status: int = 0) -> dict[str, Any]:
        assert main([*map(str, words), "--json"]) == status
        answer: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return answer


@pytest.fixture
def face(capsys: pytest.CaptureFixture[str]) -> Face:
    return Face(capsys)


def test_a_county_begins_with_a_package_and_the_two_exchange_and_choose(
    ledger: Path, tmp_path: Path, face: Face, capsys: pytest.CaptureFixture[str]
) -> None:
    first, back, county = tmp_path / "1.lxp", tmp_path / "2.lxp", tmp_path / "县.laoxiao"
    state = ("--ledger", ledger, "--as", "王芳@州民政局")
    clerk = ("--ledger", county, "--as", "李明@景洪市民政局")
    given = face("package", "give", "--to", "景洪市民政局", "--county", "景洪市", "--out", first, *state)["given"]
    assert given["held_back"] > 0
    assert given["scope"] == {"county": "532801", "plan": None}
    assert face("package", "start", first, *clerk)["projects"] == 1
    assert "已经存在" in face("package", "start", first, *clerk, status=1)["error"]["what"]
    (project,) = face("list", "projects", "--ledger", county)["projects"]
    face("set", "project", project["uid"], "total_investment=400万", *clerk)
    face("set", "project", project["uid"], "total_investment=500万", *state)
    face("package", "give", "--to", "州民政局", "--out", back, *clerk)
    (look,) = face("package", "look", back, "--ledger", ledger)["packages"]
    assert (look["refusal"], look["new_ops"], len(look["conflicts"])) == (None, 3, 1)
    assert face("package", "receipts", "--ledger", ledger)["receipts"] == []
    (taken,) = face("package", "take", back, *state)["taken"]
    assert (taken["new_ops"], taken["sender"]["unit"]) == (3, "景洪市民政局")
    assert face("package", "take", back, back, *state)["taken"][1]["new_ops"] == 0
    assert len(face("package", "receipts", "--ledger", ledger)["receipts"]) == 3
    (conflict,) = face("conflicts", "--ledger", ledger)["conflicts"]
    assert {side["shown"] for side in conflict["sides"]} == {"400", "500"}
    side = next(side for side in conflict["sides"] if side["shown"] == "400")
    answer = face("resolve", conflict["id"], "--choose", side["op"], *state)
    assert answer["left"] == 0
    assert face("conflicts", "--ledger", ledger)["conflicts"] == []
    assert "没有这处冲突" in face("resolve", conflict["id"], "--choose", side["op"], *state, status=1)["error"]["what"]
    face("package", "give", "--to", "景洪市民政局", "--county", "景洪市", "--out", first, *state)
    assert main(["package", "take", str(first), "--ledger", str(county)]) == 0
    told = capsys.readouterr().out
    assert "王芳" in told
    assert all(face("verify", "--ledger", path)["ok"] for path in (ledger, county))
    assert [row["total_investment"] for row in face("list", "projects", "--ledger", county)["projects"]] == ["400"]


@pytest.mark.parametrize(
    "words",
    [
        ["package", "give", "--to", "县里"],
        ["package", "take"],
        ["package", "receipts", "x.lxp"],
        ["package", "eat", "x.lxp"],
        ["package", "take", "x.lxp", "--to", "县里", "--out", "y.lxp"],
        ["resolve", "x"],
    ],
)
def test_wrong_usage_is_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err


def test_what_is_known_of_a_log_with_holes() -> None:
    known = Known(9, ((2, 3), (6, 6)))
    assert [seq for seq in range(1, 12) if known.has(seq)] == [1, 4, 5, 7, 8, 9]
