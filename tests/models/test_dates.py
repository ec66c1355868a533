"""Dates are understood as clerks type them; only days of the calendar are kept."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.dates import is_date, last_day, parse_date, show_date, show_date_in_words

TODAY = dt.date(2025, 1, 20)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("6月", "2025-06"),
        ("6月15日", "2025-06-15"),
        ("6.15", "2025-06-15"),
        ("15日", "2025-01-15"),
        ("2023.6", "2023-06"),
        ("2023年6月", "2023-06"),
        ("２０２３／６／５", "2023-06-05"),
        ("20230530", "2023-05-30"),
        ("23年6月", "2023-06"),
        ("2023年底", "2023-12"),
        ("今天", "2025-01-20"),
        ("上月", "2024-12"),
        ("去年12月", "2024-12"),
    ],
)
def test_a_typed_date_is_completed_from_today(typed: str, stored: str) -> None:
    assert parse_date(typed, TODAY) == stored


@pytest.mark.parametrize(
    "typed", ["", "2023", "2023-13", "2月30日", "2023.2.29", "32日", "尽快", "0000-01", "2023-1-1-1"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        parse_date(typed, TODAY)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_shown_date_reads_back(day: dt.date) -> None:
    for stored in (day.isoformat(), day.isoformat()[:7]):
        assert parse_date(show_date(stored), TODAY) == parse_date(show_date_in_words(stored), TODAY) == stored
        assert is_date(stored)
        assert last_day(stored) >= day if len(stored) == 7 else last_day(stored) == day


@given(st.text(st.characters(exclude_categories=()), max_size=30) | st.text("0123456789年月日.-/今去底", max_size=12))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        stored = parse_date(text, TODAY)
    except UserError as refusal:
        refusal.what.encode()
    else:
        assert is_date(stored)
