"""Targets keep their printed words and give what can be compared."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.models.target import LONGEST, Target


@pytest.mark.parametrize(
    ("printed", "op", "value"),
    [
        ("≥60", ">=", "60"),
        (">90", ">", "90"),
        ("＞９０", ">", "90"),
        ("97以上", ">=", "97"),
        ("稳定在65以上", ">=", "65"),
        ("1424个以上", ">=", "1424"),
        ("达20%以上", ">=", "20"),
        ("不低于55%", ">=", "55"),
        ("不得少于300平方米", ">=", "300"),
        ("至少一所", ">=", "1"),
        ("全覆盖", "=", "100"),
        ("一般", "text", None),
        ("不超过3", "<=", "3"),
        ("1名", "=", "1"),
        ("4.5个", "=", "4.5"),
        ("17850", "=", "17850"),
        ("0.15", "=", "0.15"),
        ("持续增加", "text", None),
        ("明显增长", "text", None),
        ("—", "text", None),
        ("1—2所", "text", None),
        ("≤60以上", "text", None),
        ("", "text", None),
    ],
)
def test_a_printed_target_is_understood(printed: str, op: str, value: str | None) -> None:
    target = Target.parse(printed)
    assert (target.op, target.value, str(target)) == (op, None if value is None else Decimal(value), printed)


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_every_text_is_a_target(text: str) -> None:
    target = Target.parse(text)
    assert len(target.text) <= LONGEST
    assert target.text.encode().decode() == target.text
    assert Target.parse(target.text) == target


@pytest.mark.parametrize(
    ("printed", "actual", "is_met"),
    [
        ("≥60", "60", True),
        (">90", "90", False),
        ("100", "99.99", False),
        ("3以内", "3", True),
        ("<5", "5", False),
        ("持续增加", "9", None),
    ],
)
def test_an_actual_value_meets_the_target_or_not(printed: str, actual: str, is_met: bool | None) -> None:
    assert Target.parse(printed).is_met_by(Decimal(actual)) is is_met
