"""Reading a list in: the right rows are found, nothing is doubled, nothing a person wrote is lost, one undo takes it back."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.imports import ComparedRow, Comparison, State
from laoxiao_desktop.models.plan_draft import (
    IndicatorDraft,
    PlanDraft,
    PlanFacts,
    ProjectDraft,
    TargetDraft,
    TotalDraft,
)
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.workspace import history, imports, lists, plans, projects
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import CLERK

FACTS = PlanFacts(title="西双版纳州“一老一小”整体解决方案", region="西双版纳州", issued_on="2023-05-30")
TWIN = "景洪东风金苹果音乐托幼中心"


def project(number: int | None, name: str, total: str = "360", request: str = "288", **parts: object) -> ProjectDraft:
    """One row of a list, as printed."""
    row = ProjectDraft(
        sector="养老", list_no=number, name=name, list_title="养老重大项目清单", project_type="新建", period="2022年-2023年",
        start="2022", end="2023", place=name[:7], total_investment=total, central_request=request,
        unit_text="景洪市民政局", responsible_units=("景洪市民政局",),
    )  # fmt: skip
    return replace(row, **parts)  # type: ignore[arg-type]


LIST = PlanDraft(
    FACTS,
    projects=(
        project(1, "景洪市江北街道综合养老服务中心项目"),
        project(2, "景洪市嘎洒街道综合养老服务中心项目", "450", "360"),
        project(3, "勐海县打洛镇农村区域性养老服务中心项目", "270", "216"),
        project(4, "勐腊县农村敬老院提质改造项目", "65.67", "52.54"),
        project(5, TWIN, "280", "100", place="景洪市"),
        project(6, TWIN, "265", "80", place="景洪市"),
    ),
    totals=(TotalDraft("合计", "养老", 6, "1690.67", "1096.54", 6, "1690.67", "1096.54", True),),
    indicators=(
        IndicatorDraft("养老", 1, "养老机构护理型床位占比", "%", {"2025": TargetDraft(">=", "60", "≥60")}, 2020, "45"),
        IndicatorDraft("养老", 2, "老年人健康管理率", "%", {"2025": TargetDraft(">=", "75", "≥75")}, 2020, "70"),
    ),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with the list taken in."""
    made = ledgers.create(tmp_path / "a.laoxiao", "测试台账", CLERK)
    plans.take_in(made, LIST)
    yield made
    made.close()


def counts(found: Comparison) -> dict[State, int]:
    """How many rows are in each state that occurs."""
    states: tuple[State, ...] = ("new", "changed", "same", "gone", "doubt")
    return {state: found.count(state) for state in states if found.count(state)}


def row_of(found: Comparison, title: str, place: int = 0) -> ComparedRow:
    """The row of a name."""
    return [row for row in found.rows if row.title == title][place]


def stored(ledger: Ledger) -> dict[str, dict[str, object]]:
    """Every project by uid."""
    found: list[int] = list(projects.find(ledger, Query()).ids)  # type: ignore[call-overload]
    uids = projects.uids_of(ledger, found)
    records = (projects.record(ledger, uid) for uid in uids)
    return {record.uid: dict(record.values) for record in records if record}


def with_projects(*rows: ProjectDraft) -> PlanDraft:
    """The list with other projects, and without its totals, which would not add up."""
    return replace(LIST, projects=rows, totals=())


def test_the_same_file_read_twice_changes_nothing(ledger: Ledger) -> None:
    found = imports.compare(ledger, LIST)
    assert counts(found) == {"same": 8}
    assert imports.accept(ledger, found, draft=LIST) is None


def test_a_plan_that_is_not_there_becomes_a_new_one_with_all_its_rows(tmp_path: Path) -> None:
    with ledgers.create(tmp_path / "b.laoxiao", "空台账", CLERK) as empty:
        found = imports.compare(empty, LIST)
        assert found.plan is None
        assert counts(found) == {"new": 8}
        assert imports.accept(empty, found, draft=LIST, source="清单.xlsx")
        assert [plan.projects for plan in plans.all_of(empty)] == [6]
        assert counts(imports.compare(empty, LIST)) == {"same": 8}
        history.undo(empty)
        assert plans.all_of(empty) == []


