"""What is hidden in a file: told in words, never taken silently."""

from collections.abc import Sequence

from laoxiao_desktop.exchange.sheet import Sheet, column_letters


def hidden_words(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Hidden sheets, rows and columns, one sentence each."""
    told: list[str] = []
    for sheet in sheets:
        if sheet.is_hidden:
            told.append(f"工作表“{sheet.name}”：隐藏")
            continue
        name = f"工作表“{sheet.name}”" if sheet.name else "表"
        rows = sorted(row.no for row in sheet.rows if row.no in sheet.hidden_rows and any(row.cells))
        if rows:
            told.append(f"{name}：隐藏了第 {_ranges(rows)} 行")
        used = {number for row in sheet.rows[:2000] for number, cell in enumerate(row.cells) if cell}
        columns = sorted(sheet.hidden_columns & used)
        if columns:
            told.append(f"{name}：隐藏了 {'、'.join(map(column_letters, columns[:20]))} 列")
    return tuple(told)


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:10]]
    return "、".join(words) + (" 等" if len(runs) > 10 else "")
