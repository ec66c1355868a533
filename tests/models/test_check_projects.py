"""The check-up of projects: money, names, places, units, costs, contents, periods, codes, totals; no false alarms."""

import pytest

from laoxiao_desktop.models.check import check
from tests.models.check_plan import WAN, Values, codes, only, plan, project, published


def test_rows_that_keep_every_rule_are_not_mentioned() -> None:
    clean = [project(no) for no in range(4)]
    clean += [project(5, sector="托育", list_no=1, name="勐海县托育服务中心", content="新增托位60个。", total_investment=150, central_request=60, responsible_unit="勐海县卫生健康局")]  # fmt: skip
    assert check(plan(clean)) == []


def test_a_request_above_the_total_is_an_error_with_the_figures() -> None:
    finding = only(plan([project(1, total_investment=100, central_request=120)]), "request_over_total")
    assert finding.severity == "error"
    assert finding.figures == {"总投资": "100", "申请中央": "120", "占比": "120 %"}
    assert finding.suggestion == "≤ 80"
    assert "多 20 万元" in finding.message


@pytest.mark.parametrize(
    ("total", "request_", "is_told"),
    [(6000, 5000, True), (65.67, 52.54, False), (1429, 1144, False), (560, 450, True), (100, 80, False)],
)
def test_a_share_above_eighty_is_told_but_not_what_rounding_makes(total: float, request_: float, is_told: bool) -> None:
    row = project(1, total_investment=total, central_request=request_)  # type: ignore[arg-type]
    assert ("request_over_share" in codes(plan([row]))) is is_told


def test_the_odd_request_among_rows_of_the_same_content_is_proposed_theirs() -> None:
    rows = [project(1), project(2, central_request=360), project(3)]
    finding = only(plan(rows), "request_unlike_twin")
    assert (finding.subject.no, finding.suggested, finding.field_name) == (2, 384 * WAN, "central_request")
    assert [other.no for other in finding.others] == [1, 3]


def test_of_two_twins_the_usual_share_of_the_list_decides() -> None:
    big = "建设1个农村区域性养老服务中心，集提供社会化养老服务为一体，床位设置100张以上。"
    rows = [project(no) for no in (1, 2, 3)]
    rows += [project(no, content=big, total_investment=2000, central_request=request) for no, request in ((4, 360), (5, 1600))]  # fmt: skip
    finding = only(plan(rows), "request_unlike_twin")
    assert (finding.subject.no, finding.suggestion) == (4, "1600")
    assert finding.title == "申请中央占比明显低于同类"


def test_the_odd_total_among_rows_of_the_same_content_is_told() -> None:
    rows = [project(1), project(2, total_investment=600, central_request=480), project(3)]
    assert only(plan(rows), "investment_unlike_twin").subject.no == 2


def test_the_same_name_twice_is_one_finding_that_names_both() -> None:
    rows = [project(1, name="景洪东风金苹果音乐托幼中心"), project(2, name="景洪东风金苹果音乐托幼中心")]
    finding = only(plan(rows), "duplicate_name")
    assert [finding.subject.no, *[other.no for other in finding.others]] == [1, 2]


def test_another_township_in_the_place_is_proposed_that_of_the_name_and_names_its_neighbour() -> None:
    rows = [
        project(8, name="勐海县勐往乡农村区域性养老服务中心项目", place="勐海县勐往乡"),
        project(9, name="勐海县格朗和乡农村区域性养老服务中心项目", place="勐海县勐往乡"),
    ]
    finding = only(plan(rows), "place_unlike_name")
    assert (finding.subject.no, finding.suggested) == (9, "勐海县格朗和乡")
    assert "第 8 项" in finding.message


