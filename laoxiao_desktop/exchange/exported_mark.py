"""The hidden identity of a workbook that the program exported: which ledger, which report, which rows stood there."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange.sheet import Sheet, SheetRow
from laoxiao_desktop.exchange.workbook_out import BASE_ROW, IDENTITY, NO_ROW, UID_HEAD
from laoxiao_desktop.models.plan_draft import Problem
from laoxiao_desktop.models.report_request import TITLES

MOST_ABOVE: Final = 60  # rows in which the head is looked for
_FORMATS: Final = ("laoxiao-table 1", "laoxiao-table 2")
_READABLE: Final = ("project", "indicator", "list_item")
_COMPUTED: Final = ("central", "annual", "findings", "receipt")  # kinds whose rows are sums and findings


@dataclass(frozen=True, slots=True)
class SheetMark:
    """What the identity says of one sheet: its title, whose rows it holds, its columns (key, head), its rows as exported."""

    title: str
    subject: str
    columns: tuple[tuple[str, str], ...]
    was: Mapping[str, tuple[str, ...]]  # uid → cells


@dataclass(frozen=True, slots=True)
class Mark:
    """Which ledger exported a workbook, as which report, and its sheets."""

    kind: str
    ledger: str
    sheets: tuple[SheetMark, ...]
    has_was: bool

    @property
    def title(self) -> str:
        """What the report is called."""
        return TITLES.get(self.kind, "表格")


def mark_of(sheets: Sequence[Sheet]) -> Mark | None:
    """The identity in a workbook; None when it is none of ours, or its hidden sheet was taken out."""
    hidden = next((sheet for sheet in sheets if sheet.name == IDENTITY), None)
    if hidden is None or _cell(hidden.rows, 1) not in _FORMATS:
        return None
    try:
        told = json.loads(_cell(hidden.rows, 2))
        rows: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for row in hidden.rows:
            if row.no >= BASE_ROW and len(row.cells) >= 2 and row.cells[0].isdigit():
                rows[int(row.cells[0])][row.cells[1]] = tuple(row.cells[2:])
        found = tuple(
            SheetMark(
                str(table["title"]),
                str(table["subject"]),
                tuple((str(column[0]), str(column[2] if len(column) > 2 else "")) for column in table["columns"]),
                rows[number],
            )
            for number, table in enumerate(told["tables"])
        )
        ledger = str(told.get("stamp") or "").partition(" ")[0]
        return Mark(str(told["kind"]), ledger, found, any(rows.values()))
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def refuse_computed(name: str, mark: Mark) -> None:
    """UserError for a report whose figures are all worked out: nothing of it can be read back."""
    if mark.kind in _COMPUTED or not any(table.subject in _READABLE for table in mark.sheets):
        raise UserError(
            f"{name} 是台账导出的“{mark.title}”，里面的数都由台账算出，没有可以读回的格。",
            "请在“项目”“月度调度”里改；要在表格里改，请导出“项目进展情况表”。",
        )


def as_foreign(sheets: Sequence[Sheet], mark: Mark, ledger: str) -> tuple[Sheet, ...]:
    """The sheets of another ledger's export as those of any list: without identity and uids, and told as such."""
    whose = f"另一个台账（标识 {mark.ledger}）" if ledger else f"台账（标识 {mark.ledger}）"
    how = "隐藏标识在这里不适用，按名称和序号对。" if ledger else "这里没有打开台账，按普通清单读。"
    told = Problem("warning", "other_ledger", "", f"这是{whose}导出的“{mark.title}”，{how}")
    kept = [sheet for sheet in sheets if sheet.name != IDENTITY]
    return tuple(
        replace(_without_uids(sheet), problems=(*((told,) if number == 0 else ()), *sheet.problems))
        for number, sheet in enumerate(kept)
    )


def _without_uids(sheet: Sheet) -> Sheet:
    """The sheet without its column of uids; of the heads of groups only their words stay, of those within them nothing."""
    at = next(
        (
            number
            for row in sheet.rows
            if row.no <= MOST_ABOVE
            for number, cell in enumerate(row.cells)
            if cell.strip() == UID_HEAD and number in sheet.hidden_columns
        ),
        None,
    )
    if at is None:
        return sheet
    rows: list[SheetRow] = []
    for row in sheet.rows:
        cells = (*row.cells[:at], *row.cells[at + 1 :])
        label = cells[0].strip() if cells else ""
        if at < len(row.cells) and row.cells[at].strip() == NO_ROW:
            if label.startswith("（"):
                continue
            if "计" not in label:
                cells = (label,)
        if any(cells):
            rows.append(SheetRow(row.no, cells))
    hidden = frozenset(column - (column > at) for column in sheet.hidden_columns if column != at)
    return replace(sheet, rows=rows, hidden_columns=hidden)


def _cell(rows: Sequence[SheetRow], no: int) -> str:
    """The first cell of a row."""
    return next((row.cells[0] for row in rows if row.no == no and row.cells), "")
