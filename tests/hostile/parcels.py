"""Hostile packages between copies of a ledger: altered, forged, out of proportion, with members of their own."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from laoxiao_desktop.exchange import package_out
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.workspace import packages, projects
from tests.builders import add_project, new_ledger

Members = dict[str, bytes]
Spoiler = Callable[[Members], None]


@dataclass(frozen=True)
class Sound:
    """A closed ledger and a package that it could take."""

    ledger: bytes
    package: bytes


@lru_cache(maxsize=1)
def sound() -> Sound:
    """Made once."""
    before = os.environ.get("LAOXIAO_HOME")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["LAOXIAO_HOME"] = str(folder / "home")
        try:
            with new_ledger(folder) as ledger:
                uid = add_project(ledger)
                packages.give(ledger, folder / "1.lxp", to="县里")
                path = ledger.path
            with packages.start_from(folder / "1.lxp", folder / "县.laoxiao", Person("李明", "县里")) as county:
                projects.edit(county, uid, {"total_investment": 400_000_000, "owner": "县里的"})
                packages.give(county, folder / "2.lxp", to="州里")
            return Sound(path.read_bytes(), (folder / "2.lxp").read_bytes())
        finally:
            if before is None:
                del os.environ["LAOXIAO_HOME"]
            else:
                os.environ["LAOXIAO_HOME"] = before


def rewrite(package: Path, spoil: Spoiler) -> None:
    """The package with its members spoilt."""
    with zipfile.ZipFile(package) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    spoil(members)
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def maker(spoil: Spoiler) -> Callable[[Path], None]:
    """Writes the sound package, spoilt."""

    def make(path: Path) -> None:
        path.write_bytes(sound().package)
        rewrite(path, spoil)

    return make


def cut_short(path: Path) -> None:
    """The first half of a package."""
    path.write_bytes(sound().package[: len(sound().package) // 2])


def _retold(members: Members, **told: object) -> None:
    """Another manifest, sealed again as a forger would."""
    manifest = {**json.loads(members["manifest.json"]), **told}
    del manifest["seal"]
    members["manifest.json"] = json.dumps({**manifest, "seal": package_out.seal(manifest)}).encode()


def _resealed(members: Members, ops: bytes) -> None:
    files = json.loads(members["manifest.json"])["files"]
    members["ops.jsonl"] = ops
    _retold(members, files={**files, "ops.jsonl": [len(ops), hashlib.sha256(ops).hexdigest()]})


def newer_format(members: Members) -> None:
    _retold(members, format=2)


def broken_seal(members: Members) -> None:
    members["manifest.json"] = members["manifest.json"].replace(b'"to":"', b'"to":"x')


def an_unlisted_member(members: Members) -> None:
    members["attachments/" + "0" * 64] = b"x"


def a_path_trick(members: Members) -> None:
    members["../../evil"] = b"x"


def a_device_name(members: Members) -> None:
    members["attachments/CON"] = b"x"


def a_bomb(members: Members) -> None:
    members["ops.jsonl"] = b"0" * (300 << 20)


def an_altered_value(members: Members) -> None:
    _resealed(members, members["ops.jsonl"].replace("县里的".encode(), "别人的".encode()))


def a_dropped_op(members: Members) -> None:
    lines = members["ops.jsonl"].splitlines(keepends=True)
    _resealed(members, b"".join(lines[:-1]))


def a_value_of_another_kind(members: Members) -> None:
    _resealed(members, members["ops.jsonl"].replace(b"400000000", b'"many"'))


def a_lone_surrogate(members: Members) -> None:
    _resealed(members, members["ops.jsonl"].replace("县里的".encode(), b"\\ud800"))


def deep_nesting(members: Members) -> None:
    _resealed(members, b"[" * 100_000 + b"]" * 100_000 + b"\n")


def a_line_without_end(members: Members) -> None:
    _resealed(members, members["ops.jsonl"].rstrip(b"\n"))


def no_object(members: Members) -> None:
    members["manifest.json"] = b"[]"


def huge_clock(members: Members) -> None:
    _retold(members, lam=1 << 70)


SPOILERS: dict[str, tuple[Spoiler, str]] = {
    "新版格式": (newer_format, "新版程序"),
    "改过的清单": (broken_seal, "已损坏"),
    "多出的附件": (an_unlisted_member, "已损坏"),
    "指向外面": (a_path_trick, "不该有的内容"),
    "设备名": (a_device_name, "不该有的内容"),
    "解开300MB": (a_bomb, "过大"),
    "改过的内容": (an_altered_value, "已损坏"),
    "少一条": (a_dropped_op, "已损坏"),
    "钱写成字": (a_value_of_another_kind, "已损坏"),
    "孤立代理": (a_lone_surrogate, "已损坏"),
    "深层嵌套": (deep_nesting, "已损坏"),
    "没有行尾": (a_line_without_end, "已损坏"),
    "清单不是对象": (no_object, "不是数据包"),
    "时钟太大": (huge_clock, "已损坏"),
}
