"""Finding, changing and taking in projects as a person does it at the desk."""

from pathlib import Path

import pytest

from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models.plan_draft import IndicatorDraft as Indicator
from laoxiao_desktop.models.plan_draft import PlanDraft, PlanFacts, ProjectDraft, TargetDraft
from laoxiao_desktop.models.query import Query, Sums
from laoxiao_desktop.workspace import history, lists, plans, projects
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import add_project, new_ledger, plan_of


def _names(ledger: Ledger, query: Query) -> list[object]:
    return [row[2] for row in projects.rows_of(ledger, projects.find(ledger, query).ids, ["name"])]


@pytest.fixture
def ledger(tmp_path: Path):  # type: ignore[no-untyped-def]
    with new_ledger(tmp_path) as opened:
        add_project(opened, "景洪市江北街道综合养老服务中心项目")
        add_project(
            opened, "勐海县托育R&D 100%中心", place="勐海县", county="532822", sector="托育", span="2021/2025",
            responsible_unit="勐海县卫生健康局",
        )  # fmt: skip
        add_project(
            opened, "勐腊县敬老院改造", place="勐腊县", county="532823", responsible_unit="勐腊县民政局、景洪市民政局",
            total_investment=65_670_000, central_request=None, content="改造床位50张，配套“一键”呼叫",
        )  # fmt: skip
        yield opened


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("jd", ["景洪市江北街道综合养老服务中心项目"]),
        ("jhs", ["景洪市江北街道综合养老服务中心项目", "勐腊县敬老院改造"]),
        ("JHSJB", ["景洪市江北街道综合养老服务中心项目"]),
        ("敬", ["勐腊县敬老院改造"]),
        ("敬老 改造", ["勐腊县敬老院改造"]),
        ("床位50", ["勐腊县敬老院改造"]),
        ("r&d", ["勐海县托育R&D 100%中心"]),
        ("100%", ["勐海县托育R&D 100%中心"]),
        ('"', []),
        ("-x", []),
        ("托育 改造", []),
        ("目景", []),  # the end of one field and the beginning of the next are no word
    ],
)
def test_search_finds_any_part_and_initials_and_takes_marks_literally(
    ledger: Ledger, search: str, found: list[str]
) -> None:
    assert sorted(map(str, _names(ledger, Query(search=search)))) == sorted(found)


def test_search_follows_an_edit_and_its_undo(ledger: Ledger) -> None:
    (uid,) = projects.uids_of(ledger, projects.find(ledger, Query(search="敬老院")).ids)
    projects.edit(ledger, uid, {"name": "勐腊县颐养院改造"})
    assert _names(ledger, Query(search="颐养")) == ["勐腊县颐养院改造"]
    assert _names(ledger, Query(search="敬老院")) == []
    history.undo(ledger)
    assert len(_names(ledger, Query(search="敬老院"))) == 1


def test_conditions_combine_and_units_count_one_by_one(ledger: Ledger) -> None:
    def of(*conditions: tuple[str, tuple[str, ...]]) -> int:
        return len(projects.find(ledger, Query(conditions=conditions)).ids)

    assert of(("sector", ("养老",))) == 2
    assert of(("sector", ("养老",)), ("county", ("532823", "532822"))) == 1
    assert of(("responsible_unit", ("景洪市民政局",))) == 2
    assert of(("responsible_unit", ("勐腊县民政局",))) == 1
    assert of(("year", ("2025",))) == 1
    assert of(("facility_type", ("",))) == 3
    assert projects.choices(ledger, "responsible_unit")[0] == ("景洪市民政局", "景洪市民政局", 2)
    assert [title for _, title, _ in projects.choices(ledger, "county")] == ["景洪市", "勐海县", "勐腊县"]


def test_groups_carry_their_sums_and_rows_without_a_value_stand_last(ledger: Ledger) -> None:
    found = projects.find(ledger, Query(group="county", order=(("central_request", True),)))
    assert [(group.title, group.sums.count) for group in found.groups] == [("景洪市", 1), ("勐海县", 1), ("勐腊县", 1)]
    assert found.sums == Sums(3, 785_670_000, 576_000_000)
    for descending in (True, False):
        assert _names(ledger, Query(order=(("central_request", descending),)))[-1] == "勐腊县敬老院改造"


