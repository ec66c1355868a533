"""A ledger with a month that has everything a report tells of: money, milestones, lights, problems, indicators, lists."""

from pathlib import Path

from laoxiao_desktop.models.change import Person
from laoxiao_desktop.workspace import conflicts, funding, issues, lists, milestones, months, packages, plans, projects
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger

CLERK = Person("王芳", "西双版纳州发展和改革委员会")
MONTHS = ("2026-08", "2026-09", "2026-10")
WAN = 1_000_000
LONG = "新建综合养老服务中心一栋，框架结构四层，建筑面积5090.75平方米，设护理型床位80张；" * 50
PROJECTS = (
    ("养老", 1, "景洪市江北街道综合养老服务中心项目", "532801", "景洪市民政局", 360, 288, "2025-01/2026-12"),
    ("养老", 2, "景洪市嘎洒街道农村区域性养老服务中心（含老年人助餐点、日间照料中心和适老化改造示范点）建设项目", "532801", "景洪市民政局",
     1240.5, 900, "2025-06/2027-12"),
    ("养老", 3, "勐腊县㑇𬜬䶮敬老院提质改造项目R&D <b>", "532823", "勐腊县民政局、勐腊县发展和改革局", 65.67, 52.54, "2026/2027"),
    ("托育", 1, "景洪市东风托育综合服务中心项目", "532801", "景洪市卫生健康局", 280, 100, "2025/2026"),
    ("托育", 2, "勐腊县公办托育机构建设项目", "532823", "勐腊县卫生健康局", None, None, None),
)  # fmt: skip


def month_ledger(folder: Path) -> Ledger:
    """Five projects in two counties of one plan, three months told, the first two locked; 勐海县 has nothing."""
    ledger = ledgers.create(folder / "月.laoxiao", "西双版纳州台账", CLERK)
    plans.add(ledger, "西双版纳州“一老一小”整体解决方案", "西双版纳州")
    plan = plans.all_of(ledger)[0].uid
    uids = [_project(ledger, plan, *line) for line in PROJECTS]
    for uid in uids[:3]:
        milestones.start_from_template(ledger, uid)
    for code, day in (("M01", "2025-01-10"), ("M09", "2026-02-01"), ("M10", "2026-06-20")):
        milestones.edit_by_code(ledger, uids[0], code, {"actual": day})
    milestones.edit_by_code(ledger, uids[3], "M09", {"actual": "2026-03-15"})
    funding.add_allocation(ledger, uids[0], {"year": 2025, "amount": 288 * WAN, "doc_no": "西发改投资〔2025〕12号"})
    funding.set_line(ledger, uids[0], "县级财政", {"planned": 72 * WAN, "allocated": 72 * WAN, "arrived": 40 * WAN})
    funding.set_year_plan(ledger, uids[0], 2026, 200 * WAN)
    for number, month in enumerate(MONTHS, 1):
        months.open_month(ledger, month)
        first = {"cum_completed": 80 * WAN * number, "cum_arrived": 100 * WAN * number, "cum_paid": 60 * WAN * number}
        told = {"stage": "主体施工", "image_progress": f"完成{number}层砌筑", "next_step": "11月30日前完成封顶"}
        problem = {"problem": "消防设计审查未通过，需补正图纸。", "problem_kind": "前期手续"}
        months.set_fields(ledger, uids[0], month, {**first, **told})
        months.set_fields(
            ledger, uids[1], month, {"cum_completed": 10 * WAN, "cum_arrived": 0, "cum_paid": 0, **problem}
        )
        months.submit(ledger, month, [uids[0], uids[1]])
    issues.add(ledger, uids[1], {"text": "用地手续未办结", "owner": "岩某", "due_on": "2026-12-15", "kind": "用地"})
    issues.supervise(
        ledger, uids[1], "景洪市民政局", "尽快补正消防设计图纸并重新报审，同步办结用地手续。", "2026-12-20"
    )
    _lists(ledger, plan)
    return ledger


def with_package(folder: Path) -> Ledger:
    """The same after a copy of it was edited and came back as a package: one clash, one change that is merged."""
    ledger = month_ledger(folder)
    packages.give(ledger, folder / "去.lxp", to="勐腊县民政局")
    uids = {row.name: row.uid for row in months.grid(ledger, MONTHS[-1])}
    first, third = uids[PROJECTS[0][2]], uids[PROJECTS[2][2]]
    with packages.start_from(folder / "去.lxp", folder / "县.laoxiao", Person("岩温", "勐腊县民政局")) as copy:
        projects.edit(copy, third, {"remark": "屋面防水已完成，监理签认。"})
        projects.edit(copy, first, {"total_investment": 402 * WAN})  # later than the other side, whatever the sites are
        packages.give(copy, folder / "回.lxp", to="州发展改革委")
    projects.edit(ledger, first, {"total_investment": 380 * WAN})
    taken = packages.take(ledger, folder / "回.lxp")
    conflicts.resolve(ledger, taken.conflicts[0].id, taken.conflicts[0].sides[0].op)
    projects.edit(ledger, first, {"total_investment": 360 * WAN})
    return ledger


def _project(
    ledger: Ledger, plan: str, sector: str, no: int, name: str, county: str, unit: str,
    total: float | None, request: float | None, span: str | None,
) -> str:  # fmt: skip
    values = {
        "list_no": no, "sector": sector, "name": name, "county": county, "responsible_unit": unit, "span": span,
        "build_kind": "新建", "status": "在建" if total else "谋划", "content": LONG if no == 2 else "新建，床位30张以上。",
        "beds": "30+" if sector == "养老" else None, "places": None if sector == "养老" else "80",
        "total_investment": None if total is None else round(total * WAN),
        "central_request": None if request is None else round(request * WAN),
        "contact": "张三", "phone": "13800000000", "leader": "李副州长",
    }  # fmt: skip
    created = projects.add(ledger, plan, values).created
    assert created
    return created


def _lists(ledger: Ledger, plan: str) -> None:
    for number, (name, unit, target, value) in enumerate(
        (
            ("护理型床位占比", "%", "≥60", "61.5"),
            ("每千人口拥有3岁以下婴幼儿托位数", "个", ">4.6", "3.9"),
            ("居家社区养老服务覆盖", "—", "持续增加", "增加"),
            ("特殊困难老年人月探访率", "%", "100", ""),
        ),
        1,
    ):
        values = {
            "plan": plan, "sector": "养老" if number != 2 else "托育", "seq": number, "name": name, "unit": unit,
            "property": "约束性", "base_year": 2020, "base": "38.2", "responsible_unit": "州民政局、州卫生健康委",
        }  # fmt: skip
        change = lists.add(ledger, "indicator", values)
        assert change
        assert change.created
        lists.set_target(ledger, change.created, 2025, target)
        if value:
            told = {"indicator": change.created, "period": "2025", "value": value}
            lists.add(ledger, "indicator_value", told)
    for kind, name in (
        ("task", "健全基本养老服务清单"),
        ("task", "扩大普惠托育服务供给"),
        ("policy", "落实用地保障政策"),
    ):
        values = {
            "plan": plan, "kind": kind, "no": 1, "name": name, "group": "制度建设", "measure": "制定实施方案。" * 12,
            "expected": "2025年底前建成。", "responsible_unit": "州民政局", "state": "推进中",
        }  # fmt: skip
        change = lists.add(ledger, "list_item", values)
        assert change
        assert change.created
    lists.add(ledger, "progress_note", {"item": change.created, "noted_on": "2026-10-08", "text": "已印发实施方案。"})