def test_a_changed_figure_is_shown_field_by_field_and_written(ledger: Ledger) -> None:
    revised = with_projects(replace(LIST.projects[0], total_investment="400"), *LIST.projects[1:])
    found = imports.compare(ledger, revised)
    (change,) = row_of(found, "景洪市江北街道综合养老服务中心项目").changes
    assert (change.field, change.old_text, change.new_text) == ("total_investment", "360", "400")
    imports.accept(ledger, found, draft=revised)
    uid = str(row_of(found, "景洪市江北街道综合养老服务中心项目").uid)
    record = projects.record(ledger, uid)
    assert record is not None
    assert record.values["total_investment"] == 400_000_000
    assert record.published["total_investment"]["text"] == "400"


def test_a_row_put_into_the_middle_renumbers_the_rest_and_leaves_no_doubt(ledger: Ledger) -> None:
    rows = [*LIST.projects]
    rows.insert(1, project(None, "景洪市允景洪街道综合养老服务中心项目", place="景洪市允景洪街道"))
    revised = with_projects(*(replace(row, list_no=number) for number, row in enumerate(rows, start=1)))
    found = imports.compare(ledger, revised)
    assert counts(found) == {"new": 1, "changed": 5, "same": 3}
    assert {change.field for row in found.rows if row.state == "changed" for change in row.changes} == {"list_no"}


def test_two_rows_of_one_name_stay_two_and_keep_their_figures(ledger: Ledger) -> None:
    first, second = LIST.projects[4:]
    swapped = with_projects(*LIST.projects[:4], replace(second, list_no=5), replace(first, list_no=6))
    before = stored(ledger)
    found = imports.compare(ledger, swapped)
    imports.accept(ledger, found, draft=swapped)
    after = stored(ledger)
    assert len(after) == 6
    for uid, values in before.items():
        assert after[uid]["total_investment"] == values["total_investment"]


def test_one_of_two_twins_left_out_of_a_list_is_gone_and_the_other_is_known_by_its_figures(ledger: Ledger) -> None:
    found = imports.compare(ledger, with_projects(*LIST.projects[:4], replace(LIST.projects[5], list_no=5)))
    assert row_of(found, TWIN).change_of("list_no") is not None
    assert row_of(found, TWIN).change_of("total_investment") is None
    assert row_of(found, TWIN, 1).state == "gone"


def test_a_near_name_is_proposed_and_never_taken(ledger: Ledger) -> None:
    renamed = project(9, "勐腊县农村敬老院提升改造项目（一期）", "65.67", "52.54")
    revised = with_projects(*LIST.projects[:3], renamed)
    found = imports.compare(ledger, revised)
    row = row_of(found, renamed.name)
    assert row.state == "doubt"
    assert [candidate.name for candidate in row.candidates] == ["第 4 项 勐腊县农村敬老院提质改造项目"]
    imports.accept(ledger, found, draft=revised)
    assert len(stored(ledger)) == 6
    decided = imports.compare(ledger, revised, decisions={row.key: row.candidates[0].uid})
    assert row_of(decided, renamed.name).change_of("name") is not None
    assert counts(imports.compare(ledger, revised, decisions={row.key: "new"}))["new"] == 1


def test_the_same_number_with_a_like_name_in_another_town_is_in_doubt(ledger: Ledger) -> None:
    moved = project(1, "景洪市勐龙镇综合养老服务中心项目", place="景洪市勐龙镇")
    found = imports.compare(ledger, with_projects(moved, *LIST.projects[1:]))
    assert row_of(found, moved.name).state == "doubt"


def test_a_slip_of_the_pen_in_a_name_is_the_same_project_of_that_number(ledger: Ledger) -> None:
    retyped = replace(LIST.projects[3], name="勐腊县农村敬老院提质改造建设项目")
    found = imports.compare(ledger, with_projects(*LIST.projects[:3], retyped, *LIST.projects[4:]))
    assert [change.field for change in row_of(found, retyped.name).changes] == ["name"]


def test_what_a_person_corrected_is_shown_and_left_alone(ledger: Ledger) -> None:
    uid = str(row_of(imports.compare(ledger, LIST), "景洪市江北街道综合养老服务中心项目").uid)
    projects.edit(ledger, uid, {"total_investment": 1_600_000_000}, "批复调整")
    again = imports.compare(ledger, LIST)
    assert counts(again) == {"same": 8}
    (kept,) = row_of(again, "景洪市江北街道综合养老服务中心项目").changes
    assert (kept.note, kept.is_chosen) == ("曾更正", False)
    revised = with_projects(replace(LIST.projects[0], total_investment="400"), *LIST.projects[1:])
    found = imports.compare(ledger, revised)
    imports.accept(ledger, found, draft=revised)
    record = projects.record(ledger, uid)
    assert record is not None
    assert record.values["total_investment"] == 1_600_000_000
    assert record.published["total_investment"]["text"] == "400"


