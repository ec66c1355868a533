"""Taking a list that was read into the ledger: compared row by row with what stands there, then written as one change."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.import_matching import Match, match, plain_name
from laoxiao_desktop.models.imports import TARGET, Candidate, ComparedRow, Comparison, Stored, is_written
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.models.plan_draft import PlanDraft, PlanFacts
from laoxiao_desktop.models.region import find_county, prefecture_of
from laoxiao_desktop.store import rows
from laoxiao_desktop.workspace import draft_rows, plans, projects, returned
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.import_changes import changes_of
from laoxiao_desktop.workspace.import_rows import TABLES, Incoming, Known, entry_of, incoming, known_of
from laoxiao_desktop.workspace.ledger import Ledger

CANCEL, DELETE = "cancel", "delete"
_NO_DECISION: Mapping[str, str] = MappingProxyType({})
_GONE_VALUES: Mapping[str, Mapping[str, Stored]] = {CANCEL: {"status": "取消"}, DELETE: {"deleted": 1}}
_NO_MAPPINGS: Mapping[str, object] = MappingProxyType({})
_MAPPING = "mapping:"
_PLAN_WORDS = ("方案", "规划", "计划")
_STRIDE = 100  # rows written between two words on how far it is

Told = Callable[[int, int, str], None]


def _untold(done: int, total: int, words: str) -> None:
    """Nobody asks how far it is."""


def plan_meant(ledger: Ledger, draft: PlanDraft) -> str | None:
    """The plan of the ledger that a draft speaks of: same title, else most of its rows; None: it is not there."""
    if draft.returned is not None:
        return returned.plan_meant(ledger, draft.returned)
    facts = draft.plan
    known = plans.all_of(ledger)
    named = [plan for plan in known if plain_name(plan.title) == plain_name(facts.title)]
    same_day = [plan for plan in named if plan.issued_on == facts.issued_on]
    for found in (same_day, named if facts.issued_on is None or len(named) == 1 else []):
        if len(found) == 1 and not _is_other_day(found[0].issued_on, facts.issued_on):
            return found[0].uid
    if named:
        return None
    names = [plain_name(row.name) for row in draft.projects]
    names += [plain_name(row.name) for row in draft.indicators]
    names += [plain_name(row.name) for row in draft.items]
    if not names:
        return None
    votes = {plan.uid: _share(ledger, plan.uid, names) for plan in known if not _is_other_plan(plan, facts)}
    best = max(votes, key=votes.__getitem__, default=None)
    return best if best is not None and votes[best] >= len(names) / 2 else None


def _is_other_day(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _is_other_plan(plan: plans.PlanLine, facts: PlanFacts) -> bool:
    """Another day under another title, or a whole plan of a place that does not lie in this one's."""
    if is_plan(facts) and _is_elsewhere(plan.region, facts.region):
        return True
    return _is_other_day(plan.issued_on, facts.issued_on) and plain_name(plan.title) != plain_name(facts.title)


def _is_elsewhere(region: str, other: str) -> bool:
    if not region or not other or region.startswith(other) or other.startswith(region):
        return False
    inside = prefecture_of(region)
    return inside is None or (prefecture_of(other) != inside and find_county(other, region) is None)


def _share(ledger: Ledger, plan: str, names: list[str]) -> int:
    there = {plain_name(str(row.values["name"])) for row in known_of(ledger, plan).values()}
    return sum(name in there for name in names)


def is_plan(facts: PlanFacts) -> bool:
    """Whether a draft is a whole published plan and not just a list that belongs to one."""
    return facts.issued_on is not None or any(word in facts.title for word in _PLAN_WORDS)


