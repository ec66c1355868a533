"""`import` without a window: counts, refusals in words, nothing doubled, all files or none."""

import json
from pathlib import Path
from typing import Any

import pytest

from laoxiao_desktop.cli import main
from laoxiao_desktop.exchange import bundled
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import plans
from tests.builders import CLERK

PLAN = Path(__file__).parent / "data" / "plans" / "xishuangbanna.txt"
HEAD = "序号\t项目名称\t建设地点\t总投资（万元）\t申请中央资金（万元）\n"
CHANGED = "1\t景洪市江北街道综合养老服务中心项目\t景洪市江北街道\t400\t288\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with the plan of 西双版纳 in it."""
    path = tmp_path / "台账.laoxiao"
    with ledgers.create(path, "台账", CLERK) as made:
        plans.take_in(made, next(each for each in bundled.plans() if "西双版纳" in each.plan.title))
    return path


def ask(capsys: pytest.CaptureFixture[str], ledger: Path, *words: str) -> tuple[int, dict[str, Any], str]:
    """Exit status, JSON answer and complaint of an import."""
    capsys.readouterr()
    status = main(["import", "--ledger", str(ledger), *words, "--json"])
    answer = capsys.readouterr()
    return status, json.loads(answer.out), answer.err


def test_a_file_read_before_updates_instead_of_doubling(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, answer, _ = ask(capsys, ledger, str(PLAN))
    assert status == 0
    assert answer["change"] is None
    assert answer["imports"][0]["counts"] == {"new": 0, "changed": 0, "same": 159, "gone": 0, "doubt": 0}


def test_a_changed_row_is_written_and_undone_as_one_change(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "调整.tsv"
    file.write_text(HEAD + CHANGED, encoding="utf-8")
    status, answer, _ = ask(capsys, ledger, str(file))
    assert status == 0
    assert answer["imports"][0]["counts"]["changed"] == 1
    assert ask(capsys, ledger, str(file))[1]["change"] is None
    assert main(["undo", "--ledger", str(ledger)]) == 0
    assert ask(capsys, ledger, str(file))[1]["imports"][0]["counts"]["changed"] == 1


def test_doubts_and_cells_that_cannot_be_read_are_refused_with_a_sentence(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "有疑问.tsv"
    doubt = "90\t景洪市曼弄枫街道综合养老服务中心（一期）\t\t300\t240\n"
    file.write_text(HEAD + CHANGED.replace("288", "2b8") + doubt, encoding="utf-8")
    status, answer, complaint = ask(capsys, ledger, str(file))
    assert status == 1
    assert "1 行待定" in complaint
    assert "1 格读不出" in complaint
    assert "--accept-problems" in answer["error"]["remedy"]
    status, answer, _ = ask(capsys, ledger, str(file), "--accept-problems")
    assert status == 0
    assert answer["imports"][0]["counts"]["doubt"] == 1
    assert [problem["field"] for problem in answer["imports"][0]["problems"]] == ["central_request"]


def test_of_several_files_all_are_written_or_none(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "好.tsv", tmp_path / "坏.tsv"
    good.write_text(HEAD + CHANGED, encoding="utf-8")
    bad.write_text(HEAD.replace("（万元）", "") + CHANGED, encoding="utf-8")
    assert ask(capsys, ledger, str(good), str(bad))[0] == 1
    assert ask(capsys, ledger, str(good))[1]["imports"][0]["counts"]["changed"] == 1


def test_a_list_that_belongs_to_no_plan_asks_for_one(
    tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ledgers.open(ledger, CLERK) as opened:
        plans.add(opened, "玉溪市“一老一小”整体解决方案", "玉溪市")
    file = tmp_path / "新清单.tsv"
    file.write_text(HEAD + "1\t某某社区养老院\t某地\t400\t288\n", encoding="utf-8")
    status, answer, _ = ask(capsys, ledger, str(file))
    assert (status, "--plan" in answer["error"]["remedy"]) == (1, True)
    status, answer, _ = ask(capsys, ledger, str(file), "--plan", "玉溪")
    assert status == 0
    assert answer["imports"][0]["counts"]["new"] == 1


def test_a_list_of_another_place_begins_a_plan_of_its_own(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "大理.tsv"
    title = "附件2：大理州养老项目表\n"
    head = "序号\t县市\t项目名称\t总投资（万元）\n"
    file.write_text(
        f"{title}{head}1\t宾川县\t宾川县养老中心\t650\n2\t弥渡县\t弥渡县养老中心\t65.67\n", encoding="utf-8"
    )
    status, answer, _ = ask(capsys, ledger, str(file))
    assert status == 0
    assert answer["imports"][0]["plan"] == "大理州养老项目表"
    assert ask(capsys, ledger, str(file))[1]["change"] is None
    capsys.readouterr()
    assert main(["list", "projects", "--plan", "大理", "--ledger", str(ledger), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["projects"]
    assert [(row["place"], row["total_investment"]) for row in rows] == [("宾川县", "650"), ("弥渡县", "65.67")]
