"""How the fields of a project read in the pane: text, unit, share, published value, proposals from the content."""

from collections.abc import Mapping, Sequence

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.capacity import read_capacities
from laoxiao_desktop.models.dictionary import TABLES, Field
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui.record_desk import Shown
from laoxiao_desktop.ui.record_notes import Note

SECTIONS = ("资金", "建设", "规模", "责任", "项目")
RESTORE = "restore"
ADOPT = "adopt"
_SHORT = 24  # a longer published text is told by its place and shown whole in the tooltip


def shown(field: Field, values: Mapping[str, Stored]) -> Shown:
    """What a field of these values shows while nobody edits it."""
    stored = values.get(field.name)
    return Shown(
        stored=stored,
        text=fields.show(field, stored),
        unit=field.unit,
        suffix=_share(values) if field.name == "central_request" else "",
        empty=f"填写{field.label}",
    )


def _share(values: Mapping[str, Stored]) -> str:
    request, total = values.get("central_request"), values.get("total_investment")
    if not isinstance(request, int) or not isinstance(total, int) or total <= 0:
        return ""
    return f"占总投资 {round(request * 100 / total)} %"


def published_stored(field: Field, text: str) -> Stored:
    """The stored form of a value as published; None when there was none, LookupError when it cannot be read."""
    if not text.strip():
        return None
    try:
        return fields.parse(field, text, clock.today())
    except FieldError as unreadable:
        raise LookupError(field.name) from unreadable


def published_note(field: Field, stored: Stored, entry: Mapping[str, object] | None) -> Note | None:
    """The published value beside a corrected one, with the link that brings it back; None while nothing differs."""
    if entry is None:
        return None
    text = str(entry.get("text") or "")
    try:
        published = published_stored(field, text)
    except LookupError:
        return None
    if published == stored or fields.show(field, published) == fields.show(field, stored):
        return None
    printed = fields.show(field, published) or "未填"
    place = _place(entry.get("lines"))
    words = f"公布 {printed}" if len(printed) <= _SHORT else "与公布的不同"
    return Note("hint", words + (f"，{place}" if place else ""), ((RESTORE, "恢复公布值"),), tooltip=f"公布值：{text}")


def _place(lines: object) -> str:
    if not isinstance(lines, Sequence) or isinstance(lines, str) or not lines:
        return ""
    first, last = lines[0], lines[-1]
    return f"第 {first} 行" if first == last else f"第 {first}—{last} 行"


def proposal_notes(values: Mapping[str, Stored]) -> dict[str, tuple[Note, Stored]]:
    """Per empty capacity field: the note that proposes what the content says, and the stored value it would give."""
    found: dict[str, tuple[Note, Stored]] = {}
    for name, (capacity, quote) in read_capacities(str(values.get("content") or "")).items():
        if values.get(name) is None:
            field = next(entry for entry in fields_of_project() if entry.name == name)
            words = f"由建设内容读出 {capacity.show(field.unit)}"
            found[name] = (Note("hint", words, ((ADOPT, "采用"),), tooltip=f"原文：{quote}"), capacity.stored)
    return found


def fields_of_project() -> tuple[Field, ...]:
    """The fields of a project that the pane shows, grouped by section in the order of the pane."""
    listed = (field for field in TABLES["project"] if field.section)
    return tuple(sorted(listed, key=lambda field: SECTIONS.index(field.section)))
