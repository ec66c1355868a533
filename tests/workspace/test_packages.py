"""A package that is stopped half-way leaves nothing; what a package says of itself tells whether a ledger can begin with it."""

from pathlib import Path

import pytest

from laoxiao_desktop.errors import Cancelled
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.workspace import packages, projects, safety
from tests.builders import add_project, new_ledger

COUNTY = Person("岩温", "景洪市民政局")


def test_taking_that_is_stopped_leaves_ledger_and_receipts_as_they_were(tmp_path: Path) -> None:
    def stop(_done: int, _total: int, words: str) -> None:
        if words == "合并改动":
            raise Cancelled

    with new_ledger(tmp_path) as ledger:
        uid = add_project(ledger)
        packages.give(ledger, tmp_path / "去.lxp", to="景洪市民政局")
        with pytest.raises(Cancelled):
            packages.start_from(tmp_path / "去.lxp", tmp_path / "县.laoxiao", COUNTY, stop)
        assert not list(tmp_path.glob("县*"))
        with packages.start_from(tmp_path / "去.lxp", tmp_path / "县.laoxiao", COUNTY) as copy:
            projects.edit(copy, uid, {"remark": "屋面防水已完成"})
            packages.give(copy, tmp_path / "回.lxp", to="州发展改革委")
        before = ledger.head()
        with pytest.raises(Cancelled):
            packages.take(ledger, tmp_path / "回.lxp", stop)
        assert (ledger.head(), packages.receipts(ledger)) == (before, ())
        assert safety.verify(ledger).is_sound
        assert packages.take(ledger, tmp_path / "回.lxp").new_ops > 0


def test_only_a_package_from_the_very_beginning_can_begin_a_ledger(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        add_project(ledger)
        packages.give(ledger, tmp_path / "去.lxp", to="景洪市民政局")
        with packages.start_from(tmp_path / "去.lxp", tmp_path / "县.laoxiao", COUNTY) as copy:
            add_project(copy, "勐海县打洛镇敬老院")
            ahead = packages.ahead(copy, to=ledger.person.unit)
            given = packages.give(copy, tmp_path / "回.lxp", to=ledger.person.unit)
            assert (ahead.ops, ahead.is_first) == (given.ops, given.is_first)
        whole, later = packages.head(tmp_path / "去.lxp"), packages.head(tmp_path / "回.lxp")
        assert (whole.is_whole, later.is_whole) == (True, False)
        assert packages.is_of(ledger, later)
