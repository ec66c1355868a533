"""What a row of a file would change in the row of the ledger that it means, and what a person corrected there."""

from collections.abc import Mapping

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields, units
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.imports import TARGET, FieldChange, Stored
from laoxiao_desktop.workspace import draft_rows
from laoxiao_desktop.workspace.import_rows import Incoming, Known

CORRECTED, BY_HAND = "曾更正", "手工填写"


def changes_of(row: Incoming, same: Known, counties: Mapping[str, str]) -> tuple[tuple[FieldChange, ...], bool]:
    """The fields that differ, and whether the file says anything new: what it repeats of an old list is no news."""
    found: list[FieldChange] = []
    is_news = False
    for name, value in row.told.items():
        old = same.values.get(name)
        if old == value:
            continue
        is_repeated = bool(row.texts.get(name)) and _text_published(same, name) == row.texts[name]
        note = CORRECTED if is_repeated else _note(same, name, old)
        old_text, new_text = (_shown(same, name, each, counties) for each in (old, value))
        found.append(FieldChange(name, old, value, old_text, new_text, note, is_chosen=not note))
        is_news = is_news or not is_repeated
    return tuple(found), is_news


def _text_published(row: Known, name: str) -> str:
    return row.text("responsible_unit" if name in ("lead_units", "support_units") else name)


def _note(row: Known, name: str, old: Stored) -> str:
    """Why a field is not simply overwritten: it no longer says what was published, or never was published."""
    if old in (None, "") or name in ("sector", "unit", "lead_units", "support_units"):
        return ""
    values = row.values
    if name == "county":
        texts = (row.text("place"), row.text("name"), row.text("responsible_unit"))
        return "" if draft_rows.county_in(texts, str(old)) == old or not any(texts) else CORRECTED
    text = row.text(name)
    if not text:
        return "" if name in ("seq", "no", "list_no", "year") else BY_HAND
    if row.table == "list_item" and name == "responsible_unit":
        roles = [str(values[part]) for part in ("lead_units", "support_units") if values[part]]
        if old == units.join_units(roles):
            return ""
    return "" if _stored(row, name, text) == old else CORRECTED


def _stored(row: Known, name: str, text: str) -> Stored:
    if name.startswith(TARGET):
        return text
    try:
        return fields.parse(field_of(row.table, name), text, clock.today())
    except UserError:
        return None


def _shown(row: Known, name: str, value: Stored, counties: Mapping[str, str]) -> str:
    if name.startswith(TARGET):
        return str(value or "")
    field = field_of(row.table, name)
    return counties.get(str(value), str(value or "")) if field.kind == "county" else fields.show(field, value)
