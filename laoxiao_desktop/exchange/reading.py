"""The front door for files from other people: a file or a pasted block in, what was understood of it out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from laoxiao_desktop.errors import Cancelled, UserError, reason_of
from laoxiao_desktop.exchange import (
    delimited,
    exported,
    exported_mark,
    html_table,
    limits,
    old_workbook,
    open_document,
    word,
    workbook,
    xml_workbook,
)
from laoxiao_desktop.exchange.draft_problems import problems_of
from laoxiao_desktop.exchange.encodings import text_of
from laoxiao_desktop.exchange.flow import Flow
from laoxiao_desktop.exchange.hidden import hidden_words
from laoxiao_desktop.exchange.plan_facts import plan_facts_of, region_of
from laoxiao_desktop.exchange.plan_text import Part, assembled
from laoxiao_desktop.exchange.reading_values import ReadFile
from laoxiao_desktop.exchange.sheet import Sheet, cut_long
from laoxiao_desktop.exchange.sheet_tables import laid_out
from laoxiao_desktop.exchange.table import Table
from laoxiao_desktop.exchange.table_draft import drafted
from laoxiao_desktop.exchange.tables import tables_of
from laoxiao_desktop.exchange.text_lines import Line, lines_of, tidy
from laoxiao_desktop.exchange.understood import (
    STRIDE,
    Choices,
    Understood,
    chosen_over,
    of_region,
    of_text_table,
)
from laoxiao_desktop.models.plan_draft import PlanDraft, PlanFacts, Problem
from laoxiao_desktop.models.region import prefecture_of

Progress = Callable[[int, int, str], None]
Stopped = Callable[[], bool]
Mappings = Mapping[str, Choices]  # shape → column → (role, unit of money)

_NO_MAPPINGS: Final[Mappings] = {}
_ANNEX_MARK: Final = re.compile(r"^附(?:件|表)\s*[\d一二三四五六七八九十]*[：:、.．\s-]*")
_PASTED: Final = "粘贴的内容"
_PACKAGES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".doc", ".xlsb"})
_LONGEST_PASTE: Final = limits.LARGEST_TEXT


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file is drafted from: its lines, its tables, and the part that each table gives."""

    lines: tuple[Line, ...]
    taken: frozenset[int]
    tables: tuple[Understood, ...]
    parts: tuple[Part, ...]
    plan: PlanFacts
    told: tuple[Problem, ...]  # of the file itself, whatever its columns mean
    is_plan: bool  # a document with running text, whose headings and annexes count


@dataclass(frozen=True, slots=True)
class _Steps:
    """Tells how far the reading is and stops it when asked to."""

    progress: Progress | None
    stopped: Stopped | None

    def at(self, done: int, total: int, what: str) -> None:
        """One step done; Cancelled when the person has stopped the reading."""
        self.checked()
        if self.progress is not None:
            self.progress(done, total, what)

    def checked(self) -> None:
        """Cancelled when the person has stopped the reading."""
        if self.stopped is not None and self.stopped():
            raise Cancelled


def read(
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Stopped | None = None,
    mappings: Mappings = _NO_MAPPINGS,
    with_hidden: bool = False,
    ledger: str = "",
) -> ReadFile:
    """What a file says: its tables as a person sees them, and the draft made of them and of its running text.

    `ledger` is the mark of the ledger that asks: a workbook that it exported is read back row by row, by uid.

    `mappings` are columns that a person chose before, by the shape of their table. Hidden sheets, rows and columns are
    told and left out, unless `with_hidden`. Writes nothing, opens nothing but the file. UserError for what cannot be
    read, with a remedy; Cancelled when `cancelled()` says so.
    """
    steps = _Steps(progress, cancelled)
    steps.at(0, 3, f"检查 {path.name}")
    kind = limits.kind_of(path)
    steps.at(0, 3, f"读取 {path.name}")
    try:
        return _read(path, kind, steps, mappings, with_hidden, ledger)
    except OSError as error:
        raise UserError(f"{path.name} 打不开：{reason_of(error)}。", "请检查文件还在不在、有没有权限。") from error


