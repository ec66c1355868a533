"""The monthly count: what the ledger holds on a day, in figures."""

import datetime as dt

from laoxiao_desktop.models.milestone import Milestone
from laoxiao_desktop.models.monthly_count import project_facts, summarise
from laoxiao_desktop.models.summary import PlanFact, Scope

DAY = dt.date(2024, 6, 30)
PLANS = (PlanFact("p1", "甲方案", "西双版纳州"), PlanFact("p2", "乙方案", "玉溪市"), PlanFact("p3", "丙方案", "文山州"))


def row(uid: str, plan: str, **values: object) -> dict[str, object]:
    return {"uid": uid, "plan": plan, "name": f"项目{uid}", "sector": "养老", "county": "532801", **values}


ROWS = [
    row("b", "p1", list_no=2, sector="托育", total_investment=65_670_000, central_request=50_000_000, places="80"),
    row("a", "p1", list_no=1, total_investment=360_000_000, central_request=288_000_000, beds="30+", build_kind="新建"),
    row("c", "p1", list_no=1, sector="托育", county="532823", total_investment=None, status="在建"),
    row("d", "p2", list_no=1, county="530426", total_investment=100_000_000, central_request=80_000_000, beds="10"),
]
STEPS = [
    {"project": "a", "uid": "3", "ord": 3, "name": "竣工", "planned": "2024-07"},
    {"project": "a", "uid": "1", "ord": 1, "name": "立项", "planned": "2024-01", "actual": "2024-02"},
    {"project": "a", "uid": "2", "ord": 2, "name": "开工", "planned": "2024-05-31"},
    {"project": "b", "uid": "4", "ord": 1, "name": "立项", "planned": "2024-06-29", "forecast": "2024-09-30"},
    {"project": "c", "uid": "5", "ord": 1, "name": "立项", "planned": "2024-06", "actual": "2024-06-10"},
]


def test_facts_come_in_the_order_of_the_lists() -> None:
    facts = project_facts(ROWS, STEPS)
    assert [fact.uid for fact in facts] == ["a", "c", "b", "d"]
    assert [step.name for step in facts[0].milestones] == ["立项", "开工", "竣工"]


def test_figures_are_sums_of_the_rows() -> None:
    summary = summarise(project_facts(ROWS, STEPS), PLANS, Scope("p1"), DAY)
    total = summary.total
    assert (total.count, total.total_investment, total.central_request, total.unpriced) == (
        3,
        425_670_000,
        338_000_000,
        1,
    )
    assert [(p.label, p.count, p.total_investment) for p in summary.sectors] == [
        ("养老", 1, 360_000_000),
        ("托育", 2, 65_670_000),
    ]
    assert [(p.label, p.count) for p in summary.counties] == [("景洪市", 2), ("勐腊县", 1)]
    assert [(p.label, p.count) for p in summary.build_kinds] == [("新建", 1), ("未填", 2)]
    assert summary.sectors[0].beds is not None
    assert summary.sectors[0].beds.show("张") == "30张以上"
    assert sum(part.total_investment for part in summary.counties) == total.total_investment


def test_lateness_follows_the_milestones() -> None:
    summary = summarise(project_facts(ROWS, STEPS), PLANS, Scope("p1"), DAY)
    assert [(s.project, s.step, s.days, s.light) for s in summary.late] == [
        ("项目a", "开工", 30, "黄"),
        ("项目b", "立项", 1, "红"),
    ]
    assert summary.late[1].slip == 93  # the unit itself expects three months
    assert [(s.step, s.days) for s in summary.due] == []
    assert [(s.project, s.step) for s in summary.reached] == [("项目c", "立项")]
    assert (summary.total.late, summary.total.late_projects, summary.total.done) == (2, 2, 2)


def test_a_step_is_due_for_thirty_days() -> None:
    summary = summarise(project_facts(ROWS, STEPS), PLANS, Scope("p1"), dt.date(2024, 7, 1))
    assert [(s.step, s.days) for s in summary.due] == [("竣工", 30)]


def test_what_was_reached_later_does_not_count_earlier() -> None:
    summary = summarise(project_facts(ROWS, STEPS), PLANS, Scope("p1"), dt.date(2024, 1, 31))
    assert summary.total.done == 0
    assert summary.reached == ()
    assert summary.late == ()


def test_a_scope_takes_its_own_projects_only() -> None:
    facts = project_facts(ROWS, STEPS)
    county = summarise(facts, PLANS, Scope(None, "530426"), DAY)
    assert (county.scope_name, county.is_county, county.total.count) == ("峨山县", True, 1)
    assert [plan.uid for plan in county.plans] == ["p2"]
    everything = summarise(facts, PLANS, Scope(), DAY)
    assert everything.total.count == 4
    assert [plan.uid for plan in everything.plans_without_projects] == ["p3"]
    assert summarise(facts, PLANS, Scope("p2"), DAY).scope_name == "玉溪市"


def test_last_month_is_counted_at_its_end() -> None:
    facts = project_facts(ROWS, STEPS)
    summary = summarise(facts, PLANS, Scope("p1"), DAY, previous=facts)
    assert summary.previous is not None
    assert (summary.previous.done, summary.total.done) == (1, 2)
    assert summary.previous_day == dt.date(2024, 5, 31)
    assert summarise(facts, PLANS, Scope("p1"), DAY).previous is None


def test_the_annex_line_names_the_worst_and_the_next_step() -> None:
    summary = summarise(project_facts(ROWS, STEPS), PLANS, Scope("p1"), DAY)
    line = summary.sections[0].lines[0]
    assert (line.done, line.late_step, line.late_days, line.next_step, line.next_day, line.light) == (
        1, "开工", 30, "竣工", "2024-07", "黄")  # fmt: skip
    assert [(section.sector, section.county) for section in summary.sections] == [
        ("养老", "景洪市"),
        ("托育", "景洪市"),
        ("托育", "勐腊县"),
    ]
    assert isinstance(line.fact.milestones[0], Milestone)
