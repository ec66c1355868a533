"""A plan draft as JSON, the shape that `read` prints, and back."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.plan_draft import (
    Amount,
    AnnexDraft,
    GoalDraft,
    IndicatorDraft,
    ItemDraft,
    PlanDraft,
    PlanFacts,
    Problem,
    ProjectDraft,
    TargetDraft,
    TotalDraft,
)

Json = dict[str, Any]
_T = TypeVar("_T")

_NAMES = {"minimum": "min", "maximum": "max", "group": "class"}  # field → name in JSON
_FIELDS = {name: field for field, name in _NAMES.items()}
_CAPACITIES = ("beds", "nursing_beds", "places", "inclusive_places", "floor_area_m2", "sites", "households")
_LISTS: tuple[tuple[str, type[Any]], ...] = (
    ("projects", ProjectDraft),
    ("totals", TotalDraft),
    ("indicators", IndicatorDraft),
    ("goals", GoalDraft),
    ("items", ItemDraft),
    ("annexes", AnnexDraft),
    ("problems", Problem),
)


def dump(draft: PlanDraft) -> Json:
    """The draft as plain JSON values."""
    return {"plan": _plain(draft.plan), **{name: [_plain(row) for row in getattr(draft, name)] for name, _ in _LISTS}}


def dump_text(draft: PlanDraft) -> str:
    """The draft as the text of a plan file: one row on a line, so that a change is seen where it is."""
    parts = [f'"plan": {_compact(_plain(draft.plan))}']
    for name, _ in _LISTS:
        rows = ",\n".join(f"  {_compact(_plain(row))}" for row in getattr(draft, name))
        parts.append(f'"{name}": [\n{rows}\n]' if rows else f'"{name}": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def load(path: Path) -> PlanDraft:
    """The draft in a plan file; UserError when the file is not one."""
    try:
        return parse(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path.name} 不是方案文件，无法读取。", "请换一个文件，或重新安装程序。") from error


def parse(document: Json) -> PlanDraft:
    """The draft that JSON values describe; KeyError, TypeError or ValueError when they do not."""
    lists: dict[str, Any] = {name: tuple(_built(kind, row) for row in document.get(name, ())) for name, kind in _LISTS}
    return PlanDraft(plan=_built(PlanFacts, document["plan"]), **lists)


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            _NAMES.get(field.name, field.name): _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name != "more" or getattr(value, field.name)
        }
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _built(kind: type[_T], row: Json) -> _T:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # every kind is a dataclass
    values = {_FIELDS.get(name, name): value for name, value in row.items()}
    return kind(**{name: _value(name, value) for name, value in values.items() if name in known})


def _value(name: str, value: Any) -> Any:
    if name in _CAPACITIES and value is not None:
        return Amount(value["min"], value["max"])
    if name == "targets":
        return MappingProxyType({year: TargetDraft(**target) for year, target in value.items()})
    if name == "where" and isinstance(value, dict):
        return {field: tuple(lines) for field, lines in value.items()}
    return tuple(value) if isinstance(value, list) else value
