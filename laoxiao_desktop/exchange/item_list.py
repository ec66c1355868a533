"""Rows of the lists of tasks, policies, elements, platforms, industries, reforms and pilots."""

import re

from laoxiao_desktop.exchange.table import Table, text_of
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
        cells = table.first_by_role(row)
        category = text_of(cells, "category") or category
        name = text_of(cells, "name")
        if row.kind == "total" or name is None:
            continue
        lead, support, unit = text_of(cells, "lead"), text_of(cells, "support"), text_of(cells, "unit")
        units = [text for text in (unit, lead, support) if text]
        number = text_of(cells, "seq") or ""
        items.append(
            ItemDraft(
                kind=kind,
                no=int(_NUMBER.findall(number)[0]) if _NUMBER.search(number) else None,
                group=category or section,
                name=name,
                measure=text_of(cells, "measure") or text_of(cells, "content"),
                expected=text_of(cells, "expected") or text_of(cells, "target"),
                unit_text="；".join(units) or None,
                responsible_units=tuple(name for text in units for name in split_units(text)),
                lead_units=split_units(lead or ""),
                support_units=split_units(support or ""),
                list_title=list_title,
                where=span_of([cell.where for cell in row.cells.values() if not cell.is_blank]),
            )
        )
    return tuple(items)
