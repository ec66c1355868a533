"""Lines: what may begin and end them, how full they are, what stays whole."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laoxiao_desktop.reports.font_files import bundled_fonts
from laoxiao_desktop.reports.fonts import FontBook, Letters
from laoxiao_desktop.reports.paragraph import NO_END, NO_START, break_lines, clean, spread_words

PLANS = Path(__file__).parents[1] / "data" / "plans"
BODY = 28_000


@pytest.fixture(scope="module")
def letters() -> Letters:
    return FontBook(bundled_fonts()).letters("fang")


def paragraphs() -> Iterator[str]:
    for file in sorted(PLANS.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if len(text := clean(line)) > 28:
                yield text


def test_the_plans_break_without_a_fault(letters: Letters) -> None:
    starts = ends = hanging = ragged = broken = lines = 0
    for text in paragraphs():
        found = break_lines(letters, text, BODY, indent=2000)
        assert "".join(line.text for line in found).replace(" ", "") == text.replace(" ", "")
        for line in found[:-1]:
            ragged += abs(line.indent + line.width - BODY) > 1
            ends += line.text[-1] in NO_END
        for line in found:
            lines += 1
            hanging += line.indent + line.width > BODY + 1
        for upper, lower in pairwise(found):
            starts += lower.text[0] in NO_START
            is_in_number = re.search(r"[0-9.]$", upper.text) and re.match(r"[0-9.%]", lower.text)
            broken += bool(is_in_number and upper.text + lower.text in text)
    assert lines > 1500
    assert (starts, ends, hanging, ragged, broken) == (0, 0, 0, 0, 0)


def test_a_line_holds_28_characters(letters: Letters) -> None:
    lines = break_lines(letters, "养老托育服务设施" * 20, BODY, indent=2000)
    assert [len(line.text) for line in lines[:3]] == [26, 28, 28]
    assert lines[0].advances is None


def test_numbers_and_their_ranges_stay_whole(letters: Letters) -> None:
    text = "项目总投资一百六十三万余元建设期限起止年份分别为二零二三2023—2025年，金额15979.67万元"
    for width in range(5000, 12_000, 250):
        joined = "\n".join(line.text for line in break_lines(letters, text, width))
        assert "2023—2025" in joined
        assert "15979.67" in joined


def test_a_range_in_a_narrow_cell_breaks_after_its_dash(letters: Letters) -> None:
    assert [line.text for line in break_lines(letters, "2023—2025", 3200)] == ["2023—", "2025"]


def test_no_space_is_put_inside_numbers(letters: Letters) -> None:
    for text in list(paragraphs())[:200]:
        for line in break_lines(letters, text, BODY):
            for (left, advance), (right, _) in pairwise(
                zip(line.text, line.advances or (), strict=bool(line.advances))
            ):
                if left.isdigit() and right.isdigit():
                    assert advance == letters.widths[left]


def test_a_paragraph_does_not_end_in_one_character(letters: Letters) -> None:
    lines = break_lines(letters, "养老托育服务设施" * 7 + "了。", BODY)
    assert lines[-1].text == "施了。"


def test_a_title_breaks_between_words_with_the_longer_line_on_top(letters: Letters) -> None:
    words = ("西双版纳州“一老一小”", "整体解决方案项目", "月度进展情况报告")
    assert spread_words(words, letters, 20_000) == ("西双版纳州“一老一小”整体解决方案项目"[:19], "月度进展情况报告")
    assert spread_words(("玉溪市“一老一小”",), letters, 20_000) == ("玉溪市“一老一小”",)


def test_control_characters_become_spaces() -> None:
    assert clean(" 景洪市\t民政局\u2028\x00  张某 ") == "景洪市 民政局 张某"


@given(
    text=st.text(st.sampled_from("养老托育，。、（）《》“”—…0123.%/ -A&<>👴㑇①"), max_size=120),
    width=st.integers(2200, 12_000),
    indent=st.sampled_from((0, 1000)),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_keeps_its_characters_and_its_column(letters: Letters, text: str, width: int, indent: int) -> None:
    cleaned = clean(text)
    lines = break_lines(letters, cleaned, width, indent=indent)
    assert "".join(line.text for line in lines).replace(" ", "") == cleaned.replace(" ", "")
    for line in lines:
        assert line.indent + line.width <= width + 1
