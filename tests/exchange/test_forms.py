"""A fill-in form goes out, is filled in by a person, and comes back; what was tampered with is told."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import forms, forms_in
from laoxiao_desktop.exchange.forms import HEAD_ROWS, IDENTITY, PLACE, SHEET
from laoxiao_desktop.models.form import FormIdentity, FormOutcome, joined, judge, units_of
from laoxiao_desktop.models.monthly import APPROVED, MonthReport, MonthRow, ProjectFacts

DAY = dt.date(2024, 7, 3)
UNIT = "景洪市民政局"
FIRST = HEAD_ROWS + 1


def _row(uid: str, name: str, before: float | None = 230, unit: str = UNIT, **now: object) -> MonthRow:
    facts = ProjectFacts(uid, "p", 1, name, "532801", "养老", unit, 360_000_000, 288_000_000, "2023/2025", "在建")
    stood = None if before is None else MonthReport("b", uid, "2024-05", "锁定", *[round(before * 1_000_000)] * 3)
    report = MonthReport("n", uid, "2024-06", **now) if now else None  # type: ignore[arg-type]
    return MonthRow(facts, "2024-06", report, stood, None, None, None, ())


ROWS = [_row("u1", "江北街道中心"), _row("u2", "=嘎洒&街道<中心>", 65.67), _row("u3", "新项目", None)]


def _identity(month: str = "2024-06", unit: str = UNIT) -> FormIdentity:
    return FormIdentity(unit, month, "州台账", "s1", "2024-07-05", tuple(row.uid for row in ROWS))


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "景洪市民政局.xlsx"
    forms.write(path, _identity(), ROWS)
    return path


def fill(path: Path, do: Callable[[Worksheet], object]) -> None:
    """Open the file as a person does, change cells, save."""
    book = load_workbook(path)
    do(book[SHEET])
    book.save(path)


def put(sheet: Worksheet, row: int, key: str, value: object) -> None:
    sheet.cell(row, PLACE[key]).value = value  # type: ignore[assignment]


def back(path: Path, rows: list[MonthRow] | None = None, month: str = "2024-06") -> FormOutcome:
    return judge(forms_in.read(path), month, rows or ROWS, DAY)


def test_only_the_open_cells_can_be_filled_in(form: Path) -> None:
    sheet = load_workbook(form)[SHEET]
    assert sheet.protection.sheet
    for key, column in PLACE.items():
        assert sheet.cell(FIRST, column).protection.locked == key.startswith("."), key
    assert sheet.column_dimensions["A"].hidden
    assert sheet.column_dimensions["B"].hidden
    assert load_workbook(form)[IDENTITY].sheet_state == "veryHidden"


def test_the_form_shows_what_stood_before_explains_its_fields_and_offers_lists(form: Path) -> None:
    sheet = load_workbook(form)[SHEET]
    assert sheet.cell(FIRST + 1, PLACE[".before.cum_paid"]).value == 65.67
    assert sheet.cell(FIRST + 1, PLACE[".name"]).value == "=嘎洒&街道<中心>"
    assert sheet.cell(FIRST + 1, PLACE[".name"]).data_type == "s", "a name is no formula"
    comment = sheet.cell(HEAD_ROWS, PLACE["cum_completed"]).comment
    assert comment is not None
    assert "监理验工计价" in comment.text
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert any("主体封顶" in str(found) for found in lists)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == f"${HEAD_ROWS - 1}:${HEAD_ROWS}"


def test_an_untouched_form_changes_nothing(form: Path) -> None:
    assert back(form) == FormOutcome()


def test_what_a_person_fills_in_comes_back_to_the_cent(form: Path) -> None:
    def person(sheet: Worksheet) -> None:
        put(sheet, FIRST, "cum_completed", 245.1)
        put(sheet, FIRST, "cum_arrived", "２５０")
        put(sheet, FIRST, "central_completed", 230.123456)
        put(sheet, FIRST, "stage", "主体封顶")
        put(sheet, FIRST + 1, "problem", "征地补偿\n未签 2 户")
        put(sheet, FIRST + 2, "cum_completed", 0)

    fill(form, person)
    outcome = back(form)
    assert dict(outcome.block) == {
        "u1": {
            "cum_completed": 245_100_000,
            "cum_arrived": 250_000_000,
            "central_completed": 230_123_456,
            "stage": "主体封顶",
        },
        "u2": {"problem": "征地补偿\n未签 2 户"},
        "u3": {"cum_completed": 0},
    }
    assert outcome.problems == ()
    assert all(not cell.refusal for cell in outcome.cells)


def test_a_falling_figure_is_left_out_until_it_is_explained(form: Path) -> None:
    fill(form, lambda sheet: put(sheet, FIRST, "cum_completed", 200))
    outcome = back(form)
    assert outcome.block == ()
    assert "更正说明" in outcome.cells[0].refusal
    fill(form, lambda sheet: put(sheet, FIRST, "correction", "上月多计监理费"))
    assert dict(back(form).block)["u1"] == {"cum_completed": 200_000_000, "correction": "上月多计监理费"}


def test_text_where_a_figure_belongs_is_told_and_the_rest_is_taken(form: Path) -> None:
    def person(sheet: Worksheet) -> None:
        put(sheet, FIRST, "cum_completed", "差不多 300")
        put(sheet, FIRST, "cum_paid", 231)

    fill(form, person)
    outcome = back(form)
    assert dict(outcome.block) == {"u1": {"cum_paid": 231_000_000}}
    assert [cell.new for cell in outcome.cells if cell.refusal] == ["差不多 300"]


def test_a_formula_without_a_result_is_told(form: Path) -> None:
    fill(form, lambda sheet: put(sheet, FIRST, "cum_completed", "=230+15"))
    outcome = back(form)
    assert outcome.block == ()
    assert "=230+15" in outcome.errors[0].message


def test_a_form_of_another_month_is_not_taken(form: Path) -> None:
    fill(form, lambda sheet: put(sheet, FIRST, "cum_completed", 245))
    outcome = back(form, month="2024-07")
    assert outcome.block == ()
    assert "2024年6月" in outcome.errors[0].message


def test_a_project_of_another_unit_is_told(form: Path) -> None:
    fill(form, lambda sheet: put(sheet, FIRST, "cum_completed", 245))
    moved = [_row("u1", "江北街道中心", unit="勐海县民政局"), *ROWS[1:]]
    outcome = back(form, moved)
    assert outcome.block == ()
    assert "勐海县民政局" in outcome.errors[0].message


def test_added_rows_swapped_identities_and_lost_rows_are_told(form: Path) -> None:
    def person(sheet: Worksheet) -> None:
        put(sheet, FIRST, ".uid", "u2")  # two identities swapped by hand
        put(sheet, FIRST, "cum_completed", 300)
        put(sheet, FIRST + 4, ".name", "自己加的项目")
        put(sheet, FIRST + 4, "cum_completed", 12)

    fill(form, person)
    outcome = back(form)
    assert outcome.block == ()
    told = "\n".join(problem.message for problem in outcome.problems)
    assert "对不上" in told
    assert "自己加的" in told
    assert "交回的表里没有：江北街道中心" in told


def test_a_renamed_project_and_edited_last_figures_are_told_but_taken(form: Path) -> None:
    def person(sheet: Worksheet) -> None:
        put(sheet, FIRST, ".name", "江北街道综合中心")
        put(sheet, FIRST, ".before.cum_completed", 100)
        put(sheet, FIRST, "cum_completed", 240)

    fill(form, person)
    outcome = back(form)
    assert dict(outcome.block) == {"u1": {"cum_completed": 240_000_000}}
    assert not outcome.errors
    assert [("仍按" in p.message, "以台账为准" in p.message) for p in outcome.problems] == [
        (True, False),
        (False, True),
    ]


def test_an_approved_report_is_not_overwritten(form: Path) -> None:
    fill(form, lambda sheet: put(sheet, FIRST, "cum_completed", 245))
    approved = [_row("u1", "江北街道中心", state=APPROVED, cum_completed=240_000_000), *ROWS[1:]]
    outcome = back(form, approved)
    assert outcome.block == ()
    assert "已审核" in outcome.cells[0].refusal


def test_a_file_without_its_hidden_page_says_what_to_do(form: Path, tmp_path: Path) -> None:
    book = load_workbook(form)
    del book[IDENTITY]
    book.save(form)
    with pytest.raises(UserError, match="台账标识"):
        forms_in.read(form)
    assert not forms_in.is_form(form)
    other = tmp_path / "说明.txt"
    other.write_text("不是表")
    with pytest.raises(UserError, match="不是填报表"):
        forms_in.read(other)


def test_two_forms_with_the_same_project_take_the_first(form: Path) -> None:
    fill(form, lambda sheet: put(sheet, FIRST, "cum_completed", 245))
    first = back(form)
    fill(form, lambda sheet: put(sheet, FIRST, "cum_completed", 250))
    both = joined([first, back(form)])
    assert dict(both.block) == {"u1": {"cum_completed": 245_000_000}}
    assert [cell.new for cell in both.cells if cell.refusal] == ["250"]


def test_a_unit_fills_in_its_own_projects_and_finished_ones_are_not_asked() -> None:
    shared = _row("u4", "合办", unit="勐海县民政局、景洪市民政局")
    done = replace(_row("u5", "已决算"), is_exempt=True)
    found = units_of([*ROWS, shared, done])
    assert {unit: len(rows) for unit, rows in found.items()} == {UNIT: 3, "勐海县民政局": 1}
