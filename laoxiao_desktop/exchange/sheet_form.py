"""A form: one project on a sheet, its labels beside or above the blanks."""

from dataclasses import dataclass

from laoxiao_desktop.exchange.mapping import Mapped, is_known, meaning_of, settled
from laoxiao_desktop.exchange.reading_values import SourceRow
from laoxiao_desktop.exchange.sheet import Sheet, SheetRow
from laoxiao_desktop.exchange.sheet_header import SheetHeader
from laoxiao_desktop.exchange.text_lines import tidy

_FEWEST = 3
_LARGEST = 120  # rows of a form


@dataclass(frozen=True, slots=True)
class Form:
    """The labels of a form as columns, what stands beside them as its one row."""

    above: tuple[SheetRow, ...]
    header: SheetHeader
    rows: tuple[SourceRow, ...]


def form_of(sheet: Sheet) -> Form | None:
    """The form on a sheet; None when it is none: three different known labels with a name among them."""
    pairs: list[tuple[int, Mapped, str]] = []
    above: list[SheetRow] = []
    for row in sheet.rows[:_LARGEST]:
        found = _pairs(row)
        if not found and not pairs:
            above.append(row)
        pairs += found
    seen: set[str] = set()
    kept: list[tuple[int, Mapped, str]] = []
    for no, mapped, text in pairs:
        if mapped.role is not None and mapped.role not in seen:
            seen.add(mapped.role)
            kept.append((no, mapped, text))
    if len(kept) < _FEWEST or "name" not in seen:
        return None
    columns = settled([mapped for _, mapped, _ in kept])
    first, last = kept[0][0], kept[-1][0]
    header = SheetHeader(1, tuple(columns), tuple(mapped.column.label for mapped in columns))
    rows = (
        SourceRow(first, "header", tuple(mapped.column.label for mapped in columns), sheet.where(first)),
        SourceRow(first, "row", tuple(text for _, _, text in kept), f"{sheet.where(first)}–{last}"),
    )
    return Form(tuple(above), header, rows)


def _pairs(row: SheetRow) -> list[tuple[int, Mapped, str]]:
    """Each known label of a row with the text that follows it before the next label."""
    found: list[tuple[int, Mapped, str]] = []
    label: Mapped | None = None
    for cell in row.cells:
        text = cell.strip()
        if not text:
            continue
        bare = tidy(text).rstrip("：:")
        if len(bare) <= 30 and is_known(bare):
            if label is not None:
                found.append((row.no, label, ""))
            label = meaning_of([bare])
        elif label is not None:
            found.append((row.no, label, text))
            label = None
    if label is not None:
        found.append((row.no, label, ""))
    return found
