"""A block pasted into the month: which project and field each cell means, and what it would change."""

from collections.abc import Mapping, Sequence
from datetime import date

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.monthly import APPROVED, MONEY
from laoxiao_desktop.ui.grid_block import CellChange, Paste
from laoxiao_desktop.ui.grid_columns import Column
from laoxiao_desktop.ui.monthly_columns import COLUMNS, INDEX, titles
from laoxiao_desktop.ui.monthly_lines import MonthLine, with_values

Block = Sequence[Sequence[str]]
NAME = COLUMNS[INDEX["name"]]


def titled_columns(first: Sequence[str], month: str) -> list[Column | None] | None:
    """The columns named by a first row of titles; None when it is no row of titles."""
    by_title = {column.title: column for column in COLUMNS}
    by_title.update({column.field.label: column for column in COLUMNS if column.field})
    by_title.update({title: COLUMNS[INDEX[name]] for name, title in titles(month).items()})
    found = [by_title.get(cell.replace("（", "(").partition("(")[0].strip()) for cell in first]
    named = sum(column is not None for column in found)
    return found if named and named * 2 >= len(first) and named >= min(2, len(first)) else None


def named_lines(names: Sequence[str], lines: Sequence[MonthLine]) -> list[MonthLine | None] | None:
    """The projects that a column of names means; None when it holds no names. A name borne twice means nobody."""
    known: dict[str, MonthLine | None] = {}
    for line in lines:
        name = "".join(line.row.name.split())
        known[name] = None if name in known else line
    found = [known.get("".join(name.split())) for name in names]
    return found if sum(line is not None for line in found) * 2 >= len(found) else None


def plan_paste(
    block: Block,
    columns: Sequence[Column | None],
    lines: Sequence[MonthLine | None],
    names: Sequence[str],
    today: date,
) -> Paste:
    """What pasting `block` into `columns` of `lines` would change; `names` are told where no project is meant."""
    rows: list[tuple[str | None, Mapping[str, Stored]]] = []
    cells: list[CellChange] = []
    for texts, line, name in zip(block, lines, names, strict=True):
        if line is None:
            if any(text.strip() for text in texts):
                cells.append(CellChange(name, "项目名称", "", name, "本月表里没有这一个项目，或有同名项目。"))
            continue
        values = _values(texts, columns, line, cells, today)
        values = _kept_by_rules(line, values, cells)
        if values:
            rows.append((line.uid, values))
    return Paste(tuple(rows), tuple(cells))


def _values(
    texts: Sequence[str], columns: Sequence[Column | None], line: MonthLine, cells: list[CellChange], today: date
) -> dict[str, Stored]:
    values: dict[str, Stored] = {}
    for text, column in zip(texts, columns, strict=False):
        if column is None or column.field is None:
            continue
        old = line.text(INDEX[column.name])
        try:
            stored = fields.parse(column.field, text, today)
        except UserError as refusal:
            cells.append(CellChange(line.row.name, column.title, old, text, str(refusal)))
            continue
        if (stored or None) == (line.values.get(column.name) or None) and stored != 0:
            continue
        if stored == line.values.get(column.name):
            continue
        if line.row.state == APPROVED:
            cells.append(CellChange(line.row.name, column.title, old, text, "已审核，要改先退回。"))
            continue
        values[column.name] = stored
        cells.append(CellChange(line.row.name, column.title, old, fields.show(column.field, stored)))
    return values


def _kept_by_rules(line: MonthLine, values: dict[str, Stored], cells: list[CellChange]) -> dict[str, Stored]:
    """Without the amounts that a rule refuses; their cells say why."""
    while values:
        wrong = next(
            (
                p
                for p in with_values(line.row, values).problems
                if p.severity == "error" and p.field in MONEY and p.field in values
            ),
            None,
        )
        if wrong is None:
            return values
        del values[wrong.field]
        title = COLUMNS[INDEX[wrong.field]].title
        for place, cell in enumerate(cells):
            if cell.row == line.row.name and cell.field == title and not cell.refusal:
                cells[place] = CellChange(cell.row, cell.field, cell.old, cell.new, wrong.message)
    return values
