"""Writing a package .lxp: a zip of manifest.json, ops.jsonl, contacts.jsonl and attachments, finished before it gets its name."""

import contextlib
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final

from laoxiao_desktop.errors import UserError, reason_of
from laoxiao_desktop.models.parcel import Item, Manifest, Run

KIND: Final = "laoxiao-package"
MANIFEST, OPS, CONTACTS, ATTACHMENTS = "manifest.json", "ops.jsonl", "contacts.jsonl", "attachments/"
Fact = list[object]  # size and SHA-256 of a member


@dataclass(frozen=True, slots=True)
class Written:
    """A finished package: its size, its SHA-256 and the number of attachments."""

    size: int
    sha256: str
    attachments: int


def write(
    target: Path,
    items: Iterable[Item],
    contacts: Iterable[tuple[str, str | None]],
    attachments: Iterable[tuple[str, bytes]],
    manifest: Callable[[], Manifest],
) -> Written:
    """Writes the package; `manifest` is asked when everything else is written. UserError when it cannot be written, then nothing is left."""
    part = target.with_name(target.name + ".part")
    try:
        with _new(part) as file, zipfile.ZipFile(file, "w") as archive:
            facts = {
                OPS: _lines(archive, OPS, (_op_line(item) for item in items)),
                CONTACTS: _lines(archive, CONTACTS, (_json(list(pair)) for pair in contacts)),
            }
            for name, content in attachments:
                archive.writestr(_member(ATTACHMENTS + name, zipfile.ZIP_STORED), content)
                facts[ATTACHMENTS + name] = [len(content), name]
            archive.writestr(_member(MANIFEST), manifest_text(manifest(), facts))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = part.stat().st_size
        os.replace(part, target)
    except OSError as problem:
        raise UserError(
            f"没有能够写出数据包“{target.name}”（{reason_of(problem)}）。", "请检查磁盘空间或换一个文件夹。"
        ) from problem
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return Written(size, digest, len(facts) - 2)


def manifest_text(manifest: Manifest, facts: dict[str, Fact]) -> str:
    """The manifest with size and SHA-256 of every member, sealed by a SHA-256 over itself."""
    told: dict[str, object] = {"kind": KIND, **asdict(manifest), "files": facts, "signature": None}
    told["has"] = {site: [known.seq, known.holes] for site, known in manifest.has.items()}
    return _json({**told, "seal": seal(told)})


def seal(told: dict[str, object]) -> str:
    """SHA-256 over a manifest without its seal."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _op_line(item: Item) -> str:
    return _json(item._asdict() if isinstance(item, Run) else list(item))


def _lines(archive: zipfile.ZipFile, name: str, lines: Iterable[str]) -> Fact:
    digest, size = hashlib.sha256(), 0
    with archive.open(_member(name), "w") as member:
        for line in lines:
            content = (line + "\n").encode()
            member.write(content)
            digest.update(content)
            size += len(content)
    return [size, digest.hexdigest()]


def _member(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)  # the year 1980: the same content makes the same file
    member.compress_type = method
    member.external_attr = 0o600 << 16
    return member


def _new(part: Path) -> IO[bytes]:
    """A new file that only its owner may read."""
    part.unlink(missing_ok=True)
    return os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600), "w+b")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
