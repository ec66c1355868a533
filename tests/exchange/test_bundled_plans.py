"""The plan files that come with the program, against the documents and against their tables copied by hand."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from laoxiao_desktop.exchange import bundled, plan_json, plan_text
from laoxiao_desktop.models.plan_draft import IndicatorDraft, ItemDraft, Lines, PlanDraft, ProjectDraft

DOCUMENTS = Path(__file__).parents[1] / "data" / "plans"
NAMES = ("xishuangbanna", "wenshan", "lincang", "qianxinan", "yuxi")


def document(name: str) -> str:
    return (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")


def plan(name: str) -> PlanDraft:
    return plan_json.load(bundled.plans_folder() / f"{name}.json")


def table(name: str) -> list[dict[str, str]]:
    with (DOCUMENTS / "tables" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def differences(one: object, other: object, path: str = "") -> Iterator[str]:
    """Every leaf where two values differ, by its path."""
    if is_dataclass(one) and type(one) is type(other):
        for field in fields(one):
            yield from differences(getattr(one, field.name), getattr(other, field.name), f"{path}.{field.name}")
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for at, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differences(left, right, f"{path}[{at}]")
    elif isinstance(one, Mapping) and isinstance(other, Mapping):
        if dict(one) != dict(other):
            yield f"{path}: {one!r} ≠ {other!r}"
    elif one != other:
        yield f"{path}: {one!r} ≠ {other!r}"


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_file_holds_what_its_document_reads_as(name: str) -> None:
    assert not list(differences(plan_text.read(document(name)), plan(name)))


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_file_survives_writing_and_reading(name: str) -> None:
    assert not list(differences(plan_json.parse(plan_json.dump(plan(name))), plan(name)))


def project_cells(row: ProjectDraft) -> dict[str, str]:
    units = "|".join(row.responsible_units)
    return {**{key: _text(getattr(row, key)) for key in PROJECT_CELLS}, "responsible_units": units}


PROJECT_CELLS = (
    "sector", "list_no", "category", "name", "project_type", "period", "start", "end", "place", "content",
    "total_investment", "central_request", "unit_text",
)  # fmt: skip


@pytest.mark.parametrize("name", ["xishuangbanna", "yuxi"])
def test_projects_stand_cell_by_cell_as_printed(name: str) -> None:
    assert [project_cells(row) for row in plan(name).projects] == table(f"{name}-projects")


def indicator_cells(row: IndicatorDraft) -> dict[str, str]:
    keys = ("sector", "seq", "name", "unit", "base_year", "base", "property", "unit_text")
    return {
        **{key: _text(getattr(row, key)) for key in keys},
        "targets": ";".join(f"{year}:{target.text}" for year, target in row.targets.items()),
        "responsible_units": "|".join(row.responsible_units),
    }


@pytest.mark.parametrize("name", ["xishuangbanna", "wenshan", "yuxi"])
def test_indicator_tables_stand_cell_by_cell_as_printed(name: str) -> None:
    rows = [indicator_cells(row) for row in plan(name).indicators if row.source == "table"]
    assert rows == table(f"{name}-indicators")


def item_cells(row: ItemDraft) -> dict[str, str]:
    keys = ("kind", "no", "name", "measure", "expected", "unit_text")
    units = "|".join(row.responsible_units)
    return {**{key: _text(getattr(row, key)) for key in keys}, "class": _text(row.group), "responsible_units": units}


@pytest.mark.parametrize("name", ["xishuangbanna", "yuxi"])
def test_lists_stand_cell_by_cell_as_printed(name: str) -> None:
    assert [item_cells(row) for row in plan(name).items] == table(f"{name}-items")


@pytest.mark.parametrize("name", ["wenshan", "qianxinan"])
def test_tasks_name_the_units_of_their_block(name: str) -> None:
    rows = [
        {
            "kind": row.kind,
            "no": _text(row.no),
            "name": row.name,
            "lead_units": "|".join(row.lead_units),
            "support_units": "|".join(row.support_units),
        }
        for row in plan(name).items
        if row.kind == "task"
    ]
    assert rows == table(f"{name}-blocks")


@pytest.mark.parametrize("name", ["wenshan", "qianxinan"])
def test_year_goals_stand_as_printed(name: str) -> None:
    keys = ("year", "name", "op", "value", "unit")
    assert [{key: _text(getattr(goal, key)) for key in keys} for goal in plan(name).goals] == table(f"{name}-goals")


@pytest.mark.parametrize("name", NAMES)
def test_prose_sets_the_figures_a_careful_reader_counted(name: str) -> None:
    found = [row for row in plan(name).indicators if row.source == "prose"]
    expected = table(f"{name}-prose")
    left = list(found)
    for row in expected:
        match = next((draft for draft in left if _is_same_figure(draft, row)), None)
        assert match is not None, row
        left.remove(match)
    assert not left


def _is_same_figure(draft: IndicatorDraft, row: dict[str, str]) -> bool:
    if draft.where is None or draft.quote is None or not draft.where[0] <= int(row["line"]) <= draft.where[1]:
        return False
    ((year, target),) = draft.targets.items()
    value = Decimal(target.value) if target.value else None
    return (
        (target.op, value) == (row["op"], Decimal(row["value"]) if row["value"] else None)
        and row["year"] in ("", year)
        and (draft.quote in row["quote"] or row["quote"] in draft.quote)
    )


def test_printed_totals_tie_out() -> None:
    printed = [
        (total.label, total.scope, total.count, total.total_investment, total.central_request, total.agrees)
        for name in ("xishuangbanna", "yuxi")
        for total in plan(name).totals
    ]
    assert printed == [
        ("合计", "养老", None, "15979.67", "11519.74", True),
        ("合计", "托育", None, "9420", "6050", True),
        ("合计", "全部", 50, "163172", "99298", True),
        ("养老项目小计", "养老", 27, "123940", "78927", True),
        ("托育项目小计", "托育", 23, "39232", "20371", True),
    ]
    yuxi = plan("yuxi").projects
    assert sum(Decimal(row.total_investment or 0) for row in yuxi) == 163172
    assert sum(Decimal(row.central_request or 0) for row in yuxi if row.sector == "托育") == 20371
    goals = plan("wenshan").goals
    assert sum(int(goal.value) for goal in goals if goal.name == "新增养老床位") == 7700
    assert sum(int(goal.value) for goal in goals if goal.name == "新增托位") == 12583


def test_annexes_that_are_named_but_missing_are_told() -> None:
    missing = {name: sum(not annex.is_present for annex in plan(name).annexes) for name in NAMES}
    assert missing == {"xishuangbanna": 0, "wenshan": 6, "lincang": 1, "qianxinan": 3, "yuxi": 0}
    assert len(plan("yuxi").annexes) == 9
    blank = [problem for problem in plan("qianxinan").problems if problem.code == "section_empty"]
    assert [(problem.where, "具体指标" in problem.message) for problem in blank] == [("第 76 行", True)]


def test_the_head_of_each_plan_is_read() -> None:
    facts = {name: plan(name).plan for name in NAMES}
    assert [(f.region, f.issued_on, f.issuer, f.doc_no, f.start_year, f.end_year) for f in facts.values()] == [
        ("西双版纳州", "2023-05-30", "西双版纳州人民政府", None, 2021, 2025),
        ("文山州", "2022-11-07", "文山州人民政府办公室", None, 2021, 2025),
        ("临沧市", "2022-03-13", "临沧市人民政府办公室", None, None, 2025),
        ("黔西南州", "2023-05-16", "黔西南州人民政府办公室", "黔西南府办发〔2023〕8号", 2021, 2025),
        ("玉溪市", "2023-01-08", "玉溪市人民政府办公室", None, 2021, 2025),
    ]
    assert facts["qianxinan"].title == "黔西南州“一老一小”整体解决方案（2021-2025）"
    assert [draft.plan.region for draft in bundled.plans()] == ["临沧市", "文山州", "玉溪市", "黔西南州", "西双版纳州"]


@pytest.mark.parametrize("name", NAMES)
def test_every_value_stands_literally_at_its_lines(name: str) -> None:
    lines = [re.sub(r"\s", "", line) for line in document(name).split("\n")]

    def at(where: Lines | None) -> str:
        assert where is not None
        return "".join(lines[where[0] - 1 : where[1]])

    draft = plan(name)
    checked = 0
    for value, where in _claims(draft):
        assert re.sub(r"\s", "", value) in at(where), (value, where)
        checked += 1
    assert checked > 60


def _claims(draft: PlanDraft) -> Iterator[tuple[str, Lines | None]]:
    for row in draft.projects:
        printed = set(PROJECT_CELLS) - {"sector", "start", "end"}
        for key in printed:
            if getattr(row, key) is not None:
                yield _text(getattr(row, key)), row.where[key]
        for key in ("start", "end"):
            yield _text(getattr(row, key)), row.where[key]
    for total in draft.totals:
        yield from (
            (text, total.where) for text in (total.label, total.total_investment, total.central_request) if text
        )
    for indicator in draft.indicators:
        yield from ((text, indicator.where) for text in _indicator_words(indicator))
        if indicator.unit_text:
            yield indicator.unit_text, indicator.unit_where
    for goal in draft.goals:
        yield from ((text, goal.where) for text in (str(goal.year), goal.value, goal.quote or "", goal.name[-4:]))
    for item in draft.items:
        yield from ((text, item.where) for text in _item_words(item))
    yield from ((annex.title, annex.where) for annex in draft.annexes)


def _indicator_words(row: IndicatorDraft) -> Sequence[str]:
    words = [target.text for target in row.targets.values()]
    if row.source == "table":
        return [*words, row.name, *filter(None, (row.base, row.property))]
    # 至少建有1所 is kept as 至少1所, so that it reads as a target; the quote is literal.
    return [*(word.removeprefix("至少") for word in words), row.quote or ""]


def _item_words(row: ItemDraft) -> Sequence[str]:
    return [row.name, *filter(None, (row.measure, row.expected, row.unit_text))]


def _text(value: object) -> str:
    return "" if value is None else str(value)
