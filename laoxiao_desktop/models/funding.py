"""Funding: what each source plans, gives and pays; allocations by year and batch; their sums, central money apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from laoxiao_desktop.models.dictionary import FUNDING_SOURCES
from laoxiao_desktop.models.money import Money
from laoxiao_desktop.models.project import FieldProblem
from laoxiao_desktop.models.rates import Rate

CENTRAL: Final = FUNDING_SOURCES[0]  # 中央预算内投资
AMOUNTS: Final = ("planned", "allocated", "arrived", "completed", "paid")


@dataclass(frozen=True, slots=True)
class FundingLine:
    """One source of a project; amounts in 分. `allocated` is the sum of its allocations where there are any."""

    uid: str | None
    source: str
    planned: int | None = None
    allocated: int | None = None
    arrived: int | None = None
    completed: int | None = None
    paid: int | None = None
    has_allocations: bool = False

    @property
    def is_central(self) -> bool:
        return self.source == CENTRAL

    @property
    def arrived_rate(self) -> Rate:
        """到位率: arrived over allocated."""
        return Rate(self.arrived or 0, self.allocated or 0)

    @property
    def paid_rate(self) -> Rate:
        """支付率: paid over completed."""
        return Rate(self.paid or 0, self.completed or 0)

    @property
    def paid_of_allocated(self) -> Rate:
        """支付/下达, always labelled so."""
        return Rate(self.paid or 0, self.allocated or 0)


@dataclass(frozen=True, slots=True)
class Allocation:
    """One allocation 下达."""

    uid: str
    source: str
    year: int | None
    batch: str
    doc_no: str
    amount: int | None
    allocated_on: str | None


@dataclass(frozen=True, slots=True)
class YearPlan:
    """年度计划: what a project is to complete in a year."""

    uid: str
    year: int
    amount: int | None


def lines_of(stored: Iterable[FundingLine], allocations: Iterable[Allocation]) -> list[FundingLine]:
    """The sources of a project in the order of the list, each with its allocations summed; several rows of one source add."""
    gathered: dict[str, FundingLine] = {}
    for line in stored:
        gathered[line.source] = _added(gathered[line.source], line) if line.source in gathered else line
    given: dict[str, int] = {}
    for one in allocations:
        if one.amount is not None:
            given[one.source] = given.get(one.source, 0) + one.amount
    for source, amount in given.items():
        line = gathered.get(source) or FundingLine(None, source)
        gathered[source] = FundingLine(
            line.uid, source, line.planned, amount, line.arrived, line.completed, line.paid, has_allocations=True
        )
    rank = {source: place for place, source in enumerate(FUNDING_SOURCES)}
    return sorted(gathered.values(), key=lambda line: (rank.get(line.source, len(rank)), line.source))


def total_of(lines: Iterable[FundingLine], label: str = "合计") -> FundingLine:
    """The sum of some sources; an amount that nobody filled in stays absent."""
    whole = FundingLine(None, label)
    for line in lines:
        whole = _added(whole, line)
    return replace(whole, uid=None, source=label)


def check(lines: Iterable[FundingLine], total_investment: int | None) -> list[FieldProblem]:
    """What does not fit: more planned than the total investment, more arrived than allocated, paid than arrived."""
    listed = list(lines)
    found = []
    planned = total_of(listed).planned
    if planned is not None and total_investment is not None and planned != total_investment:
        way = "多" if planned > total_investment else "少"
        gap = Money(abs(planned - total_investment))
        text = f"各来源计划合计 {Money(planned)} 万元，比总投资 {Money(total_investment)} 万元{way} {gap} 万元。"
        found.append(FieldProblem("planned", "warning", text))
    for line in listed:
        for less, more, words in (
            ("arrived", "allocated", ("到位", "下达")),
            ("paid", "arrived", ("支付", "到位")),
        ):
            few, many = getattr(line, less), getattr(line, more)
            if few is not None and many is not None and few > many:
                text = f"{line.source}：{words[0]} {Money(few)} 万元，多于{words[1]} {Money(many)} 万元。"
                found.append(FieldProblem(less, "warning", text))
    return found


def _added(one: FundingLine, other: FundingLine) -> FundingLine:
    sums: dict[str, int | None] = {}
    for name in AMOUNTS:
        a, b = getattr(one, name), getattr(other, name)
        sums[name] = None if a is None and b is None else (a or 0) + (b or 0)
    return replace(one, has_allocations=one.has_allocations or other.has_allocations, **sums)  # type: ignore[arg-type]
