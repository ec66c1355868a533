"""What an editor offers for a field: its fixed choices, what the ledger holds already, counties, units."""

from collections.abc import Sequence

from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.models.region import COUNTIES, short_name_of
from laoxiao_desktop.ui.record_choices import Option
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.workspace import lists, projects


def options_for(session: Session, field: Field) -> Sequence[Option]:
    """The options of a field, the usual ones first; none for free text and figures."""
    if field.kind == "county":
        return [Option(county.short_name, short_name_of(county.parent)) for county in COUNTIES]
    if field.kind == "units" or field.name == "owner":
        return [Option(name, f"{count} 项") for name, count in session.read(lists.units_of)]
    if field.kind == "choice" and field.is_open:
        known = [value for value, _, _ in session.read(projects.choices, field.name) if value]
        return [Option(text) for text in dict.fromkeys((*field.choices, *known))]
    return [Option(text) for text in field.choices]
