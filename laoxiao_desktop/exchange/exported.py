"""Reads back a workbook that the program exported: rows by their hidden uid, however they were sorted, named or moved.

The hidden sheet tells what stood in every cell, so that only what a person changed counts as changed. Workbook, .xls and
.ods alike: all come here as sheets of shown cells.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange.exported_mark import MOST_ABOVE, Mark, SheetMark
from laoxiao_desktop.exchange.reading_values import Factor, ReadFile, RowKind, SourceColumn, SourceRow, SourceTable
from laoxiao_desktop.exchange.sheet import Sheet, SheetRow, column_letters
from laoxiao_desktop.exchange.understood import STRIDE
from laoxiao_desktop.exchange.workbook_out import IDENTITY, NO_ROW, UID_HEAD
from laoxiao_desktop.models.imports import Table
from laoxiao_desktop.models.plain_text import half_width
from laoxiao_desktop.models.plan_draft import PlanDraft, PlanFacts, Problem
from laoxiao_desktop.models.returned import ReturnedBook, ReturnedRow, ReturnedTable, field_behind, same_text

_BLANKS: Final = re.compile(r"\s+")
_SAME_ROLE: Final = (
    *("name", "unit", "place", "content", "total_investment", "central_request", "county", "contact", "phone"),
    *("status", "measure", "expected", "leader", "property", "base"),
)
_ROLES: Final = {name: name for name in _SAME_ROLE} | {  # what the columns are called where a list is looked through
    **dict.fromkeys(("list_no", "seq", "no"), "seq"),
    **dict.fromkeys(("facility_type", "build_kind"), "type"),
    **dict.fromkeys(("units", "responsible_unit"), "unit"),
    **dict.fromkeys(("group", "sector"), "category"),
    "span": "period",
    "state": "status",
}


@dataclass(frozen=True, slots=True)
class _Held:
    """One sheet of the copy: what is shown of it, the key of each column (None: not one of ours), the uid of each row."""

    source: SourceTable
    mark: int
    offset: int
    keys: tuple[str | None, ...]
    uids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """The origin of a file that was exported: what stays when one of its cells is put right."""

    mark: Mark
    tables: tuple[_Held, ...]
    told: tuple[Problem, ...]


def read_back(name: str, sheets: Sequence[Sheet], mark: Mark) -> ReadFile:
    """The file of an exported workbook; rows and columns that are hidden count, a filter hides none."""
    held: list[_Held] = []
    told: list[Problem] = []
    for sheet in sheets:
        if sheet.name == IDENTITY or not sheet.rows:
            continue
        found = _held(sheet, mark, told)
        if found is not None:
            held.append(found)
        told += sheet.problems
    if not held:
        raise UserError(
            f"{name} 是台账导出的“{mark.title}”，但认不出哪一行是表头。", "请把表头改回导出时的样子，或重新导出一份。"
        )
    return _file(name, Exported(mark, tuple(held), tuple(told)))


def exported_origin(file: ReadFile) -> Exported | None:
    """What a file was read back from; None for any other file."""
    return file.origin if isinstance(file.origin, Exported) else None


def with_cell(file: ReadFile, origin: Exported, table_key: str, row: int, column: int, text: str) -> ReadFile:
    """The file with another text in one cell of a table. UserError when it is gone."""
    tables = list(origin.tables)
    for at, held in enumerate(tables):
        rows = list(held.source.rows)
        if held.source.key == table_key and 0 <= row < len(rows) and 0 <= column < len(rows[row].cells):
            cells = list(rows[row].cells)
            cells[column] = text
            rows[row] = replace(rows[row], cells=tuple(cells))
            tables[at] = replace(held, source=replace(held.source, rows=tuple(rows)))
            return _file(file.name, replace(origin, tables=tuple(tables)))
    raise UserError("这一格已经不在了。", "请重新读一次文件。")


def places_of(origin: Exported) -> dict[str, list[tuple[int, int]]]:
    """For each table, by key, the line of each of its rows."""
    return {
        held.source.key: [(held.offset + row.no, held.offset + row.no) for row in held.source.rows]
        for held in origin.tables
    }


# --- a sheet of the copy -----------------------------------------------------------------------------------------


def _held(sheet: Sheet, mark: Mark, told: list[Problem]) -> _Held | None:
    best: tuple[int, int, SheetRow] | None = None
    for number, table in enumerate(mark.sheets):
        heads = {_plain(head) for _, head in table.columns if head}
        for row in sheet.rows:
            if row.no > MOST_ABOVE:
                break
            score = 2 * sum(_plain(cell) in heads for cell in row.cells if cell) + (sheet.name == table.title)
            if best is None or score > best[0]:
                best = score, number, row
    if best is None or best[0] < 4:
        told.append(Problem("note", "sheet_unknown", sheet.name, f"工作表“{sheet.name}”不是导出的表，没有读。"))
        return None
    _, number, head = best
    table = mark.sheets[number]
    below = [row for row in sheet.rows if row.no > head.no]
    at_uid = _uid_column(head, below, table)
    width = max([len(head.cells), *(len(row.cells) for row in below)])
    shown = [column for column in range(width) if column != at_uid]
    while shown and not _at(head, shown[-1]) and not any(_at(row, shown[-1]) for row in below):
        shown.pop()
    keys = _keys(sheet, head, shown, table, told)
    at_name = keys.index("name") if "name" in keys else 0
    rows = [SourceRow(head.no, "header", tuple(_at(head, column) for column in shown), sheet.where(head.no))]
    uids = [""]
    for row in below:
        cells = tuple(_at(row, column) for column in shown)
        uid = _at(row, at_uid).strip() if at_uid is not None else ""
        if uid == NO_ROW and at_name > 0 and not cells[at_name]:  # the label of a sum is shown where there is room
            cells = ("", *cells[1:at_name], cells[0], *cells[at_name + 1 :])
        rows.append(SourceRow(row.no, _kind(uid, cells), cells, sheet.where(row.no)))
        uids.append("" if uid == NO_ROW else uid)
    columns = tuple(_column(_at(head, column), key, column) for column, key in zip(shown, keys, strict=True))
    subject = table.subject if table.subject != "list_item" else "task"
    source = SourceTable(str(sheet.number), table.title, sheet.name, "", subject, columns, tuple(rows))
    return _Held(source, number, sheet.number * STRIDE, keys, tuple(uids))


def _uid_column(head: SheetRow, below: Sequence[SheetRow], table: SheetMark) -> int | None:
    """Where the uids stand now: the column that holds most of them, else the one that is headed so."""
    counts: Counter[int] = Counter(
        number for row in below for number, cell in enumerate(row.cells) if cell and cell.strip() in table.was
    )
    if counts:
        return counts.most_common(1)[0][0]
    return next((number for number, cell in enumerate(head.cells) if cell.strip() == UID_HEAD), None)


def _keys(
    sheet: Sheet, head: SheetRow, shown: Sequence[int], table: SheetMark, told: list[Problem]
) -> tuple[str | None, ...]:
    """The key of each column by its head; one that stands twice, or that was written anew, is not read and told."""
    by_head = {_plain(title): key for key, title in table.columns}
    found = [by_head.get(_plain(_at(head, column))) for column in shown]
    twice = {key for key, count in Counter(key for key in found if key).items() if count > 1}
    titles = {key: _BLANKS.sub("", title) for key, title in table.columns}
    for key in sorted(twice):
        what = f"“{titles[key]}”有两列，分不清用哪一列，都没有读。"
        told.append(Problem("warning", "column_twice", sheet.where(head.no), what))
    strange = [
        _BLANKS.sub("", _at(head, column)) or f"{column_letters(column)} 列"
        for column, key in zip(shown, found, strict=True)
        if key is None
    ]
    if strange:
        what = f"{'、'.join(strange[:8])}：导出时没有这样的列，没有读。"
        told.append(Problem("note", "column_unknown", sheet.where(head.no), what))
    missing = [title for key, title in titles.items() if key not in found and field_behind(table.subject, key)]
    if missing:
        what = f"表里没有了{'、'.join(missing[:8])}，台账里的这些内容不动。"
        told.append(Problem("note", "column_gone", sheet.where(head.no), what))
    return tuple(None if key in twice else key for key in found)


def _kind(uid: str, cells: Sequence[str]) -> RowKind:
    filled = [cell for cell in cells if cell.strip()]
    if uid and uid != NO_ROW:
        return "row"
    if uid == NO_ROW:
        return "total" if len(filled) > 1 else "section" if filled and not filled[0].startswith("注") else "note"
    first = _BLANKS.sub("", filled[0]) if filled else ""
    if first in ("合计", "总计", "小计"):  # of a workbook from before sums were marked
        return "total"
    return "row" if len(filled) > 1 else "note" if filled else "blank"


def _column(head: str, key: str | None, number: int) -> SourceColumn:
    role = "target" if key and key.startswith("target") else _ROLES.get(key or "")
    factor: Factor | None = "万元" if role in ("total_investment", "central_request") else None
    return SourceColumn(_BLANKS.sub("", head), role, factor, column_letters(number))


# --- the whole copy ----------------------------------------------------------------------------------------------


def _file(name: str, origin: Exported) -> ReadFile:
    told = list(origin.told)
    rows = {held.source.key: _rows(held, origin.mark) for held in origin.tables}
    _put_slipped_right(origin, rows, told)
    _tell_copies(origin, rows, told)
    seen = {(held.mark, row.uid) for held in origin.tables for row in rows[held.source.key] if row.uid}
    tables: list[ReturnedTable] = []
    for held in origin.tables:
        mark = origin.mark.sheets[held.mark]
        is_first = all(other.mark != held.mark for other in origin.tables[: origin.tables.index(held)])
        at_name = next((at for at, (key, _) in enumerate(mark.columns) if key == "name"), 0)
        gone = {
            uid: cells[at_name] if at_name < len(cells) else uid
            for uid, cells in mark.was.items()
            if is_first and (held.mark, uid) not in seen
        }
        heads = {key: _BLANKS.sub("", title) for key, title in mark.columns}
        subject = cast("Table", mark.subject)
        tables.append(ReturnedTable(held.source.key, subject, heads, tuple(rows[held.source.key]), gone))
    for table in tables:
        for row in table.rows if table.subject != "project" else ():
            if not row.uid:
                what = f"“{row.name[:30]}”没有标识，没有读入；要新增，请在“指标清单”里写。"
                told.append(Problem("warning", "row_new", row.where, what))
    book = ReturnedBook(origin.mark.title, tuple(tables))
    draft = PlanDraft(PlanFacts(origin.mark.title, ""), problems=tuple(told), returned=book)
    return ReadFile(name, tuple(held.source for held in origin.tables), draft, (), tuple(told), origin)


def _rows(held: _Held, mark: Mark) -> list[ReturnedRow]:
    table = mark.sheets[held.mark]
    made: list[ReturnedRow] = []
    above = ""
    first = held.offset  # rows of all sheets are numbered apart
    for row, uid in zip(held.source.rows, held.uids, strict=True):
        if row.kind != "row" or not any(cell.strip() for cell in row.cells):
            continue
        cells = {key: text for key, text in zip(held.keys, row.cells, strict=True) if key is not None}
        was = _was(table, uid, cells) if mark.has_was else None
        made.append(ReturnedRow(first + row.no, held.offset + row.no, row.where, uid, cells, was, after=above))
        above = uid or above
    return made


def _was(table: SheetMark, uid: str, keys: Iterable[str]) -> dict[str, str] | None:
    """The cells of a row as exported, of the columns that are still there; None for a row that was not."""
    cells = table.was.get(uid)
    if cells is None:
        return None
    told = {key: cells[at] if at < len(cells) else "" for at, (key, _) in enumerate(table.columns)}
    return {key: told.get(key, "") for key in keys}


def _put_slipped_right(origin: Exported, rows: dict[str, list[ReturnedRow]], told: list[Problem]) -> None:
    """Rows that were sorted without their hidden column get the uid that their cells speak for."""
    for held in origin.tables:
        table = origin.mark.sheets[held.mark]
        names: dict[str, list[str]] = defaultdict(list)
        at_name = next((at for at, (key, _) in enumerate(table.columns) if key == "name"), 0)
        for uid, cells in table.was.items():
            names[cells[at_name] if at_name < len(cells) else ""].append(uid)
        here = rows[held.source.key]
        found: dict[int, ReturnedRow] = {}
        for at, row in enumerate(here):
            owners = names.get(row.name, [])
            if row.was is None or not owners or same_text(row.was.get("name", ""), row.name):
                continue
            then = {uid: _was(table, uid, row.cells) or {} for uid in owners}
            best = max(owners, key=lambda uid: _agreement(row.cells, then[uid]))
            if _agreement(row.cells, then[best]) > _agreement(row.cells, row.was):
                found[at] = replace(row, uid=best, was=then[best])
        if len(found) < 2:  # one alone was named anew
            continue
        for at, row in found.items():
            here[at] = row
        what = f"{len(found)} 行的隐藏标识没有跟着行一起移动，已按名称重新对上，请核对。"
        told.append(Problem("warning", "uid_slipped", held.source.sheet, what))


def _agreement(cells: Mapping[str, str], was: Mapping[str, str]) -> int:
    return sum(same_text(text, was.get(key, "")) for key, text in cells.items() if text.strip())


def _tell_copies(origin: Exported, rows: dict[str, list[ReturnedRow]], told: list[Problem]) -> None:
    """Of rows with one uid the one that still bears its name keeps it; the others are copies, or all are in doubt."""
    spots: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    for held in origin.tables:
        for at, row in enumerate(rows[held.source.key]):
            if row.uid:
                spots[(held.mark, row.uid)].append((held.source.key, at))
    for same in spots.values():
        if len(same) == 1:
            continue
        true = [
            (key, at)
            for key, at in same
            if (was := rows[key][at].was) is not None and same_text(was.get("name", ""), rows[key][at].name)
        ]
        best = max(true, key=lambda spot: _likeness(rows[spot[0]][spot[1]]), default=None)
        for key, at in same:
            if (key, at) != best:
                row = rows[key][at]
                rows[key][at] = replace(row, uid="", was=None, original=row.uid)
        names = "、".join(rows[key][at].where for key, at in same)
        what = f"{names} 的隐藏标识相同，是复制出来的行；请逐行选定是新增还是原来的那一行。"
        told.append(Problem("warning", "uid_twice", rows[same[0][0]][same[0][1]].where, what))


def _likeness(row: ReturnedRow) -> int:
    return _agreement(row.cells, row.was or {})


def _plain(text: str) -> str:
    return half_width(_BLANKS.sub("", text))


def _at(row: SheetRow, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""
