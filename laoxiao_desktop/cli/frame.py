"""What every verb shares: its options, the person, the open ledger, and how an answer is given."""

import getpass
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from laoxiao_desktop import paths
from laoxiao_desktop.cli import words
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change, Person
from laoxiao_desktop.models.plain_text import one_line
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger

Json = dict[str, object]
_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def _named(_: click.Context, __: click.Parameter, text: str | None) -> Person | None:
    if text is None:
        return None
    name, _at, unit = one_line(text).partition("@")
    if not name.strip():
        raise click.BadParameter("请写成 姓名@单位。")
    return Person(name.strip()[:60], unit.strip()[:60])


_OPTIONS: Final = {
    "ledger": click.option(
        "--ledger", "path", type=click.Path(path_type=Path), metavar="文件", help="台账文件；不写时用自己的台账"
    ),
    "person": click.option("--as", "person", metavar="姓名@单位", callback=_named, help="以谁的名义记入变更记录"),
    "reason": click.option("--reason", default="", metavar="理由", help="为什么改，记入变更记录"),
    "json": click.option("--json", "as_json", is_flag=True, help="输出 JSON"),
    "help": click.option(
        "--help", is_flag=True, is_eager=True, expose_value=False, callback=words.show_help, help="显示这段说明"
    ),
}


def verb(name: str, help_text: str, *options: str) -> Callable[[_Verb], click.Command]:
    """Makes a function the verb `name`; the named shared options, --json and --help are added."""

    def made(function: _Verb) -> click.Command:
        wrapped: Callable[..., Any] = function
        for option in reversed((*options, "json", "help")):
            wrapped = _OPTIONS[option](wrapped)
        return click.command(name, help=help_text, add_help_option=False, options_metavar="[选项]")(wrapped)

    return made


def one_of(choices: Sequence[str]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """A callback that accepts these words only."""

    def checked(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
        if text is not None and text not in choices:
            raise click.BadParameter(f"“{words.plain(text)}”不在 {'、'.join(choices)} 里。")
        return text

    return checked


def whole_number(_: click.Context, __: click.Parameter, text: str) -> int:
    """A callback that accepts a whole number from 1 on."""
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise click.BadParameter("请写大于零的整数。")
    return int(text[:9])


def at_desk(named: Person | None = None) -> Person:
    """Who does the work: as named, as the window was told, or the user of the computer."""
    if named is not None:
        return named
    try:
        settings = json.loads(paths.settings_file().read_text(encoding="utf-8"))
        name, unit = settings.get("person.name"), settings.get("person.unit")
    except (OSError, ValueError, AttributeError):
        name = unit = None
    if isinstance(name, str) and name:
        return Person(name, unit if isinstance(unit, str) else "")
    try:
        return Person(getpass.getuser(), "")
    except (OSError, KeyError, ImportError):  # no such user on this machine
        return Person("未署名", "")


def for_reading(path: Path | None, person: Person | None = None) -> Ledger:
    """The ledger, open for looking only; the window may have it open at the same time."""
    return ledgers.open(_chosen(path), at_desk(person), read_only=True)


def for_writing(path: Path | None, person: Person | None) -> Ledger:
    """The ledger, open for changes; UserError when somebody else is writing or it cannot be written."""
    ledger = ledgers.open(_chosen(path), at_desk(person))
    if ledger.is_read_only:
        reason = ledger.read_only_reason
        ledger.close()
        raise UserError("台账现在不能修改。", reason)
    return ledger


def for_giving(path: Path | None, person: Person | None) -> Ledger:
    """The ledger, open for changes where nobody else has it, else for looking: what is given out is only noted then."""
    return ledgers.open(_chosen(path), at_desk(person))


def _chosen(path: Path | None) -> Path:
    chosen = path or paths.default_ledger()
    if path is None and not chosen.exists():
        raise UserError("还没有自己的台账。", "请用 --ledger 指定台账文件，或用 demo 建立示例台账。")
    return chosen


def say(document: Json, text: str, *, as_json: bool) -> None:
    """The answer: one JSON document for machines, plain Chinese for people."""
    sys.stdout.write((json.dumps(document, ensure_ascii=False, indent=1) if as_json else text) + "\n")
    sys.stdout.flush()


def change_json(change: Change | None) -> Json | None:
    """A change for machines; null where nothing differed."""
    return {"uid": change.uid, "label": change.label} if change else None


def change_text(change: Change | None) -> str:
    """A change for people."""
    return f"已记入：{change.label}" if change else "没有不同，什么也没有改。"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lines with aligned columns, long cells cut."""
    cut = [[_cut(cell) for cell in row] for row in (head, *rows)]
    widths = [max(words.columns(row[place]) for row in cut) for place in range(len(head))]
    return "\n".join(
        "  ".join(cell + " " * (width - words.columns(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cut
    )


def _cut(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= 32 else line[:31] + "…"
