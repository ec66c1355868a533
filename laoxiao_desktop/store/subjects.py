"""What a row is called when a sentence speaks of it: the name of its project, and what of it."""

import json
import sqlite3
from functools import lru_cache

from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import TABLES, Field
from laoxiao_desktop.models.table_labels import TABLE_LABELS
from laoxiao_desktop.store.rows import Stored, select

_OWN_NAME = {
    "plan": "title", "project": "name", "indicator": "name", "goal": "name", "list_item": "name", "annex": "title",
    "org": "name", "org_alias": "alias", "region": "name", "saved_view": "name", "plan_total": "label", "change": "label",
}  # fmt: skip
_PARENT = {"indicator_target": "indicator", "indicator_value": "indicator", "progress_note": "list_item"}
_LINK = {"progress_note": "item"}
_DETAIL = {
    "site": "name", "funding": "source", "allocation": "doc_no", "year_plan": "year", "milestone": "name", "baseline": "no",
    "monthly_report": "month", "month_light": "month", "issue": "text", "supervision": "text", "attachment": "file_name",
    "indicator_target": "year", "indicator_value": "period", "progress_note": "noted_on",
}  # fmt: skip
_SETTINGS = {"ledger_name": "台账名称", "light_thresholds": "红黄绿灯规则", "is_demo": "示例"}
_MOST = 24


def subject(connection: sqlite3.Connection, table: str, uid: str) -> str:
    """“项目名 · 里程碑 开工”; the label of the table where the row is not here."""
    label = TABLE_LABELS.get(table, table)
    row = _row(connection, table, uid)
    if row is None:
        return label
    if table in _OWN_NAME:
        name = _line(row[_OWN_NAME[table]])
        return name if table in ("project", "plan") else f"{label} {name}".strip()
    if table == "month":
        return f"{row['month']} 月度调度"
    if table == "setting":
        return f"{label} {_SETTINGS.get(uid, _short(row['key']))}"
    detail = " ".join(part for part in (label, _short(row.get(_DETAIL.get(table, "")))) if part)
    parent = _PARENT.get(table, "project")
    link = row.get(_LINK.get(table, parent))
    above = _row(connection, parent, str(link)) if link else None
    return f"{_line(above['name'])} · {detail}" if above else detail


def field_title(table: str, name: str) -> str:
    """The label of a field with its unit; 删除 for the mark of a deleted row."""
    if name == "deleted":
        return "删除"
    field = _field(table, name)
    if field is None:
        return name
    return f"{field.label}（{field.unit}）" if field.unit else field.label


def shown(connection: sqlite3.Connection, table: str, name: str, value: Stored) -> str:
    """A value as people read it: links by name, machine text in a word."""
    field = _field(table, name)
    if name == "deleted":
        return "已删除" if value else "在列"
    if field is None or value is None or value == "":
        return "" if value in (None, "") else str(value)
    if field.kind == "link":
        parent = {"item": "list_item", "carried_from": "project", "successor": "plan", "restates": "indicator"}
        row = _row(connection, parent.get(name, name), str(value))
        return _short(next((row[key] for key in ("name", "title") if row and row.get(key)), "")) or str(value)
    if table == "setting" and name == "value" and str(value).startswith('"'):
        return str(json.loads(str(value)))
    if field.kind == "json" and name != "key":
        return "（内容已改）"
    return fields.show(field, value)


def _row(connection: sqlite3.Connection, table: str, uid: str) -> dict[str, Stored] | None:
    return next(iter(select(connection, table, "uid = ?", (uid,))), None) if table in TABLES else None


@lru_cache(maxsize=512)
def _field(table: str, name: str) -> Field | None:
    return next((field for field in TABLES.get(table, ()) if field.name == name), None)


def _line(value: object) -> str:
    return " ".join(str(value if value is not None else "").split())


def _short(value: object) -> str:
    line = _line(value)
    return line if len(line) <= _MOST else line[: _MOST - 1] + "…"
