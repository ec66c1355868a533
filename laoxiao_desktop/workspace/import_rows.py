"""The rows of a draft as they meet the ledger: what each is recognised by, what it says, and what cannot be read of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import ITEM_KINDS, SECTORS, field_of
from laoxiao_desktop.models.import_matching import Entry, plain_name
from laoxiao_desktop.models.imports import TARGET, CellProblem, Stored, Table
from laoxiao_desktop.models.plan_draft import GoalDraft, IndicatorDraft, ItemDraft, Lines, PlanDraft, ProjectDraft
from laoxiao_desktop.models.region import prefecture_of
from laoxiao_desktop.store import rows
from laoxiao_desktop.workspace import draft_rows
from laoxiao_desktop.workspace.ledger import Ledger

TABLES: tuple[Table, ...] = ("project", "indicator", "goal", "list_item")
_NOT_COMPARED = frozenset(
    {"plan", "published", "list_title", "source", "quote", "restates", "ord", "kind", "base_year"}
)
_UNREADABLE = {"total_investment": "total_investment", "central_request": "central_request", "span": "period"}


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row of the file. `told` are the fields it speaks of; a blank cell tells nothing and never empties a field."""

    entry: Entry
    table: Table
    title: str
    where: str
    lines: Lines | None
    values: Mapping[str, Stored]
    told: Mapping[str, Stored]
    texts: Mapping[str, str]  # field → as printed
    problems: tuple[CellProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """One row of the ledger: its values, its targets as target:2025, and what was published of it."""

    uid: str
    table: Table
    values: Mapping[str, Stored]
    published: Mapping[str, Mapping[str, object]]

    def text(self, name: str) -> str:
        """A field as it was published; "" when it never was."""
        return str(self.published.get(name.removeprefix(TARGET), {}).get("text") or "")


def incoming(draft: PlanDraft, region: str, known: Iterable[Known]) -> dict[str, Incoming]:
    """The rows of a draft by key, in its order; a project whose sector is untold takes that of its namesake."""
    sectors: dict[str, set[str]] = {}
    for row in known:
        if row.table == "project":
            sectors.setdefault(plain_name(str(row.values["name"])), set()).add(str(row.values["sector"]))
    found: list[Incoming] = []
    found += [_project(n, each, region, sectors) for n, each in enumerate(draft.projects)]
    found += [_indicator(n, each) for n, each in enumerate(draft.indicators)]
    found += [_goal(n, each) for n, each in enumerate(draft.goals)]
    found += [_item(n, each) for n, each in enumerate(draft.items)]
    return {row.entry.key: row for row in found}


def known_of(ledger: Ledger, plan: str) -> dict[str, Known]:
    """Every row of a plan by uid."""
    targets: dict[str, dict[str, Stored]] = {}
    for row in rows.select(ledger.connection, "indicator_target", "deleted = 0", (), "year"):
        targets.setdefault(str(row["indicator"]), {})[f"{TARGET}{row['year']}"] = row["target"]
    found: dict[str, Known] = {}
    for table in TABLES:
        order = "id" if table == "project" else "ord, id"
        for row in rows.select(ledger.connection, table, "plan = ? AND deleted = 0", (plan,), order):
            uid = str(row["uid"])
            published = json.loads(str(row["published"])) if row["published"] else {}
            found[uid] = Known(uid, table, {**row, **targets.get(uid, {})}, published)
    return found


def entry_of(row: Known, names: set[str]) -> Entry:
    """What a row of the ledger is recognised by; a corrected name also answers to the published one."""
    values = row.values
    name = str(values["name"] or "")
    if plain_name(name) not in names and plain_name(row.text("name")) in names:
        name = row.text("name")
    number = values.get({"project": "list_no", "indicator": "seq", "list_item": "no"}.get(row.table, ""))
    return Entry(
        key=row.uid,
        group=_group(row.table, values),
        number=int(number) if isinstance(number, int) else None,
        name=name,
        place=str(values.get("place") or "") if row.table == "project" else "",
        code=str(values.get("project_code") or "") if row.table == "project" else "",
        marks=_marks(row.table, values),
    )


def _group(table: Table, values: Mapping[str, Stored]) -> str:
    if table == "indicator":
        return f"{values['source']}|{values['sector']}"
    return str(values[{"project": "sector", "goal": "year", "list_item": "kind"}[table]] or "")


def _marks(table: Table, values: Mapping[str, Stored]) -> tuple[str, ...]:
    targets = tuple(name for name in values if name.startswith(TARGET))
    names = {
        "project": ("total_investment", "central_request"),
        "indicator": (*sorted(targets, reverse=True), "base", "unit", "quote"),
        "goal": ("target",),
        "list_item": ("group", "measure", "responsible_unit"),
    }[table]
    return tuple(str(values.get(name) or "") for name in names)


def _row(
    number: int,
    table: Table,
    values: Mapping[str, Stored],
    texts: Mapping[str, str | None],
    lines: Lines | None,
    *,
    untold: frozenset[str] = frozenset(),
    problems: tuple[CellProblem, ...] = (),
) -> Incoming:
    told = {
        name: value
        for name, value in values.items()
        if value is not None and name not in _NOT_COMPARED and name not in untold
    }
    position = values.get({"project": "list_no", "indicator": "seq", "list_item": "no"}.get(table, ""))
    entry = Entry(
        key=f"{table}:{number}",
        group=_group(table, values),
        number=int(position) if isinstance(position, int) else None,
        name=str(values["name"]),
        place=str(values.get("place") or "") if table == "project" else "",
        code=str(values.get("project_code") or "") if table == "project" else "",
        marks=_marks(table, values),
    )
    where = f"第 {lines[0]} 行" if lines else ""
    printed = {name: text for name, text in texts.items() if text}
    return Incoming(entry, table, str(values["name"]), where, lines, values, told, printed, problems)


def _project(number: int, draft: ProjectDraft, region: str, sectors: Mapping[str, set[str]]) -> Incoming:
    values = draft_rows.project_of(draft, region)
    is_sector_told = draft.category is not None or any(sector in draft.list_title for sector in SECTORS)
    untold = frozenset() if is_sector_told else frozenset({"sector"})
    namesakes = sectors.get(plain_name(draft.name), set())
    if not is_sector_told and len(namesakes) == 1:
        values = {**values, "sector": next(iter(namesakes))}
    published = json.loads(str(values["published"]))
    texts = {name: str(cell["text"]) for name, cell in published.items()}
    texts |= draft_rows.further_texts(draft)
    typed = {name: getattr(draft, source) for name, source in _UNREADABLE.items()} | draft_rows.further_texts(draft)
    if region and prefecture_of(region) is None:  # whose counties nobody here knows: they stand as the place
        typed.pop("county", None)
    problems = tuple(
        CellProblem(name, _refusal(name, text)) for name, text in typed.items() if text and values.get(name) is None
    )
    lines = draft.where.get("name") or draft.where.get("list_no")
    return _row(number, "project", values, texts, lines, untold=untold, problems=problems)


def _refusal(name: str, text: str) -> str:
    try:
        fields.parse(field_of("project", name), text, clock.today())
    except UserError as refusal:
        return str(refusal)
    return f"“{text}”读不出{field_of('project', name).label}。"


def _indicator(number: int, draft: IndicatorDraft) -> Incoming:
    values = draft_rows.indicator_of(draft, None)
    targets: dict[str, Stored] = {f"{TARGET}{year}": target.text for year, target in draft.targets.items()}
    texts = {
        "name": draft.name,
        "base": draft.base,
        "property": draft.property,
        "responsible_unit": draft.unit_text,
        **{name: str(text) for name, text in targets.items()},
    }
    return _row(number, "indicator", {**values, **targets}, texts, draft.where)


def _goal(number: int, draft: GoalDraft) -> Incoming:
    values = draft_rows.goal_of(draft)
    return _row(number, "goal", values, {"target": str(values["target"])}, draft.where)


def _item(number: int, draft: ItemDraft) -> Incoming:
    texts = {
        "name": draft.name,
        "group": draft.group,
        "measure": draft.measure,
        "expected": draft.expected,
        "responsible_unit": draft.unit_text,
        "lead_units": draft.unit_text,
        "support_units": draft.unit_text,
    }
    return _row(number, "list_item", draft_rows.item_of(draft), texts, draft.where)


def kind_title(table: Table, values: Mapping[str, Stored]) -> str:
    """What a row is called in a list of kinds: 项目, 指标, 年度目标, 任务 …"""
    if table == "list_item":
        return ITEM_KINDS.get(str(values.get("kind")), "清单")
    return {"project": "项目", "indicator": "指标", "goal": "年度目标"}[table]