def read_pasted(
    text: str,
    html: str | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Stopped | None = None,
    mappings: Mappings = _NO_MAPPINGS,
) -> ReadFile:
    """What was pasted: the table of the clipboard's web page where it holds one, else the text.

    UserError when there is nothing in it, or too much.
    """
    steps = _Steps(progress, cancelled)
    if max(len(text), len(html or "")) > _LONGEST_PASTE:
        raise UserError("粘贴的内容太多。", "请保存成文件，再用“打开文件”读入。")
    if not text.strip() and not (html or "").strip():
        raise UserError("剪贴板里没有文字。", "请先在表格里选中要读的行和列，复制后再粘贴。")
    steps.at(0, 3, "读取粘贴的内容")
    if html and "<table" in html.lower():
        flow = html_table.flow_of(html, _PASTED)
        if flow.tables:
            return _of_flow(_PASTED, flow, steps, mappings, with_hidden=False)
    return _of_text(_PASTED, text, steps, mappings)


def with_mapping(file: ReadFile, table_key: str, choices: Choices) -> ReadFile:
    """The file with columns of one table understood as a person chose; only that table is drafted anew.

    `choices`: column → (role or None for “not read”, unit of money or None). UserError for an unknown role or table.
    """
    if exported.exported_origin(file) is not None:
        raise UserError("这是台账导出的表，各列按导出时的含义读。", "不想读的列，请在表里删掉后再读。")
    origin = origin_of(file)
    at = next((number for number, table in enumerate(origin.tables) if table.source.key == table_key), None)
    if at is None:
        raise UserError("这张表已经不在了。", "请重新读一次文件。")
    table = chosen_over(origin.tables[at], choices)
    part = drafted(table, origin.plan)
    return _file(
        file.name,
        replace(
            origin,
            tables=(*origin.tables[:at], table, *origin.tables[at + 1 :]),
            parts=(*origin.parts[:at], part, *origin.parts[at + 1 :]),
        ),
        file.hidden,
    )


def origin_of(file: ReadFile) -> Origin:
    """What the file is drafted from; TypeError for a value that was not made by reading."""
    if not isinstance(file.origin, Origin):
        raise TypeError("the file was not made by reading")
    return file.origin


def _read(path: Path, kind: limits.Kind, steps: _Steps, mappings: Mappings, with_hidden: bool, ledger: str) -> ReadFile:
    match kind:
        case "xlsx":
            sheets = workbook.sheets_of(path, steps.checked)
        case "text":
            text = text_of(path)
            if path.suffix.lower() in (".csv", ".tsv"):
                sheets = (cut_long(delimited.sheet_of(text, path.name)),)
            else:
                return _of_text(path.name, text, steps, mappings)
        case "xls":
            sheets = old_workbook.sheets_of(path, steps.checked)
        case "ods":
            sheets = open_document.sheets_of(path, steps.checked)
        case "xml":
            sheets = xml_workbook.sheets_of(path, steps.checked)
        case "docx":
            return _of_flow(path.name, word.flow_of(path), steps, mappings, with_hidden)
        case "html":
            return _of_flow(path.name, html_table.flow_of(text_of(path), path.name), steps, mappings, with_hidden)
    mark = exported_mark.mark_of(sheets)
    if mark is not None:
        exported_mark.refuse_computed(path.name, mark)
        if ledger and mark.ledger == ledger:
            return exported.read_back(path.name, sheets, mark)
        sheets = exported_mark.as_foreign(sheets, mark, ledger)
    return _of_sheets(path.name, sheets, steps, mappings, with_hidden=with_hidden)


