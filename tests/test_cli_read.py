"""`read` shows what a file says and writes nothing."""

import json
from pathlib import Path

import pytest

from laoxiao_desktop.cli import main
from tests.exchange.office_files import Block, xlsx

PLANS = Path(__file__).parent / "data" / "plans"


def test_read_gives_the_json_of_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(PLANS / "yuxi.txt"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    bundled = json.loads((PLANS.parents[2] / "resources" / "plans" / "yuxi.json").read_text(encoding="utf-8"))
    projects, published = document.pop("projects"), bundled.pop("projects")
    assert document == bundled
    assert len(projects) == 50
    told = [(row["name"], row["total_investment"], row["where"]) for row in projects]
    assert told == [(row["name"], row["total_investment"], row["where"]) for row in published]
    areas = {row["floor_area_m2"]["min"] for row in projects if row["floor_area_m2"]}
    assert areas == {float(row["floor_area_m2"]["min"]) for row in published if row["floor_area_m2"]}
    beds = next(row["beds"] for row in projects if row["beds"])
    assert all(isinstance(value, int | None) for value in beds.values())


def test_read_of_several_files_names_each(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [["序号", "项目名称", "总投资（万元）"], [1, "甲养老中心", 360], ["合计", None, 361]]
    path = xlsx(tmp_path / "清单.xlsx", [Block([], rows, "清单")])
    assert main(["read", str(PLANS / "lincang.txt"), str(path), "--json"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert [(file["file"], len(file["projects"])) for file in files] == [("lincang.txt", 0), ("清单.xlsx", 1)]
    assert main(["read", str(path)]) == 0
    told = capsys.readouterr().out
    assert "读到 项目 1。" in told
    assert "合计（养老）：总投资 361（各行相加 360），不符。" in told
    assert list(tmp_path.iterdir()) == [path]


def test_read_refuses_with_a_sentence_and_a_remedy(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["read", str(tmp_path / "没有.xlsx"), "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["remedy"]
    assert "没有.xlsx" in err
    (tmp_path / "空.xlsx").write_bytes(b"")
    assert main(["read", str(tmp_path / "空.xlsx")]) == 1
    assert "空文件" in capsys.readouterr().err
