"""The running text of a document: paragraphs under their chapter, section and numbered heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from laoxiao_desktop.exchange.text_lines import Line, tidy
from laoxiao_desktop.models.plan_draft import Lines

_NUMERAL = "一二三四五六七八九十"
_CHAPTER = re.compile(rf"[{_NUMERAL}]{{1,3}}、(?P<rest>.+)")
_SECTION = re.compile(rf"[（(](?P<no>[{_NUMERAL}]{{1,3}})[）)](?P<rest>.+)")
_POINT = re.compile(r"(?P<no>\d{1,2})[.．、](?!\d)(?P<rest>.+)")
_FULL_STOP = ("。", "！", "？", "；", "：", ":", "〕", "】", "］", "]", ")", "”")
_ANNEX = re.compile(r"附\s*[件表]\s*\d*\s*[：:]?.{0,80}")
_LONGEST_HEADING = 40
# The outline that the plans of all prefectures share (国家发展改革委 “一老一小”整体解决方案 编制提纲): where a
# document runs such a heading into its text, the heading is known to end there.
_OUTLINE = (
    "兜底线、促普惠、市场化协同发展",
    "强化居家社区服务",
    "促进医养康养融合发展",
    "促进医养康养结合",
    "促进医养康养融合",
    "积极发展老年大学",
    "培育壮大用品和服务产业",
    "建立工作机制",
    "统筹整体推进",
    "加大资金投入",
    "专业人才培养",
    "加强人才培养",
    "创新支持政策",
    "落实支持政策",
    "加强规范监管",
    "强化规范监管",
    "营造友好环境",
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without its number; `no` is the number of a section or point."""

    title: str
    where: Lines
    no: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of text, joined where the layout broke it, under the headings that govern it."""

    text: str
    where: Lines
    chapter: Heading | None = None
    section: Heading | None = None
    point: Heading | None = None

    @property
    def heading(self) -> Heading | None:
        """The nearest heading."""
        return self.point or self.section or self.chapter


@dataclass(frozen=True, slots=True)
class Outline:
    """All paragraphs, all headings, and headings that have nothing below them."""

    paragraphs: tuple[Paragraph, ...]
    chapters: tuple[Heading, ...]
    sections: tuple[Heading, ...]
    empty: tuple[Heading, ...]


def outline_of(lines: Sequence[Line], taken: frozenset[int]) -> Outline:
    """The running text, without the lines that tables took, up to the first annex."""
    chapter: Heading | None = None
    section: Heading | None = None
    point: Heading | None = None
    paragraphs: list[Paragraph] = []
    chapters: list[Heading] = []
    sections: list[Heading] = []
    for text, where in _joined(lines, taken):
        if chapter is not None and _ANNEX.fullmatch(text):
            break
        found = _CHAPTER.fullmatch(text)
        if found and len(text) <= _LONGEST_HEADING and not text.endswith("。"):
            chapter, section, point = Heading(found["rest"], where, len(chapters) + 1), None, None
            chapters.append(chapter)
            continue
        found = _SECTION.fullmatch(text)
        if found:
            title, rest = _heading_and_rest(found["rest"])
            section, point = Heading(title, where, numeral(found["no"])), None
            sections.append(section)
            text = rest
        else:
            found = _POINT.fullmatch(text)
            if found:
                title, rest = _heading_and_rest(found["rest"])
                point = Heading(title, where, int(found["no"]))
                text = rest
        if text:
            paragraphs.append(Paragraph(text, where, chapter, section, point))
    filled = {id(h) for p in paragraphs for h in (p.chapter, p.section, p.point) if h is not None}
    tabled = [
        heading
        for heading in sections
        if id(heading) not in filled and not _has_table(heading, sections, chapters, taken)
    ]
    return Outline(tuple(paragraphs), tuple(chapters), tuple(sections), tuple(tabled))


def numeral(text: str) -> int:
    """The number that a Chinese numeral up to 99 writes: 十六 → 16."""
    tens, mark, ones = text.partition("十")
    if not mark:
        return _NUMERAL.index(text) + 1
    return (_NUMERAL.index(tens) + 1 if tens else 1) * 10 + (_NUMERAL.index(ones) + 1 if ones else 0)


def _has_table(heading: Heading, sections: list[Heading], chapters: list[Heading], taken: frozenset[int]) -> bool:
    after = min(
        (other.where[0] for other in (*sections, *chapters) if other.where[0] > heading.where[1]),
        default=heading.where[1],
    )
    return any(no in taken for no in range(heading.where[1], after))


def _joined(lines: Sequence[Line], taken: frozenset[int]) -> list[tuple[str, Lines]]:
    """Paragraphs with their lines; a paragraph that a line break cut in the middle of a sentence is put together."""
    joined: list[tuple[str, Lines]] = []
    for line in lines:
        if line.no in taken or line.is_blank:
            continue
        text = tidy(line.text)
        if joined and _is_cut(joined[-1][0]) and not _opens(text):
            before, (first, _) = joined[-1]
            joined[-1] = (before + text, (first, line.no))
        else:
            joined.append((text, (line.no, line.no)))
    return joined


def _is_cut(text: str) -> bool:
    """A sentence was begun and does not end: it has clauses, or is far too long for a heading."""
    return not text.endswith(_FULL_STOP) and not text.endswith("）") and ("。" in text)


def _opens(text: str) -> bool:
    return bool(
        _CHAPTER.fullmatch(text) or _SECTION.fullmatch(text) or _POINT.fullmatch(text) or _ANNEX.fullmatch(text)
    )


def _heading_and_rest(text: str) -> tuple[str, str]:
    """A numbered heading and the text that follows it on its line."""
    title, stop, rest = text.partition("。")
    if not stop and len(text) <= _LONGEST_HEADING:
        return text, ""
    known = next((words for words in _OUTLINE if title.startswith(words) and len(title) > len(words) + 4), None)
    if known is not None and title[len(known)] not in "，、":
        return known, text[len(known) :]
    if len(title) <= _LONGEST_HEADING:
        return title, rest
    return text.split("，", maxsplit=1)[0][:_LONGEST_HEADING], text
