"""Indicators from a table of indicators."""

import re
from collections.abc import Mapping

from laoxiao_desktop.exchange.amounts import decimal_text
from laoxiao_desktop.exchange.sectors import ELDERLY, sector_of
from laoxiao_desktop.exchange.table import Row, Table, text_of
from laoxiao_desktop.exchange.text_lines import span_of
from laoxiao_desktop.models.plan_draft import IndicatorDraft, PlanFacts, TargetDraft
from laoxiao_desktop.models.target import Target
from laoxiao_desktop.models.units import split_units

_UNIT = re.compile(
    r"[（(](?P<unit>[%‰℃]|[^（）()\d]{0,3}(?:%|人次|[个张人名家所户岁次位辆套项类处元米月日年期场部床]))[）)]$"
)
_PRINTED_UNIT = re.compile(r"\d(?:\.\d+)?(?P<unit>%|‰|[个张人名家所户岁床])(?:以上|及以上|以下)?$")
_NUMBER = re.compile(r"\d+")


def indicators_of(table: Table, plan: PlanFacts) -> tuple[IndicatorDraft, ...]:
    """The indicators of a table; a bare year before the plan's first year is the base."""
    list_title = table.title.text if table.title else ""
    bases, targets = _years(table, plan)
    category: str | None = None
    section: str | None = None
    found: list[IndicatorDraft] = []
    for row in table.rows:
        if row.kind == "section":
            section = row.label.text if row.label else None
            category = None
            continue
        cells = table.first_by_role(row)
        category = text_of(cells, "category") or category
        name_cell = cells.get("name")
        if row.kind == "total" or name_cell is None or name_cell.is_blank:
            continue
        name, unit = _name_and_unit(name_cell.text)
        stated = {str(year): _target(row.cells[number].text) for number, year in targets if _is_filled(row, number)}
        base_year, base = next(
            ((year, row.cells[number].text) for number, year in bases if _is_filled(row, number)), (None, None)
        )
        unit_text = text_of(cells, "unit") or text_of(cells, "lead")
        number_text = text_of(cells, "seq") or ""
        found.append(
            IndicatorDraft(
                sector=sector_of(section) or sector_of(category) or sector_of(list_title) or sector_of(name) or ELDERLY,
                seq=int(_NUMBER.findall(number_text)[0]) if _NUMBER.search(number_text) else None,
                name=name,
                unit=text_of(cells, "measure_unit") or unit or _printed_unit(stated),
                targets=stated,
                base_year=base_year,
                base=base,
                property=text_of(cells, "property"),
                responsible_units=split_units(unit_text or ""),
                unit_text=unit_text,
                source="table",
                list_title=list_title,
                where=span_of([cell.where for cell in row.cells.values() if not cell.is_blank]),
                unit_where=cells["unit" if text_of(cells, "unit") else "lead"].where if unit_text else None,
            )
        )
    return tuple(found)


def merged(tables: list[tuple[IndicatorDraft, ...]]) -> tuple[IndicatorDraft, ...]:
    """The indicators of several tables, one that a later table repeats (to name its units) folded into the first."""
    found: list[IndicatorDraft] = []
    for indicators in tables:
        known = {(draft.sector, draft.seq, draft.name): number for number, draft in enumerate(found)}
        for draft in indicators:
            at = known.get((draft.sector, draft.seq, draft.name))
            if at is None:
                found.append(draft)
            else:
                found[at] = _folded(found[at], draft)
    return tuple(found)


def _folded(first: IndicatorDraft, later: IndicatorDraft) -> IndicatorDraft:
    return IndicatorDraft(
        sector=first.sector,
        seq=first.seq,
        name=first.name,
        unit=first.unit or later.unit,
        targets=dict(sorted({**later.targets, **first.targets}.items())),
        base_year=first.base_year or later.base_year,
        base=first.base or later.base,
        property=first.property or later.property,
        responsible_units=first.responsible_units or later.responsible_units,
        unit_text=first.unit_text or later.unit_text,
        source=first.source,
        list_title=first.list_title,
        quote=first.quote,
        restates=first.restates,
        where=first.where,
        unit_where=first.unit_where if first.unit_text else later.unit_where,
    )


def _years(table: Table, plan: PlanFacts) -> tuple[list[tuple[int, int | None]], list[tuple[int, int]]]:
    """The columns of the base and of the targets, each with its year."""
    bases: list[tuple[int, int | None]] = []
    targets: list[tuple[int, int]] = []
    bare = [column.year for column in table.columns if column.role == "target" and column.year]
    for number, column in enumerate(table.columns):
        if column.role == "base":
            bases.append((number, column.year or (plan.start_year - 1 if plan.start_year else None)))
        elif column.role == "target":
            year = column.year or plan.end_year
            if year is None:
                continue
            is_bare = column.label.rstrip("年").endswith(str(year))
            if is_bare and len(bare) > 1 and plan.start_year and year < plan.start_year and not bases:
                bases.append((number, year))
            else:
                targets.append((number, year))
    return bases, targets


def _is_filled(row: Row, number: int) -> bool:
    return number in row.cells and not row.cells[number].is_blank


def _name_and_unit(printed: str) -> tuple[str, str | None]:
    """The name without the unit of measure in brackets behind it."""
    unit = _UNIT.search(printed)
    return (printed[: unit.start()], unit["unit"]) if unit else (printed, None)


def _printed_unit(targets: Mapping[str, TargetDraft]) -> str | None:
    """The unit that stands behind the printed targets: 4.5个."""
    units = {found["unit"] for target in targets.values() if (found := _PRINTED_UNIT.search(target.text))}
    return units.pop() if len(units) == 1 else None


def _target(text: str) -> TargetDraft:
    target = Target.parse(text)
    return TargetDraft(target.op, None if target.value is None else decimal_text(target.value), target.text)
