"""The annexes a document names, and whether their text follows."""

import re
from collections.abc import Sequence

from laoxiao_desktop.exchange.text_lines import Line, tidy
from laoxiao_desktop.models.plan_draft import AnnexDraft

_NAMED = re.compile(r"附\s*件\s*[：:](?P<rest>.*)")
_NUMBERED = re.compile(r"(?P<no>\d{1,2})[.．、](?P<title>.+)")
_MARK = re.compile(r"附\s*[件表]\s*(?P<no>[\d一二三四五六七八九十]*)\s*(?:[：:].{0,60})?")
_FILE = re.compile(r"\.(?:xlsx?|docx?|pdf|wps|et|zip|rar)$", re.IGNORECASE)
_NUMERALS = "一二三四五六七八九十"


def annexes_of(lines: Sequence[Line]) -> tuple[AnnexDraft, ...]:
    """The annexes in the order they are named."""
    named: list[tuple[int | None, str, int]] = []
    end = len(lines)
    for at, line in enumerate(lines):
        found = _NAMED.fullmatch(tidy(line.text))
        if not found:
            continue
        named, end = _names(lines, at, found["rest"])
        if named:
            break
    present = _present(lines[end:])
    return tuple(
        AnnexDraft(no, title, (no or 1) in present or (no is None and 0 in present), (line_no, line_no))
        for no, title, line_no in named
    )


def _names(lines: Sequence[Line], at: int, rest: str) -> tuple[list[tuple[int | None, str, int]], int]:
    named: list[tuple[int | None, str, int]] = []
    if rest:
        numbered = _NUMBERED.fullmatch(rest)
        no, title = (int(numbered["no"]), numbered["title"]) if numbered else (None, rest)
        named.append((no, title, lines[at].no))
    end = at + 1
    while end < len(lines):
        text = tidy(lines[end].text)
        numbered = _NUMBERED.fullmatch(text)
        if text and numbered and len(text) <= 80:
            named.append((int(numbered["no"]), numbered["title"], lines[end].no))
        elif text:
            break
        end += 1
    return named, end


def _present(lines: Sequence[Line]) -> set[int]:
    """The numbers of the annexes whose heading stands in the text; 0 for an annex without a number."""
    present: set[int] = set()
    for line in lines:
        found = _MARK.fullmatch(tidy(line.text))
        if found:
            no = found["no"]
            present.add(int(no) if no.isdigit() else _NUMERALS.index(no) + 1 if no and no in _NUMERALS else 0)
    return present
