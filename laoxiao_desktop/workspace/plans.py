"""Plans in the ledger: taking in what was read, and what stands there."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change, Person
from laoxiao_desktop.models.plan_draft import IndicatorDraft, PlanDraft
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace import draft_rows
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger


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
        values: dict[str, Stored] = {"title": title.strip(), "region": region_name, "ord": next_ord(ledger)}
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
    key = draft_rows.plan_key(facts)
    if ledger.connection.execute("SELECT 1 FROM plan WHERE key = ? AND deleted = 0", (key,)).fetchone():
        raise UserError(f"“{facts.title}”已经在台账里。", "不必再收入一次；要重来，请先撤销上一次收入。")
    taken = draft_rows.Uids(ledger, key)

    def insert(table: str, name: str, values: dict[str, Stored]) -> None:
        rows.insert(ledger.connection, table, values, uid=taken.next(table, name))

    plan = taken.next("plan")
    rows.insert(ledger.connection, "plan", {**draft_rows.plan_of(facts), "ord": next_ord(ledger)}, uid=plan)
    for project in draft.projects:
        values = draft_rows.project_of(project, facts.region)
        insert("project", draft_rows.project_name(project), {"plan": plan, **values})
    for place, total in enumerate(draft.totals):
        values = draft_rows.total_of(total)
        insert("plan_total", f"{total.scope}|{total.label}", {"plan": plan, "ord": place, **values})
    _write_indicators(ledger, plan, draft.indicators, taken)
    for place, goal in enumerate(draft.goals):
        insert("goal", draft_rows.goal_name(goal), {"plan": plan, "ord": place, **draft_rows.goal_of(goal)})
    for place, item in enumerate(draft.items):
        insert("list_item", draft_rows.item_name(item), {"plan": plan, "ord": place, **draft_rows.item_of(item)})
    for annex in draft.annexes:
        insert("annex", f"{annex.no}|{annex.title}", {"plan": plan, **draft_rows.annex_of(annex)})
    return plan


def _write_indicators(ledger: Ledger, plan: str, drafts: Iterable[IndicatorDraft], taken: draft_rows.Uids) -> None:
    in_tables: dict[tuple[str, int | None], str] = {}
    for place, draft in enumerate(drafts):
        uid = taken.next("indicator", draft_rows.indicator_name(draft))
        if draft.source == "table":
            in_tables[(draft.sector, draft.seq)] = uid
        restated = in_tables.get((draft.sector, draft.restates)) if draft.restates is not None else None
        values = draft_rows.indicator_of(draft, restated)
        rows.insert(ledger.connection, "indicator", {"plan": plan, "ord": place, **values}, uid=uid)
        for year, target in draft.targets.items():
            rows.insert(
                ledger.connection,
                "indicator_target",
                {"indicator": uid, "year": int(year), "target": target.text},
                uid=taken.next("indicator_target", f"{uid}|{year}"),
            )


def next_ord(ledger: Ledger) -> int:
    """The place of the next plan in the order of plans."""
    return int(ledger.connection.execute("SELECT coalesce(max(ord), 0) + 1 FROM plan").fetchone()[0])
