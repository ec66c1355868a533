"""Cuts a stream of cells into the rows of a table whose columns are known.

The layout leaves traps: a cell may be broken over several lines, a blank cell may be printed or dropped, a class is
printed once for many rows, and space-only lines stand inside rows. The cutting with the least misfit wins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from laoxiao_desktop.exchange.cells import Cell, joined
from laoxiao_desktop.exchange.columns import MONEY_ROLES, UNIT_ROLES, Column, Role
from laoxiao_desktop.exchange.table import Row, is_amount, is_section_mark, is_total, section_title
from laoxiao_desktop.exchange.table_header import header_at
from laoxiao_desktop.models.dictionary import BUILD_KINDS, FACILITY_TYPES

_ROW_WORTH = 6.0
_PHANTOM = 1.2
_MOST_PIECES = 5
_TOO_DEAR = 12.0
_HOPELESS = 40.0  # so far behind the best way that it cannot win any more
_CONTINUES = ("、", "，", ",", "—", "-", "－", "~", "～", "至", "（", "(", "《", "和", "及", "：", ":")
_CONTINUED = ("、", "，", "）", ")", "》", "。", "；", "—", "-")
_ENDS = ("。", "；", "！")
_PERIOD = re.compile(
    r"\d{1,3}个月|(?:“?十[三四五六]五”?(?:期间|时期)?)|20\d\d(?:年|[.．/-]\d{1,2})?[年月.]?(?:\d{1,2}月?)?(?:底|起)?"
    r"(?:[—\-－–~～至到]+(?:20\d\d)?(?:年|[.．/]\d{1,2})?(?:\d{1,2}月?)?年?底?)?"
)
_SEQ = re.compile(r"[（(]?(?P<no>\d{1,4})[.、．）)]?")
_SHORT_PERIOD = 10
_LONGEST_SECTION = 30
_NONE = frozenset({"—", "－", "-", "/", "——", "无", "\\", "–"})
_ORGANISATION = re.compile(
    r"(?:局|委|委员会|院|政府|办|办公室|会|公司|中心|部|所|站|园|学校|学院|厂|社|支队|总队|行|大学|街道|镇|乡|单位|部门|处|组|联|州委|市委|县委|（.*）)(?:按职责分工负责|等)?$"
)
_CODE = re.compile(r"[\dA-Za-z-]{6,40}")
_SECTORS = frozenset({"养老", "托育", "养老类", "托育类", "养老服务", "托育服务"})
_TYPES = frozenset((*BUILD_KINDS, *FACILITY_TYPES))
_BUREAU = re.compile(r"局|委|政府|公司|中心|银行|支行|医院|大学|部门|办公室|支队|联|会|办")
_MOSTLY_BLANK: dict[Role, float] = {"remark": 0.0, "code": 0.2, "category": 0.2, "other": 0.2, "seq": 3.0, "name": 6.0}
_DROPPED: dict[Role, float] = {"remark": 0.5, "code": 1.5, "category": 0.3, "other": 1.5, "seq": 6.0, "name": 9.0}


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    last_no: int  # number of the row before; 0 at the start and after a section row
    row: tuple[tuple[int, Cell], ...] = ()
    rows: "_Chain | None" = None


@dataclass(frozen=True, slots=True)
class _Chain:
    row: Row
    before: "_Chain | None" = None


@dataclass(slots=True)
class _Board:
    """The best way to every place: cells taken, then columns filled of the row at hand."""

    best: dict[int, dict[int, _State]] = field(default_factory=dict)

    def offer(self, at: int, filled: int, state: _State) -> None:
        """Keeps a way if it is the best to its place so far."""
        here = self.best.setdefault(at, {})
        known = here.get(filled)
        if known is None or state.score > known.score:
            here[filled] = state


def rows_of(cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[tuple[Row, ...], int]:
    """The rows that begin with the first cell, and how many cells they take; what follows the table is left."""
    board = _Board()
    best = start = _State(0.0, 0)
    taken = 0
    board.offer(0, 0, start)
    width = len(columns)
    for at in range(len(cells) + 1):
        here = board.best.setdefault(at, {})
        hopeless = best.score - _HOPELESS
        takings = _takings(cells, at)
        done = _fill_all(board, takings, at, columns, {}, hopeless)
        complete = here.get(width)
        if complete is not None:
            row = Row("row", dict(complete.row))
            board.offer(at, 0, _State(complete.score + _ROW_WORTH, complete.last_no, (), _Chain(row, complete.rows)))
        boundary = here.get(0)
        if boundary is not None and boundary.score > hopeless:
            if boundary.score > best.score:
                best, taken = boundary, at
            _whole_rows(board, cells, at, columns, boundary)
            _fill(board, takings, at, columns, 0, boundary)
            _fill_all(board, takings, at, columns, done, hopeless)
        del board.best[at]
        if not board.best:
            break
    return _unchained(best.rows), taken


def _fill_all(
    board: _Board,
    takings: "Sequence[_Taking]",
    at: int,
    columns: Sequence[Column],
    done: dict[int, _State],
    hopeless: float,
) -> dict[int, _State]:
    """Goes on with every row that stands half filled at a cell, but for those gone on with before."""
    gone_on = dict(done)
    here = board.best[at]
    for filled in range(1, len(columns)):
        state = here.get(filled)
        if state is not None and state is not done.get(filled) and state.score > hopeless:
            _fill(board, takings, at, columns, filled, state)
            gone_on[filled] = state
    return gone_on


@dataclass(frozen=True, slots=True)
class _Taking:
    """So many of the cells at hand taken for one, and what it costs to believe that the layout broke it."""

    count: int
    cell: Cell
    wrap: float


def _takings(cells: Sequence[Cell], at: int) -> list[_Taking]:
    takings: list[_Taking] = []
    for count in range(1, _MOST_PIECES + 1):
        pieces = cells[at : at + count]
        if len(pieces) < count or (count > 1 and pieces[-1].is_blank):
            break
        takings.append(_Taking(count, pieces[0] if count == 1 else joined(pieces), _wrap(pieces)))
        if pieces[0].is_blank:
            break
    return takings


def _unchained(chain: _Chain | None) -> tuple[Row, ...]:
    rows: list[Row] = []
    while chain is not None:
        rows.append(chain.row)
        chain = chain.before
    return tuple(reversed(rows))


def _fill(
    board: _Board, takings: Sequence[_Taking], at: int, columns: Sequence[Column], filled: int, state: _State
) -> None:
    """All ways to fill the next column from the cells at hand."""
    role = columns[filled].role
    last_no = state.last_no
    if filled > 0 or role in ("category", "other"):
        cost = _DROPPED.get(role, 4.0)
        board.offer(at, filled + 1, _State(state.score - cost, last_no, state.row, state.rows))
    for taking in takings:
        cell, number = taking.cell, last_no
        if cell.is_blank:
            board.offer(at + 1, filled, _State(state.score - _PHANTOM, last_no, state.row, state.rows))
            cost = _MOSTLY_BLANK.get(role, 1.6)
        elif role == "seq":
            number, cost = _sequence(cell.text, last_no)
        else:
            cost = _misfit(role, cell.text) + taking.wrap
        if cost < _TOO_DEAR and (taking.count == 1 or role != "seq"):
            row = (*state.row, (filled, cell))
            board.offer(at + taking.count, filled + 1, _State(state.score - cost, number, row, state.rows))


def _sequence(text: str, last_no: int) -> tuple[int, float]:
    found = _SEQ.fullmatch(text)
    if not found:
        return last_no, 8.0
    number = int(found["no"])
    if number == last_no + 1:
        return number, 0.0
    if last_no == 0:
        return number, 1.0
    return number, (4.0 if number > last_no or number == 1 else 7.0)


def _wrap(pieces: Sequence[Cell]) -> float:
    """What it costs to take several lines for one cell: a line shorter than the next was hardly broken by the layout."""
    cost = 0.0
    for before, after in pairwise(pieces):
        if before.text.endswith(_CONTINUES) or after.text.startswith(_CONTINUED):
            cost += 0.1
            continue
        cost += 0.8
        if len(before.text) < len(after.text) - 1:
            cost += 2.5
        if before.text.endswith(_ENDS):
            cost += 1.5
    return cost


def _misfit(role: Role, text: str) -> float:
    """How badly a printed text fits a column, 0 for a good fit."""
    is_number = is_amount(text)
    length = len(text)
    if role in MONEY_ROLES:
        return 0.0 if is_number else 0.5 if text in _NONE else 8.0
    if role in ("period", "start", "end"):
        return 0.0 if _PERIOD.fullmatch(text) else 0.5 if text in _NONE else 2.5 if length <= _SHORT_PERIOD else 6.0
    if role in ("target", "base"):
        return (0.0 if length <= 12 else (length - 12) * 0.5) + (5.0 if text.endswith("。") else 0.0)
    if role == "property":
        return 0.0 if text.endswith("性") and length <= 6 else 4.0
    if role == "measure_unit":
        return 0.0 if length <= 5 and not is_number else 4.0
    if role in ("remark", "other", "seq"):
        return 0.0
    if role == "code":
        return 0.0 if _CODE.fullmatch(text) else 0.5 if text in _NONE else 5.0
    if is_number and role != "category":
        return 8.0
    return _words_misfit(role, text)


def _words_misfit(role: Role, text: str) -> float:
    length = len(text)
    if role == "category":
        if text in _SECTORS:
            return 0.0
        return 0.2 if length <= 9 and not is_amount(text) else min(8.0, 0.4 * length)
    if role == "type":
        return 0.0 if text in _TYPES else 0.6 if length <= 12 else 3.0
    if role == "place":
        return (0.0 if length <= 40 else 3.0) + (3.0 if text.endswith(_ENDS) else 0.0)
    if role == "name":
        return (4.0 if _PERIOD.fullmatch(text) else 0.0) + (0.0 if 2 <= length <= 200 else 3.0)
    if role in UNIT_ROLES:
        fits = bool(_ORGANISATION.search(text)) or ("、" in text and bool(_BUREAU.search(text)))
        return (0.0 if fits else 1.5) + (3.0 if text.endswith(_ENDS) else 0.0)
    return 0.0 if length >= 6 else 1.0


def _whole_rows(board: _Board, cells: Sequence[Cell], at: int, columns: Sequence[Column], state: _State) -> None:
    """Rows that are not rows of the list: totals, section rows, a repeated header, stray blank lines."""
    if at >= len(cells):
        return
    if cells[at].is_blank:
        board.offer(at + 1, 0, _State(state.score - _PHANTOM * 0.2, state.last_no, (), state.rows))
    first = at
    while first < len(cells) and cells[first].is_blank and first - at < len(columns):
        first += 1
    if first >= len(cells):
        return
    text = cells[first].text
    if is_total(text):
        row, end = _total_row(cells, first, columns)
        board.offer(end, 0, _State(state.score + 4, state.last_no, (), _Chain(row, state.rows)))
    repeated = header_at(cells, first)
    if repeated is not None and [c.role for c in repeated.columns] == [c.role for c in columns]:
        board.offer(repeated.end, 0, _State(state.score + 1, state.last_no, (), state.rows))
    section = _section_row(cells, first)
    if section is not None:
        row, end = section
        board.offer(end, 0, _State(state.score - 0.5, 0, (), _Chain(row, state.rows)))
    elif columns[0].role == "seq" and _opens_numbered_rows(cells, first, state.last_no):
        row = Row("section", {}, cells[first])
        board.offer(first + 1, 0, _State(state.score - 1.5, state.last_no, (), _Chain(row, state.rows)))


def _opens_numbered_rows(cells: Sequence[Cell], first: int, last_no: int) -> bool:
    """Words in a row of their own, before a row that goes on with the numbers or begins them anew."""
    text = cells[first].text
    if len(text) > _LONGEST_SECTION or is_amount(text) or text.endswith(_ENDS):
        return False
    after = next((cell.text for cell in cells[first + 1 : first + 12] if not cell.is_blank), "")
    found = _SEQ.fullmatch(after)
    return found is not None and int(found["no"]) in (1, last_no + 1)


def _total_row(cells: Sequence[Cell], first: int, columns: Sequence[Column]) -> tuple[Row, int]:
    money = [number for number, column in enumerate(columns) if column.role in MONEY_ROLES]
    found: dict[int, Cell] = {}
    label = cells[first]
    at = first + 1
    while at < len(cells) and len(found) < len(money):
        if is_amount(cells[at].text):
            found[money[len(found)]] = cells[at]
        elif not cells[at].is_blank:
            break
        at += 1
    return Row("total", found, label), at


def _section_row(cells: Sequence[Cell], first: int) -> tuple[Row, int] | None:
    text = cells[first].text
    if is_section_mark(text) and first + 1 < len(cells):
        title = cells[first + 1]
        if not title.is_blank and len(title.text) <= 40 and not is_amount(title.text):
            return Row("section", {}, title), first + 2
        return None
    title_text = section_title(text)
    if title_text is not None and not title_text.endswith(_ENDS):
        return Row("section", {}, Cell(title_text, cells[first].where)), first + 1
    return None
