"""Where words stand in the manual."""

import re
from dataclasses import dataclass

from laoxiao_desktop.workspace.manual import pages

_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`\[|]|^#+ |^- |^\d+\. |-{3,}", re.MULTILINE)
_NEAR, _AROUND = 24, 14  # a hit this near stands with the start of its line; else so many characters stand before it


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the manual in which the words stand: the page, and the line from shortly before them."""

    key: str
    title: str
    line: str


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
