"""The indicators, goals and lists of the plans: seen by plan and by unit, and edited."""

from collections.abc import Iterable, Mapping, Sequence

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields, units
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.models.table_labels import TABLE_LABELS
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger

Row = dict[str, object]
_UNIT_FIELDS = ("responsible_unit", "lead_units", "support_units")
_EDITABLE = frozenset({"indicator", "goal", "list_item", "plan", "progress_note", "indicator_value"})


def indicators(ledger: Ledger, plan: str | None = None, unit: str | None = None, search: str = "") -> list[Row]:
    """Indicators with `plan_title`, `plan_region` and `targets` {year: printed text}."""
    targets: dict[str, dict[int, str]] = {}
    for row in rows.select(ledger.connection, "indicator_target", "deleted = 0", (), "year"):
        targets.setdefault(str(row["indicator"]), {})[int(row["year"] or 0)] = str(row["target"])
    found = _rows(ledger, "indicator", plan, unit, search)
    return [{**row, "targets": targets.get(str(row["uid"]), {})} for row in found]


def goals(ledger: Ledger, plan: str | None = None, search: str = "") -> list[Row]:
    """Year goals in their order."""
    return _rows(ledger, "goal", plan, None, search)


def items(
    ledger: Ledger, kind: str | None = None, plan: str | None = None, unit: str | None = None, search: str = ""
) -> list[Row]:
    """Tasks, policies, elements, platforms, industries, reforms, pilots, members: all, or those of one kind."""
    return [row for row in _rows(ledger, "list_item", plan, unit, search) if kind is None or row["kind"] == kind]


def units_of(ledger: Ledger, plan: str | None = None) -> list[tuple[str, int]]:
    """Every responsible, leading or supporting unit of indicators and lists, with the number of its rows, most first."""
    counted: dict[str, int] = {}
    for table in ("indicator", "list_item"):
        for row in _rows(ledger, table, plan, None, ""):
            for unit in _units(row):
                counted[unit] = counted.get(unit, 0) + 1
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def edit(ledger: Ledger, table: str, uid: str, values: Mapping[str, Stored], reason: str = "") -> Change | None:
    """Changes fields of an indicator, goal, list item or plan."""
    _refuse_other(table)
    name, value = next(iter(values.items()))
    field = field_of(table, name)
    shown = shortened(fields.show(field, value))
    with ledger.change(f"“{field.label}”改为 {shown}" if shown else f"清空“{field.label}”", reason) as writing:
        rows.update(ledger.connection, table, uid, values)
    return writing.written


def set_target(ledger: Ledger, indicator_uid: str, year: int, text: str | None) -> Change | None:
    """The target of an indicator for a year, as printed; None or "" takes it away."""
    found = ledger.connection.execute(
        "SELECT uid FROM indicator_target WHERE indicator = ? AND year = ? ORDER BY deleted LIMIT 1",
        (indicator_uid, year),
    ).fetchone()
    with ledger.change(f"{year} 年目标改为 {text}" if text else f"清空 {year} 年目标") as writing:
        if found and text:
            rows.update(ledger.connection, "indicator_target", str(found[0]), {"target": text, "deleted": 0})
        elif found:
            rows.update(ledger.connection, "indicator_target", str(found[0]), {"deleted": 1})
        elif text:
            values: dict[str, Stored] = {"indicator": indicator_uid, "year": year, "target": text}
            rows.insert(ledger.connection, "indicator_target", values)
    return writing.written


def add(ledger: Ledger, table: str, values: Mapping[str, Stored]) -> Change | None:
    """A new row at the end of a list; `created` of the change is its uid."""
    _refuse_other(table)
    if not values.get("name") and table in ("indicator", "goal", "list_item"):
        raise UserError("还没有名称。", "请先写名称。")
    with ledger.change(f"新增{TABLE_LABELS[table]}“{str(values.get('name') or '')[:24]}”") as writing:
        filled = dict(values)
        if "plan" in filled and any(field == "ord" for field in rows.names(table)):
            sql = f'SELECT coalesce(max(ord), 0) + 1 FROM "{table}" WHERE plan = ?'  # noqa: S608 - checked above
            filled.setdefault("ord", ledger.connection.execute(sql, (filled["plan"],)).fetchone()[0])
        writing.created = rows.insert(ledger.connection, table, filled)
    return writing.written


def delete(ledger: Ledger, table: str, uids: Sequence[str]) -> Change | None:
    """Takes rows out of a list; undo brings them back."""
    _refuse_other(table)
    with ledger.change(f"删除 {len(uids)} 条{TABLE_LABELS[table]}") as writing:
        for uid in uids:
            rows.update(ledger.connection, table, uid, {"deleted": 1})
    return writing.written


def _rows(ledger: Ledger, table: str, plan: str | None, unit: str | None, search: str) -> list[Row]:
    plans = {
        str(row["uid"]): (place, str(row["title"]), str(row["region"] or ""))
        for place, row in enumerate(rows.select(ledger.connection, "plan", "deleted = 0", (), "ord, id"))
    }
    found: Iterable[dict[str, Stored]] = rows.select(
        ledger.connection, table, "deleted = 0 AND (? IS NULL OR plan = ?)", (plan, plan), "ord, id"
    )
    words = search.lower().split()
    listed: list[Row] = []
    for row in found:
        place = plans.get(str(row["plan"]))
        if place is None or (unit is not None and unit not in _units(row)):
            continue
        text = " ".join(str(value) for name, value in row.items() if value and name not in ("published", "uid")).lower()
        if all(word in text for word in words):
            listed.append({**row, "plan_title": place[1], "plan_region": place[2]})
    order = {uid: place for uid, (place, _, _) in plans.items()}
    return sorted(listed, key=lambda row: order[str(row["plan"])])


def _units(row: Mapping[str, object]) -> set[str]:
    return {unit for name in _UNIT_FIELDS if row.get(name) for unit in units.split_units(str(row[name]))}


def _refuse_other(table: str) -> None:
    if table not in _EDITABLE:
        raise KeyError(table)