def test_a_place_without_county_is_completed_where_the_name_tells_it() -> None:
    rows = [
        project(
            1, name="景洪市博一诺托育中心", place="商业A区五栋三楼", county="532801", responsible_unit="景洪市民政局"
        ),
        project(2, name="三人行教育文化有限公司", place="嘎兰南路11号", county=None, responsible_unit="州民政局"),
        project(3, name="居家适老化改造项目", place="三县、市", county=None, responsible_unit="州民政局"),
    ]
    told = {f.subject.no: f.suggested for f in check(plan(rows)) if f.code == "place_without_county"}
    assert told == {1: "景洪市商业A区五栋三楼", 2: None}


def test_a_county_that_is_not_the_place_and_a_unit_of_another_county_are_told() -> None:
    found = codes(plan([project(1, county="532801", responsible_unit="勐腊县民政局")]))
    assert {"county_unlike_place", "unit_unlike_county"} <= found


@pytest.mark.parametrize(
    ("unit", "proposed"),
    [("勐海民政局", "勐海县民政局"), ("勐海县民政局", None), ("勐海智慧之星托育中心", None)],
)
def test_a_unit_without_its_county_word_is_proposed_in_full_but_a_firm_is_not(unit: str, proposed: str | None) -> None:
    found = [f for f in check(plan([project(1), project(2, responsible_unit=unit)])) if f.code == "unit_variant"]
    assert [f.suggested for f in found] == ([proposed] if proposed else [])


@pytest.mark.parametrize(
    ("unit", "meant"),
    [
        ("勐海县民正局", "勐海县民政局"),
        ("州卫生建康委", "州卫生健康委"),
        ("勐海县人力资源社保障局", "勐海县人力资源社会保障局"),
        ("州财政局", None),
        ("州审计局", None),
        ("勐海县水务局", None),
        ("州供销合作社", None),
        ("西双版纳银保监分局", None),
    ],
)
def test_an_office_that_does_not_exist_is_proposed_the_one_that_was_meant(unit: str, meant: str | None) -> None:
    row = project(1, responsible_unit=unit)
    found = [f.suggested for f in check(plan([row])) if f.code == "unit_unknown"]
    assert found == ([meant] if meant else [])


def test_a_unit_that_is_a_street_is_proposed_its_office() -> None:
    row = project(1, place="景洪市嘎洒街道", name="养老服务中心", county="532801", responsible_unit="景洪市嘎洒街道")
    finding = only(plan([row]), "unit_is_place")
    assert (finding.severity, finding.suggested) == ("warning", "景洪市嘎洒街道办事处")


def test_a_name_that_leaves_out_part_of_its_unit_is_mended() -> None:
    row = project(1, name="西双版纳州保健院托育服务示范中心", responsible_unit="西双版纳州妇幼保健院")
    assert only(plan([row]), "name_unlike_unit").suggested == "西双版纳州妇幼保健院托育服务示范中心"


def test_a_bed_that_costs_far_from_the_others_is_told_and_a_slipped_point_is_proposed() -> None:
    rows = [project(no) for no in (1, 2, 3, 4)]
    rows.append(project(5, content="养老公寓一栋，设床位30张。", total_investment=4800, central_request=300))
    finding = only(plan(rows), "cost_beds")
    assert (finding.subject.no, finding.suggested) == (5, 480 * WAN)
    assert finding.figures["每床"] == "160.00 万元"


def test_few_rows_are_no_measure_for_a_cost() -> None:
    rows = [project(1), project(2, content="养老公寓一栋，设床位30张。", total_investment=4800, central_request=300)]
    assert "cost_beds" not in codes(plan(rows))


def test_content_copied_into_a_row_it_does_not_fit_is_an_error() -> None:
    content = "建设农村特困失能、残疾老年人专业照护中心，满足需求。"
    rows = [
        project(13, name="新平县社区居家养老服务网络建设", content=content, facility_type="社区居家养老服务"),
        project(14, name="易门公办养老综合服务中心项目", content=content, facility_type="公办养老服务机构"),
    ]
    assert only(plan(rows), "content_copied").subject.no == 13


