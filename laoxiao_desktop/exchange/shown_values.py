"""Stored values of workbooks as a person sees them."""

import datetime as dt

from laoxiao_desktop.exchange.sheet import clean


def shown(value: object) -> str:
    """A stored value as text: 360, 65.67, 2023-05-01; at most 15 digits, as workbooks count."""
    match value:
        case str():
            return clean(value)
        case bool():
            return "是" if value else "否"
        case int():
            return str(value)
        case float():
            return number_text(value)
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
        case dt.date() | dt.time():
            return value.isoformat()
        case None:
            return ""
    return clean(str(value))


def number_text(value: float) -> str:
    """A number without exponent, rounded to the 15 digits that a workbook keeps."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    if "e" not in text:
        return text
    return f"{value:.0f}" if abs(value) >= 1 else f"{value:.15f}".rstrip("0").rstrip(".")


def percent_text(value: float) -> str:
    """A stored share as shown in percent: 0.6 → 60%."""
    return number_text(round(value * 100, 10)) + "%"
