"""The same work without a window: every verb on real files, in this process and as a program of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from laoxiao_desktop.cli import main
from laoxiao_desktop.cli.face import VERBS
from laoxiao_desktop.exchange import bundled
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.workspace import findings
from laoxiao_desktop.workspace import ledger as ledgers

HOUSE = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def untouched_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "示例.laoxiao"
    assert main(["demo", "--ledger", str(path)]) == 0
    return path


@pytest.fixture
def demo(untouched_demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(untouched_demo, tmp_path / "示例.laoxiao"))


class Face:
    """The program as a script sees it: words in; exit status, answer and complaint out."""

    def __init__(self, ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.ledger = ledger
        self._capsys = capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        status = main([words[0], "--ledger", str(self.ledger), *words[1:]])
        answer = self._capsys.readouterr()
        return status, answer.out, answer.err

    def ask(self, *words: str) -> dict[str, Any]:
        status, out, err = self.run(*words, "--json")
        assert (status, err) == (0, "")
        answer: dict[str, Any] = json.loads(out)
        return answer

    def refuse(self, *words: str) -> dict[str, str]:
        status, out, err = self.run(*words, "--json")
        assert status == 1
        error: dict[str, str] = json.loads(out)["error"]
        assert err == f"{error['what']}{error['remedy']}\n"
        return error

    def project(self, name: str) -> dict[str, Any]:
        return next(row for row in self.ask("list", "projects")["projects"] if row["name"] == name)


@pytest.fixture
def face(demo: Path, capsys: pytest.CaptureFixture[str]) -> Face:
    return Face(demo, capsys)


CENTRE = "景洪市江北街道综合养老服务中心项目"


def test_a_listed_project_has_the_promised_shape(face: Face) -> None:
    row = face.project(CENTRE)
    promised = {
        "plan": "西双版纳州“一老一小”整体解决方案",
        "sector": "养老",
        "list_no": 1,
        "category": None,
        "name": CENTRE,
        "project_type": "新建",
        "start": "2022",
        "end": "2023",
        "place": "景洪市江北街道",
        "total_investment": "360",
        "central_request": "288",
        "responsible_units": ["景洪市民政局"],
        "beds": {"min": 30, "max": None},
        "places": None,
        "floor_area_m2": None,
        "households": None,
    }
    assert {key: row[key] for key in promised} == promised
    assert row["proposed"] == ["beds"]
    assert len(row["uid"]) == 32


def test_every_published_row_is_listed_as_the_plan_files_have_it(face: Face) -> None:
    listed = {what: face.ask("list", what)[what] for what in ("projects", "indicators", "goals", "items")}
    drafts = bundled.plans()
    by_key = {(row["plan"], row["sector"], row["list_no"]): row for row in listed["projects"]}
    for draft in drafts:
        for project in draft.projects:
            row = by_key[(draft.plan.title, project.sector, project.list_no)]
            for field in ("category", "name", "project_type", "start", "end", "place", "content"):
                assert row[field] == getattr(project, field)
            assert row["total_investment"] == project.total_investment
            assert row["central_request"] == project.central_request
            assert row["responsible_units"] == list(project.responsible_units)
    assert len(by_key) == sum(len(draft.projects) for draft in drafts) == 84
    for what in ("indicators", "goals", "items"):
        assert len(listed[what]) == sum(len(getattr(draft, what)) for draft in drafts)
    published = [
        (draft.plan.title, indicator.name, {year: (t.op, t.value, t.text) for year, t in indicator.targets.items()})
        for draft in drafts
        for indicator in draft.indicators
    ]
    assert [
        (row["plan"], row["name"], {year: (t["op"], t["value"], t["text"]) for year, t in row["targets"].items()})
        for row in listed["indicators"]
    ] == published
    assert {row["kind"] for row in listed["items"]} == {item.kind for draft in drafts for item in draft.items}


def test_a_list_is_narrowed_by_plan_county_and_sector(face: Face) -> None:
    yuxi = face.ask("list", "projects", "--plan", "玉溪")
    assert len(yuxi["projects"]) == yuxi["sums"]["count"] == 50
    assert yuxi["sums"] == {"count": 50, "total_investment": "163172", "central_request": "99298"}
    assert [total["agrees"] for total in yuxi["totals"]] == [True, True, True]
    narrow = face.ask("list", "projects", "--county", "峨山彝族自治县", "--sector", "养老")
    assert {row["county_name"] for row in narrow["projects"]} == {"峨山县"}
    assert len(narrow["projects"]) == 4
    assert "totals" not in narrow
    assert face.refuse("list", "projects", "--plan", "昆明")["what"] == "没有名称里含“昆明”的方案。"
    assert face.refuse("list", "projects", "--county", "昆明")["remedy"].startswith("请写县市区名称")


def test_an_edit_is_kept_told_and_taken_back(face: Face) -> None:
    uid = face.project(CENTRE)["uid"]
    answer = face.ask(
        "set", "project", uid, "total_investment=４００万", "状态=在建", "beds=30-40张", "--reason", "概算调整"
    )
    assert answer["project"]["total_investment"] == "400"
    assert answer["project"]["status"] == "在建"
    assert answer["project"]["beds"] == {"min": 30, "max": 40}
    assert answer["project"]["proposed"] == []
    lines = face.ask("history", uid)["history"]
    (line,) = (line for line in lines if line["field"] == "total_investment" and line["old"] is not None)
    assert (line["old"], line["new"], line["reason"], line["kind"]) == ("360", "400", "概算调整", "edit")
    assert face.ask("undo")["change"]["label"] == "撤销：修改 3 处"
    assert face.project(CENTRE)["total_investment"] == "360"
    assert face.ask("redo")["change"] is not None
    assert face.project(CENTRE)["total_investment"] == "400"
    assert face.ask("verify")["ok"] is True


def test_a_change_carries_the_person_of_the_settings_or_of_the_option(face: Face, home: Path) -> None:
    uid = face.project(CENTRE)["uid"]
    home.mkdir(exist_ok=True)
    (home / "settings.json").write_text('{"person.name": "李晓梅", "person.unit": "州发展改革委"}', encoding="utf-8")
    face.ask("set", "project", uid, "remark=甲")
    face.ask("set", "project", uid, "remark=乙", "--as", "王芳@景洪市民政局")
    actors = [line["actor"] for line in face.ask("history", uid)["history"][:2]]
    assert actors == ["景洪市民政局 王芳", "州发展改革委 李晓梅"]


@pytest.mark.parametrize(
    ("assignment", "what"),
    [
        ("central_request=36o", "“36o”不是数字。"),
        ("central_request=361", "申请中央资金高于总投资 1 万元。"),
        ("name=", "项目名称不能为空。"),
        ("span=2025-2023", "建设期限起始“2025”晚于结束“2023”。"),
        ("published={}", "没有字段“published”。"),
        ("颜色=红", "没有字段“颜色”。"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_changes(face: Face, assignment: str, what: str) -> None:
    before = face.project(CENTRE)
    assert face.refuse("set", "project", before["uid"], "remark=不应留下", assignment)["what"] == what
    assert face.project(CENTRE) == before


def test_text_is_cleaned_on_its_way_in(face: Face) -> None:
    uid = face.project(CENTRE)["uid"]
    row = face.ask("set", "project", uid, "remark=甲\x00\u202e\udcff<b>乙</b>")["project"]
    assert row["remark"] == "甲<b>乙</b>"


def test_other_rows_are_set_too(face: Face) -> None:
    goal = face.ask("list", "goals", "--plan", "文山")["goals"][0]
    face.ask("set", "goal", goal["uid"], "target=1600")
    assert face.ask("list", "goals", "--plan", "文山")["goals"][0]["value"] == "1600"
    assert face.refuse("set", "indicator", goal["uid"], "name=甲")["what"].startswith("没有标识为")


def test_a_milestone_is_laid_out_and_reached_in_one_change(face: Face) -> None:
    uid = face.project(CENTRE)["uid"]
    answer = face.ask("milestone", uid, "m09", "--actual", "2022年10月", "--note", "破土")
    steps = {step["code"]: step for step in answer["milestones"]}
    assert len(steps) == 15
    assert (steps["M09"]["actual"], steps["M09"]["state"], steps["M09"]["note"]) == ("2022-10", "done", "破土")
    assert {row["project"] for row in face.ask("list", "milestones")["milestones"]} == {uid}
    assert face.refuse("milestone", uid, "M09", "--actual", "2150-01-01")["field"] == "actual"
    assert face.refuse("milestone", uid, "M99", "--actual", "2023.1")["what"] == "这个项目没有编号为 M99 的里程碑。"
    face.ask("undo")
    assert face.ask("list", "milestones")["milestones"] == []


def test_a_report_is_printed_and_the_kinds_are_told(face: Face, tmp_path: Path) -> None:
    kinds = face.ask("report", "--kinds")["kinds"]
    assert {"kind": "monthly", "title": "月度进展报告"} in kinds
    out = tmp_path / "月报.pdf"
    answer = face.ask("report", "monthly", "--plan", "西双版纳", "--out", str(out))
    assert (answer["projects"], answer["missing_glyphs"]) == (34, [])
    assert len(PdfReader(out).pages) == answer["pages"]
    assert (
        face.refuse("report", "monthly", "--out", str(out), "--as-of", "2150-01-01")["remedy"]
        == "截至日期请写今天或更早。"
    )
    assert face.refuse("report", "monthly", "--out", str(out), "--plan", "一老一小")["what"] == "有几个方案都符合。"
    few = ("report", "projects", "--plan", "西双版纳", "--out", str(out), "--columns")
    assert face.ask(*few, "序号，项目名称,total_investment")["pages"] >= 1
    assert face.refuse(*few, "name,奇怪")["what"] == "没有“奇怪”这一列。"
    nowhere = str(tmp_path / "没有" / "月报.pdf")
    assert face.refuse("report", "monthly", "--plan", "玉溪", "--out", nowhere)["what"] == (
        f"报告没有保存到“{nowhere}”：没有这个文件或文件夹。"
    )


def test_a_backup_comes_back(face: Face, tmp_path: Path) -> None:
    made = face.ask("backup", "--to", str(tmp_path / "备份"))["backup"]
    uid = face.project(CENTRE)["uid"]
    face.ask("set", "project", uid, "total_investment=400")
    face.ask("restore", made)
    assert face.project(CENTRE)["total_investment"] == "360"
    assert face.ask("verify")["ok"] is True
    with Path(made).open("r+b") as file:
        file.seek(5000)
        file.write(b"damage")
    assert face.refuse("restore", made)["what"].endswith("可能已损坏。")
    assert face.project(CENTRE)["total_investment"] == "360"


def test_a_ledger_that_is_open_elsewhere_can_be_read_but_not_changed(face: Face) -> None:
    uid = face.project(CENTRE)["uid"]
    with ledgers.open(face.ledger, Person("王芳", "景洪市民政局")):
        assert face.refuse("set", "project", uid, "remark=甲")["what"] == "台账现在不能修改。"
        assert face.ask("history", uid)["history"]


def test_a_demo_never_overwrites_a_file(face: Face, tmp_path: Path) -> None:
    before = face.ledger.read_bytes()
    assert face.refuse("demo")["what"] == "“示例.laoxiao”已经存在，没有改动它。"
    assert face.ledger.read_bytes() == before
    nowhere = Face(face.ledger / "a.laoxiao", face._capsys)
    assert nowhere.refuse("demo")["what"]
    assert face.ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["lst"], "没有“lst”这个动词。"),
        (["list"], "缺少 projects|indicators|goals|items|milestones|months|findings。"),
        (["list", "colours"], "要列什么请写 projects"),
        (["list", "projects", "--bogus"], "没有选项 --bogus。"),
        (["list", "projects", "--plan"], "选项 --plan 后面缺少内容"),
        (["list", "projects", "much"], "多写了参数。"),
        (["list", "projects", "--sector", "教育"], "--sector 不对：“教育”不在 养老、托育 里。"),
        (["list", "goals", "--county", "景洪市"], "只有项目和里程碑能按县市区列出。"),
        (["set", "project", "x"], "缺少 字段=值…。"),
        (["set", "project", "x", "名称"], "“名称”不是 字段=值。"),
        (["history", "--limit", "0"], "--limit 不对：请写大于零的整数。"),
        (["report", "monthly"], "缺少 --out"),
        (["report", "poem"], "报告种类请写 monthly"),
        (["milestone", "x", "M01"], "编号和日期要一起写"),
    ],
)
def test_wrong_usage_is_told_in_chinese(words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    answer = capsys.readouterr()
    assert answer.out == ""
    assert answer.err.startswith(sentence)
    assert "Error" not in answer.err


def test_help_is_given_for_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    overview = capsys.readouterr().out
    for verb in VERBS:
        assert f"  {verb} " in overview
        assert main([verb, "--help"]) == 0
        assert f"用法：laoxiao-desktop {verb}" in capsys.readouterr().out


def program(*words: str, home: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    """The program as it is started from a shell, in a locale that knows no Chinese."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "TEMP", "TMP")}
    environment = {**kept, "LAOXIAO_HOME": str(home), "LC_ALL": "C", "PYTHONPATH": str(HOUSE), **more}
    command = [sys.executable, "-W", "error", "-m", "laoxiao_desktop", *words]
    return subprocess.run(command, env=environment, cwd=home, capture_output=True, timeout=120, check=False)


