"""`read`: what was understood of a file; nothing is written."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from laoxiao_desktop.cli.frame import Json, say, table, verb
from laoxiao_desktop.cli.row_json import with_numbers
from laoxiao_desktop.cli.words import plain
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import plan_json, reading
from laoxiao_desktop.exchange.reading_values import ReadFile
from laoxiao_desktop.models.plan_draft import PlanDraft, TotalDraft

_SUBJECTS = {
    "project": "项目",
    "indicator": "指标",
    "goal": "年度目标",
    "task": "任务",
    "policy": "政策",
    "element": "要素",
    "platform": "平台",
    "industry": "产业",
    "reform": "改革",
    "pilot": "试点",
    "member": "成员",
}
_SEVERITIES = {"error": "错误", "warning": "注意", "note": "说明"}
_MOST_PROBLEMS = 40


@verb("read", "读文件看内容，什么也不写：read 文件…")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--hidden", "with_hidden", is_flag=True, help="连同隐藏的工作表、行和列一起读")
def read_command(files: tuple[Path, ...], with_hidden: bool, as_json: bool) -> None:
    """Reads plans, workbooks, documents and web pages and shows what was found."""
    found = [reading.read(existing(path), progress=bar(), with_hidden=with_hidden) for path in files]
    documents = [_document(file) for file in found]
    document: Json = {"files": documents}
    if len(documents) == 1:
        (document,) = documents
        del document["file"]
    say(document, "\n\n".join(map(_told, found)), as_json=as_json)


def _document(file: ReadFile) -> Json:
    dumped = plan_json.dump(file.draft)
    return {"file": plain(file.name), **dumped, "projects": [with_numbers(row) for row in dumped["projects"]]}


def existing(path: Path) -> Path:
    """A path that leads to something; UserError when it does not."""
    if not path.exists():
        raise UserError(f"没有“{plain(path)}”这个文件。", "请检查名称和位置。")
    return path


def bar() -> Callable[[int, int, str], None] | None:
    """Progress for a person at a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        return None
    return lambda done, total, what: click.echo(f"\r\033[K{plain(what)} {done}/{total}", err=True, nl=done == total)


def _told(file: ReadFile) -> str:
    draft = file.draft
    plan = draft.plan
    head = " ".join(filter(None, (plan.title, plan.region, plan.doc_no, plan.issued_on)))
    parts = [f"{plain(file.name)}：{plain(head)}"]
    if file.tables:
        rows = [
            (
                plain(held.sheet),
                plain(held.title),
                _SUBJECTS.get(held.subject or "", "没有认出"),
                str(sum(row.kind == "row" for row in held.rows)),
                plain("、".join(c.header for c in held.columns if c.role is None and c.header)),
            )
            for held in file.tables
        ]
        parts.append(table(("工作表", "表", "列的是", "行", "没有读的列"), rows))
    parts.append(_counts(draft))
    parts += [_total(total) for total in draft.totals]
    parts += [f"隐藏：{plain(words)}" for words in file.hidden]
    shown = draft.problems[:_MOST_PROBLEMS]
    parts += [f"{_SEVERITIES[problem.severity]} {plain(problem.where)} {plain(problem.message)}" for problem in shown]
    if len(draft.problems) > len(shown):
        parts.append(f"另有 {len(draft.problems) - len(shown)} 条，用 --json 看全部。")
    return "\n".join(parts)


def _counts(draft: PlanDraft) -> str:
    counts = [
        ("项目", len(draft.projects)),
        ("指标", len(draft.indicators)),
        ("年度目标", len(draft.goals)),
        *((name, sum(item.kind == kind for item in draft.items)) for kind, name in _SUBJECTS.items()),
        ("附件", len(draft.annexes)),
    ]
    return "读到 " + ("、".join(f"{name} {count}" for name, count in counts if count) or "文字，没有清单") + "。"


def _total(total: TotalDraft) -> str:
    words = [
        f"{name} {printed}{'' if printed == summed else f'（各行相加 {summed}）'}"
        for name, printed, summed in (
            ("总投资", total.total_investment, total.sum_total_investment),
            ("申请", total.central_request, total.sum_central_request),
            ("个数", str(total.count) if total.count is not None else None, str(total.sum_count)),
        )
        if printed is not None
    ]
    return f"{plain(total.label)}（{total.scope}）：{'、'.join(words)}，{'相符' if total.agrees else '不符'}。"
