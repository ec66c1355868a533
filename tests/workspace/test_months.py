"""The month at the desk: opening and locking, filling, reporting, and that nothing passes a lock."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models.lights import PRESETS
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.store import rows
from laoxiao_desktop.workspace import (
    chase,
    funding,
    history,
    lights,
    milestones,
    months,
    overview,
    projects,
    report_facts,
    safety,
    sites,
)
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import add_project, new_ledger, plan_of
from tests.moments import at

WAN = 1_000_000


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    at(monkeypatch, "2024-06-03")
    with new_ledger(tmp_path) as made:
        yield made


def filled(ledger: Ledger, month: str = "2024-05", completed: int = 100) -> str:
    uid = add_project(ledger, span="2024/2025", status="在建")
    months.open_month(ledger, month)
    amounts = {"cum_completed": completed * WAN, "cum_arrived": 120 * WAN, "cum_paid": 90 * WAN}
    months.set_fields(ledger, uid, month, {**amounts, "image_progress": "一层砌筑完成"})
    return uid


def row(ledger: Ledger, uid: str, month: str) -> months.MonthRow:
    found = months.row_of(ledger, month, uid)
    assert found is not None
    return found


def test_a_report_goes_from_draft_to_approved_and_back(ledger: Ledger) -> None:
    uid = filled(ledger)
    assert row(ledger, uid, "2024-05").state == "草稿"
    with pytest.raises(UserError, match="还没有上报"):
        months.approve(ledger, "2024-05", [uid])
    months.submit(ledger, "2024-05", [uid])
    assert chase.chase(ledger, "2024-05").units == ()
    months.approve(ledger, "2024-05", [uid])
    with pytest.raises(UserError, match=r"已审核.*先退回"):
        months.set_fields(ledger, uid, "2024-05", {"cum_paid": 95 * WAN})
    with pytest.raises(FieldError, match="理由"):
        months.send_back(ledger, "2024-05", [uid], " ")
    months.send_back(ledger, "2024-05", [uid], "支付数与凭证不符")
    now = row(ledger, uid, "2024-05").now
    assert now is not None
    assert (now.state, now.return_reason, now.reporter) == ("退回", "支付数与凭证不符", "王芳")
    months.set_fields(ledger, uid, "2024-05", {"cum_paid": 95 * WAN})
    assert row(ledger, uid, "2024-05").state == "草稿"
    states = [line.new for line in months.trail(ledger, uid, "2024-05") if line.field == "state"]
    assert states == ["草稿", "退回", "已审", "已报", "草稿"]


def test_figures_are_carried_beside_the_empty_column(ledger: Ledger) -> None:
    uid = filled(ledger)
    months.open_month(ledger, "2024-06")
    line = row(ledger, uid, "2024-06")
    assert (line.now, line.month_completed, line.standing("cum_completed")) == (None, None, 100 * WAN)
    assert line.before is not None
    assert (line.before.cum_paid, line.before.image_progress) == (90 * WAN, "一层砌筑完成")
    months.set_fields(ledger, uid, "2024-06", {"cum_completed": 130 * WAN})
    line = row(ledger, uid, "2024-06")
    assert (line.month_completed, line.year_completed, line.standing("cum_paid")) == (30 * WAN, 130 * WAN, 90 * WAN)
    months.no_change(ledger, "2024-06", [uid])
    line = row(ledger, uid, "2024-06")
    assert (line.month_completed, line.month_paid) == (30 * WAN, 0)


def test_a_fall_is_refused_in_the_grid_in_a_block_and_in_words(ledger: Ledger) -> None:
    uid = filled(ledger)
    months.open_month(ledger, "2024-06")
    other = add_project(ledger, "另一个项目")
    fall = {"cum_completed": 90 * WAN}
    with pytest.raises(FieldError, match=r"少 10 万元.*更正说明") as refused:
        months.set_fields(ledger, uid, "2024-06", fall)
    assert refused.value.field == "cum_completed"
    with pytest.raises(FieldError):
        months.set_block(ledger, "2024-06", [(other, {"cum_completed": WAN}), (uid, fall)])
    assert row(ledger, other, "2024-06").now is None
    months.set_fields(ledger, uid, "2024-06", {**fall, "correction": "上月多计一笔"})
    assert row(ledger, uid, "2024-06").month_completed == -10 * WAN


def test_opening_a_month_locks_the_one_before(ledger: Ledger) -> None:
    filled(ledger)
    months.open_month(ledger, "2024-06")
    assert [(line.month, line.is_locked, line.due_on) for line in months.months(ledger)] == [
        ("2024-06", False, "2024-07-05"),
        ("2024-05", True, "2024-06-05"),
    ]
    with pytest.raises(UserError, match="已经开启"):
        months.open_month(ledger, "2024-06")
    with pytest.raises(UserError, match="更早"):
        months.open_month(ledger, "2024-04")
    with pytest.raises(UserError, match="还没有到"):
        months.open_month(ledger, "2024-09")
    with pytest.raises(UserError, match="不是月份"):
        months.open_month(ledger, "2024-13")


def test_no_path_changes_a_locked_month(ledger: Ledger) -> None:
    uid = filled(ledger)
    months.submit(ledger, "2024-05", [uid])
    months.open_month(ledger, "2024-06")
    report = row(ledger, uid, "2024-05").now
    assert report is not None
    assert report.state == "锁定"
    for attempt in (
        lambda: months.set_fields(ledger, uid, "2024-05", {"cum_paid": 95 * WAN}),
        lambda: months.no_change(ledger, "2024-05", [uid]),
        lambda: months.submit(ledger, "2024-05", [uid]),
        lambda: months.approve(ledger, "2024-05", [uid]),
        lambda: months.send_back(ledger, "2024-05", [uid], "理由"),
        lambda: months.set_due_on(ledger, "2024-05", "2024-06-08"),
        lambda: history.undo(ledger),
    ):
        with pytest.raises(UserError, match="已经锁定"):
            attempt()
    month = str(next(rows.select(ledger.connection, "month", "month = '2024-05'"))["uid"])  # type: ignore[call-overload]
    light = str(next(rows.select(ledger.connection, "month_light"))["uid"])  # type: ignore[call-overload]
    for table, row_uid, values in (
        ("monthly_report", str(report.uid), {"cum_paid": 0}),
        ("monthly_report", str(report.uid), {"deleted": 1}),
        ("monthly_report", str(report.uid), {"month": "2024-06"}),
        ("month_light", light, {"light": "绿"}),
        ("month", month, {"is_locked": None}),
        ("month", month, {"deleted": 1}),
        ("month", month, {"month": "2024-04"}),
    ):
        with pytest.raises(UserError, match="已经锁定"), ledger.change("绕过"):
            rows.update(ledger.connection, table, row_uid, values)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="已经锁定"), ledger.change("绕过"):
        rows.insert(ledger.connection, "monthly_report", {"project": uid, "month": "2024-05", "cum_paid": 1})
    with pytest.raises(sqlite3.IntegrityError, match="month is closed"):
        ledger.connection.execute("UPDATE monthly_report SET cum_paid = 0")
    assert safety.verify(ledger).is_sound


def test_only_the_last_lock_opens_again_and_with_a_reason(ledger: Ledger) -> None:
    uid = filled(ledger, "2024-04")
    months.open_month(ledger, "2024-05")
    months.open_month(ledger, "2024-06")
    with pytest.raises(UserError, match="只能解锁2024年5月"):
        months.unlock(ledger, "2024-04", "更正")
    with pytest.raises(FieldError, match="理由"):
        months.unlock(ledger, "2024-05", "")
    with pytest.raises(UserError, match="没有锁定"):
        months.unlock(ledger, "2024-06", "更正")
    months.unlock(ledger, "2024-05", "支付凭证补报")
    assert months.months(ledger)[1].unlock_reason == "支付凭证补报"
    months.set_fields(ledger, uid, "2024-06", {"cum_completed": 130 * WAN})
    with pytest.raises(FieldError, match="多于2024年6月"):
        months.set_fields(ledger, uid, "2024-05", {"cum_completed": 131 * WAN})
    months.set_fields(ledger, uid, "2024-05", {"cum_completed": 110 * WAN})
    assert len(lights.history(ledger, uid)) == 1
    months.lock(ledger, "2024-05")
    assert [month for month, _ in lights.history(ledger, uid)] == ["2024-04", "2024-05"]


def test_what_keeps_a_report_back_is_named(ledger: Ledger) -> None:
    uid = filled(ledger)
    other = add_project(ledger, "没有填的项目")
    with pytest.raises(UserError, match=r"没有填的项目.*还没有填累计数"):
        months.submit(ledger, "2024-05", [uid, other])
    assert row(ledger, uid, "2024-05").state == "草稿"
    milestones.start_from_template(ledger, uid)
    months.set_fields(ledger, uid, "2024-05", {"stage": "主体施工"})
    with pytest.raises(FieldError, match="“开工”没有实际日期"):
        months.submit(ledger, "2024-05", [uid])
    milestones.edit_by_code(ledger, uid, "M09", {"actual": "2024-02-20"})
    months.submit(ledger, "2024-05", [uid])
    with pytest.raises(FieldError, match="形象进度的选项"):
        months.set_fields(ledger, uid, "2024-05", {"stage": "快好了"})


def test_the_lights_of_a_locked_month_stay_as_they_were(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = filled(ledger, completed=10)
    months.open_month(ledger, "2024-06")
    kept = lights.of(ledger, "2024-05")[uid]
    assert (kept.colour, kept.rule) == ("黄", "投资进度")
    lights.set_thresholds(ledger, PRESETS["B"])
    assert lights.of(ledger, "2024-05")[uid] == kept
    assert lights.of(ledger, "2024-06")[uid].colour == "红"
    lights.override(ledger, uid, "绿", "专班会议纪要〔2024〕3号", "2024-06-30")
    assert lights.of(ledger, "2024-06")[uid].is_override
    for light, reason, until in (("蓝", "x", "2024-06-30"), ("绿", "", "2024-06-30"), ("绿", "x", "2024-06-02")):
        with pytest.raises(FieldError):
            lights.override(ledger, uid, light, reason, until)
    at(monkeypatch, "2024-07-01")
    assert not lights.of(ledger, "2024-06")[uid].is_override


def test_every_figure_leads_to_exactly_its_rows(ledger: Ledger) -> None:
    uid = filled(ledger, completed=10)
    months.submit(ledger, "2024-05", [uid])
    bundled = add_project(ledger, "25个日间照料中心项目", county="532822", span="2024/2026")
    sites.add_many(ledger, bundled, [{"name": "一村", "beds": "10"}, {"name": "二村", "beds": "5-10"}])
    for site in sites.of(ledger, bundled):
        sites.edit(ledger, site.uid, {"started_on": "2024-03-01", "finished_on": "2024-04", "opened_on": "2024-05-06"})
    add_project(ledger, "没有动的项目", sector="托育", county="", span="2025/2026")
    found = overview.overview(ledger)
    figures = found.figures
    assert (figures.projects, figures.started, figures.finished, figures.opened) == (3, 2, 1, 1)
    assert (figures.missing, figures.reported) == (2, 1)
    for name in ("projects", "started", "finished", "opened", "missing", "reported", "red", "yellow", "green", "unlit"):
        assert projects.find(ledger, found.query(name)).sums.count == getattr(figures, name), name
    for line in found.by_county:
        reached = projects.find(ledger, found.query(county=line.key))
        assert (reached.sums.count, reached.sums.total_investment) == (
            line.figures.projects,
            line.figures.total_investment,
        )
    assert sum((line.figures for line in found.by_sector), overview.Figures()) == figures
    beds = found.capacities[0]
    assert beds.opened is not None
    assert (beds.opened.stored, beds.opened_projects) == ("15-20", 1)
    assert projects.choices(ledger, "started") == [("1", "已开工", 2), ("0", "未开工", 1)]
    assert projects.find(ledger, Query(conditions=(("uids", (uid,)),))).sums.count == 1
    assert overview.overview(ledger, Scope(plan_of(ledger), "532822")).figures.projects == 1


def test_a_locked_month_prints_the_same_for_good(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = filled(ledger)
    months.submit(ledger, "2024-05", [uid])
    months.open_month(ledger, "2024-06")
    first = report_facts.monthly(ledger, Scope(), clock.today(), "2024-05")
    assert first.month is not None
    assert (first.month.figures.completed, first.month.is_locked) == (100 * WAN, True)
    at(monkeypatch, "2024-07-09")
    projects.edit(ledger, uid, {"total_investment": 400 * WAN, "name": "改了名字的项目"})
    months.set_fields(ledger, uid, "2024-06", {"cum_completed": 130 * WAN})
    assert report_facts.monthly(ledger, Scope(), clock.today(), "2024-05") == first
    june = report_facts.monthly(ledger, Scope(), clock.today(), "2024-06")
    assert june.month is not None
    assert june.month.figures == overview.overview(ledger, month="2024-06").figures
    assert june.total.completed == 130 * WAN


def test_the_month_before_is_compared_with_as_it_was_signed(ledger: Ledger) -> None:
    uid = filled(ledger)
    steps = milestones.start_from_template(ledger, uid)
    assert steps
    may: dict[str, str | int | None] = {"year": 2024, "amount": 50 * WAN, "allocated_on": "2024-05-10"}
    funding.add_allocation(ledger, uid, may)
    months.open_month(ledger, "2024-06")  # locks May
    signed = overview.overview(ledger, Scope(), "2024-06").previous
    paper = report_facts.monthly(ledger, Scope(), clock.today(), "2024-05")
    assert signed is not None
    assert signed.allocated == 50 * WAN
    funding.add_allocation(ledger, uid, {**may, "amount": 30 * WAN})
    milestones.edit_by_code(ledger, uid, "M01", {"actual": "2024-05-20"})
    projects.edit(ledger, uid, {"total_investment": 400 * WAN})
    add_project(ledger, "后来录入的项目")
    june = overview.overview(ledger, Scope(), "2024-06")
    assert (june.figures.allocated, june.figures.projects) == (80 * WAN, 2)
    assert june.previous == signed
    assert [one.project for one in june.previous_missing] == [uid]
    told = report_facts.monthly(ledger, Scope(), clock.today(), "2024-06")
    assert told.month is not None
    assert paper.month is not None
    assert told.month.previous == paper.month.figures == signed
    assert told.previous is not None
    assert (told.total.done, told.previous.done) == (1, 0)
    months.open_month(ledger, "2024-07")  # locks June: its paper keeps the comparison, whatever is done to May later
    june_paper = report_facts.monthly(ledger, Scope(), clock.today(), "2024-06")
    assert june_paper.month is not None
    assert june_paper.month.previous == signed
    funding.add_allocation(ledger, uid, {**may, "amount": 7 * WAN})
    assert report_facts.monthly(ledger, Scope(), clock.today(), "2024-06") == june_paper
    for month in ("2024-06", "2024-05"):
        months.unlock(ledger, month, "补录下达")
    june = overview.overview(ledger, Scope(), "2024-06")
    assert june.previous is not None
    assert june.previous.allocated == 87 * WAN
