"""A ledger with two months behind it, for tests of 总览 and 进度图: six projects in three counties, by hand."""

from pathlib import Path

from laoxiao_desktop.models.query import Query
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.workspace import funding, milestones, months, projects
from laoxiao_desktop.workspace.ledger import Ledger
from tests import builders

WAN = 1_000_000
ROWS: tuple[
    tuple[str, str, str, float, float | None, float | None], ...
] = (  # name, county, sector, 总投资, completed in May and in June; None: not reported
    ("景洪市江北街道综合养老服务中心项目", "532801", "养老", 360, 100, 180),
    ("景洪市嘎洒街道综合养老服务中心项目", "532801", "养老", 450, 45, 45),
    ("景洪东风金苹果音乐托幼中心", "532801", "托育", 280, 140, 210),
    ("勐海县打洛镇农村区域性养老服务中心项目", "532822", "养老", 270, 27, 30),
    ("勐海县城乡社区日间照料中心项目", "532822", "养老", 2000, 800, 1000),
    ("勐腊县农村敬老院提质改造项目", "532823", "养老", 65.67, 60, None),
)


def build(folder: Path, *, with_months: bool = True) -> Ledger:
    """The ledger, open; with milestones for the first two projects, and May and June 2024 reported."""
    ledger = builders.new_ledger(folder)
    uids = [
        builders.add_project(
            ledger,
            name,
            county=county,
            sector=sector,
            place=name[:3],
            span="2023/2025",
            total_investment=round(total * WAN),
            central_request=round(total * WAN * 8 / 10),
        )
        for name, county, sector, total, _, _ in ROWS
    ]
    for uid in uids[:2]:
        milestones.start_from_template(ledger, uid)
        for code, day in (("M01", "2023-01"), ("M09", "2024-02-20")):
            milestones.edit_by_code(ledger, uid, code, {"actual": day})
    if with_months:
        for month, place in (("2024-05", 4), ("2024-06", 5)):
            months.open_month(ledger, month)
            block = [
                (
                    uid,
                    {
                        "cum_completed": round(amount * WAN),
                        "cum_arrived": round(amount * WAN),
                        "cum_paid": round(amount * WAN / 2),
                    },
                )
                for uid, *row in zip(uids, *zip(*ROWS, strict=True), strict=True)
                for amount in [row[place]]
                if isinstance(amount, int | float)
            ]
            months.set_block(ledger, month, block)
            months.submit(ledger, month, [uid for uid, _ in block])
        funding.set_line(ledger, uids[0], "中央预算内投资", {"planned": 288 * WAN, "allocated": 288 * WAN})
    return ledger


def uid_of(ledger: Ledger, name: str) -> str:
    """The project whose name begins so."""
    found = ledger.connection.execute(
        "SELECT uid FROM project WHERE deleted = 0 AND name LIKE ? || '%'", (name,)
    ).fetchone()
    return str(found[0])


def shown(place: ProjectsPlace) -> set[str]:
    """The names of the projects that 项目 shows."""
    rows = place.table.rows
    names = projects.rows_of(place._session.ledger, list(rows.ids), ("name",))
    return {str(row[2]) for row in names}


def names_of(ledger: Ledger, query: Query) -> set[str]:
    """The names a question finds."""
    found = projects.find(ledger, query)
    ids: list[int] = list(found.ids)  # type: ignore[call-overload]  # an array of numbers
    return {str(row[2]) for row in projects.rows_of(ledger, ids, ("name",))}
