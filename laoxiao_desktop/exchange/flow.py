"""A text with tables in it, as web pages and documents hold them: every paragraph and every table row is one line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from laoxiao_desktop.exchange.sheet import Merge, Sheet, SheetRow, clean
from laoxiao_desktop.exchange.text_lines import Line, tidy

_ABOVE = 8


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines counted from 1 through the whole text; the rows of a table are lines too, their cells set apart by tabs."""

    lines: tuple[Line, ...]
    tables: tuple[Sheet, ...]


class FlowBuilder:
    """Gathers a flow while its file is read from top to bottom."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[Line] = []
        self._tables: list[Sheet] = []

    def paragraph(self, text: str) -> None:
        """A paragraph; breaks in it make several lines."""
        for line in clean(text).split("\n"):
            self._lines.append(Line(len(self._lines) + 1, " ".join(line.split())))

    def table(
        self,
        rows: Sequence[Sequence[str]],
        merges: Iterable[tuple[int, int, int, int]] = (),
        hidden: Iterable[int] = (),
    ) -> None:
        """A table; merges and hidden rows by the place of their rows in it."""
        first = len(self._lines) + 1
        above = tuple(SheetRow(line.no, (tidy(line.text),)) for line in self._lines[-_ABOVE:])
        held = [SheetRow(first + at, tuple(map(clean, row))) for at, row in enumerate(rows)]
        self._lines += [Line(row.no, "\t".join(tidy(cell) for cell in row.cells)) for row in held]
        self._tables.append(
            Sheet(
                f"表{len(self._tables) + 1}",
                len(self._tables),
                held,
                tuple(Merge(first + a, b, first + c, d) for a, b, c, d in merges),
                frozenset(first + at for at in hidden),
                is_part=True,
                above=above,
            )
        )

    def flow(self) -> Flow:
        """All that was gathered."""
        return Flow(tuple(self._lines), tuple(self._tables))
