"""A new ledger that begins with a data package: which package, what it is called, where it lies."""

from dataclasses import dataclass
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

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.package import SUFFIX as PACKAGE_SUFFIX
from laoxiao_desktop.ui import labels, style
from laoxiao_desktop.ui.new_ledger_panel import DEFAULT_NAME, FORBIDDEN, SUFFIX, documents
from laoxiao_desktop.ui.package_words import moment_words
from laoxiao_desktop.ui.theme import Theme

_FILTER: Final = f"数据包 (*{PACKAGE_SUFFIX});;所有文件 (*)"
_NOT_WHOLE: Final = (
    "这个数据包只有后来的改动，不能从它开始。请对方在“发出数据包”里勾上“从头发全部”再发一个；"
    "已有那本台账的，请打开台账再收。"
)
_WHAT: Final = "别人从他的台账“发出数据包”给您，您从它开始自己的一本；两边各改各的，再用数据包合并。"


@dataclass(frozen=True, slots=True)
class PackageStart:
    """What was asked for."""

    package: Path
    path: Path


class PackageStartPanel(QWidget):
    """`chosen`: a package, to be begun with. `asked` carries a PackageStart."""

    chosen = Signal(object)
    asked = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._folder = documents()
        self._package: Path | None = None
        self._file = labels.sentence()
        self._sender = labels.sentence(tone="text2")
        self.name = QLineEdit(DEFAULT_NAME)
        self.name.setAccessibleName("台账文件名")
        self.name.setMaxLength(60)
        self.name.textChanged.connect(self._show_path)
        self.name.returnPressed.connect(self._take)
        self._place = labels.sentence(tone="text2")
        self._problem = labels.sentence(tone="red")
        self.create_button = QPushButton("从数据包建台账")
        style.set_kind(self.create_button, "primary")
        self.create_button.clicked.connect(self._take)
        self.setMaximumWidth(theme.px(640))
        self._lay_out()
        self._show_path()

    def choose(self) -> None:
        """Asks for a package."""
        folder = self._package.parent if self._package is not None else documents()
        dialog = QFileDialog(self.window(), "从哪个数据包开始", str(folder), _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, "选这个")
        dialog.fileSelected.connect(lambda name: self.chosen.emit(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def begin(self, package: Path) -> None:
        """Start over with a package; one that is none, or not whole, is told of."""
        from laoxiao_desktop.workspace import packages  # noqa: PLC0415 - SQL is loaded after the first paint

        self._package = package
        self._file.setText(str(package))
        self._sender.setText("")
        refusal = ""
        try:
            head = packages.head(package)
        except UserError as problem:
            refusal = str(problem)
        else:
            self._sender.setText(f"{head.sender} {moment_words(head.made_at)} 发出，台账“{head.sender.ledger}”")
            if not head.is_whole:
                refusal = _NOT_WHOLE
            self.name.setText(_in_names(head.sender.ledger)[:60] or DEFAULT_NAME)
        self._sender.setVisible(bool(self._sender.text()))
        self._show_path()
        self._problem.setText(refusal)
        self._problem.setVisible(bool(refusal))
        self.create_button.setEnabled(not refusal)
        self.create_button.setFocus()

    def put_in(self, folder: Path) -> None:
        """Choose the folder."""
        self._folder = folder
        self._show_path()

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
        name = self.name.text().strip()
        problem = ""
        if not name:
            problem = "台账要有名称。"
        elif any(mark in FORBIDDEN for mark in name) or name.startswith("."):
            problem = f"名称里不能有 {' '.join(FORBIDDEN)}，也不能以点开头。"
        elif self._path().exists():
            problem = (
                "这个文件夹里已有同名台账。要把数据包收进它，请先打开它，再把数据包拖到窗口上；要另建，请换个名称。"
            )
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        style.set_bad(self.name, bool(problem))
        if problem:
            self.name.setFocus()
        elif self._package is not None:
            self.asked.emit(PackageStart(self._package, self._path()))

    def _lay_out(self) -> None:
        px = self._theme.px
        other, move, leave = QPushButton("换一个…"), QPushButton("换个文件夹"), QPushButton("取消")
        other.clicked.connect(self.choose)
        move.clicked.connect(self._choose_folder)
        leave.clicked.connect(self.left)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget | QLayout], ...] = (
            ("数据包", _beside(self._file, other)),
            ("", self._sender),
            ("文件名", self.name),
            ("存放", _beside(self._place, move)),
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
        column.addWidget(labels.heading(self._theme, "从数据包开始", 16))
        column.addWidget(labels.sentence(_WHAT, "text2"))
        column.addLayout(grid)
        column.addLayout(buttons)
        column.addStretch(1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _in_names(name: str) -> str:
    return "".join("_" if mark in FORBIDDEN else mark for mark in name).strip(" .")


def _beside(words: QWidget, button: QWidget) -> QLayout:
    row = QHBoxLayout()
    row.addWidget(words, 1)
    row.addWidget(button)
    return row
