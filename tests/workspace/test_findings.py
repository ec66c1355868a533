"""The check-up of a ledger: what it finds in the bundled plans, and what a person decides about it."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.exchange import bundled
from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.workspace import findings, findings_beside, history, plans, projects
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import CLERK

WAN = 1_000_000
# what a careful reader found in the published plans, and a rule finds again
EXPECTED = (
    ("西双版纳", "request_unlike_twin", "养老 8", "384"),
    ("西双版纳", "request_unlike_twin", "养老 10", "1600"),
    ("西双版纳", "place_unlike_name", "养老 9", "勐海县格朗和乡"),
    ("西双版纳", "unit_variant", "养老 17", "勐腊县民政局"),
    ("西双版纳", "unit_is_place", "养老 2", "景洪市嘎洒街道办事处"),
    ("西双版纳", "unit_is_place", "养老 3", "景洪市曼弄枫街道办事处"),
    ("西双版纳", "investment_unlike_twin", "养老 2", "360"),
    ("西双版纳", "cost_spread", "养老 12", ""),
    ("西双版纳", "kind_unlike_content", "养老 18", "改建"),
    ("西双版纳", "text_slip", "养老 19", "改正笔误"),
    ("西双版纳", "name_variant", "养老 12", "农村区域性养老服务中心项目"),
    ("西双版纳", "duplicate_name", "托育 10", ""),
    ("西双版纳", "request_over_share", "托育 13", "≤ 4800"),
    ("西双版纳", "cost_floor_area_m2", "托育 13", ""),
    ("西双版纳", "name_unlike_unit", "托育 13", "西双版纳州妇幼保健院托育服务示范中心"),
    ("西双版纳", "request_per_place", "托育 3", "150"),
    ("西双版纳", "request_per_place", "托育 5", "80"),
    ("西双版纳", "place_without_county", "托育 6", "景洪市鹰格大厦二楼"),
    ("西双版纳", "unit_is_operator", "托育 1", ""),
    ("西双版纳", "county_uncovered", "全方案", ""),
    ("西双版纳", "share_contradiction", "正文指标", "60 %"),
    ("西双版纳", "yearly_sum", "正文指标", ""),
    ("西双版纳", "county_below_each", "正文指标", ""),
    ("西双版纳", "group_name", "要素 1", "西双版纳州“一老一小”整体解决工作领导小组"),
    ("西双版纳", "unit_twice", "政策 10", "删去重复的州财政局"),
    ("西双版纳", "unit_variant", "政策 6", "州市场监管局"),
    ("西双版纳", "level_word", "政策 8", "全州"),
    ("西双版纳", "unit_without_seat", "全方案", ""),
    ("文山", "annex_missing", "附件 1", ""),
    ("文山", "growth", "养老指标 6", "17844"),
    ("文山", "coverage_contradiction", "养老指标 4", ""),
    ("文山", "target_below_base", "养老指标 13", ""),
    ("文山", "target_in_words", "养老指标 14", ""),
    ("玉溪", "content_copied", "养老 13", "同第 14 项"),
    ("玉溪", "cost_beds", "养老 5", "198 张"),
    ("玉溪", "cost_places", "托育 47", "658.2"),
    ("临沧", "annex_missing", "附件", ""),
    ("黔西南", "goal_name", "年度目标", "每千人口拥有3岁以下婴幼儿托位数"),
)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("findings") / "五个方案.laoxiao"
    plans.start_demo(path, bundled.plans(), CLERK).close()
    return path


@pytest.fixture(scope="module")
def found_in_all(untouched: Path) -> list[Finding]:
    with ledgers.open(untouched, CLERK, read_only=True) as opened:
        return findings.check(opened)


@pytest.fixture
def ledger(untouched: Path, tmp_path: Path) -> Iterator[Ledger]:
    with ledgers.open(Path(shutil.copy(untouched, tmp_path / "校核.laoxiao")), CLERK) as opened:
        yield opened


def one(ledger: Ledger, code: str, no: int) -> Finding:
    """The finding of a rule about a number."""
    (found,) = [f for f in findings.check(ledger) if f.code == code and f.subject.no == no]
    return found


def keys(ledger: Ledger) -> set[str]:
    """All that is found now."""
    return {finding.key for finding in findings.check(ledger)}


@pytest.mark.parametrize(("region", "code", "where", "suggestion"), EXPECTED)
def test_a_slip_of_the_published_plans_is_found(
    found_in_all: list[Finding], region: str, code: str, where: str, suggestion: str
) -> None:
    found = [f for f in found_in_all if f.plan_title.startswith(region) and (f.code, f.where) == (code, where)]
    assert suggestion in [finding.suggestion for finding in found]


def test_few_alarms_and_none_about_what_is_right(ledger: Ledger) -> None:
    found = findings.check(ledger)
    counted = Counter(finding.severity for finding in found)
    assert counted == {"error": 10, "warning": 25, "note": 57}
    codes = {(finding.plan_title[:2], finding.code) for finding in found}
    assert not {code for _, code in codes if code.startswith(("total_", "goal_sum", "table_unlike"))}
    assert not [
        f for f in found if f.code == "request_over_share" and f.subject.no == 21 and f.plan_title[:2] == "西双"
    ]


def test_one_plan_alone_gives_the_same_findings_as_in_the_whole_ledger(ledger: Ledger) -> None:
    whole = findings.check(ledger)
    for plan in plans.all_of(ledger):
        alone = findings.check(ledger, plan.uid)
        assert alone == [finding for finding in whole if finding.plan == plan.uid]


def test_keys_are_all_different(ledger: Ledger) -> None:
    assert len(keys(ledger)) == len(findings.check(ledger))


def test_an_accepted_finding_stays_accepted_until_its_cause_changes(ledger: Ledger) -> None:
    finding = one(ledger, "request_over_share", 13)
    findings.decide(ledger, finding, reason="州财政局批复文件核实")
    other = one(ledger, "request_unlike_twin", 10).subject.uid
    projects.edit(ledger, str(other), {"remark": "核对过"})
    decided = findings.decisions(ledger)
    assert decided[finding.key].reason == "州财政局批复文件核实"
    assert findings.is_decided(finding, decided)
    projects.edit(ledger, str(finding.subject.uid), {"central_request": 5500 * WAN})
    fresh = one(ledger, "request_over_share", 13)
    assert not findings.is_decided(fresh, decided)


def test_a_published_value_is_kept_with_a_reason_only(ledger: Ledger) -> None:
    finding = one(ledger, "request_over_share", 13)
    with pytest.raises(UserError, match="还没有写依据"):
        findings.decide(ledger, finding, reason="  ")
    assert findings.decisions(ledger) == {}


def test_a_decision_can_be_taken_back_and_undone(ledger: Ledger) -> None:
    finding = one(ledger, "place_unlike_name", 9)
    findings.decide(ledger, finding, reason="核实无误")
    findings.reopen(ledger, finding.key)
    assert findings.decisions(ledger) == {}
    history.undo(ledger)
    assert findings.decisions(ledger)[finding.key].decision == "已核实"
    history.undo(ledger)
    assert findings.decisions(ledger) == {}
    assert findings.reopen(ledger, "没有这一条") is None


def test_a_correction_keeps_the_published_value_and_tells_why_in_one_change(ledger: Ledger) -> None:
    finding = one(ledger, "request_unlike_twin", 10)
    change = findings.correct(ledger, finding, finding.suggested, "州民政局 6月12日来电")
    assert change is not None
    assert change.label == "更正“申请中央资金”为 1600"
    record = projects.record(ledger, str(finding.subject.uid))
    assert record is not None
    assert record.values["central_request"] == 1600 * WAN
    assert record.published["central_request"]["text"] == "360"
    line = history.of_row(ledger, "project", str(finding.subject.uid))[0]
    assert (line.field, line.old, line.new, line.reason) == (
        "central_request", 360 * WAN, 1600 * WAN, "州民政局 6月12日来电",
    )  # fmt: skip
    assert finding.key not in keys(ledger)
    assert findings.decisions(ledger)[finding.key].decision == "已更正"
    history.undo(ledger)
    assert finding in findings.check(ledger)
    assert not findings.is_decided(finding, findings.decisions(ledger))


def test_a_correction_that_breaks_a_rule_is_refused_and_nothing_is_written(ledger: Ledger) -> None:
    finding = one(ledger, "request_unlike_twin", 10)
    before = ledger.head()
    with pytest.raises(FieldError):
        findings.correct(ledger, finding, 3000 * WAN, "笔误")
    assert ledger.head() == before


def test_a_list_item_is_corrected_too_and_a_finding_without_a_field_says_so(ledger: Ledger) -> None:
    finding = one(ledger, "unit_twice", 10)
    findings.correct(ledger, finding, finding.suggested, "")
    assert finding.key not in keys(ledger)
    (whole,) = [f for f in findings.check(ledger) if f.code == "county_uncovered"]
    with pytest.raises(UserError, match="不是某个字段"):
        findings.correct(ledger, whole, "x", "y")


def test_the_same_value_again_writes_nothing(ledger: Ledger) -> None:
    finding = one(ledger, "request_unlike_twin", 10)
    assert findings.correct(ledger, finding, 360 * WAN, "不变") is None
    assert findings.decisions(ledger) == {}


def test_every_proposal_mends_its_finding(ledger: Ledger) -> None:
    for finding in findings.check(ledger):
        if finding.suggested is None:
            continue
        assert findings.correct(ledger, finding, finding.suggested, "") is not None, finding.message
        assert finding.key not in keys(ledger), finding.message
        history.undo(ledger)


def test_a_finding_is_shown_with_its_neighbours_as_published(ledger: Ledger) -> None:
    told = findings_beside.beside(ledger, one(ledger, "place_unlike_name", 9))
    assert [(each.number, each.text, each.is_in_question) for each in told] == [
        ("8", "勐海县勐往乡", False),
        ("9", "勐海县勐往乡", True),
    ]
    told = findings_beside.beside(ledger, one(ledger, "request_over_share", 13))
    assert [(each.number, each.text) for each in told] == [("12", "100 / 20"), ("13", "6000 / 5000")]
    assert findings_beside.beside(ledger, one(ledger, "growth", 6))[0].text == "10144 → 17850"
