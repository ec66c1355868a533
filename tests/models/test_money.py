"""Money is exact, from what is typed to what is printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.money import LARGEST_FEN, Money, show_money, show_money_fixed

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("360", "360"),
        ("360万", "360"),
        ("360 万元", "360"),
        ("3600000元", "360"),
        ("0.036亿", "360"),
        ("０．０３６亿元", "360"),
        ("３６０", "360"),
        ("1,234.5", "1234.5"),
        ("1，234.50", "1234.5"),
        ("65.67", "65.67"),
        ("65.\n67", "65.67"),
        ("0.01元", "0.000001"),
        ("163172", "163172"),
    ],
)
def test_an_amount_is_printed_as_the_plans_print_it(typed: str, printed: str) -> None:
    assert str(Money.parse(typed)) == printed


@pytest.mark.parametrize(
    "typed", ["36o", "", "万", "1,23", "3.6.5", "-3", "0.0000001", "0.001元", "１千", "9" * 70, "360百", "٣٦٠"]
)
def test_what_is_no_amount_is_refused_with_a_remedy(typed: str) -> None:
    with pytest.raises(UserError) as refusal:
        Money.parse(typed)
    assert refusal.value.what.endswith("。")
    assert refusal.value.remedy.endswith("。")


@given(st.integers(0, LARGEST_FEN))
def test_printing_and_reading_give_the_same_amount(fen: int) -> None:
    printed = str(Money(fen))
    assert Money.parse(printed) == Money.parse(printed.translate(FULL_WIDTH)) == Money(fen)
    assert Decimal(printed) == Money(fen).wan


@given(st.integers(0, 10**9), st.sampled_from(["元", "万元", "亿元"]))
def test_units_differ_by_ten_thousand(number: int, unit: str) -> None:
    scale = {"元": 1, "万元": 10**4, "亿元": 10**8}[unit]
    if number * scale * 100 <= LARGEST_FEN:
        assert Money.parse(f"{number}{unit}").fen == number * scale * 100


@given(ANY_TEXT)
def test_any_text_is_an_amount_or_refused_politely(text: str) -> None:
    try:
        money = Money.parse(text)
    except UserError as refusal:
        refusal.what.encode()
    else:
        assert 0 <= money.fen <= LARGEST_FEN


@given(st.integers(-LARGEST_FEN, LARGEST_FEN), st.integers(-LARGEST_FEN, LARGEST_FEN))
def test_sums_and_differences_are_exact(a: int, b: int) -> None:
    assert (Money(a) + Money(b) - Money(b)).fen == a
    assert (Money(a) < Money(b)) == (a < b)


@pytest.mark.parametrize("value", [3.6, True, Decimal(3), "3"])
def test_nothing_but_a_whole_number_of_fen_is_money(value: object) -> None:
    with pytest.raises(TypeError):
        Money(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fen", "decimals", "shown"),
    [
        (65_670_000, 2, "65.67"),
        (360_000_000, 2, "360.00"),
        (5_000, 2, "0.01"),
        (4_999, 2, "0.00"),
        (-5_000, 2, "-0.01"),
        (-4_999, 2, "0.00"),
        (1_500_000, 0, "2"),
    ],
)
def test_fixed_decimals_round_halves_away_from_zero(fen: int, decimals: int, shown: str) -> None:
    assert show_money_fixed(fen, decimals) == shown


def test_an_absent_amount_shows_nothing() -> None:
    assert show_money(None) == show_money_fixed(None) == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("=360+20", "380"), ("＝450×0.8", "360"), ("=(120+80)/3", "66.666667"), ("=100-0.5*2", "99"), ("=65.67", "65.67")],
)
def test_a_sum_is_worked_out_in_wan(typed: str, shown: str) -> None:
    assert str(Money.parse(typed)) == shown


@pytest.mark.parametrize("typed", ["=", "=1+", "=1/0", "=(1", "=1)", "=1 2+", "=a", "=5-6", "=9" * 40, "=1..2"])
def test_what_is_no_sum_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(UserError):
        Money.parse(typed)
