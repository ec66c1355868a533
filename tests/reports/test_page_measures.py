"""The finished page measured with a PDF reader against the standard: margins, lines, characters, page number."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

from laoxiao_desktop.reports.font_files import bundled_fonts
from laoxiao_desktop.reports.monthly import write
from tests.reports.samples import ISSUE, june, many

MM = 72 / 25.4
BODY, LEADING = 15.75, 28.95
Letter = tuple[float, float, float, float, str]  # left, baseline, size, right, character


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[list[Letter]]:
    issue = replace(ISSUE, text="一老一小整体解决方案实施项目" * 12)
    path = write(june(many(60), issues=(issue,)), tmp_path_factory.mktemp("page") / "月报.pdf", bundled_fonts()).path
    return read(path)


def read(path: Path) -> list[list[Letter]]:
    """The letters of each upright page, by their place on paper."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for number in range(len(document)):
        page = document[number]
        assert page.get_mediabox()[2:] == pytest.approx((210 * MM, 297 * MM), abs=0.5)
        if page.get_rotation():
            continue
        text, letters = page.get_textpage(), []
        for index in range(text.count_chars()):
            char = chr(raw.FPDFText_GetUnicode(text.raw, index))
            x, y = raw.c_double(), raw.c_double()
            if char.strip() and char.isprintable() and raw.FPDFText_GetCharOrigin(text.raw, index, x, y):
                right = text.get_charbox(index)[2]
                letters.append((x.value, y.value, raw.FPDFText_GetFontSize(text.raw, index), right, char))
        found.append(letters)
    document.close()
    return found


def body(letters: list[Letter]) -> list[Letter]:
    return [one for one in letters if abs(one[2] - BODY) < 0.01]


def test_the_text_stands_between_the_margins_of_the_standard(pages: list[list[Letter]]) -> None:
    for letters in pages:
        for left, baseline, _, right, char in body(letters):
            assert left > 28 * MM - 0.5 * BODY, char  # an opening mark may hang half a character
            assert right < (210 - 26) * MM + 0.1, char
            assert 35 * MM < baseline < (297 - 37) * MM
    full = [one for letters in pages for one in body(letters)]
    assert min(left for left, *_ in full) == pytest.approx(28 * MM, abs=0.1)


def test_a_page_has_22_lines_at_one_distance(pages: list[list[Letter]]) -> None:
    first = (297 - 37) * MM - max(baseline for letters in pages[1:] for _, baseline, *_ in body(letters))
    assert 0 < first < LEADING
    for letters in pages:
        lines = {((297 - 37) * MM - baseline - first) / LEADING for _, baseline, *_ in body(letters)}
        assert all(abs(line - round(line)) < 0.02 for line in lines)
        assert max(lines) < 21.5


def test_a_full_line_of_characters_has_28(pages: list[list[Letter]]) -> None:
    lines: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for number, letters in enumerate(pages):
        for one in body(letters):
            lines[number, round(one[1])].append(one)
    whole = [
        line
        for line in lines.values()
        if all("\u4e00" <= one[4] <= "\u9fff" for one in line)
        and min(one[0] for one in line) < 28 * MM + 1
        and max(one[3] for one in line) > (210 - 26) * MM - BODY / 2
    ]
    assert whole
    assert {len(line) for line in whole} == {28}


def test_the_page_number_stands_7_millimetres_below_the_text_in_14_points(pages: list[list[Letter]]) -> None:
    for number, letters in enumerate(pages, 1):
        foot = [one for one in letters if one[1] < 35 * MM and abs(one[2] - 14) < 0.01]
        assert "".join(one[4] for one in foot) == f"—{number}—"
        for _, baseline, *_ in foot:
            assert baseline + 0.76 * 14 == pytest.approx((35 - 7) * MM, abs=0.2)  # its upper edge
        assert (foot[0][0] > 105 * MM) == (number % 2 == 1)
