"""Units are split as a careful reader splits them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoxiao_desktop.models.units import join_units, split_units


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("景洪市民政局", ("景洪市民政局",)),
        ("州、县、市民政局", ("州、县、市民政局",)),
        ("各县、市民政局", ("各县、市民政局",)),
        ("州、县、市人力资源社会保障局、民政局", ("州、县、市人力资源社会保障局", "州、县、市民政局")),
        ("州自然资源局、州住房城乡建设局、\n州民政局按职责分工负责", ("州自然资源局", "州住房城乡建设局", "州民政局")),
        ("州卫生健康委，县、市卫生健康局", ("州卫生健康委", "县、市卫生健康局")),
        (
            "州发展改革委、州残联、州妇联，各县（市）人民政府",
            ("州发展改革委", "州残联", "州妇联", "各县（市）人民政府"),
        ),
        ("市民政局、 市财政\n局；市民政局（按职责分工负责）", ("市民政局", "市财政局", "市民政局")),
        ("市财政局、市政府金融办、人民银行玉溪市中心支行", ("市财政局", "市政府金融办", "人民银行玉溪市中心支行")),
        ("各县（市、区）人民政府", ("各县（市、区）人民政府",)),
        ("州卫生健康委牵头，州发展改革委等部门配合", ("州卫生健康委", "州发展改革委")),
        ("按职责分工负责", ()),
        ("", ()),
    ],
)
def test_a_cell_gives_its_units(cell: str, units: tuple[str, ...]) -> None:
    assert split_units(cell) == units


@given(st.text("州县市各民政局卫生健康委、，；（）按职责分工负责 \n等村区a", max_size=40) | st.text(max_size=40))
def test_units_that_were_joined_split_the_same_way(cell: str) -> None:
    units = split_units(cell)
    assert split_units(join_units(units)) == units
