"""The outline of finished pages: the file's own bookmarks, each with the place on its page where its words stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from laoxiao_desktop.ui.background import Progress
from laoxiao_desktop.ui.page_text import Glyph, glyphs_of
from laoxiao_desktop.ui.report_pages import PDFIUM, opened

MOST = 2_000  # a wall of cards has one for each


@dataclass(frozen=True, slots=True)
class Section:
    """One bookmark: how deep it lies (0: on top), its words, its page from 0, and how far down the page (0 to 1)."""

    level: int
    title: str
    page: int
    top: float = 0.0


def outline_of(content: bytes, progress: Progress) -> tuple[Section, ...]:
    """The bookmarks of a file in the order of reading; () when it has none worth a list."""
    listed: list[Section] = []
    with opened(content) as document, PDFIUM:
        for mark in document.get_toc():
            aim = mark.get_dest()
            page = aim.get_index() if aim is not None else None
            if page is not None and len(listed) < MOST:
                listed.append(Section(mark.level, mark.get_title().strip(), page))
    return _placed(content, listed, progress) if len(listed) > 1 else ()


def _placed(content: bytes, sections: Sequence[Section], progress: Progress) -> tuple[Section, ...]:
    """Bookmarks name a page only; where their words stand on it is looked up, one after the other down the page."""
    placed: list[Section] = []
    page, glyphs, text, after = -1, list[Glyph](), "", 0
    for section in sections:
        progress.check()
        if section.page != page:
            page, after = section.page, 0
            glyphs = [glyph for glyph in glyphs_of(content, page) if not glyph.box.isNull()]
            text = "".join(glyph.char for glyph in glyphs)
        at = text.find("".join(section.title.split()), after)
        if at >= 0:
            after = at + 1
        top = glyphs[at].box.top() if at >= 0 else placed[-1].top if placed and placed[-1].page == page else 0.0
        placed.append(Section(section.level, section.title, page, top))
    return tuple(placed)


def section_at(sections: Sequence[Section], page: int, top: float) -> int:
    """The number of the section that is being read where this place is at the top of the view; -1 before the first."""
    found = -1
    for number, section in enumerate(sections):
        if (section.page, section.top) > (page, top):
            break
        found = number
    return found
