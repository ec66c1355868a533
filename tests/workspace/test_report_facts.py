"""From the ledger to the summary of a month."""

import datetime as dt
from pathlib import Path

import pytest

from laoxiao_desktop import clock
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.workspace import milestones, projects, report_facts
from tests.builders import add_project, new_ledger, plan_of
from tests.moments import at


def test_the_month_is_counted_from_the_ledger(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        uid = add_project(ledger)
        add_project(ledger, "勐腊县农村敬老院提质改造项目", county="532823", total_investment=65_670_000)
        milestones.start_from_template(ledger, uid)
        facts = report_facts.monthly(ledger, Scope(plan_of(ledger)), clock.today())
        assert (facts.total.count, facts.total.total_investment) == (2, 425_670_000)
        assert facts.total.steps == 15
        assert facts.total.without_steps == 1
        assert (facts.office, facts.stamp) == ("景洪市民政局", ledger.head())
        assert len(facts.stamp) == 8
        assert report_facts.monthly(ledger, Scope(None, "532823"), clock.today()).total.count == 1


def test_a_past_day_is_read_from_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2024-05-20")
    with new_ledger(tmp_path) as ledger:
        uid = add_project(ledger)
        milestones.start_from_template(ledger, uid)
        first = milestones.of(ledger, uid)[0]
        at(monkeypatch, "2024-06-10")
        milestones.edit(ledger, first.uid, {"actual": "2024-06-08"})
        projects.edit(ledger, uid, {"total_investment": 400_000_000})
        at(monkeypatch, "2024-06-30")
        now = report_facts.monthly(ledger, Scope(), dt.date(2024, 6, 30))
        assert (now.total.total_investment, now.total.done, len(now.reached)) == (400_000_000, 1, 1)
        assert now.previous is not None
        assert (now.previous.total_investment, now.previous.done) == (360_000_000, 0)
        may = report_facts.monthly(ledger, Scope(), dt.date(2024, 5, 31))
        assert (may.total.total_investment, may.total.done) == (360_000_000, 0)
        assert may.previous is None
        assert report_facts.monthly(ledger, Scope(), dt.date(2024, 4, 30)).total.count == 0
