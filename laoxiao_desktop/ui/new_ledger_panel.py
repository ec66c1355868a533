"""A new ledger: its name, where it lies, and the bundled plans it begins with."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.models.region import REGIONS
from laoxiao_desktop.ui import labels, style
from laoxiao_desktop.ui.combo import Combo
from laoxiao_desktop.ui.start_rows import BundledPlan
from laoxiao_desktop.ui.theme import Theme

SUFFIX = ".laoxiao"
DEFAULT_NAME = "一老一小项目台账"
FORBIDDEN = '\\/:*?"<>|'


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
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._folder = documents()
        self._checks: dict[str, QCheckBox] = {}
        self.name = QLineEdit(DEFAULT_NAME)
        self.name.setAccessibleName("台账名称")
        self.name.setMaxLength(60)
        self.name.textChanged.connect(self._show_path)
        self.name.returnPressed.connect(self._take)
        self._place = labels.sentence(tone="text2")
        self._problem = labels.sentence(tone="red")
        self._plans = QVBoxLayout()
        self._plans.setSpacing(theme.px(2))
        self.own = QCheckBox("空白方案，自己填项目：")
        self.region = Combo()
        self.region.setAccessibleName("空白方案的地区")
        self.region.addItems([region.name for region in REGIONS if region.level == "州市"])
        self.region.activated.connect(lambda _index: self.own.setChecked(True))
        self.create_button = QPushButton("新建台账")
        style.set_kind(self.create_button, "primary")
        self.create_button.clicked.connect(self._take)
        self.setMaximumWidth(theme.px(640))
        self._lay_out()
        self._show_path()

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
        self.name.setText(f"{region}{DEFAULT_NAME}")
        self.name.setFocus()
        self.name.selectAll()

    def put_in(self, folder: Path) -> None:
        """Choose the folder."""
        self._folder = folder
        self._show_path()

    def _ticked(self) -> tuple[str, ...]:
        return tuple(key for key, check in self._checks.items() if check.isChecked())

    def _path(self) -> Path:
        return self._folder / f"{self.name.text().strip()}{SUFFIX}"

    def _show_path(self) -> None:
        self._place.setText(str(self._path()))
        self._problem.hide()
        style.set_bad(self.name, False)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "台账放在哪个文件夹", str(self._folder))
        if chosen:
            self.put_in(Path(chosen))

    def _take(self) -> None:
        problem = self._find_problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            self.name.setFocus()
        else:
            own = self.region.currentText() if self.own.isChecked() else None
            self.asked.emit(NewLedger(self.name.text().strip(), self._path(), self._ticked(), own))

    def _find_problem(self) -> str:
        name = self.name.text().strip()
        if not name:
            style.set_bad(self.name, True)
            return "台账要有名称。"
        if any(mark in FORBIDDEN for mark in name) or name.startswith("."):
            style.set_bad(self.name, True)
            return f"名称里不能有 {' '.join(FORBIDDEN)}，也不能以点开头。"
        if not self._ticked() and not self.own.isChecked():
            return "请选至少一个方案，或者勾上“空白方案”。"
        if self._path().exists():
            style.set_bad(self.name, True)
            return "这个文件夹里已有同名台账，请换个名称，或者直接打开它。"
        return ""

    def _lay_out(self) -> None:
        px = self._theme.px
        move = QPushButton("换个文件夹")
        move.clicked.connect(self._choose_folder)
        leave = QPushButton("取消")
        leave.clicked.connect(self.left)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        place = QHBoxLayout()
        place.addWidget(self._place, 1)
        place.addWidget(move)
        own = QHBoxLayout()
        own.setSpacing(px(8))
        own.addWidget(self.own)
        own.addWidget(self.region)
        own.addStretch(1)
        plans = QVBoxLayout()
        plans.setSpacing(px(2))
        plans.addLayout(self._plans)
        plans.addLayout(own)
        rows: tuple[tuple[str, QWidget | QLayout], ...] = (
            ("名称", self.name),
            ("存放", place),
            ("方案", plans),
        )
        for index, (label, what) in enumerate(rows):
            grid.addWidget(labels.field_label(self._theme, label), index, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(what, QWidget):
                grid.addWidget(what, index, 1)
            else:
                grid.addLayout(what, index, 1)
        grid.addWidget(self._problem, len(rows), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.create_button)
        buttons.addWidget(leave)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(labels.heading(self._theme, "新建台账", 16))
        column.addLayout(grid)
        column.addLayout(buttons)
        column.addStretch(1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def documents() -> Path:
    """The person's 文档 folder, or the home folder when there is none."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) if folder and Path(folder).is_dir() else Path.home()
