"""A decision: keep the planned dates as they are now as a baseline 计划版次, with reason and document number."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from laoxiao_desktop.ui import labels, style
from laoxiao_desktop.ui.theme import Theme


class BaselineDialog(QDialog):
    """Asks for reason and number. `kept` carries (whether only the project in hand, reason, number)."""

    kept = Signal(bool, str, str)

    def __init__(self, theme: Theme, project: str | None, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("保存计划版次")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("例如：州发展改革委批复调整工期")
        self.reason.setAccessibleName("理由")
        self.doc_no = QLineEdit()
        self.doc_no.setPlaceholderText("例如：西发改社会〔2024〕12号")
        self.doc_no.setAccessibleName("批准文号")
        self.one = QRadioButton(f"只存“{_short(project)}”" if project else "")
        self.all = QRadioButton(f"台账里全部 {count} 个有计划日期的项目")
        self.one.setVisible(project is not None)
        (self.one if project else self.all).setChecked(True)
        form = QFormLayout()
        form.setVerticalSpacing(theme.px(8))
        form.addRow("理由", self.reason)
        form.addRow("批准文号", self.doc_no)
        self.save = QPushButton("保存计划版次")
        style.set_kind(self.save, "primary")
        self.save.clicked.connect(self._keep)
        self.save.setEnabled(False)
        self.reason.textChanged.connect(lambda words: self.save.setEnabled(bool(words.strip())))
        buttons = QDialogButtonBox()
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("不保存", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        side = theme.px(20)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(12))
        column.addWidget(labels.hint("现在的计划日期原样存为一版，不再改动；以后的偏差都同最近一版比。"))
        column.addWidget(self.one)
        column.addWidget(self.all)
        column.addLayout(form)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.px(460))
        self.reason.setFocus()

    def _keep(self) -> None:
        self.kept.emit(self.one.isChecked(), self.reason.text().strip(), self.doc_no.text().strip())
        self.accept()


def _short(name: str | None) -> str:
    words = " ".join((name or "").split())
    return words if len(words) <= 22 else f"{words[:21]}…"
