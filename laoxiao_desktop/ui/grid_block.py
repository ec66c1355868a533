"""A block of cells as text between this grid and WPS or Excel, and what pasting one would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui.grid_cells import Line, cell_text
from laoxiao_desktop.ui.grid_columns import COLUMNS, Column


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that a paste touches: what stands there, what would stand there, or why it cannot."""

    row: str
    field: str
    old: str
    new: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Paste:
    """What pasting a block would do: rows for the ledger (uid None: a new project) and every cell for the preview."""

    rows: tuple[tuple[str | None, Mapping[str, Stored]], ...]
    cells: tuple[CellChange, ...]

    @property
    def good(self) -> int:
        """How many cells would change."""
        return sum(not cell.refusal for cell in self.cells)

    @property
    def refused(self) -> int:
        """How many cells do not fit and would be left out."""
        return len(self.cells) - self.good

    @property
    def new_rows(self) -> int:
        """How many projects would be added."""
        return sum(uid is None for uid, _ in self.rows)


def _as_shown(column: Column, stored: Stored) -> str:
    if column.name == "county":
        return fields.show(column.field, stored) if column.field else ""
    return cell_text(column, {column.name: stored})


def to_text(block: Sequence[Sequence[str]]) -> str:
    """Tab-separated lines; a cell with a tab, a line break or a quote is quoted as spreadsheets do."""
    return "\n".join("\t".join(map(_quoted, row)) for row in block)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in '\t\n\r"') else cell


def from_text(text: str) -> list[list[str]]:
    """The cells of tab-separated text as spreadsheets put it on the clipboard; all rows equally long."""
    rows: list[list[str]] = [[]]
    cell: list[str] = []
    is_quoted = False
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    at = 0
    while at < len(text):
        sign = text[at]
        if is_quoted:
            if sign == '"' and text[at + 1 : at + 2] == '"':
                cell.append('"')
                at += 1
            elif sign == '"':
                is_quoted = False
            else:
                cell.append(sign)
        elif sign == '"' and not cell and _closes(text, at):
            is_quoted = True
        elif sign in "\t\n":
            rows[-1].append("".join(cell))
            cell.clear()
            if sign == "\n":
                rows.append([])
        else:
            cell.append(sign)
        at += 1
    if cell or rows[-1]:
        rows[-1].append("".join(cell))
    if not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _closes(text: str, start: int) -> bool:
    """Whether a quote at `start` opens a cell that is closed again, and is not just a character."""
    end = text.find('"', start + 1)
    while end >= 0 and text[end + 1 : end + 2] == '"':
        end = text.find('"', end + 2)
    return end >= 0 and text[end + 1 : end + 2] in ("", "\t", "\n")


def titled_columns(first: Sequence[str]) -> list[Column | None] | None:
    """The columns named by a first row of titles; None when it is no row of titles."""
    by_title = {column.title: column for column in COLUMNS}
    by_title.update({column.field.label: column for column in COLUMNS if column.field})
    found = [by_title.get(_bare(cell)) for cell in first]
    named = sum(column is not None for column in found)
    return found if named and named * 2 >= len(first) and named >= min(2, len(first)) else None


def _bare(title: str) -> str:
    return title.replace("（", "(").partition("(")[0].strip()


def plan_paste(
    block: Sequence[Sequence[str]], columns: Sequence[Column | None], lines: Sequence[Line | None], today: date
) -> Paste:
    """What pasting `block` into `columns` of `lines` would change; a line that is None is a new project."""
    rows: list[tuple[str | None, Mapping[str, Stored]]] = []
    cells: list[CellChange] = []
    for number, (texts, line) in enumerate(zip(block, lines, strict=True), start=1):
        values: dict[str, Stored] = {}
        name = str(line.values.get("name") or "") if line else f"新增第 {number} 行"
        for text, column in zip(texts, columns, strict=False):
            if column is None or column.field is None:
                continue
            old = cell_text(column, line.values) if line else ""
            try:
                stored = fields.parse(column.field, text, today)
            except UserError as refusal:
                cells.append(CellChange(name, column.title, old, text, str(refusal)))
                continue
            if stored != (line.values.get(column.name) if line else None):
                values[column.name] = stored
                cells.append(CellChange(name, column.title, old, _as_shown(column, stored)))
        if line is None and not values.get("name"):
            if any(cell.strip() for cell in texts):
                cells.append(CellChange(name, "项目名称", "", "", "没有名称，这一行不新增。"))
            continue
        if values:
            rows.append((line.uid if line else None, values))
    return Paste(tuple(rows), tuple(cells))
