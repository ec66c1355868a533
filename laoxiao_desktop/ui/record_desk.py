"""What passes between a field and the page it stands on: what it shows, and what it asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui.record_checks import Look
from laoxiao_desktop.ui.record_choices import Option


@dataclass(frozen=True, slots=True)
class Shown:
    """What a field shows while nobody edits it; `text` is also what its editor starts with."""

    stored: Stored = None
    text: str = ""
    unit: str = ""
    suffix: str = ""
    token: str = "text"  # noqa: S105  (the name of a colour)
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a field asks of the pane.

    `look` gives notes for a value not saved yet (an error note keeps it from being saved); `save` writes a stored
    value with a reason and gives "" or the sentence why not; `options` gives what can be chosen.
    """

    look: Look
    save: Callable[[Field, Stored, str], str]
    options: Callable[[Field], Sequence[Option]]
