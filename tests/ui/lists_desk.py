"""The place 指标与清单 on a real ledger with two small plans, for its tests."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models.plan_draft import (
    AnnexDraft,
    GoalDraft,
    IndicatorDraft,
    ItemDraft,
    PlanDraft,
    PlanFacts,
    TargetDraft,
)
from laoxiao_desktop.ui.indicators import IndicatorsPlace
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import plans
from tests.builders import CLERK
from tests.ui.composing import commit

LONG = "健全政策体系、扩大服务供给、打造发展环境、完善监管服务等4个方面23项改革创新措施。" * 4
WENSHAN = PlanDraft(
    PlanFacts("文山州“一老一小”整体解决方案", "文山州", issued_on="2022-11-07"),
    indicators=(
        IndicatorDraft(
            "养老", 1, "基本医疗保险参保率", "%", {"2025": TargetDraft("text", None, "97以上")},
            base_year=2020, base="97", list_title="指标体系表", where=(70, 75),
        ),
        IndicatorDraft(
            "养老", None, "养老机构床位数", "张", {"2025": TargetDraft("=", "17850", "17850")},
            source="prose", quote="养老机构床位数增至17850张", where=(41, 41),
        ),
        IndicatorDraft(
            "养老", None, "基本医疗保险参保率", "%", {"2025": TargetDraft("text", None, "97%以上")},
            source="prose", quote="参保率稳定在97%以上", restates=1, where=(40, 40),
        ),
    ),
    goals=(GoalDraft(2022, "新增养老床位", ">=", "1500", "张", "新增养老床位1500张", (45, 45)),),
    annexes=(AnnexDraft(1, "重大项目清单", False), AnnexDraft(2, "重大政策清单", False)),
)  # fmt: skip
BANNA = PlanDraft(
    PlanFacts("西双版纳州“一老一小”整体解决方案", "西双版纳州", issued_on="2023-05-30"),
    indicators=(
        IndicatorDraft(
            "养老", 1, "失能特困人员集中供养率", "%", {"2025": TargetDraft(">=", "60", "≥60")},
            property="约束性", responsible_units=("州民政局",), unit_text="州民政局", list_title="养老指标表",
        ),
        IndicatorDraft(
            "托育", 1, "新生儿访视率", "%", {"2023": TargetDraft(">", "90", ">90"), "2025": TargetDraft(">", "95", ">95")},
            responsible_units=("州卫生健康委",), list_title="托育指标表",
        ),
    ),
    items=(
        ItemDraft(
            "policy", 1, None, "《关于促进养老托育服务健康发展的意见》", LONG,
            responsible_units=("州民政局", "州财政局"), list_title="重大政策清单",
        ),
        ItemDraft("task", 1, "兜底线", "兜牢养老底线", lead_units=("州民政局",), support_units=("州残联",)),
        ItemDraft("member", None, "组长", "州委副书记、州长", list_title="领导小组"),
    ),
)  # fmt: skip


class ListsDesk:
    """A ledger with both plans, shown in a place of 1234 × 696."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.session = Session()
        self.ledger = ledgers.create(folder / "清单.laoxiao", "清单", CLERK)
        for draft in (WENSHAN, BANNA):
            plans.take_in(self.ledger, draft)
        self.plans = {plan.region: plan.uid for plan in plans.all_of(self.ledger)}
        self.figures: list[list[tuple[str, str]]] = []
        self.place = IndicatorsPlace(self.session, Theme())
        self.place.figures_changed.connect(self.figures.append)
        qtbot.addWidget(self.place)
        self.place.resize(1234, 696)
        self.session.take(self.ledger)
        self.place.show()
        qtbot.waitExposed(self.place)
        self.place.activateWindow()
        self.place.activate()

    def texts(self, column: str) -> list[str]:
        """What stands in a column, top down, headings left out."""
        table = self.place.table
        at = self.column(column)
        return [table.text(line, at) for line in range(table.rowCount()) if table.row(line) is not None]

    def column(self, name: str) -> int:
        """Where a column stands now."""
        return [column.name for column in self.place.table.columns].index(name)

    def headings(self) -> list[str]:
        """The headings, top down."""
        table = self.place.table
        found = (table.heading(line) for line in range(table.rowCount()))
        return [f"{heading.title} {heading.detail} {heading.count}" for heading in found if heading is not None]

    def stand_on(self, name: str, column: str) -> None:
        """Puts the keyboard on a cell of the row of this name."""
        row = next(row for row in self.place.table.rows() if row["name"] == name)
        assert self.place.view.take_in_hand(str(row["uid"]), self.column(column))
        self.place.view.setFocus()

    def row(self, name: str) -> dict[str, object]:
        """A row as it is shown now."""
        return dict(next(row for row in self.place.table.rows() if row["name"] == name))


def typed(text: str) -> None:
    """Commits text to the widget in hand as an input method does."""
    widget = QApplication.focusWidget()
    assert widget is not None
    commit(widget, text)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key for the widget in hand."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
