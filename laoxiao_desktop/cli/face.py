"""From the words on the command line to one verb, and from what went wrong to one sentence and an exit status."""

import contextlib
import os
import re
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Final

import click

from laoxiao_desktop import __version__
from laoxiao_desktop.cli import words
from laoxiao_desktop.cli.frame import say
from laoxiao_desktop.errors import Cancelled, FieldError, UserError, reason_of

# verb → the module that holds it; only the module of the verb in hand is loaded
VERBS: Final = {
    "demo": "keeping",
    "read": "reading",
    "import": "importing",
    "list": "listing",
    "set": "editing",
    "milestone": "editing",
    "month": "dispatching",
    "form": "forming",
    "funding": "money",
    "allocation": "money",
    "lights": "figures",
    "overview": "figures",
    "check": "checking",
    "report": "printing",
    "export": "printing",
    "history": "past",
    "undo": "past",
    "redo": "past",
    "verify": "keeping",
    "backup": "keeping",
    "restore": "keeping",
    "package": "exchanging",
    "conflicts": "exchanging",
    "resolve": "exchanging",
    "manual": "guiding",
}
DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb; 0 done, 1 refused with a sentence on stderr, 2 wrong usage."""
    words_typed = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in words_typed
    _speak_utf8(as_json)
    try:
        return _run(words_typed)
    except click.UsageError as wrong:
        return _fail(words.usage(wrong), as_json, WRONG_USAGE)
    except UserError as refusal:
        return _fail(refusal, as_json, REFUSED)
    except (click.Abort, Cancelled):
        return _fail(UserError("已经中断，什么也没有改。"), as_json, REFUSED)
    except BrokenPipeError:
        _give_up_answering()  # the reader has gone; nothing more to say
        return REFUSED
    except OSError as problem:
        return _fail(_told(problem), as_json, REFUSED)


def _run(words_typed: list[str]) -> int:
    verb = words_typed[0] if words_typed else ""
    if verb == "--version":
        sys.stdout.write(f"laoxiao-desktop {__version__}\n")
        return DONE
    if verb in ("", "--help", "-h", "help"):
        sys.stdout.write(words.overview(_commands(VERBS)))
        return DONE
    if verb not in VERBS:
        raise click.UsageError(f"没有“{words.plain(verb)}”这个动词。")
    (command,) = _commands([verb])
    status = command.main(words_typed[1:], prog_name=f"laoxiao-desktop {verb}", standalone_mode=False)
    return status if isinstance(status, int) else DONE


def _commands(verbs: Iterable[str]) -> list[click.Command]:
    modules = {verb: import_module(f"laoxiao_desktop.cli.{VERBS[verb]}") for verb in verbs}
    return [getattr(module, f"{verb}_command") for verb, module in modules.items()]


def _told(problem: OSError) -> UserError:
    name = (
        re.sub(r"(^|[/\\\\])\.([^/\\\\]+)\.part$", r"\1\2", words.plain(problem.filename)) if problem.filename else ""
    )
    where = f"“{name}”" if name else "文件"
    return UserError(f"{where}不能读写：{reason_of(problem)}。", "请检查位置、权限和磁盘空间。")


def _fail(refusal: UserError, as_json: bool, status: int) -> int:
    error = {"what": refusal.what, "remedy": refusal.remedy}
    if isinstance(refusal, FieldError):
        error["field"] = refusal.field
    try:
        if as_json:
            say({"error": error}, "", as_json=True)
    except OSError:
        _give_up_answering()
    sys.stderr.write(f"{refusal}\n")
    return status


def _give_up_answering() -> None:
    """Lets Python close an output that takes nothing any more (closed pipe, full disk) without a second complaint."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8(as_json: bool) -> None:
    """JSON is UTF-8 wherever it goes; words that a console cannot show must not stop the work."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream put in its place by a test
            stream.reconfigure(errors="replace", **({"encoding": "utf-8"} if as_json else {}))  # type: ignore[union-attr]
