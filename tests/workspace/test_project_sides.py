"""Money by source, problems and orders, attachments, baselines, sites and reminders at the desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.workspace import (
    attachments,
    baselines,
    funding,
    history,
    issues,
    lights,
    milestones,
    months,
    overview,
    projects,
    reminders,
    sites,
)
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import add_project, new_ledger
from tests.moments import at

WAN = 1_000_000
CENTRAL = "中央预算内投资"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    at(monkeypatch, "2024-06-03")
    with new_ledger(tmp_path) as made:
        yield made


def test_sources_add_up_with_central_money_apart(ledger: Ledger) -> None:
    uid = add_project(ledger)
    funding.set_line(ledger, uid, "县级财政", {"planned": 72 * WAN, "allocated": 60 * WAN, "arrived": 30 * WAN})
    funding.set_line(
        ledger, uid, CENTRAL, {"planned": 288 * WAN, "arrived": 150 * WAN, "completed": 100 * WAN, "paid": 80 * WAN}
    )
    funding.add_allocation(
        ledger, uid, {"year": 2023, "batch": "第一批", "doc_no": "云发改〔2023〕1号", "amount": 120 * WAN}
    )
    funding.add_allocation(ledger, uid, {"allocated_on": "2024-03-18", "amount": 80 * WAN})
    whole, central = funding.sums(ledger, uid)
    assert [line.source for line in funding.of(ledger, uid)] == [CENTRAL, "县级财政"]
    assert (whole.planned, whole.allocated, whole.arrived) == (360 * WAN, 260 * WAN, 180 * WAN)
    assert (central.allocated, central.arrived_rate.as_json, central.paid_rate.as_json) == (
        200 * WAN,
        "0.7500",
        "0.8000",
    )
    assert central.paid_of_allocated.as_json == "0.4000"
    assert funding.check(ledger, uid) == []
    figures = overview.overview(ledger).figures
    assert (figures.allocated, figures.central_allocated, figures.arrived) == (260 * WAN, 200 * WAN, 180 * WAN)
    assert figures.arrived_rate.as_json == "0.6923"
    with pytest.raises(FieldError, match="下达记录的合计 200 万元"):
        funding.set_line(ledger, uid, CENTRAL, {"allocated": 210 * WAN})
    with pytest.raises(UserError, match="已经登记过"):
        funding.add_allocation(
            ledger, uid, {"year": 2023, "batch": "第一批", "doc_no": "云发改〔2023〕1号", "amount": 120 * WAN}
        )
    with pytest.raises(FieldError, match="没有资金来源"):
        funding.set_line(ledger, uid, "捐赠", {"planned": 1})
    with pytest.raises(FieldError, match="下达金额"):
        funding.add_allocation(ledger, uid, {"year": 2024})


def test_money_that_does_not_fit_is_told(ledger: Ledger) -> None:
    uid = add_project(ledger)
    funding.set_line(
        ledger, uid, CENTRAL, {"planned": 300 * WAN, "allocated": 100 * WAN, "arrived": 120 * WAN, "paid": 130 * WAN}
    )
    assert [problem.field for problem in funding.check(ledger, uid)] == ["planned", "arrived", "paid"]


def test_a_plan_of_the_year_gives_the_rate_of_the_year(ledger: Ledger) -> None:
    uid = add_project(ledger)
    funding.set_year_plan(ledger, uid, 2024, 200 * WAN)
    months.open_month(ledger, "2023-12")
    months.set_fields(ledger, uid, "2023-12", {"cum_completed": 60 * WAN})
    months.open_month(ledger, "2024-05")
    months.set_fields(ledger, uid, "2024-05", {"cum_completed": 110 * WAN})
    row = months.row_of(ledger, "2024-05", uid)
    assert row is not None
    assert (row.year_completed, row.year_rate.as_json) == (50 * WAN, "0.2500")
    assert overview.overview(ledger).figures.year_rate.as_json == "0.2500"
    funding.set_year_plan(ledger, uid, 2024, None)
    assert overview.overview(ledger).figures.year_rate.as_json is None
    history.undo(ledger)
    assert [plan.amount for plan in funding.year_plans(ledger, uid)] == [200 * WAN]


def test_a_problem_is_raised_cleared_and_chased(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = add_project(ledger)
    made = issues.add(ledger, uid, {"text": "用地手续未办结", "owner": "李某", "due_on": "2024-06-30"})
    assert made is not None
    assert made.created
    with pytest.raises(FieldError, match="问题还没有写"):
        issues.add(ledger, uid, {"text": " "})
    order = issues.supervise(ledger, uid, "景洪市自然资源局", "6月底前办结用地手续", "2024-06-25")
    assert order is not None
    assert order.created
    assert issues.supervisions(ledger, uid)[0].no == "督办〔2024〕1号"
    issues.supervise(ledger, uid, "景洪市民政局", "报送整改方案", "2024-06-20")
    assert issues.supervisions(ledger)[0].no == "督办〔2024〕2号"
    with pytest.raises(UserError, match="没有回复"):
        issues.close_supervision(ledger, order.created)
    at(monkeypatch, "2024-07-02")
    kinds = {one.kind: one for one in reminders.reminders(ledger, clock.today())}
    assert kinds["issue"].text == "1 个问题已过办理时限没有销号"
    assert kinds["supervision"].count == 2
    issues.reply(ledger, order.created, "已取得用地批复")
    issues.close_supervision(ledger, order.created)
    issues.close(ledger, made.created)
    assert issues.of(ledger, uid, only_open=True) == []
    assert issues.of(ledger, uid)[0].closed_on == "2024-07-02"
    issues.edit(ledger, made.created, {"state": "办理中"})
    assert issues.of(ledger, uid)[0].closed_on is None


def test_an_attachment_is_kept_once_and_comes_back_whole(ledger: Ledger, tmp_path: Path) -> None:
    one, other = add_project(ledger), add_project(ledger, "另一个项目")
    photo = tmp_path / "工地.jpg"
    photo.write_bytes(b"\xff\xd8 a photo")
    made = attachments.add(ledger, one, photo, "照片", "二层砌筑", "2024-05-20")
    assert made is not None
    assert made.created
    attachments.add(ledger, other, photo.read_bytes(), "照片", file_name="同一张.jpg")
    assert ledger.connection.execute("SELECT count(*) FROM _blob").fetchone()[0] == 1
    assert attachments.content(ledger, made.created) == photo.read_bytes()
    with pytest.raises(UserError, match="内容相同"):
        attachments.add(ledger, one, photo, "照片")
    with pytest.raises(UserError, match="空文件"):
        attachments.add(ledger, one, b"", "批复")
    with pytest.raises(UserError, match="读不了"):
        attachments.add(ledger, one, tmp_path / "没有.pdf", "批复")
    attachments.add(ledger, one, b"\xff\xd8 another", "照片", taken_at="2024-06-02")
    before, now = attachments.photo_pair(ledger, one, "2024-06")
    assert (before is not None and before.caption, now is not None and now.taken_at) == ("二层砌筑", "2024-06-02")


def test_a_baseline_stands_and_the_slip_is_told_against_it(ledger: Ledger) -> None:
    uid = add_project(ledger, span="2024/2025")
    with pytest.raises(UserError, match="还没有里程碑"):
        baselines.keep(ledger, uid, "首次批准")
    milestones.start_from_template(ledger, uid)
    start = milestones.by_code(ledger, uid, "M09")
    milestones.edit(ledger, start.uid, {"planned": "2024-05-10"})
    with pytest.raises(FieldError, match="理由"):
        baselines.keep(ledger, uid, " ")
    baselines.keep(ledger, uid, "首次批准的计划", "西政发〔2024〕2号")
    milestones.edit(ledger, start.uid, {"planned": "2024-07-10"})
    (slip,) = (one for one in baselines.slips(ledger, uid) if one.milestone == start.uid)
    assert (slip.planned, slip.days) == ("2024-05-10", 61)
    baselines.keep(ledger, None, "因征地调整")
    assert [one.no for one in baselines.of(ledger, uid)] == [2, 1]
    assert baselines.of(ledger, uid)[1].planned[start.uid] == "2024-05-10"
    assert all((one.days or 0) <= 31 * 5 for one in baselines.slips(ledger, uid))


def test_sites_roll_up_to_their_project(ledger: Ledger) -> None:
    uid = add_project(ledger, "25个日间照料中心项目", span="2023/2024")
    sites.add_many(ledger, uid, [{"name": f"第{number}村", "beds": "5-10"} for number in range(1, 4)])
    first = sites.of(ledger, uid)[0]
    with pytest.raises(FieldError, match="还没有到"):
        sites.edit(ledger, first.uid, {"opened_on": "2024-07-01"})
    with pytest.raises(FieldError, match="早于开工"):
        sites.edit(ledger, first.uid, {"started_on": "2024-03", "finished_on": "2024-02"})
    sites.edit(ledger, first.uid, {"started_on": "2023-03", "finished_on": "2023-11", "opened_on": "2024-01-08"})
    rolled = sites.rolled_up(ledger, uid)
    assert (rolled.count, rolled.started, rolled.opened) == (3, 1, 1)
    assert rolled.beds is not None
    assert rolled.opened_beds is not None
    assert (rolled.beds.stored, rolled.opened_beds.stored) == ("15-30", "5-10")
    told = sites.lights(ledger, uid)
    assert told[first.uid] == ("绿", "已投用")
    assert [colour for colour, _ in told.values()] == ["绿", "黄", "黄"]
    sites.adopt(ledger, uid)
    record = projects.record(ledger, uid)
    assert record is not None
    assert (record.values["sites"], record.values["beds"]) == ("3", "15-30")


def test_what_waits_is_told_with_its_rows(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reminders.reminders(ledger, clock.today()) == []
    uid = add_project(ledger, span="2024/2025", status="在建")
    milestones.start_from_template(ledger, uid)
    months.open_month(ledger, "2024-05")
    lights.override(ledger, uid, "绿", "会议同意", "2024-06-08")
    found = {one.kind: one for one in reminders.reminders(ledger, clock.today())}
    assert found["missing"].text == "2024年5月月报还有 1 个项目没有报送（截止 2024.06.05，还有 2 天）"
    assert found["override"].count == 1
    assert found["overdue"].query is not None
    assert projects.find(ledger, found["overdue"].query).sums.count == 1
    at(monkeypatch, "2024-07-01")
    found = {one.kind: one for one in reminders.reminders(ledger, clock.today())}
    assert found["month"].month == "2024-06"
    assert (found["missing"].colour, "override" in found) == ("红", False)
