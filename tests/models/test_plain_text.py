"""Text enters the ledger clean: it can be stored, shown and compared."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.models.plain_text import compact, half_width, many_lines, one_line

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


@given(ANY_TEXT)
def test_no_control_character_or_lone_surrogate_enters(text: str) -> None:
    for cleaned in (one_line(text), many_lines(text), compact(text)):
        assert cleaned.encode().decode() == cleaned
        assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn") for char in cleaned.replace("\n", ""))


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert many_lines(many_lines(text)) == many_lines(text)
    assert len(half_width(text)) == len(text)


def test_lines_stay_lines_where_they_matter() -> None:
    assert many_lines("甲\r\n乙\x00\u200b\u202e丙\ud800  \n") == "甲\n乙丙"
    assert one_line("  甲\t\u3000乙\n丙 ") == "甲 乙 丙"
    assert compact("社区日间\n照料 中心") == "社区日间照料中心"
