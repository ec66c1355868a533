"""A new ledger that begins with a data package: which package, what it is called, where it lies."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from laoxiao_desktop import paths
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui import labels
from laoxiao_desktop.ui.exchange_ways import FILTER
from laoxiao_desktop.ui.ledger_form import DEFAULT_NAME, FORBIDDEN, WIDTH, LedgerForm, beside
from laoxiao_desktop.ui.package_words import moment_words
from laoxiao_desktop.ui.theme import Theme

_NOT_WHOLE: Final = (
    "这个数据包只有后来的改动，不能从它开始。请对方在“发出数据包”里勾上“从头发全部”再发一个；"
    "已有那本台账的，请打开台账再收。"
)
_WHAT: Final = "别人从他的台账“发出数据包”给您，您从它开始自己的一本；两边各改各的，再用数据包合并。"
_EXISTS: Final = "这个文件夹里已有同名台账。要把数据包收进它，请先打开它，再把数据包拖到窗口上；要另建，请换个名称。"


@dataclass(frozen=True, slots=True)
class PackageStart:
    """What was asked for."""

    package: Path
    path: Path


class PackageStartPanel(QWidget):
    """`chosen`: a package, to be begun with. `asked` carries a PackageStart."""

    chosen = Signal(object)
    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(theme.px(WIDTH))
        self._package: Path | None = None
        self._file = labels.sentence()
        self._sender = labels.sentence(tone="text2")
        other = QPushButton("换一个…")
        other.clicked.connect(self.choose)
        self.form = LedgerForm(
            theme,
            "从数据包开始",
            "从数据包建台账",
            name_word="文件名",
            about=_WHAT,
            exists=_EXISTS,
            above=(("数据包", beside(self._file, other)), ("", self._sender)),
        )
        self.form.named.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    def choose(self) -> None:
        """Asks for a package."""
        folder = self._package.parent if self._package is not None else paths.documents()
        dialog = QFileDialog(self.window(), "从哪个数据包开始", str(folder), FILTER)
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
            self.form.name.setText(_in_names(head.sender.ledger)[:60] or DEFAULT_NAME)
        self._sender.setVisible(bool(self._sender.text()))
        self.form.refuse(refusal)
        self.form.create_button.setEnabled(not refusal)
        self.form.create_button.setFocus()

    def _take(self, path: Path) -> None:
        if self._package is not None:
            self.asked.emit(PackageStart(self._package, path))


def _in_names(name: str) -> str:
    return "".join("_" if mark in FORBIDDEN else mark for mark in name).strip(" .")
