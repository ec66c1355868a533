"""The text of a report: title, headings, paragraphs, small tables, annexes and signature, not yet on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Head:
    """A heading of level 1 (一、) or 2 (（一）), its number included."""

    level: Literal[1, 2]
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A small table in the text: heads with their share of the width, rows of text, the last row a sum."""

    caption: str
    heads: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


Block = Head | Text | Figures


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person wrote in the place of a paragraph, and the words that stood there then."""

    place: str
    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that can be edited: where it stands, its heading, the words made from the data, the words printed."""

    place: str
    heading: str
    made: str
    edit: Edit | None = None

    @property
    def text(self) -> str:
        """What is printed."""
        return self.edit.text if self.edit else self.made

    @property
    def is_stale(self) -> bool:
        """Whether the data say something else than when it was edited."""
        return self.edit is not None and self.edit.basis != self.made


@dataclass(frozen=True, slots=True)
class Report:
    """The whole text: the words of its title (none to be broken), what stands under it, blocks, annexes, signature."""

    title: tuple[str, ...]
    subtitle: str
    blocks: tuple[Block, ...]
    annexes: tuple[str, ...]
    office: str
    day: str

    @property
    def plain_title(self) -> str:
        """The title on one line."""
        return "".join(self.title)


def paragraphs(blocks: Iterable[Block], edits: Iterable[Edit] = ()) -> list[Paragraph]:
    """The paragraphs of a text with what was written in their place; a place is its heading and its number under it."""
    known = {edit.place: edit for edit in edits}
    found: list[Paragraph] = []
    heading, number = "", 0
    for block in blocks:
        if isinstance(block, Head):
            heading, number = block.text, 0
        elif isinstance(block, Text):
            number += 1
            place = f"{heading}#{number}"
            found.append(Paragraph(place, heading, block.text, known.get(place)))
    return found


def edited(blocks: Sequence[Block], edits: Iterable[Edit]) -> tuple[Block, ...]:
    """The blocks with what a person wrote; an emptied paragraph is left out."""
    texts = iter(paragraphs(blocks, edits))
    with_edits = [Text(next(texts).text) if isinstance(block, Text) else block for block in blocks]
    return tuple(block for block in with_edits if not isinstance(block, Text) or block.text.strip())
