"""A workbook the ledger exported comes back: rows by uid, only what a person changed, nothing that is worked out."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import correcting, reading, workbook_out
from laoxiao_desktop.exchange.reading_values import ReadFile
from laoxiao_desktop.models.imports import ComparedRow, Comparison
from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.workspace import history, imports, plans, projects, report_desk, returned
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import CLERK, add_project, new_ledger

NAMES = ("江北街道养老服务中心", "+嘎洒托育中心", "打洛镇敬老院", "勐腊县敬老院")
COLUMNS = (
    "list_no",
    "name",
    "county",
    "span",
    "unit",
    "total_investment",
    "central_request",
    "completed",
    "rate",
    "status",
)
Edit = Callable[[Worksheet], None]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Four projects of one plan."""
    made = new_ledger(tmp_path)
    for number, name in enumerate(NAMES, 1):
        add_project(
            made, name, list_no=number, total_investment=number * 100_000_000, central_request=number * 1_000_000
        )
    yield made
    made.close()


def exported(ledger: Ledger, path: Path, kind: str = "projects") -> Path:
    """A workbook as 导出 Excel makes it."""
    request = Request(kind, dt.date(2030, 1, 1), columns=COLUMNS if kind == "projects" else ())
    return workbook_out.write(report_desk.document(ledger, request), path)


def read(ledger: Ledger, path: Path) -> ReadFile:
    """A file read for this ledger."""
    return reading.read(path, ledger=returned.mark_of(ledger))


