"""A look over the XML of a worksheet before it is read: its true extent, and what a fast reader does not tell."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange.limits import pieces, unreadable
from laoxiao_desktop.exchange.sheet import Merge, column_number

MOST_COLUMNS: Final = 702  # up to ZZ
_LONGEST_ROW: Final = 8 << 20
_GAP: Final = 2_000  # empty rows after which what follows lies outside the list

_ROW: Final = re.compile(rb'<row\b(?:[^<>]*?\sr="(\d+))?')
_CELL_ROW: Final = re.compile(rb'r="[A-Z]{1,3}(\d+)')
_BEYOND_Z: Final = re.compile(rb'r="([A-Z]{2,})(\d+)')
_HIDDEN_ROW: Final = re.compile(rb'<row\b(?=[^<>]*\shidden="(?:1|true))[^<>]*?\sr="(\d+)')
_COLUMN: Final = re.compile(rb"<col\s[^<>]*>")
_MERGE: Final = re.compile(rb'<mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)')
_ERROR: Final = re.compile(
    rb'<c\b(?=[^<>]*\st="e")[^<>]*?\sr="([A-Z]{1,3}\d+)"[^<>]*>((?:(?!<c[\s>]).){0,4000}?)</c>', re.DOTALL
)
_REF: Final = re.compile(rb'\sr="([A-Z]{1,3}\d+)')
_VALUE: Final = re.compile(rb"<v>([^<]*)<")
_STYLED: Final = re.compile(rb"<c\s[^<>]*>")
_UNSTORED: Final = re.compile(
    rb'<c\b[^<>]*?\sr="([A-Z]{1,3}\d+)"[^<>]*><f\b[^<>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v>\s*</v>)?</c>'
)
_CLAIM: Final = re.compile(rb"[cC]ount\s*=\s*[\"'][^\"'<]{0,20}\d{8}")
_FAR_CELL: Final = re.compile(rb'<c\s[^<>]*?r="([A-Z]{3,})\d+"[^<>]*?(?:/>|(?<!/)>(?:(?!<c[\s>]).)*?</c>)', re.DOTALL)
_WHOLE_ROW: Final = re.compile(rb'<row\b[^<>]*?\sr="(\d+)"[^<>]*?(?:/>|(?<!/)>(?:(?!<row\b).)*?</row>)', re.DOTALL)
_PREFIX: Final = re.compile(rb"<(/?)[A-Za-z][\w.-]*:(?=[A-Za-z])")
_TAG_WITH_APOSTROPHES: Final = re.compile(rb"<[A-Za-z][^<>]*='[^<>]*>")
_SPACED_REF: Final = re.compile(rb"<(?:c|row)\s(?:[^<>]*?\s)?r(?:\s+=|=\s)")


@dataclass
class Scan:
    """What was seen of a worksheet."""

    cells: int = 0
    last_row: int = 0  # of the list; what lies beyond is in `far`
    width: int = 1  # columns that hold something, at most; far ones left out
    far: list[str] = field(default_factory=list)  # cells far outside, the first few
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)  # A5 → #N/A
    unstored: list[str] = field(default_factory=list)  # formulas whose result is not in the file
    percents: set[str] = field(default_factory=set)
    must_trim: bool = False


def scan(package: zipfile.ZipFile, part: str, percent_styles: frozenset[bytes]) -> Scan:
    """Looks over the part in pieces that end between two tags; never holds it whole."""
    seen = Scan()
    rows: set[int] = set()
    percent = re.compile(rb'\ss="(?:' + b"|".join(percent_styles) + rb')"') if percent_styles else None
    for text in _whole_rows(package, part):
        cells = text.count(b"<c ")
        seen.cells += cells
        numbers = set(_ROW.findall(text))
        if not numbers or b"" in numbers:  # rows without a number: their cells have it
            numbers.discard(b"")
            numbers.update(_CELL_ROW.findall(text))
        here = set(map(int, numbers))
        if cells != text.count(b'<c r="') and _SPACED_REF.search(text):  # patterns here count on r="…"
            raise unreadable(Path(package.filename or "").name, "单元格的编号写法不正常")
        if here:
            _check_refs(package, text, max(here))
        rows |= here
        if b"ount=" in text and _CLAIM.search(text):
            raise claim(package)
        beyond_z = set(_BEYOND_Z.findall(text))
        far = [pair for pair in beyond_z if _is_far(pair[0])]
        seen.width = _width(
            text, max([seen.width, *(column_number(pair[0].decode()) + 1 for pair in beyond_z - {*far})])
        )
        seen.far += sorted((letters + no).decode() for letters, no in far)[: 5 - len(seen.far)]
        if b"hidden" in text:
            seen.hidden_rows.update(map(int, _HIDDEN_ROW.findall(text)))
            _hidden_columns(text, seen.hidden_columns)
        if b"mergeCell " in text:
            seen.merges += [_merge(found.groups()) for found in _MERGE.finditer(text)]
        if b't="e"' in text:
            for found in _ERROR.finditer(text):
                value = _VALUE.search(found[2])
                seen.errors[found[1].decode()] = value[1].decode("utf-8", "replace") if value else "#N/A"
        if b"<f" in text:
            seen.unstored += [ref.decode() for ref in _UNSTORED.findall(text)]
        if percent is not None:
            for found in _STYLED.finditer(text):
                if percent.search(found[0]):
                    ref = _REF.search(found[0])
                    if ref:
                        seen.percents.add(ref[1].decode())
    seen.last_row = _last_of_list(rows)
    beyond = [row for row in rows if row > seen.last_row]
    seen.must_trim = bool(beyond or seen.far)
    seen.far += [f"第 {row} 行" for row in sorted(beyond)[:5]]
    return seen


def claim(package: zipfile.ZipFile) -> UserError:
    """The refusal of a part that states a count no workbook holds."""
    return unreadable(Path(package.filename or "").name, "里面写的数量不像正常的文件")


def check_claims(package: zipfile.ZipFile, part: str) -> None:
    """Refuses a part that states a count no workbook holds: the fast reader lays out room for it before it looks."""
    rest = b""
    for piece in pieces(package, part):
        text = rest + piece
        if b"ount" in text and _CLAIM.search(text):
            raise claim(package)
        rest = text[-64:]


def trimmed(package: zipfile.ZipFile, part: str, last_row: int) -> Iterator[bytes]:
    """The part without the cells beyond the last column and the rows beyond the last row that are read."""
    for text in _whole_rows(package, part):
        near = _WHOLE_ROW.sub(lambda found: b"" if int(found[1]) > last_row else found[0], text)
        _check_refs(package, near, last_row)
        yield _FAR_CELL.sub(lambda found: b"" if _is_far(found[1]) else found[0], near)


def _whole_rows(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The text of the part, cut only where a row ends, as far as rows end within reason."""
    rest = b""
    for piece in pieces(package, part):
        text = rest + piece
        ends = text.rfind(b"</row>") + 6, text.rfind(b":row>") + 5
        cut = max(ends) if max(ends) > 5 else text.rfind(b"<") if len(text) > _LONGEST_ROW else 0
        yield _plain(text[:cut])
        rest = text[cut:]
    yield _plain(rest)


