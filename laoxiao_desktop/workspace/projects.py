"""What a person does with projects: find, read, change, add, duplicate, delete, paste."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models import fields, project, units
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.dictionary import BUILD_KINDS, SECTORS, STATUSES, TABLES, field_of
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.models.project import FieldProblem
from laoxiao_desktop.models.query import MONTH_FIELDS, Found, Query, Sums
from laoxiao_desktop.store import log, projects, rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger

Values = Mapping[str, Stored]

_RANKS = {
    name: {value: rank for rank, value in enumerate(values)}
    for name, values in (("sector", SECTORS), ("build_kind", BUILD_KINDS), ("status", STATUSES))
}
_NOT_FILLED = "未填"
_NOT_COPIED = frozenset({"project_code", "published", "carried_from"})


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """Everything the record pane shows of one project; `values` are stored forms, `published` as printed."""

    uid: str
    values: dict[str, Stored]
    published: dict[str, dict[str, object]]
    plan_title: str
    position_text: str
    problems: tuple[FieldProblem, ...]


def find(ledger: Ledger, query: Query) -> Found:
    """Ids in order, sums and groups for a query."""
    if any(field in MONTH_FIELDS for field, _ in query.conditions):
        from laoxiao_desktop.workspace import month_conditions  # noqa: PLC0415 - the first paint does without the month

        query = month_conditions.resolved(ledger, query)
    if any(field == "light" for field, _ in query.order):
        from laoxiao_desktop.workspace import light_order  # noqa: PLC0415 - the first paint does without the month

        light_order.prepare(ledger)
    found = ledger.finder.find(ledger.connection, query, _RANKS)
    if not query.group:
        return found
    titles = _titles(ledger, query.group)
    groups = tuple(replace(group, title=titles.get(group.value, group.value) or _NOT_FILLED) for group in found.groups)
    return replace(found, groups=groups)


def rows_of(ledger: Ledger, ids: Sequence[int], columns: Sequence[str]) -> list[tuple[object, ...]]:
    """The asked columns of these projects in this order, each prefixed by id and uid; a vanished project is left out.

    Columns are fields of the dictionary and plan_title, plan_short, county_name, ratio, milestone_done, milestone_count,
    next_milestone, next_planned, late_days, cum_completed, cum_arrived, cum_paid, completed_ratio.
    """
    names = {"county_name": "county", "plan_short": "plan"}
    found = projects.cells(ledger.connection, ids, [names.get(column, column) for column in columns])
    translated = [(index + 2, _titles(ledger, names[name])) for index, name in enumerate(columns) if name in names]
    listed = [found[key] for key in ids if key in found]
    for place, titles in translated:
        listed = [(*row[:place], titles.get(str(row[place] or ""), row[place]), *row[place + 1 :]) for row in listed]
    return listed


def id_of(ledger: Ledger, uid: str) -> int | None:
    """The id of a project; None when it is gone."""
    found = ledger.connection.execute("SELECT id FROM project WHERE uid = ? AND deleted = 0", (uid,)).fetchone()
    return int(found[0]) if found else None


def uids_of(ledger: Ledger, ids: Sequence[int]) -> list[str]:
    """The uids of these projects in this order."""
    return [str(row[1]) for row in rows_of(ledger, ids, ())]


def sums(ledger: Ledger, ids: Iterable[int]) -> Sums:
    """Count and money of exactly these projects."""
    return projects.sums(ledger.connection, ids)


def record(ledger: Ledger, uid: str) -> ProjectRecord | None:
    """One project with its plan, its published values and what the rules say of it; None when it is gone."""
    values = rows.one(ledger.connection, "project", uid)
    if values is None:
        return None
    plan = rows.one(ledger.connection, "plan", str(values["plan"])) or {}
    published = json.loads(str(values["published"])) if values["published"] else {}
    number = f"第 {values['list_no']} 项" if values["list_no"] else ""
    where = f"{plan.get('region') or ''}{values['sector'] or ''}清单{number}" if published else "清单外新增"
    return ProjectRecord(uid, values, published, str(plan.get("title") or ""), where, tuple(project.check(values)))


def choices(ledger: Ledger, field: str, plan: str | None = None) -> list[tuple[str, str, int]]:
    """What a filter offers for a field: (value, title, count), in list order; "" stands for not filled in."""
    if field == "year":
        return _years(ledger, plan)
    if field in MONTH_FIELDS:
        from laoxiao_desktop.workspace import month_conditions  # noqa: PLC0415 - as above

        return month_conditions.choices(ledger, field, plan)
    counted: dict[str, int] = {}
    for value, count in projects.counts(ledger.connection, field, plan):
        parts = units.split_units(str(value or "")) if field == "responsible_unit" else (str(value or ""),)
        for part in parts or ("",):
            counted[part] = counted.get(part, 0) + count
    titles = _titles(ledger, field)
    ranks = _RANKS.get(field, {})
    plans = list(titles) if field == "plan" else []

    def place(value: str) -> tuple[object, ...]:
        if field == "plan":
            return (value == "", plans.index(value) if value in plans else len(plans), value)
        if field == "responsible_unit":
            return (value == "", -counted[value], value)
        return (value == "", ranks.get(value, 999), value)

    return [(value, titles.get(value, value) or _NOT_FILLED, counted[value]) for value in sorted(counted, key=place)]


def edit(ledger: Ledger, uid: str, values: Values, reason: str = "") -> Change | None:
    """Changes fields of one project; FieldError when a value breaks a rule that is never broken."""
    return edit_many(ledger, [uid], values, reason)


def edit_many(ledger: Ledger, uids: Sequence[str], values: Values, reason: str = "") -> Change | None:
    """Sets the same fields of many projects as one change."""
    _refuse_wrong(ledger, uids, values)
    with ledger.change(_label(ledger, uids, values), reason) as writing:
        for uid in uids:
            rows.update(ledger.connection, "project", uid, values)
    return writing.written


def add(ledger: Ledger, plan_uid: str, values: Values) -> Change:
    """A new project in a plan; `created` of the change is its uid."""
    name = str(values.get("name") or "").strip()
    if not name:
        raise UserError("新项目还没有名称。", "请先写项目名称。")
    with ledger.change(f"新增项目“{shortened(name)}”") as writing:
        filled = {"sector": SECTORS[0], "status": STATUSES[0], **values, "plan": plan_uid}
        filled.setdefault("list_no", _next_number(ledger, plan_uid, str(filled["sector"])))
        writing.created = rows.insert(ledger.connection, "project", filled)
    return _written(writing.written)


def duplicate(ledger: Ledger, uids: Sequence[str]) -> Change:
    """Copies of projects with all their figures but without code, published values and milestones."""
    label = f"复制项目“{_name(ledger, uids[0])}”" if len(uids) == 1 else f"复制 {len(uids)} 个项目"
    with ledger.change(label) as writing:
        for uid in uids:
            values = rows.one(ledger.connection, "project", uid)
            if values is None:
                continue
            kept = {name: value for name, value in values.items() if name != "uid" and name not in _NOT_COPIED}
            kept["name"] = f"{str(values['name'])[:190]}（副本）"
            kept["list_no"] = _next_number(ledger, str(values["plan"]), str(values["sector"]))
            made = rows.insert(ledger.connection, "project", kept)
            writing.created = writing.created or made
    return _written(writing.written)


def delete(ledger: Ledger, uids: Sequence[str]) -> Change | None:
    """Takes projects out of sight; undo brings them back with everything they had."""
    label = f"删除项目“{_name(ledger, uids[0])}”" if len(uids) == 1 else f"删除 {len(uids)} 个项目"
    with ledger.change(label) as writing:
        for uid in uids:
            rows.update(ledger.connection, "project", uid, {"deleted": 1})
    return writing.written


def erase_person(ledger: Ledger, uid: str) -> Change | None:
    """Erases contact and phone of a project from the ledger and from its whole history: they do not come back.

    撤销 passes it by. Backups made before still hold them.
    """
    personal = [field.name for field in TABLES["project"] if field.is_personal]
    with ledger.change(f"抹去“{_name(ledger, uid)}”的联系人信息", is_aside=True) as writing:
        rows.update(ledger.connection, "project", uid, dict.fromkeys(personal))
        log.forget(ledger.connection, "project", uid)
    log.sweep(ledger.connection)
    return writing.written


def paste(ledger: Ledger, block: Sequence[tuple[str | None, Values]], plan_uid: str | None) -> Change | None:
    """A pasted block as one change: rows with a uid are changed, rows without one are added to the plan."""
    for uid, values in block:
        if uid:
            _refuse_wrong(ledger, [uid], values)
    with ledger.change(f"粘贴 {len(block)} 行") as writing:
        for uid, values in block:
            if uid:
                rows.update(ledger.connection, "project", uid, values)
                continue
            if plan_uid is None:
                raise UserError("不知道新行属于哪个方案。", "请先在上方选定方案，再粘贴。")
            filled = {"sector": SECTORS[0], "status": STATUSES[0], **values, "plan": plan_uid}
            filled.setdefault("list_no", _next_number(ledger, plan_uid, str(filled["sector"])))
            made = rows.insert(ledger.connection, "project", filled)
            writing.created = writing.created or made
    return writing.written


def county_titles(ledger: Ledger) -> dict[str, str]:
    """Region code → short name, the ledger's own additions included."""
    found = ledger.connection.execute("SELECT code, coalesce(short_name, name) FROM region WHERE deleted = 0")
    return {str(code): str(name) for code, name in found}


