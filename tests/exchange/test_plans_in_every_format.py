"""The five published plans say the same in every format that an office passes them on in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from laoxiao_desktop.exchange import plan_json, plan_text, reading
from laoxiao_desktop.exchange.table import Table
from laoxiao_desktop.exchange.tables import tables_of
from laoxiao_desktop.exchange.text_lines import lines_of
from laoxiao_desktop.models.plan_draft import PlanDraft
from tests.exchange import office_files
from tests.exchange.office_files import Block, Rows

PLANS = sorted((Path(__file__).parents[1] / "data" / "plans").glob("*.txt"))
BUNDLED = Path(__file__).parents[2] / "resources" / "plans"
each_plan = pytest.mark.parametrize("plan", PLANS, ids=[path.stem for path in PLANS])
with_tables = pytest.mark.parametrize(
    "plan", [path for path in PLANS if path.stem in ("xishuangbanna", "yuxi", "wenshan")], ids=lambda path: path.stem
)


@each_plan
def test_a_plan_text_gives_exactly_its_bundled_plan(plan: Path) -> None:
    assert plan_json.dump_text(reading.read(plan).draft) == (BUNDLED / f"{plan.stem}.json").read_text(encoding="utf-8")
    pasted = reading.read_pasted(plan.read_text(encoding="utf-8"))
    assert pasted.draft == reading.read(plan).draft


@each_plan
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_plan_text_may_have_any_encoding(plan: Path, encoding: str, tmp_path: Path) -> None:
    copy = tmp_path / "方案.txt"
    copy.write_bytes(plan.read_text(encoding="utf-8").encode(encoding))
    assert reading.read(copy).draft == reading.read(plan).draft


@each_plan
@pytest.mark.parametrize("make", [office_files.docx, office_files.html], ids=["docx", "html"])
def test_a_document_with_real_tables_says_the_same(
    plan: Path, make: Callable[[Path, list[str | Rows]], Path], tmp_path: Path
) -> None:
    expected = plan_text.read(plan.read_text(encoding="utf-8"))
    found = reading.read(make(tmp_path / "方案", parts_of(plan)))
    assert without_places(found.draft) == without_places(expected)


@with_tables
@pytest.mark.parametrize("make", [office_files.xlsx, office_files.xls, office_files.ods], ids=["xlsx", "xls", "ods"])
def test_its_lists_in_a_workbook_say_the_same(
    plan: Path, make: Callable[[Path, list[Block]], Path], tmp_path: Path
) -> None:
    expected = plan_text.read(plan.read_text(encoding="utf-8"))
    found = reading.read(make(tmp_path / "清单", blocks_of(plan))).draft
    assert lists_of(replace(found, plan=expected.plan)) == lists_of(expected)
    assert [(t.label, t.total_investment, t.sum_total_investment, t.agrees) for t in found.totals] == [
        (t.label, t.total_investment, t.sum_total_investment, t.agrees) for t in expected.totals
    ]


@with_tables
def test_each_of_its_lists_pasted_says_the_same(plan: Path) -> None:
    expected = lists_of(plan_text.read(plan.read_text(encoding="utf-8")))
    found: dict[str, list[object]] = {"projects": [], "indicators": [], "items": []}
    for block in blocks_of(plan):
        rows: Rows = [*([line] for line in block.lines), *block.rows]
        for name, listed in lists_of(reading.read_pasted(office_files.delimited(rows, "\t")).draft).items():
            found[name] += listed
    assert found["projects"] == expected["projects"]
    assert found["items"] == expected["items"]
    if plan.stem != "yuxi":  # its units stand in a second table, which one reading of both folds into the first
        assert found["indicators"] == expected["indicators"]


def parts_of(plan: Path) -> list[str | Rows]:
    """The document as paragraphs and real tables: its text, each table at the place of its lines."""
    lines = lines_of(plan.read_text(encoding="utf-8"))
    found = tables_of(lines)
    starts = {}
    for table in found.tables:
        starts[(table.title or table.header).where[0]] = table
    parts: list[str | Rows] = []
    for line in lines:
        table = starts.get(line.no)
        if table is not None:
            parts += [*([table.title.text] if table.title else []), grid_of(table)]
        elif line.no not in found.taken:
            parts.append(line.text)
    return parts


def blocks_of(plan: Path) -> list[Block]:
    """A sheet for each table, its title above it."""
    found = tables_of(lines_of(plan.read_text(encoding="utf-8")))
    return [
        Block([table.title.text] if table.title else [], grid_of(table), f"表{number}")
        for number, table in enumerate(found.tables, start=1)
    ]


def grid_of(table: Table) -> list[list[str]]:
    """Header and rows as a person lays them out; a section or total has its words in the first cell."""
    grid = [[column.label for column in table.columns]]
    for row in table.rows:
        cells = [""] * len(table.columns)
        for number, cell in row.cells.items():
            cells[number] = cell.text
        if row.label is not None:
            cells[0] = row.label.text
        grid.append(cells)
    return grid


def without_places(draft: PlanDraft) -> object:
    """The draft without line numbers: a table row is one line here and many there."""
    return cleaned({name: rows for name, rows in plan_json.dump(draft).items() if name != "problems"})


def lists_of(draft: PlanDraft) -> dict[str, list[object]]:
    """What tables give: projects, indicators and items, without places."""
    tables = replace(
        draft,
        indicators=tuple(i for i in draft.indicators if i.source == "table"),
        items=tuple(i for i in draft.items if i.list_title and i.kind != "member"),
    )
    held = plan_json.dump(tables)
    return {name: cleaned(held[name]) for name in ("projects", "indicators", "items")}  # type: ignore[misc]


def cleaned(value: object) -> object:
    """JSON without the keys that name places."""
    if isinstance(value, dict):
        return {key: cleaned(inner) for key, inner in value.items() if key not in ("where", "unit_where")}
    return [cleaned(inner) for inner in value] if isinstance(value, list) else value
