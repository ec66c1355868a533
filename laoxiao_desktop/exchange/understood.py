"""A table as understood: what a person sees of it, and what its columns mean to the draft readers."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import mapping
from laoxiao_desktop.exchange.columns import MONEY_ROLES, Subject, money_factor
from laoxiao_desktop.exchange.mapping import Mapped
from laoxiao_desktop.exchange.reading_values import Factor, SourceColumn, SourceRow, SourceTable
from laoxiao_desktop.exchange.sheet import Merge, Sheet, SheetRow, column_letters
from laoxiao_desktop.exchange.sheet_tables import Region
from laoxiao_desktop.exchange.table import Table
from laoxiao_desktop.exchange.text_lines import tidy
from laoxiao_desktop.models.plan_draft import Lines

Choices = Mapping[int, tuple[str | None, Factor | None]]

STRIDE: Final = 10_000_000  # lines of the second sheet begin here, of the third at twice as much
_SAMPLE: Final = 200
_ANNEX: Final = re.compile(r"^附\s*[件表]\s*[\d一二三四五六七八九十]*[：:]?\s*|^表\s*\d+[：:.、\s]*")
_CAPTION: Final = re.compile(r"[（(]?(?:金额|投资|资金)?单位\s*[：:／/].{1,12}[）)]?|.*单位[：:]\s*(?:亿|万|千)?元.*")
_PLAIN_SHEET_NAME: Final = re.compile(r"(?:Sheet|工作表|表)\s*\d*", re.IGNORECASE)
_FILLED_DOWN: Final = frozenset({"category", "place", "county", "unit", "owner", "lead", "support", "type", "period"})


@dataclass(frozen=True, slots=True)
class Understood:
    """A table with the meaning of its columns; `original` is the table as the text reader gave it, while unchanged."""

    source: SourceTable
    columns: tuple[Mapped, ...]
    title: tuple[str, Lines] | None
    caption: Factor | None
    offset: int  # added to the number of a row, so that lines of different sheets differ
    county: str | None = None
    original: Table | None = None


def of_region(
    sheet: Sheet, region: Region, key: str, chosen: Mapping[str, Choices], *, with_hidden: bool
) -> Understood:
    """The table of a sheet, its columns proposed, or as remembered for this shape."""
    offset = 0 if sheet.is_part else sheet.number * STRIDE
    samples = _samples(region.rows, len(region.header.columns))
    columns = mapping.by_content(region.header.columns, samples)
    if not with_hidden:
        columns = [
            Mapped(replace(mapped.column, role="other")) if number in sheet.hidden_columns else mapped
            for number, mapped in enumerate(columns)
        ]
    title, caption = _title(sheet, region.above, offset)
    caption = caption or next((factor for row in region.above for factor in _caption(row)), None)
    source = SourceTable(
        key=key,
        title=title[0] if title else "",
        sheet=sheet.name,
        shape=shape_of([mapped.column.label for mapped in columns]),
        subject=None,
        columns=(),
        rows=tuple(_filled_down(region.rows, columns, sheet.merges)),
    )
    table = Understood(source, tuple(columns), title, caption, offset)
    choices = chosen.get(source.shape, {})
    return chosen_over(table, choices) if choices else shown(table)


def of_text_table(table: Table, key: str, chosen: Mapping[str, Choices]) -> Understood:
    """A table that the text reader found, as a person sees it."""
    columns = tuple(Mapped(column) for column in table.columns)
    width = len(columns)
    rows = [
        SourceRow(table.header.where[0], "header", tuple(c.label for c in table.columns), _line(table.header.where))
    ]
    for row in table.rows:
        cells = [""] * width
        for number, cell in row.cells.items():
            cells[number] = cell.text
        places = [cell.where for cell in row.cells.values()] + ([row.label.where] if row.label else [])
        where = (min(first for first, _ in places), max(last for _, last in places)) if places else table.header.where
        if row.label and not cells[0]:
            cells[0] = row.label.text
        rows.append(SourceRow(where[0], row.kind, tuple(cells), _line(where)))
    title = (table.title.text, table.title.where) if table.title else None
    source = SourceTable(
        key, title[0] if title else "", "", shape_of([c.label for c in table.columns]), None, (), tuple(rows)
    )
    understood = Understood(source, columns, title, mapping.factor_name(table.factor), 0, original=table)
    choices = chosen.get(source.shape, {})
    return chosen_over(understood, choices) if choices else shown(understood)


def chosen_over(table: Understood, choices: Choices) -> Understood:
    """The table under the roles and units that a person chose; columns not named keep theirs.

    UserError for a column or role that does not exist.
    """
    columns = list(table.columns)
    for number, (role, factor) in choices.items():
        if not 0 <= number < len(columns):
            raise UserError(f"表里没有第 {number + 1} 列。", "请重新读一次文件。")
        if role is not None and role not in mapping.ROLES:
            raise UserError(f"没有“{role}”这种列。", "请从列表里选。")
        if role is not None:
            for other, mapped in enumerate(columns):
                if mapped.role == role and other != number and other not in choices and role not in ("target", "base"):
                    columns[other] = mapping.with_role(mapped, None, None)
        columns[number] = mapping.with_role(columns[number], role, factor, _listed(table))
    original = table.original
    if original is not None:
        original = replace(original, columns=tuple(mapped.column for mapped in columns))
    return shown(replace(table, columns=tuple(columns), original=original))


def shown(table: Understood) -> Understood:
    """The table with its columns, subject and questions as a person sees them."""
    samples = _samples(table.source.rows, len(table.columns))
    questions: list[str] = []
    columns: list[SourceColumn] = []
    for number, (mapped, cells) in enumerate(zip(table.columns, samples, strict=True)):
        factor: Factor | None = None
        if mapped.role in MONEY_ROLES:
            factor = mapping.factor_name(mapped.column.factor) or table.caption
            question = mapping.unit_question(mapped.column.label, factor, cells)
            questions += [question] if question else []
        columns.append(SourceColumn(mapped.column.label, mapped.role, factor, column_letters(number)))
    subject = subject_of(table)
    if subject is None:
        questions.append("看不出这张表列的是什么：请点列头，指定名称等各列。")
    source = replace(table.source, columns=tuple(columns), subject=subject, questions=tuple(questions))
    return replace(table, source=source)


def subject_of(table: Understood) -> str | None:
    """What the table lists, by its name column, its columns of targets, its money, else by its title."""
    title = table.title[0] if table.title else ""
    roles = {mapped.role for mapped in table.columns}
    named = _listed(table)
    if named == "indicator" or (named is None and roles & {"target", "base"}):
        is_goals = bool(re.search(r"年度目标|分年度|逐年|年度计划", title)) and "target" in roles
        return "goal" if is_goals and "base" not in roles else "indicator"
    if named is not None:
        return named
    if roles & MONEY_ROLES and "name" in roles:
        return "project"
    if "name" not in roles:
        return None
    by_title = next((kind for word, kind in _TITLE_WORDS if word in title), None)
    return by_title or ("project" if roles & {"content", "place", "period"} and roles & {"unit", "owner"} else None)


_TITLE_WORDS: Final[tuple[tuple[str, Subject], ...]] = (
    ("项目", "project"),
    ("政策", "policy"),
    ("要素", "element"),
    ("平台", "platform"),
    ("产业", "industry"),
    ("改革", "reform"),
    ("试点", "pilot"),
    ("任务", "task"),
    ("分工", "task"),
    ("措施", "task"),
)


def _listed(table: Understood) -> Subject | None:
    return next((m.column.subject for m in table.columns if m.role == "name" and m.column.subject), None)


def shape_of(labels: Sequence[str]) -> str:
    """The same for tables with the same headers in the same order, blanks and kind of bracket aside."""
    words = "|".join(re.sub(r"\s", "", label).replace("(", "（").replace(")", "）") for label in labels)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _samples(rows: Sequence[SourceRow], width: int) -> list[list[str]]:
    taken = [row.cells for row in rows if row.kind == "row"]
    step = max(1, len(taken) // _SAMPLE)
    picked = taken[::step][: _SAMPLE + 1]
    return [[cells[column] for cells in picked] for column in range(width)]


def _title(sheet: Sheet, above: Sequence[SheetRow], offset: int) -> tuple[tuple[str, Lines] | None, Factor | None]:
    """The words that stand above a header as its title, and the unit of money named between them."""
    caption: Factor | None = None
    for row in reversed(above):
        caption = caption or next(iter(_caption(row)), None)
        filled = [tidy(cell) for cell in row.cells if cell.strip()]
        words = [text for text in filled if not _CAPTION.fullmatch(text)]
        if not words:
            continue
        text = _ANNEX.sub("", words[0]).rstrip("：:")
        if len(words) > 1 or text.endswith(("。", "；", "，")) or len(text) > 60:
            if sheet.is_part:
                break
            continue
        if not text or re.match(r"(?:填报|编制|填表|制表).{0,4}[：:]", words[0]):
            continue
        factor = money_factor(text)
        line = offset + row.no
        return (text, (line, line)), caption or mapping.factor_name(factor)
    if sheet.name and not sheet.is_part and not _PLAIN_SHEET_NAME.fullmatch(sheet.name):
        return (sheet.name, (offset + 1, offset + 1)), caption
    return None, caption


def _caption(row: SheetRow) -> list[Factor]:
    found = [mapping.factor_name(money_factor(tidy(cell))) for cell in row.cells if "元" in cell and len(cell) <= 60]
    return [factor for factor in found if factor is not None]


def _filled_down(rows: Sequence[SourceRow], columns: Sequence[Mapped], merges: Sequence[Merge]) -> Sequence[SourceRow]:
    """Rows in which a cell merged downwards says its words in every row it covers; money is never repeated."""
    tall = [
        merge
        for merge in merges
        if merge.last_row > merge.first_row
        and merge.first_column < len(columns)
        and columns[merge.first_column].role in _FILLED_DOWN
    ]
    if not tall:
        return rows
    at = {row.no: number for number, row in enumerate(rows)}
    filled = list(rows)
    for merge in tall:
        first = at.get(merge.first_row)
        if first is None or rows[first].kind == "header":
            continue
        text = rows[first].cells[merge.first_column]
        for number in range(first + 1, len(rows)):
            row = filled[number]
            if row.no > merge.last_row:
                break
            if row.kind == "row" and not row.cells[merge.first_column]:
                cells = (*row.cells[: merge.first_column], text, *row.cells[merge.first_column + 1 :])
                filled[number] = SourceRow(row.no, row.kind, cells, row.where)
    return filled


def _line(where: Lines) -> str:
    return f"第 {where[0]} 行" if where[0] == where[1] else f"第 {where[0]}–{where[1]} 行"


def factor_of(table: Understood, number: int) -> Decimal | None:
    """How many 万元 one printed unit of a money column is; None when neither header nor caption says it."""
    column = table.columns[number].column
    if column.factor is not None:
        return column.factor
    return mapping.FACTORS[table.caption] if table.caption else None
