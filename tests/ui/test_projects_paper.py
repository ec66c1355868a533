"""From the project grid to Excel and to the card of the project in hand."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.way import Place
from tests.ui.grid_desk import Desk, open_desk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, qtbot) as made:
        yield made


def test_the_rows_that_are_shown_are_exported_in_their_order(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.place.set_search("勐海")
    shown = [name for name in desk.names() if not name.endswith(" 项")]
    with qtbot.waitSignal(desk.session.said, timeout=10_000) as said:
        desk.place.paper.export_to(tmp_path / "清单.xlsx")
    assert said.args == ["已导出 清单.xlsx", False]
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    heads = [str(cell.value) for cell in sheet[3]]
    names = [sheet.cell(row, heads.index("项目名称") + 1).value for row in range(5, sheet.max_row + 1)]
    assert [name for name in names if name and "注：" not in str(name)][: len(shown)] == shown
    money = heads.index("总投资\n（万元）") + 1
    assert isinstance(sheet.cell(5, money).value, int | float)


def test_the_menu_leads_to_the_card_of_the_project_in_hand(desk: Desk, qtbot: QtBot) -> None:
    desk.take("勐海县打洛镇")
    card, _ = desk.place.paper.actions()
    with qtbot.waitSignal(desk.place.way_wanted, timeout=1_000) as wanted:
        card.trigger()
    way = wanted.args[0]
    assert isinstance(way, Place)
    assert (way.key, way.of.partition(":")[0]) == ("reports", "card")