def test_a_corrected_field_is_written_when_it_is_chosen(ledger: Ledger) -> None:
    uid = str(row_of(imports.compare(ledger, LIST), "景洪市江北街道综合养老服务中心项目").uid)
    projects.edit(ledger, uid, {"total_investment": 1_600_000_000})
    revised = with_projects(replace(LIST.projects[0], total_investment="400"), *LIST.projects[1:])
    found = imports.compare(ledger, revised)
    chosen = [row.choosing("total_investment", True) if row.uid == uid else row for row in found.rows]
    imports.accept(ledger, replace(found, rows=tuple(chosen)), draft=revised)
    assert stored(ledger)[uid]["total_investment"] == 400_000_000


def test_a_blank_cell_empties_nothing(ledger: Ledger) -> None:
    blank = with_projects(*(replace(row, central_request=None, place=None) for row in LIST.projects))
    assert counts(imports.compare(ledger, blank)) == {"same": 8}


def test_a_value_that_cannot_be_read_is_a_problem_of_its_cell_and_kept_as_published(ledger: Ledger) -> None:
    odd = with_projects(*LIST.projects, project(7, "勐海县勐混镇敬老院项目", total="待定"))
    found = imports.compare(ledger, odd)
    row = row_of(found, "勐海县勐混镇敬老院项目")
    assert [problem.field for problem in row.problems] == ["total_investment"]
    imports.accept(ledger, found, draft=odd)
    uid = str(row_of(imports.compare(ledger, odd), "勐海县勐混镇敬老院项目").uid)
    record = projects.record(ledger, uid)
    assert record is not None
    assert record.values["total_investment"] is None
    assert record.published["total_investment"]["text"] == "待定"


def test_gone_rows_are_only_listed_until_a_person_decides(ledger: Ledger) -> None:
    shorter = with_projects(*LIST.projects[:3], *LIST.projects[4:])
    found = imports.compare(ledger, shorter)
    (gone,) = (row for row in found.rows if row.state == "gone")
    assert imports.accept(ledger, found, draft=shorter) is None
    cancelled = imports.compare(ledger, shorter, decisions={gone.key: imports.CANCEL})
    imports.accept(ledger, cancelled, draft=shorter)
    assert stored(ledger)[str(gone.uid)]["status"] == "取消"
    deleted = imports.compare(ledger, shorter, decisions={gone.key: imports.DELETE})
    imports.accept(ledger, deleted, draft=shorter)
    assert str(gone.uid) not in stored(ledger)


def test_only_the_rows_asked_for_are_written(ledger: Ledger) -> None:
    revised = with_projects(*(replace(row, period="2023年-2025年") for row in LIST.projects))
    found = imports.compare(ledger, revised)
    keys = [row.key for row in found.rows if row.state == "changed"][:2]
    imports.accept(ledger, found, keys, draft=revised)
    assert counts(imports.compare(ledger, revised)) == {"changed": 4, "same": 4}


def test_a_target_of_an_indicator_is_a_field_of_its_own(ledger: Ledger) -> None:
    target = {"2025": TargetDraft(">=", "65", "≥65"), "2024": TargetDraft(">=", "58", "≥58")}
    revised = replace(LIST, indicators=(replace(LIST.indicators[0], targets=target), LIST.indicators[1]))
    found = imports.compare(ledger, revised)
    changes = row_of(found, "养老机构护理型床位占比").changes
    assert {(change.field, change.old_text, change.new_text) for change in changes} == {
        ("target:2025", "≥60", "≥65"),
        ("target:2024", "", "≥58"),
    }
    imports.accept(ledger, found, draft=revised)
    assert lists.indicators(ledger)[0]["targets"] == {2024: "≥58", 2025: "≥65"}


def test_a_ledger_changed_in_between_is_not_written_over(ledger: Ledger) -> None:
    revised = with_projects(replace(LIST.projects[0], total_investment="400"), *LIST.projects[1:])
    found = imports.compare(ledger, revised)
    projects.edit(
        ledger, str(row_of(found, "景洪市江北街道综合养老服务中心项目").uid), {"total_investment": 500_000_000}
    )
    with pytest.raises(UserError, match="改动"):
        imports.accept(ledger, found, draft=revised)


