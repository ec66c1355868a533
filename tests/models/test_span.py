"""Spans are read as printed and never run backwards."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.span import Span, show_span

YEARS = st.integers(1990, 2060)
POINTS = st.one_of(
    YEARS.map(str),
    st.tuples(YEARS, st.integers(1, 12)).map(lambda point: f"{point[0]}-{point[1]:02d}"),
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start, end = draw(POINTS), draw(st.none() | POINTS)
    try:
        return Span(start, end)
    except UserError:
        return Span(end or start, start)


@pytest.mark.parametrize(
    ("typed", "stored", "printed"),
    [
        ("2022年-2023年", "2022/2023", "2022—2023"),
        ("2022—\n2025", "2022/2025", "2022—2025"),
        ("2023", "2023/2023", "2023"),
        ("2023.03-2025.12", "2023-03/2025-12", "2023.03—2025.12"),
        ("2023年3月至2025年", "2023-03/2025", "2023.03—2025"),
        ("2023－2025", "2023/2025", "2023—2025"),
        ("２０２３一２０２５", "2023/2025", "2023—2025"),
        ("2023年3-12月", "2023-03/2023-12", "2023.03—2023.12"),
        ("2023-03-2025-12", "2023-03/2025-12", "2023.03—2025.12"),
        ("2023年起", "2023/", "2023—"),
    ],
)
def test_a_span_is_read_as_printed_and_typed(typed: str, stored: str, printed: str) -> None:
    span = Span.parse(typed)
    assert (span.stored, str(span)) == (stored, printed)


@pytest.mark.parametrize(
    "typed", ["", "两年", "2025-2023", "2023-13", "23-25", "2023—2025—2027", "2023.5.3-2024.1.1", "0001", "2023" * 20]
)
def test_what_is_no_span_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        Span.parse(typed)


@given(spans())
def test_stored_and_printed_forms_read_back(span: Span) -> None:
    assert Span.from_stored(span.stored) == Span.parse(str(span)) == Span.parse(span.stored) == span
    assert show_span(span.stored) == str(span)


@given(spans(), st.dates(dt.date(1989, 1, 1), dt.date(2062, 1, 1)), st.integers(0, 400))
def test_elapsed_grows_from_nothing_to_the_whole(span: Span, day: dt.date, days: int) -> None:
    now, later = span.elapsed(day), span.elapsed(day + dt.timedelta(days))
    assert 0 <= now <= later <= 1
    if span.last_day is not None:
        assert span.elapsed(span.last_day) == 1
        assert span.elapsed(span.first_day - dt.timedelta(1)) == 0


def test_half_of_a_year_has_passed_at_the_end_of_june() -> None:
    assert Span.parse("2023").elapsed(dt.date(2023, 6, 30)) == Fraction(181, 365)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_is_a_span_or_refused(text: str) -> None:
    try:
        span = Span.parse(text)
    except UserError as refusal:
        refusal.what.encode()
    else:
        assert span.last_day is None or span.first_day <= span.last_day
