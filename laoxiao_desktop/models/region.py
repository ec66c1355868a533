"""Regions: the five prefectures and their 36 counties (GB/T 2260), found in places, names and units."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from laoxiao_desktop.models.plain_text import compact


@dataclass(frozen=True, slots=True)
class Region:
    """A prefecture or county. A local area without a national code has a letter in its code."""

    code: str
    name: str
    short_name: str
    level: Literal["州市", "县市区"]
    parent: str
    former_names: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """An area that GB/T 2260 does not list (义龙新区)."""
        return not self.code.isdigit()

    @property
    def stem(self) -> str:
        """The name without 县, 市, 区: 峨山 of 峨山县."""
        return re.sub(r"(?:新区|[县市区州])$", "", self.short_name)


def _prefecture(code: str, name: str, short_name: str) -> Region:
    return Region(code, name, short_name, "州市", f"{code[:2]}0000")


def _county(code: str, name: str, short_name: str = "", *former_names: str) -> Region:
    return Region(code, name, short_name or name, "县市区", f"{code[:4]}00", former_names)


REGIONS: Final = (
    _prefecture("532800", "西双版纳傣族自治州", "西双版纳州"),
    _county("532801", "景洪市"),
    _county("532822", "勐海县"),
    _county("532823", "勐腊县"),
    _prefecture("530400", "玉溪市", "玉溪市"),
    _county("530402", "红塔区"),
    _county("530403", "江川区", "", "江川县"),
    _county("530423", "通海县"),
    _county("530424", "华宁县"),
    _county("530425", "易门县"),
    _county("530426", "峨山彝族自治县", "峨山县"),
    _county("530427", "新平彝族傣族自治县", "新平县"),
    _county("530428", "元江哈尼族彝族傣族自治县", "元江县"),
    _county("530481", "澄江市", "", "澄江县"),
    _prefecture("532600", "文山壮族苗族自治州", "文山州"),
    _county("532601", "文山市", "", "文山县"),
    _county("532622", "砚山县"),
    _county("532623", "西畴县"),
    _county("532624", "麻栗坡县"),
    _county("532625", "马关县"),
    _county("532626", "丘北县", "", "邱北县"),
    _county("532627", "广南县"),
    _county("532628", "富宁县"),
    _prefecture("530900", "临沧市", "临沧市"),
    _county("530902", "临翔区"),
    _county("530921", "凤庆县"),
    _county("530922", "云县"),
    _county("530923", "永德县"),
    _county("530924", "镇康县"),
    _county("530925", "双江拉祜族佤族布朗族傣族自治县", "双江县"),
    _county("530926", "耿马傣族佤族自治县", "耿马县"),
    _county("530927", "沧源佤族自治县", "沧源县"),
    _prefecture("522300", "黔西南布依族苗族自治州", "黔西南州"),
    _county("522301", "兴义市"),
    _county("522302", "兴仁市", "", "兴仁县"),
    _county("522323", "普安县"),
    _county("522324", "晴隆县"),
    _county("522325", "贞丰县"),
    _county("522326", "望谟县"),
    _county("522327", "册亨县"),
    _county("522328", "安龙县"),
    _county("5223YL", "义龙新区"),
)
PREFECTURES: Final = tuple(region for region in REGIONS if region.level == "州市")
COUNTIES: Final = tuple(region for region in REGIONS if region.level == "县市区")

# A county's stem also names streets and squares anywhere: 景洪路, 红塔大道.
_STREET: Final = r"(?![东西南北中]?(?:路|街|大道|大街|巷|广场|大厦|小区))"


def find_region(code: str) -> Region | None:
    """The region with this code."""
    return next((region for region in REGIONS if region.code == code), None)


def name_of(code: str | None) -> str:
    """Full official name; an unknown code is its own name, an absent one is empty."""
    region = find_region(code) if code else None
    return region.name if region else code or ""


def short_name_of(code: str | None) -> str:
    """The name documents use (峨山县); an unknown code is its own name, an absent one is empty."""
    region = find_region(code) if code else None
    return region.short_name if region else code or ""


def prefecture_of(text: str) -> Region | None:
    """The prefecture named by a code, a full or short name, or named somewhere in a text."""
    if len(text) == 6 and text[:4].isdigit():
        return next((region for region in PREFECTURES if region.code[:4] == text[:4]), None)
    words = compact(text)
    named = (region for region in PREFECTURES if region.name in words or region.stem in words)
    return next(named, None)


def counties_of(prefecture: str | None) -> tuple[Region, ...]:
    """The counties of a prefecture given by name or code; all counties for None or an unknown prefecture."""
    region = prefecture_of(prefecture) if prefecture else None
    return tuple(county for county in COUNTIES if region is None or county.parent == region.code)


@lru_cache(maxsize=4096)  # asked again for the same places and units at every edit and check-up
def find_county(text: str, prefecture: str | None = None) -> str | None:
    """The code of the one county that a place, project name or unit speaks of; None for none or several.

    A name with 县/市/区 counts before a bare stem (勐腊民政局); the name of the prefecture itself never counts
    (文山州 is not 文山市). A county's own code is accepted.
    """
    words = compact(text)
    counties = counties_of(prefecture)
    if any(county.code == words for county in counties):
        return words
    for region in PREFECTURES:
        for name in (region.name, region.short_name, f"{region.stem}自治州"):
            words = words.replace(name, "／")
    for mentions in (_named, _stems):
        found = {county.code for county in counties if any(re.search(m, words) for m in mentions(county))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _named(county: Region) -> Iterator[str]:
    for name in (county.name, county.short_name, *county.former_names):
        # 云县 is also the end of other names (祥云县), so a two-character name must begin a word.
        yield rf"(?<![㐀-鿿]){name}" if len(name) == 2 else name


def _stems(county: Region) -> Iterator[str]:
    if len(county.stem) >= 2 and all(county.stem != prefecture.stem for prefecture in PREFECTURES):
        yield county.stem + _STREET
