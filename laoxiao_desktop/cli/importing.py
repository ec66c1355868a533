"""`import`: files read and taken into the ledger, rows found again instead of doubled."""

from pathlib import Path
from typing import cast

import click

from laoxiao_desktop.cli import forming
from laoxiao_desktop.cli.frame import Json, change_json, change_text, for_writing, say, verb
from laoxiao_desktop.cli.reading import bar, existing
from laoxiao_desktop.cli.scope import only_plan, scope_of
from laoxiao_desktop.cli.words import plain
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import forms_in, reading
from laoxiao_desktop.exchange.reading_values import ReadFile
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.imports import ComparedRow, Comparison, FieldChange, State, label_of
from laoxiao_desktop.workspace import imports, plans, returned
from laoxiao_desktop.workspace.ledger import Ledger

_STATES: tuple[tuple[State, str], ...] = (
    ("new", "新增"),
    ("changed", "有变"),
    ("same", "相同"),
    ("gone", "清单里已无"),
    ("doubt", "待定"),
)
_MOST_LEFT = 10
_REMEDY = "请在窗口的“数据交换”里核对后写入；或加 --accept-problems，只写没有疑问的行。"


@verb("import", "读文件并写入台账：import 文件…", "ledger", "person")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--plan", metavar="名称", help="读到哪个方案：名称或地区的一部分；不写时按内容找")
@click.option("--accept-problems", "accepts_problems", is_flag=True, help="有疑问也写入：待定的行和读不出的格除外")
def import_command(
    files: tuple[Path, ...],
    path: Path | None,
    person: Person | None,
    plan: str | None,
    accepts_problems: bool,
    as_json: bool,
) -> None:
    """All files as one change, or nothing; a file read before updates its rows, what a person corrected stays."""
    if any(forms_in.is_form(file) for file in files):
        _take_forms(files, path, person, accepts_problems=accepts_problems, as_json=as_json)
        return
    with for_writing(path, person) as ledger:
        chosen = only_plan(scope_of(ledger, plan, None)) if plan else None
        mappings = cast("reading.Mappings", imports.remembered(ledger))
        mark = returned.mark_of(ledger)
        found = [reading.read(existing(each), progress=bar(), mappings=mappings, ledger=mark) for each in files]
        by_name = {file.name: file for file in found}

        def check(comparison: Comparison, name: str) -> None:
            if not accepts_problems:
                _refuse_open(comparison, by_name[name])

        wanted = [(file.draft, chosen or _plan(ledger, file), file.name) for file in found]
        change, done = imports.take_files(ledger, wanted, check)
    documents = [_document(file, comparison) for file, comparison in zip(found, done, strict=True)]
    told = [_told(file, comparison) for file, comparison in zip(found, done, strict=True)]
    say({"imports": documents, "change": change_json(change)}, "\n".join([*told, change_text(change)]), as_json=as_json)


def _take_forms(
    files: tuple[Path, ...], path: Path | None, person: Person | None, *, accepts_problems: bool, as_json: bool
) -> None:
    """Fill-in forms that came back go into their month; they are not mixed with other files."""
    others = [file.name for file in files if not forms_in.is_form(file)]
    if others:
        raise UserError(f"填报表和别的文件不能一起读：{plain(others[0])}。", "请分开读。")
    forming.take(files, path, person, accepts_problems=accepts_problems, as_json=as_json)


def _plan(ledger: Ledger, file: ReadFile) -> str | None:
    """The plan a file speaks of, or the only one of its region; None: it brings its own. UserError when nobody can say.

    A list of a region that the ledger has no plan of begins a plan under its own title.
    """
    facts = file.draft.plan
    found = imports.plan_meant(ledger, file.draft)
    if found is not None or imports.is_plan(facts):
        return found
    known = plans.all_of(ledger)
    near = [line.uid for line in known if facts.region and line.region == facts.region]
    if len(near) == 1 or (len(known) == 1 and not facts.region):
        return near[0] if near else known[0].uid
    if facts.region and not near and facts.title.strip():
        return None
    names = "、".join(line.region or line.title for line in known)
    remedy = f"请用 --plan 指定，台账里有：{names}。" if known else "请先读入方案本身，或在窗口里新建方案。"
    raise UserError(f"看不出“{plain(file.name)}”属于哪个方案。", remedy)


def _refuse_open(comparison: Comparison, file: ReadFile) -> None:
    doubts = [row for row in comparison.rows if row.state == "doubt"]
    unread = [problem for row in comparison.rows for problem in row.problems]
    asked = [problem for problem in file.problems if problem.severity == "error" or problem.code == "asked"]
    parts = [f"{len(doubts)} 行待定（如“{plain(doubts[0].title)[:30]}”）"] if doubts else []
    parts += [f"{len(unread)} 格读不出（{plain(unread[0].message)}）"] if unread else []
    parts += [plain(problem.message).rstrip("。") for problem in asked[:2]]
    if parts:
        raise UserError(f"“{plain(file.name)}”有疑问，没有写入：{'；'.join(parts)}。", _REMEDY)


def _document(file: ReadFile, comparison: Comparison) -> Json:
    return {
        "file": plain(file.name),
        "plan": comparison.plan_title,
        "counts": {state: comparison.count(state) for state, _ in _STATES},
        "problems": [
            {"row": row.title, "where": row.where, "field": problem.field, "message": problem.message}
            for row in comparison.rows
            for problem in row.problems
        ],
        "doubts": [
            {"row": row.title, "where": row.where, "candidates": [each.name for each in row.candidates]}
            for row in comparison.rows
            if row.state == "doubt"
        ],
        "gone": [row.title for row in comparison.rows if row.state == "gone"],
        "left": [
            {
                "row": row.title,
                "field": change.field,
                "why": change.note,
                "now": change.old_text,
                "file": change.new_text,
            }
            for row, change in _left(comparison)
        ],
    }


def _told(file: ReadFile, comparison: Comparison) -> str:
    counts = "，".join(f"{words} {comparison.count(state)}" for state, words in _STATES if comparison.count(state))
    told = [f"{plain(file.name)} → {plain(comparison.plan_title)}：{counts or '没有可写的内容'}"]
    left = _left(comparison)
    told += [
        f"  没有改 {plain(row.title)[:30]}：{label_of(row.table, change.field)}{change.note}，"
        f"现为 {plain(change.old_text) or '（空）'}，文件里是 {plain(change.new_text)}"
        for row, change in left[:_MOST_LEFT]
    ]
    if len(left) > _MOST_LEFT:
        told.append(f"  另有 {len(left) - _MOST_LEFT} 处没有改，用 --json 看全部。")
    if file.draft.returned is not None:
        told += [f"  {plain(problem.where)} {plain(problem.message)}".replace("   ", "  ") for problem in file.problems]
    return "\n".join(told)


def _left(comparison: Comparison) -> list[tuple[ComparedRow, FieldChange]]:
    """What differs and is not simply taken: a person corrected it, or changed it on both sides."""
    return [(row, change) for row in comparison.rows for change in row.changes if not change.is_chosen]
