"""What a cell of the project grid says: text, figures and lights computed from stored values."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.fields import show
from laoxiao_desktop.models.lights import Light as JudgedLight
from laoxiao_desktop.models.money import show_money, show_money_fixed
from laoxiao_desktop.models.query import Sums
from laoxiao_desktop.models.rates import rounded
from laoxiao_desktop.models.rates import show as show_rate
from laoxiao_desktop.ui.grid_columns import COLUMNS, Column
from laoxiao_desktop.workspace.glances import Gathered, Glance, light_words

Light = Literal["green", "yellow", "red"]
LIGHT_NAMES: Mapping[Light, str] = {"green": "绿", "yellow": "黄", "red": "红"}
_LIGHTS: Mapping[str, Light] = {name: state for state, name in LIGHT_NAMES.items()}
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
    if column.name == "why":
        glance = glance_of(values)
        return short_why(glance.light) if glance and glance.light and glance.light.colour != "绿" else ""
    if column.name == "completed":
        rate = _rate(values)
        return "" if rate is None else rounded(rate * 100, 0)
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


def glance_of(values: Mapping[str, object]) -> Glance | None:
    """What was told of the project at a glance, if it was asked."""
    found = values.get("glance")
    return found if isinstance(found, Glance) else None


def _rate(values: Mapping[str, object]) -> Fraction | None:
    glance = glance_of(values)
    return glance.rate if glance else None


def light_of(values: Mapping[str, object]) -> Light | None:
    """The light of a project by all rules; None where there is nothing to judge it by."""
    glance = glance_of(values)
    return _LIGHTS[glance.light.colour] if glance and glance.light else None


def light_reason(values: Mapping[str, object]) -> str:
    """Which rules set the light, and the numbers behind them."""
    glance = glance_of(values)
    if glance is None or glance.light is None:
        return ""
    return "\n".join(light_words(glance.light)) or glance.light.why


def short_why(light: JudgedLight) -> str:
    """Rule and amount of a light in a few words: 进度 落后 14.0 点."""
    first = light.why.split("\n", maxsplit=1)[0].split("；", maxsplit=1)[0]
    parts = [part for part in first.split("，") if part]
    rule = light.rule.removeprefix("投资")
    return f"{rule} {parts[-1].replace('个百分点', '点')}" if parts else rule


def done_shares(values: Mapping[str, object]) -> tuple[float, float | None]:
    """How much of the investment is completed, and how much of the time has passed: shares of 1.

    The mark of time is left out for a finished project and where the span does not tell.
    """
    glance = glance_of(values)
    if glance is None or glance.rate is None:
        return 0.0, None
    is_over = glance.rate >= 1 or glance.elapsed is None
    return float(glance.rate), None if is_over or glance.elapsed is None else float(glance.elapsed)


def done_reason(values: Mapping[str, object]) -> str:
    """The amounts behind 投资完成, and 序时."""
    glance = glance_of(values)
    if glance is None or glance.rate is None:
        return ""
    total = values.get("total_investment")
    whole = f"，总投资 {show_money(total)} 万元" if isinstance(total, int) else ""
    pace = f"，序时 {show_rate(glance.elapsed)} %" if glance.elapsed is not None else ""
    return f"累计完成 {show_money(glance.completed)} 万元{whole}，完成 {show_rate(glance.rate)} %{pace}。"


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


def group_text(column: Column, sums: Sums, told: Gathered | None = None) -> str:
    """The subtotal of a group in a column; of lights the worst with its number, 绿 alone is silent."""
    if told is not None and column.name == "completed":
        return "" if told.rate is None else rounded(told.rate * 100, 0)
    if told is not None and column.name == "light":
        state = worst_of(told)
        return f"{LIGHT_NAMES[state]} {told.lights[LIGHT_NAMES[state]]}" if state else ""
    if column.name in ("total_investment", "central_request"):
        return show_money_fixed(sums.total_investment if column.name == "total_investment" else sums.central_request)
    if column.name == "ratio":
        return f"{round(sums.central_request * 100 / sums.total_investment)}" if sums.total_investment else ""
    return ""


def worst_of(told: Gathered) -> Light | None:
    """The worst light in a group; None where no project stands out."""
    states: tuple[Light, ...] = ("red", "yellow")
    return next((state for state in states if told.lights.get(LIGHT_NAMES[state])), None)


def title_of(name: str) -> str:
    """The title of a field as the grid names it."""
    for column in COLUMNS:
        if column.name == name:
            return column.title
    return field_of("project", name).label