def _plain(text: bytes) -> bytes:
    """XML as most programs write it: elements without prefix, values in double quotes."""
    if b":c " in text:
        text = _PREFIX.sub(rb"<\1", text)
    if b"='" in text:
        text = _TAG_WITH_APOSTROPHES.sub(lambda found: found[0].replace(b"'", b'"'), text)
    return text


def _check_refs(package: zipfile.ZipFile, text: bytes, last_row: int) -> None:
    """Refuses cells that say they lie below the last row (by a tenth or more), or are written as no program does.

    The fast reader lays out all rows up to the last that any cell names, so such a cell could cost all memory.
    """
    digits = f"{last_row:02d}"
    first, second, more = int(digits[0]), int(digits[1]), len(digits) - 2
    beyond = [rb"\d{%d,}" % (len(digits) + 1)]
    if first < 9:
        beyond.append(rb"[%d-9]\d{%d}" % (first + 1, more + 1))
    if second < 9:
        beyond.append(rb"%d[%d-9]\d{%d}" % (first, second + 1, more))
    odd = rb'r="(?:[A-Z]{1,3}(?:' + b"|".join(beyond) + rb")|[a-z])"
    if re.search(odd, text) and re.search(rb"<c\s(?:[^<>]*?\s)?" + odd, text):  # not in the words of a cell
        raise unreadable(Path(package.filename or "").name, "单元格的编号前后对不上")


def _width(text: bytes, known: int) -> int:
    """How many columns the cells take, far ones left out, when `known` of them are known already."""
    while known < 26:
        wider = re.search(rb'r="([%c-Z])\d' % (65 + known), text)
        if wider is None:
            break
        known = wider[1][0] - 64
    return known


def _is_far(letters: bytes) -> bool:
    return column_number(letters.decode()) >= MOST_COLUMNS


def _hidden_columns(text: bytes, hidden: set[int]) -> None:
    for found in _COLUMN.finditer(text):
        if re.search(rb'\shidden="(?:1|true)', found[0]):
            bounds = [re.search(rb"\s" + name + rb'="(\d+)', found[0]) for name in (b"min", b"max")]
            if all(bounds):
                first, last = (int(bound[1]) for bound in bounds if bound)
                hidden.update(range(first - 1, min(last, MOST_COLUMNS)))


def _merge(groups: tuple[bytes, ...]) -> Merge:
    first_column, first_row, last_column, last_row = groups
    return Merge(
        int(first_row), column_number(first_column.decode()), int(last_row), column_number(last_column.decode())
    )


def _last_of_list(rows: set[int]) -> int:
    """The last row before a gap that no list has."""
    last = 0
    for row in sorted(rows):
        if last and row - last > _GAP:
            return last
        last = row
    return last
