"""The counties of the five prefectures are found by their names, short names and stems."""

from collections import Counter

import pytest

from laoxiao_desktop.models.region import (
    COUNTIES,
    REGIONS,
    counties_of,
    find_county,
    name_of,
    prefecture_of,
    short_name_of,
)


def test_there_are_thirty_six_counties_and_one_local_area() -> None:
    official = [county for county in COUNTIES if not county.is_local]
    assert Counter(county.code[:4] for county in official) == {"5328": 3, "5304": 9, "5326": 8, "5309": 8, "5223": 8}
    assert [county.name for county in COUNTIES if county.is_local] == ["义龙新区"]
    assert len({region.code for region in REGIONS}) == len({region.name for region in REGIONS}) == 42


@pytest.mark.parametrize("county", COUNTIES, ids=lambda county: county.code)
def test_every_county_is_found_by_code_and_names(county: object) -> None:
    region = next(region for region in COUNTIES if region is county)
    prefecture = name_of(region.parent)
    for text in (
        region.code,
        region.name,
        region.short_name,
        f"{prefecture}{region.name}某街道",
        f"{region.short_name}民政局",
    ):
        assert find_county(text) == region.code, text
        assert find_county(text, prefecture) == region.code, text


@pytest.mark.parametrize(
    ("text", "prefecture", "code"),
    [
        ("云南省西双版纳傣族自治州景洪市民航路66号", None, "532801"),
        ("勐腊民政局", "西双版纳州", "532823"),
        ("玉溪市峨山老年养护院建设项目", "玉溪市", "530426"),
        ("峨山县", None, "530426"),
        ("景洪东风金苹果音乐托幼中心", None, "532801"),
        ("文山州", "文山州", None),
        ("文山州民政局", None, None),
        ("文山州文山市", "文山州", "532601"),
        ("祥云县", None, None),
        ("三县、市", "西双版纳州", None),
        ("景洪市、勐海县", None, None),
        ("红塔大道5号", "玉溪市", None),
        ("红塔区人民政府", "文山州", None),
        ("澄江县", None, "530481"),
        ("嘎兰南路11号", "西双版纳州", None),
    ],
)
def test_a_county_is_found_in_a_place_or_unit(text: str, prefecture: str | None, code: str | None) -> None:
    assert find_county(text, prefecture) == code


def test_names_and_lists() -> None:
    assert name_of("530426") == "峨山彝族自治县"
    assert short_name_of("530426") == "峨山县"
    assert name_of(None) == short_name_of("") == ""
    assert len(counties_of("玉溪市")) == len(counties_of("530400")) == 9
    region = prefecture_of("云南省文山壮族苗族自治州")
    assert region is not None
    assert region.short_name == "文山州"
