"""`package`, `conflicts` and `resolve`: giving changes to other copies of the ledger, taking theirs, choosing between two values."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from laoxiao_desktop import paths
from laoxiao_desktop.cli import scope as scopes
from laoxiao_desktop.cli.frame import (
    Json,
    at_desk,
    change_json,
    change_text,
    for_giving,
    for_reading,
    for_writing,
    say,
    table,
    verb,
)
from laoxiao_desktop.cli.words import plain
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.conflict import Conflict
from laoxiao_desktop.models.package import Given, PackageLook, Taken
from laoxiao_desktop.models.plain_text import one_line, quoted
from laoxiao_desktop.workspace import conflicts, packages
from laoxiao_desktop.workspace.ledger import Ledger

_USAGE: Final = {
    "give": "package give --to 单位 --out 包.lxp",
    "look": "package look 包.lxp",
    "take": "package take 包.lxp…",
    "start": "package start 包.lxp --ledger 新台账.laoxiao",
    "receipts": "package receipts",
}
_KINDS: Final = {"value": "两边不同", "deleted": "删除与修改", "locked": "锁定后才到"}


@verb("package", "数据包：package give|look|take|start|receipts，与别处的台账交换修改", "ledger", "person")
@click.argument("action", metavar="|".join(_USAGE))
@click.argument("files", metavar="[包.lxp…]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--to", "receiver", metavar="单位", help="give：给谁；他回过包以后，只带他还没有的内容")
@click.option("--out", type=click.Path(path_type=Path), metavar="包.lxp", help="give：写到哪个文件")
@click.option("--county", metavar="县市区", help="give：只给一个县市区的内容")
@click.option("--plan", metavar="方案", help="give：只给一个方案的内容")
@click.option("--contacts", "has_contacts", is_flag=True, help="give：带上联系人和电话")
@click.option("--whole", "is_whole", is_flag=True, help="give：给完整的内容，不管对方已有什么")
def package_command(
    action: str,
    files: Sequence[Path],
    receiver: str | None,
    out: Path | None,
    county: str | None,
    plan: str | None,
    has_contacts: bool,
    is_whole: bool,
    path: Path | None,
    person: Person | None,
    as_json: bool,
) -> None:
    """One step of the exchange."""
    if action not in _USAGE:
        raise click.UsageError(f"要做什么请写 {'、'.join(_USAGE)} 之一。")
    if (action == "give") != (receiver is not None and out is not None) or (action in ("give", "receipts")) == bool(
        files
    ):
        raise click.UsageError(f"写法：{_USAGE[action]}。")
    if action == "give":
        with for_giving(path, person) as ledger:
            document, text = _give(ledger, receiver or "", out or Path(), county, plan, has_contacts, is_whole)
    elif action == "look":
        with for_reading(path, person) as ledger:
            looks = [packages.look(ledger, file) for file in files]
        document = {"packages": [_look_json(one) for one in looks]}
        text = "\n".join(_look_text(one) for one in looks)
    elif action == "start":
        document, text = _start(files, path, person)
    elif action == "take":
        with for_writing(path, person) as ledger:
            taken = packages.take_all(ledger, files)
        document = {"taken": [_taken_json(one) for one in taken]}
        text = "\n".join(_taken_text(one) for one in taken)
    else:
        with for_reading(path, person) as ledger:
            lines = packages.receipts(ledger)
        document = {"receipts": [asdict(line) for line in lines]}
        head = ("收入时间", "文件", "来自", "新记录", "冲突", "标识")
        cells = [
            (_at(one.taken_at), one.file, one.sender, str(one.new_ops), str(one.conflicts), one.uid) for one in lines
        ]
        text = table(head, cells) if lines else "还没有收入过数据包。"
    say(document, text, as_json=as_json)


@verb("conflicts", "列出冲突：两边改了同一处，等人选定", "ledger")
def conflicts_command(path: Path | None, as_json: bool) -> None:
    """Every conflict with its sides; `resolve` takes the uid and one of the ops."""
    with for_reading(path) as ledger:
        found = conflicts.of(ledger)
    text = "\n".join(_conflict_text(one) for one in found) or "没有冲突。"
    say({"conflicts": [_conflict_json(one) for one in found]}, text, as_json=as_json)


@verb("resolve", "处理冲突：resolve 标识 --choose 记录号", "ledger", "person")
@click.argument("conflict", metavar="标识")
@click.option("--choose", "op", metavar="记录号", required=True, help="采用哪一方，如 1a2b3c4d5e6f.12（见 conflicts）")
def resolve_command(conflict: str, op: str, path: Path | None, person: Person | None, as_json: bool) -> None:
    """Chooses one side for good."""
    with for_writing(path, person) as ledger:
        change = conflicts.resolve(ledger, one_line(conflict), one_line(op))
        left = conflicts.count(ledger)
    text = f"{change_text(change)}\n还有 {left} 处冲突。" if left else change_text(change)
    say({"change": change_json(change), "left": left}, text, as_json=as_json)


def _give(
    ledger: Ledger, to: str, out: Path, county: str | None, plan: str | None, has_contacts: bool, is_whole: bool
) -> tuple[Json, str]:
    scope = scopes.scope_of(ledger, plan, county)
    given = packages.give(
        ledger,
        out,
        to=to,
        county=scope.county,
        plan=scopes.only_plan(scope),
        has_contacts=has_contacts,
        is_whole=is_whole,
    )
    return {"given": _given_json(given)}, _given_text(given)


def _start(files: Sequence[Path], path: Path | None, person: Person | None) -> tuple[Json, str]:
    if len(files) != 1:
        raise click.UsageError(f"写法：{_USAGE['start']}。")
    target = path or paths.default_ledger()
    if target.exists():
        raise UserError(
            f"“{plain(target.name)}”已经存在，没有改动它。", "请用 --ledger 另写一个文件名，或用 package take。"
        )
    with packages.start_from(files[0], target, at_desk(person)) as ledger:
        summary = ledger.summary()
    document: Json = {
        "ledger": plain(target),
        "name": summary.name,
        "plans": summary.plans,
        "projects": summary.projects,
    }
    return document, f"已从数据包建立台账“{plain(target)}”：{summary.plans} 个方案，{summary.projects} 个项目。"


def _given_json(given: Given) -> Json:
    return {**asdict(given), "path": plain(given.path)}


def _given_text(given: Given) -> str:
    what = f"从头全部 {given.ops} 条记录" if given.is_first else f"{given.ops} 条新记录"
    held = f"，范围以外的 {given.held_back} 条没有带" if given.held_back else ""
    files = f"，{given.attachments} 个附件" if given.attachments else ""
    contacts = "，带联系人" if given.contacts else "，不带联系人"
    return f"已写出给{quoted(given.to)}的数据包“{plain(given.path)}”：{what}{files}{held}{contacts}。"


def _look_json(look: PackageLook) -> Json:
    return {**asdict(look), "conflicts": [_conflict_json(one) for one in look.conflicts]}


def _look_text(look: PackageLook) -> str:
    if look.refusal:
        return f"“{plain(look.file)}”不能收入：{look.refusal}"
    return f"“{plain(look.file)}”来自{look.sender}，{_at(look.made_at)}：{_counts(look)}"


def _taken_json(taken: Taken) -> Json:
    document: Json = {**asdict(taken), "conflicts": [_conflict_json(one) for one in taken.conflicts]}
    del document["touched"]
    return document


def _taken_text(taken: Taken) -> str:
    lines = [f"已收入“{plain(taken.file)}”（{taken.sender}）：{_counts(taken)}"]
    lines += [
        f"  {one.subject}·{one.field_title}：{one.before or '空'} → {one.after or '空'}（{one.author}）"
        for one in taken.lines
    ]
    lines += ["  有冲突待定，用 conflicts 查看。"] if taken.conflicts else []
    return "\n".join(lines)


def _counts(one: Taken | PackageLook) -> str:
    if not one.new_ops:
        return "没有新内容。"
    added = "、".join(f"{label} {count}" for label, count in one.added)
    parts = [f"{one.new_ops} 条新记录", f"改动 {len(one.lines)} 处", f"新增 {added}" if added else ""]
    parts += [f"附件 {one.attachments} 个" if one.attachments else ""]
    parts += [f"新版字段 {one.unknown_ops} 条，升级后显示" if one.unknown_ops else ""]
    parts += [f"冲突 {len(one.conflicts)} 处" if one.conflicts else ""]
    return "，".join(part for part in parts if part) + "。"


def _conflict_json(conflict: Conflict) -> Json:
    return asdict(conflict)


def _conflict_text(conflict: Conflict) -> str:
    head = f"{conflict.subject}·{conflict.field_title}（{_KINDS[conflict.kind]}，原为 {conflict.base or '空'}）"
    sides = [f"    {side.op}  {side.shown or '空'}  {side.author} {_at(side.at)}" for side in conflict.sides]
    return "\n".join([head, f"  标识 {conflict.id}", *sides])


def _at(moment: str) -> str:
    return moment[:16].replace("T", " ")
