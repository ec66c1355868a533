"""One project of the month as a row of cells: what was reported, what stood before, what follows, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from laoxiao_desktop.models import fields, rates
from laoxiao_desktop.models.dates import last_day
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.money import show_money_fixed
from laoxiao_desktop.models.monthly import DRAFT, FIELDS, MonthReport, MonthRow, check
from laoxiao_desktop.models.project import FieldProblem
from laoxiao_desktop.models.rates import Rate
from laoxiao_desktop.ui.monthly_columns import COLUMNS

MINUS: Final = "−"
NOT_REPORTED: Final = "未报"
_BY_MILESTONE: Final = "stage"  # judged with the milestones, which only the ledger knows


class MonthLine:
    """A MonthRow with its texts. `pending` are values that were typed and that a rule keeps out of the ledger."""

    __slots__ = ("_texts", "pending", "problems", "row", "settled", "values")

    def __init__(self, row: MonthRow, pending: Mapping[str, Stored] | None = None) -> None:
        self.pending: Mapping[str, Stored] = pending or {}
        self.row = with_values(row, self.pending) if pending else row
        self.problems: tuple[FieldProblem, ...] = self.row.problems
        self.values = values_of(self.row)
        self.settled = values_of(row) if pending else self.values  # what the ledger holds
        self._texts: dict[int, str] = {}

    @property
    def uid(self) -> str:
        """The uid of the project."""
        return self.row.uid

    @property
    def errors(self) -> tuple[FieldProblem, ...]:
        """What keeps the report from being sent."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def problem_of(self, field: str) -> FieldProblem | None:
        """What a rule says of a field, errors first."""
        found = [problem for problem in self.problems if problem.field == field]
        return next((problem for problem in found if problem.severity == "error"), found[0] if found else None)

    def text(self, number: int) -> str:
        """What a cell shows; "" for what is not filled in."""
        found = self._texts.get(number)
        if found is None:
            found = self._texts[number] = _text(number, self.values)
        return found

    def edit_text(self, number: int) -> str:
        """What stands in the editor of a cell: the value in full."""
        field = COLUMNS[number].field
        return fields.show(field, self.values.get(field.name)) if field else ""

    def share(self, name: str) -> tuple[Fraction | None, Fraction | None]:
        """A rate and where time stands, both 0 to 1 and more."""
        if name == "year_rate":
            return self.row.year_rate.value, rates.elapsed_of_year(self.row.month)
        return self.row.rate.value, rates.elapsed(self.row.facts.span, last_day(self.row.month))


def values_of(row: MonthRow) -> dict[str, object]:
    """Every cell's value by the name of its column."""
    facts, now, before = row.facts, row.now, row.before
    values: dict[str, object] = {
        "list_no": facts.list_no,
        "name": facts.name,
        "sector": facts.sector,
        "unit": facts.unit,
        "county_name": facts.county_name,
        "total_investment": facts.total_investment,
        "before_completed": before.cum_completed if before else None,
        "before_arrived": before.cum_arrived if before else None,
        "before_paid": before.cum_paid if before else None,
        "before_stage": before.stage if before else None,
        "month_completed": row.month_completed,
        "month_arrived": row.month_arrived,
        "month_paid": row.month_paid,
        "year_completed": row.year_completed,
        "year_arrived": row.year_arrived,
        "year_paid": row.year_paid,
        "year_plan": row.year_plan,
        "rate": row.rate,
        "year_rate": row.year_rate,
        "paid_rate": row.paid_rate,
        "light": row.light,
        "state": row.state or NOT_REPORTED,
    }
    for name in FIELDS:
        values[name] = getattr(now, name) if now else None
    return values


def _text(number: int, values: Mapping[str, object]) -> str:
    column = COLUMNS[number]
    value = values.get(column.name)
    if value is None or value == "":
        return ""
    if column.name == "light":
        return str(getattr(value, "colour", ""))
    if isinstance(value, Rate):
        return "" if value.value is None else rates.show(value, 0 if column.style == "ratio" else 1)
    if column.style == "change" and isinstance(value, int):
        return signed(value)
    if column.style == "number" and isinstance(value, int):
        return show_money_fixed(value).replace("-", MINUS)
    return str(value).replace("\n", " ")


def signed(fen: int) -> str:
    """A difference with its sign: +20.00, −100.00, 0.00."""
    words = show_money_fixed(abs(fen))
    return f"+{words}" if fen > 0 else f"{MINUS}{words}" if fen < 0 else words


def with_values(row: MonthRow, values: Mapping[str, Stored]) -> MonthRow:
    """The row as it would be with other values, judged again by the rules that need no milestones."""
    now = row.now or MonthReport(None, row.uid, row.month, DRAFT)
    texts = {
        name: value if value is not None or name.startswith(("cum_", "central_")) else ""
        for name, value in values.items()
    }
    changed = replace(now, **texts)  # type: ignore[arg-type]  # fields of the dictionary in their stored forms
    judged = [p for p in check(changed, row.before, row.facts) if p.field != _BY_MILESTONE]
    kept = [p for p in row.problems if p.field == _BY_MILESTONE and changed.stage == now.stage]
    return replace(row, now=changed, problems=(*judged, *kept))


def sums(lines: Sequence[MonthLine]) -> dict[str, int]:
    """What the amounts in the columns add up to; a column without any figure is left out."""
    found: dict[str, int] = {}
    for column in COLUMNS:
        if column.style not in ("number", "change"):
            continue
        figures = [value for line in lines if isinstance(value := line.settled.get(column.name), int)]
        if figures:
            found[column.name] = sum(figures)
    return found


def rate_of(lines: Sequence[MonthLine]) -> Rate:
    """投资完成率 of several projects: their sums, not the mean of their rates."""
    return sum((line.row.rate for line in lines), Rate(0, 0))
