"""What is said of a text while it is typed: why it does not fit, what was understood, what else to know."""

from collections.abc import Callable, Sequence

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui.record_notes import Note

Look = Callable[[Field, Stored], Sequence[Note]]
_READ_BACK = ("money", "count", "capacity", "span", "date", "year", "percent")  # kinds that say what was understood


def hint(field: Field) -> tuple[Note, ...]:
    """What the field accepts, said before anything is typed."""
    return (Note("hint", field.hint),) if field.hint else ()


def notes_on(field: Field, text: str, look: Look) -> tuple[Note, ...]:
    """The notes on a text for a field; an error among them keeps it from being saved."""
    stored, refusal = read(field, text)
    if refusal is not None:
        return (refusal,)
    notes = tuple(look(field, stored))
    shown = fields.show(field, stored)
    if field.kind in _READ_BACK and shown and shown != text.strip():
        return (Note("hint", f"读作 {shown} {field.unit}".rstrip()), *notes)
    return notes


def read(field: Field, text: str) -> tuple[Stored, Note | None]:
    """The stored form of a text, or the note that says why there is none."""
    try:
        return fields.parse(field, text, clock.today()), None
    except FieldError as wrong:
        return None, Note("error", str(wrong))