def test_request_never_above_total_is_refused_but_a_published_slip_may_stay(ledger: Ledger) -> None:
    uid = add_project(ledger, "公布时就有错", central_request=400_000_000)
    projects.edit(ledger, uid, {"remark": "原样保留"})
    (other,) = projects.uids_of(ledger, projects.find(ledger, Query(search="江北")).ids)[:1]
    with pytest.raises(FieldError) as refused:
        projects.edit(ledger, other, {"central_request": 370_000_000})
    assert refused.value.field == "central_request"


def test_many_edited_at_once_are_one_change(ledger: Ledger) -> None:
    uids = projects.uids_of(ledger, projects.find(ledger, Query()).ids)
    change = projects.edit_many(ledger, uids, {"status": "在建"})
    assert change
    assert change.label == "3 个项目的“状态”改为 在建"
    history.undo(ledger)
    assert len(projects.find(ledger, Query(conditions=(("status", ("谋划",)),))).ids) == 3


def _draft() -> PlanDraft:
    return PlanDraft(
        PlanFacts("文山州“一老一小”整体解决方案", "文山州", issued_on="2022-11-07"),
        projects=(
            ProjectDraft(
                "养老", 1, "砚山县中心敬老院", list_title="重大项目清单", project_type="改扩建", period="2022年-2023年",
                place="砚山县", total_investment="65.67", central_request="见说明", unit_text="县、市民政局，按职责分工负责",
                responsible_units=("县、市民政局",), where={"total_investment": (449, 449)},
            ),
        ),
        indicators=(
            Indicator("养老", 1, "护理型床位占比", "%", {"2025": TargetDraft(">=", "55", "≥55")}, base_year=2020, base="12.3"),
            Indicator("养老", None, "护理型床位占比", "%", {"2025": TargetDraft(">=", "55", "55以上")}, source="prose", restates=1),
        ),
    )  # fmt: skip


def test_a_plan_is_taken_in_as_one_change_with_every_printed_value_kept(ledger: Ledger) -> None:
    plans.take_in(ledger, _draft())
    (uid,) = projects.uids_of(ledger, projects.find(ledger, Query(search="砚山")).ids)
    shown = projects.record(ledger, uid)
    assert shown
    assert shown.values["total_investment"] == 65_670_000
    assert shown.values["central_request"] is None  # not a number: only the published text is kept
    assert shown.published["central_request"]["text"] == "见说明"
    assert shown.published["total_investment"] == {"text": "65.67", "lines": [449, 449]}
    assert (shown.values["span"], shown.values["county"]) == ("2022/2023", "532622")
    table, prose = lists.indicators(ledger, plan=str(shown.values["plan"]))
    assert prose["restates"] == table["uid"]
    assert table["targets"] == {2025: "≥55"}
    with pytest.raises(UserError, match="已经在台账里"):
        plans.take_in(ledger, _draft())
    history.undo(ledger)
    assert len(plans.all_of(ledger)) == 1
    plans.take_in(ledger, _draft())
    assert len(plans.all_of(ledger)) == 2


def test_two_offices_that_take_in_the_same_plan_mean_the_same_rows(tmp_path: Path) -> None:
    uids = []
    for office in ("甲", "乙"):
        with new_ledger(tmp_path, office) as opened:
            plans.take_in(opened, _draft())
            uids.append(projects.uids_of(opened, projects.find(opened, Query(search="砚山")).ids))
    assert uids[0] == uids[1]


def test_a_copy_has_no_code_and_no_published_values(ledger: Ledger) -> None:
    uid = add_project(ledger, "原项目", project_code="2305-532801-04-01-123456")
    made = projects.duplicate(ledger, [uid]).created
    assert made
    copy = projects.record(ledger, made)
    assert copy
    assert (copy.values["name"], copy.values["project_code"], copy.published) == ("原项目（副本）", None, {})
    assert copy.values["plan"] == plan_of(ledger)