def compare(
    ledger: Ledger, draft: PlanDraft, plan: str | None = None, decisions: Mapping[str, str] = _NO_DECISION
) -> Comparison:
    """What a draft would do to a plan; None: to the plan it speaks of, else to a new one; "": to a new one in any case.

    `decisions` of a person: key of a row → uid of the row that is meant, "new" or "skip"; key of a gone row →
    "cancel" or "delete".
    """
    if draft.returned is not None:
        return returned.compare(ledger, draft, plan, decisions)
    plan = (plan_meant(ledger, draft) if plan is None else plan) or None
    line = next((each for each in plans.all_of(ledger) if each.uid == plan), None)
    known = known_of(ledger, plan) if plan else {}
    found = incoming(draft, line.region if line else draft.plan.region, known.values())
    answers: dict[str, Match] = {}
    for table in TABLES:
        arrived = [row.entry for row in found.values() if row.table == table]
        names = {plain_name(entry.name) for entry in arrived}
        there = [entry_of(row, names) for row in known.values() if row.table == table]
        answers.update(match(arrived, there, decisions))
    counties = projects.county_titles(ledger)
    listed = [_compared(row, answers[key], known, counties) for key, row in found.items()]
    taken = {answer.found for answer in answers.values()}
    proposed = {likely.key for answer in answers.values() for likely in answer.likely}
    covered = {(row.table, row.entry.group) for row in found.values()}
    for uid, row in known.items():
        group = entry_of(row, set()).group
        if uid not in taken and uid not in proposed and row.published and (row.table, group) in covered:
            listed.append(_gone(row, group, decisions))
    return Comparison(plan, line.title if line else draft.plan.title, tuple(listed))


def _compared(row: Incoming, answer: Match, known: Mapping[str, Known], counties: Mapping[str, str]) -> ComparedRow:
    base = ComparedRow(
        row.entry.key,
        row.table,
        "new",
        row.title,
        row.where,
        row.entry.group,
        row.lines,
        values=row.values,
        problems=row.problems,
    )
    if answer.is_skipped:
        return replace(base, state="skipped")
    if answer.likely:
        likely = tuple(
            Candidate(each.key, _name(known[each.key]), _why(each.ratio, each.is_same_number)) for each in answer.likely
        )
        return replace(base, state="doubt", candidates=likely)
    if answer.found is None:
        return base
    same = known[answer.found]
    changes, is_news = changes_of(row, same, counties)
    return replace(base, state="changed" if is_news else "same", uid=same.uid, changes=changes)


def _name(row: Known) -> str:
    number = row.values.get("list_no") or row.values.get("seq") or row.values.get("no")
    name = str(row.values["name"])
    return f"第 {number} 项 {name}" if number else name


def _why(ratio: float, is_same_number: bool) -> str:
    likeness = "名称相同" if ratio == 1 else f"名称相近 {ratio:.2f}"
    return f"同序号，{likeness}" if is_same_number else likeness


def _gone(row: Known, group: str, decisions: Mapping[str, str]) -> ComparedRow:
    key = f"gone:{row.uid}"
    values = _GONE_VALUES.get(decisions.get(key, ""), {})
    return ComparedRow(key, row.table, "gone", str(row.values["name"]), _name(row), group, uid=row.uid, values=values)


# --- writing -----------------------------------------------------------------------------------------------------


def accept(
    ledger: Ledger,
    comparison: Comparison,
    keys: Iterable[str] | None = None,
    *,
    draft: PlanDraft,
    source: str = "",
    mappings: Mapping[str, object] = _NO_MAPPINGS,
    told: Told = _untold,
) -> Change | None:
    """Writes the rows of `keys` (None: all that would be written) as one change; rows in doubt are left alone.

    UserError when the ledger was changed since it was compared. `source` is the name of the file, for the label;
    `mappings` (shape → mapping of columns) are remembered for the next file, as part of the same change. `told` hears
    how many rows of how many are written; what it raises stops the writing and nothing is kept.
    """
    chosen = _asked(comparison, keys)
    with ledger.change(_label(comparison, chosen, source)) as writing:
        writing.created = _write(ledger, comparison, chosen, draft, told)
        for shape, mapping in mappings.items():
            ledgers.put_setting(ledger, _MAPPING + shape, mapping)
    return writing.written


def take_files(
    ledger: Ledger, files: Sequence[tuple[PlanDraft, str | None, str]], check: Callable[[Comparison, str], None]
) -> tuple[Change | None, tuple[Comparison, ...]]:
    """Compares and writes several files (draft, plan, name) as one change, and what each did.

    `check` sees each comparison before it is written and refuses by a UserError; then nothing of any file is written.
    """
    done: list[Comparison] = []
    name = files[0][2] if len(files) == 1 else f"{files[0][2]} 等 {len(files)} 个文件"
    with ledger.change(f"读入“{name}”") as writing:
        for draft, plan, source in files:
            comparison = compare(ledger, draft, plan)
            check(comparison, source)
            _write(ledger, comparison, _asked(comparison, None), draft)
            done.append(comparison)
    return writing.written, tuple(done)


