"""`demo`, `verify`, `backup` and `restore`: making a ledger and keeping it safe."""

import contextlib
from pathlib import Path

import click

from laoxiao_desktop import paths
from laoxiao_desktop.cli.frame import at_desk, for_reading, say, verb
from laoxiao_desktop.cli.words import plain
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.workspace import safety


@verb("demo", "建立示例台账，装入五个方案", "ledger", "person")
def demo_command(path: Path | None, person: Person | None, as_json: bool) -> None:
    """A new ledger with the bundled plans; an existing file is never touched, a half-made one never left behind."""
    from laoxiao_desktop.exchange import bundled  # noqa: PLC0415 - only this verb reads plan files
    from laoxiao_desktop.workspace import plans  # noqa: PLC0415

    target = path or paths.default_ledger()
    if target.exists():
        raise UserError(f"“{plain(target.name)}”已经存在，没有改动它。", "请用 --ledger 另写一个文件名。")
    drafts = bundled.plans()
    try:
        with plans.start_demo(target, drafts, at_desk(person)) as ledger:
            summary = ledger.summary()
    except BaseException:
        for leftover in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm"))):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
        raise
    document = {"ledger": plain(target), "name": summary.name, "plans": summary.plans, "projects": summary.projects}
    text = f"已建立示例台账“{plain(target)}”：{summary.plans} 个方案，{summary.projects} 个项目。"
    say({**document}, text, as_json=as_json)


@verb("verify", "检查台账：文件、变更记录与各表是否一致", "ledger")
def verify_command(path: Path | None, as_json: bool) -> int:
    """Exit status 1 when something is wrong."""
    with for_reading(path) as ledger:
        verdict = safety.verify(ledger)
    document = {"ok": verdict.is_sound, "problems": list(verdict.problems), "ops": verdict.ops, "head": verdict.head}
    text = f"台账完好：{verdict.ops} 条变更记录，链首 {verdict.head[:8]}。"
    if not verdict.is_sound:
        text = "台账有问题：\n" + "\n".join(verdict.problems) + "\n请从备份恢复，并保留这个文件备查。"
    say({**document}, text, as_json=as_json)
    return 0 if verdict.is_sound else 1


@verb("backup", "备份台账并检验备份", "ledger")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), metavar="文件夹", help="放到哪里；不写时放到备份文件夹"
)
def backup_command(path: Path | None, folder: Path | None, as_json: bool) -> None:
    """A proved copy."""
    with for_reading(path) as ledger:
        made = safety.backup(ledger, folder)
    say({"backup": plain(made)}, f"已备份到“{plain(made)}”，检验无误。", as_json=as_json)


@verb("restore", "用备份换下台账；换下前先把现在的台账备份", "ledger", "person")
@click.argument("backup", type=click.Path(path_type=Path), metavar="备份文件")
def restore_command(backup: Path, path: Path | None, person: Person | None, as_json: bool) -> None:
    """Puts a proved backup in the place of the ledger."""
    target = path or paths.default_ledger()
    safety.restore(backup, target, at_desk(person))
    document = {"ledger": plain(target), "restored": plain(backup)}
    say({**document}, f"已从“{plain(backup.name)}”恢复“{plain(target.name)}”。", as_json=as_json)
