"""A new ledger: its name, where it lies, and the bundled plans it begins with."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from laoxiao_desktop.models.region import REGIONS
from laoxiao_desktop.ui.combo import Combo
from laoxiao_desktop.ui.ledger_form import DEFAULT_NAME, WIDTH, LedgerForm
from laoxiao_desktop.ui.start_rows import BundledPlan
from laoxiao_desktop.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class NewLedger:
    """What was asked for."""

    name: str
    path: Path
    plans: tuple[str, ...]
    own_region: str | None = None  # a plan of one's own, empty, for this prefecture


class NewLedgerPanel(QWidget):
    """Asks for everything on one page; `asked` carries a NewLedger."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(theme.px(WIDTH))
        self._checks: dict[str, QCheckBox] = {}
        self.own = QCheckBox("空白方案，自己填项目：")
        self.region = Combo()
        self.region.setAccessibleName("空白方案的地区")
        self.region.addItems([region.name for region in REGIONS if region.level == "州市"])
        self.region.activated.connect(lambda _index: self.own.setChecked(True))
        self._plans = QVBoxLayout()
        self._plans.setSpacing(theme.px(2))
        own = QHBoxLayout()
        own.setSpacing(theme.px(8))
        own.addWidget(self.own)
        own.addWidget(self.region)
        own.addStretch(1)
        plans = QVBoxLayout()
        plans.setSpacing(theme.px(2))
        plans.addLayout(self._plans)
        plans.addLayout(own)
        self.form = LedgerForm(
            theme,
            "新建台账",
            "新建台账",
            exists="这个文件夹里已有同名台账，请换个名称，或者直接打开它。",
            below=(("方案", plans),),
        )
        self.form.named.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    def offer(self, plans: Sequence[BundledPlan]) -> None:
        """Set the plans that can be taken in."""
        ticked = self._ticked()
        for check in self._checks.values():
            self._plans.removeWidget(check)
            check.deleteLater()
        self._checks = {}
        for plan in plans:
            figures = (
                f"{plan.projects} 个项目、{plan.indicators} 项指标" if plan.projects else f"{plan.indicators} 项指标"
            )
            check = QCheckBox(f"{plan.title}  {figures}".replace("&", "&&"))
            check.setChecked(plan.key in ticked)
            self._plans.addWidget(check)
            self._checks[plan.key] = check

    def begin(self, plan: BundledPlan | None) -> None:
        """Start over, with one plan ticked or none."""
        for key, check in self._checks.items():
            check.setChecked(plan is not None and key == plan.key)
        region = plan.title.split("“")[0].split("促进")[0] if plan is not None else ""
        self.own.setChecked(False)
        self.form.name.setText(f"{region}{DEFAULT_NAME}")
        self.form.name.setFocus()
        self.form.name.selectAll()

    def _ticked(self) -> tuple[str, ...]:
        return tuple(key for key, check in self._checks.items() if check.isChecked())

    def _take(self, path: Path) -> None:
        own = self.region.currentText() if self.own.isChecked() else None
        if not self._ticked() and own is None:
            self.form.refuse("请选至少一个方案，或者勾上“空白方案”。")
        else:
            self.asked.emit(NewLedger(path.stem, path, self._ticked(), own))
