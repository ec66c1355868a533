"""Plans in the ledger: taking in what was read, and what stands there."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import region, units
from laoxiao_desktop.models.change import Change, Person
from laoxiao_desktop.models.dictionary import BUILD_KINDS, SECTORS
from laoxiao_desktop.models.money import Money
from laoxiao_desktop.models.plan_draft import GoalDraft, IndicatorDraft, ItemDraft, Lines, PlanDraft, ProjectDraft
from laoxiao_desktop.models.span import Span
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger

_SPACE = uuid.UUID("6f1d3c1e-2f0b-5b0e-9d56-2b1f4b0a7c11")
_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "", "text": ""}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan as a list shows it; money in 分."""

    uid: str
    title: str
    region: str
    issued_on: str | None
    doc_no: str | None
    projects: int
    indicators: int
    total_investment: int
    central_request: int


def all_of(ledger: Ledger) -> list[PlanLine]:
    """The plans of the ledger in their order."""
    found = ledger.connection.execute(
        """
        SELECT p.uid, p.title, coalesce(p.region, ''), p.issued_on, p.doc_no,
            (SELECT count(*) FROM project r WHERE r.plan = p.uid AND r.deleted = 0),
            (SELECT count(*) FROM indicator i WHERE i.plan = p.uid AND i.deleted = 0 AND i.restates IS NULL),
            (SELECT coalesce(sum(r.total_investment), 0) FROM project r WHERE r.plan = p.uid AND r.deleted = 0),
            (SELECT coalesce(sum(r.central_request), 0) FROM project r WHERE r.plan = p.uid AND r.deleted = 0)
        FROM plan p WHERE p.deleted = 0 ORDER BY p.ord, p.id
        """
    )
    return [PlanLine(*row) for row in found]


def missing_annexes(ledger: Ledger, plan: str) -> list[str]:
    """Titles of the annexes that a plan names without printing them."""
    found = rows.select(
        ledger.connection, "annex", "plan = ? AND deleted = 0 AND is_present IS NULL", (plan,), "no, id"
    )
    return [str(row["title"]) for row in found]


def add(ledger: Ledger, title: str, region_name: str) -> Change | None:
    """An empty plan to put projects in, for a prefecture whose plan is not bundled."""
    if not title.strip():
        raise UserError("方案还没有名称。", "请先写方案名称。")
    with ledger.change(f"新增方案“{title[:24]}”") as writing:
        values: dict[str, Stored] = {"title": title.strip(), "region": region_name, "ord": _next_ord(ledger)}
        writing.created = rows.insert(ledger.connection, "plan", values)
    return writing.written


def take_in(ledger: Ledger, draft: PlanDraft) -> Change | None:
    """All of a plan that was read, as one change; UserError when it is in the ledger already."""
    with ledger.change(f"收入“{draft.plan.title}”") as writing:
        writing.created = _write(ledger, draft)
    return writing.written


def start_demo(path: Path, drafts: Iterable[PlanDraft], person: Person) -> Ledger:
    """The demo ledger: all bundled plans, marked 示例, with nothing to undo yet."""
    ledger = ledgers.create(path, "一老一小项目台账", person, is_demo=True)
    with ledger.change("收入五个方案", is_floor=True):
        for draft in drafts:
            _write(ledger, draft)
    return ledger


