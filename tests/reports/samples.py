"""A month of three counties, as values: what the report tests print."""

import datetime as dt

from laoxiao_desktop.models.milestone import Milestone
from laoxiao_desktop.models.monthly_count import summarise
from laoxiao_desktop.models.summary import IssueFact, MonthlySummary, PlanFact, ProjectFact, Scope

DAY = dt.date(2024, 6, 30)
PLAN = PlanFact(
    "p1", "西双版纳州“一老一小”整体解决方案", "西双版纳州", "西政发〔2023〕8号", "西双版纳州人民政府", "2023-05-30"
)
STEPS = (
    Milestone("s1", "M01", "立项", planned="2023-01", actual="2023-01"),
    Milestone("s2", "M09", "开工", planned="2024-01"),
    Milestone("s3", "M11", "主体封顶", planned="2024-06", actual="2024-06-20"),
    Milestone("s4", "M13", "竣工验收(含消防)", planned="2024-07-15"),
)
PROJECTS = (
    ProjectFact("a", "p1", 1, "养老", "景洪市江北街道综合养老服务中心项目", "532801", "新建", "在建", "2022/2023", 360_000_000,
                288_000_000, "30+", None, None, "景洪市民政局", STEPS),
    ProjectFact("b", "p1", 21, "养老", "勐腊县农村敬老院提质改造项目", "532823", "改扩建", "", "2021/2023", 65_670_000,
                52_540_000, None, None, None, "勐腊县民政局"),
    ProjectFact("c", "p1", 1, "托育", "景洪市㑇𬜬托育R&D中心 <img src=a.png> <b>", "532801", "新建", "", "2023/2025", 280_000_000,
                100_000_000, None, "80", None, "景洪市卫生健康局"),
)  # fmt: skip


def june(projects: tuple[ProjectFact, ...] = PROJECTS, **values: object) -> MonthlySummary:
    """The summary of the plan on 2024-06-30."""
    facts: dict[str, object] = {"office": "西双版纳州发展和改革委员会", "stamp": "3fa29c1b", **values}
    return summarise(projects, [PLAN], Scope("p1"), DAY, **facts)  # type: ignore[arg-type]


def many(count: int) -> tuple[ProjectFact, ...]:
    """`count` projects with milestones, alternating over two sectors and two counties."""
    made = []
    for number in range(count):
        kind = PROJECTS[number % 3]
        made.append(
            ProjectFact(f"m{number}", "p1", number + 1, kind.sector, f"{kind.name}{number}", kind.county, kind.build_kind,
                        "在建", kind.span, 1_000_000 * (number + 1), 500_000, kind.beds, kind.places, None,
                        kind.responsible_unit, STEPS)
        )  # fmt: skip
    return tuple(made)


ISSUE = IssueFact("勐腊县农村敬老院提质改造项目", "用地手续未办结", "李某", "2024-07-31")
