"""A month without a window: opened, filled, reported, approved, locked, printed."""

import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from laoxiao_desktop import clock
from laoxiao_desktop.cli import main


class Face:
    """The program as a script sees it."""

    def __init__(self, ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._ledger, self._capsys = ledger, capsys

    def ask(self, *words: str, status: int = 0) -> dict[str, Any]:
        self._capsys.readouterr()
        assert main([words[0], "--ledger", str(self._ledger), *words[1:], "--json"]) == status
        answer: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return answer

    def refuse(self, *words: str) -> str:
        return str(self.ask(*words, status=1)["error"]["what"])


@pytest.fixture
def face(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Face:
    path = tmp_path / "示例.laoxiao"
    assert main(["demo", "--ledger", str(path)]) == 0
    return Face(path, capsys)


def test_a_month_from_opening_to_the_printed_report(face: Face, tmp_path: Path) -> None:
    uid = next(
        row["uid"] for row in face.ask("list", "projects", "--plan", "西双版纳")["projects"] if row["list_no"] == 1
    )
    assert face.ask("overview")["month"] is None
    assert "还没有开启" in face.refuse("month", "set", uid, "2024-05", "cum_completed=1")
    opened = face.ask("month", "open", "2024-05")
    assert (opened["month"]["due_on"], opened["month"]["is_locked"]) == ("2024-06-05", False)
    answer = face.ask(
        "month", "set", uid, "2024-05", "cum_completed=100.25", "累计到位资金=120万元", "cum_paid=900000元",
        "image_progress=二层砌筑完成", "problem=施工许可未办结",
    )  # fmt: skip
    (row,) = answer["reports"]
    assert (row["cum_completed"], row["cum_arrived"], row["cum_paid"], row["state"]) == ("100.25", "120", "90", "草稿")
    assert "没有字段" in face.refuse("month", "set", uid, "2024-05", "state=已审")
    assert face.ask("month", "submit", uid, "2024-05")["reports"][0]["state"] == "已报"
    assert face.ask("month", "approve", uid, "2024-05")["reports"][0]["state"] == "已审"
    assert "理由" in face.refuse("month", "return", uid, "2024-05")
    assert (
        face.ask("month", "return", uid, "2024-05", "--reason", "核对支付")["reports"][0]["return_reason"] == "核对支付"
    )
    face.ask("month", "submit", "all", "2024-05")
    face.ask("month", "open", "2024-06")
    assert "已经锁定" in face.refuse("month", "set", uid, "2024-05", "cum_paid=91")
    assert "已经锁定" in face.refuse("undo")
    assert "少 10.25 万元" in face.refuse("month", "set", uid, "2024-06", "cum_completed=90")
    face.ask("month", "set", uid, "2024-06", "cum_completed=90", "correction=审计核减")
    face.ask("funding", "set", uid, "县级财政", "planned=72", "allocated=50")
    added = face.ask(
        "allocation", "add", uid, "--year", "2024", "--batch", "第一批", "--doc", "云发改〔2024〕1号", "--amount", "150"
    )
    assert (added["total"]["allocated"], added["central"]["allocated"]) == ("200", "150")
    found = face.ask("overview", "--month", "2024-06", "--county", "景洪市")
    assert (found["completed"], found["allocated"], found["arrived_rate"]) == ("90", "200", "0.6000")
    assert (found["previous"]["completed"], found["previous"]["month"]) == ("100.25", "2024-05")
    assert found["month_completed"] == "-10.25"
    assert sum(found["lights"].values()) == found["projects"] == 19
    light = next(one for one in face.ask("lights", "--month", "2024-05")["lights"] if one["uid"] == uid)
    assert (light["light"], light["rule"]) == ("红", "开工")
    assert {one["rule"] for one in light["reasons"]} >= {"开工", "投资进度"}
    status = face.ask("month", "status", "2024-06")
    assert len(status["projects"]) == 84
    assert [line["month"] for line in face.ask("list", "months")["months"]] == ["2024-06", "2024-05"]
    reds = face.ask("list", "projects", "--light", "红")["projects"]
    assert len(reds) == face.ask("overview")["lights"]["红"]
    out = tmp_path / "五月.pdf"
    printed = face.ask("report", "monthly", "--month", "2024-05", "--out", str(out))
    assert (printed["month"], printed["as_of"]) == ("2024-05", "2024-05-31")
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(out).pages)
    assert "累计完成投资100.25万元" in text
    assert "施工许可未办结" in text
    again = tmp_path / "五月再印.pdf"
    face.ask("report", "monthly", "--month", "2024-05", "--out", str(again))
    assert again.read_bytes() == out.read_bytes()
    both = ("report", "monthly", "--month", "2024-05", "--out", str(again), "--as-of")
    assert face.ask(*both, clock.today().isoformat())["month"] == "2024-05"
    assert face.refuse(*both, "2024-06-30") == "截至 2024-06-30，还没有开启过月份。"
    assert "理由" in face.refuse("month", "unlock", "2024-05")
    assert face.ask("month", "unlock", "2024-05", "--reason", "补报凭证")["month"]["unlock_reason"] == "补报凭证"
    assert face.ask("verify")["ok"] is True


@pytest.mark.parametrize(
    "words",
    [
        ("month", "close", "2024-05"),
        ("month", "open"),
        ("month", "set", "x", "2024-05"),
        ("funding", "add", "x", "其他", "planned=1"),
    ],
)
def test_wrong_words_are_wrong_usage(face: Face, words: tuple[str, ...]) -> None:
    assert face.ask(*words, status=2)["error"]["what"]
