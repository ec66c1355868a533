"""Ledgers for tests: small ones by hand, large ones fast."""

import random
from pathlib import Path

from laoxiao_desktop.models.change import Person
from laoxiao_desktop.store import rows
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import plans, projects
from laoxiao_desktop.workspace.ledger import Ledger

CLERK = Person("王芳", "景洪市民政局")
TOWNS = ("江北街道", "嘎洒街道", "勐龙镇", "勐仑镇", "打洛镇", "小街镇", "大街街道", "漠沙镇")
COUNTIES = (
    ("532801", "景洪市"),
    ("532822", "勐海县"),
    ("532823", "勐腊县"),
    ("530402", "红塔区"),
    ("530426", "峨山县"),
)


def new_ledger(folder: Path, name: str = "测试台账") -> Ledger:
    """An empty ledger with one plan."""
    ledger = ledgers.create(folder / f"{name}.laoxiao", name, CLERK)
    plans.add(ledger, "西双版纳州“一老一小”整体解决方案", "西双版纳州")
    return ledger


def plan_of(ledger: Ledger) -> str:
    """The uid of the first plan."""
    return plans.all_of(ledger)[0].uid


def add_project(ledger: Ledger, name: str = "景洪市江北街道综合养老服务中心项目", **values: str | int | None) -> str:
    """The uid of a new project in the first plan."""
    filled: dict[str, str | int | None] = {
        "sector": "养老",
        "build_kind": "新建",
        "span": "2022/2023",
        "county": "532801",
        "place": "景洪市江北街道",
        "total_investment": 360_000_000,
        "central_request": 288_000_000,
        "responsible_unit": "景洪市民政局",
        **values,
    }
    created = projects.add(ledger, plan_of(ledger), {"name": name, **filled}).created
    assert created
    return created


def many_projects(ledger: Ledger, count: int, seed: int = 1) -> None:
    """`count` projects that look like the published ones, as one change; about 0.5 ms each."""
    chance = random.Random(seed)
    plan = plan_of(ledger)
    with ledger.change(f"造 {count} 个项目"):
        for number in range(1, count + 1):
            code, county = chance.choice(COUNTIES)
            town, sector = chance.choice(TOWNS), chance.choice(("养老", "托育"))
            investment = chance.randrange(65, 10_000) * 1_000_000
            first = chance.randrange(2021, 2025)
            kind = "综合养老服务中心" if sector == "养老" else "托育服务中心"
            rows.insert(
                ledger.connection,
                "project",
                {
                    "plan": plan,
                    "list_no": number,
                    "sector": sector,
                    "name": f"{county}{town}{kind}{number}项目",
                    "build_kind": chance.choice(("新建", "改建", "扩建", "改扩建")),
                    "status": chance.choice(("谋划", "前期", "在建", "完工")),
                    "span": f"{first}/{first + 2}",
                    "county": code,
                    "place": county + town,
                    "content": f"建设1个{kind}，床位设置{chance.randrange(5, 200)}张以上，建筑面积{investment // 10**6}平方米。",
                    "total_investment": investment,
                    "central_request": investment * 8 // 10,
                    "responsible_unit": f"{county}{'民政局' if sector == '养老' else '卫生健康局'}",
                },
            )
