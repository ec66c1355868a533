"""Cells of tables as they stand in a text: one per line, or several on a line set apart by tabs or bars."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from laoxiao_desktop.exchange.text_lines import Line, strip_blanks, tidy
from laoxiao_desktop.models.plan_draft import Lines

_WIDE_GAP = re.compile(r"(?:[ \u00a0]{2,}|\u3000+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of one cell and the lines it covers; an empty text is a blank cell."""

    text: str
    where: Lines

    @property
    def is_blank(self) -> bool:
        """Nothing is printed in the cell."""
        return not self.text


def joined(cells: Iterable[Cell]) -> Cell:
    """One cell from the pieces that the layout broke it into."""
    pieces = list(cells)
    return Cell(
        tidy("\n".join(piece.text for piece in pieces)),
        (min(piece.where[0] for piece in pieces), max(piece.where[1] for piece in pieces)),
    )


def cells_of(line: Line) -> tuple[Cell, ...]:
    """The cells of a line where one cell stands on a line; a line of spaces and tabs holds a blank cell for each of them."""
    where = (line.no, line.no)
    if line.is_empty:
        return ()
    if "\t" not in line.text:
        return (Cell(tidy(line.text), where),)
    pieces = line.text.split("\t")
    if not strip_blanks(pieces[-1]) and (len(pieces[-1]) == 0):
        pieces.pop()
    return tuple(Cell(tidy(piece), where) for piece in pieces)


def row_of(line: Line, delimiter: str) -> tuple[Cell, ...]:
    """The cells of a line that is a whole row; `delimiter` is a tab, a bar, a comma or "  " for a wide gap."""
    where = (line.no, line.no)
    text = line.text
    if delimiter == "|":
        text = strip_blanks(text).strip("|")
    pieces = _WIDE_GAP.split(strip_blanks(text)) if delimiter == "  " else text.split(delimiter)
    return tuple(Cell(tidy(piece), where) for piece in pieces)
