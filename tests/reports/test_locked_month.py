"""A locked month prints the same bytes for good: every kind, whatever is edited later, also after the file is upgraded."""

import datetime as dt
import gzip
from pathlib import Path

import pytest

from laoxiao_desktop.models.report_request import KINDS, Request
from laoxiao_desktop.reports import printing
from laoxiao_desktop.reports.font_files import bundled_fonts
from laoxiao_desktop.store import schema
from laoxiao_desktop.workspace import (
    attachments,
    funding,
    issues,
    lists,
    milestones,
    months,
    projects,
    report_values,
)
from laoxiao_desktop.workspace import (
    ledger as ledgers,
)
from laoxiao_desktop.workspace.ledger import Ledger
from tests.builders import CLERK
from tests.reports import month_ledger

FONTS = bundled_fonts()
OLD = Path(__file__).parents[1] / "data" / "ledger-1.laoxiao.gz"
NAMES = [one.kind for one in KINDS if one.kind != "receipt"]  # a receipt tells of a package, not of a month
WAN = 1_000_000


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laoxiao_desktop.clock.now", lambda: dt.datetime(2026, 11, 25, 9).astimezone())


def printed(ledger: Ledger, month: str) -> dict[str, bytes]:
    """Every kind of report of a month, as a file."""
    asked = (Request(kind, dt.date(2026, 11, 25), month=month, office="西双版纳州发展和改革委员会") for kind in NAMES)
    return {one.kind: printing.pages_of(report_values.value_of(ledger, one), FONTS).content for one in asked}


def test_whatever_is_changed_later_every_kind_prints_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = month_ledger.month_ledger(tmp_path)
    before, now = printed(ledger, "2026-09"), printed(ledger, "2026-10")
    uid, other = (row.uid for row in months.grid(ledger, "2026-10")[:2])
    monkeypatch.setattr("laoxiao_desktop.clock.now", lambda: dt.datetime(2027, 3, 2, 9).astimezone())
    projects.edit(
        ledger, uid, {"name": "改了名称的项目", "total_investment": 400 * WAN, "content": "", "county": "532822"}
    )
    milestones.edit_by_code(ledger, uid, "M09", {"planned": "2024-01", "actual": "2026-03-01"})
    months.set_fields(ledger, uid, "2026-10", {"cum_completed": 300 * WAN, "problem": "改过的问题。"})
    funding.set_line(ledger, uid, "县级财政", {"planned": 1 * WAN, "allocated": 1 * WAN, "arrived": 1 * WAN})
    funding.set_year_plan(ledger, uid, 2026, 300 * WAN)
    issues.add(ledger, uid, {"text": "后来登记的问题"})
    issues.supervise(ledger, uid, "景洪市民政局", "后来的督办。", "2027-04-01")
    attachments.add(ledger, uid, b"x", "批复", "后来的批复", "2026-01-01", file_name="批复.pdf")
    indicator = lists.indicators(ledger)[0]["uid"]
    lists.edit(ledger, "indicator", str(indicator), {"name": "改了名称的指标"})
    lists.set_target(ledger, str(indicator), 2026, "99")
    item = lists.items(ledger)[0]["uid"]
    lists.edit(ledger, "list_item", str(item), {"state": "已完成"})
    lists.add(ledger, "progress_note", {"item": str(item), "noted_on": "2026-09-01", "text": "后来补记的进展。"})
    projects.delete(ledger, [other])
    assert printed(ledger, "2026-09") == before
    later = printed(ledger, "2026-10")
    assert [kind for kind in NAMES if later[kind] == now[kind]] == []  # the open month tells all of it
    ledger.close()


def test_after_the_file_is_upgraded_every_kind_prints_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "旧台账.laoxiao"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    with ledgers.open(path, CLERK, read_only=True) as old:
        assert old.connection.execute("PRAGMA user_version").fetchone()[0] == 1
        before = printed(old, "2024-05")
    with ledgers.open(path, CLERK) as upgraded:
        assert upgraded.connection.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
        assert printed(upgraded, "2024-05") == before
