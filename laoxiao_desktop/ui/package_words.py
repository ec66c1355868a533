"""How a data package is told: sizes, moments, counts, names of files, and what to say to the person who gets it."""

import datetime as dt
from pathlib import Path
from typing import Final

from laoxiao_desktop import clock
from laoxiao_desktop.models.package import SUFFIX, Added, Given, PackageLook, Peer, Taken

_BAD: Final = '<>:"/\\|?*'
_KILO: Final = 1024


def size_words(size: int) -> str:
    """4.3 KB, 12 MB."""
    if size < _KILO:
        return f"{size} 字节"
    amount, unit = size / _KILO, "KB"
    if amount >= _KILO:
        amount, unit = amount / _KILO, "MB"
    return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"


def moment_words(at: str) -> str:
    """7月3日 09:05, with the year when it is another one; nothing for what is no moment."""
    try:
        moment = dt.datetime.fromisoformat(at)
    except ValueError:
        return ""
    year = "" if moment.year == clock.today().year else f"{moment.year}年"
    return f"{year}{moment.month}月{moment.day}日 {moment:%H:%M}"


def day_words(at: str) -> str:
    """7月3日."""
    return moment_words(at).split(" ")[0]


def peer_words(peer: Peer) -> str:
    """When a copy was last given to and taken from."""
    given = f"上次发出 {day_words(peer.last_given)}" if peer.last_given else "还没有发过"
    taken = f"上次收到 {day_words(peer.last_taken)}" if peer.last_taken else "还没有收到过"
    return f"{given}，{taken}"


def file_name(ledger: str, to: str) -> str:
    """The name of a package, safe on every system: 台账 发勐海县民政局 2024-07-03.lxp."""
    name = f"{ledger} 发{to.strip() or '对方'} {clock.today().isoformat()}"
    plain = "".join("_" if sign in _BAD or ord(sign) < 32 else sign for sign in name).strip(" .")
    return f"{plain[:80]}{SUFFIX}"


def free_path(folder: Path, name: str) -> Path:
    """A file of this name in a folder, numbered when there is one already."""
    path, number = folder / name, 2
    while path.exists():
        path = folder / f"{name.removesuffix(SUFFIX)}（{number}）{SUFFIX}"
        number += 1
    return path


def given_words(given: Given) -> str:
    """What was written."""
    files = f"，附件 {given.attachments} 个" if given.attachments else ""
    return f"给“{given.to}”的数据包写好了：{given.ops} 条记录{files}，{size_words(given.size)}。"


def given_hint(given: Given) -> str:
    """Where it is, what it leaves out."""
    path = Path(given.path)
    parts = [f"{path.name}，在文件夹 {path.parent}。"]
    if given.held_back:
        parts.append(f"范围以外的 {given.held_back} 条记录没有发。")
    parts.append("联系人和电话一起发了，请当面或加密传送。" if given.contacts else "没有带联系人和电话。")
    return "".join(parts)


def letter(given: Given, ledger: str) -> str:
    """What to tell the person who gets it."""
    if given.is_first:
        how = "请在“一老一小项目台账”的开始页点“从数据包开始…”选它；已有这本台账的，在“数据交换”里点“收回数据包”。"
    else:
        how = "请打开台账，在“数据交换”的“收回数据包”里选它，或者把它拖到窗口上。"
    name = Path(given.path).name
    return f"“{ledger}”的数据包：{name}。{how}收下后，请从您那边发一个数据包回来，以后就只传新的改动。"


def sender_words(look: PackageLook) -> str:
    """Who made it, when, for whom."""
    parts = []
    if look.sender is not None:
        parts.append(f"{look.sender}")
    if moment := moment_words(look.made_at):
        parts.append(f"{moment} 发出")
    if look.to:
        parts.append(f"发给 {look.to}")
    return "，".join(parts)


def rows_of(added: Added) -> int:
    """How many rows are new."""
    return sum(count for _, count in added)


def taken_words(taken: Taken) -> str:
    """改动 6 处，新增 2 行."""
    rows = rows_of(taken.added)
    return f"改动 {len(taken.lines)} 处" + (f"，新增 {rows} 行" if rows else "")


def look_figures(look: PackageLook) -> tuple[tuple[str, int], ...]:
    """The counts of what a package would bring; what is none is not told, but for the first."""
    figures = (
        ("改动", len(look.lines)),
        ("新增行", rows_of(look.added)),
        ("冲突", len(look.conflicts)),
        ("附件", look.attachments),
        ("新记录", look.new_ops),
        ("已有记录", look.known_ops),
        ("新版才认识", look.unknown_ops),
    )
    return tuple((word, count) for number, (word, count) in enumerate(figures) if count or number == 0)
