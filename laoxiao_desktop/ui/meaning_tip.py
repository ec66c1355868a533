"""The official meaning where the mouse rests and where F1 is pressed: the words of a tip, and what a widget stands for."""

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtWidgets import QWidget

from laoxiao_desktop.models import meaning
from laoxiao_desktop.models.dictionary import TABLES, Field

PROPERTY = "meaning"  # of a widget: the key of what it shows


def explain(widget: QWidget, key: str, *more: str, below: Sequence[str] = ()) -> None:
    """Say what a widget shows: by the mouse, and by F1; `more` stands above, as what it holds now, `below` as a hint."""
    widget.setProperty(PROPERTY, key)
    widget.setToolTip(tip(key, *more, below=below))


def tip(key: str, *more: str, below: Sequence[str] = ()) -> str:
    """What the mouse learns: some words of the place, then name, definition, rule and source, then hints."""
    found = meaning.of(key)
    title, *rest = found.lines if found is not None else ("",)
    told = f"<b>{escape(title)}</b><br>{_lines(rest)}" if found is not None else ""
    return "".join(f"<div>{part}</div>" for part in (_lines(more), told, _lines(below)) if part)


def _lines(words: Iterable[str]) -> str:
    return "<br>".join(escape(line).replace("\n", "<br>") for line in words if line)


def key_of(field: Field) -> str:
    """The key of a field of the dictionary, or of what a form says its own field means; "" where nothing is told."""
    if field.meaning:
        return field.meaning
    listed = [(f"{table}.{one.name}", one) for table, fields in TABLES.items() for one in fields]
    same = next((key for key, one in listed if one is field), "")
    return same or next((key for key, one in listed if one == field), "")


def key_at(part: QWidget | None) -> str:
    """The key of what a widget shows, or the nearest one around it that says; "" where nothing does."""
    while part is not None:
        found = getattr(part, "meaning_key", "") or part.property(PROPERTY)
        if isinstance(found, str) and found:
            return found
        part = part.parentWidget()
    return ""
