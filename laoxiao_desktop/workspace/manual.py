"""The manual as it lies in resources/manual: its pages in the order of the contents, and all of it for the printer."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from laoxiao_desktop import __version__, paths
from laoxiao_desktop.models.manual import Chapter, Manual, blocks_of

CONTENTS: Final = "contents"
TITLE: Final = "一老一小项目台账"
_LINK: Final = re.compile(r"\]\(([\w-]+)\.md\)")
_PART: Final = re.compile(r"^## (.+)$", re.MULTILINE)
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\(pictures/([\w-]+\.png)\)")


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page: its key (of a place where it belongs to one), its title, and its Markdown."""

    key: str
    title: str
    text: str


def folder() -> Path:
    """Where the pages lie."""
    return paths.resources() / "manual"


@cache
def pages() -> tuple[ManualPage, ...]:
    """All pages: the contents first, then in the order in which the contents name them."""
    contents = page(CONTENTS)
    return (contents, *(page(key) for key in dict.fromkeys(_LINK.findall(contents.text))))


@cache
def page(key: str) -> ManualPage:
    """One page; a key without a page of its own shows the contents."""
    file = folder() / f"{key}.md"
    if not file.is_file():
        key, file = CONTENTS, folder() / f"{CONTENTS}.md"
    text = file.read_text(encoding="utf-8")
    return ManualPage(key, text.splitlines()[0].removeprefix("# "), text)


def whole() -> Manual:
    """The manual as it is printed: every page but the contents, which become the table of contents."""
    parts = _parts()
    chapters = tuple(
        Chapter(one.key, one.title, parts[one.key], blocks_of(one.text)[1:]) for one in pages() if one.key != CONTENTS
    )
    shown = dict.fromkeys(name for one in pages() for name in _PICTURE.findall(one.text))
    pictures = {name: (folder() / "pictures" / name).read_bytes() for name in shown}
    return Manual(TITLE, __version__, chapters, pictures)


def _parts() -> dict[str, str]:
    """Page → the heading of the contents it stands under."""
    _, *sections = _PART.split(page(CONTENTS).text)
    return {key: part for part, body in zip(sections[::2], sections[1::2], strict=True) for key in _LINK.findall(body)}