def _asked(comparison: Comparison, keys: Iterable[str] | None) -> list[ComparedRow]:
    asked = set(comparison.writable if keys is None else keys)
    return [row for row in comparison.rows if row.key in asked and is_written(row)]


def _write(
    ledger: Ledger, comparison: Comparison, chosen: Sequence[ComparedRow], draft: PlanDraft, told: Told = _untold
) -> str | None:
    """Writes within the change that is open; the uid of the plan, when it is new."""
    plan, created = comparison.plan, None
    taken: draft_rows.Uids | None = None
    if plan is None:
        taken = draft_rows.Uids(ledger, draft_rows.plan_key(draft.plan))
        plan = created = _new_plan(ledger, draft, taken)
    known = known_of(ledger, plan) if draft.returned is None else returned.known_everywhere(ledger)
    made: dict[str, str] = {row.key: row.uid for row in comparison.rows if row.uid and row.state != "gone"}
    for number, row in enumerate(chosen):
        if number % _STRIDE == 0:
            told(number, len(chosen), "写入")
        if row.state == "new":
            made[row.key] = _insert(ledger, plan, row, draft, taken, made)
        else:
            _update(ledger, row, known)
    for row in comparison.rows:
        if row.state == "same" and row.uid in known:
            _republish(ledger, row, known[str(row.uid)])
    _refresh(ledger, plan, draft, comparison)
    return created


def _label(comparison: Comparison, chosen: Sequence[ComparedRow], source: str) -> str:
    counted = [
        (words, sum(row.state == state for row in chosen))
        for state, words in (("new", "新增"), ("changed", "更新"), ("gone", "处理"))
    ]
    parts = "，".join(f"{words} {count} 项" for words, count in counted if count)
    name = shortened(source or comparison.plan_title)
    return f"读入“{name}”：{parts}" if parts else f"读入“{name}”"


def _new_plan(ledger: Ledger, draft: PlanDraft, taken: draft_rows.Uids) -> str:
    facts = draft.plan
    if not facts.title.strip():
        raise UserError("还没有写方案名称。", "请选择台账里的方案，或为新方案写名称。")
    values = {**draft_rows.plan_of(facts), "ord": plans.next_ord(ledger)}
    return rows.insert(ledger.connection, "plan", values, uid=taken.next("plan"))


def _insert(
    ledger: Ledger,
    plan: str,
    row: ComparedRow,
    draft: PlanDraft,
    taken: draft_rows.Uids | None,
    made: Mapping[str, str],
) -> str:
    number = int(row.key.partition(":")[2])
    values = {name: value for name, value in row.values.items() if not name.startswith(TARGET)}
    values["plan"] = plan
    if row.table != "project":
        values["ord"] = number if taken else _next_ord(ledger, row.table, plan)
    if row.table == "indicator":
        values["restates"] = _restated(draft, number, made)
    uid = taken.next(row.table, _uid_name(draft, row)) if taken else None
    uid = rows.insert(ledger.connection, row.table, values, uid=uid)
    for name, value in row.values.items():
        if name.startswith(TARGET):
            _set_target(ledger, uid, name, value, taken)
    return uid


def _uid_name(draft: PlanDraft, row: ComparedRow) -> str:
    number = int(row.key.partition(":")[2])
    match row.table:
        case "project":
            return draft_rows.project_name(draft.projects[number])
        case "indicator":
            return draft_rows.indicator_name(draft.indicators[number])
        case "goal":
            return draft_rows.goal_name(draft.goals[number])
        case _:
            return draft_rows.item_name(draft.items[number])


def _restated(draft: PlanDraft, number: int, made: Mapping[str, str]) -> str | None:
    this = draft.indicators[number]
    for place, other in enumerate(draft.indicators) if this.restates is not None else ():
        if (other.source, other.sector, other.seq) == ("table", this.sector, this.restates):
            return made.get(f"indicator:{place}")
    return None


