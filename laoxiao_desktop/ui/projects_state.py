"""What the project grid is set to: conditions, order, grouping and columns; it travels as a saved view."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.query import GroupKey, Query
from laoxiao_desktop.ui.grid_columns import INDEX
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.ui.window_state import Plain

Conditions = tuple[tuple[str, tuple[str, ...]], ...]
GROUP_TITLES: dict[GroupKey | None, str] = {
    None: "不分组",
    "county": "县市",
    "sector": "类别",
    "build_kind": "性质",
    "facility_type": "类型",
    "responsible_unit": "单位",
    "plan": "方案",
    "status": "状态",
}


_FORMER = {"late_days": "light"}  # orders that were kept under another name
_PASSING = frozenset({"uids", "month"})  # of the figure that led here; not kept


@dataclass(frozen=True, slots=True)
class ViewState:
    """One setting of the grid. `columns` is None while the window chooses them by its width."""

    conditions: Conditions = ()
    order: tuple[tuple[str, bool], ...] = ()
    group: GroupKey | None = "county"
    columns: tuple[str, ...] | None = None

    def values_of(self, field: str) -> tuple[str, ...]:
        """The accepted values of a field; none when it is not filtered."""
        return dict(self.conditions).get(field, ())

    def filtered(self, field: str, values: tuple[str, ...]) -> "ViewState":
        """The same with other accepted values of one field; a new field goes to the end."""
        kept = dict(self.conditions)
        if values:
            kept[field] = values
        else:
            kept.pop(field, None)
        return replace(self, conditions=tuple(kept.items()))

    def query(self, search: str, scope: Scope) -> Query:
        """The question for the ledger, narrowed to the scope of the window."""
        narrowed = dict(self.conditions)
        for field, value in (("plan", scope.plan), ("county", scope.county)):
            if value is not None:
                both = narrowed.get(field)
                narrowed[field] = (value,) if both is None or value in both else ("\0nothing",)
        return Query(search, tuple(narrowed.items()), self.order, self.group)

    def defaults(self, group: str | None, scope: Scope) -> dict[str, Stored]:
        """What a new project starts with: single conditions, the `group` it is made in, the county of the scope."""
        values: dict[str, Stored] = {
            field: accepted[0]
            for field, accepted in self.conditions
            if len(accepted) == 1 and accepted[0] and field not in ("plan", "year")
        }
        if group and self.group not in (None, "plan"):
            values.setdefault(str(self.group), group)
        if scope.county is not None:
            values["county"] = scope.county
        return values

    def to_settings(self) -> dict[str, Plain]:
        """The form a saved view is kept in."""
        return {
            "conditions": {field: list(values) for field, values in self.conditions if field not in _PASSING},
            "order": [[field, is_down] for field, is_down in self.order],
            "group": self.group,
            "columns": None if self.columns is None else list(self.columns),
        }


def led_to(query: Query, scope: Scope) -> Conditions:
    """The conditions of a figure of another place, without those that the scope of the window says already."""
    given = (("plan", (scope.plan,)), ("county", (scope.county,)))
    return tuple((field, values) for field, values in query.conditions if (field, values) not in given)


def from_settings(settings: Mapping[str, object]) -> ViewState:
    """A saved view as it was; what this version does not know is left out."""
    conditions, order = settings.get("conditions"), settings.get("order")
    group, columns = settings.get("group"), settings.get("columns")
    return ViewState(
        tuple((str(field), tuple(map(str, values))) for field, values in conditions.items())
        if isinstance(conditions, dict)
        else (),
        tuple(
            (_FORMER.get(str(entry[0]), str(entry[0])), bool(entry[1]))
            for entry in order
            if isinstance(entry, list) and len(entry) == 2
        )
        if isinstance(order, list)
        else (),
        next((key for key in get_args(GroupKey) if key == group), None),
        tuple(str(name) for name in columns if name in INDEX) if isinstance(columns, list) else None,
    )


BUILT_IN: tuple[tuple[str, ViewState], ...] = (
    ("全部项目", ViewState()),
    (
        "重点关注",
        ViewState(
            (("light", ("红", "黄")),),
            (("light", False),),
            columns=("list_no", "name", "light", "why", "total_investment", "completed"),
        ),
    ),
    ("养老", ViewState((("sector", ("养老",)),))),
    ("托育", ViewState((("sector", ("托育",)),))),
)
