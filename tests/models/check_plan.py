"""Plans for the check-up's tests, made of a few rows that keep every rule unless a test breaks one."""

import json
from collections.abc import Mapping, Sequence

from laoxiao_desktop.models.check import check
from laoxiao_desktop.models.check_rows import PlanRows, Row, indicator_row, project_row
from laoxiao_desktop.models.finding import Finding

Values = Mapping[str, str | int | None]
WAN = 1_000_000


def project(no: int, **values: str | int | None) -> dict[str, str | int | None]:
    """A project of 勐海县 that no rule finds fault with; money in 万元."""
    town = ("勐满镇", "打洛镇", "勐混镇", "勐遮镇", "布朗山乡", "西定乡")[no % 6]
    filled: dict[str, str | int | None] = {
        "uid": f"p{no}",
        "sector": "养老",
        "list_no": no,
        "name": f"勐海县{town}农村区域性养老服务中心项目",
        "build_kind": "新建",
        "span": "2023/2025",
        "county": "532822",
        "place": f"勐海县{town}",
        "content": "建设1个农村区域性养老服务中心，集提供特困人员集中供养服务为一体，床位设置30张以上。",
        "total_investment": 480,
        "central_request": 384,
        "responsible_unit": "勐海县民政局",
        **values,
    }
    for name in ("total_investment", "central_request"):
        amount = filled[name]
        filled[name] = int(amount * WAN) if isinstance(amount, int | float) else None
    return filled


def published(row: Values, *names: str) -> dict[str, str | int | None]:
    """The row with these values published as they are."""
    texts = {name: {"text": _text(row[name]), "lines": [10, 11]} for name in names}
    return {**row, "published": json.dumps(texts)}


def indicator(seq: int | None, name: str, target: str, **values: str | int | None) -> tuple[Row, dict[int, str]]:
    """An indicator of the table (of the text without seq) with its target for 2025."""
    filled: dict[str, str | int | None] = {
        "uid": f"i{seq or name}{target}",
        "sector": "养老",
        "seq": seq,
        "name": name,
        "unit": "%",
        "source": "table" if seq is not None else "prose",
        "responsible_unit": "州民政局" if seq is not None else None,
        **values,
    }
    return filled, {2025: target}


def plan(
    projects: Sequence[Values] = (),
    indicators: Sequence[tuple[Row, Mapping[int, str]]] = (),
    *,
    region: str = "西双版纳州",
    issued_on: str = "2023-05-30",
    **others: Sequence[Values],
) -> PlanRows:
    """A plan of these rows."""
    return PlanRows(
        uid="plan",
        title=f"{region}“一老一小”整体解决方案",
        region=region,
        issued_on=issued_on,
        start_year=2021,
        end_year=2025,
        projects=tuple(map(project_row, projects)),
        indicators=tuple(indicator_row(row, targets) for row, targets in indicators),
        totals=tuple(others.get("totals", ())),
        goals=tuple(others.get("goals", ())),
        items=tuple(others.get("items", ())),
        annexes=tuple(others.get("annexes", ())),
    )


def codes(plan_rows: PlanRows) -> set[str]:
    """The rules that found something."""
    return {finding.code for finding in check(plan_rows)}


def only(plan_rows: PlanRows, code: str) -> Finding:
    """The one finding of a rule."""
    found = [finding for finding in check(plan_rows) if finding.code == code]
    assert len(found) == 1, [finding.message for finding in found]
    return found[0]


def _text(value: str | int | None) -> str:
    return f"{value / WAN:g}" if isinstance(value, int) else str(value or "")