def _write(ledger: Ledger, draft: PlanDraft) -> str:
    facts = draft.plan
    key = f"{facts.title}|{facts.issued_on or ''}"
    if ledger.connection.execute("SELECT 1 FROM plan WHERE key = ? AND deleted = 0", (key,)).fetchone():
        raise UserError(f"“{facts.title}”已经在台账里。", "不必再收入一次；要重来，请先撤销上一次收入。")
    taken = _Uids(ledger, key)
    plan = rows.insert(
        ledger.connection,
        "plan",
        {
            "title": facts.title,
            "doc_no": facts.doc_no,
            "issuer": facts.issuer,
            "issued_on": facts.issued_on,
            "region": facts.region,
            "start_year": facts.start_year,
            "end_year": facts.end_year,
            "key": key,
            "ord": _next_ord(ledger),
        },
        uid=taken.next("plan"),
    )
    for project in draft.projects:
        values = _project(project, facts.region)
        name = f"{project.list_title}|{project.sector}|{project.list_no}"
        rows.insert(ledger.connection, "project", {"plan": plan, **values}, uid=taken.next("project", name))
    for place, total in enumerate(draft.totals):
        values = {
            "plan": plan,
            "label": total.label,
            "scope": total.scope,
            "row_count": total.count,
            "total_investment": _fen(total.total_investment),
            "central_request": _fen(total.central_request),
            "ord": place,
            "published": _published({}, total.where),
        }
        rows.insert(
            ledger.connection, "plan_total", values, uid=taken.next("plan_total", f"{total.scope}|{total.label}")
        )
    _write_indicators(ledger, plan, draft.indicators, taken)
    for place, goal in enumerate(draft.goals):
        uid = taken.next("goal", f"{goal.year}|{goal.name}")
        rows.insert(ledger.connection, "goal", {"plan": plan, "ord": place, **_goal(goal)}, uid=uid)
    for place, item in enumerate(draft.items):
        uid = taken.next("list_item", f"{item.kind}|{item.no}|{item.name}")
        rows.insert(ledger.connection, "list_item", {"plan": plan, "ord": place, **_item(item)}, uid=uid)
    for annex in draft.annexes:
        values = {
            "plan": plan,
            "no": annex.no,
            "title": annex.title,
            "is_present": 1 if annex.is_present else None,
            "published": _published({}, annex.where),
        }
        rows.insert(ledger.connection, "annex", values, uid=taken.next("annex", f"{annex.no}|{annex.title}"))
    return plan


class _Uids:
    """Uids made from what a row is called, so that two offices that take in the same plan mean the same rows."""

    def __init__(self, ledger: Ledger, key: str) -> None:
        self._ledger = ledger
        self._key = key
        self._seen: dict[str, int] = {}

    def next(self, table: str, name: str = "") -> str:
        """The uid for the next row of this name."""
        line = f"{self._key}|{table}|{name}"
        count = self._seen[line] = self._seen.get(line, 0) + 1
        uid = uuid.uuid5(_SPACE, f"{line}|{count}").hex
        # taken in before and undone: its old uid lies with the deleted row
        sql = f'SELECT 1 FROM "{table}" WHERE uid = ?'  # noqa: S608 - the name is one of ours
        if self._ledger.connection.execute(sql, (uid,)).fetchone():
            return uuid.uuid4().hex
        return uid


def _project(draft: ProjectDraft, prefecture: str) -> dict[str, Stored]:
    kind = draft.project_type
    is_build_kind = kind in BUILD_KINDS
    texts = {
        "list_no": str(draft.list_no) if draft.list_no is not None else None,
        "sector": draft.category,
        "name": draft.name,
        "build_kind" if is_build_kind else "facility_type": kind,
        "span": draft.period,
        "place": draft.place,
        "content": draft.content,
        "total_investment": draft.total_investment,
        "central_request": draft.central_request,
        "responsible_unit": draft.unit_text,
    }
    aliases = {"span": "period", "responsible_unit": "unit_text"}
    if kind:
        aliases["build_kind" if is_build_kind else "facility_type"] = "project_type"
    cells: dict[str, object] = {}
    for name, text in texts.items():
        lines = draft.where.get(aliases.get(name, name)) or draft.where.get(name)
        if text is not None or lines:
            cells[name] = {"text": text or "", "lines": list(lines) if lines else None}
    county = None
    for text in (draft.place, draft.name, draft.unit_text):
        county = county or (region.find_county(text, prefecture) if text else None)
    return {
        "list_no": draft.list_no,
        "sector": draft.sector if draft.sector in SECTORS else None,
        "name": draft.name,
        "build_kind": kind if is_build_kind else None,
        "facility_type": None if is_build_kind else kind,
        "span": _span(draft.period),
        "county": county,
        "place": draft.place,
        "content": draft.content,
        "total_investment": _fen(draft.total_investment),
        "central_request": _fen(draft.central_request),
        "responsible_unit": units.join_units(draft.responsible_units) or None,
        "list_title": draft.list_title or None,
        "published": json.dumps(cells, ensure_ascii=False),
    }


