"""What the columns of a file can be read as: the words a person chooses from, and the field of the ledger behind each."""

import re
from collections.abc import Mapping
from typing import Final

from laoxiao_desktop.models.dictionary import TABLES, field_of
from laoxiao_desktop.models.imports import TARGET

MONEY: Final = frozenset({"total_investment", "central_request"})
UNITS: Final = ("万元", "元", "亿元")
NOT_READ: Final = "不读"
NO_UNIT: Final = "单位？"

_TITLES: Final[Mapping[str, str]] = {
    "seq": "序号",
    "category": "类别",
    "name": "名称",
    "code": "项目代码",
    "type": "项目类型",
    "period": "建设期限",
    "start": "开工年月",
    "end": "完工年月",
    "county": "县市区",
    "place": "建设地点",
    "content": "建设内容",
    "total_investment": "总投资",
    "central_request": "申请中央",
    "unit": "责任单位",
    "owner": "业主单位",
    "lead": "牵头单位",
    "support": "配合单位",
    "measure_unit": "计量单位",
    "base": "基期值",
    "target": "目标值",
    "property": "指标属性",
    "measure": "主要措施",
    "expected": "预期成效",
    "remark": "备注",
}
_PROJECT: Final = (
    "seq", "category", "name", "code", "type", "period", "start", "end", "county", "place", "content",
    "total_investment", "central_request", "unit", "owner", "lead", "support", "beds", "nursing_beds", "places",
    "inclusive_places", "floor_area_m2", "sites", "households", "status", "leader", "contact", "phone", "remark",
)  # fmt: skip
_INDICATOR: Final = ("seq", "category", "name", "measure_unit", "base", "target", "property", "unit")
_ITEM: Final = ("seq", "category", "name", "measure", "expected", "unit", "lead", "support")
_ALL: Final = tuple(dict.fromkeys((*_PROJECT, *_INDICATOR, *_ITEM)))

_FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "project": {
        "seq": "list_no", "category": "sector", "code": "project_code", "period": "span", "start": "span",
        "end": "span", "unit": "responsible_unit", "lead": "lead_units", "support": "support_units",
    },
    "indicator": {"category": "sector", "measure_unit": "unit", "unit": "responsible_unit"},
    "goal": {"measure_unit": "unit"},
    "list_item": {
        "seq": "no", "category": "group", "unit": "responsible_unit", "lead": "lead_units", "support": "support_units",
    },
}  # fmt: skip
_KNOWN: Final = {table: frozenset(field.name for field in TABLES[table]) for table in _FIELDS}
_YEAR: Final = re.compile(r"20\d\d")


def roles_for(subject: str | None) -> tuple[str, ...]:
    """The roles that a table of this subject offers; all of them while the subject is not known."""
    match subject:
        case "project":
            return _PROJECT
        case "indicator" | "goal":
            return _INDICATOR
        case None:
            return _ALL
        case _:
            return _ITEM


def title_of(role: str | None, subject: str | None = None) -> str:
    """A role in words."""
    if role is None:
        return NOT_READ
    if role == "name" and subject == "project":
        return "项目名称"
    if role == "name" and subject == "indicator":
        return "指标名称"
    return _TITLES.get(role) or field_of("project", role).label


def table_of(subject: str | None) -> str:
    """The table of the ledger that the rows of a subject go to."""
    return subject if subject in ("project", "indicator", "goal") else "list_item"


def fields_of(table: str, role: str | None, header: str) -> tuple[str, ...]:
    """The fields of the ledger that a column says something of, the likeliest first."""
    if role is None:
        return ()
    if role == "type":
        return ("facility_type", "build_kind") if table == "project" else ("property",)
    if role == "target":
        year = _YEAR.search(header)
        return (TARGET + year[0],) if year else ("target",)
    name = _FIELDS[table].get(role, role)
    return (name,) if name in _KNOWN[table] else ()
