"""Capacities are exact, open or ranges; prose gives proposals with the words they stand in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.capacity import Capacity, read_capacities

NUMBERS = st.decimals(0, 10**9, places=2).map(lambda number: Decimal(format(number, "f")))


@st.composite
def capacities(draw: st.DrawFn) -> Capacity:
    low, high = draw(NUMBERS), draw(st.none() | NUMBERS)
    return Capacity(low, None) if high is None else Capacity(min(low, high), max(low, high))


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("30", "30", "30张"),
        ("30张以上", "30+", "30张以上"),
        ("≥30", "30+", "30张以上"),
        ("５－１０张", "5-10", "5—10张"),
        ("5090.75平方米", "5090.75", "5090.75张"),
        ("1,200", "1200", "1200张"),
        ("不超过10", "0-10", "10张以内"),
    ],
)
def test_a_typed_capacity_is_kept_and_shown(typed: str, stored: str, shown: str) -> None:
    capacity = Capacity.parse(typed)
    assert (capacity.stored, capacity.show("张")) == (stored, shown)


@pytest.mark.parametrize("typed", ["", "三十", "10-5", "-3", "30以上以下", "≥5-10", "9" * 12, "1.23456"])
def test_what_is_no_capacity_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        Capacity.parse(typed)


@given(capacities())
def test_stored_and_shown_forms_read_back(capacity: Capacity) -> None:
    assert Capacity.from_stored(capacity.stored) == capacity
    assert Capacity.parse(capacity.show("张")) == Capacity.parse(capacity.stored) == capacity


@pytest.mark.parametrize(
    ("content", "proposals"),
    [
        (
            "建设1个街道综合养老服务中心，集提供日间照料等服务为一体的综合服务设施，床位设置30张以上。",
            {"beds": ("30+", "床位设置30张以上")},
        ),
        (
            "建设25个城乡社区日间照料中心，集提供助餐等服务为一体的综合服务设施，每个中心床位设置5-10张。",
            {
                "beds": ("125-250", "建设25个城乡社区日间照料中心；每个中心床位设置5-10张"),
                "sites": ("25", "建设25个城乡社区日间照料中心"),
            },
        ),
        ("集提供助餐等服务为一体，每个中心床位设置5-10张。", {}),
        ("室内改造、前台、新增托位80个。", {"places": ("80", "新增托位80个")}),
        ("更换添置小床、新增80个托位。", {"places": ("80", "新增80个托位")}),
        ("新增托位翻新改造，增加150个以上的托位数。", {"places": ("150+", "增加150个以上的托位数")}),
        ("原面积460平方米，装修功能室、新增托80个。", {"places": ("80", "新增托80个")}),
        (
            "整改扩建450平方，感统教室、新增托位50个。",
            {"floor_area_m2": ("450", "整改扩建450平方"), "places": ("50", "新增托位50个")},
        ),
        (
            "对1000户符合条件的老年人家庭实施居家适老化改造。",
            {"households": ("1000", "对1000户符合条件的老年人家庭实施居家适老化改造")},
        ),
        (
            "嘎洒敬老院新建一幢一层餐厅，建筑面积为97.98平方米。勐养敬老院新建一幢一层食堂，建筑面积为182.87平\n方米，普文敬老院新建一幢一层食堂，建筑面积为89.29平方米。",
            {"floor_area_m2": ("370.14", "建筑面积为97.98平方米；建筑面积为182.87平方米；建筑面积为89.29平方米")},
        ),
        (
            "新建23个居家养老服务中心，设置养老床位共计400张；改造3座为老服务站，设置老年人日间休息床位30张；改造2座敬老院，设置养老床位58张。",
            {
                "beds": ("488", "设置养老床位共计400张；设置老年人日间休息床位30张；设置养老床位58张"),
                "sites": ("28", "新建23个居家养老服务中心；改造3座为老服务站；改造2座敬老院"),
            },
        ),
        (
            "建筑面积5090.75平方米，设置床位118张。",
            {"floor_area_m2": ("5090.75", "建筑面积5090.75平方米"), "beds": ("118", "设置床位118张")},
        ),
        ("设床位数300床。", {"beds": ("300", "设床位数300床")}),
        ("床位100张（其中护理型80张）", {"beds": ("100", "床位100张"), "nursing_beds": ("80", "其中护理型80张")}),
        (
            "托育服务用房1200平方米以及周边室外附属工程",
            {"floor_area_m2": ("1200", "托育服务用房1200平方米以及周边室外附属工程")},
        ),
        ("占地2000平方米，原有床位50张，每千名老年人拥有养老床位35张，每年支持200户，电梯2部、活动室6间。", {}),
        ("一期床位100张，二期床位200张，共计床位300张", {"beds": ("300", "共计床位300张")}),
        ("总用地20亩，新建普惠托位60个", {"inclusive_places": ("60", "新建普惠托位60个")}),
    ],
)
def test_prose_is_read_carefully(content: str, proposals: dict[str, tuple[str, str]]) -> None:
    read = {field: (capacity.stored, quote) for field, (capacity, quote) in read_capacities(content).items()}
    assert read == proposals


@given(st.text("每个中心床位设置5-10张建25，。、新增托户平方米以上0123456789不超过总计\n", max_size=60))
def test_any_prose_gives_valid_proposals_that_quote_it(content: str) -> None:
    for _, quote in read_capacities(content).values():
        assert all(part in "".join(content.split()) for part in quote.split("；"))
