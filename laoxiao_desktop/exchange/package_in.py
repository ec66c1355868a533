"""Reading a package .lxp: only the members that a package has, each of the size and SHA-256 that the manifest names."""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Final, TypeVar

from laoxiao_desktop.errors import UserError, reason_of
from laoxiao_desktop.exchange.package_out import ATTACHMENTS, CONTACTS, KIND, MANIFEST, OPS, seal
from laoxiao_desktop.exchange.package_values import Wrong, item_of, manifest_of, pair_of
from laoxiao_desktop.models.parcel import FORMAT, Item, Manifest, Op

_NAME: Final = re.compile(r"manifest\.json|ops\.jsonl|contacts\.jsonl|attachments/[0-9a-f]{64}")
_MOST_MEMBERS: Final = 50_000
_LARGEST: Final = {MANIFEST: 32 << 20, OPS: 1 << 30, CONTACTS: 64 << 20}
_LARGEST_ATTACHMENT: Final = 64 << 20
_LONGEST_LINE: Final = 4 << 20
_MOST_RATIO: Final = 300  # what grows more than this is no log of ours
_SMALL: Final = 1 << 20
_BAD: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, Wrong)
_AGAIN: Final = "请对方重新生成一个包再发来；用邮件或 U 盘传送后，先核对文件大小。"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Package:
    """An open package. What its iterators give was checked line by line; only at their end is it known to be whole."""

    file: str
    sha256: str
    manifest: Manifest
    _archive: zipfile.ZipFile
    _facts: dict[str, tuple[int, str]]

    def items(self) -> Iterator[Item]:
        """The stretches of log."""
        count = 0
        for item in self._lines(OPS, item_of):
            count += isinstance(item, Op)
            yield item
        if count != self.manifest.count:
            raise _damaged(self.file)

    def contacts(self) -> Iterator[tuple[str, str | None]]:
        """(reference, value) of the contacts that were given along."""
        return self._lines(CONTACTS, pair_of)

    def blobs(self) -> Iterator[tuple[str, bytes]]:
        """(SHA-256, content) of the attachments."""
        for name, facts in self._facts.items():
            if name.startswith(ATTACHMENTS):
                with _told(self.file), self._archive.open(name) as member:
                    content = member.read()
                if (len(content), hashlib.sha256(content).hexdigest()) != facts:
                    raise _damaged(self.file)
                yield name.removeprefix(ATTACHMENTS), content

    def _lines(self, name: str, read: Callable[[object], _T]) -> Iterator[_T]:
        digest, size = hashlib.sha256(), 0
        with _told(self.file), self._archive.open(name) as member:
            while line := member.readline(_LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise _damaged(self.file)
                digest.update(line)
                size += len(line)
                yield read(json.loads(line))
        if (size, digest.hexdigest()) != self._facts[name]:
            raise _damaged(self.file)


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package at `path`, open as long as the block; UserError with one sentence when it is none."""
    name = path.name
    with _file(path) as file:
        if file.read(4) != b"PK\x03\x04":
            raise UserError(f"“{name}”不是数据包。", "请选择对方发来的 .lxp 文件。")
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        with _told(name):
            archive = zipfile.ZipFile(file)
            facts = _look_over(archive, name)
            manifest, listed = _manifest(archive, name)
            if {member: size for member, (size, _) in listed.items()} != facts:
                raise _damaged(name)
        yield Package(name, digest, manifest, archive, listed)


def _file(path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise UserError(f"找不到文件“{path.name}”。", "它可能被移动或改名，请重新选择。") from None
    except OSError as problem:
        raise UserError(f"读不了“{path.name}”（{reason_of(problem)}）。", "请检查磁盘或 U 盘，再试一次。") from problem


def _look_over(archive: zipfile.ZipFile, name: str) -> dict[str, int]:
    """The members but the manifest with their sizes; refused before anything is unpacked."""
    members = archive.infolist()
    names = [member.filename for member in members]
    odd = next((one for one in names if not _NAME.fullmatch(one)), None)
    if odd is not None or len(set(names)) != len(names) or len(names) > _MOST_MEMBERS:
        raise UserError(f"“{name}”里有数据包不该有的内容，没有打开。", _AGAIN)
    for member in members:
        limit = _LARGEST.get(member.filename, _LARGEST_ATTACHMENT)
        is_bomb = member.file_size > max(_SMALL, member.compress_size * _MOST_RATIO)
        if member.file_size > limit or is_bomb:
            raise UserError(f"“{name}”解开后过大，没有打开。", _AGAIN)
        if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UserError(f"“{name}”被加密或用别的程序重新压缩过，没有打开。", _AGAIN)
    if not {MANIFEST, OPS, CONTACTS} <= set(names):
        raise UserError(f"“{name}”不是数据包，或不完整。", _AGAIN)
    return {member.filename: member.file_size for member in members if member.filename != MANIFEST}


def _manifest(archive: zipfile.ZipFile, name: str) -> tuple[Manifest, dict[str, tuple[int, str]]]:
    told = json.loads(archive.read(MANIFEST))
    if not isinstance(told, dict) or told.get("kind") != KIND:
        raise UserError(f"“{name}”不是数据包。", "请选择对方发来的 .lxp 文件。")
    if told.pop("seal", None) != seal(told):
        raise _damaged(name)
    made_by = told.get("format")
    if isinstance(made_by, int) and made_by > FORMAT:
        raise UserError(f"“{name}”是新版程序生成的数据包，这个版本读不了。", "请升级本程序后再收入。")
    if made_by != FORMAT:
        raise _damaged(name)
    files = told["files"] if isinstance(told.get("files"), dict) else {}
    return manifest_of(told), {str(member): (fact[0], fact[1]) for member, fact in files.items()}


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What zip, JSON and the lines find wrong, as one sentence."""
    try:
        yield
    except (*_BAD, KeyError, TypeError, IndexError, RecursionError) as problem:
        raise _damaged(name) from problem


def _damaged(name: str) -> UserError:
    return UserError(f"数据包“{name}”已损坏或被改动过，没有收入。", _AGAIN)
