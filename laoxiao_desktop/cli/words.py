"""Help and complaints about usage, in Chinese."""

import unicodedata
from collections.abc import Iterable, Sequence

import click

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.plain_text import one_line

_START = "laoxiao-desktop"


def plain(text: object) -> str:
    """Any text of the command line or the file system so that it can be printed."""
    return one_line(str(text))


def overview(commands: Iterable[click.Command]) -> str:
    """What can be done without the window."""
    lines = [(str(command.name), str(command.help)) for command in commands]
    return (
        f"用法：{_START}              打开窗口\n"
        f"      {_START} 动词 [选项]  不开窗口，做完就退出\n\n动词：\n{_aligned(lines)}"
        "\n每个动词加 --help 看选项；加 --json 输出 JSON。退出码：0 完成，1 未能完成，2 用法不对。\n"
    )


def show_help(context: click.Context, _: click.Parameter, is_wanted: bool) -> None:
    """The callback of --help: usage, what the verb does, its options."""
    if not is_wanted or context.resilient_parsing:
        return
    records = [parameter.get_help_record(context) for parameter in context.command.params]
    options = [(names, help_text) for names, help_text in filter(None, records) if help_text]
    click.echo(f"用法：{_pieces(context)}\n\n{context.command.help}\n\n选项：\n{_aligned(options)}", nl=False)
    context.exit()


def usage(wrong: click.UsageError) -> UserError:
    """The complaint as a sentence, with the right usage as remedy."""
    remedy = f"用法：{_pieces(wrong.ctx)}" if wrong.ctx else f"用 {_START} --help 看有哪些动词。"
    return UserError(_what(wrong), remedy)


def _what(wrong: click.UsageError) -> str:
    match wrong:
        case click.NoSuchOption():
            return f"没有选项 {plain(wrong.option_name)}。"
        case click.BadOptionUsage():
            return f"选项 {plain(wrong.option_name)} 后面缺少内容，或多写了内容。"
        case click.MissingParameter():
            return f"缺少 {_name(wrong.param)}。"
        case click.BadParameter():
            return f"{_name(wrong.param)} 不对：{plain(wrong.message)}"
    message = plain(wrong.message)
    return "多写了参数。" if message.startswith("Got unexpected extra argument") else message


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    return parameter.opts[0] if parameter.param_type_name == "option" else parameter.make_metavar(_no_context())


def _no_context() -> click.Context:
    return click.Context(click.Command(""))


def _pieces(context: click.Context) -> str:
    return " ".join([context.command_path, *context.command.collect_usage_pieces(context)])


def _aligned(lines: Sequence[tuple[str, str]]) -> str:
    width = max((columns(left) for left, _ in lines), default=0)
    return "".join(f"  {left}{' ' * (width - columns(left))}  {right}\n" for left, right in lines)


def columns(text: str) -> int:
    """How many columns a text takes in a terminal: a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
