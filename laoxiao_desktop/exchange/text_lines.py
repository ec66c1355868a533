"""The numbered lines of a document and the tidying of printed text."""

import re
from dataclasses import dataclass

from laoxiao_desktop.models.plan_draft import Lines

_BLANKS = " \t\r\f\v\u00a0\u3000\u200b\ufeff\u2002\u2003\u2009"
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]")
_SPACE = re.compile(rf"[{_BLANKS}\n]+")
_FOREIGN_WORDS = re.compile(r"(?<=[A-Za-z]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) (?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the document as it stands, counted from 1."""

    no: int
    text: str

    @property
    def is_empty(self) -> bool:
        """No character but the line break: it separates cells and is none itself."""
        return self.text == ""

    @property
    def is_blank(self) -> bool:
        """Nothing but spaces and tabs."""
        return not self.text.strip(_BLANKS)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a document; a byte order mark and the kind of line break do not matter."""
    text = _UNPRINTABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return tuple(Line(no, line) for no, line in enumerate(text.split("\n"), start=1))


def tidy(text: str) -> str:
    """Text as published without the line breaks and spaces of its layout; spaces between foreign words stay."""
    spaced = _SPACE.sub(" ", text.strip(_BLANKS + "\n"))
    kept = _FOREIGN_WORDS.sub("\0", spaced)
    return kept.replace(" ", "").replace("\0", " ")


def strip_blanks(text: str) -> str:
    """Text without spaces of any kind at its ends."""
    return text.strip(_BLANKS + "\n")


def span_of(parts: "list[Lines] | tuple[Lines, ...]") -> Lines | None:
    """The lines from the first to the last of several ranges."""
    if not parts:
        return None
    return (min(first for first, _ in parts), max(last for _, last in parts))
