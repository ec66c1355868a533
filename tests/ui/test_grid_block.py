"""Blocks of cells between the grid and a spreadsheet."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.ui.grid_block import from_text, plan_paste, titled_columns, to_text
from laoxiao_desktop.ui.grid_cells import Line
from laoxiao_desktop.ui.grid_columns import COLUMNS, INDEX

DAY = date(2024, 6, 30)
cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=4))
def test_what_is_copied_is_pasted_back_as_it_was(block: list[list[str]]) -> None:
    assert from_text(to_text(block)) == block


def test_a_spreadsheet_clipboard_is_read_cell_by_cell() -> None:
    assert from_text('甲\t"两\n行"\r\n乙\t"说""好"""\r\n') == [["甲", "两\n行"], ["乙", '说"好"']]
    assert from_text('长 5" 宽\t3') == [['长 5" 宽', "3"]]
    assert from_text("a\tb\nc") == [["a", "b"], ["c", ""]]
    assert from_text("") == []


def test_a_row_of_titles_is_recognised_and_names_alone_are_not() -> None:
    titled = titled_columns(["项目名称", "总投资（万元）", "别的"])
    assert titled is not None
    assert [column.name if column else None for column in titled] == ["name", "total_investment", None]
    assert titled_columns(["景洪市江北街道综合养老服务中心", "360"]) is None


def test_a_paste_says_what_changes_and_leaves_wrong_cells_out() -> None:
    line = Line(("name", "total_investment", "status"), (7, "u7", "江北", 360_000_000, "在建"))
    columns = [COLUMNS[INDEX[name]] for name in ("total_investment", "status")]
    paste = plan_paste([["３６５万", "在建"], ["很多", "完工"]], columns, [line, line], DAY)
    assert paste.rows == (("u7", {"total_investment": 365_000_000}), ("u7", {"status": "完工"}))
    assert (paste.good, paste.refused, paste.new_rows) == (2, 1, 0)
    assert [cell.old for cell in paste.cells] == ["360.00", "360.00", "在建"]


def test_a_new_row_needs_a_name() -> None:
    columns = [COLUMNS[INDEX[name]] for name in ("name", "total_investment")]
    paste = plan_paste([["新的", "10"], ["", "20"], ["", ""]], columns, [None, None, None], DAY)
    assert paste.rows == ((None, {"name": "新的", "total_investment": 10_000_000}),)
    assert any("没有名称" in cell.refusal for cell in paste.cells)
