"""Rows of the ledger as JSON: the shape is a promise, a change of it stands in the CHANGELOG."""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from laoxiao_desktop.cli.frame import Json
from laoxiao_desktop.models.capacity import Capacity, plain, read_capacities
from laoxiao_desktop.models.milestone import Milestone, slip_days, state
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.region import short_name_of
from laoxiao_desktop.models.target import Target
from laoxiao_desktop.models.units import split_units

Row = Mapping[str, object]

CAPACITIES: Final = (
    "beds",
    "nursing_beds",
    "places",
    "inclusive_places",
    "floor_area_m2",
    "sites",
    "households",
)
PROJECT_COLUMNS: Final = (
    "plan_title",
    "list_title",
    "sector",
    "list_no",
    "name",
    "project_code",
    "build_kind",
    "facility_type",
    "status",
    "span",
    "county",
    "place",
    "content",
    "total_investment",
    "central_request",
    *CAPACITIES,
    "responsible_unit",
    "owner",
    "lead_units",
    "support_units",
    "supervising_unit",
    "leader",
    "remark",
    "published",
    "milestone_done",
    "milestone_count",
)


def project(row: Row) -> Json:
    """One project from its PROJECT_COLUMNS and uid.

    A capacity that nobody entered yet is the one that the content states; `proposed` names these fields.
    """
    published = json.loads(str(row["published"] or "{}"))
    kinds = ("facility_type", "build_kind") if "facility_type" in published else ("build_kind", "facility_type")
    start, _, end = _text(row["span"]).partition("/")
    read = read_capacities(_text(row["content"]))
    proposed = [field for field in CAPACITIES if not row[field] and field in read]
    entered = {field: Capacity.from_stored(_text(row[field])) for field in CAPACITIES if row[field]}
    sizes = {field: entered.get(field) or (read[field][0] if field in proposed else None) for field in CAPACITIES}
    return {
        "uid": row["uid"],
        "plan": row["plan_title"],
        "sector": row["sector"],
        "list_no": row["list_no"],
        "category": published.get("sector", {}).get("text") or None,
        "name": row["name"],
        "project_type": row[kinds[0]] or row[kinds[1]],
        "start": start or None,
        "end": end or None,
        "place": row["place"],
        "content": row["content"],
        "total_investment": money(row["total_investment"]),
        "central_request": money(row["central_request"]),
        "responsible_units": _units(row["responsible_unit"]),
        **{field: _amount(size) for field, size in sizes.items()},
        "proposed": proposed,
        "county": row["county"] or None,
        "county_name": short_name_of(_text(row["county"])) or None,
        "build_kind": row["build_kind"],
        "facility_type": row["facility_type"],
        "status": row["status"],
        "project_code": row["project_code"],
        "owner": row["owner"],
        "lead_units": _units(row["lead_units"]),
        "support_units": _units(row["support_units"]),
        "supervising_units": _units(row["supervising_unit"]),
        "leader": row["leader"],
        "remark": row["remark"],
        "list_title": row["list_title"],
        "milestones_done": row["milestone_done"],
        "milestones": row["milestone_count"],
    }


def indicator(row: Row) -> Json:
    """One indicator with its targets by year."""
    targets = row["targets"]
    by_year = targets if isinstance(targets, dict) else {}
    return {
        "uid": row["uid"],
        "plan": row["plan_title"],
        "sector": row["sector"],
        "seq": row["seq"],
        "name": row["name"],
        "unit": row["unit"],
        "base_year": row["base_year"],
        "base": row["base"],
        "targets": {str(year): _target(str(text)) for year, text in sorted(by_year.items())},
        "property": row["property"],
        "responsible_units": _units(row["responsible_unit"]),
        "source": row["source"],
        "restates": row["restates"],
        "quote": row["quote"],
        "list_title": row["list_title"],
    }


def goal(row: Row) -> Json:
    """One goal of a year."""
    target = Target.parse(_text(row["target"]))
    return {
        "uid": row["uid"],
        "plan": row["plan_title"],
        "year": row["year"],
        "name": row["name"],
        "op": target.op,
        "value": target.text if target.value is None else plain(target.value),
        "unit": row["unit"],
        "quote": row["quote"],
    }


def item(row: Row) -> Json:
    """One task, policy, element, platform, industry, reform, pilot or member."""
    return {
        "uid": row["uid"],
        "plan": row["plan_title"],
        "kind": row["kind"],
        "no": row["no"],
        "class": row["group"],
        "name": row["name"],
        "measure": row["measure"],
        "expected": row["expected"],
        "responsible_units": _units(row["responsible_unit"]),
        "lead_units": _units(row["lead_units"]),
        "support_units": _units(row["support_units"]),
        "state": row["state"],
        "list_title": row["list_title"],
    }


def milestone(step: Milestone, owner: Row, today: dt.date) -> Json:
    """One milestone of a project given by `uid`, `name` and `plan_title`."""
    return {
        "uid": step.uid,
        "plan": owner["plan_title"],
        "project": owner["uid"],
        "project_name": owner["name"],
        "code": step.code or None,
        "name": step.name,
        "weight": step.weight or None,
        "planned": step.planned,
        "forecast": step.forecast,
        "actual": step.actual,
        "state": state(step, today),
        "slip_days": slip_days(step, today),
        "evidence": step.evidence,
        "note": step.note,
    }


def money(fen: object) -> str | None:
    """Stored 分 as a decimal string in 万元; null when absent."""
    return show_money(fen) if isinstance(fen, int) else None


def _target(text: str) -> Json:
    target = Target.parse(text)
    return {"op": target.op, "value": None if target.value is None else plain(target.value), "text": target.text}


def _amount(capacity: Capacity | None) -> Json | None:
    if capacity is None:
        return None
    return {"min": _number(capacity.minimum), "max": _number(capacity.maximum)}


def with_numbers(row: Mapping[str, Any]) -> Json:
    """A project as it was read, its capacities as numbers like those of a listed one."""
    return {name: _numbers(value) if name in CAPACITIES and value else value for name, value in row.items()}


def _numbers(capacity: Mapping[str, str | None]) -> Json:
    return {end: None if text is None else _number(Decimal(text)) for end, text in capacity.items()}


def _number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _units(stored: object) -> list[str]:
    return list(split_units(_text(stored)))


def _text(stored: object) -> str:
    return stored if isinstance(stored, str) else ""