def _titles(ledger: Ledger, field: str) -> dict[str, str]:
    if field == "county":
        return {**county_titles(ledger), "": ""}
    if field == "plan":
        found = ledger.connection.execute(
            "SELECT uid, coalesce(nullif(region, ''), title) FROM plan WHERE deleted = 0 ORDER BY ord, id"
        )
        return {str(uid): str(title) for uid, title in found}
    return {}


def _years(ledger: Ledger, plan: str | None) -> list[tuple[str, str, int]]:
    counted: dict[str, int] = {}
    for span, count in projects.counts(ledger.connection, "span", plan):
        first, _, last = str(span or "").partition("/")
        if not first:
            continue
        for year in range(int(first[:4]), int((last or first)[:4]) + 1):
            counted[str(year)] = counted.get(str(year), 0) + count
    return [(year, f"{year} 年", counted[year]) for year in sorted(counted)]


def _refuse_wrong(ledger: Ledger, uids: Sequence[str], values: Values) -> None:
    for uid in uids:
        now = ledger.row("project", uid)
        before = {(problem.field, problem.message) for problem in project.check(now)}
        for problem in project.check({**now, **values}):
            # what was published wrong stays as it is; only a new error is refused
            if problem.severity == "error" and (problem.field, problem.message) not in before:
                raise FieldError(problem.field, problem.message, "请核对后再填。")


