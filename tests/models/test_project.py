"""The fields of a project keep the rules together."""

import pytest

from laoxiao_desktop.models.project import Stored, check

WAN = 1_000_000
BASE: dict[str, Stored] = {
    "name": "景洪市江北街道综合养老服务中心项目",
    "total_investment": 360 * WAN,
    "central_request": 288 * WAN,
    "span": "2022/2023",
    "county": "532801",
    "place": "景洪市江北街道",
    "responsible_unit": "景洪市民政局",
    "beds": "30+",
}


def messages(**changes: Stored) -> list[tuple[str, str, str]]:
    return [(problem.field, problem.severity, problem.message) for problem in check({**BASE, **changes})]


def test_a_sound_project_has_no_problems() -> None:
    assert messages() == []
    assert check({"name": "只有名称"}) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": None}, ("name", "error", "项目名称还没有填写。")),
        ({"central_request": 361 * WAN}, ("central_request", "error", "申请中央资金高于总投资 1 万元。")),
        (
            {"total_investment": 6000 * WAN, "central_request": 5000 * WAN},
            ("central_request", "warning", "申请中央资金占总投资 83.33%，超过 80%（4800 万元）。"),
        ),
        ({"total_investment": 0}, ("total_investment", "error", "总投资应当大于零。")),
        ({"beds": "20", "nursing_beds": "30+"}, ("nursing_beds", "error", "护理型床位 30 张，多于床位 20 张。")),
        ({"beds": "许多"}, ("beds", "error", "“许多”不是数量。")),
        ({"span": "2025/2023"}, ("span", "error", "建设期限起始“2025”晚于结束“2023”。")),
        ({"county": "532822"}, ("place", "warning", "建设地点在景洪市，县市区填的是勐海县。")),
        (
            {"responsible_unit": "勐腊民政局"},
            ("responsible_unit", "warning", "责任单位“勐腊民政局”属勐腊县，项目在景洪市。"),
        ),
        (
            {
                "name": "勐海县格朗和乡农村区域性养老服务中心项目",
                "place": "勐海县勐往乡",
                "county": "532822",
                "responsible_unit": "勐海县民政局",
            },
            ("place", "warning", "项目名称写的是格朗和乡，建设地点写的是勐往乡。"),
        ),
        (
            {"facility_type": "普惠托育", "places": "80", "central_request": 90 * WAN},
            ("central_request", "warning", "普惠托育每个新增托位申请 1.13 万元，超过 1 万元。"),
        ),
        ({"project_code": "12"}, ("project_code", "warning", "不是 24 位项目代码，请核对；旧代码可以保留。")),
    ],
)
def test_a_broken_rule_is_told(changes: dict[str, Stored], problem: tuple[str, str, str]) -> None:
    assert problem in messages(**changes)
    assert len(messages(**changes)) == 1


def test_a_request_rounded_up_to_the_printed_digit_is_not_above_the_usual_share() -> None:
    assert messages(total_investment=65_670_000, central_request=52_540_000) == []
