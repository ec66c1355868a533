"""The official meaning where the mouse rests and where F1 is pressed: the words of a tip, and what a widget stands for."""

from html import escape

from PySide6.QtWidgets import QWidget

from laoxiao_desktop.models import meaning
from laoxiao_desktop.models.dictionary import TABLES, Field

PROPERTY = "meaning"  # of a widget: the key of what it shows


def explain(widget: QWidget, key: str, *more: str) -> None:
    """Say what a widget shows: by the mouse, and by F1; `more` stands above, as what it holds now."""
    widget.setProperty(PROPERTY, key)
    widget.setToolTip(tip(key, *more))


def tip(key: str, *more: str) -> str:
    """What the mouse learns: some words of the place, then name, definition, rule and source."""
    found = meaning.of(key)
    told = "<br>".join(escape(words).replace("\n", "<br>") for words in more if words)
    if found is None:
        return f"<div>{told}</div>" if told else ""
    title, *rest = found.lines
    lines = "<br>".join(escape(line) for line in rest)
    above = f"<div>{told}</div>" if told else ""
    return f"{above}<div><b>{escape(title)}</b><br>{lines}</div>"


def key_of(field: Field) -> str:
    """The key of a field of the dictionary; "" for one that a form made up."""
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
