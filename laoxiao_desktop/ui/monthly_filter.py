"""Which projects of the month are shown and how they are gathered: conditions, search, groups, order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from laoxiao_desktop.models.monthly import APPROVED, COUNTED, DRAFT, LOCKED, RETURNED, SENT, MonthRow
from laoxiao_desktop.models.region import short_name_of
from laoxiao_desktop.models.units import split_units
from laoxiao_desktop.ui.filter_popup import Value
from laoxiao_desktop.ui.monthly_lines import NOT_REPORTED, MonthLine
from laoxiao_desktop.ui.monthly_table import MonthGroup

STATES: Final = (NOT_REPORTED, DRAFT, RETURNED, SENT, APPROVED, LOCKED)
TROUBLES: Final = {"error": "有错，不能上报", "warning": "有提示", "problem": "报了存在问题", "red": "红灯"}
_PRESSED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "missing": {"state": (NOT_REPORTED, DRAFT)},
    "returned": {"state": (RETURNED,)},
    "waiting": {"state": (SENT,)},
    "wrong": {"trouble": ("error",)},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the month."""

    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group: str = "county"
    order: tuple[tuple[str, bool], ...] = ()

    def filtered(self, name: str, values: tuple[str, ...]) -> "Asked":
        """The same with other accepted values of one field."""
        kept = {key: chosen for key, chosen in self.conditions.items() if key != name}
        return replace(self, conditions={**kept, name: values} if values else kept)

    def pressed(self, key: str) -> "Asked":
        """The same narrowed to what a count of the head counts; pressed again, everything."""
        wanted = _PRESSED[key]
        return replace(self, conditions={} if dict(self.conditions) == dict(wanted) else wanted)


def is_missing(row: MonthRow) -> bool:
    """Whether a project has to report and has not."""
    return not row.is_exempt and row.state not in COUNTED and row.state != LOCKED


def accepts(asked: Asked, row: MonthRow, is_wrong: Callable[[MonthRow], bool]) -> bool:
    """Whether a row answers to all conditions."""
    return all(set(_values(name, row, is_wrong)) & set(chosen) for name, chosen in asked.conditions.items())


def _values(name: str, row: MonthRow, is_wrong: Callable[[MonthRow], bool]) -> tuple[str, ...]:
    if name == "state":
        return (row.state or ("" if row.is_exempt else NOT_REPORTED),)
    if name == "sector":
        return (row.facts.sector,)
    if name == "unit":
        return split_units(row.facts.unit) or ("",)
    found = {"error"} if is_wrong(row) else set()
    found |= {problem.severity for problem in row.problems}
    if row.now is not None and row.now.has_problem:
        found.add("problem")
    if row.light is not None and row.light.colour == "红":
        found.add("red")
    return tuple(found)


def choices(name: str, rows: Sequence[MonthRow], is_wrong: Callable[[MonthRow], bool]) -> list[Value]:
    """What a chip offers, with counts."""
    counted: dict[str, int] = {}
    for row in rows:
        for value in _values(name, row, is_wrong):
            counted[value] = counted.get(value, 0) + 1
    if name == "state":
        return [Value(state, state, counted[state]) for state in STATES if state in counted]
    if name == "trouble":
        return [Value(key, title, counted[key]) for key, title in TROUBLES.items() if key in counted]
    ordered = sorted(counted, key=lambda value: (value == "", -counted[value], value))
    return [Value(value, value or "未填", counted[value]) for value in ordered]


def gathering(
    group: str, order: Sequence[tuple[str, bool]], plan_titles: Mapping[str, str]
) -> Callable[[Sequence[MonthLine]], tuple[MonthGroup, ...]]:
    """How lines are put under headings: in the order in which their groups first come, counties by their code."""

    def value_of(line: MonthLine) -> str:
        facts = line.row.facts
        return {"county": facts.county, "unit": facts.unit, "sector": facts.sector, "plan": facts.plan}.get(group, "")

    def title_of(value: str) -> str:
        found = {"county": short_name_of(value) if value else "", "plan": plan_titles.get(value, value)}.get(
            group, value
        )
        return found or value

    def gather(lines: Sequence[MonthLine]) -> tuple[MonthGroup, ...]:
        found: dict[str, list[MonthLine]] = {}
        for line in lines:
            found.setdefault(value_of(line), []).append(line)
        values = list(found)
        if group == "county":
            values.sort(key=lambda value: (value == "", value))
        elif group == "unit":
            values.sort(key=lambda value: (value == "", -len(found[value]), value))
        return tuple(MonthGroup(value, title_of(value), tuple(found[value])) for value in values)

    return gather


def ordered(rows: Sequence[MonthRow], order: Sequence[tuple[str, bool]]) -> list[MonthRow]:
    """Rows by the columns they are sorted by, empty cells last."""
    found = list(rows)
    for name, is_down in reversed(order):
        keyed = [(_key(MonthLine(row), name), row) for row in found]
        keyed.sort(key=lambda pair: pair[0][1], reverse=is_down)
        found = [row for (is_empty, _), row in keyed if not is_empty] + [
            row for (is_empty, _), row in keyed if is_empty
        ]
    return found


def _key(line: MonthLine, name: str) -> tuple[bool, tuple[int, float, str]]:
    value = line.values.get(name)
    if name in ("rate", "year_rate", "paid_rate"):
        share = getattr(value, "value", None)
        return share is None, (0, float(share or 0), "")
    if isinstance(value, int):
        return False, (0, float(value), "")
    text = "" if value is None else str(getattr(value, "colour", value))
    return text == "", (1, 0.0, text)
