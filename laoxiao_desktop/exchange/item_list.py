"""Rows of the lists of tasks, policies, elements, platforms, industries, reforms and pilots."""

import re
from collections.abc import Mapping

from laoxiao_desktop.exchange.cells import Cell
from laoxiao_desktop.exchange.columns import Role
from laoxiao_desktop.exchange.table import Row, Table
from laoxiao_desktop.exchange.text_lines import span_of
from laoxiao_desktop.models.plan_draft import ItemDraft, ItemKind
from laoxiao_desktop.models.units import split_units

_NUMBER = re.compile(r"\d+")
_KINDS: tuple[tuple[str, ItemKind], ...] = (
    ("政策", "policy"),
    ("要素", "element"),
    ("平台", "platform"),
    ("产业", "industry"),
    ("改革", "reform"),
    ("试点", "pilot"),
    ("任务", "task"),
    ("分工", "task"),
    ("措施", "task"),
)


def kind_of(table: Table) -> ItemKind | None:
    """The kind of item a table lists, by its name column, else by its title."""
    if table.subject in ("policy", "element", "platform", "industry", "reform", "pilot", "task"):
        return table.subject
    title = table.title.text if table.title else ""
    for word, kind in _KINDS:
        if word in title:
            return kind
    return None


def items_of(table: Table, kind: ItemKind) -> tuple[ItemDraft, ...]:
    """The rows of a list; a class printed once, or in a row of its own, holds for the rows below it."""
    list_title = table.title.text if table.title else ""
    category: str | None = None
    section: str | None = None
    items: list[ItemDraft] = []
    for row in table.rows:
        if row.kind == "section":
            section, category = (row.label.text if row.label else None), None
            continue
        cells = _by_role(table, row)
        category = _text(cells, "category") or category
        name = _text(cells, "name")
        if row.kind == "total" or name is None:
            continue
        lead, support, unit = _text(cells, "lead"), _text(cells, "support"), _text(cells, "unit")
        units = [text for text in (unit, lead, support) if text]
        number = _text(cells, "seq") or ""
        items.append(
            ItemDraft(
                kind=kind,
                no=int(_NUMBER.findall(number)[0]) if _NUMBER.search(number) else None,
                group=category or section,
                name=name,
                measure=_text(cells, "measure") or _text(cells, "content"),
                expected=_text(cells, "expected") or _text(cells, "target"),
                unit_text="；".join(units) or None,
                responsible_units=tuple(name for text in units for name in split_units(text)),
                lead_units=split_units(lead or ""),
                support_units=split_units(support or ""),
                list_title=list_title,
                where=span_of([cell.where for cell in row.cells.values() if not cell.is_blank]),
            )
        )
    return tuple(items)


def _by_role(table: Table, row: Row) -> dict[Role, Cell]:
    cells: dict[Role, Cell] = {}
    for number, cell in sorted(row.cells.items()):
        cells.setdefault(table.columns[number].role, cell)
    return cells


def _text(cells: Mapping[Role, Cell], role: Role) -> str | None:
    cell = cells.get(role)
    return cell.text if cell and cell.text else None