def test_the_program_keeps_the_persons_own_ledger(home: Path) -> None:
    home.mkdir()
    missing = program("verify", "--json", home=home)
    assert missing.returncode == 1
    assert json.loads(missing.stdout)["error"]["what"] == "还没有自己的台账。"
    made = program("demo", "--json", home=home, PYTHONIOENCODING="ascii")
    assert (made.returncode, made.stderr) == (0, b"")
    assert json.loads(made.stdout.decode("utf-8"))["projects"] == 84
    assert (home / "台账.laoxiao").exists()
    assert "新增托位" in program("list", "goals", home=home).stdout.decode("utf-8")
    assert program("list", "projects", b"--plan=\xff\xfe".decode("utf-8", "surrogateescape"), home=home).returncode in (
        0,
        1,
    )


def test_a_verb_loads_neither_the_window_nor_the_print_room(demo: Path, home: Path) -> None:
    home.mkdir()
    script = (
        "import sys; from laoxiao_desktop.cli import main; "
        f"status = main(['list', 'goals', '--ledger', {str(demo)!r}]); "
        "loaded = [name for name in ('PySide6', 'reportlab', 'openpyxl', 'laoxiao_desktop.app') if name in sys.modules]; "
        "sys.exit(str(loaded) if loaded else status)"
    )
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    found = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_an_answer_that_cannot_be_written_is_told_once(demo: Path, home: Path) -> None:
    home.mkdir()
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "laoxiao_desktop", "list", "items", "--json", "--ledger", str(demo)]
        environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
        found = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (found.returncode, found.stderr.decode("utf-8").count("\n")) == (1, 1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of files are text there")
def test_a_ledger_with_a_name_that_is_no_text_still_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    face = Face(tmp_path / os.fsdecode(b"\xff#?%41.laoxiao"), capsys)
    assert face.ask("demo")["projects"] == 84
    assert face.ask("verify")["ok"] is True


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_without_a_screen_the_window_says_so(home: Path) -> None:
    home.mkdir()
    answer = program(home=home)
    assert answer.returncode == 1
    assert "没有图形界面" in answer.stderr.decode("utf-8")


def test_check_tells_every_finding_with_its_figures_and_its_decision(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    face = Face(demo, capsys)
    rows = face.ask("check", "--plan", "西双版纳")["findings"]
    (twin,) = [row for row in rows if row["code"] == "request_unlike_twin" and row["subject"]["no"] == 10]
    assert (twin["severity"], twin["suggestion"], twin["field"]) == ("warning", "1600", "central_request")
    assert twin["figures"] == {"总投资": "2000", "申请中央": "360", "占比": "18 %", "同类": "1600"}
    subject = {key: twin["subject"][key] for key in ("kind", "sector", "no", "name")}
    assert subject == {"kind": "project", "sector": "养老", "no": 10, "name": "景洪市景讷乡农村区域性养老服务中心项目"}
    assert twin["decision"] is None
    assert rows == face.ask("list", "findings", "--plan", "西双版纳")["findings"]
    elders = face.ask("list", "findings", "--plan", "西双版纳", "--sector", "养老")["findings"]
    assert {row["subject"]["sector"] for row in elders} == {"养老"}
    with ledgers.open(demo, Person("李晓梅", "州发改委")) as opened:
        found = next(each for each in findings.check(opened) if each.key == twin["key"])
        findings.decide(opened, found, reason="州民政局核实")
    again = face.ask("check", "--plan", "西双版纳")["findings"]
    assert [row["decision"] for row in again if row["key"] == twin["key"]] == [
        {"decision": "已核实", "reason": "州民政局核实"}
    ]


def test_check_says_in_plain_words_how_many_there_are(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = Face(demo, capsys).run("check", "--plan", "文山")
    assert (status, err) == (0, "")
    assert out.splitlines()[-1] == "共 13 条：差错 1，可疑 2，提醒 10；已核实 0 条。"


def test_every_kind_is_printed_and_every_table_is_exported(face: Face, tmp_path: Path) -> None:
    for entry in face.ask("report", "--kinds")["kinds"]:
        kind = entry["kind"]
        if kind == "chase":
            told = face.refuse("report", kind, "--out", str(tmp_path / "x.pdf"))
            assert told["what"] == "还没有开启任何月份，没有可以催报的。"
            continue
        if kind == "receipt":
            assert "数据包" in face.refuse("report", kind, "--out", str(tmp_path / "x.pdf"))["what"]
            continue
        answer = face.ask("report", kind, "--plan", "西双版纳", "--out", str(tmp_path / f"{kind}.pdf"))
        assert answer["missing_glyphs"] == []
        assert len(PdfReader(tmp_path / f"{kind}.pdf").pages) == answer["pages"]
    tables = [entry["kind"] for entry in face.ask("export", "--kinds")["kinds"]]
    assert tables == [
        "monthly",
        "projects",
        "central",
        "lights",
        "indicators",
        "items",
        "chase",
        "findings",
        "receipt",
        "annual",
    ]
    answer = face.ask("export", "projects", "--plan", "玉溪", "--out", str(tmp_path / "p.xlsx"))
    assert answer["projects"] == 50
    assert (tmp_path / "p.xlsx").read_bytes().startswith(b"PK")


def test_one_file_for_each_county_goes_into_a_folder(face: Face, tmp_path: Path) -> None:
    answer = face.ask("report", "central", "--plan", "西双版纳", "--each", "county", "--out", str(tmp_path / "各县"))
    names = sorted(path.name for path in (tmp_path / "各县").iterdir())
    assert any(name.startswith("勐海县中央预算内投资汇总表20") for name in names)
    assert len(names) == len(answer["files"])


def test_a_changed_copy_of_an_exported_table_is_read_back(face: Face, tmp_path: Path) -> None:
    out = tmp_path / "项目.xlsx"
    face.ask("export", "projects", "--plan", "西双版纳", "--out", str(out))
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    heads = [str(cell.value).replace("\n", "") for cell in sheet[3]]
    row = next(line for line in sheet.iter_rows(min_row=4) if line[heads.index("项目名称")].value == CENTRE)
    row[heads.index("申请中央资金（万元）")].value = 250
    book.save(out)
    face.ask("import", str(out), "--plan", "西双版纳")
    assert face.project(CENTRE)["central_request"] == "250"
    assert len(face.ask("list", "projects")["projects"]) == 84