def brought_back(ledger: Ledger, folder: Path, edit: Edit) -> tuple[ReadFile, Comparison]:
    """Exported, changed and read back."""
    path = exported(ledger, folder / "项目.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    edit(sheet)
    book.save(path)
    file = read(ledger, path)
    return file, imports.compare(ledger, file.draft)


def line(sheet: Worksheet, name: str) -> int:
    """The row of a project."""
    return next(row[0].row for row in sheet.iter_rows(min_row=4) if name in [cell.value for cell in row])


def column(sheet: Worksheet, head: str) -> int:
    """The column under a head."""
    return next(cell.column for cell in sheet[3] if str(cell.value).replace("\n", "").startswith(head))


def put(sheet: Worksheet, name: str, head: str, value: object) -> None:
    """Writes a cell."""
    sheet.cell(line(sheet, name), column(sheet, head)).value = value  # type: ignore[assignment]  # what openpyxl takes


def told(row: ComparedRow) -> list[tuple[str, str, str, str]]:
    """What would change: field, before, after, note."""
    return [(each.field, each.old_text, each.new_text, each.note) for each in row.changes]


def of(found: Comparison, name: str) -> ComparedRow:
    """The row of the comparison with this title."""
    return next(row for row in found.rows if row.title == name)


def test_rows_are_found_by_uid_when_named_anew_sorted_and_columns_moved(ledger: Ledger, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        put(sheet, NAMES[0], "项目名称", "江北养老中心（改）")
        put(sheet, NAMES[2], "总投资", 345.6)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        plain = [row for row in rows if row[-1] != "-"]
        spots = [number for number, row in enumerate(rows, 4) if row[-1] != "-"]
        for spot, row in zip(spots, reversed(plain), strict=True):
            for at, value in enumerate(row, 1):
                sheet.cell(spot, at).value = value
        sheet.delete_cols(column(sheet, "建设期限"))
        sheet.insert_cols(2)
        sheet.cell(3, 2).value = "我的备注"
        sheet.row_dimensions[spots[1]].hidden = True  # a filter

    file, found = brought_back(ledger, tmp_path, edit)
    assert [found.count(state) for state in ("changed", "same", "new", "gone", "doubt")] == [2, 2, 0, 0, 0]
    assert told(of(found, "江北养老中心（改）")) == [("name", NAMES[0], "江北养老中心（改）", "")]
    assert told(of(found, NAMES[2])) == [("total_investment", "300", "345.6", "")]
    assert [problem.code for problem in file.problems] == ["column_unknown", "column_gone"]
    assert imports.accept(ledger, found, draft=file.draft, source=file.name)
    assert counts(imports.compare(ledger, read(ledger, tmp_path / "项目.xlsx").draft)) == {"same": 4}
    history.undo(ledger)
    assert counts(imports.compare(ledger, file.draft)) == {"changed": 2, "same": 2}


def counts(found: Comparison) -> dict[str, int]:
    """How many rows are in each state that occurs."""
    return {state: found.count(state) for state in ("new", "changed", "same", "gone", "doubt") if found.count(state)}


def test_figures_that_are_worked_out_and_sums_are_never_written(ledger: Ledger, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        put(sheet, NAMES[0], "累计完成", 88)
        put(sheet, NAMES[1], "完成率", 50)
        sheet.cell(4, column(sheet, "总投资")).value = 1  # 合计
        sheet.cell(5, 1).value = "一、全部改名"

    file, found = brought_back(ledger, tmp_path, edit)
    assert counts(found) == {"same": 4}
    problems = {row.title: [each.message for each in row.problems] for row in found.rows if row.problems}
    assert problems == {
        NAMES[0]: ["“累计完成（万元）”改成了 88，没有读入：月报数，请在“月度调度”里改。"],
        NAMES[1]: ["“完成率（%）”改成了 50，没有读入：由台账算出。"],
    }
    assert imports.accept(ledger, found, draft=file.draft) is None


def test_what_the_ledger_learned_since_is_not_taken_back(ledger: Ledger, tmp_path: Path) -> None:
    path = exported(ledger, tmp_path / "项目.xlsx")
    book = openpyxl.load_workbook(path)
    put(book.worksheets[0], NAMES[0], "总投资", 111)
    put(book.worksheets[0], NAMES[1], "申请中央", None)
    book.save(path)
    uids = {str(row.values["name"]): uid for uid, row in returned.known_everywhere(ledger).items()}
    for name in (NAMES[0], NAMES[3]):
        projects.edit(ledger, uids[name], {"total_investment": 777_000_000})
    file = read(ledger, path)
    found = imports.compare(ledger, file.draft)
    assert counts(found) == {"changed": 2, "same": 2}
    assert told(of(found, NAMES[0])) == [("total_investment", "777", "111", "导出后改过")]
    assert told(of(found, NAMES[1])) == [("central_request", "2", "（空）", "被清空")]
    assert imports.accept(ledger, found, draft=file.draft) is None  # a person decides on both


def test_added_copied_and_deleted_rows_are_told_apart(ledger: Ledger, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        copied = [cell.value for cell in sheet[line(sheet, NAMES[0])]]
        sheet.delete_rows(line(sheet, NAMES[3]))
        sheet.append([*copied[:1], "抄出来的项目", *copied[2:]])
        sheet.append([9, "勐仑镇新养老院", None, None, None, 12.5])

    file, found = brought_back(ledger, tmp_path, edit)
    assert counts(found) == {"same": 3, "new": 1, "doubt": 1, "gone": 1}
    copy = of(found, "抄出来的项目")
    assert [each.why for each in copy.candidates] == ["由它复制"]
    assert any(problem.code == "uid_twice" for problem in file.problems)
    new = of(found, "勐仑镇新养老院")
    assert (new.values["total_investment"], new.values["sector"]) == (12_500_000, "养老")
    gone = next(row for row in found.rows if row.state == "gone")
    decided = imports.compare(ledger, file.draft, None, {copy.key: "new", gone.key: "cancel"})
    assert counts(decided) == {"same": 3, "new": 2, "gone": 1}
    assert imports.accept(ledger, decided, draft=file.draft)
    assert len(returned.known_everywhere(ledger)) == 6


def test_rows_sorted_without_their_hidden_column_find_their_uids(ledger: Ledger, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        lines = [line(sheet, name) for name in NAMES]
        width = column(sheet, "标识") - 1
        rows = [[sheet.cell(at, number).value for number in range(1, width + 1)] for at in lines]
        for at, row in zip(lines, reversed(rows), strict=True):
            for number, value in enumerate(row, 1):
                sheet.cell(at, number).value = value

    file, found = brought_back(ledger, tmp_path, edit)
    assert counts(found) == {"same": 4}
    assert "4 行的隐藏标识没有跟着行一起移动" in file.problems[0].message


def test_a_cell_that_cannot_be_read_is_put_right_in_the_review(ledger: Ledger, tmp_path: Path) -> None:
    file, found = brought_back(ledger, tmp_path, lambda sheet: put(sheet, NAMES[0], "总投资", "36O万"))
    assert [each.field for each in of(found, NAMES[0]).problems] == ["total_investment"]
    table = file.tables[0]
    at = next(number for number, row in enumerate(table.rows) if NAMES[0] in row.cells)
    column_at = next(number for number, each in enumerate(table.columns) if each.role == "total_investment")
    better = correcting.with_cell(file, table.key, at, column_at, "360万")
    assert told(of(imports.compare(ledger, better.draft), NAMES[0])) == [("total_investment", "100", "360", "")]


def test_another_ledger_takes_it_as_any_list_and_sums_cannot_be_read_back(ledger: Ledger, tmp_path: Path) -> None:
    path = exported(ledger, tmp_path / "项目.xlsx")
    with ledgers.create(tmp_path / "另一个.laoxiao", "另一个", CLERK) as other:
        plans.add(other, "西双版纳州“一老一小”整体解决方案", "西双版纳州")
        file = read(other, path)
        assert file.draft.returned is None
        assert [row.name for row in file.draft.projects] == list(NAMES)
        assert {row.sector for row in file.draft.projects} == {"养老"}
        assert "另一个台账" in file.problems[0].message
    with pytest.raises(UserError, match="里面的数都由台账算出"):
        read(ledger, exported(ledger, tmp_path / "汇总.xlsx", "central"))
