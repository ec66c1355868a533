"""What a cell of the project grid says: text, figures and lights computed from stored values."""

from collections.abc import Mapping, Sequence
from typing import Literal

from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.fields import show
from laoxiao_desktop.models.money import show_money_fixed
from laoxiao_desktop.models.query import Sums
from laoxiao_desktop.ui.grid_columns import COLUMNS, LATE_RED_DAYS, Column

Light = Literal["green", "yellow", "red"]
LIGHT_NAMES: Mapping[Light, str] = {"green": "绿", "yellow": "黄", "red": "红"}
REQUEST_LIMIT = 0.8  # of the investment; a larger request is a warning (PRODUCT.md §2)


class Line:
    """One project as read for the grid: stored values by name, and the texts already made of them."""

    __slots__ = ("id", "texts", "uid", "values")

    def __init__(self, names: Sequence[str], row: Sequence[object]) -> None:
        self.id = row[0] if isinstance(row[0], int) else 0
        self.uid = str(row[1])
        self.values: dict[str, object] = dict(zip(names, row[2:], strict=True))
        self.texts: dict[int, str] = {}

    def text(self, number: int) -> str:
        """The text of column `number`, made once."""
        found = self.texts.get(number)
        if found is None:
            found = self.texts[number] = cell_text(COLUMNS[number], self.values)
        return found

    def whole(self, name: str) -> int | None:
        """A stored whole number; None when absent."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None


def cell_text(column: Column, values: Mapping[str, object]) -> str:
    """What a cell shows; "" for what is not filled in."""
    if column.name == "ratio":
        ratio = values.get("ratio")
        return f"{round(ratio * 100)}" if isinstance(ratio, int | float) else ""
    if column.name == "milestones":
        count = values.get("milestone_count")
        return f"{values.get('milestone_done') or 0}/{count}" if count else ""
    if column.name == "light":
        state = light_of(values)
        return LIGHT_NAMES[state] if state else ""
    if column.name == "county":
        return str(values.get("county_name") or values.get("county") or "")
    field = column.field_at(values)
    stored = values.get(field.name if field else column.name)
    if stored is None or stored == "":
        return ""
    if column.style == "number" and isinstance(stored, int):
        return show_money_fixed(stored)
    return show(field, stored).replace("\n", " ") if field else str(stored)


def edit_text(column: Column, values: Mapping[str, object]) -> str:
    """What stands in the editor when a cell is opened: the value in full, as a person would type it."""
    field = column.field_at(values)
    stored = values.get(field.name) if field else None
    return "" if stored is None or field is None else show(field, stored)


def light_of(values: Mapping[str, object]) -> Light | None:
    """红 or 黄 by how late the milestones are; None for a project without milestones."""
    if not values.get("milestone_count"):
        return None
    late = values.get("late_days")
    days = late if isinstance(late, int) else 0
    return "red" if days > LATE_RED_DAYS else "yellow" if days > 0 else "green"


def light_reason(values: Mapping[str, object]) -> str:
    """Which rule set the light, and the numbers behind it."""
    state = light_of(values)
    if state is None:
        return ""
    late, following = values.get("late_days"), values.get("next_milestone")
    if state == "green":
        return f"里程碑没有逾期。下一项：{following}" if following else "里程碑没有逾期。"
    return f"里程碑已逾期 {late} 天（超过 {LATE_RED_DAYS} 天为红）。未完成的第一项：{following}"


def ratio_reason(values: Mapping[str, object]) -> str:
    """The exact share that is asked for, and whether it is more than usual."""
    ratio = values.get("ratio")
    if not isinstance(ratio, int | float):
        return ""
    above = f"，高于 {REQUEST_LIMIT:.0%}" if is_above_limit(ratio) else ""
    return f"申请中央占总投资 {ratio * 100:.2f} %{above}。"


def is_above_limit(ratio: float) -> bool:
    """Whether more is asked for than the usual limit."""
    return ratio > REQUEST_LIMIT + 1e-9


def group_text(column: Column, sums: Sums) -> str:
    """The subtotal of a group in a column."""
    if column.name in ("total_investment", "central_request"):
        return show_money_fixed(sums.total_investment if column.name == "total_investment" else sums.central_request)
    if column.name == "ratio":
        return f"{round(sums.central_request * 100 / sums.total_investment)}" if sums.total_investment else ""
    return ""


def title_of(name: str) -> str:
    """The title of a field as the grid names it."""
    for column in COLUMNS:
        if column.name == name:
            return column.title
    return field_of("project", name).label
