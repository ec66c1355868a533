"""Rows of text set apart by commas, tabs or semicolons, as files and as blocks copied from a sheet."""

import csv
import io
import re
from collections import Counter

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange.limits import MOST_CELLS, too_many_cells
from laoxiao_desktop.exchange.sheet import Sheet, SheetRow, clean
from laoxiao_desktop.models.plan_draft import Problem

_SAMPLE_LINES = 200


def sheet_of(text: str, name: str, delimiter: str | None = None) -> Sheet:
    """The rows of a delimited text; the delimiter is found where none is given."""
    delimiter = delimiter or delimiter_of(text)
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    count = 0
    reader = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)
    line = 0
    try:
        for row in reader:
            no, line = line + 1, reader.line_num
            if line - no > 200:
                problems.append(
                    Problem(
                        "warning", "quote_open", f"第 {no} 行", f"一个单元格占了 {line - no + 1} 行，可能少了一个引号。"
                    )
                )
            if any(row):
                count += len(row)
                if count > MOST_CELLS:
                    raise too_many_cells(name, "", count)
                rows.append(SheetRow(no, tuple(map(clean, row))))
    except csv.Error as error:
        raise UserError(
            f"{name} 第 {line + 1} 行读不出：单元格长得不正常，可能少了一个引号。",
            "请在 WPS 中打开这个文件，另存为 .xlsx 后再读。",
        ) from error
    if not rows:
        raise UserError(f"{name} 里没有文字。", "请检查文件是不是发错了。")
    return Sheet("", 0, rows, problems=tuple(problems))


def delimiter_of(text: str) -> str:
    """The delimiter that cuts most lines into the same number of pieces."""
    lines = [line for line in text[:200_000].split("\n")[:_SAMPLE_LINES] if line.strip()]
    best, score = ",", 0
    for delimiter in ("\t", ",", ";", "|"):
        counts = Counter(line.count(delimiter) for line in lines)
        worth = max((pieces * times for pieces, times in counts.items() if pieces), default=0)
        if worth > score:
            best, score = delimiter, worth
    return best


def is_block(text: str) -> bool:
    """A block copied from a sheet: most lines hold tabs, most of them the same number."""
    lines = [line for line in re.split(r"\r?\n", text[:200_000])[:_SAMPLE_LINES] if line.strip()]
    counts = Counter(line.count("\t") for line in lines if "\t" in line.strip())
    if not counts:
        return False
    pieces, times = counts.most_common(1)[0]
    return pieces >= 1 and times >= 2 and sum(counts.values()) * 2 >= len(lines)
