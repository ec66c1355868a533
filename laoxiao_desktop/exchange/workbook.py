"""Workbooks in .xlsx: calamine reads the cells, a look over the XML tells what it leaves out."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import python_calamine as calamine

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange.limits import MOST_CELLS, Stopped, member, open_package, too_many_cells, unreadable
from laoxiao_desktop.exchange.safe_xml import Attributes, walk
from laoxiao_desktop.exchange.sheet import Sheet, SheetRow, clean, column_number, cut_long
from laoxiao_desktop.exchange.shown_values import percent_text, shown
from laoxiao_desktop.exchange.workbook_scan import Scan, check_claims, scan, trimmed
from laoxiao_desktop.models.plan_draft import Problem

_PERCENT_IDS: Final = frozenset({"9", "10"})
_WIDEST_EMPTY: Final = 2_600_000  # rows × columns that the reader lays out, empty ones included
_REF: Final = re.compile(r"([A-Z]+)(\d+)")
_MOST_SHEETS: Final = 200


def sheets_of(path: Path, checked: Stopped = lambda: None) -> tuple[Sheet, ...]:
    """The sheets of a workbook, cells as shown. UserError for what is too large, damaged or not a workbook."""
    with open_package(path) as package:
        parts = _parts(package)
        for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
            if part in package.namelist():
                check_claims(package, part)
        percent = _percent_styles(package)
        if len(parts) > _MOST_SHEETS:
            raise UserError(
                f"{path.name} 有 {len(parts)} 张工作表。", f"请只留要读的表，最多 {_MOST_SHEETS} 张，另存一份再读。"
            )
        scans: dict[str, Scan] = {}
        for name, part, _ in parts:
            checked()
            scans[name] = scan(package, part, percent)
            cells = sum(seen.cells for seen in scans.values())
            area = scans[name].last_row * scans[name].width
            if cells > MOST_CELLS or area > _WIDEST_EMPTY:
                raise too_many_cells(path.name, name, max(cells, area))
        source = _trimmed(package, parts, scans) if any(seen.must_trim for seen in scans.values()) else path
    return _read(path.name, source, [(name, is_hidden) for name, _, is_hidden in parts], scans, checked)


def _read(
    file_name: str,
    source: Path | io.BytesIO,
    names: list[tuple[str, bool]],
    scans: dict[str, Scan],
    checked: Stopped,
) -> tuple[Sheet, ...]:
    sheets: list[Sheet] = []
    try:
        book = calamine.load_workbook(source)
        for number, (name, is_hidden) in enumerate(names):
            checked()
            seen = scans[name]
            held = book.get_sheet_by_name(name)
            if held.total_height * held.total_width > _WIDEST_EMPTY:
                raise too_many_cells(file_name, name, held.total_height * held.total_width)
            rows = _rows(held, seen)
            sheets.append(cut_long(_sheet(name, number, rows, seen, is_hidden)))
    except calamine.PasswordError as error:
        raise UserError(f"{file_name} 是加密文件，没有密码读不出。", "请在 WPS 中取消密码后另存为 .xlsx。") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise unreadable(file_name) from error
    return tuple(sheets)


def _rows(held: calamine.CalamineSheet, seen: Scan) -> list[SheetRow]:
    """Rows with something in them; iter_rows starts at the first used cell, `start` says which one that is."""
    if held.start is None:
        return []
    special = _by_row(seen)
    rows: list[SheetRow] = []
    first_row, first_column = held.start
    lead = ("",) * first_column
    no = first_row + 1
    for values in held.iter_rows():
        cells = [
            value
            if value.__class__ is str and value.isprintable()
            else str(int(value))
            if value.__class__ is float and value.is_integer() and -1e15 < value < 1e15
            else shown(value)
            for value in values
        ]
        if lead:
            cells[:0] = lead
        if no in special:
            _put(cells, special[no])
        if any(cells):
            rows.append(SheetRow(no, cells))
        no += 1
    return rows


def _by_row(seen: Scan) -> dict[int, dict[int, str]]:
    """Cells that the reader gives otherwise than shown: errors, and shares shown in percent (as "%")."""
    special: dict[int, dict[int, str]] = {}
    for refs in (dict.fromkeys(seen.percents, "%"), seen.errors):
        for ref, text in refs.items():
            found = _REF.fullmatch(ref)
            if found:
                special.setdefault(int(found[2]), {})[column_number(found[1])] = text
    return special


def _put(cells: list[str], special: dict[int, str]) -> None:
    for column, text in special.items():
        if text != "%":
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = text
        elif column < len(cells) and cells[column]:
            try:
                cells[column] = percent_text(float(cells[column]))
            except ValueError:
                continue


def _sheet(name: str, number: int, rows: list[SheetRow], seen: Scan, is_hidden: bool) -> Sheet:
    problems: list[Problem] = []
    for ref, text in sorted(seen.errors.items())[:50]:
        problems.append(Problem("warning", "cell_error", f"{name}!{ref}", f"单元格 {ref} 是错误值 {text}，按空白读。"))
    if seen.unstored:
        refs = "、".join(seen.unstored[:5]) + (" 等" if len(seen.unstored) > 5 else "")
        problems.append(
            Problem(
                "warning",
                "formula_unstored",
                f"{name}!{seen.unstored[0]}",
                f"{len(seen.unstored)} 个公式（{refs}）没有存下结果，按空白读。请在 WPS 中打开文件，保存后再读。",
            )
        )
    if seen.far:
        problems.append(
            Problem(
                "note",
                "cells_far",
                name,
                f"工作表“{name}”远处还有内容（{'、'.join(seen.far[:3])}），离表太远，没有读。",
            )
        )
    return Sheet(
        clean(name),
        number,
        rows,
        tuple(seen.merges),
        frozenset(seen.hidden_rows),
        frozenset(seen.hidden_columns),
        is_hidden,
        problems=tuple(problems),
    )


def _trimmed(package: zipfile.ZipFile, parts: list[tuple[str, str, bool]], scans: dict[str, Scan]) -> io.BytesIO:
    """The workbook anew in memory, its sheets without the cells that lie far outside."""
    last = {part: scans[name].last_row for name, part, _ in parts}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for info in package.infolist():
            if info.filename in last:
                with copy.open(info.filename, "w") as out:
                    for piece in trimmed(package, info.filename, last[info.filename]):
                        out.write(piece)
            elif not info.is_dir() and info.filename.endswith((".xml", ".rels")):
                copy.writestr(info.filename, member(package, info.filename, 200 << 20))
    held.seek(0)
    return held


def _parts(package: zipfile.ZipFile) -> list[tuple[str, str, bool]]:
    """Name, part and hiddenness of every worksheet, in the order of the tabs."""
    file_name = Path(package.filename or "").name
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}
    sheets: list[tuple[str, str, bool]] = []

    def relation(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            kinds[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2]

    def entry(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            state = attributes.get("state", "visible")
            sheets.append((attributes.get("name", ""), attributes.get("id", ""), state != "visible"))

    _walk(package, "xl/_rels/workbook.xml.rels", relation)
    _walk(package, "xl/workbook.xml", entry)
    names = set(package.namelist())
    found = [
        (name, targets.get(key, ""), is_hidden)
        for name, key, is_hidden in sheets
        if kinds.get(key, "worksheet") == "worksheet"
    ]
    missing = [name for name, part, _ in found if part not in names]
    if missing or not found:
        raise unreadable(file_name, f"缺少工作表“{missing[0]}”的内容" if missing else "里面没有工作表")
    return found


def _percent_styles(package: zipfile.ZipFile) -> frozenset[bytes]:
    """The numbers of the cell formats that show a share in percent."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    ids = set(_PERCENT_IDS)
    styles: list[bytes] = []
    inside = False
    count = 0

    def opened(tag: str, attributes: Attributes) -> None:
        nonlocal inside, count
        if tag == "numFmt" and "%" in attributes.get("formatCode", ""):
            ids.add(attributes.get("numFmtId", ""))
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            if attributes.get("numFmtId") in ids:
                styles.append(str(count).encode())
            count += 1

    def closed(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    walk(Path(package.filename or "").name, [member(package, "xl/styles.xml")], opened, closed, lambda _: None)
    return frozenset(styles)


def _walk(package: zipfile.ZipFile, part: str, opened: Callable[[str, Attributes], None]) -> None:
    file_name = Path(package.filename or "").name
    walk(file_name, [member(package, part)], opened, lambda _: None, lambda _: None)
