"""What is typed into a field becomes its stored form or one sentence that says what to do."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.errors import FieldError
from laoxiao_desktop.models.dictionary import TABLES, Field, field_of
from laoxiao_desktop.models.fields import parse, show

TODAY = dt.date(2025, 1, 20)
TYPED_FIELDS = [field for fields in TABLES.values() for field in fields if field.kind not in ("json", "link")]
LIKELY = st.text("0123456789.-—/万元亿年月日张以上个≥%、，景洪市民政局新建养老\n\x00\u200b０１２", max_size=20)


@pytest.mark.parametrize(
    ("name", "typed", "stored", "shown"),
    [
        ("total_investment", "３６０万", 360_000_000, "360"),
        ("span", "2023年3月至2025年12月", "2023-03/2025-12", "2023.03—2025.12"),
        ("county", "峨山彝族自治县", "530426", "峨山县"),
        ("beds", "30张以上", "30+", "30以上"),
        ("responsible_unit", "景洪市民政局，景洪市财政局", "景洪市民政局、景洪市财政局", "景洪市民政局、景洪市财政局"),
        ("status", " 在建 ", "在建", "在建"),
        ("facility_type", "乡镇敬老院", "乡镇敬老院", "乡镇敬老院"),
        ("list_no", "12", 12, "12"),
        ("name", "甲\x00\n乙\ud800", "甲 乙", "甲 乙"),
        ("content", "甲\r\n乙", "甲\n乙", "甲\n乙"),
        ("remark", " \n ", None, ""),
        ("project_code", "230553280104011234" + "56", "2305-532801-04-01-123456", "2305-532801-04-01-123456"),
    ],
)
def test_a_project_field_is_parsed_and_shown(name: str, typed: str, stored: object, shown: str) -> None:
    field = field_of("project", name)
    assert parse(field, typed, TODAY) == stored
    assert show(field, stored) == shown


@pytest.mark.parametrize(
    ("table", "name", "typed", "sentence"),
    [
        ("project", "total_investment", "36o", "“36o”不是数字。可写 360、360万、3600000元。"),
        ("project", "name", "  ", "项目名称不能为空。请填写后再离开。"),
        ("project", "name", "字" * 201, "项目名称有 201 个字，最多 200 个。请缩短后再填。"),
        ("project", "status", "快了", "“快了”不在状态的选项里。可选：谋划、前期、在建、停工、完工、投用、决算、取消。"),
        ("project", "beds", "30.5", "“30.5”不是整数。床位按整张填写。"),
        ("project", "county", "大理市", "没有找到县市区“大理市”。请写县市区名称或 6 位代码，如 景洪市、532801。"),
        ("milestone", "weight", "101", "“101”太大。最大 100。"),
        ("milestone", "actual", "2月30日", "“2月30日”不是日历上的日子。可写 2023.6、2023年6月15日、6月。"),
        ("project", "published", "{}", "公布值不能直接填写。它由程序记录。"),
    ],
)
def test_what_does_not_fit_is_refused_in_plain_words(table: str, name: str, typed: str, sentence: str) -> None:
    with pytest.raises(FieldError) as refusal:
        parse(field_of(table, name), typed, TODAY)
    assert str(refusal.value) == sentence
    assert refusal.value.field == name


@given(st.sampled_from(TYPED_FIELDS), LIKELY | st.text(st.characters(exclude_categories=()), max_size=60))
def test_what_is_accepted_shows_and_reads_back(field: Field, text: str) -> None:
    try:
        stored = parse(field, text, TODAY)
    except FieldError as refusal:
        refusal.what.encode()
        return
    assert not isinstance(stored, float)
    if stored is None:
        assert show(field, stored) == ""
    else:
        assert parse(field, show(field, stored), TODAY) == stored
