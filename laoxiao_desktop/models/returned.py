"""A workbook that the program exported and that came back: its rows by uid, each cell beside what was exported."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from laoxiao_desktop.models.imports import TARGET, Table
from laoxiao_desktop.models.plain_text import half_width

_BLANKS: Final = re.compile(r"\s+")
_TARGET_KEY: Final = re.compile(r"target(\d{4})")
_NEAR: Final = Decimal("1e-9")  # what a program that saves a copy may change in the last digits of a double
_FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "project": {
        **{
            name: name
            for name in (
                *("list_no", "name", "county", "sector", "facility_type", "build_kind", "place", "content", "span"),
                *("contact", "phone", "total_investment", "central_request", "status", "leader"),
            )
        },
        "unit": "responsible_unit",
    },
    "indicator": {name: name for name in ("seq", "name", "unit", "property", "base", "responsible_unit")},
    "list_item": {
        **{name: name for name in ("no", "group", "name", "measure", "expected", "state")},
        "units": "responsible_unit",
    },
}
_MONTHLY, _LIST = "月报数，请在“月度调度”里改", "请在“指标清单”里改"
_ELSEWHERE: Final = {
    **dict.fromkeys(("completed", "arrived", "paid", "month_completed", "progress"), _MONTHLY),
    "problem": "请在“月度调度”或项目的“问题”页里改",
    "allocated": "请在项目的“资金”页里改",
    **dict.fromkeys(("milestones", "next_step"), "请在项目的“里程碑”页里改"),
    "scale": "请在项目的床位、托位、建筑面积里改",
    **dict.fromkeys(("value", "note"), _LIST),
    **dict.fromkeys(("number", "rate", "light", "state", "why", "due_on"), "由台账算出"),
}


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row as it came back. `cells` and `was`: key of the column → text now, and when it was exported.

    Without `was` it is not known what was exported. `original` is the uid that the row was copied from, where another
    row bears it by better right.
    """

    number: int  # within the workbook, from 0
    line: int  # tells rows of all sheets apart
    where: str
    uid: str
    cells: Mapping[str, str]
    was: Mapping[str, str] | None = None
    original: str = ""
    after: str = ""  # the uid of the row above it

    @property
    def name(self) -> str:
        """What it is called now."""
        return self.cells.get("name", "").strip()


@dataclass(frozen=True, slots=True)
class ReturnedTable:
    """One sheet: whose rows it holds, and which exported rows it no longer has (uid → name)."""

    key: str
    subject: Table
    heads: Mapping[str, str]
    rows: tuple[ReturnedRow, ...]
    gone: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnedBook:
    """The whole workbook."""

    title: str
    tables: tuple[ReturnedTable, ...]

    @property
    def count(self) -> int:
        """How many rows it has."""
        return sum(len(table.rows) for table in self.tables)


def field_behind(subject: str, key: str) -> str | None:
    """The field of the ledger that a column shows and that can be read back: total_investment, target:2025; else None."""
    found = _TARGET_KEY.fullmatch(key)
    if found and subject == "indicator":
        return f"{TARGET}{found[1]}"
    return _FIELDS.get(subject, {}).get(key)


def where_to_change(key: str) -> str:
    """Where a figure that is not read back is changed, in words."""
    return _ELSEWHERE.get(key, "由台账算出")


def same_text(one: str, other: str) -> bool:
    """Whether two cells say the same: blanks, widths, 1.50 for 1.5 and the noise of a double aside."""
    first, second = (half_width(_BLANKS.sub("", text)) for text in (one, other))
    if first == second:
        return True
    try:
        left, right = Decimal(first), Decimal(second)
    except InvalidOperation:
        return False
    if not (left.is_finite() and right.is_finite()):
        return False
    return abs(left - right) <= _NEAR * max(abs(left), abs(right))
