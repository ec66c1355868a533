"""The pages of the manual as they lie in resources/manual: their order, their titles, and where words stand in them."""

import re
from dataclasses import dataclass
from functools import cache

from laoxiao_desktop import paths

CONTENTS = "contents"
_LINK = re.compile(r"\]\(([\w-]+)\.md\)")
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`\[|]|^#+ |^- |^\d+\. |-{3,}", re.MULTILINE)
_NEAR, _AROUND = 24, 14  # a hit this near stands with the start of its line; else so many characters stand before it


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page: its key (of a place where it belongs to one), its title, and its Markdown."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the manual in which the words stand: the page, and the line from shortly before them."""

    key: str
    title: str
    line: str


@cache
def pages() -> tuple[ManualPage, ...]:
    """All pages: the contents first, then in the order in which the contents name them."""
    contents = page(CONTENTS)
    return (contents, *(page(key) for key in dict.fromkeys(_LINK.findall(contents.text))))


@cache
def page(key: str) -> ManualPage:
    """One page; a key without a page of its own shows the contents."""
    folder = paths.resources() / "manual"
    file = folder / f"{key}.md"
    if not file.is_file():
        key, file = CONTENTS, folder / f"{CONTENTS}.md"
    text = file.read_text(encoding="utf-8")
    return ManualPage(key, text.splitlines()[0].removeprefix("# "), text)


def find(words: str) -> tuple[Hit, ...]:
    """The lines in which all the words stand, page by page; titles before lines."""
    wanted = words.lower().split()
    if not wanted:
        return ()
    titles: list[Hit] = []
    lines: list[Hit] = []
    for one in pages():
        for raw in one.text.splitlines():
            line = " ".join(_MARKS.sub(" ", raw).split())
            low = line.lower()
            if line and all(word in low for word in wanted):
                at = low.find(wanted[0])
                start = 0 if at < _NEAR else at - _AROUND
                hit = Hit(one.key, one.title, f"{'…' if start else ''}{line[start:]}")
                (titles if raw.startswith("#") else lines).append(hit)
    return (*titles, *lines)