def _of_sheets(name: str, sheets: Sequence[Sheet], steps: _Steps, mappings: Mappings, *, with_hidden: bool) -> ReadFile:
    tables: list[Understood] = []
    lines: list[Line] = []
    told: list[Problem] = []
    taken = set[int]()
    visible = [sheet for sheet in sheets if with_hidden or not sheet.is_hidden]
    for sheet in visible:
        steps.at(1, 3, f"辨认工作表 {sheet.name}" if sheet.name else "辨认表格")
        laid = laid_out(sheet, with_hidden=with_hidden)
        for number, region in enumerate(laid.regions):
            key = f"{sheet.number}.{number}"
            tables.append(of_region(sheet, region, key, mappings, with_hidden=with_hidden))
        offset = sheet.number * STRIDE
        for row in laid.rest:
            lines.append(Line(offset + row.no, " ".join(cell for cell in row.cells if cell)))
        told += sheet.problems
    if not tables and not lines:
        raise UserError(f"{name} 里没有内容。", "请检查文件是不是发错了，或要读的表是不是被隐藏了。")
    return _finished(
        name, lines, frozenset(taken), tables, () if with_hidden else hidden_words(sheets), told, steps, is_plan=False
    )


def _of_flow(name: str, flow: Flow, steps: _Steps, mappings: Mappings, with_hidden: bool) -> ReadFile:
    """A text with tables: tables set apart as such, and those whose cells stand one per line."""
    tables: list[tuple[int, Understood]] = []
    taken: set[int] = set()
    told: list[Problem] = []
    for sheet in map(cut_long, flow.tables):
        laid = laid_out(sheet, with_hidden=with_hidden)
        rest = {row.no for row in laid.rest}
        for number, region in enumerate(laid.regions):
            understood = of_region(sheet, region, f"{sheet.number}.{number}", mappings, with_hidden=with_hidden)
            tables.append((region.first_no, understood))
            if understood.title is not None:
                taken.add(understood.title[1][0])
        taken.update(row.no for row in sheet.rows if row.no not in rest)
        told += sheet.problems
    free = [Line(line.no, "") if line.no in taken else line for line in flow.lines]
    found = tables_of(free)
    for number, table in enumerate(found.tables):
        tables.append((table.header.where[0], of_text_table(table, f"text.{number}", mappings)))
    understood_tables = [table for _, table in sorted(tables, key=lambda pair: pair[0])]
    if not understood_tables and not any(not line.is_blank for line in flow.lines):
        raise UserError(f"{name} 里没有文字，也没有表格。", "内容可能是图片：请录入成表格，或要电子表格。")
    return _finished(
        name,
        flow.lines,
        found.taken | taken,
        understood_tables,
        () if with_hidden else hidden_words(flow.tables),
        told,
        steps,
        is_plan=True,
    )


def _of_text(name: str, text: str, steps: _Steps, mappings: Mappings) -> ReadFile:
    if not text.strip("\0 \t\r\n\ufeff"):
        raise UserError(f"{name} 里没有文字。", "请检查文件是不是发错了。")
    if delimited.is_block(text):
        sheet = cut_long(delimited.sheet_of(text, name, "\t"))
        return _of_sheets(name, (sheet,), steps, mappings, with_hidden=False)
    lines = lines_of(_readable(text))
    steps.at(1, 3, "辨认表格")
    found = tables_of(lines)
    tables = [of_text_table(table, f"text.{number}", mappings) for number, table in enumerate(found.tables)]
    told = [_named_otherwise(name)] if Path(name).suffix.lower() in _PACKAGES else []
    return _finished(name, lines, found.taken, tables, (), told, steps, is_plan=True)


def _named_otherwise(name: str) -> Problem:
    """A text that bears the name of a workbook or document: perhaps the wrong file, perhaps renamed."""
    what = f"{name} 的名字像办公文件，内容其实是纯文字，已按文字读。若读不到清单，请打开原文件核对后重新保存。"
    return Problem("warning", "named_otherwise", "", what)


