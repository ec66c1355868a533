"""Font files: the installed faces of the standard, and the bundled ones that stand in for them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from laoxiao_desktop import paths
from laoxiao_desktop.reports.face import Face, UnfitFaceError

Role = Literal["song", "title", "hei", "kai", "fang"]
ROLE_LABELS: dict[Role, str] = {"song": "宋体", "title": "小标宋", "hei": "黑体", "kai": "楷体", "fang": "仿宋"}
BUNDLED: dict[Role, str] = {
    "song": "LaoxiaoSerif-Regular.ttf",
    "title": "LaoxiaoSerif-Bold.ttf",
    "hei": "LaoxiaoSans-Medium.ttf",
    "kai": "LaoxiaoKai-Regular.ttf",
    "fang": "LaoxiaoFangsong-Regular.ttf",
}
# Names under which the faces of the standard are installed, best first.
SYSTEM_FILES: dict[Role, tuple[str, ...]] = {
    "song": ("simsun.ttc",),
    "title": ("fzxbsjw.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf"),
    "hei": ("simhei.ttf",),
    "kai": ("simkai.ttf", "楷体_gb2312.ttf"),
    "fang": ("simfang.ttf", "仿宋_gb2312.ttf", "fzfsk.ttf", "fzfsjw.ttf"),
}
SYSTEM_FAMILIES: dict[Role, tuple[str, ...]] = {
    "song": ("SimSun", "宋体"),
    "title": ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "hei": ("SimHei", "黑体"),
    "kai": ("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312"),
    "fang": ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "方正仿宋简体"),
}
_TYPICAL = "国务院办公厅关于印发一老一小养老托育项目，。（）0123456789"


@dataclass(frozen=True, slots=True)
class FontFile:
    """Where a face lies: a file, and its number inside a collection."""

    path: Path
    index: int = 0


@dataclass(frozen=True, slots=True)
class FontChoice:
    """The files of every role, best first; the bundled face of the role and the bundled 宋 close each list."""

    files: dict[Role, tuple[FontFile, ...]]


def bundled_fonts() -> FontChoice:
    """The choice that prints the same on every machine."""
    return FontChoice({role: _bundled_files(role) for role in BUNDLED})


def fonts_of_this_machine() -> FontChoice:
    """The installed faces of the standard where there are any (TrueType, covering common text), the bundled ones after."""
    found = _installed()
    files: dict[Role, tuple[FontFile, ...]] = {}
    for role in BUNDLED:
        installed = next((file for file in found(role) if _is_fit(file)), None)
        files[role] = ((installed,) if installed else ()) + _bundled_files(role)
    return FontChoice(files)


def fonts_in_use(choice: FontChoice) -> tuple[tuple[str, str], ...]:
    """Role in Chinese and the file that serves it first, for the 关于 page."""
    return tuple((ROLE_LABELS[role], files[0].path.name) for role, files in choice.files.items())


def _bundled_files(role: Role) -> tuple[FontFile, ...]:
    folder = paths.resources() / "fonts"
    names = dict.fromkeys((BUNDLED[role], BUNDLED["song"]))
    return tuple(FontFile(folder / name) for name in names)


def _is_fit(file: FontFile) -> bool:
    face = open_face(file)
    return face is not None and all(face.glyph_of(ord(c)) for c in _TYPICAL)


def open_face(file: FontFile) -> Face | None:
    """The face, or None when the file is not TrueType, forbids embedding, is damaged or gone."""
    try:
        return Face(file.path, file.index)
    except UnfitFaceError:
        return None


def _installed() -> Callable[[Role], Iterator[FontFile]]:
    by_name = {path.name.lower(): path for path in _files_in(_font_folders())}
    by_family = {} if sys.platform == "win32" else _fontconfig()

    def of_role(role: Role) -> Iterator[FontFile]:
        for name in SYSTEM_FILES[role]:
            if name in by_name:
                yield FontFile(by_name[name])
        for family in SYSTEM_FAMILIES[role]:
            if family in by_family:
                yield by_family[family]

    return of_role


def _font_folders() -> list[Path]:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        system = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        return [system, Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else [system]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".local/share/fonts",
        Path.home() / ".fonts",
    ]


def _files_in(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for parent, _folders, names in os.walk(folder):
            for name in sorted(names):
                if name.lower().endswith((".ttf", ".ttc")):
                    yield Path(parent) / name


def _fontconfig() -> dict[str, FontFile]:
    """Family → file of the TrueType faces that fontconfig knows; empty where it is not installed."""
    command = ["fc-list", "--format", "%{file}\t%{index}\t%{fontformat}\t%{style}\t%{family}\n", ":lang=zh-cn"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=5)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return {}
    found: dict[str, FontFile] = {}
    for line in sorted(done.stdout.splitlines()):
        file, index, kind, style, families = (line.split("\t") + [""] * 5)[:5]
        is_plain = "Bold" not in style and "Italic" not in style
        if kind == "TrueType" and index.isdigit() and int(index) < 0x10000 and is_plain:
            for family in families.split(","):
                found.setdefault(family.strip(), FontFile(Path(file), int(index)))
    return found
