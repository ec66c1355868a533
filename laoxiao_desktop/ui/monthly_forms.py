"""发出填报表: for which units, before the forms are written."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.filter_popup import CheckList
from laoxiao_desktop.ui.labels import heading, hint
from laoxiao_desktop.ui.theme import Theme

_HINT = "每个单位一个 Excel 文件：项目、上月数已填好并锁住，单位只填白色格，用 WPS 或 Excel 都行；填好发回后点“读回填报表”。"


class FormsDialog(QDialog):
    """Units with how many projects they fill in; all are ticked at first."""

    def __init__(self, month: str, units: Mapping[str, int], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("发出填报表")
        self.list = CheckList(theme, self)
        self.list.setAccessibleName("单位")
        for unit, count in units.items():
            self.list.add(unit, unit, count, is_ticked=True)
        self.list.setCurrentRow(0)
        self.field = QLineEdit()
        self.field.setPlaceholderText("找单位，可打拼音首字母")
        self.field.setAccessibleName("找单位")
        self.field.textChanged.connect(self.list.narrow)
        self.every, self.none = QPushButton("全选"), QPushButton("全不选")
        for button in (self.every, self.none):
            style.set_kind(button, "quiet")
            button.setAutoDefault(False)
        self.every.clicked.connect(self._tick_all)
        self.none.clicked.connect(self.list.untick)
        self.accept_button = QPushButton()
        style.set_kind(self.accept_button, "primary")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept)
        cancel = QPushButton("取消")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(10))
        column.addWidget(heading(theme, f"发出{show_month(month)}填报表"))
        column.addWidget(hint(_HINT))
        top = QHBoxLayout()
        top.addWidget(self.field, 1)
        top.addWidget(self.every)
        top.addWidget(self.none)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.accept_button)
        column.addLayout(foot)
        self.list.ticked.connect(self._count)
        self.resize(theme.px(520), theme.px(480))
        self._count()

    def chosen(self) -> tuple[str, ...]:
        """The ticked units."""
        return self.list.ticked_values()

    def _tick_all(self) -> None:
        for row in range(self.list.count()):
            if not self.list.item(row).isHidden():
                self.list.item(row).setCheckState(Qt.CheckState.Checked)
        self.list.ticked.emit()

    def _count(self) -> None:
        count = len(self.chosen())
        self.accept_button.setText(f"写出 {count} 份…")
        self.accept_button.setEnabled(count > 0)
