"""`history`, `undo` and `redo`: what happened and taking it back."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

import click

from laoxiao_desktop.cli.frame import Json, change_json, for_reading, for_writing, say, verb, whole_number
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.change import HistoryLine, Person
from laoxiao_desktop.models.dictionary import TABLES, Field
from laoxiao_desktop.models.plain_text import one_line, quoted
from laoxiao_desktop.models.table_labels import TABLE_LABELS
from laoxiao_desktop.workspace import history
from laoxiao_desktop.workspace.ledger import Ledger

_TABLES: Final = ("project", "milestone", "indicator", "goal", "list_item", "plan")


@verb("history", "谁在什么时候把什么改成了什么：history 标识", "ledger")
@click.argument("uid", metavar="[标识]", required=False)
@click.option("--limit", default="500", metavar="行数", callback=whole_number, help="最多列多少行，默认 500")
def history_command(uid: str | None, path: Path | None, limit: int, as_json: bool) -> None:
    """Newest first: of one row, or without a uid of the whole ledger."""
    with for_reading(path) as ledger:
        lines = _of(ledger, one_line(uid), limit) if uid else history.recent(ledger, limit)
    text = "\n".join(_gathered(_sentences(lines))) or "还没有变更记录。"
    say({"history": [_line(line) for line in lines]}, text, as_json=as_json)


@verb("undo", "撤销最近一次修改", "ledger", "person")
def undo_command(path: Path | None, person: Person | None, as_json: bool) -> None:
    """Takes back the newest change that still stands."""
    with for_writing(path, person) as ledger:
        change = history.undo(ledger)
    if change is None:
        raise UserError("没有可以撤销的修改。")
    say({"change": change_json(change)}, f"已{change.label}", as_json=as_json)


@verb("redo", "重做刚撤销的修改", "ledger", "person")
def redo_command(path: Path | None, person: Person | None, as_json: bool) -> None:
    """Does again what was last undone."""
    with for_writing(path, person) as ledger:
        change = history.redo(ledger)
    if change is None:
        raise UserError("没有可以重做的修改。")
    say({"change": change_json(change)}, f"已{change.label}", as_json=as_json)


def _of(ledger: Ledger, uid: str, limit: int) -> list[HistoryLine]:
    for table in _TABLES:
        if lines := history.of_row(ledger, table, uid, limit):
            return lines
    raise UserError(f"没有标识为{quoted(uid)}的行。", "请用 list 查标识。")


def _line(line: HistoryLine) -> Json:
    return {
        "at": line.at,
        "actor": line.actor,
        "table": line.table,
        "row": line.row,
        "field": line.field,
        "old": _value(line, line.old),
        "new": _value(line, line.new),
        "label": line.label,
        "reason": line.reason or None,
        "kind": line.kind,
        "site": line.site,
    }


def _value(line: HistoryLine, stored: object) -> object:
    """Money as a decimal string in 万元, everything else as stored; null when absent."""
    field = _field(line)
    return fields.show(field, stored) or None if field and field.kind == "money" else stored


def _sentences(lines: list[HistoryLine]) -> Iterator[str]:
    """A line each; of a new row one line instead of one for every field that was filled in with it."""
    made = {(line.row, line.at, line.label) for line in lines if line.field == "deleted" and line.old is None}
    for line in lines:
        if line.field == "deleted":
            what = "删除" if line.new else "找回" if line.old else "新增"
            yield f"{_who(line)}  {what}{TABLE_LABELS.get(line.table, line.table)}（{line.label}）"
        elif (line.row, line.at, line.label) not in made or line.old is not None:
            yield _sentence(line)


def _gathered(sentences: Iterable[str]) -> Iterator[str]:
    """Equal sentences in a row as one, with their number."""
    for sentence, equal in groupby(sentences):
        count = sum(1 for _ in equal)
        yield f"{sentence}，共 {count} 项" if count > 1 else sentence


def _who(line: HistoryLine) -> str:
    return f"{line.at[:16].replace('T', ' ')}  {line.actor}"


def _sentence(line: HistoryLine) -> str:
    field = _field(line)
    label = f"{TABLE_LABELS.get(line.table, line.table)}·{field.label if field else line.field}"
    old, new = (fields.show(field, value) if field else str(value) for value in (line.old, line.new))
    why = f"（{line.reason}）" if line.reason else ""
    return f"{_who(line)}  {label}：{old or '空'} → {new or '空'}{why}"


def _field(line: HistoryLine) -> Field | None:
    return next((field for field in TABLES.get(line.table, ()) if field.name == line.field), None)
