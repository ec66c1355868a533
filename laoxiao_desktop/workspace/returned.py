"""An exported workbook that came back, beside the ledger: what a person changed in it, row by row by uid.

A cell counts as changed only against what was exported, so that an old copy never takes back what the ledger learned
since; where both changed, a person decides.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.import_matching import NEW, SKIP, plain_name
from laoxiao_desktop.models.imports import TARGET, Candidate, CellProblem, ComparedRow, Comparison, FieldChange, Stored
from laoxiao_desktop.models.plan_draft import PlanDraft
from laoxiao_desktop.models.returned import (
    ReturnedBook,
    ReturnedRow,
    ReturnedTable,
    field_behind,
    same_text,
    where_to_change,
)
from laoxiao_desktop.store import origin
from laoxiao_desktop.workspace import draft_rows, plans
from laoxiao_desktop.workspace.import_rows import Known, known_of
from laoxiao_desktop.workspace.ledger import Ledger

CHANGED_SINCE, EMPTIED = "导出后改过", "被清空"
_NOT_STATED = {"state": "未填"}  # as a table writes an absent value
_GONE_VALUES: Mapping[str, Mapping[str, Stored]] = {"cancel": {"status": "取消"}, "delete": {"deleted": 1}}


@dataclass(frozen=True, slots=True)
class _Standing:
    """The ledger as a comparison needs it: every row by uid with its plan, and who bears a name."""

    rows: Mapping[str, Known]
    named: Mapping[tuple[str, str], tuple[str, ...]]

    def plan_of(self, uid: str) -> str | None:
        """The plan of a row."""
        row = self.rows.get(uid)
        return str(row.values["plan"]) if row is not None else None


def mark_of(ledger: Ledger) -> str:
    """What an exported workbook bears of the ledger it comes from."""
    return origin.ledger_id(ledger.connection)


def plan_meant(ledger: Ledger, book: ReturnedBook) -> str | None:
    """The plan most of its rows belong to; new rows go there unless a person says otherwise."""
    return _most(_standing(ledger), book)


def known_everywhere(ledger: Ledger) -> dict[str, Known]:
    """Every row of every plan by uid."""
    found: dict[str, Known] = {}
    for plan in plans.all_of(ledger):
        found.update(known_of(ledger, plan.uid))
    return found


def compare(ledger: Ledger, draft: PlanDraft, plan: str | None, decisions: Mapping[str, str]) -> Comparison:
    """What the workbook would do to the ledger; `plan` takes its new rows (None or "": that of most rows)."""
    book = draft.returned
    if book is None:
        raise TypeError("the draft is not of a workbook that came back")
    standing = _standing(ledger)
    plan = plan or _most(standing, book)
    claimed = {row.uid for table in book.tables for row in table.rows if row.uid}
    listed: list[ComparedRow] = []
    for table in book.tables:
        for row in table.rows:
            found = _compared(standing, table, row, decisions, claimed)
            if found is not None:
                listed.append(found)
        listed += [_gone(table, uid, name, decisions) for uid, name in table.gone.items() if uid in standing.rows]
    met = {standing.plan_of(row.uid) for row in listed if row.uid} - {None}
    titles = {each.uid: each.title for each in plans.all_of(ledger)}
    title = titles.get(plan or "", "") if len(met) < 2 else f"{len(met)} 个方案"
    return Comparison(plan, title, tuple(listed))


def _standing(ledger: Ledger) -> _Standing:
    rows = known_everywhere(ledger)
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for uid, row in rows.items():
        named[(row.table, plain_name(str(row.values["name"] or "")))].append(uid)
    return _Standing(rows, {key: tuple(uids) for key, uids in named.items()})


def _most(standing: _Standing, book: ReturnedBook) -> str | None:
    votes = Counter(
        plan for table in book.tables for row in table.rows if row.uid and (plan := standing.plan_of(row.uid))
    )
    return votes.most_common(1)[0][0] if votes else None


def _gone(table: ReturnedTable, uid: str, name: str, decisions: Mapping[str, str]) -> ComparedRow:
    key = f"gone:{uid}"
    values = _GONE_VALUES.get(decisions.get(key, ""), {})
    return ComparedRow(key, table.subject, "gone", name, name, table.key, uid=uid, values=values)


# --- one row -----------------------------------------------------------------------------------------------------


def _compared(
    standing: _Standing,
    table: ReturnedTable,
    row: ReturnedRow,
    decisions: Mapping[str, str],
    claimed: set[str],
) -> ComparedRow | None:
    key = f"{table.subject}:{row.number}"
    title = row.name or (row.was or {}).get("name", "") or "（没有名称）"
    base = ComparedRow(key, table.subject, "new", title, row.where, table.key, (row.line, row.line))
    decision = decisions.get(key)
    if decision == SKIP:
        return replace(base, state="skipped")
    meant = standing.rows.get(decision if decision not in (None, NEW) else row.uid)
    if meant is not None and meant.table == table.subject:
        return _changed(base, table, row, meant)
    if table.subject != "project":
        return None if not row.uid else replace(base, state="doubt")
    if decision != NEW:
        likely = _likely(standing, table, row, claimed)
        if likely or row.uid:
            return replace(base, state="doubt", candidates=likely)
    if not row.name:
        return None
    return _new(standing, base, table, row)


def _likely(standing: _Standing, table: ReturnedTable, row: ReturnedRow, claimed: set[str]) -> tuple[Candidate, ...]:
    """What a row without a uid of its own may mean: the row it was copied from, those of its very name."""
    found: dict[str, str] = {}
    if row.original in standing.rows:
        found[row.original] = "由它复制"
    for uid in standing.named.get((table.subject, plain_name(row.name)), ()):
        found.setdefault(uid, "名称相同，表里另有它的一行" if uid in claimed else "名称相同")
    return tuple(Candidate(uid, str(standing.rows[uid].values["name"]), why) for uid, why in found.items())


def _changed(base: ComparedRow, table: ReturnedTable, row: ReturnedRow, meant: Known) -> ComparedRow:
    changes: list[FieldChange] = []
    problems: list[CellProblem] = []
    values: dict[str, Stored] = {}
    for key, text in row.cells.items():
        was = row.was.get(key, "") if row.was is not None else None
        if was is not None and same_text(text, was):
            continue
        name = field_behind(table.subject, key)
        if name is None:
            if was is not None:
                what = f"“{table.heads.get(key, key)}”改成了 {text or '（空）'}，没有读入：{where_to_change(key)}。"
                problems.append(CellProblem(table.heads.get(key, key), what))
            continue
        if was is None and not text.strip():
            continue  # nothing is known of what was exported: a blank cell tells nothing
        try:
            found = _change(meant, name, key, text, was)
        except UserError as refusal:
            problems.append(CellProblem(name, str(refusal)))
            continue
        if found is not None:
            changes.append(found)
            values[name] = found.new
    state = "changed" if changes else "same"
    return replace(base, state=state, uid=meant.uid, changes=tuple(changes), values=values, problems=tuple(problems))  # type: ignore[arg-type]  # one of the states


def _change(meant: Known, name: str, key: str, text: str, was: str | None) -> FieldChange | None:
    """What a cell would change; None where it says what the ledger says, or what was exported, in other words."""
    now = meant.values.get(name)
    if key == "units" and now is None and (meant.values.get("lead_units") or meant.values.get("support_units")):
        raise UserError("这一项分牵头单位和配合单位。", "请在“指标清单”里改。")
    new = _stored(meant.table, name, key, text)
    if new == now:
        return None
    note = ""
    if was is not None:
        then = _known_before(meant.table, name, key, was)
        if new == then:
            return None
        if then != now and not same_text(was, _shown(meant.table, name, now)):
            note = CHANGED_SINCE
    if new is None:
        note = note or EMPTIED
    shown = _shown(meant.table, name, new) or "（空）"
    return FieldChange(name, now, new, _shown(meant.table, name, now), shown, note, is_chosen=not note)


def _stored(table: str, name: str, key: str, text: str) -> Stored:
    """A cell in its stored form. UserError for what does not fit the field."""
    plain = text.strip()
    if key == "base" and plain.endswith("）") and "（" in plain:
        plain = plain[: plain.rindex("（")]  # 45（2020）: the year is told beside it
    if not plain or plain == _NOT_STATED.get(key):
        return fields.parse(field_of(table, name), "", clock.today()) if not name.startswith(TARGET) else None
    field = field_of("indicator_target", "target") if name.startswith(TARGET) else field_of(table, name)
    return fields.parse(field, plain, clock.today())


def _known_before(table: str, name: str, key: str, was: str) -> Stored:
    try:
        return _stored(table, name, key, was)
    except UserError:  # an old value that the field no longer takes
        return was


def _shown(table: str, name: str, value: Stored) -> str:
    return str(value or "") if name.startswith(TARGET) else fields.show(field_of(table, name), value)


def _new(standing: _Standing, base: ComparedRow, table: ReturnedTable, row: ReturnedRow) -> ComparedRow:
    """A row that a person added: what its cells say, its sector that of the row above where none is told."""
    values: dict[str, Stored] = {}
    problems: list[CellProblem] = []
    for key, text in row.cells.items():
        name = field_behind(table.subject, key)
        if name is None:
            if text.strip():
                what = f"“{table.heads.get(key, key)}”没有读入：{where_to_change(key)}。"
                problems.append(CellProblem(table.heads.get(key, key), what))
            continue
        try:
            values[name] = _stored(table.subject, name, key, text)
        except UserError as refusal:
            problems.append(CellProblem(name, str(refusal)))
    above = standing.rows.get(row.after)
    if not values.get("sector") and above is not None:
        values["sector"] = above.values.get("sector")
    if not values.get("county"):
        texts = (str(values.get(name) or "") for name in ("place", "name", "responsible_unit"))
        values["county"] = draft_rows.county_in(texts, "")
    told = {name: value for name, value in values.items() if value is not None}
    return replace(base, values=told, problems=tuple(problems))
