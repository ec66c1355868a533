"""Unfinished projects carried over to a successor plan: as one change, with what they stand at, nothing twice."""

from pathlib import Path

import pytest

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.funding import CENTRAL
from laoxiao_desktop.store import rows
from laoxiao_desktop.workspace import (
    carry,
    funding,
    glances,
    history,
    issues,
    lights,
    milestones,
    months,
    plans,
    projects,
)
from tests.builders import add_project, new_ledger

WAN = 1_000_000


def test_unfinished_projects_go_with_their_milestones_money_and_open_problems(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        change = plans.add(ledger, "“十五五”一老一小方案", "西双版纳州")
        assert change is not None
        assert change.created is not None
        plan = change.created
        going, done = add_project(ledger, status="在建"), add_project(ledger, "已完工的项目", status="完工")
        milestones.start_from_template(ledger, going)
        funding.set_line(ledger, going, CENTRAL, {"planned": 288 * WAN})
        issues.add(ledger, going, {"text": "用电容量不足"})
        months.open_month(ledger, "2024-06")
        months.set_fields(ledger, going, "2024-06", {"cum_completed": 100 * WAN})
        assert [(one.title, one.count) for one in carry.successors(ledger, [going, done])] == [
            ("“十五五”一老一小方案", 1)
        ]

        carried = carry.carry(ledger, [going, done], plan)

        assert carried is not None
        assert carried.created is not None
        new = projects.record(ledger, carried.created)
        assert new is not None
        assert (new.values["plan"], new.values["carried_from"], new.values["list_no"]) == (plan, going, 1)
        assert "结转时累计完成 100 万元" in str(new.values["remark"])
        assert len(milestones.of(ledger, carried.created)) == 15
        assert funding.of(ledger, carried.created)[0].planned == 288 * WAN
        assert [one.text for one in issues.of(ledger, carried.created)] == ["用电容量不足"]
        old = rows.one(ledger.connection, "plan", plans.all_of(ledger)[0].uid)
        assert old is not None
        assert old["successor"] == plan
        with pytest.raises(UserError, match="没有可以结转的项目"):
            carry.carry(ledger, [going, done], plan)
        history.undo(ledger)
        assert projects.record(ledger, carried.created) is None
        assert carry.successors(ledger, [going])[0].count == 1


def test_a_glance_of_few_is_the_same_as_the_lights_of_all(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        uids = [add_project(ledger, f"项目{number}", span=f"{2020 + number}/2025") for number in range(5)]
        milestones.start_from_template(ledger, uids[0])
        for month in ("2024-05", "2024-06"):
            months.open_month(ledger, month)
            months.set_fields(ledger, uids[1], month, {"cum_completed": int(month[-1]) * WAN, "image_progress": "主体"})
        for month in ("2024-05", None):
            told = {uid: glance.light for uid, glance in glances.of(ledger, uids, month).items() if glance.light}
            assert told == lights.of(ledger, month)
        rows_of_all = {row.uid: row for row in months.grid(ledger, "2024-06")}
        mine = glances.month_rows(ledger, uids[1])[0]
        whole = rows_of_all[uids[1]]
        assert (mine.month_completed, mine.year_completed) == (whole.month_completed, whole.year_completed)