def _finished(
    name: str,
    lines: Sequence[Line],
    taken: frozenset[int],
    tables: Sequence[Understood],
    hidden: tuple[str, ...],
    told: Sequence[Problem],
    steps: _Steps,
    *,
    is_plan: bool,
) -> ReadFile:
    steps.at(2, 3, "核对")
    plan = plan_facts_of(lines) if is_plan else _facts_of_list(name, lines, tables)
    parts: list[Part] = []
    for table in tables:
        steps.checked()
        parts.append(drafted(table, plan))
    origin = Origin(tuple(lines), taken, tuple(tables), tuple(parts), plan, tuple(told), is_plan)
    file = _file(name, origin, hidden)
    steps.at(3, 3, "完成")
    return file


def _file(name: str, origin: Origin, hidden: tuple[str, ...]) -> ReadFile:
    draft, outline = assembled(origin.lines, origin.plan, origin.taken, origin.parts)
    originals: list[Table] = [table.original for table in origin.tables if table.original is not None]
    draft = problems_of(draft, outline, originals)
    asked = [
        Problem("warning", "asked", table.source.rows[0].where if table.source.rows else table.source.sheet, question)
        for table in origin.tables
        if table.original is None
        for question in table.source.questions
    ]
    read_as_text = [Problem("note", "hidden", words.partition("：")[0], f"{words}。没有读入。") for words in hidden]
    none = Problem("warning", "no_table", "", "没有认出清单。请把表头和各行一起选中粘贴，或检查是不是发错了文件。")
    missing = [none] if not origin.is_plan and not origin.tables else []
    draft = replace(draft, problems=(*missing, *origin.told, *read_as_text, *asked, *draft.problems))
    if not origin.is_plan:
        draft = _with_places(draft, origin)
    return ReadFile(name, tuple(table.source for table in origin.tables), draft, hidden, draft.problems, origin)


def _with_places(draft: PlanDraft, origin: Origin) -> PlanDraft:
    """Problems that name a line of a list name the row of its sheet."""
    sheets = {table.offset: table.source.sheet for table in origin.tables}

    def placed(problem: Problem) -> Problem:
        found = re.fullmatch(r"第 (\d+) 行", problem.where)
        if not found:
            return problem
        number, row = divmod(int(found[1]), STRIDE)
        sheet = sheets.get(number * STRIDE)
        return replace(problem, where=f"{sheet}!{row}" if sheet else f"第 {row} 行")

    return replace(draft, problems=tuple(placed(problem) for problem in draft.problems))


def _facts_of_list(name: str, lines: Sequence[Line], tables: Sequence[Understood]) -> PlanFacts:
    """The head of a list: what stands above its tables; without any, the name of the file."""
    plan = plan_facts_of(lines)
    title = plan.title
    if not title or len(title) > 60 or "单位" in title:
        title = next((table.source.title for table in tables if table.source.title), "") or Path(name).stem
    title = _ANNEX_MARK.sub("", title) or title
    region = plan.region or region_of(title)
    if not region:
        words = [title, *(tidy(line.text) for line in lines[:5])]
        found = next(filter(None, map(prefecture_of, words)), None)
        region = found.name if found else ""
    start, end = plan.start_year, plan.end_year
    if start is None:
        start, end = _years_of(tables)
    return replace(plan, title=title, region=region, start_year=start, end_year=end)


def _years_of(tables: Sequence[Understood]) -> tuple[int | None, int | None]:
    """The five years of a plan whose indicators have columns for the year before them and for their last: 2020, 2025."""
    years = {mapped.column.year for table in tables for mapped in table.columns if mapped.column.year}
    first = next((year for year in sorted(years) if year % 5 == 0 and year + 5 in years), None)
    return (first + 1, first + 5) if first else (None, None)


def _readable(text: str) -> str:
    """Text without characters that nobody sees; lines stay where they are."""
    if text.isprintable():
        return text
    return re.sub("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]", "", text)