def _update(ledger: Ledger, row: ComparedRow, known: Mapping[str, Known]) -> None:
    now = known.get(str(row.uid))
    if now is None or any(now.values.get(change.field) != change.old for change in row.changes):
        raise UserError(f"“{row.title[:30]}”在核对之后有了改动。", "请重新核对后再写入。")
    if row.state == "gone":
        rows.update(ledger.connection, row.table, now.uid, row.values)
        return
    values: dict[str, Stored] = {}
    for change in row.chosen:
        if change.field.startswith(TARGET):
            _set_target(ledger, now.uid, change.field, change.new, None)
        else:
            values[change.field] = change.new
    rows.update(ledger.connection, row.table, now.uid, values)
    _republish(ledger, row, now)


def _republish(ledger: Ledger, row: ComparedRow, now: Known) -> None:
    """The published texts become those of the file, with their lines; where the text is the same nothing is touched."""
    arrived = json.loads(str(row.values.get("published") or "{}"))
    newer = {name: cell for name, cell in arrived.items() if cell["text"] and cell["text"] != now.text(name)}
    if newer:
        text = json.dumps({**now.published, **newer}, ensure_ascii=False)
        rows.update(ledger.connection, row.table, now.uid, {"published": text})


def _set_target(ledger: Ledger, indicator: str, name: str, value: Stored, taken: draft_rows.Uids | None) -> None:
    year = int(name.removeprefix(TARGET))
    found = ledger.connection.execute(
        "SELECT uid FROM indicator_target WHERE indicator = ? AND year = ? ORDER BY deleted LIMIT 1", (indicator, year)
    ).fetchone()
    if found:
        rows.update(ledger.connection, "indicator_target", str(found[0]), {"target": value, "deleted": 0})
        return
    uid = taken.next("indicator_target", f"{indicator}|{year}") if taken else None
    values: dict[str, Stored] = {"indicator": indicator, "year": year, "target": value}
    rows.insert(ledger.connection, "indicator_target", values, uid=uid)


def _next_ord(ledger: Ledger, table: str, plan: str) -> int:
    sql = f'SELECT coalesce(max(ord), 0) + 1 FROM "{table}" WHERE plan = ?'  # noqa: S608 - one of our own names
    return int(ledger.connection.execute(sql, (plan,)).fetchone()[0])


def _refresh(ledger: Ledger, plan: str, draft: PlanDraft, comparison: Comparison) -> None:
    """Printed totals and named annexes follow the file; a total of a part of a list does not speak for the list."""
    is_partial = any(row.state == "gone" and row.table == "project" for row in comparison.rows)
    totals = {} if is_partial else {(each.scope, each.label): draft_rows.total_of(each) for each in draft.totals}
    annexes = {(each.title,): draft_rows.annex_of(each) for each in draft.annexes}
    for table, names, wanted in (("plan_total", ("scope", "label"), totals), ("annex", ("title",), annexes)):
        there = {
            tuple(row[name] for name in names): row
            for row in rows.select(ledger.connection, table, "plan = ? AND deleted = 0", (plan,))
        }
        for place, (key, values) in enumerate(wanted.items()):
            found = there.get(key)
            if found is not None:
                rows.update(ledger.connection, table, str(found["uid"]), values)
            else:
                extra: dict[str, Stored] = {"ord": place} if table == "plan_total" else {}
                rows.insert(ledger.connection, table, {**values, **extra, "plan": plan})


# --- what is remembered ------------------------------------------------------------------------------------------


def remembered(ledger: Ledger) -> dict[str, dict[int, tuple[str | None, str | None]]]:
    """The mappings of columns used before, by the shape of their table: column → (role, unit of money)."""
    found = ledger.connection.execute(
        "SELECT uid, value FROM setting WHERE deleted = 0 AND substr(uid, 1, ?) = ?", (len(_MAPPING), _MAPPING)
    )
    return {str(uid).removeprefix(_MAPPING): _choices(json.loads(value)) for uid, value in found}


def _choices(value: object) -> dict[int, tuple[str | None, str | None]]:
    """A mapping as it was kept; what another program put there is left out."""
    choices: dict[int, tuple[str | None, str | None]] = {}
    for column, choice in value.items() if isinstance(value, dict) else ():
        match choice:
            case [str() | None as role, str() | None as factor] if str(column).isdigit():
                choices[int(column)] = (role, factor)
    return choices
