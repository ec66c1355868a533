"""Responsible units: one cell names several, with shorthand and suffixes; kept joined by 、."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from laoxiao_desktop.models.plain_text import many_lines

_BETWEEN: Final = "、，,；;"
_BRACKETS: Final = {"（": 1, "(": 1, "〔": 1, "）": -1, ")": -1, "〕": -1}
_DUTY: Final = r"(?:按照?|依照?)?(?:各自)?职责(?:分工)?(?:分别)?(?:负责)?"
_DUTY_AT_END: Final = re.compile(rf"(?:等?(?:{_DUTY}|[（(]{_DUTY}[）)]))+$")
# 州民政局牵头，州财政局配合: what a unit does there is no part of its name
_PART_AT_END: Final = re.compile(
    r"(?<=[局委府办部室会院司校心道])(?:等?(?:部门)?)(?:牵头(?:负责)?|配合|参与|协助|协同|负责(?:落实)?|组织实施)$"
)
# 州、县、市民政局: levels that stand alone belong to the unit after them.
_LEVEL: Final = re.compile(
    r"(?:各|[一二三四五六七八九十]+)?(?:省|州|市|县|区|乡|镇|街道|村|社区|旗)+(?:[（(][^）)]*[）)])?"
)
_BARE_OFFICE: Final = re.compile(r"[^省州市县区乡镇各国].{1,18}(?:局|委)")
_WIDE: Final = r"[㐀-鿿、，；（）〔〕]"
_LAYOUT_BLANK: Final = re.compile(rf"\s*\n\s*|(?<={_WIDE})\s+|\s+(?={_WIDE})")


def split_units(text: str) -> tuple[str, ...]:
    """The units of a cell in order, also one printed twice: split at 、 ， ； outside brackets, duty phrases dropped.

    Shorthand stays one unit as printed (`州、县、市民政局`); an office that follows it without a level of its own
    takes the same levels (`州、县、市人力资源社会保障局、民政局`).
    """
    units: list[str] = []
    levels = ""
    for unit in _with_levels(_pieces(_LAYOUT_BLANK.sub("", many_lines(text)))):
        shorthand, _, last = unit.rpartition("、")
        if shorthand:
            levels = f"{shorthand}、{last[:1]}"
        elif levels and _BARE_OFFICE.fullmatch(unit):
            unit = levels + unit
        else:
            levels = ""
        units.append(unit)
    return tuple(units)


def join_units(units: Iterable[str]) -> str:
    """The stored form: units joined by 、."""
    return "、".join(units)


def _pieces(text: str) -> Iterator[str]:
    depth, piece = 0, ""
    for char in text:
        depth = max(0, depth + _BRACKETS.get(char, 0))
        if char in _BETWEEN and not depth:
            yield piece
            piece = ""
        else:
            piece += char
    yield piece


def _with_levels(pieces: Iterable[str]) -> Iterator[str]:
    waiting: list[str] = []
    for piece in pieces:
        unit = " ".join(_PART_AT_END.sub("", _DUTY_AT_END.sub("", piece.strip(" 。."))).split())
        if not unit:
            continue
        if _LEVEL.fullmatch(unit):
            waiting.append(unit)
            continue
        yield "、".join([*waiting, unit])
        waiting = []
    yield from waiting
