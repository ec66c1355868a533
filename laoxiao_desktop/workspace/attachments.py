"""What a person does with attachments: photos and documents inside the ledger, each content kept once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from laoxiao_desktop.errors import FieldError, UserError, reason_of
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.dictionary import ATTACHMENT_KINDS, field_of
from laoxiao_desktop.models.plain_text import one_line, shortened
from laoxiao_desktop.store import blobs, rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger

Values = Mapping[str, Stored]
LARGEST = 50 * 1024 * 1024
PHOTO = "照片"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment without its content; `taken_at` is a stored date."""

    uid: str
    project: str
    milestone: str | None
    kind: str
    file_name: str
    sha256: str
    size: int
    taken_at: str | None
    caption: str


def of(ledger: Ledger, project: str) -> list[Attachment]:
    """The attachments of a project, the newest first."""
    found = rows.select(
        ledger.connection,
        "attachment",
        "project = ? AND deleted = 0",
        (project,),
        "taken_at IS NULL, taken_at DESC, id DESC",
    )
    return [_attachment(row) for row in found]


def add(
    ledger: Ledger,
    project: str,
    source: Path | bytes,
    kind: str = "其他",
    caption: str = "",
    taken_at: str | None = None,
    *,
    file_name: str | None = None,
    milestone: str | None = None,
) -> Change | None:
    """Takes a file into the ledger. UserError when it is too large, empty, unreadable or already there."""
    if kind not in ATTACHMENT_KINDS:
        raise FieldError("kind", f"“{kind}”不是附件类别。", f"可选：{'、'.join(ATTACHMENT_KINDS)}。")
    ledger.row("project", project)
    content, name = _read(source, file_name, kind)
    with ledger.change(f"附上{kind}“{shortened(name)}”") as writing:
        sha256 = blobs.keep(ledger.connection, content)
        same = ledger.connection.execute(
            "SELECT file_name FROM attachment WHERE project = ? AND sha256 = ? AND deleted = 0", (project, sha256)
        ).fetchone()
        if same:
            raise UserError(f"“{shortened(name)}”与已有的附件“{shortened(str(same[0]))}”内容相同。", "不必再附一次。")
        values: Values = {
            "project": project,
            "milestone": milestone,
            "kind": kind,
            "file_name": name,
            "sha256": sha256,
            "size": len(content),
            "taken_at": taken_at,
            "caption": one_line(caption) or None,
        }
        writing.created = rows.insert(ledger.connection, "attachment", values)
    return writing.written


def content(ledger: Ledger, uid: str) -> bytes:
    """The bytes of an attachment; UserError when they are not in this ledger."""
    row = rows.one(ledger.connection, "attachment", uid)
    found = blobs.content(ledger.connection, str(row["sha256"])) if row else None
    if found is None:
        raise UserError("附件内容不在这个台账里。", "请从原来的台账或备份里取。")
    return found


def edit(ledger: Ledger, uid: str, values: Values) -> Change | None:
    """Changes kind, caption, date or milestone of an attachment."""
    row = ledger.row("attachment", uid)
    allowed = {key: value for key, value in values.items() if key in ("kind", "caption", "taken_at", "milestone")}
    name, value = next(iter(allowed.items()))
    field = field_of("attachment", name)
    label = f"附件“{shortened(str(row['file_name']))}”{field.label}改为 {shortened(fields.show(field, value))}"
    with ledger.change(label) as writing:
        rows.update(ledger.connection, "attachment", uid, allowed)
    return writing.written


def delete(ledger: Ledger, uid: str) -> Change | None:
    """Takes an attachment away; undo brings it back."""
    row = rows.one(ledger.connection, "attachment", uid)
    with ledger.change(f"删除附件“{shortened(str(row['file_name'])) if row else ''}”") as writing:
        rows.update(ledger.connection, "attachment", uid, {"deleted": 1})
    return writing.written


def photo_pair(ledger: Ledger, project: str, month: str) -> tuple[Attachment | None, Attachment | None]:
    """The newest photo from before a month, and the newest of it: side by side they show the month's progress."""
    photos = [one for one in of(ledger, project) if one.kind == PHOTO and one.taken_at]
    now = next((one for one in photos if str(one.taken_at)[:7] == month), None)
    before = next((one for one in photos if str(one.taken_at)[:7] < month), None)
    return before, now


def _read(source: Path | bytes, file_name: str | None, kind: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        data, name = source, file_name or kind
    else:
        name = file_name or source.name
        try:
            if source.stat().st_size > LARGEST:
                raise UserError(f"“{shortened(name)}”超过 50 MB。", "请先压缩，或只附关键的几页。")
            data = source.read_bytes()
        except OSError as problem:
            raise UserError(
                f"读不了“{shortened(name)}”（{reason_of(problem)}）。", "请检查文件是否还在、有没有权限。"
            ) from problem
    if not data:
        raise UserError(f"“{shortened(name)}”是空文件。", "请另选一个文件。")
    if len(data) > LARGEST:
        raise UserError(f"“{shortened(name)}”超过 50 MB。", "请先压缩，或只附关键的几页。")
    return data, one_line(name)[:200] or kind


def _attachment(row: Values) -> Attachment:
    size = row["size"]
    return Attachment(
        str(row["uid"]),
        str(row["project"]),
        str(row["milestone"]) if row["milestone"] else None,
        str(row["kind"] or "其他"),
        str(row["file_name"] or ""),
        str(row["sha256"]),
        size if isinstance(size, int) else 0,
        str(row["taken_at"]) if row["taken_at"] else None,
        str(row["caption"] or ""),
    )