def _label(ledger: Ledger, uids: Sequence[str], values: Values) -> str:
    if len(values) == 1:
        name, value = next(iter(values.items()))
        field = field_of("project", name)
        shown = shortened(
            county_titles(ledger).get(str(value), "") if field.kind == "county" else fields.show(field, value)
        )
        what = f"“{field.label}”改为 {shown}" if shown else f"清空“{field.label}”"
        if field.is_personal:
            what = f"修改“{field.label}”"  # labels stay in the log for good
    else:
        what = f"修改 {len(values)} 处"
    return what if len(uids) == 1 else f"{len(uids)} 个项目的{what}"


def _name(ledger: Ledger, uid: str) -> str:
    found = ledger.connection.execute("SELECT name FROM project WHERE uid = ?", (uid,)).fetchone()
    return shortened(str(found[0])) if found else ""


def _next_number(ledger: Ledger, plan: str, sector: str) -> int:
    found = ledger.connection.execute(
        "SELECT coalesce(max(list_no), 0) FROM project WHERE plan = ? AND sector = ? AND deleted = 0", (plan, sector)
    ).fetchone()
    return int(found[0]) + 1


def _written(change: Change | None) -> Change:
    if change is None:
        raise UserError("没有可做的修改。", "请先选中项目。")
    return change
