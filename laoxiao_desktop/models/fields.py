"""Fields: what a person types into a field becomes its stored form, and back to what is shown."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models.capacity import Capacity
from laoxiao_desktop.models.dates import parse_date, show_date
from laoxiao_desktop.models.dictionary import Field, Kind
from laoxiao_desktop.models.money import Money, show_money
from laoxiao_desktop.models.plain_text import figures, many_lines, one_line, quoted
from laoxiao_desktop.models.project_code import check_code
from laoxiao_desktop.models.region import find_county, short_name_of
from laoxiao_desktop.models.span import Span, show_span
from laoxiao_desktop.models.target import Target
from laoxiao_desktop.models.units import join_units, split_units

Stored = str | int | None
LARGEST_COUNT: Final = 10**9
_WHOLE_UNITS: Final = ("张", "个", "户")
_YES: Final = ("1", "是", "有", "√", "true", "yes")
_NO: Final = ("0", "否", "无", "×", "false", "no")


def parse(field: Field, text: str, today: dt.date) -> Stored:
    """The stored form of what was typed, None for nothing.

    Raises FieldError with a sentence and a remedy for what does not fit the field; the typed text is the caller's
    to keep.
    """
    typed = many_lines(text)
    if not typed.strip():
        if field.is_required:
            raise FieldError(field.name, f"{field.label}不能为空。", "请填写后再离开。")
        return None
    try:
        stored = _READERS[field.kind](field, typed, today)
    except UserError as refusal:
        raise FieldError(field.name, refusal.what, refusal.remedy) from None
    if isinstance(stored, str) and len(stored) > field.limit:
        raise FieldError(field.name, f"{field.label}有 {len(stored)} 个字，最多 {field.limit} 个。", "请缩短后再填。")
    return stored


def show(field: Field, stored: object) -> str:
    """A stored value as people read it; empty for an absent one."""
    if stored is None or stored == "":
        return ""
    match field.kind:
        case "money":
            return show_money(stored) if isinstance(stored, int) else str(stored)
        case "flag":
            return "是" if stored else ""
        case "span":
            return _or_as_it_is(show_span, stored)
        case "capacity":
            return _or_as_it_is(lambda text: Capacity.from_stored(text).show(), stored)
        case "date":
            return show_date(str(stored))
        case "county":
            return short_name_of(str(stored))
        case _:
            return str(stored)


def _or_as_it_is(shown: Callable[[str], str], stored: object) -> str:
    """A value that no longer reads (written by another program) is shown as it is rather than hidden."""
    try:
        return shown(str(stored))
    except UserError:
        return str(stored)


def _line(field: Field, typed: str, today: dt.date) -> Stored:
    line = one_line(typed)
    return check_code(line)[0] if field.name == "project_code" else line


def _lines(field: Field, typed: str, today: dt.date) -> Stored:
    return typed


def _choice(field: Field, typed: str, today: dt.date) -> Stored:
    line = one_line(typed)
    if field.is_open or not field.choices or line in field.choices:
        return line
    raise UserError(f"{quoted(line)}不在{field.label}的选项里。", f"可选：{'、'.join(field.choices)}。")


def _money(field: Field, typed: str, today: dt.date) -> Stored:
    return Money.parse(typed).fen


def _whole(field: Field, typed: str, largest: int) -> int:
    digits = figures(typed)
    if digits.endswith(field.unit):
        digits = digits.removesuffix(field.unit)
    if not (digits.isascii() and digits.isdigit()):
        raise UserError(f"{quoted(typed)}不是整数。", "请写成 12 这样的数字。")
    if len(digits) > 12 or int(digits) > largest:
        raise UserError(f"{quoted(typed)}太大。", f"最大 {largest}。")
    return int(digits)


def _count(field: Field, typed: str, today: dt.date) -> Stored:
    return _whole(field, typed, LARGEST_COUNT)


def _percent(field: Field, typed: str, today: dt.date) -> Stored:
    return _whole(field, figures(typed).removesuffix("%"), 100)


def _year(field: Field, typed: str, today: dt.date) -> Stored:
    digits = figures(typed).removesuffix("年")
    if not (len(digits) == 4 and digits.isascii() and digits.isdigit() and 1900 <= int(digits) <= 2199):
        raise UserError(f"{quoted(typed)}不是年份。", f"请写成 {today.year} 这样的四位年份。")
    return int(digits)


def _capacity(field: Field, typed: str, today: dt.date) -> Stored:
    capacity = Capacity.parse(typed)
    if field.unit in _WHOLE_UNITS and not capacity.is_whole:
        raise UserError(f"{quoted(typed)}不是整数。", f"{field.label}按整{field.unit}填写。")
    return capacity.stored


def _span(field: Field, typed: str, today: dt.date) -> Stored:
    return Span.parse(typed).stored


def _date(field: Field, typed: str, today: dt.date) -> Stored:
    return parse_date(typed, today)


def _units(field: Field, typed: str, today: dt.date) -> Stored:
    return join_units(split_units(typed)) or None


def _county(field: Field, typed: str, today: dt.date) -> Stored:
    county = find_county(typed)
    if county is None:
        raise UserError(f"没有找到县市区{quoted(typed)}。", "请写县市区名称或 6 位代码，如 景洪市、532801。")
    return county


def _target(field: Field, typed: str, today: dt.date) -> Stored:
    return Target.parse(typed).text


def _flag(field: Field, typed: str, today: dt.date) -> Stored:
    word = figures(typed).lower()
    if word not in _YES + _NO:
        raise UserError(f"{quoted(typed)}不是“是”或“否”。", "请写 是 或 否。")
    return 1 if word in _YES else None


def _not_typed(field: Field, typed: str, today: dt.date) -> Stored:
    raise UserError(f"{field.label}不能直接填写。", "它由程序记录。")


_READERS: Final[dict[Kind, Callable[[Field, str, dt.date], Stored]]] = {
    "text": _line,
    "long": _lines,
    "choice": _choice,
    "money": _money,
    "count": _count,
    "capacity": _capacity,
    "span": _span,
    "date": _date,
    "year": _year,
    "units": _units,
    "county": _county,
    "target": _target,
    "percent": _percent,
    "flag": _flag,
    "link": _line,
    "json": _not_typed,
}
