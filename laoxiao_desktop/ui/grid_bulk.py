"""批量修改: one field, one value, for all selected projects, with a count of what changes before it does."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import TABLES, Field
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.combo import Combo
from laoxiao_desktop.ui.record_choices import Option
from laoxiao_desktop.ui.theme import Theme

_EMPTY = "（清空）"
_LEFT_OUT = ("plan", "name", "list_no", "list_title", "carried_from", "published")

Counting = Callable[[str, Stored], int]


class BulkDialog(QDialog):
    """Choose a field and a value. `counting` tells how many of the projects have that value already."""

    def __init__(
        self,
        count: int,
        first: str,
        options: Callable[[Field], Sequence[Option]],
        counting: Counting,
        today: date,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("批量修改")
        self._count, self._options, self._counting, self._today = count, options, counting, today
        self._fields = [field for field in TABLES["project"] if field.name not in _LEFT_OUT]
        self.stored: Stored = None
        self.which = Combo()
        self.which.setAccessibleName("改哪一项")
        for field in self._fields:
            self.which.addItem(f"{field.label}（{field.unit}）" if field.kind == "money" else field.label, field.name)
        self.value = Combo()
        self.value.setEditable(True)
        self.value.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.value.setAccessibleName("改成")
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.accept_button = QPushButton()
        self._build(theme)
        self.which.currentIndexChanged.connect(self._offer)
        self.value.editTextChanged.connect(self._check)
        self.which.setCurrentIndex(max(0, self.which.findData(first)))
        self._offer()

    @property
    def meaning_key(self) -> str:
        """The key under which the chosen field is explained."""
        return f"project.{self.which.currentData()}"

    def _build(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        head = QLabel(f"批量修改选中的 {self._count} 项")
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setFont(theme.font(15, medium=True))
        column.addWidget(head)
        form = QFormLayout()
        form.setSpacing(theme.px(8))
        for words, widget in (("改哪一项", self.which), ("改成", self.value)):
            label = QLabel(words)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("tone", "text2")
            label.setBuddy(widget)
            form.addRow(label, widget)
        column.addLayout(form)
        self.note.setMinimumHeight(theme.px(40))
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton("取消")
        cancel.clicked.connect(self.reject)
        style.set_kind(self.accept_button, "primary")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        column.addLayout(row)
        self.setMinimumWidth(theme.px(400))

    @property
    def field(self) -> Field:
        """The chosen field."""
        return self._fields[self.which.currentIndex()]

    def _offer(self) -> None:
        self.value.blockSignals(True)
        self.value.clear()
        self.value.addItems([option.text for option in self._options(self.field)])
        if not self.field.is_required:
            self.value.addItem(_EMPTY)
        self.value.setCurrentIndex(-1)
        self.value.clearEditText()
        line = self.value.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.field.hint or f"写出或选择{self.field.label}")
        self.value.blockSignals(False)
        self._check()

    def _check(self) -> None:
        """Say what would happen, or why the value does not fit."""
        text = self.value.currentText().strip()
        if not text:
            self._say("text3", f"写出新的值；要清空这一项，请选{_EMPTY}。", 0)
            return
        try:
            self.stored = None if text == _EMPTY else fields.parse(self.field, text, self._today)
        except UserError as refusal:
            self._say("red", str(refusal), 0)
            return
        same = self._counting(self.field.name, self.stored)
        changed = self._count - same
        shown = fields.show(self.field, self.stored)
        what = f"改为 {shown}" if shown else "清空"
        have = f"，其中 {same} 项已经是这个值" if same else ""
        self._say("text2", f"{self.field.label}{what}{have}。", changed)

    def _say(self, tone: str, words: str, changed: int) -> None:
        self.note.setText(words)
        self.note.setProperty("tone", tone)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        style.set_bad(self.value, tone == "red")
        self.accept_button.setEnabled(changed > 0)
        self.accept_button.setText(f"修改 {changed} 项" if changed else "修改")
