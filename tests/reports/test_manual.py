"""The printed manual: every page of F1 is in it, its contents and its outline lead to the right pages, nothing is lost."""

import re
from io import BytesIO

import pypdf
import pytest
from pypdf.generic import Destination

from laoxiao_desktop.models.manual import blocks_of, spans_of
from laoxiao_desktop.reports import manual as printing
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.font_files import bundled_fonts
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.mixed import MixedText
from laoxiao_desktop.reports.paragraph import NO_END, NO_START
from laoxiao_desktop.reports.printing import Printed
from laoxiao_desktop.workspace import manual


@pytest.fixture(scope="module")
def printed() -> Printed:
    return printing.pages_of(manual.whole(), bundled_fonts())


@pytest.fixture(scope="module")
def book(printed: Printed) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(printed.content))


def test_every_character_has_a_glyph_and_every_face_is_in_the_file(printed: Printed, book: pypdf.PdfReader) -> None:
    assert printed.missing_glyphs == ()
    for page in book.pages:
        for face in page["/Resources"].get("/Font", {}).values():
            (inner,) = (one.get_object() for one in face.get_object()["/DescendantFonts"])
            assert "/FontFile2" in inner["/FontDescriptor"].get_object()


def test_the_outline_and_the_contents_lead_to_where_the_chapters_begin(book: pypdf.PdfReader) -> None:
    marks = [mark for mark in book.outline if isinstance(mark, Destination)]
    assert [mark.title for mark in marks] == [chapter.title for chapter in manual.whole().chapters]
    texts = [re.sub(r"\s", "", page.extract_text()) for page in book.pages]
    contents = "".join(text for text in texts[1:4] if text.startswith(("目录", "—")) or "目录" in text[:20])
    for mark in marks:
        number = (book.get_destination_page_number(mark) or 0) + 1
        title = re.sub(r"\s", "", str(mark.title))
        assert title in texts[number - 1], title
        assert f"{title}{number}" in contents, title


def test_a_reference_in_the_text_tells_the_page_of_its_chapter(book: pypdf.PdfReader) -> None:
    starts = {
        mark.title: (book.get_destination_page_number(mark) or 0) + 1
        for mark in book.outline
        if isinstance(mark, Destination)
    }
    told = [
        hit
        for page in book.pages
        for hit in re.findall(r"见(备份与恢复)（第(\d+)页）", re.sub(r"\s", "", page.extract_text()))
    ]
    assert told
    assert {int(number) for _, number in told} == {starts["备份与恢复"]}


def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there_and_none_runs_over() -> None:
    book = FontBook(bundled_fonts())
    width = 38 * EM
    texts = [block.spans for chapter in manual.whole().chapters for block in chapter.blocks if block.spans]
    for spans in texts:
        text = MixedText(book, spans, width)
        for line in text.lines[1:]:
            assert line[0].text[0] not in NO_START, line[0].text
        for line in text.lines[:-1]:
            assert line[-1].text[-1] not in NO_END, line[-1].text
            assert line[-1].end <= width + 0.5, line[-1].text


def test_a_page_is_taken_apart_into_its_blocks() -> None:
    blocks = blocks_of(
        "# 题\n\n一行\n接着写 and\nmore\n\n- **打开**：按 Ctrl+Shift+Enter\n\n| 键 | 做什么 |\n|---|---|\n| F4 | 收起 |\n"
    )
    assert [block.kind for block in blocks] == ["heading", "paragraph", "bullet", "table"]
    assert blocks[1].text == "一行接着写 and more"
    assert [(span.kind, span.text) for span in blocks[2].spans] == [
        ("bold", "打开"),
        ("plain", "：按 "),
        ("key", "Ctrl+Shift+Enter"),
    ]
    assert [[cell[0].text for cell in row] for row in blocks[3].rows] == [["键", "做什么"], ["F4", "收起"]]


def test_the_pages_are_written_with_what_can_be_printed() -> None:
    odd = ("```", ">", "* ", "  ", "\t", "####", "<")
    assert [
        (page.key, line) for page in manual.pages() for line in page.text.splitlines() if line.startswith(odd)
    ] == []


def test_a_letter_is_a_key_only_where_it_stands_bold() -> None:
    assert [span.kind for span in spans_of("按 **T** 看 T 项")] == ["plain", "key", "plain"]
