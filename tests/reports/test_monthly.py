"""The monthly report as a file: letters, lines, sides, words, figures."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.summary import IssueFact
from laoxiao_desktop.reports import annex
from laoxiao_desktop.reports.font_files import bundled_fonts
from laoxiao_desktop.reports.monthly import set_pages, write
from tests.reports.samples import ISSUE, PROJECTS, june, many

MM = 72 / 25.4
FONTS = bundled_fonts()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(june(many(60), issues=(ISSUE,)), tmp_path_factory.mktemp("report") / "月报.pdf", FONTS).path


def fonts_of(reader: PdfReader) -> Iterator[DictionaryObject]:
    for page in reader.pages:
        yield from (font.get_object() for font in page["/Resources"]["/Font"].values())  # type: ignore[index]


def text_of(path: Path) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())


def characters(path: Path) -> Iterator[tuple[int, str, float, float]]:
    """Page from 1, character, left and lower edge in points as the page is stored portrait."""
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        page = document[number]
        if page.get_rotation() == 0:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                if (char := text.get_text_range(index, 1)).strip():
                    left, bottom, _, _ = text.get_charbox(index)
                    yield number + 1, char, left, bottom
    document.close()


def test_every_font_is_embedded(report: Path) -> None:
    names = set()
    for font in fonts_of(PdfReader(report)):
        descendant = font["/DescendantFonts"][0].get_object()  # type: ignore[index]
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()
        names.add(str(font["/BaseFont"]).split("+")[1])
    assert names == {
        "LaoxiaoSerif-Regular",
        "LaoxiaoSerif-Bold",
        "LaoxiaoSans-Medium",
        "LaoxiaoKai-Regular",
        "LaoxiaoFangsong-Regular",
    }


def test_no_glyph_is_missing(tmp_path: Path) -> None:
    assert write(june(), tmp_path / "a.pdf", FONTS).missing_glyphs == ()
    odd = PROJECTS[0].__class__("x", "p1", 1, "养老", "养老👴中心")
    assert write(june((odd,)), tmp_path / "b.pdf", FONTS).missing_glyphs == ("👴",)


def test_the_same_facts_give_the_same_bytes(tmp_path: Path) -> None:
    first = write(june(), tmp_path / "a.pdf", FONTS).path.read_bytes()
    assert write(june(), tmp_path / "b.pdf", FONTS).path.read_bytes() == first


def test_names_print_as_typed_and_copy_back(tmp_path: Path) -> None:
    path = write(june(), tmp_path / "a.pdf", FONTS).path
    assert "景洪市㑇𬜬托育R&D中心<imgsrc=a.png><b>" in text_of(path)
    reader = PdfReader(path)
    assert not any(page.images for page in reader.pages)


def test_the_text_stands_on_22_lines() -> None:
    top = (297 - 37) * MM
    baseline = 28.95 - (28.95 - 15.75) / 2 - 15.75 * 0.12  # under the upper edge of its line
    found = set()
    for sheet in set_pages(june(many(60), issues=(ISSUE,)), FONTS).sheets:
        for x, y in re.findall(r"1 0 0 1 (\S+) (\S+) Tm /F\d+ 15.75 Tf", "\n".join(sheet.operators)):
            if not sheet.is_rotated:
                line = (top - baseline - float(y)) / 28.95
                assert abs(line - round(line)) < 0.01
                assert 28 * MM - 0.01 <= float(x) < (210 - 26) * MM
                found.add(round(line))
    assert found == set(range(22))


def test_page_numbers_stand_outside(report: Path) -> None:
    feet: dict[int, list[tuple[str, float]]] = {}
    for number, char, left, bottom in characters(report):
        if bottom < 29 * MM and bottom > 20 * MM:
            feet.setdefault(number, []).append((char, left))
    assert len(feet) > 2
    for number, found in feet.items():
        dashes = [left for char, left in found if char == "—"]
        assert len(dashes) == 2
        assert (min(dashes) > 105 * MM) == (number % 2 == 1)


def test_the_annex_is_turned_with_its_number_at_the_portrait_foot(report: Path) -> None:
    reader = PdfReader(report)
    turned = [page for page in reader.pages if page.rotation]
    assert turned
    assert all(page.rotation == 90 and page.mediabox.width < page.mediabox.height for page in turned)
    last = len(reader.pages)
    placed: list[tuple[str, float, float]] = []

    def visit(text: str, _cm: object, tm: list[float], *_rest: object) -> None:
        placed.append((text.strip(), tm[4], tm[5]))

    reader.pages[last - 1].extract_text(visitor_text=visit)
    number = [(x, y) for text, x, y in placed if str(last) in re.findall(r"^—?\s*(\d+)\s*—?$", text)]
    assert any(y < 35 * MM for _, y in number)


def test_the_outline_leads_to_the_parts(report: Path) -> None:
    titles: list[str] = []

    def walk(items: object) -> None:
        for item in items if isinstance(items, list) else []:
            walk(item) if isinstance(item, list) else titles.append(item.title)

    walk(PdfReader(report).outline)
    assert titles[0] == "西双版纳州“一老一小”项目月度进展情况报告"
    assert {"一、总体情况", "五、下一步工作", "附件　项目进展情况表", "一、养老（40个）"} <= set(titles)


def test_the_stamp_of_the_log_is_printed_on_every_page(report: Path) -> None:
    assert all("3fa29c1b" in page.extract_text() for page in PdfReader(report).pages)


def test_the_annex_has_a_sum_for_each_sector_and_county() -> None:
    heads = [entry.column.head for entry in annex.entries(june())]
    total, central = heads.index("总投资\n（万元）"), heads.index("申请中央\n（万元）")
    rows = [(row.kind, row.cells[0], row.cells[total], row.cells[central]) for row in annex.rows(june())]
    assert [cells for cells in rows if cells[0] != "plain"] == [
        ("total", "合　计", "705.67", "440.54"),
        ("group", "一、养老（2个）", "425.67", "340.54"),
        ("group", "（一）景洪市（1个）", "360", "288"),
        ("group", "（二）勐腊县（1个）", "65.67", "52.54"),
        ("group", "二、托育（1个）", "280", "100"),
        ("group", "（一）景洪市（1个）", "280", "100"),
    ]
    assert rows[3] == ("plain", "1", "360", "288")


def test_a_report_that_cannot_be_saved_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "占用.pdf"
    target.mkdir()
    with pytest.raises(UserError, match="报告没有保存"):
        write(june(), target, FONTS)
    assert list(tmp_path.iterdir()) == [target]


def test_an_empty_scope_prints_one_plain_page(tmp_path: Path) -> None:
    written = write(june(()), tmp_path / "空.pdf", FONTS)
    assert written.pages == 1
    assert "台账在此范围内没有项目" in text_of(written.path)


def test_the_signature_never_stands_without_text() -> None:
    for count in range(24):
        issues = tuple(IssueFact(f"第{number}个项目", "用地手续未办结，" * (number % 7 + 1)) for number in range(count))
        sheets = [s for s in set_pages(june(issues=issues), FONTS).sheets if not s.is_rotated]
        baselines = [
            float(y) for y in re.findall(r"1 0 0 1 \S+ (\S+) Tm /F\d+ 15.75 Tf", "\n".join(sheets[-1].operators))
        ]
        *before, last_of_text, note, office, day = baselines
        assert before or len(sheets) == 1  # two lines of text go along
        assert last_of_text - note == pytest.approx(2 * 28.95, abs=0.02)  # a blank line before 附件
        assert note - office == pytest.approx(3 * 28.95, abs=0.02)
        assert office - day == pytest.approx(28.95, abs=0.02)
        assert day >= 35 * MM
