"""Project codes are normalised and checked, never refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.models.project_code import check_code, check_digit, decode

BODY = "2305532801040112345"
GOOD = "2305-532801-04-01-12345" + check_digit(BODY)


@pytest.mark.parametrize(("digits", "check"), [("0794", "5"), ("3657426180", "9")])
def test_the_check_digit_is_that_of_the_standard(digits: str, check: str) -> None:
    assert check_digit(digits) == check


@pytest.mark.parametrize(
    "typed", [GOOD, GOOD.replace("-", ""), GOOD.replace("-", "", 1), f" {GOOD.replace('-', '－')} "]
)
def test_missing_hyphens_are_put_in(typed: str) -> None:
    assert check_code(typed, "532801") == (GOOD, ())


def test_a_wrong_digit_and_another_county_are_warned_of() -> None:
    wrong = GOOD[:-1] + str((int(GOOD[-1]) + 1) % 10)
    normalised, warnings = check_code(wrong, "530426")
    assert normalised == wrong
    assert warnings == ("项目代码校验位不符，请核对是否抄错。", "项目代码的地区是景洪市，项目在峨山彝族自治县。")


def test_a_code_given_by_the_prefecture_covers_its_counties() -> None:
    body = "2305532800040112345"
    assert check_code(body + check_digit(body), "532801")[1] == ()


def test_an_old_code_is_kept_as_it_is() -> None:
    assert check_code("云发改2019-15号", None)[0] == "云发改2019-15号"


@given(st.text("0123456789", min_size=19, max_size=19), st.integers(0, 18), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body: str, place: int, shift: int) -> None:
    changed = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
    assert check_digit(changed) != check_digit(body)


@given(st.integers(0, 99), st.integers(1, 12), st.text("0123456789", min_size=16, max_size=16))
def test_a_decoded_code_prints_the_same(year: int, month: int, rest: str) -> None:
    code = decode(f"{year:02d}{month:02d}{rest}")
    assert code is not None
    assert len(str(code)) == 24
    assert decode(str(code)) == code
