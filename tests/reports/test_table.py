"""Tables: pages, groups, tall rows, and work that grows with the rows only."""

import cProfile
from itertools import pairwise

import pytest

from laoxiao_desktop.reports.font_files import bundled_fonts
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.page import Paper
from laoxiao_desktop.reports.table import Column, Row, SetRow, Style, Table

COLUMNS = (Column("序号", 1, "center"), Column("建设内容\n和规模", 5), Column("总投资\n（万元）", 2, "right"))


BOOK = FontBook(bundled_fonts())


def table(*rows: Row) -> Table:
    return Table(BOOK, COLUMNS, rows, 400, Style())


def words(row: SetRow) -> str:
    return "".join(line.text for cell in row.cells for line in cell.lines)


def row(number: int, text: str = "综合养老服务中心") -> Row:
    return Row((str(number), text, "65.67"))


def test_every_row_stands_on_one_page_in_order() -> None:
    made = table(*(row(n) for n in range(100)))
    pages = made.pages(120, 200)
    assert [words(r) for page in pages for r in page] == [f"{n}综合养老服务中心65.67" for n in range(100)]
    for number, page in enumerate(pages):
        assert made.head.height + sum(r.height for r in page) <= (200 if number else 120) + 0.01


def test_a_row_taller_than_a_page_goes_on_on_the_next() -> None:
    long = "建设内容" * 400
    pages = table(row(1), row(2, long), row(3)).pages(200, 200)
    assert len(pages) > 3
    assert long in "".join(words(r) for page in pages for r in page)[len("1综合养老服务中心65.672") :].replace(
        "65.67", ""
    )
    assert all(sum(r.height for r in page) <= 200 for page in pages)


def test_a_tall_row_fills_a_page_that_would_stay_empty() -> None:
    tall = row(2, "建设内容" * 120)
    first, second = table(row(1), tall, row(3)).pages(150, 250)
    assert [words(r)[0] for r in first] == ["1", "2"]
    assert sum(words(r).count("建设内容") for r in (first[1], second[0])) >= 118  # all but what the break divides
    assert len(table(*(row(n) for n in range(9)), tall, row(9)).pages(220, 250)[0]) == 9  # a small gap stays


def test_a_group_row_is_never_left_alone_at_the_foot() -> None:
    rows = [row(n) if n % 4 else Row(("一、养老", "", "100"), "group", 2) for n in range(60)]
    for room in range(100, 260, 7):
        for page in table(*rows).pages(room, room)[:-1]:
            assert page[-1].kind == "plain"


def test_a_group_that_goes_on_says_so_on_the_next_page() -> None:
    rows = [
        Row(("一、养老", "", "100"), "group", 2),
        Row(("（一）景洪市", "", "100"), "group", 2),
        *(row(n) for n in range(40)),
    ]
    for room in range(100, 260, 7):
        pages = table(*rows).pages(room, room)
        for page in pages[1:]:
            assert words(page[0]) == "一、养老　（一）景洪市（续）"
            assert sum(r.height for r in page) <= room
        plain = [words(r) for page in pages for r in page if r.kind == "plain"]
        assert plain == [f"{n}综合养老服务中心65.67" for n in range(40)]


def test_the_last_page_holds_more_than_one_row() -> None:
    for count in range(5, 60):
        pages = table(*(row(n) for n in range(count))).pages(150, 150)
        assert len(pages[-1]) > 1


def test_rules_stop_where_a_label_covers_columns() -> None:
    made = table(Row(("合计", "", "425.67"), "total", 2), row(1))
    paper = Paper(FontBook(bundled_fonts()))
    sheet = paper.add()
    made.draw(sheet, 0, 500, made.rows)
    inner = f"{made.edges[1]:.2f}"  # the edge between the two columns that the label covers
    drawn = "\n".join(sheet.operators)
    assert f"{inner} 500.00 m {inner} {500 - made.head.height:.2f} l" in drawn  # beside the head
    assert f"{inner} {500 - made.head.height:.2f} m" not in drawn  # not through the label


def test_figures_and_heads_stay_whole_and_the_text_keeps_room() -> None:
    columns = (
        Column("区划", 4),
        *(Column(f"第{n}笔\n（万元）", 2, "right") for n in range(12)),
        Column("灯", 1, "center"),
    )
    cells = ("其中：养老", *["65418.269582"] * 12, "▲红")
    for width in (440, 640, 1000):
        made = Table(BOOK, columns, [Row(cells)], width, Style())
        assert made.edges[-1] == pytest.approx(width)
        assert all(left < right for left, right in pairwise(made.edges))
        assert width < 600 or all(len(cell.lines) == 1 for cell in made.rows[0].cells)
        assert width < 1000 or made.size == 9


def calls(count: int) -> int:
    profile = cProfile.Profile()
    rows = [
        row(n, f"第{n}个街道综合养老服务中心，床位设置30张以上，集提供日间照料、居家上门服务")
        for n in range(1000, 1000 + count)
    ]
    profile.enable()
    set_table = Table(BOOK, COLUMNS, rows, 400, Style())
    paper = Paper(BOOK)
    for page in set_table.pages(400, 400):
        set_table.draw(paper.add(), 0, 500, page)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def test_work_grows_with_the_rows() -> None:
    few, many = calls(200), calls(800)
    assert many / few < 4.2
