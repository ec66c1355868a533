"""Uids of rows that are one thing by nature: two offices that make the same month, report or step mean the same row."""

import uuid
from collections.abc import Mapping

KEYS: dict[str, tuple[str, ...]] = {
    "month": ("month",),
    "monthly_report": ("project", "month"),
    "month_light": ("project", "month"),
    "funding": ("project", "source"),
    "year_plan": ("project", "year"),
    "milestone": ("project", "code"),
    "indicator_target": ("indicator", "year"),
    "indicator_value": ("indicator", "period", "county"),
    "finding_decision": ("finding",),
    "report_edit": ("wish", "place"),
    "org": ("name",),
    "org_alias": ("org", "alias"),
}
_MAY_BE_EMPTY = frozenset({"county"})  # no county is the whole plan
_SPACE = uuid.UUID("0d6a4c3e-8f57-5d5b-9a43-6f0b5a7e2c11")


def uid_of(table: str, values: Mapping[str, object]) -> str | None:
    """The uid of a row with these values; None where a row of this table, or this one, has no natural key."""
    keys = KEYS.get(table)
    if keys is None or any(values.get(key) in (None, "") for key in keys if key not in _MAY_BE_EMPTY):
        return None
    name = "|".join((table, *(str(values.get(key) or "") for key in keys)))
    return uuid.uuid5(_SPACE, name).hex
