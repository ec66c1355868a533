"""One project of the month as a row of cells: what was reported, what stood before, what follows, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from laoxiao_desktop.models import fields, rates
from laoxiao_desktop.models.dates import last_day
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.money import show_money, show_money_fixed
from laoxiao_desktop.models.monthly import DRAFT, FIELDS, MonthReport, MonthRow, check
from laoxiao_desktop.models.project import FieldProblem
from laoxiao_desktop.models.rates import Rate
from laoxiao_desktop.ui.monthly_columns import COLUMNS

MINUS: Final = "−"
NOT_REPORTED: Final = "未报"
_BY_MILESTONE: Final = "stage"  # judged with the milestones, which only the ledger knows


class MonthLine:
    """A MonthRow with its texts. `pending` are values that were typed and that a rule keeps out of the ledger."""

    __slots__ = ("_texts", "_values", "base", "pending", "row")

    def __init__(self, row: MonthRow, pending: Mapping[str, Stored] | None = None) -> None:
        self.pending: Mapping[str, Stored] = pending or {}
        self.base = row  # as the ledger holds it
        self.row = with_values(row, self.pending) if pending else row
        self._values: dict[str, object] | None = None
        self._texts: dict[int, str] = {}

    @property
    def uid(self) -> str:
        """The uid of the project."""
        return self.row.uid

    @property
    def values(self) -> Mapping[str, object]:
        """Every cell's value by the name of its column."""
        if self._values is None:
            self._values = {column.name: value_of(self.row, column.name) for column in COLUMNS}
        return self._values

    @property
    def problems(self) -> tuple[FieldProblem, ...]:
        """What the rules say."""
        return self.row.problems

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
            found = self._texts[number] = _text(number, value_of(self.row, COLUMNS[number].name))
        return found

    def copy_text(self, number: int) -> str:
        """What a cell gives to the clipboard: as shown, but an amount with finer decimals in full."""
        value, shown = value_of(self.row, COLUMNS[number].name), self.text(number).replace(MINUS, "-")
        if COLUMNS[number].style == "number" and isinstance(value, int) and value % _CENT:
            return show_money(value)
        return shown

    def edit_text(self, number: int) -> str:
        """What stands in the editor of a cell: the value in full."""
        field = COLUMNS[number].field
        return fields.show(field, value_of(self.row, field.name)) if field else ""

    def share(self, name: str) -> tuple[Fraction | None, Fraction | None]:
        """A rate and where time stands, both 0 to 1 and more."""
        if name == "year_rate":
            return self.row.year_rate.value, rates.elapsed_of_year(self.row.month)
        return self.row.rate.value, rates.elapsed(self.row.facts.span, last_day(self.row.month))


_CENT: Final = 10_000  # 分 in the last decimal that a cell shows
_OF_FACTS: Final = frozenset({"list_no", "name", "sector", "unit", "county_name", "total_investment"})
_OF_BEFORE: Final = {
    "before_completed": "cum_completed",
    "before_arrived": "cum_arrived",
    "before_paid": "cum_paid",
    "before_stage": "stage",
}
_OF_REPORT: Final = frozenset(FIELDS)
_SUMMED: Final = tuple(column.name for column in COLUMNS if column.style in ("number", "change"))


def value_of(row: MonthRow, name: str) -> object:
    """The value of one cell by the name of its column."""
    if name in _OF_REPORT:
        return getattr(row.now, name) if row.now is not None else None
    if name in _OF_FACTS:
        return getattr(row.facts, name)
    if name in _OF_BEFORE:
        return getattr(row.before, _OF_BEFORE[name]) if row.before is not None else None
    if name == "state":
        return row.state or ("" if row.is_exempt else NOT_REPORTED)
    return getattr(row, name)


def _text(number: int, value: object) -> str:
    column = COLUMNS[number]
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
    """A difference with its sign: +20.00, −100.00, 0.00; what is less than the last decimal has none."""
    words = show_money_fixed(abs(fen))
    if words == show_money_fixed(0):
        return words
    return f"{'+' if fen > 0 else MINUS}{words}"


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


def sums(lines: Sequence[MonthLine], names: Sequence[str] = ()) -> dict[str, int]:
    """What the amounts in the columns add up to as the ledger holds them; a column without any figure is left out."""
    found: dict[str, int] = {}
    for name in names or _SUMMED:
        figures = [value for line in lines if isinstance(value := value_of(line.base, name), int)]
        if figures:
            found[name] = sum(figures)
    return found


def rate_of(lines: Sequence[MonthLine]) -> Rate:
    """投资完成率 of several projects: their sums, not the mean of their rates."""
    return sum((line.row.rate for line in lines), Rate(0, 0))
