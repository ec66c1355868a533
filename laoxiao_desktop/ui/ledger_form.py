"""The form of a new ledger: what its file is called and where it lies, what else is asked, and the two ways on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
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

from laoxiao_desktop import paths
from laoxiao_desktop.ui import labels, style
from laoxiao_desktop.ui.theme import Theme

SUFFIX: Final = ".laoxiao"
DEFAULT_NAME: Final = "一老一小项目台账"
WIDTH: Final = 640  # the most it takes
FORBIDDEN: Final = '\\/:*?"<>|'

Rows = Sequence[tuple[str, QWidget | QLayout]]


class LedgerForm(QWidget):
    """`named`: the path of a file that can be made, asked for by Enter or the button. `left`: 取消 or Esc."""

    named = Signal(object)
    left = Signal()

    def __init__(  # what differs between the ways to a new ledger
        self,
        theme: Theme,
        title: str,
        verb: str,
        *,
        name_word: str = "名称",
        about: str = "",
        exists: str,
        above: Rows = (),
        below: Rows = (),
    ) -> None:
        super().__init__()
        self._theme = theme
        self._exists = exists
        self._folder = paths.documents()
        self.name = QLineEdit(DEFAULT_NAME)
        self.name.setAccessibleName(f"台账{name_word}")
        self.name.setMaxLength(60)
        self.name.textChanged.connect(self._show_path)
        self.name.returnPressed.connect(self._take)
        self._place = labels.sentence(tone="text2")
        self._problem = labels.sentence(tone="red")
        self.create_button = QPushButton(verb)
        style.set_kind(self.create_button, "primary")
        self.create_button.clicked.connect(self._take)
        move = QPushButton("换个文件夹")
        move.clicked.connect(self._choose_folder)
        self._lay_out(title, about, (*above, (name_word, self.name), ("存放", beside(self._place, move)), *below))
        self._show_path()

    def put_in(self, folder: Path) -> None:
        """Choose the folder."""
        self._folder = folder
        self._show_path()

    def refuse(self, why: str) -> None:
        """Say what is wrong; nothing for nothing."""
        self._problem.setText(why)
        self._problem.setVisible(bool(why))

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
        if not self.create_button.isEnabled():
            return
        problem = self._find_problem()
        self.refuse(problem)
        style.set_bad(self.name, bool(problem))
        if problem:
            self.name.setFocus()
        else:
            self.named.emit(self._path())

    def _find_problem(self) -> str:
        name = self.name.text().strip()
        if not name:
            return "台账要有名称。"
        if any(mark in FORBIDDEN for mark in name) or name.startswith("."):
            return f"名称里不能有 {' '.join(FORBIDDEN)}，也不能以点开头。"
        return self._exists if self._path().exists() else ""

    def _lay_out(self, title: str, about: str, rows: Rows) -> None:
        px = self._theme.px
        leave = QPushButton("取消")
        leave.clicked.connect(self.left)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(1, 1)
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
        column.addWidget(labels.heading(self._theme, title, 16))
        if about:
            column.addWidget(labels.sentence(about, "text2"))
        column.addLayout(grid)
        column.addLayout(buttons)
        column.addStretch(1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def beside(words: QWidget, button: QWidget) -> QLayout:
    """Words with a button at their right."""
    row = QHBoxLayout()
    row.addWidget(words, 1)
    row.addWidget(button)
    return row