def test_a_list_without_a_title_finds_its_plan_by_its_rows_and_untold_sectors_by_their_namesakes(
    ledger: Ledger,
) -> None:
    block = PlanDraft(
        PlanFacts("", ""), projects=tuple(replace(row, list_title="", sector="托育") for row in LIST.projects)
    )
    found = imports.compare(ledger, block)
    assert found.plan_title == FACTS.title
    assert counts(found) == {"same": 6}


@pytest.mark.parametrize(("place", "is_taken"), [("昭通市", False), ("勐海县", True), ("西双版纳傣族自治州", True)])
def test_the_plan_of_another_place_is_never_taken_for_one_that_has_like_rows(
    ledger: Ledger, place: str, is_taken: bool
) -> None:
    facts = PlanFacts(title=f"{place}“一老一小”整体解决方案", region=place)
    found = imports.plan_meant(ledger, PlanDraft(facts, indicators=LIST.indicators))
    assert (found is not None) is is_taken


def test_a_project_code_outweighs_name_and_number(ledger: Ledger) -> None:
    uid = str(row_of(imports.compare(ledger, LIST), "勐腊县农村敬老院提质改造项目").uid)
    projects.edit(ledger, uid, {"project_code": "2305-532823-04-01-123456"})
    other = project(40, "曼哈洪社区养老院", project_code="2305-532823-04-01-123456", place="勐腊县")
    assert row_of(imports.compare(ledger, with_projects(*LIST.projects[:3], other)), other.name).uid == uid


def test_a_mapping_is_remembered_with_the_import_and_forgotten_with_its_undo(ledger: Ledger) -> None:
    revised = with_projects(*LIST.projects, project(7, "勐海县勐混镇敬老院项目"))
    found = imports.compare(ledger, revised)
    imports.accept(ledger, found, draft=revised, mappings={"shape": {"0": ["seq", None]}})
    assert imports.remembered(ledger) == {"shape": {0: ("seq", None)}}
    history.undo(ledger)
    assert imports.remembered(ledger) == {}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)), first=st.integers(1, 9), is_numbered=st.booleans())
def test_shuffling_and_renumbering_never_doubles_or_swaps(
    tmp_path: Path, order: list[int], first: int, is_numbered: bool
) -> None:
    name = f"{next(_NUMBERS)}.laoxiao"
    with ledgers.create(tmp_path / name, "测试台账", CLERK) as ledger:
        plans.take_in(ledger, LIST)
        before = stored(ledger)
        rows = [
            replace(LIST.projects[old], list_no=first + new if is_numbered else None) for new, old in enumerate(order)
        ]
        shuffled = with_projects(*rows)
        found = imports.compare(ledger, shuffled)
        assert found.count("new") == found.count("doubt") == found.count("gone") == 0
        imports.accept(ledger, found, draft=shuffled)
        after = stored(ledger)
        for uid, values in before.items():
            for field in ("name", "total_investment", "central_request", "place"):
                assert after[uid][field] == values[field]
        assert counts(imports.compare(ledger, shuffled)) == {"same": 8}


_NUMBERS = itertools.count()
_FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "total_investment": st.sampled_from(["1", "288", "待定", "65.67"]),
        "period": st.sampled_from(["2024", "2023—2025", "长期"]),
        "name": st.sampled_from(["勐海县勐混镇敬老院项目", TWIN, "景洪市江北街道综合养老服务中心"]),
        "list_no": st.integers(1, 8) | st.none(),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(changes=[(0, {"name": "勐海县勐混镇敬老院项目"}), (0, {"name": "景洪市江北街道综合养老服务中心"})])
@example(
    changes=[
        (0, {"total_investment": "1", "name": TWIN}),
        (4, {"total_investment": "1", "list_no": None}),
        (4, {"total_investment": "1"}),
    ]
)
@given(changes=st.lists(st.tuples(st.integers(0, 5), _FIELDS), max_size=8))
def test_an_import_taken_back_leaves_the_ledger_as_it_was_and_done_twice_changes_nothing_more(
    tmp_path: Path, changes: list[tuple[int, dict[str, object]]]
) -> None:
    with ledgers.create(tmp_path / f"{next(_NUMBERS)}.laoxiao", "测试台账", CLERK) as ledger:
        plans.take_in(ledger, LIST)
        before = stored(ledger)
        revised = with_projects(*(replace(LIST.projects[old], **parts) for old, parts in changes))  # type: ignore[arg-type]
        change = imports.accept(ledger, imports.compare(ledger, revised), draft=revised)
        again = imports.compare(ledger, revised)
        assert again.count("changed") == 0
        assert again.count("new") == 0
        if change is not None:
            history.undo(ledger)
        assert stored(ledger) == before