def _write_indicators(ledger: Ledger, plan: str, drafts: Iterable[IndicatorDraft], taken: _Uids) -> None:
    in_tables: dict[tuple[str, int | None], str] = {}
    for place, draft in enumerate(drafts):
        uid = taken.next("indicator", f"{draft.source}|{draft.sector}|{draft.seq}|{draft.name}")
        if draft.source == "table":
            in_tables[(draft.sector, draft.seq)] = uid
        restated = in_tables.get((draft.sector, draft.restates)) if draft.restates is not None else None
        texts = {
            "name": draft.name,
            "base": draft.base,
            "property": draft.property,
            "responsible_unit": draft.unit_text,
        }
        values: dict[str, Stored] = {
            "plan": plan,
            "sector": draft.sector,
            "seq": draft.seq,
            "name": draft.name,
            "unit": draft.unit,
            "property": draft.property,
            "base_year": draft.base_year,
            "base": draft.base,
            "responsible_unit": units.join_units(draft.responsible_units) or None,
            "source": draft.source,
            "restates": restated,
            "quote": draft.quote,
            "list_title": draft.list_title or None,
            "ord": place,
            "published": _published({**texts, **{y: t.text for y, t in draft.targets.items()}}, draft.where),
        }
        rows.insert(ledger.connection, "indicator", values, uid=uid)
        for year, target in draft.targets.items():
            rows.insert(
                ledger.connection,
                "indicator_target",
                {"indicator": uid, "year": int(year), "target": target.text},
                uid=taken.next("indicator_target", f"{uid}|{year}"),
            )


def _goal(draft: GoalDraft) -> dict[str, Stored]:
    text = _SIGNS[draft.op] + draft.value
    return {
        "year": draft.year,
        "name": draft.name,
        "target": text,
        "unit": draft.unit,
        "quote": draft.quote,
        "published": _published({"target": text}, draft.where),
    }


def _item(draft: ItemDraft) -> dict[str, Stored]:
    texts = {
        "name": draft.name,
        "group": draft.group,
        "measure": draft.measure,
        "expected": draft.expected,
        "responsible_unit": draft.unit_text,
    }
    return {
        "kind": draft.kind,
        "no": draft.no,
        "group": draft.group,
        "name": draft.name,
        "measure": draft.measure,
        "expected": draft.expected,
        "responsible_unit": units.join_units(draft.responsible_units) or None,
        "lead_units": units.join_units(draft.lead_units) or None,
        "support_units": units.join_units(draft.support_units) or None,
        "list_title": draft.list_title or None,
        "published": _published(texts, draft.where),
    }


def _published(texts: Mapping[str, str | None], lines: Lines | None) -> str:
    place = list(lines) if lines else None
    return json.dumps(
        {name: {"text": text, "lines": place} for name, text in texts.items() if text}, ensure_ascii=False
    )


def _fen(text: str | None) -> int | None:
    """The amount of a printed cell; None when it is blank or cannot be read: then only the published text is kept."""
    try:
        return Money.parse(text).fen if text else None
    except UserError:
        return None


def _span(text: str | None) -> str | None:
    try:
        return Span.parse(text).stored if text else None
    except UserError:
        return None


def _next_ord(ledger: Ledger) -> int:
    return int(ledger.connection.execute("SELECT coalesce(max(ord), 0) + 1 FROM plan").fetchone()[0])
