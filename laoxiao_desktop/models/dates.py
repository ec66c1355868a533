"""Dates: a day or a month, kept as "2023-05-30" or "2023-05", understood as clerks type them."""

import calendar
import datetime as dt
import re
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.plain_text import figures, quoted

HINT: Final = "可写 2023.6、2023年6月15日、6月。"

_YEAR: Final = r"(?P<year>[0-9]{4}|[0-9]{2}(?=年))"
_FORMS: Final = (
    re.compile(
        rf"{_YEAR}[年./-](?P<month>[0-9]{{1,2}})(?:月份?|[./-](?P<day>[0-9]{{1,2}})日?|月(?P<day2>[0-9]{{1,2}})[日号]?)?"
    ),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})?"),
    re.compile(
        r"(?P<word>今年|本年|去年|明年)?(?P<month>[0-9]{1,2})(?:月份?|月(?P<day>[0-9]{1,2})[日号]?|[./-](?P<day2>[0-9]{1,2}))"
    ),
    re.compile(r"(?P<day>[0-9]{1,2})[日号]"),
)
_DAYS: Final = {"今天": 0, "今日": 0, "昨天": -1, "前天": -2, "明天": 1, "后天": 2}
_MONTHS: Final = {"本月": 0, "这个月": 0, "当月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_YEARS: Final = {"今年": 0, "本年": 0, "去年": -1, "明年": 1}
_STORED: Final = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_EARLIEST, _LATEST = 1900, 2199


def parse_date(text: str, today: dt.date) -> str:
    """The stored form of a typed day or month; what is left out (6月, 15日) is taken from `today`.

    Raises UserError for what is no date, and for days that no calendar has.
    """
    typed = figures(text).replace("年底", "年12月").replace("年末", "年12月")
    if typed in _DAYS:
        return (today + dt.timedelta(days=_DAYS[typed])).isoformat()
    if typed in _MONTHS:
        return _month_from(today, _MONTHS[typed])
    for form in _FORMS:
        if len(typed) <= 20 and (match := form.fullmatch(typed)):
            return _stored(text, _completed(match.groupdict(), today))
    raise UserError(f"{quoted(text)}不是日期。", HINT)


def _completed(parts: dict[str, str | None], today: dt.date) -> tuple[int, int, int | None]:
    year = parts.get("year")
    day = parts.get("day") or parts.get("day2")
    full_year = (
        today.year + _YEARS.get(parts.get("word") or "", 0)
        if year is None
        else int(year) + (2000 if len(year) == 2 else 0)
    )
    return full_year, int(parts.get("month") or today.month), int(day) if day else None


def _stored(text: str, parts: tuple[int, int, int | None]) -> str:
    year, month, day = parts
    try:
        date = dt.date(year, month, day or 1)
    except ValueError:
        raise UserError(f"{quoted(text)}不是日历上的日子。", HINT) from None
    if not _EARLIEST <= year <= _LATEST:
        raise UserError(f"{quoted(text)}的年份不对。", HINT)
    return date.isoformat() if day else date.isoformat()[:7]


def _month_from(today: dt.date, months: int) -> str:
    return add_months(f"{today.year:04d}-{today.month:02d}", months)


def add_months(month: str, months: int) -> str:
    """The month `months` after the stored month or day, as a stored month."""
    count = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def is_date(stored: str) -> bool:
    """Whether this is the stored form of a day or month that exists."""
    match = _STORED.fullmatch(stored)
    if match is None:
        return False
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
    return _EARLIEST <= year <= _LATEST and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def first_day(stored: str) -> dt.date:
    """The day itself, or the first day of a month."""
    return dt.date.fromisoformat(stored if len(stored) == 10 else f"{stored}-01")


def last_day(stored: str) -> dt.date:
    """The day itself, or the last day of a month: a month is over when its last day is."""
    if len(stored) == 10:
        return dt.date.fromisoformat(stored)
    year, month = int(stored[:4]), int(stored[5:7])
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def show_date(stored: str | None) -> str:
    """As shown in grids and forms: 2023.05.30 or 2023.05; empty when absent."""
    return stored.replace("-", ".") if stored else ""


def show_date_in_words(stored: str | None) -> str:
    """As written in a document: 2023年5月30日 or 2023年5月; empty when absent."""
    if not stored:
        return ""
    year, month, *day = (int(part) for part in stored.split("-"))
    return f"{year}年{month}月" + (f"{day[0]}日" if day else "")
