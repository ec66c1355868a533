"""The 合计 and 小计 rows of a list beside the sums of the rows they speak for."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import Final

from laoxiao_desktop.exchange.amounts import decimal_text
from laoxiao_desktop.exchange.printed_total import printed_total, summed
from laoxiao_desktop.exchange.sectors import sector_of
from laoxiao_desktop.exchange.table import Row, Table
from laoxiao_desktop.models.plan_draft import ProjectDraft, TotalDraft

_GRAND: Final = re.compile(r"总\s*计|合\s*计|共\s*计")


class _Sums:
    """Sums of any run of projects, from running sums."""

    def __init__(self, projects: Sequence[ProjectDraft]) -> None:
        self._investment = _running(project.total_investment for project in projects)
        self._request = _running(project.central_request for project in projects)
        self._sectors = [project.sector for project in projects]
        changes = (here != before for here, before in zip(self._sectors[1:], self._sectors, strict=False))
        self._changes = [0, *accumulate(int(change) for change in changes)]

    def scope(self, spans: Sequence[tuple[int, int]]) -> str:
        """The sector that all rows of the spans have, else 全部."""
        first = self._sectors[spans[0][0]]
        is_one = all(
            self._sectors[start] == first and self._changes[start] == self._changes[stop - 1] for start, stop in spans
        )
        return first if is_one else "全部"

    def of(self, spans: Sequence[tuple[int, int]]) -> tuple[int, Decimal, Decimal]:
        """How many projects the spans hold, and both sums."""
        return (
            sum(last - first for first, last in spans),
            sum((self._investment[last] - self._investment[first] for first, last in spans), Decimal(0)),
            sum((self._request[last] - self._request[first] for first, last in spans), Decimal(0)),
        )


class _Marks:
    """Where totals and sections stand: each by how many projects there are above it."""

    def __init__(self, marks: Sequence[tuple[Row, int]]) -> None:
        self._all = [at for _, at in marks]
        self._sections = [at for row, at in marks if row.kind == "section"]
        self._alike: dict[str, list[int]] = {}
        for row, at in marks:
            if row.kind == "total":
                self._alike.setdefault(_kind_words(row), []).append(at)

    def around(self, at: int, count: int, row: Row) -> Iterator[tuple[int, int]]:
        """Where the rows above begin and the rows below end: up to any mark, any section, the total of the same kind."""
        for stops in (self._all, self._sections, self._alike[_kind_words(row)]):
            before, after = bisect_left(stops, at) - 1, bisect_right(stops, at)
            yield (stops[before] if before >= 0 else 0, stops[after] if after < len(stops) else count)


def totals_of(table: Table, projects: Sequence[ProjectDraft]) -> tuple[TotalDraft, ...]:
    """Every printed total with the sum of the rows it speaks for.

    Which rows those are is not printed: the sector it names, all rows, the rows above it or below it up to the next
    total or section, or up to the total of its own kind. The first reading that agrees holds, else the likeliest.
    """
    if not any(row.kind == "total" for row in table.rows):
        return ()
    lines = [project.where["name"][0] for project in projects]
    marks: list[tuple[Row, int]] = []
    at = 0
    for row in table.rows:
        if row.kind == "row":
            line = next(iter(row.cells.values())).where[0] if row.cells else 0
            while at < len(lines) and lines[at] <= line:
                at += 1
        else:
            marks.append((row, at))
    sums, sectors, stops = _Sums(projects), _runs(projects), _Marks(marks)
    return tuple(
        _total(table, row, _readings(row, at, len(projects), sectors, stops), sums)
        for row, at in marks
        if row.kind == "total"
    )


def _readings(
    row: Row, at: int, count: int, sectors: dict[str, list[tuple[int, int]]], stops: _Marks
) -> Iterator[list[tuple[int, int]]]:
    """The rows that a total may speak for, the likeliest first."""
    words = row.label.text if row.label else ""
    named = sector_of(words)
    is_grand = bool(_GRAND.search(words)) and "小" not in words
    if named:
        yield sectors.get(named, [])
    elif is_grand:
        yield [(0, count)]
    for first, last in stops.around(at, count, row):
        above, below = [(first, at)], [(at, last)]
        yield above if first < at else below
        yield below if first < at else above
    yield [(0, count)]


def _kind_words(row: Row) -> str:
    words = row.label.text if row.label else ""
    return "小计" if "小" in words and "计" in words else "合计" if "合" in words and "计" in words else "总计"


def _total(
    table: Table,
    row: Row,
    readings: Iterator[list[tuple[int, int]]],
    sums: _Sums,
) -> TotalDraft:
    words = row.label.text if row.label else ""
    amounts = {table.columns[number].role: cell.text for number, cell in row.cells.items() if cell.text}
    printed = printed_total(words, amounts, row.label.where if row.label else None)
    likeliest: TotalDraft | None = None
    for spans in readings:
        if not spans or spans[0][0] == spans[-1][1]:
            continue
        total = _summed(printed, spans, sums)
        if total.agrees:
            return total
        likeliest = likeliest or total
    return likeliest or replace(printed, scope="全部")


def _summed(printed: TotalDraft, spans: list[tuple[int, int]], sums: _Sums) -> TotalDraft:
    rows, investment, request = sums.of(spans)
    return summed(printed, sums.scope(spans), rows, decimal_text(investment), decimal_text(request))


def _runs(projects: Sequence[ProjectDraft]) -> dict[str, list[tuple[int, int]]]:
    """The runs of projects of each sector."""
    runs: dict[str, list[tuple[int, int]]] = {}
    for at, project in enumerate(projects):
        own = runs.setdefault(project.sector, [])
        if own and own[-1][1] == at:
            own[-1] = (own[-1][0], at + 1)
        else:
            own.append((at, at + 1))
    return runs


def _running(amounts: Iterator[str | None]) -> list[Decimal]:
    return [Decimal(0), *accumulate(Decimal(amount) if amount else Decimal(0) for amount in amounts)]