def test_a_renewal_called_new_is_told_and_a_new_building_is_not() -> None:
    renewal = project(1, name="西双版纳州居家适老化改造项目", content="对1000户老年人家庭实施居家适老化改造。")
    assert only(plan([renewal]), "kind_unlike_content").suggested == "改建"
    assert "kind_unlike_content" not in codes(plan([project(2)]))


@pytest.mark.parametrize(
    ("slip", "mended"),
    [
        ("嘎洒敬老院新建新建一幢，设床位30张。", "嘎洒敬老院新建一幢，设床位30张。"),
        ("设午休教室、、卫生间，床位30张。", "设午休教室、卫生间，床位30张。"),
        ("整改扩建450平方，设床位30张。", "整改扩建450平方米，设床位30张。"),
        ("设床位30张，研究研究。", None),
        ("扩建450平方米，设床位30张。", None),
    ],
)
def test_slips_of_the_pen_are_mended_and_sound_text_is_left(slip: str, mended: str | None) -> None:
    found = [f.suggested for f in check(plan([project(1, content=slip)])) if f.code == "text_slip"]
    assert found == ([mended] if mended else [])


def test_rows_without_a_quantity_are_gathered_into_one_note() -> None:
    rows = [project(1, content="建设老年活动室、餐厅等。"), project(2, content="建设养老中心一座。"), project(3)]
    finding = only(plan(rows), "quantity_missing")
    assert finding.severity == "note"
    assert "第 1、2 项" in finding.message


def test_periods_before_the_issue_after_the_plan_over_and_reversed() -> None:
    rows = [project(1, span="2021/2025"), project(2, span="2022/2027"), project(3, span="2021/2022")]
    found = {f.code: f for f in check(plan(rows)) if f.code.startswith("span")}
    assert set(found) == {"span_before_issue", "span_after_plan", "span_over"}
    assert found["span_before_issue"].severity == "note"
    assert found["span_after_plan"].subject.no == 2
    assert "span_over" not in codes(plan([project(1, span="2021/2023")]))


def test_a_reversed_period_is_an_error_that_proposes_the_other_way_round() -> None:
    assert only(plan([project(1, span="2025/2023")]), "span_reversed").suggested == "2023/2025"


def test_a_code_with_a_wrong_check_digit_is_a_warning_and_no_code_is_nothing() -> None:
    assert only(plan([project(1, project_code="2305-532822-04-01-123456")]), "project_code").severity == "warning"
    assert "project_code" not in codes(plan([project(1)]))


def test_a_printed_total_that_is_not_the_sum_is_an_error_with_the_difference() -> None:
    rows = [published(project(no), "total_investment", "central_request") for no in (1, 2)]
    total: Values = {"uid": "t", "label": "合计", "scope": "养老", "row_count": 2, "total_investment": 970 * WAN, "central_request": 768 * WAN}  # fmt: skip
    finding = only(plan(rows, totals=[total]), "total_total_investment")
    assert finding.figures == {"公布合计": "970", "各项之和": "960", "相差": "10"}
    assert codes(plan(rows, totals=[{**total, "total_investment": 960 * WAN}])) == set()


def test_what_a_person_corrected_is_no_slip_of_the_printed_total() -> None:
    row = published(project(1), "total_investment", "central_request")
    total: Values = {"uid": "t", "label": "合计", "scope": "养老", "row_count": 1, "total_investment": 480 * WAN, "central_request": None}  # fmt: skip
    assert codes(plan([{**row, "total_investment": 500 * WAN}], totals=[total])) == set()


def test_a_key_holds_while_its_cause_does_and_changes_with_it() -> None:
    def key(**values: int) -> str:
        return only(plan([project(1, total_investment=100, **values)]), "request_over_share").key

    assert key(central_request=90) == key(central_request=90)
    assert key(central_request=90) != key(central_request=95)


def test_what_misses_everything_is_noted_and_never_an_error() -> None:
    bare = dict.fromkeys(project(1), None) | {"uid": "p", "name": "某项目", "sector": "养老"}
    assert {finding.severity for finding in check(plan([bare]))} == {"note"}
