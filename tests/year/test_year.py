"""A year is driven through the desk; every face shows the same figures, equal to the cent to the independent count."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.cli import main
from laoxiao_desktop.exchange import bundled, forms, forms_in
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.form import joined, judge, units_of
from laoxiao_desktop.models.money import show_money, show_money_fixed
from laoxiao_desktop.models.narrative import monthly
from laoxiao_desktop.models.report_text import Text
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.ui.monthly import MonthlyPlace
from laoxiao_desktop.workspace import forms as asking
from laoxiao_desktop.workspace import (
    funding,
    milestones,
    months,
    overview,
    plans,
    projects,
    report_facts,
    safety,
)
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace.ledger import Ledger
from tests.ui import shell_desk
from tests.ui.month_desk import Desk
from tests.year import scenario
from tests.year.scenario import MONTHS, Entry, Life

CLERK = Person("王芳", "景洪市民政局")
Year = tuple[Path, list[Life]]
FORM_MONTHS = MONTHS[2::4]  # in these the larger units fill in workbooks


def at(patch: pytest.MonkeyPatch, day: str) -> None:
    moment = dt.datetime.fromisoformat(f"{day}T09:00:00+08:00")
    patch.setattr(clock, "now", lambda: moment)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    folder = tmp_path_factory.mktemp("year")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAOXIAO_HOME", str(folder / "home"))
        at(patch, "2024-01-02")
        path = folder / "一年.laoxiao"
        with plans.start_demo(path, bundled.plans(), CLERK) as ledger:
            found = ledger.connection.execute(
                "SELECT uid, plan, coalesce(county, ''), sector, total_investment, central_request FROM project ORDER BY id"
            ).fetchall()
            lives = scenario.legal(scenario.write(found))
            for month in MONTHS:
                drive(ledger, patch, lives, month)
        return path, lives


def drive(ledger: Ledger, patch: pytest.MonkeyPatch, lives: list[Life], month: str) -> None:
    """One month: what happens on site, then the reports in the first days of the month after."""
    at(patch, f"{month}-28")
    for life in lives:
        if month == MONTHS[0]:
            milestones.start_from_template(ledger, life.uid)
        for code, day in (("M09", life.begins), ("M13", life.ends), ("M14", life.opens)):
            if day and day[:7] == month:
                milestones.edit_by_code(ledger, life.uid, code, {"actual": day})
        for number, (day, amount) in enumerate(life.allocations):
            if day[:7] == month:
                given = {"year": 2024, "batch": f"第{number + 1}批", "amount": amount, "allocated_on": day}
                funding.add_allocation(ledger, life.uid, given)
    following = MONTHS[MONTHS.index(month) + 1] if month != MONTHS[-1] else "2025-01"
    at(patch, f"{following}-04")
    months.open_month(ledger, month)
    filled = {life.uid: values(entry) for life in lives if (entry := life.entries[month]) is not None}
    by_form = through_forms(ledger, month, filled)
    assert len(by_form) > 30 or month not in FORM_MONTHS
    others = [(uid, cells) for uid, cells in filled.items() if uid not in by_form]
    for uid, cells in others[:5]:  # some cell by cell, as in the grid
        months.set_fields(ledger, uid, month, cells)
    months.set_block(ledger, month, others[5:])
    sent = [
        life.uid
        for life in lives
        if (entry := life.entries[month]) is not None and entry.is_sent and scenario.has_figures(entry)
    ]
    months.submit(ledger, month, sent)
    months.approve(ledger, month, sent[::2])


def through_forms(ledger: Ledger, month: str, filled: dict[str, dict[str, str | int | None]]) -> set[str]:
    """In the form months the larger units get a workbook, fill it in, and it is read back; gives whose figures came so."""
    if month not in FORM_MONTHS:
        return set()
    taken: set[str] = set()
    outcomes = []
    for unit, rows in units_of(months.grid(ledger, month, Scope())).items():
        if len(rows) < 4:
            continue
        path = ledger.path.with_name(f"{unit}.xlsx")
        forms.write(path, asking.identity(ledger, unit, month, rows), rows)
        book = load_workbook(path)
        for number, row in enumerate(rows, start=forms.HEAD_ROWS + 1):
            for key, value in filled.get(row.uid, {}).items():
                if value is not None:
                    shown = float(show_money(value)) if isinstance(value, int) else value
                    book[forms.SHEET].cell(number, forms.PLACE[key]).value = shown
        book.save(path)
        outcome = judge(forms_in.read(path), month, rows, clock.today())
        assert not outcome.problems
        assert not [cell.refusal for cell in outcome.cells if cell.refusal]
        outcomes.append(outcome)
        taken |= {row.uid for row in rows if row.uid in filled}
    months.set_block(ledger, month, joined(outcomes).block)
    return taken


def values(entry: Entry) -> dict[str, str | int | None]:
    return {
        "correction": entry.correction or None,
        "cum_completed": entry.completed,
        "cum_arrived": entry.arrived,
        "cum_paid": entry.paid,
        "central_completed": entry.central,
        "stage": entry.stage,
        "image_progress": entry.text or None,
        "problem": entry.problem or None,
    }


@pytest.fixture
def ledger(year: Year, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    at(monkeypatch, "2025-01-05")
    return ledgers.open(year[0], CLERK, read_only=True)


def test_every_month_of_the_overview_is_the_independent_count(year: Year, ledger: Ledger) -> None:
    with ledger:
        for number, month in enumerate(MONTHS):
            found = overview.overview(ledger, Scope(), month)
            compare(found.figures, scenario.count(year[1], month))
            assert found.is_locked is (month != MONTHS[-1])
            assert len(found.missing) == found.figures.missing
            if number:
                assert found.previous is not None
                compare(found.previous, scenario.count(year[1], MONTHS[number - 1]))
            else:
                assert found.previous is None
            assert sum((line.figures for line in found.by_county), overview.Figures()) == found.figures
            assert sum((line.figures for line in found.by_sector), overview.Figures()) == found.figures
            assert found.figures.red + found.figures.yellow + found.figures.green == 84


def compare(figures: overview.Figures, count: scenario.Count) -> None:
    pairs = {
        "projects": count.projects,
        "total_investment": count.total,
        "central_request": count.request,
        "allocated": count.allocated,
        "central_allocated": count.allocated,
        "arrived": count.arrived,
        "completed": count.completed,
        "paid": count.paid,
        "central_completed": count.central_completed,
        "year_completed": count.year_completed,
        "month_completed": count.month_completed,
        "started": count.started,
        "finished": count.finished,
        "opened": count.opened,
        "missing": count.missing,
        "reported": count.reported,
    }
    assert {name: getattr(figures, name) for name in pairs} == pairs
    assert figures.started_rate.as_json == scenario.share(count.started, count.projects)
    assert figures.completed_rate.as_json == scenario.share(count.completed, count.total)
    assert figures.arrived_rate.as_json == scenario.share(count.arrived, count.allocated)
    assert figures.paid_rate.as_json == scenario.share(count.paid, count.completed)


def test_the_grid_of_each_month_adds_up_to_the_same(year: Year, ledger: Ledger) -> None:
    with ledger:
        told = dict.fromkeys((life.uid for life in year[1]), 0)
        for month in MONTHS:
            count = scenario.count(year[1], month)
            rows = months.grid(ledger, month)
            assert sum(row.standing("cum_completed") or 0 for row in rows) == count.completed
            assert sum(row.standing("cum_paid") or 0 for row in rows) == count.paid
            assert sum(row.year_completed or 0 for row in rows) == count.year_completed
            for row in rows:
                told[row.uid] += row.month_completed or 0
        assert told == {life.uid: scenario.last(life, MONTHS[-1], "completed") for life in year[1]}


def test_the_report_says_the_same_words_and_figures(year: Year, ledger: Ledger) -> None:
    with ledger:
        for month in ("2024-01", "2024-07", "2024-12"):
            count = scenario.count(year[1], month)
            summary = report_facts.monthly(ledger, Scope(), clock.today(), month)
            assert summary.month is not None
            compare(summary.month.figures, count)
            assert summary.total.completed == count.completed
            text = "\n".join(block.text for block in monthly(summary).blocks if isinstance(block, Text))
            assert f"累计完成投资{show_money(count.completed)}万元" in text
            assert f"累计支付资金{show_money(count.paid)}万元" in text
            assert f"已报{count.reported}个" in text
            assert f"红灯{summary.month.figures.red}个" in text
            if month == "2024-01":
                assert "不作环比" in text
            else:
                earlier = scenario.count(year[1], scenario.before(month))
                more = count.completed - earlier.completed
                assert f"较上月{'增加' if more > 0 else '减少'}{show_money(abs(more))}万元" in text


@pytest.mark.parametrize("word", ["西双版纳", "玉溪"])
def test_a_plan_and_a_county_alone_are_counted_so(year: Year, ledger: Ledger, word: str) -> None:
    with ledger:
        line = next(line for line in plans.all_of(ledger) if word in line.title)
        of_plan = [life for life in year[1] if life.plan == line.uid]
        found = overview.overview(ledger, Scope(line.uid), "2024-09")
        compare(found.figures, scenario.count(of_plan, "2024-09"))
        for part in found.by_county:
            of_county = [life for life in of_plan if life.county == part.key]
            compare(part.figures, scenario.count(of_county, "2024-09"))
            reached = projects.find(ledger, found.query(county=part.key))
            assert (reached.sums.count, reached.sums.total_investment) == (
                len(of_county),
                part.figures.total_investment,
            )
        for name in ("started", "finished", "opened", "missing", "red", "yellow", "green"):
            assert projects.find(ledger, found.query(name)).sums.count == getattr(found.figures, name)


def test_the_command_line_says_the_same(
    year: Year, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2025-01-05")
    path, lives = year

    def ask(*words: str) -> dict[str, object]:
        assert main([words[0], "--ledger", str(path), *words[1:], "--json"]) == 0
        answer: dict[str, object] = json.loads(capsys.readouterr().out)
        return answer

    count, earlier = scenario.count(lives, "2024-08"), scenario.count(lives, "2024-07")
    found = ask("overview", "--month", "2024-08")
    for name in ("allocated", "arrived", "completed", "paid", "central_completed", "month_completed"):
        assert found[name] == scenario.wan(getattr(count, name)), name
        assert found["previous"][name] == scenario.wan(getattr(earlier, name)), name  # type: ignore[index]
    assert (found["total_investment"], found["central_request"]) == (
        scenario.wan(count.total),
        scenario.wan(count.request),
    )
    assert found["completed_rate"] == scenario.share(count.completed, count.total)
    assert len(found["missing"]) == count.missing  # type: ignore[arg-type]
    lights = ask("lights", "--month", "2024-08")["lights"]
    assert {c: sum(one["light"] == c for one in lights) for c in "红黄绿"} == found["lights"]  # type: ignore[attr-defined]
    assert all(one["why"] and one["rule"] for one in lights)  # type: ignore[attr-defined]
    assert [line["month"] for line in ask("list", "months")["months"]] == list(reversed(MONTHS))  # type: ignore[attr-defined]
    status = ask("month", "status", "2024-08")
    assert len(status["projects"]) == 84  # type: ignore[arg-type]
    assert sum(len(unit["projects"]) for unit in status["missing"]) == count.missing  # type: ignore[attr-defined]


def test_the_ledger_is_sound_after_a_year(ledger: Ledger) -> None:
    with ledger:
        assert safety.verify(ledger).is_sound


def test_the_window_and_the_workbook_show_the_same(
    year: Year, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    at(monkeypatch, "2025-01-05")
    path = Path(shutil.copy(year[0], tmp_path / "看.laoxiao"))
    december = MONTHS[-1]
    silent = next(life for life in year[1] if life.entries[december] is None and life.begins)
    more = scenario.last(silent, december, "completed") + 1_230_000
    with shell_desk.window(qtbot) as window:
        window.session.take(ledgers.open(path, CLERK))
        place = window.places.go_to("monthly")
        assert isinstance(place, MonthlyPlace)
        window.go_to("monthly")
        qtbot.wait(1)
        desk = Desk(window, place, qtbot)
        names = {row.uid: row.name for row in window.session.read(months.grid, december)}
        once = [life for life in year[1] if list(names.values()).count(names[life.uid]) == 1]
        for life in once:
            entry = life.entries[december]
            wanted = entry.completed if entry else None
            assert desk.shown(names[life.uid], "cum_completed") == show_money_fixed(wanted, 2)
        desk.enter(names[silent.uid], "cum_completed", show_money(more))
        completed = scenario.count(year[1], december).completed + 1_230_000
        found = window.session.read(overview.overview, Scope(), december)
        assert found.figures.completed == completed
        window.session.close()
    book = tmp_path / "表.xlsx"
    assert main(["export", "central", "--ledger", str(path), "--month", december, "--out", str(book)]) == 0
    sheet = load_workbook(book).active
    assert sheet is not None
    assert show_money(completed) in {str(cell.value) for row in sheet.iter_rows() for cell in row}
