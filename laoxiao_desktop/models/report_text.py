"""The text of a report: title, headings, paragraphs, small tables, annexes and signature, not yet on paper."""

from __future__ import annotations

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
